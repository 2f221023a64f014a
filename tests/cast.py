"""The standing cast: Ada asks, Ben writes, Cleo reads, Dana runs the office, Eve must never get in."""

from __future__ import annotations

from dataclasses import dataclass

from tests import factories

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


def make_cast() -> Cast:
    dana = factories.make_account("Dana Whitlock", role="office")
    ada = factories.make_account("Ada Marsh")
    eve = factories.make_account("Eve Tarn")
    return Cast(
        instance=factories.make_instance(dana),
        ada=ada,
        dana=dana,
        eve=eve,
        ben=factories.make_contact(ada, tie="direct_manager", knows_work=4, warmth=4),
        ben_to_eve=factories.make_contact(eve),
    )
