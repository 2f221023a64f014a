"""`vouchsafe export ADDRESS FILE`: everything that is an account's, as its owner's own page gives it."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from vouchsafe.core.words import Refusal, msg
from vouchsafe.doors.cli.one_account import account_at
from vouchsafe.doors.cli.serving import add_data_argument


class FileNotWritable(Refusal):
    code = "file-not-writable"
    msgid = msg("{file} can’t be written: {why}.")
    hint_msgid = msg("Give a name that is free, in a folder you may write to.")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("address", metavar="ADDRESS", help="the address the account signs in with")
    parser.add_argument("file", type=Path, metavar="FILE", help="the ZIP to write; it must not be there yet")
    add_data_argument(parser)


def run(args: Namespace) -> int:
    account = account_at(args.address, args.data)
    from django.utils import timezone

    from vouchsafe.desk.export import export
    from vouchsafe.people.actions.note_export import note_export

    data = export(account)
    try:
        descriptor = os.open(args.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as trouble:
        raise FileNotWritable(file=args.file, why=trouble.strerror or str(trouble)) from None
    note_export(account=account, by="command", now=timezone.now())
    with os.fdopen(descriptor, "wb") as out:
        out.write(data)
    print(
        f"Everything that is theirs is in {args.file}. The account’s own journal says that you took it out."
    )
    return 0
