from __future__ import annotations

from datetime import datetime
from zoneinfo import available_timezones

from django.db import transaction

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.people.models import Account


class ZoneUnknown(Refusal):
    code = "zone-unknown"
    msgid = msg("There is no time zone “{zone}”.")
    hint_msgid = msg("Choose the city nearest to you that keeps the same time.")


@transaction.atomic
def edit_account(
    *, account: Account, name: str, pronouns: str, time_zone: str, language: str, now: datetime
) -> Account:
    """Change how someone is named, addressed and told the time. Writes the account and a line.

    Refuses a time zone that does not exist.
    """
    if time_zone not in available_timezones():
        raise ZoneUnknown(zone=time_zone)
    account.name, account.pronouns = name.strip(), pronouns.strip()
    account.time_zone, account.language = time_zone, language
    account.save(update_fields=["name", "pronouns", "time_zone", "language"])
    journal.note(chain=account.key, verb="account_edited", about=account.key, by=account.key, now=now)
    return account
