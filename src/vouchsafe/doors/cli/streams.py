"""What commands that read a file share: taking the bytes in, and printing JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from vouchsafe.core.words import Refusal, msg


class InputNotReadable(Refusal):
    code = "input-not-readable"
    msgid = msg("{path} could not be read: {why}.")
    hint_msgid = msg("Check the name, and that it is a file you may read.")


def read_input(path: Path, limit: int) -> bytes:
    """The bytes of a file, or of standard input for `-`; one more than `limit`, so that too much is noticed."""
    try:
        if str(path) == "-":
            return sys.stdin.buffer.read(limit + 1)
        with path.open("rb") as file:
            return file.read(limit + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL inside the name
        why = getattr(error, "strerror", None) or str(error)
        raise InputNotReadable(path=path, why=why) from error


def print_json(answer: object) -> None:
    """Print JSON, in plain ASCII where the terminal could not show the rest."""
    wide = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    print(json.dumps(answer, ensure_ascii=not wide, indent=2))
