from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.core.timing import zone_named
from vouchsafe.ledger import journal
from vouchsafe.people.models import Account


@transaction.atomic
def edit_account(
    *, account: Account, name: str, pronouns: str, time_zone: str, language: str, now: datetime
) -> Account:
    """Change how someone is named, addressed and told the time. Writes the account and a line.

    Refuses a time zone that does not exist.
    """
    zone_named(time_zone)
    account.name, account.pronouns = name.strip(), pronouns.strip()
    account.time_zone, account.language = time_zone, language
    account.save(update_fields=["name", "pronouns", "time_zone", "language"])
    journal.note(chain=account.key, verb="account_edited", about=account.key, by=account.key, now=now)
    return account
