from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.people.models import Account


class AddressTaken(Refusal):
    code = "address-taken"
    msgid = msg("Somebody signs in with {email} already.")
    hint_msgid = msg("Sign in with it, or give another address.")


@transaction.atomic
def create_account(
    *,
    email: str,
    name: str,
    role: str = Account.Role.APPLICANT,
    by: str,
    now: datetime,
    time_zone: str = "UTC",
) -> Account:
    """Create someone who may sign in, without a password. Writes the account, its address and a line; queues nothing.

    Naming an address proves nothing: it is proved by the first code mailed there and typed, or by an invitation.
    For acts of the office and the command line, which may learn that an address is taken; joining by
    oneself goes through django-allauth, which tells nobody.
    """
    address = email.strip().lower()
    if Account.objects.filter(email__iexact=address).exists():
        raise AddressTaken(email=address)
    account = Account.objects.create_user(address, None, name=name.strip(), role=role, time_zone=time_zone)
    EmailAddress.objects.create(user=account, email=address, primary=True, verified=False)
    journal.note(chain=account.key, verb="joined", about=account.key, by=by, now=now, detail=role)
    return account
