from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from vouchsafe.ledger import custody, journal
from vouchsafe.people.models import Account


@transaction.atomic
def prove_address(*, account: Account, address: str, now: datetime) -> bool:
    """The holder of an account reads mail at this address: a mailed code or invitation came back.

    Writes the address as proved, and a line with its keyed digest; False if it was proved before, or is
    somebody else's. The first proved address of an account is its primary one.
    """
    mailbox = address.strip().lower()
    if EmailAddress.objects.filter(email__iexact=mailbox, verified=True).exists():
        return False
    first = not EmailAddress.objects.filter(user=account, primary=True).exists()
    row, made = EmailAddress.objects.get_or_create(
        user=account, email=mailbox, defaults={"verified": True, "primary": first}
    )
    if not made:
        row.verified = True
        row.save(update_fields=["verified"])
    journal.note(
        chain=account.key,
        verb="address_proved",
        about=account.key,
        by=account.key,
        now=now,
        detail=custody.digest("mailbox", mailbox)[:64],
    )
    return True
