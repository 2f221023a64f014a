"""`vouchsafe rotate-keys --data DIR`: new keys from now on; old seals stay verifiable, letters stay as they are."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from vouchsafe.doors.cli.serving import add_data_argument, settle
from vouchsafe.doors.cli.streams import print_json
from vouchsafe.doors.cli.verify import NoInstanceHere

KINDS = ("seal", "pades", "master")


def add_arguments(parser: ArgumentParser) -> None:
    add_data_argument(parser)
    parser.add_argument(
        "--only",
        action="append",
        choices=KINDS,
        metavar="KIND",
        help="seal (our own signature), pades (the signature in the file) or master (what letters' keys are wrapped with); default: all",
    )
    parser.add_argument(
        "--resume", action="store_true", help="make no new key: go on wrapping after an interruption"
    )
    parser.add_argument("--json", action="store_true")


def run(args: Namespace) -> int:
    folder = Path(args.data or os.environ.get("VOUCHSAFE_DATA", "data"))
    if not (folder / "keys").is_dir():
        raise NoInstanceHere(folder=folder)  # rotating must not begin an instance
    settle(args.data)
    import django

    django.setup()
    from django.utils import timezone

    from vouchsafe.adapters.keys import Kind
    from vouchsafe.ledger.rotating import rotate_keys

    kinds = () if args.resume else tuple(Kind(kind) for kind in args.only or KINDS)
    done = rotate_keys(kinds=kinds, now=timezone.now(), tell=_progress if sys.stderr.isatty() else _silent)
    if args.json:
        print_json(
            {
                "fresh": dict(done.fresh),
                "wrapped": done.wrapped,
                "already": done.already,
                "damaged": list(done.damaged),
            }
        )
    else:
        for kind, generation in done.fresh:
            print(f"{kind}: generation {generation} is in use from now on.")
        print(f"Keys of files wrapped anew: {done.wrapped}. Already under the newest key: {done.already}.")
        if done.fresh:
            print("Back up the folder of keys now. The older generations in it are still needed.")
    if done.damaged:
        print(
            f"{len(done.damaged)} files do not open and were left as they are: {', '.join(done.damaged)}",
            file=sys.stderr,
        )
        return 1
    return 0


def _progress(done: int, of: int) -> None:
    print(f"\r{done} of {of}", end="\n" if done == of else "", file=sys.stderr, flush=True)


def _silent(done: int, of: int) -> None:
    """Nobody is watching."""
