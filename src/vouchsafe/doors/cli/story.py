"""`vouchsafe story`: the whole path walked once, on your own files if you like.

Everything is real: rows, outbox, worker, an SMTP server (a sink of our own, on this machine only), and a
web server that the writer and the reader visit by the links in their mails. No mail leaves this machine.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from contextlib import suppress
from email import message_from_bytes, policy
from pathlib import Path
from typing import TYPE_CHECKING

from vouchsafe.doors.cli.serving import add_data_argument, prepare, settle
from vouchsafe.doors.cli.story_files import read_given

if TYPE_CHECKING:
    from vouchsafe.adapters.post.sink import Kept


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--contacts", type=Path, metavar="FILE", help="vCard or CSV; without it our own sample"
    )
    parser.add_argument("--posting", type=Path, metavar="FILE", help="a saved page or a board's answer")
    parser.add_argument(
        "--letter", type=Path, metavar="FILE", help="the letter to upload: PDF, Word or OpenDocument"
    )
    add_data_argument(parser)
    parser.add_argument("--port", type=int, help="where its server listens (default: a free port)")
    parser.add_argument("--json", action="store_true", help="print the steps as JSON")


def run(args: Namespace) -> int:
    for given in (args.contacts, args.posting, args.letter):
        if given is not None:
            read_given(given)  # what can't be read is said before anything is prepared
    data = args.data or os.environ.get("VOUCHSAFE_DATA") or tempfile.mkdtemp(prefix="vouchsafe-story-")
    folder = settle(data, args.port or free_port())
    # The story is walked at once: nothing waits for an undo, and mail goes to the sink alone.
    os.environ["VOUCHSAFE_UNDO_SECONDS"] = "0"
    from vouchsafe.adapters.post.sink import Sink

    with Sink(folder / "story" / "mail") as sink:
        os.environ.update(
            VOUCHSAFE_SMTP_HOST=sink.host, VOUCHSAFE_SMTP_PORT=str(sink.port), VOUCHSAFE_SMTP_TLS="none"
        )
        prepare()
        from vouchsafe.doors.cli.story_walk import Walk

        walk = Walk(folder, contacts=args.contacts, posting=args.posting, letter=args.letter)
        for step in walk.steps():
            if not args.json:
                print(f"{step.number:2}  {step.title}")
                for line in step.lines:
                    print(f"      {line}")
                sys.stdout.flush()
        (folder / "story" / "links.json").write_text(json.dumps(walk.links()), encoding="utf-8")
        _keep_for_mailbox(sink.kept)
    if args.json:
        told = {"data": str(folder), "steps": [step.plain() for step in walk.told], **walk.outcome()}
        print(json.dumps(told, ensure_ascii=False, indent=2, default=str))
    return 0


def _keep_for_mailbox(mails: Sequence[Kept]) -> None:
    """What the sink got belongs in /mailbox/ as well, where whoever looks around afterwards reads caught mail."""
    from vouchsafe.adapters.post.transport import Parcel
    from vouchsafe.doors.worker.carrying import catcher

    caught = catcher()
    for mail in mails:
        said = message_from_bytes(mail.raw, policy=policy.default)
        caught.send(Parcel(str(said["Message-ID"]), mail.mail_from, mail.rcpt_to[0], mail.raw))


def free_port() -> int:
    """One that is free now, and that no connection going out takes before the server does: those begin at 32768."""
    while True:
        port = secrets.choice(range(20_000, 32_000))
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
