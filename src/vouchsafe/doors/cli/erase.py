"""`vouchsafe erase ADDRESS`: erase an account for good, as its owner's own page does.

`--list` and `--again FILE` carry what was erased past the restoring of an older backup: see docs/backups.md.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from vouchsafe.doors.cli.one_account import account_at, start_on
from vouchsafe.doors.cli.serving import add_data_argument
from vouchsafe.doors.cli.streams import read_input

LONGEST_LIST = 64 * 1024 * 1024


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("address", metavar="ADDRESS", nargs="?", help="the address the account signs in with")
    add_data_argument(parser)
    parser.add_argument("--sure", metavar="ADDRESS", help="the same address once more (default: asked)")
    parser.add_argument(
        "--list", action="store_true", help="print the keys of erased accounts; they name nobody"
    )
    parser.add_argument(
        "--again",
        type=Path,
        metavar="FILE",
        help="after restoring a backup: erase those on such a list again",
    )


def run(args: Namespace) -> int:
    if [bool(args.address), args.list, args.again is not None].count(True) != 1:
        print("vouchsafe erase: give an address, or --list, or --again FILE.", file=sys.stderr)
        return 2
    if args.list:
        return _list(args)
    return _again(args) if args.again is not None else _one(args)


def _list(args: Namespace) -> int:
    start_on(args.data)
    from vouchsafe.packets.actions.erase_again import erased_keys

    for key in erased_keys():
        print(key)
    return 0


def _again(args: Namespace) -> int:
    listed = read_input(args.again, LONGEST_LIST).decode(errors="replace").split()
    start_on(args.data)
    from django.utils import timezone

    from vouchsafe.packets.actions.erase_again import erase_again

    done = erase_again(keys=listed, now=timezone.now())
    print(f"Erased again: {done.count}.")
    if done.kept:
        print(
            f"Kept, for nobody else runs the office: {', '.join(done.kept)}. Give somebody else the office, then erase again.",
            file=sys.stderr,
        )
    return 1 if done.kept else 0


def _one(args: Namespace) -> int:
    account = account_at(args.address, args.data)
    typed = args.sure
    if typed is None:
        if not sys.stdin.isatty():
            print("vouchsafe erase: type the address twice: --sure ADDRESS.", file=sys.stderr)
            return 2
        typed = input(f"This can’t be undone. Type {account.email} to erase everything of theirs: ")
    from django.utils import timezone

    from vouchsafe.packets.actions.erase_account import erase_account

    erase_account(account=account, typed_address=typed, now=timezone.now(), by="command")
    print(
        "Erased: the account, and everything that was theirs here. Backups hold it until you throw them away."
    )
    return 0
