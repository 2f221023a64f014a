"""`vouchsafe orphans --data DIR`: encrypted files no row speaks of; listed, and erased only when told so with an age."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from datetime import timedelta
from pathlib import Path

from vouchsafe.doors.cli.serving import add_data_argument, settle
from vouchsafe.doors.cli.streams import print_json
from vouchsafe.doors.cli.verify import NoInstanceHere


def add_arguments(parser: ArgumentParser) -> None:
    add_data_argument(parser)
    parser.add_argument(
        "--older-than", type=int, metavar="DAYS", help="only files that are older (default: 1)"
    )
    parser.add_argument(
        "--erase", action="store_true", help="destroy them for good; needs --older-than as well"
    )
    parser.add_argument("--json", action="store_true")


def run(args: Namespace) -> int:
    if args.erase and args.older_than is None:
        print("vouchsafe orphans: --erase needs an age, like --older-than 30.", file=sys.stderr)
        return 2
    folder = Path(args.data or os.environ.get("VOUCHSAFE_DATA", "data"))
    if not (folder / "keys").is_dir():
        raise NoInstanceHere(folder=folder)
    settle(args.data)
    import django

    django.setup()
    from django.utils import timezone

    from vouchsafe.packets.access_vault import orphans
    from vouchsafe.packets.actions.erase_orphans import erase_orphans

    now = timezone.now()
    age = timedelta(days=1 if args.older_than is None else args.older_than)
    found = erase_orphans(older_than=age, now=now) if args.erase else orphans(now - age)
    if args.json:
        rows = [{"file": one.file, "written_at": one.written_at.isoformat()} for one in found]
        print_json({"erased": args.erase, "orphans": rows})
        return 0
    for one in found:
        print(f"{one.file}  {one.written_at:%Y-%m-%d %H:%M} UTC")
    if not found:
        print("Every file in the vault belongs to a letter, an upload or a document.")
    elif args.erase:
        print(f"Erased for good: {len(found)}.")
    else:
        print(
            f"Files no row speaks of: {len(found)}. If an older database was restored, one of them may be the only "
            "copy of a letter: keep them until you are sure."
        )
    return 0
