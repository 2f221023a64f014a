"""`vouchsafe read resume FILE`: who, where they worked and studied, from JSON Resume or FRESH."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from vouchsafe.core.reading.resume import MAX_BYTES, ResumeRead, read_resume
from vouchsafe.doors.cli.streams import print_json, read_input


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", metavar="FILE", type=Path, help="JSON Resume or FRESH; - reads standard input"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace) -> int:
    read = read_resume(read_input(args.file, MAX_BYTES))
    if args.json:
        print_json(_as_answer(read))
    else:
        _print_summary(read)
    for problem in read.problems:
        print(f"{problem.where}: {problem.why}", file=sys.stderr)
    return 1 if read.problems else 0


def _as_answer(read: ResumeRead) -> dict[str, object]:
    return {
        "name": read.name,
        "email": read.email,
        "work": [
            {"organisation": work.organisation, "position": work.position, "from": work.from_, "to": work.to}
            for work in read.work
        ],
        "education": [
            {
                "institution": study.institution,
                "area": study.area,
                "study_type": study.study_type,
                "from": study.from_,
                "to": study.to,
            }
            for study in read.education
        ],
        "problems": [{"where": problem.where, "why": str(problem.why)} for problem in read.problems],
    }


def _print_summary(read: ResumeRead) -> None:
    print(f"{read.name or '(no name)'}  {read.email or '(no address)'}")
    for work in read.work:
        print(
            f"  {_span(work.from_, work.to)}  {work.position or '(no position)'}, {work.organisation or '(no organisation)'}"
        )
    for study in read.education:
        what = ", ".join(part for part in (study.study_type, study.area, study.institution) if part)
        print(f"  {_span(study.from_, study.to)}  {what or '(nothing said)'}")


def _span(start: str | None, end: str | None) -> str:
    return f"{start or '?'} to {end or 'now'}"
