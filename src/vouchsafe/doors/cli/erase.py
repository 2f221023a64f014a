"""`vouchsafe erase ADDRESS`: erase an account for good, as its owner's own page does."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from vouchsafe.doors.cli.one_account import account_at
from vouchsafe.doors.cli.serving import add_data_argument


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("address", metavar="ADDRESS", help="the address the account signs in with")
    add_data_argument(parser)
    parser.add_argument("--sure", metavar="ADDRESS", help="the same address once more (default: asked)")


def run(args: Namespace) -> int:
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
