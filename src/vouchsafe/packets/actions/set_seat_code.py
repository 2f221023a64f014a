from __future__ import annotations

import secrets
from datetime import datetime
from hmac import compare_digest

from django.db import transaction
from django.db.models import F

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import custody, journal
from vouchsafe.packets.actions.mail_seat import SeatOver
from vouchsafe.packets.actions.set_reader_code import DIGITS
from vouchsafe.packets.actions.take_reader_code import TRIES
from vouchsafe.packets.models import Seat
from vouchsafe.people.models import Account
from vouchsafe.plans.actions.keep_call import demand_office


class SeatCodeWrong(Refusal):
    code = "seat-code-wrong"
    msgid = msg("That is not the code for this link.")
    hint_msgid = msg("It has six digits and came apart from the link. Ask the office of the call for it.")


class SeatCodeSpent(Refusal):
    code = "seat-code-spent"
    msgid = msg("Too many wrong codes were tried, so this link is closed for now.")
    hint_msgid = msg("Ask the office of the call for a new code; the link stays the same.")


@transaction.atomic
def set_seat_code(*, by: Account, seat: Seat, now: datetime) -> str:
    """A fresh code that a committee reader's link asks for, to be told apart from it. Returned once; a hash is kept.

    Browsers that came in before have to give it too, and wrong tries are counted anew. Refuses whoever does not run
    the office, and a seat that is over.
    """
    demand_office(by)
    row = Seat.objects.select_for_update(of=("self",)).get(pk=seat.pk)
    if row.revoked_at is not None or row.expires_at <= now:
        raise SeatOver(reader=row.name)
    code = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
    Seat.objects.filter(pk=row.pk).update(code_hash=_hash_of(row, code), code_tries=0, code_set_at=now)
    journal.note(chain=journal.OFFICE, verb="committee_code_set", about=row.key, by=by.key, now=now)
    return code


def take_seat_code(*, seat: Seat, code: str, now: datetime) -> None:
    """Let a committee reader in who knows the code, where their link asks for one, as `take_reader_code` does."""
    known, tries = _try(seat, "".join(filter(str.isdigit, code)), now)
    if known:
        return
    if tries >= TRIES:
        raise SeatCodeSpent
    raise SeatCodeWrong


@transaction.atomic
def _try(seat: Seat, code: str, now: datetime) -> tuple[bool, int]:
    """The wrong try must be kept, so the refusal is raised outside this transaction."""
    row = Seat.objects.select_for_update(of=("self",)).get(pk=seat.pk)
    if not row.code_hash:
        return True, 0
    if row.code_tries >= TRIES:
        return False, row.code_tries
    if compare_digest(row.code_hash, _hash_of(row, code)):
        Seat.objects.filter(pk=row.pk).update(code_tries=0)
        return True, 0
    Seat.objects.filter(pk=row.pk).update(code_tries=F("code_tries") + 1)
    journal.note(chain=journal.OFFICE, verb="committee_code_wrong", about=row.key, by="visitor", now=now)
    return False, row.code_tries + 1


def _hash_of(seat: Seat, code: str) -> str:
    return custody.digest("seat-code", f"{seat.key}|{code}")
