"""How `export` and `erase` find the one account they are about."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from vouchsafe.core.words import Refusal, msg
from vouchsafe.doors.cli.serving import settle
from vouchsafe.doors.cli.verify import NoInstanceHere

if TYPE_CHECKING:
    from vouchsafe.people.models import Account


class NobodyAtThatAddress(Refusal):
    code = "nobody-at-that-address"
    msgid = msg("Nobody here signs in with {address}.")
    hint_msgid = msg(
        "Look at the list of people in the office. A writer or reader without an account has nothing of their own to take."
    )


def start_on(data: str | None) -> None:
    """Start Django on the data folder, which must be an instance."""
    folder = Path(data or os.environ.get("VOUCHSAFE_DATA", "data"))
    if not (folder / "keys").is_dir():
        raise NoInstanceHere(folder=folder)
    settle(data)
    import django

    django.setup()


def account_at(address: str, data: str | None) -> Account:
    """Start on the data folder, and find who signs in with an address."""
    start_on(data)
    from vouchsafe.people.access import account_by_email

    found = account_by_email(address.strip())
    if found is None:
        raise NobodyAtThatAddress(address=address)
    return found
