"""How `backup` and `restore` are told what a backup is locked with."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from vouchsafe.core.words import Refusal, msg
from vouchsafe.doors.cli.streams import read_input

if TYPE_CHECKING:
    from vouchsafe.adapters.vault.archive import Lock, Unlock

SHORTEST = 12
LONGEST_FILE = 65_536


class PassphraseMissing(Refusal):
    code = "passphrase-missing"
    msgid = msg("A backup is locked, and nothing was given to lock or open it with.")
    hint_msgid = msg(
        "Give --passphrase-file FILE, or a key of age: --to age1… for a backup, --identity FILE to restore."
    )


class PassphraseTooShort(Refusal):
    code = "passphrase-too-short"
    msgid = msg("A passphrase of fewer than {n} characters can be guessed by whoever finds the backup.")
    hint_msgid = msg("Six words chosen by dice are good.")


def add_passphrase_argument(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help="its first line is the passphrase (default: asked)",
    )


def lock_from(args: Namespace) -> Lock:
    from vouchsafe.adapters.vault.archive import lock_by_passphrase, lock_for

    if args.to:
        return lock_for(args.to)
    passphrase = _passphrase(args, twice=True)
    if len(passphrase) < SHORTEST:
        raise PassphraseTooShort(n=SHORTEST)
    return lock_by_passphrase(passphrase)


def unlock_from(args: Namespace) -> Unlock:
    from vouchsafe.adapters.vault.archive import unlock_by_passphrase, unlock_with

    if args.identity is not None:
        text = read_input(args.identity, LONGEST_FILE).decode(errors="replace")
        lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
        return unlock_with(lines[0] if lines else "")
    return unlock_by_passphrase(_passphrase(args, twice=False))


def _passphrase(args: Namespace, *, twice: bool) -> str:
    if args.passphrase_file is not None:
        lines = read_input(args.passphrase_file, LONGEST_FILE).decode(errors="replace").splitlines()
        if not lines or not lines[0]:
            raise PassphraseMissing
        return lines[0]
    if not sys.stdin.isatty():
        raise PassphraseMissing
    given = getpass("Passphrase: ")
    if twice and getpass("Once more: ") != given:
        raise PassphrasesDiffer
    return given


class PassphrasesDiffer(Refusal):
    code = "passphrases-differ"
    msgid = msg("The two passphrases are not the same.")
    hint_msgid = msg("Type it again, or keep it in a file: --passphrase-file FILE.")
