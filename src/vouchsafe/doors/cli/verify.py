"""`vouchsafe verify FILE --data DIR`: the four answers about a letter's file, and one bottom line."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from vouchsafe.core.words import Refusal, msg
from vouchsafe.doors.cli.streams import print_json, read_input

if TYPE_CHECKING:
    from vouchsafe.core.sealing.verdict import Verdict

MAX_BYTES = 64_000_000  # a packet with five letters is well below


class NoInstanceHere(Refusal):
    code = "no-instance-here"
    msgid = msg("There is no Vouchsafe data in {folder}.")
    hint_msgid = msg("Name the data folder of the instance that sealed the letter: --data DIR.")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--data", metavar="DIR", default=None, help="the data folder (default: ./data)")
    parser.add_argument("--json", action="store_true")


def run(args: Namespace) -> int:
    data = read_input(args.file, MAX_BYTES)
    folder = Path(args.data or os.environ.get("VOUCHSAFE_DATA", "data"))
    if not os.environ.get("DATABASE_URL") and not (folder / "vouchsafe.sqlite3").exists():
        raise NoInstanceHere(folder=folder)  # looking must not make a new one
    verdict = _verdict(data, folder, args.data)
    answers = {
        "known": verdict.known,
        "signature": verdict.signature,
        "addition": verdict.addition,
        "sender": verdict.sender,
    }
    if args.json:
        told = {
            name: {"state": a.state, "good": a.good, "sentence": str(a.sentence)}
            for name, a in answers.items()
        }
        bottom = {
            "outcome": verdict.outcome,
            "bottom_line": str(verdict.bottom_line),
            "number": verdict.number or None,
        }
        print_json({**told, **bottom, "sound": verdict.is_sound})
    else:
        for question, name in _QUESTIONS:
            print(f"{question}\n  {answers[name].sentence}")
        print(f"\n{verdict.bottom_line}")
    if not verdict.is_sound:
        print(verdict.bottom_line, file=sys.stderr)
        return 1
    return 0


def _verdict(data: bytes, folder: Path, given: str | None) -> Verdict:
    """From the seals kept in the folder where these bytes are among them; else with everything there is."""
    if not os.environ.get("DATABASE_URL"):
        from vouchsafe.doors.cli.kept_seals import quick_verdict

        verdict = quick_verdict(data, folder)
        if verdict is not None:
            return verdict
    from vouchsafe.doors.cli.serving import settle

    settle(given)
    import django

    django.setup()
    from vouchsafe.desk.verifying import check_file

    return check_file(data).verdict


_QUESTIONS = (
    ("Are these bytes known here?", "known"),
    ("Is the signature sound and ours?", "signature"),
    ("Was anything added after it?", "addition"),
    ("Who sent it, and how was that checked?", "sender"),
)
