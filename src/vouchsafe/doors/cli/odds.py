"""`vouchsafe odds SCENARIO.json`: how likely it is that enough letters arrive in time."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from vouchsafe.core.odds.outlook import Outlook, forecast
from vouchsafe.core.odds.reading import read_scenario
from vouchsafe.core.odds.wording import in_hundred, in_seasons, short
from vouchsafe.core.words import Refusal, msg

ROWS_SHOWN = 15


class ScenarioNotReadable(Refusal):
    """The file is not there, or is not JSON."""

    code = "scenario-not-readable"
    msgid = msg("{file} could not be read: {why}.")
    hint_msgid = msg("Give a JSON file with today, deadline, shown, need and slots.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "scenario", type=Path, metavar="SCENARIO.json", help="the scenario; - reads standard input"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace) -> int:
    outlook = forecast(read_scenario(_load(args.scenario)))
    print(_as_json(outlook) if args.json else _as_text(outlook))
    return 0


def _load(path: Path) -> object:
    try:
        raw = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        return json.loads(raw.decode("utf-8-sig"))
    except OSError as error:
        raise ScenarioNotReadable(file=path, why=error.strerror or error) from error
    except UnicodeDecodeError as error:
        raise ScenarioNotReadable(file=path, why="it is not text in UTF-8") from error
    except json.JSONDecodeError as error:
        raise ScenarioNotReadable(
            file=path, why=f"no JSON at line {error.lineno}, column {error.colno}"
        ) from error
    except (ValueError, RecursionError) as error:
        raise ScenarioNotReadable(
            file=path, why="it holds a number or a nesting beyond all bounds"
        ) from error


def _as_json(outlook: Outlook) -> str:
    days = [{"day": day, "on": outlook.on(day).isoformat(), "p": p} for day, p in enumerate(outlook.by_day)]
    return json.dumps({"odds": outlook.odds, "by_day": days})


def _as_text(outlook: Outlook) -> str:
    last = len(outlook.by_day) - 1
    step = max(1, -(-last // ROWS_SHOWN))
    days = [*range(last, -1, -step)][::-1]
    lines = [f"{in_hundred(outlook.odds)} that enough letters are there by {outlook.on(last)}.", ""]
    lines += [f"  {outlook.on(day)}  {short(outlook.by_day[day])}" for day in days]
    return "\n".join([*lines, "", str(in_seasons(outlook.odds))])
