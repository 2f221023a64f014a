"""The standing cast: Ada asks, Ben writes, Cleo reads, Dana runs the office, Eve must never get in."""

from __future__ import annotations

from dataclasses import dataclass

from vouchsafe.people.models import Account, Contact, Instance


@dataclass(frozen=True, slots=True)
class Cast:
    """Everyone, and there is always data that Eve could have seen."""

    instance: Instance
    ada: Account
    dana: Account
    eve: Account
    ben: Contact  # Ada's contact
    ben_to_eve: Contact  # the same Ben, as Eve knows him
