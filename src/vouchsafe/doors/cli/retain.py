"""`vouchsafe retain [--dry-run]`: what the worker erases for its age, now; or what a rule would erase."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from vouchsafe.core.retention import OFFERED, Rule
from vouchsafe.doors.cli.serving import add_data_argument, settle
from vouchsafe.doors.cli.streams import print_json
from vouchsafe.doors.cli.verify import NoInstanceHere

if TYPE_CHECKING:
    from datetime import datetime

SAID = {
    "requests": "requests that ended without a letter",
    "accounts": "accounts that nobody uses",
    "mails": "mails whose words are forgotten",
    "readers": "former readers whose address and link are forgotten",
}


def add_arguments(parser: ArgumentParser) -> None:
    add_data_argument(parser)
    parser.add_argument("--dry-run", action="store_true", help="count and change nothing")
    for kind, spans in OFFERED.items():
        parser.add_argument(
            f"--{kind}",
            type=int,
            choices=spans,
            metavar="MONTHS",
            help=f"with --dry-run: as if {SAID[kind]} were set so ({', '.join(map(str, spans))})",
        )
    parser.add_argument("--json", action="store_true")


def run(args: Namespace) -> int:
    asked = Rule(**{kind: getattr(args, kind) for kind in OFFERED})
    if not asked.is_off and not args.dry_run:
        print(
            "vouchsafe retain: spans are tried with --dry-run; the office sets them on its page.",
            file=sys.stderr,
        )
        return 2
    folder = Path(args.data or os.environ.get("VOUCHSAFE_DATA", "data"))
    if not (folder / "keys").is_dir():
        raise NoInstanceHere(folder=folder)
    settle(args.data)
    import django

    django.setup()
    from django.utils import timezone

    now = timezone.now()
    return _foretell(args, asked, now) if args.dry_run else _sweep(args, now)


def _foretell(args: Namespace, asked: Rule, now: datetime) -> int:
    from vouchsafe.desk import keeping
    from vouchsafe.packets.access_aged import current_rule

    rule = current_rule() if asked.is_off else asked
    rows = keeping.expected(rule, today=now.date(), now=now)
    if args.json:
        kinds = [
            {
                "kind": row.kind,
                "months": rule.months(row.kind),
                "count": row.count,
                "first_on": row.first_on.isoformat() if row.first_on else None,
                "oldest_on": row.oldest_on.isoformat() if row.oldest_on else None,
            }
            for row in rows
        ]
        print_json({"dry_run": True, "is_off": rule.is_off, "kinds": kinds})
        return 0
    if rule.is_off:
        print("Everything is kept. Try spans like --requests 24 --accounts 36.")
    for row in rows:
        when = f", the first on {row.first_on}" if row.first_on else ""
        when = f", the first on {row.oldest_on} at the earliest" if row.oldest_on else when
        print(f"{row.count} {SAID[row.kind]}{when}")
    return 0


def _sweep(args: Namespace, now: datetime) -> int:
    from vouchsafe.desk import keeping
    from vouchsafe.doors.worker.retaining import Walk, retain

    walk = Walk()
    while retain(now=now, walk=walk):
        pass
    counts, told = keeping.done_since(now)
    if args.json:
        print_json({"dry_run": False, "erased": counts, "told": told})
        return 0
    for kind, count in counts.items():
        print(f"{count} {SAID[kind]}")
    print(f"{told} people were told of what goes in thirty days.")
    return 0
