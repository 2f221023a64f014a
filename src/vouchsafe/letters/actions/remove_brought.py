from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.letters.models import Letter
from vouchsafe.people.access import NotHere
from vouchsafe.people.models import Account


class SealedLetterStays(Refusal):
    code = "sealed-letter-stays"
    msgid = msg("A letter that its writer sealed stays in the Safe.")
    hint_msgid = msg("You decide who is given it. Revoke a reader’s access on the packet’s page.")


@transaction.atomic
def remove_brought(*, by: Account, letter_key: str, now: datetime) -> None:
    """Take a letter one brought out of the Safe. Writes when; `restore_brought` undoes it. Refuses a sealed one."""
    letter = Letter.objects.of(by).filter(key=letter_key).first()
    if letter is None:
        raise NotHere(letter_key)
    if letter.origin != Letter.Origin.BROUGHT:
        raise SealedLetterStays
    Letter.objects.filter(pk=letter.pk).update(removed_at=now)
    journal.note(chain=by.key, verb="letter_removed", about=letter.key, by=by.key, now=now)
