"""`vouchsafe backup FILE`: database, letters, keys and caught mail of a living instance, in one encrypted file."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path

from vouchsafe.doors.cli.backup_locks import add_passphrase_argument, lock_from
from vouchsafe.doors.cli.export import FileNotWritable
from vouchsafe.doors.cli.serving import add_data_argument, settle
from vouchsafe.doors.cli.streams import print_json
from vouchsafe.doors.cli.verify import NoInstanceHere


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="where the backup goes; it must not be there yet"
    )
    add_data_argument(parser)
    parser.add_argument(
        "--to",
        action="append",
        metavar="AGE1…",
        help="a recipient of age instead of a passphrase; may be repeated",
    )
    add_passphrase_argument(parser)
    parser.add_argument("--json", action="store_true")


def run(args: Namespace) -> int:
    folder = Path(args.data or os.environ.get("VOUCHSAFE_DATA", "data"))
    if not (folder / "keys").is_dir():
        raise NoInstanceHere(folder=folder)
    lock = lock_from(args)
    settle(args.data)
    import django

    django.setup()
    from django.utils import timezone

    from vouchsafe.adapters.vault import StorageUnavailableError
    from vouchsafe.ledger.backing_up import back_up
    from vouchsafe.packets.access_vault import known_files

    try:
        done = back_up(to=args.file, lock=lock, named_files=known_files, now=timezone.now())
    except StorageUnavailableError as trouble:
        print(f"The vault can’t be read: {trouble.strerror or trouble}.", file=sys.stderr)
        return 1
    except OSError as trouble:
        raise FileNotWritable(file=args.file, why=trouble.strerror or trouble) from trouble
    if args.json:
        print_json({"file": str(args.file), **asdict(done)})
    else:
        print(
            f"Backed up to {args.file}: {done.rows:,} rows and {done.files:,} files, {done.bytes / 1e6:,.1f} MB, encrypted."
        )
        print("It holds the keys as well. Keep it, and what opens it, in two places away from this machine.")
    if done.lost:
        print(
            f"{len(done.lost)} files that a row names are not in the vault: {', '.join(done.lost)}",
            file=sys.stderr,
        )
        return 1
    return 0
