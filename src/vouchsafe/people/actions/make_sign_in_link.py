from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from vouchsafe.ledger import journal
from vouchsafe.ledger.keys import new_token, token_hash
from vouchsafe.people.models import Account, SignInLink

LIFE = timedelta(hours=12)


@transaction.atomic
def make_sign_in_link(*, account: Account, by: str, now: datetime, life: timedelta = LIFE) -> str:
    """A one-time way in for the terminal of whoever runs the server. Returns the token; only its hash is kept."""
    token = new_token()
    SignInLink.objects.create(
        account=account, token_hash=token_hash(token), made_at=now, expires_at=now + life
    )
    journal.note(chain=account.key, verb="sign_in_link_made", about=account.key, by=by, now=now)
    return token
