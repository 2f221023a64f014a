"""`vouchsafe plan`: whom to ask for which letter, who stands by, when, why, and how likely it is enough."""

from __future__ import annotations

import argparse
import sys
from datetime import date, datetime
from pathlib import Path

from vouchsafe.core.planning.draw import draw
from vouchsafe.core.reading.contacts import read_contacts
from vouchsafe.core.reading.contacts.facts import MAX_BYTES as MOST_CONTACTS
from vouchsafe.core.reading.posting import MAX_BYTES as MOST_POSTING
from vouchsafe.core.reading.posting import read_posting
from vouchsafe.core.words import Refusal, msg, say
from vouchsafe.doors.cli.plan_facts import MAX_BYTES as MOST_FACTS
from vouchsafe.doors.cli.plan_facts import Facts, Problem, read_facts
from vouchsafe.doors.cli.plan_input import FoundPosting, bring_together
from vouchsafe.doors.cli.plan_output import as_answer, as_text
from vouchsafe.doors.cli.streams import print_json, read_input


class NothingToPlanFor(Refusal):
    """None of the postings holds an opening."""

    code = "nothing-to-plan-for"
    msgid = msg("There is no opening to plan for: {why}")
    hint_msgid = msg("Give a saved page of one opening, a board’s answer, or the advertisement as text.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--contacts", metavar="FILE", type=Path, required=True, help="vCard, CSV or names")
    parser.add_argument(
        "--posting", metavar="FILE", type=Path, required=True, nargs="+", action="extend", help="openings"
    )
    parser.add_argument("--facts", metavar="FACTS.json", type=Path, help="what you know: docs/plan-facts.md")
    parser.add_argument("--need", metavar="N", type=_letters, help="letters each opening needs")
    parser.add_argument("--deadline", metavar="DATE", type=_date, help="the deadline of each opening")
    parser.add_argument("--today", metavar="DATE", type=_date, help="draw the plan as of this day")
    parser.add_argument("--json", action="store_true", help="print JSON")


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is no date such as 2026-11-30") from None


def _letters(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 20):
        raise argparse.ArgumentTypeError(f"“{text}” is no whole number from 0 to 20")
    return int(text)


def run(args: argparse.Namespace) -> int:
    today: date = args.today or datetime.now().astimezone().date()
    data = read_input(args.contacts, MOST_CONTACTS)
    read = read_contacts(data, name=args.contacts.name)
    found, problems = _postings(args.posting)
    facts = read_facts(read_input(args.facts, MOST_FACTS), str(args.facts)) if args.facts else Facts()
    given = bring_together(read, found, facts, args.need, args.deadline)
    problems += [Problem(f"{args.contacts}, {p.where}", p.why) for p in read.problems]
    problems += given.problems
    told = _tell if sys.stderr.isatty() else None
    plan = draw(given.contacts, given.opportunities, given.wishes, today=today, progress=told)
    if told is not None:
        print("\r\033[K", end="", file=sys.stderr)
    problems += [Problem("wishes", w.why_not) for w in plan.wishes if w.why_not is not None]
    if args.json:
        print_json(as_answer(plan, given, problems))
    else:
        print(as_text(plan, given))
    for problem in problems:
        print(f"{problem.where}: {problem.why}", file=sys.stderr)
    return 1 if problems else 0


def _postings(files: list[Path]) -> tuple[list[FoundPosting], list[Problem]]:
    """All openings of all files; a file that can't be read is a problem as long as another one can."""
    found: list[FoundPosting] = []
    problems: list[Problem] = []
    for file in files:
        try:
            read = read_posting(read_input(file, MOST_POSTING), name=file.name)
        except Refusal as refusal:
            problems.append(Problem(str(file), refusal.sentence))
            continue
        problems += [Problem(f"{file}, {p.where}", p.why) for p in read.problems]
        found += [FoundPosting(file.name, posting) for posting in read.postings]
        if not read.postings and not read.problems:
            problems.append(Problem(str(file), say("No opening was found here.")))
    if not found:
        raise NothingToPlanFor(why="; ".join(f"{p.where}: {p.why}" for p in problems))
    return found, problems


def _tell(step: str, share: float) -> None:
    print(f"\r\033[K{step} {round(100 * share)} %", end="", file=sys.stderr, flush=True)
