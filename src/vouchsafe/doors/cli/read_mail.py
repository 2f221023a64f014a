"""`vouchsafe read mail FILE`: say what a mail is, in whose words, and whether they mean yes or no.

Takes a whole message, or only its body: saved text or HTML, where nothing is known but the words.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

from vouchsafe.core.words import Refusal, msg
from vouchsafe.doors.cli.streams import print_json, read_input

if TYPE_CHECKING:
    from vouchsafe.core.reading.mail.incoming import Incoming
    from vouchsafe.core.reading.mail.read import Understood

LARGEST = 50 * 1024 * 1024


class MailNotReadable(Refusal):
    """The file cannot be read as a mail."""

    code = "mail-not-readable"
    msgid = msg("{path} cannot be read as a mail: {reason}.")
    hint_msgid = msg("Save the message from your mail program as a .eml file and name that file.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file and the form of the answer."""
    parser.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help="a message (.eml), or its body as text or HTML; - reads standard input",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace) -> int:
    """Print what the mail says."""
    from vouchsafe.core.reading.mail.read import understand

    mail = _load(args.file)
    facts = _facts(mail, understand(mail))
    if args.json:
        print_json(facts)
    else:
        _print(facts)
    return 0


def _load(path: Path) -> Incoming:
    from vouchsafe.adapters.post.parse import parse, parse_body

    raw = read_input(path, LARGEST)
    if len(raw) > LARGEST:
        raise MailNotReadable(path=path, reason="it is larger than 50 MB")
    if not raw.strip():
        raise MailNotReadable(path=path, reason="it is empty")
    if b"\x00" in raw[:4096] or raw.startswith((b"%PDF", b"PK\x03\x04")):
        raise MailNotReadable(path=path, reason="it is not text")
    return parse(raw) if _is_message(raw) else parse_body(raw)


def _is_message(raw: bytes) -> bool:
    """Does the file begin with a header block that holds a header every message has?"""
    head = re.split(rb"\r?\n\r?\n", raw.lstrip(b"\xef\xbb\xbf\r\n")[:200_000], maxsplit=1)[0]
    lines = [line for line in head.splitlines() if line and line[:1] not in b" \t"]
    if lines and lines[0].startswith(b"From "):
        lines = lines[1:]
    headers = [line for line in lines if re.match(rb"[!-9;-~]+[ \t]*:", line)]
    names = {line.split(b":")[0].strip().lower() for line in headers}
    usual = {b"from", b"message-id", b"received", b"return-path", b"mime-version", b"date", b"delivered-to"}
    return len(headers) == len(lines) and len(names & usual) >= 2


def _facts(mail: Incoming, said: Understood) -> dict[str, object]:
    return {
        "kind": str(said.kind),
        "from": (mail.from_[0].email or None) if mail.from_ else None,
        "own_text": said.own_text,
        "recipients": list(said.recipients),
        "status": said.status or None,
        "returns_on": said.returns_on.isoformat() if said.returns_on else None,
        "attachments": [attached.name for attached in mail.attachments],
        "answer": str(said.answer.word) if said.answer else None,
    }


def _print(facts: dict[str, object]) -> None:
    for name, value in facts.items():
        if name != "own_text" and value not in (None, []):
            shown = ", ".join(map(str, value)) if isinstance(value, list) else value
            print(f"{name.replace('_', ' ')}: {shown}")
    if facts["own_text"]:
        print(f"\n{facts['own_text']}")
