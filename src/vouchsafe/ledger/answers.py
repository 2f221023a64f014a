"""Answering a program once: a question it names by a key of its own is acted upon one time, and answered the same for a day.

After the IETF's draft of the Idempotency-Key header. The name is claimed first, in a transaction of its own, so that a
second question at the same moment is told to wait; what is done and what is answered are then committed together.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import custody
from vouchsafe.ledger.keys import new_key
from vouchsafe.ledger.leases import is_left
from vouchsafe.ledger.models import ProgramAnswer

KEPT = timedelta(days=1)
LEASE = timedelta(minutes=1)  # longer than any question takes; then whoever was at it has died
LONGEST = 255
CONTEXT = "program-answer"


class IdempotencyKeyNotUsable(Refusal):
    code = "idempotency-key-not-usable"
    msgid = msg("The Idempotency-Key is empty, longer than {most} signs, or not plain text.")
    hint_msgid = msg("Send a fresh random name for each thing to be done, such as a UUID.")


class IdempotencyKeyTaken(Refusal):
    code = "idempotency-key-taken"
    msgid = msg("This Idempotency-Key was sent with another question before.")
    hint_msgid = msg("Send a fresh name for another question; the old one only with the very same.")


class IdempotencyKeyBusy(Refusal):
    code = "idempotency-key-busy"
    msgid = msg("The question with this Idempotency-Key is being answered at this moment.")
    hint_msgid = msg("Send it again in a minute, with the same name.")


def demand_usable(name: str) -> str:
    """The name without the quotes that the draft puts around it."""
    bare = name[1:-1] if len(name) > 1 and name[0] == name[-1] == '"' else name
    if not 0 < len(bare) <= LONGEST or not all(" " <= sign <= "~" for sign in bare):
        raise IdempotencyKeyNotUsable(most=LONGEST)
    return bare


def once(
    *, chain: str, token: str, name: str, asked: bytes, act: Callable[[], bytes], now: datetime
) -> tuple[bytes, bool]:
    """Act and answer, or give the answer that was given; and whether it was given before.

    What is refused or fails writes nothing and may be sent again. Refuses a name that came with another question
    within a day, and one that is being answered now. An act whose claim ran out meanwhile is undone.
    """
    digest = custody.digest("program-answer", f"{token}|{name}")
    row, claim = _claimed(chain, digest, custody.digest("program-asked", asked.hex()), now)
    if not claim:
        return custody.decrypt(row.sealed_answer, context=CONTEXT), True
    mine = ProgramAnswer.objects.filter(pk=row.pk, claim=claim, ended_at__isnull=True)
    try:
        with transaction.atomic():
            answer = act()
            sealed = custody.encrypt(answer, context=CONTEXT)
            if not mine.update(ended_at=now, sealed_answer=sealed):
                raise IdempotencyKeyBusy
    except Exception:  # whatever stopped it: the name is given back, and the fault goes on
        mine.delete()  # nothing was done by it: the name is free again
        raise
    return answer, False


def sweep(*, now: datetime) -> int:
    """Forget what was answered more than a day ago."""
    gone, _ = ProgramAnswer.objects.filter(begun_at__lt=now - KEPT).delete()
    return gone


def forget(chain: str) -> None:
    """For erasure: what programs of somebody who leaves were answered."""
    ProgramAnswer.objects.filter(chain=chain).delete()


@transaction.atomic
def _claimed(chain: str, digest: str, asked: str, now: datetime) -> tuple[ProgramAnswer, str]:
    """The row of a name, and our claim to it: none where it was answered already."""
    ProgramAnswer.objects.filter(digest=digest, begun_at__lt=now - KEPT).delete()
    claim = new_key()
    row, is_new = ProgramAnswer.objects.get_or_create(
        digest=digest, defaults={"chain": chain, "asked": asked, "claim": claim, "begun_at": now}
    )
    if is_new:
        return row, claim
    if row.asked != asked:
        raise IdempotencyKeyTaken
    if row.ended_at is not None:
        return row, ""
    died = ProgramAnswer.objects.filter(
        is_left("begun_at", lease=LEASE, now=now), pk=row.pk, claim=row.claim, ended_at__isnull=True
    )
    if not died.update(claim=claim, begun_at=now):
        raise IdempotencyKeyBusy
    return row, claim
