from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from vouchsafe.core import addresses
from vouchsafe.ledger import custody, journal, outbox
from vouchsafe.ledger.keys import new_key
from vouchsafe.people.models import Account


@transaction.atomic
def mail_account(
    *,
    email: str,
    kind: str,
    facts: Mapping[str, Any],
    now: datetime,
    language: str = "en-gb",
    to_sign_in: bool = False,
) -> None:
    """Queue one mail about signing in (`sign_in_code` or `account_note`) and write a line.

    Whether the address belongs to an account or not, the same work is done, so that nobody can tell by waiting.
    """
    account = Account.objects.filter(email__iexact=email, is_active=True).first()
    about = account.key if account else custody.digest("mailbox", email.lower())[:32]
    outbox.queue(
        outbox.Parcel(
            kind=kind,
            to_address=email,
            to_name=account.name if account else "",
            facts=facts,
            links={"page_url": outbox.PlainLink(addresses.sign_in_page_path())} if to_sign_in else {},
            language=language,
        ),
        delivery=outbox.Delivery.AT_LEAST_ONCE,
        chain=journal.OFFICE,
        about=about,
        once=f"{kind}|{new_key()}",
        now=now,
    )
    journal.note(
        chain=journal.OFFICE,
        verb="mailed_account",
        about=about,
        by="sign-in",
        now=now,
        detail=str(facts.get("what", kind))[:128],
    )
