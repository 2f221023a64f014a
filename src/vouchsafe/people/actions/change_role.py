from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.people.actions.invite_person import NotYours
from vouchsafe.people.models import Account


class LastOffice(Refusal):
    code = "last-office"
    msgid = msg("{name} is the only one who runs the office.")
    hint_msgid = msg("Give someone else that role first.")


@transaction.atomic
def change_role(*, by: Account, account: Account, role: str, now: datetime) -> None:
    """Give an account another role. Writes a line; refuses to leave the office empty."""
    if not by.runs_office:
        raise NotYours
    others = Account.objects.filter(role=Account.Role.OFFICE, is_active=True).exclude(pk=account.pk)
    if account.runs_office and role != Account.Role.OFFICE and not others.exists():
        raise LastOffice(name=account.name or account.email)
    Account.objects.filter(pk=account.pk).update(role=role)
    journal.note(
        chain=journal.OFFICE, verb="role_changed", about=account.key, by=by.key, now=now, detail=role
    )
