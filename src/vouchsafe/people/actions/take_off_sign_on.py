from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import journal
from vouchsafe.people.models import Account, SignOn


@transaction.atomic
def take_off_sign_on(*, by: Account, sign_on: SignOn, now: datetime) -> None:
    """An account is no longer linked to a provider's subject. Deletes the link and writes a line; refuses nothing.

    The next sign-in there links it again by its address, if that still counts: for a new subject of the same person.
    """
    SignOn.objects.filter(pk=sign_on.pk, account=by).delete()
    journal.note(chain=by.key, verb="sign_on_taken_off", about=by.key, by=by.key, now=now)
