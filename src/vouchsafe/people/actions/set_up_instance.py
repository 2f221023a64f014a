from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.people.actions.create_account import create_account
from vouchsafe.people.models import Account, Instance


class SetUpAlready(Refusal):
    code = "set-up-already"
    msgid = msg("This instance is set up already, and who hosts it does not change.")
    hint_msgid = msg("Start with an empty data folder to host another one.")


@transaction.atomic
def set_up_instance(*, host: str, name: str, owner_name: str, owner_email: str, now: datetime) -> Instance:
    """Settle who hosts, once: a person for themselves, or an institution for others.

    Writes the instance and its first account: the owner, who on a personal host is the applicant too.
    Refuses a second set-up.
    """
    if Instance.objects.exists():
        raise SetUpAlready
    role = Account.Role.OFFICE if host == Instance.Host.INSTITUTION else Account.Role.APPLICANT
    owner = create_account(email=owner_email, name=owner_name, role=role, by="set-up", now=now)
    row = Instance.objects.create(host=host, name=name.strip() or "Vouchsafe", owner=owner, set_up_at=now)
    journal.note(chain=journal.OFFICE, verb="set_up", about=owner.key, by=owner.key, now=now, detail=host)
    return row
