"""`vouchsafe move-to-postgres URL --data DIR`: a living instance on SQLite goes on in PostgreSQL."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path

from vouchsafe.doors.cli.serving import add_data_argument, settle
from vouchsafe.doors.cli.streams import print_json
from vouchsafe.doors.cli.verify import NoInstanceHere


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("to", metavar="URL", help="an empty database: postgresql://user:password@host/name")
    add_data_argument(parser)
    parser.add_argument("--json", action="store_true")


def run(args: Namespace) -> int:
    folder = Path(args.data or os.environ.get("VOUCHSAFE_DATA", "data"))
    if not os.environ.get("DATABASE_URL") and not (folder / "vouchsafe.sqlite3").exists():
        raise NoInstanceHere(folder=folder)
    if not args.to.startswith(("postgres://", "postgresql://")):
        print("vouchsafe move-to-postgres: the address must begin with postgresql://", file=sys.stderr)
        return 2
    settle(args.data)
    import django

    django.setup()
    from django.utils import timezone

    from vouchsafe.ledger.moving import move_to_postgres

    done = move_to_postgres(to=args.to, now=timezone.now(), tell=_progress)
    if args.json:
        print_json(asdict(done))
    else:
        print(
            f"Moved {done.rows:,} rows of {done.tables} tables; every count and digest is the same in both. "
            f"Who wrote meanwhile waited for {done.paused_seconds:.1f} seconds."
        )
        print(
            "The SQLite file takes no further change. Set DATABASE_URL for every process now, and start them again."
        )
    return 0


def _progress(table: str) -> None:
    if sys.stderr.isatty():
        print(f"copying {table}", file=sys.stderr, flush=True)
