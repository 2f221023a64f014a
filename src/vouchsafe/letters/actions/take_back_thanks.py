from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal, outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.letters.actions.send_thanks import thanks_mails
from vouchsafe.letters.models import Letter
from vouchsafe.people.access import NotHere
from vouchsafe.people.models import Account


class ThanksHaveLeft(Refusal):
    code = "thanks-have-left"
    msgid = msg("The thanks have left already.")
    hint_msgid = msg("Thanks do no harm. Write to them yourself if something was wrong.")


@transaction.atomic
def take_back_thanks(*, by: Account, letter_key: str, now: datetime) -> None:
    """Undo: take back thanks that still wait. A second undo changes nothing. Refuses once they have left."""
    if not Letter.objects.of(by).filter(key=letter_key).exists():
        raise NotHere(letter_key)
    mails = thanks_mails(letter_key)
    if not mails:
        raise NotHere(letter_key)
    mail = mails[-1]
    if not outbox.withdraw(mail.key, now=now):
        mail.refresh_from_db()
        if mail.state == Outgoing.State.WITHDRAWN:
            return
        raise ThanksHaveLeft
    journal.note(chain=by.key, verb="thanks_undone", about=letter_key, by=by.key, now=now, detail=mail.key)
