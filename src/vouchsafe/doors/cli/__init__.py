"""The command line: one file a command, found by name, imported only when it is called.

A command module holds `HELP`, `add_arguments(parser)` and `run(args) -> int`. Exit codes: 0 fine,
1 refused or a problem found (with a sentence on stderr), 2 wrong usage.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module

COMMANDS: dict[tuple[str, ...], tuple[str, str]] = {
    ("read", "contacts"): ("read_contacts", "list the people in a vCard or CSV file"),
    ("read", "posting"): ("read_posting", "list the openings in a saved page or a board's answer"),
    ("read", "resume"): ("read_resume", "read a JSON Resume or FRESH file"),
    ("read", "mail"): ("read_mail", "say what a mail is: reply, absence note, bounce"),
    ("check", "letter"): ("check_letter", "inspect and clean a letter that was uploaded"),
    ("check", "ask"): ("check_ask", "tact: look over an ask before it is sent"),
    ("check", "text"): ("check_text", "substance: look over a letter's text, for its writer"),
    ("worth",): ("worth", "is a letter worth asking for here?"),
    ("odds",): ("odds", "how likely it is that enough letters arrive in time"),
    ("plan",): ("plan", "whom to ask, who stands by, when and why"),
    ("verify",): ("verify", "check a sealed letter"),
    ("story",): ("story", "walk the whole path once, on your own files if you like"),
    ("serve",): ("serve", "start the web server, the worker and the mailbox"),
    ("prepare",): ("prepare", "bring the database and files up to date, once before many processes start"),
    ("worker",): ("worker", "run the worker alone"),
    ("mail-in",): ("mail_in", "listen for mail that comes in, by SMTP or LMTP"),
    ("rotate-keys",): ("rotate_keys", "make new keys; old seals stay verifiable"),
    ("backup",): ("backup", "one encrypted file of a living instance"),
    ("restore",): ("restore", "a backup becomes an instance again, in an empty place"),
    ("move-to-postgres",): ("move_to_postgres", "a living instance on SQLite goes on in PostgreSQL"),
    ("export",): ("export", "everything that is one account’s, as a ZIP for them"),
    ("erase",): ("erase", "erase one account for good"),
    ("retain",): ("retain", "erase what is older than the office keeps it, or count it"),
    ("orphans",): ("orphans", "list files in the vault that no row speaks of"),
    ("doctor",): ("doctor", "check mail, keys, database and machine, each with its fix"),
    ("manage",): ("manage", "forward to Django's own commands"),
}


LASTING = {("serve",), ("worker",), ("story",), ("manage",), ("mail-in",)}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    for length in (2, 1):
        name = tuple(words[:length])
        if name in COMMANDS:
            return _run(name, words[length:])
    return _usage(words)


def _run(name: tuple[str, ...], rest: list[str]) -> int:
    module_name, summary = COMMANDS[name]
    if name not in LASTING:
        gc.disable()  # they read one file and end; looking for garbage is a tenth of their time
    module = import_module(f"vouchsafe.doors.cli.{module_name}")
    if hasattr(module, "run_raw"):
        return int(module.run_raw(rest))
    parser = argparse.ArgumentParser(
        prog=" ".join(("vouchsafe", *name)), description=summary, formatter_class=_help
    )
    module.add_arguments(parser)
    from vouchsafe.core.words import Refusal

    try:
        return int(module.run(parser.parse_args(rest)))
    except Refusal as refusal:
        print(refusal.sentence, file=sys.stderr)
        if refusal.hint is not None:
            print(refusal.hint, file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 1


def _help(prog: str) -> argparse.HelpFormatter:
    """Help as wide as the terminal says; argparse would load `shutil` to ask, at every start."""
    return argparse.HelpFormatter(prog, width=int(_columns()) - 2)


def _columns() -> str:
    columns = os.environ.get("COLUMNS", "")
    return columns if columns.isdecimal() and int(columns) > 20 else "80"


def _usage(words: list[str]) -> int:
    asked = words[:1] in (["-h"], ["--help"], ["help"])
    out = sys.stdout if asked else sys.stderr
    if words and not asked:
        print(f"vouchsafe: there is no command “{' '.join(words[:2])}”.", file=out)
    print("usage: vouchsafe COMMAND …\n", file=out)
    for name, (_, summary) in COMMANDS.items():
        print(f"  {' '.join(name):<15} {summary}", file=out)
    return 0 if asked else 2
