"""`vouchsafe restore FILE --data DIR`: a backup becomes an instance again, in an empty place."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from vouchsafe.doors.cli.backup_locks import add_passphrase_argument, unlock_from
from vouchsafe.doors.cli.serving import add_data_argument, settle
from vouchsafe.doors.cli.streams import InputNotReadable, print_json


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    add_data_argument(parser)
    parser.add_argument("--identity", type=Path, metavar="FILE", help="the identity of age that opens it")
    add_passphrase_argument(parser)
    parser.add_argument(
        "--check",
        action="store_true",
        help="prove every byte of it, restore nothing and leave nothing behind",
    )
    parser.add_argument(
        "--mail-waits",
        action="store_true",
        help="the old instance was stopped before the backup: mail that waited goes out",
    )
    parser.add_argument("--json", action="store_true")


def run(args: Namespace) -> int:
    try:
        source = args.file.open("rb")
    except OSError as trouble:
        raise InputNotReadable(path=args.file, why=trouble.strerror or str(trouble)) from trouble
    with source, ExitStack() as stack:
        unlock = unlock_from(args)
        # Checking needs no instance, and settings make a folder for what they are told: it gets one that goes again.
        nowhere = stack.enter_context(TemporaryDirectory(prefix="vouchsafe-check-")) if args.check else None
        settle(nowhere or args.data)
        import django

        django.setup()
        return _check(args, source, unlock) if args.check else _restore(args, source, unlock)


def _check(args: Namespace, source: Any, unlock: Any) -> int:
    from vouchsafe.ledger.restoring import examine

    manifest = examine(source=source, unlock=unlock)
    if args.json:
        print_json(manifest)
    else:
        rows, files = sum(manifest["counts"].values()), len(manifest["files"])
        print(f"The backup of {manifest['made_at'][:16]} UTC is whole: {rows:,} rows, {files:,} files.")
    return 0


def _restore(args: Namespace, source: Any, unlock: Any) -> int:
    from django.utils import timezone

    from vouchsafe.desk.office import check_journal
    from vouchsafe.ledger.restoring import restore
    from vouchsafe.packets.access_vault import unsound_files

    done = restore(
        source=source, unlock=unlock, unsound=unsound_files, mail_waits=args.mail_waits, now=timezone.now()
    )
    broken = check_journal().breaks
    if args.json:
        print_json(
            {
                "made_at": done.made_at.isoformat(),
                "rows": done.rows,
                "files": done.files,
                "unknown_mails": done.unknown_mails,
                "unsound": done.unsound,
                "broken_chains": [each.chain for each in broken],
            }
        )
    else:
        print(
            f"Restored the backup of {done.made_at:%Y-%m-%d %H:%M} UTC: {done.rows:,} rows and {done.files:,} files. "
            "Every file was compared with what was backed up, every letter opens, and the journal holds together."
            if not (done.unsound or broken)
            else f"Restored the backup of {done.made_at:%Y-%m-%d %H:%M} UTC: {done.rows:,} rows and {done.files:,} files."
        )
        if done.unknown_mails:
            print(
                f"Mails that may have been sent since, shown as unknown and not sent again: {done.unknown_mails}."
            )
        print(
            "Whoever was erased after that day is back: vouchsafe erase --again FILE, before others come in (docs/backups.md)."
        )
    if done.unsound:
        print(f"{len(done.unsound)} files do not open: {', '.join(done.unsound)}", file=sys.stderr)
    if broken:
        print(f"{len(broken)} chains of the journal do not hold together.", file=sys.stderr)
    return 1 if done.unsound or broken else 0
