"""`vouchsafe check text FILE --about NAME`: substance, a look over a letter's text for its writer."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from vouchsafe.core.words import Refusal, msg

if TYPE_CHECKING:
    from vouchsafe.core.lint import Finding

MAX_BYTES = 200_000
"""More than any letter: some 30,000 words."""
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
BINARY = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"{\\rtf",
    b"GIF8",
    b"\x1f\x8b",
)


class TextUnreadable(Refusal):
    code = "text-unreadable"
    msgid = msg("{path} cannot be read: {why}.")
    hint_msgid = msg("Give a plain text file: save the letter or mail as text first.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="the letter as plain text")
    parser.add_argument("--about", metavar="NAME", required=True, help="the applicant, as named")
    parser.add_argument("--for", metavar="INSTITUTION", dest="institution", default="", help="where it goes")
    parser.add_argument("--opportunity", metavar="TITLE", default="", help="the post, programme or award")
    parser.add_argument("--pronouns", default="", help="as stated: she/her, he/him, they/them, …")
    parser.add_argument("--known", metavar="NAME", action="append", default=[], help="another right name")
    parser.add_argument("--points", metavar="FILE", type=Path, help="what the applicant supplied")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace) -> int:
    if not args.about.strip():
        print("vouchsafe check text: --about needs a name.", file=sys.stderr)
        return 2
    text = read_text(args.file)
    points = (read_text(args.points),) if args.points else ()
    from vouchsafe.core.lint.check import check_text
    from vouchsafe.core.lint.facts import LetterFacts
    from vouchsafe.core.patterns import one_text

    facts = LetterFacts(
        about=args.about,
        pronouns=args.pronouns,
        institution=args.institution,
        opportunity=args.opportunity,
        known_names=tuple(args.known),
        applicant_points=points,
    )
    with one_text(text, args.about, args.institution, args.opportunity, *args.known, *points):
        findings = check_text(text, facts)
    return show(findings, text, as_json=args.json)


def read_text(path: Path) -> str:
    """A text file as text: UTF-8, UTF-16 with or without its mark, else Windows-1252 byte by byte."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise TextUnreadable(path=path, why=why) from None
    if len(content) > MAX_BYTES:
        raise TextUnreadable(path=path, why="it is larger than a letter can be")
    text = decoded(content)
    if text is None:
        raise TextUnreadable(path=path, why="it is not a text file")
    if not text.strip():
        raise TextUnreadable(path=path, why="it is empty")
    return text


def decoded(content: bytes) -> str | None:
    """The text, or nothing where the bytes are no text. Never fails on a stray byte."""
    if content.startswith(BINARY):
        return None
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    if encoding := _unmarked_utf16(content):
        return content.decode(encoding, "replace")
    if b"\0" in content:
        return None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
        strange = sum(ord(character) < 32 and character not in "\t\n\r\f" for character in text)
        return None if strange * 20 > len(text) else text


def _unmarked_utf16(content: bytes) -> str:
    """UTF-16 without its mark shows as a zero in every other byte of a western text."""
    head = content[:2000]
    if len(head) < 4 or len(content) % 2:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd * 10 > len(head) * 3 and even * 20 < len(head):
        return "utf-16-le"
    return "utf-16-be" if even * 10 > len(head) * 3 and odd * 20 < len(head) else ""


def show(findings: Sequence[Finding], text: str, *, as_json: bool) -> int:
    """Prints the findings; 1 where there are any, 0 where there is nothing to remark on."""
    if as_json:
        json.dump(
            {"findings": [_as_json(finding) for finding in findings]},
            sys.stdout,
            ensure_ascii=False,
            indent=1,
        )
        print()
    elif not findings:
        print("Nothing to remark on.")
    else:
        for finding in findings:
            line = text.count("\n", 0, finding.start) + 1
            print(f"{finding.code}  line {line:<4} {finding.level}: {finding.sentence}\n      {finding.hint}")
    return 1 if findings else 0


def _as_json(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "slug": finding.slug,
        "level": str(finding.level),
        "sentence": str(finding.sentence),
        "hint": str(finding.hint),
        "start": finding.start,
        "end": finding.end,
    }
