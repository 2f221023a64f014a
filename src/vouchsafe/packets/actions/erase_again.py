from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from vouchsafe.ledger import journal
from vouchsafe.packets.actions.erase_account import KeepsInstance, erase_account
from vouchsafe.people.models import Account


@dataclass(frozen=True, slots=True)
class ErasedAgain:
    """`kept`: keys of those who alone keep the instance, and so stay."""

    count: int
    kept: tuple[str, ...]


def erased_keys() -> list[str]:
    """The accounts that were erased here, by their random keys, which name nobody."""
    return journal.abouts(chain=journal.OFFICE, verb="erased")


def erase_again(*, keys: Iterable[str], now: datetime) -> ErasedAgain:
    """After a backup was restored: erase those accounts again that were erased since it was made.

    Each is a transaction of its own, as `erase_account`; keys that nobody has are passed over, so that twice is once.
    """
    count, kept = 0, []
    for account in Account.objects.filter(key__in=set(keys)).order_by("pk"):
        try:
            erase_account(account=account, typed_address=account.email, now=now, by="command")
        except KeepsInstance:
            kept.append(account.key)
        else:
            count += 1
    return ErasedAgain(count, tuple(kept))
