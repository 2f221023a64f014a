from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.people.models import Account, Contact
from vouchsafe.plans.models import Opportunity, Wish


class SwapNamesOne(Refusal):
    code = "swap-names-one"
    msgid = msg("{name} can’t be swapped for themselves.")
    hint_msgid = msg("Choose somebody else to write in their place.")


@transaction.atomic
def wish_for(
    *,
    by: Account,
    opportunity: Opportunity,
    contact: Contact,
    kind: str | None,
    now: datetime,
    out: Contact | None = None,
) -> None:
    """Pin someone to an opportunity, keep them out of it, or (None) leave it to the plan again.

    With kind "swap" the contact is to write in place of `out`, who may still stand by; whoever was swapped in before
    and is swapped out now loses that wish. Writes the wish and one line; queues nothing.
    """
    if kind == Wish.Kind.SWAP:
        if out is None or out == contact:
            raise SwapNamesOne(name=contact.name)
        Wish.objects.filter(opportunity=opportunity, contact=out, kind=Wish.Kind.SWAP).delete()
    if kind is None:
        Wish.objects.filter(opportunity=opportunity, contact=contact).delete()
    else:
        Wish.objects.update_or_create(
            opportunity=opportunity,
            contact=contact,
            defaults={
                "kind": Wish.Kind(kind),
                "out": out if kind == Wish.Kind.SWAP else None,
                "wished_at": now,
            },
        )
    journal.note(
        chain=by.key,
        verb="wished",
        about=contact.key,
        by=by.key,
        now=now,
        detail=f"{kind or 'none'}:{opportunity.key}",
    )
