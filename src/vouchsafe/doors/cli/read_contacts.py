"""`vouchsafe read contacts FILE`: the people in a vCard, a CSV file or a list of names."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from vouchsafe.core.reading.contacts import ContactsRead, Field, read_contacts
from vouchsafe.core.reading.contacts.facts import MAX_BYTES
from vouchsafe.doors.cli.streams import print_json, read_input


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="vCard, CSV or text; - reads standard input")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument(
        "--map",
        metavar="COLUMN=FIELD",
        type=_column,
        action="append",
        default=[],
        help="what a column holds, by its name or by #1, #2 …: " + ", ".join(Field),
    )
    parser.add_argument("--encoding", help="how the file is written, where the guess was wrong")


def _column(text: str) -> tuple[str, Field]:
    column, is_, field = text.rpartition("=")
    if not (column and is_):
        raise argparse.ArgumentTypeError(f"“{text}” should be COLUMN=FIELD")
    try:
        return column, Field(field.strip().lower())
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{field}” is none of {', '.join(Field)}") from None


def run(args: argparse.Namespace) -> int:
    data = read_input(args.file, MAX_BYTES)
    read = read_contacts(data, name=args.file.name, mapping=dict(args.map) or None, encoding=args.encoding)
    if args.json:
        print_json(_as_answer(read))
    else:
        _print_summary(read)
    for problem in read.problems:
        print(f"{problem.where}: {problem.why}", file=sys.stderr)
    return 1 if read.problems else 0


def _as_answer(read: ContactsRead) -> dict[str, object]:
    return {
        "contacts": [
            {
                "name": contact.name,
                "given": contact.given,
                "family": contact.family,
                "emails": list(contact.emails),
                "organisation": contact.organisation,
                "title": contact.title,
                "profile": contact.profile,
            }
            for contact in read.contacts
        ],
        "problems": [{"where": str(problem.where), "why": str(problem.why)} for problem in read.problems],
    }


def _print_summary(read: ContactsRead) -> None:
    without = sum(not contact.emails for contact in read.contacts)
    print(f"{len(read.contacts)} contacts ({read.kind}, {read.encoding}), {without} without an address")
    for column in read.columns:
        print(f"  column {column.key:<4} {column.header or '(no name)'}: {column.field or '(not used)'}")
    for contact in read.contacts:
        print(f"{contact.name or '(no name)'}  {', '.join(contact.emails) or '(no address)'}")
        work = ", ".join(part for part in (contact.title, contact.organisation) if part)
        for line in (work, contact.profile):
            if line:
                print(f"    {line}")
