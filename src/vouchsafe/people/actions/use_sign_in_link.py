from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.ledger.keys import token_hash
from vouchsafe.people.models import Account, SignInLink


class SignInLinkSpent(Refusal):
    code = "sign-in-link-spent"
    msgid = msg("This sign-in link was used already, or is too old.")
    hint_msgid = msg("Sign in with your mail address, or ask for a fresh link.")


@transaction.atomic
def use_sign_in_link(*, token: str, now: datetime) -> Account:
    """Use up a one-time link. Writes its time and a line; refuses a link that is spent, old or unknown."""
    link = SignInLink.objects.select_related("account").filter(token_hash=token_hash(token)).first()
    if link is None or not link.account.is_active:
        raise SignInLinkSpent
    used = SignInLink.objects.filter(pk=link.pk, used_at__isnull=True, expires_at__gt=now).update(used_at=now)
    if not used:
        raise SignInLinkSpent
    journal.note(
        chain=link.account.key, verb="signed_in_by_link", about=link.account.key, by=link.account.key, now=now
    )
    return link.account
