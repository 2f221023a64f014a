"""`vouchsafe worth --posting FILE`: is a letter worth asking for here?"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vouchsafe.core.worth import Reason, Worth


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--posting", metavar="FILE", type=Path, required=True, help="HTML, MHTML, JSON or text"
    )
    parser.add_argument("--kind", choices=["job", "programme", "scholarship", "pocket"])
    parser.add_argument("--level", choices=["junior", "mid", "senior"], help="how senior the role is")
    parser.add_argument(
        "--unreachable",
        metavar="NAME",
        action="append",
        default=[],
        help="a supervisor nobody can call any more",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace) -> int:
    from vouchsafe.core.reading.posting import PostingRead, read_posting
    from vouchsafe.core.worth import from_posting, weigh
    from vouchsafe.doors.cli.read_posting import read_file

    read = read_posting(read_file(args.posting), name=args.posting.name)
    # A page that marks no opening still has words, and the words may speak of letters.
    postings = read.postings or ((PostingRead(description=read.text),) if read.text else ())
    if not postings:
        for problem in read.problems:
            print(f"{problem.where}: {problem.why}", file=sys.stderr)
        return 1
    answers = [
        (
            posting.title,
            weigh(
                from_posting(
                    posting, kind=args.kind, level=args.level, unreachable_referees=tuple(args.unreachable)
                )
            ),
        )
        for posting in postings
    ]
    if args.json:
        first, *others = [_as_json(title, worth) for title, worth in answers]
        problems = [{"where": each.where, "why": str(each.why)} for each in read.problems]
        json.dump({**first, "others": others, "problems": problems}, sys.stdout, ensure_ascii=False, indent=1)
        print()
        return 0
    for problem in read.problems:
        print(f"{problem.where}: {problem.why}", file=sys.stderr)
    for title, worth in answers:
        print(title or "(no title given)")
        print(f"  {worth.headline}")
        for reason in worth.reasons:
            print(f"  - {reason.sentence} ({reason.source}; {reason.confidence} confidence)")
            if reason.quote:
                print(f"    “{reason.quote}”")
    return 0


def _as_json(title: str | None, worth: Worth) -> dict[str, object]:
    return {
        "title": title,
        "verdict": worth.verdict,
        "label": worth.label,
        "headline": str(worth.headline),
        "need": worth.need,
        "letters": worth.letters,
        "means": list(worth.means),
        "address": worth.address,
        "reasons": [_reason(each) for each in worth.reasons],
    }


def _reason(reason: Reason) -> dict[str, object]:
    return {
        "sentence": str(reason.sentence),
        "source": str(reason.source),
        "confidence": reason.confidence,
        "quote": reason.quote,
    }
