"""`vouchsafe check ask FILE [--facts FACTS.json]`: tact, a look over an ask before it is sent."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from vouchsafe.core.words import Refusal, msg
from vouchsafe.doors.cli.check_text import read_text, show


class FactsFileUnreadable(Refusal):
    code = "facts-file-unreadable"
    msgid = msg("{path} holds no facts: {why}.")
    hint_msgid = msg("It must be a JSON object; its names are listed in docs/lint.md.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", metavar="FILE", type=Path, help="the mail or the talking points as plain text"
    )
    parser.add_argument("--facts", metavar="FACTS.json", type=Path, help="who asks whom, for what, by when")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace) -> int:
    text = read_text(args.file)
    from vouchsafe.core.composing.read_facts import read_facts
    from vouchsafe.core.lint.check import check_ask
    from vouchsafe.core.patterns import one_text

    said = read_text(args.facts) if args.facts else "{}"
    given = _given(said, args.facts)
    facts = read_facts(given)
    with one_text(text, json.dumps(given, ensure_ascii=False)):
        findings = check_ask(text, facts)
    return show(findings, text, as_json=args.json)


def _given(said: str, path: Path) -> dict[str, object]:
    try:
        given = json.loads(said)
    except (ValueError, RecursionError) as error:
        raise FactsFileUnreadable(path=path, why=f"it is not JSON ({error})") from None
    if not isinstance(given, dict):
        raise FactsFileUnreadable(path=path, why="it is not an object")
    return given
