"""`vouchsafe read posting FILE`: the openings in a saved page, a board's answer or plain text."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from vouchsafe.core.words import Refusal, msg


class FileUnreadable(Refusal):
    code = "file-unreadable"
    msgid = msg("{path} cannot be read: {why}.")
    hint_msgid = msg("Check the name and that the file may be read.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="HTML, MHTML, JSON or text; at most 2 MB")
    parser.add_argument("--json", action="store_true", help="print JSON")


def read_file(path: Path) -> bytes:
    """The file's first bytes, one more than the reader takes: enough for it to refuse too much."""
    from vouchsafe.core.reading.posting.records import MAX_BYTES

    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise FileUnreadable(path=path, why=why) from None


def run(args: argparse.Namespace) -> int:
    from vouchsafe.core.reading.posting import read_posting

    read = read_posting(read_file(args.file), name=args.file.name)
    if args.json:
        answer = {
            "postings": [
                {
                    "title": each.title,
                    "company": each.company,
                    "locations": list(each.locations),
                    "published": each.published,
                    "deadline": each.deadline,
                    "url": each.url,
                }
                for each in read.postings
            ],
            "problems": [{"where": each.where, "why": str(each.why)} for each in read.problems],
        }
        json.dump(answer, sys.stdout, ensure_ascii=False, indent=1)
        print()
        return 0
    for each in read.postings:
        print(each.title or "(no title given)")
        print(f"  company    {each.company or '(not given)'}")
        print(f"  place      {'; '.join(each.locations) or '(not given)'}")
        print(f"  published  {each.published or '(not given)'}")
        print(f"  deadline   {each.deadline or '(not given)'}")
        print(f"  address    {each.url or '(not given)'}")
    for problem in read.problems:
        print(f"{problem.where}: {problem.why}", file=sys.stderr)
    return 0
