from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.access import Visit
from vouchsafe.asks.models import Purpose
from vouchsafe.core.addresses import safe_path
from vouchsafe.core.clocks import after
from vouchsafe.core.uses import KINDS, Uses
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal, outbox
from vouchsafe.letters.models import Release, Scope, Seal, Withdrawal
from vouchsafe.people.access import NotHere


class UseNotKnown(Refusal):
    code = "use-not-known"
    msgid = msg("One of these uses is not among those the letter was asked for.")
    hint_msgid = msg("Load the page again: the request has changed meanwhile.")


@transaction.atomic
def set_scope(*, visit: Visit, seal: Seal, uses: Uses, now: datetime) -> Scope:
    """The uses the writer agrees to, from now on; packets, links and readers are asked against it each time.

    Writes a scope row, unless nothing changes, and tells the applicant by mail once they know of the letter at
    all. Refuses a link alone, which may have been forwarded: whoever holds it could widen what the writer had
    narrowed. Refuses purposes that no request to this writer ever named.
    """
    visit.demand_code(seal.letter.key)
    locked = Seal.objects.select_for_update(of=("self",)).select_related("letter__applicant").get(pk=seal.pk)
    letter = locked.letter
    if letter.request_id != visit.request.pk:
        raise NotHere(locked.number)
    newer = Seal.objects.filter(letter__request=visit.request, reopening__isnull=True, pk__gt=locked.pk)
    if newer.exists():
        visit.demand_own_code()  # to have sealed a letter a moment ago proves nothing about an older one
    newest = Scope.objects.filter(seal=locked).first()
    if newest is not None and newest.uses == uses:
        return newest
    asked = Purpose.objects.filter(request=visit.request).select_related("opportunity")
    titles = {purpose.opportunity.key: str(purpose.opportunity) for purpose in asked}
    known = set(titles) | set(newest.opportunities if newest else ())
    if not set(uses.opportunities) <= known or not set(uses.kinds) <= set(KINDS):
        raise UseNotKnown
    scope = Scope.objects.create(
        seal=locked,
        opportunities=list(uses.opportunities),
        kinds=list(uses.kinds),
        last_on=uses.last_on,
        on_screen_only=uses.on_screen_only,
        set_at=after(now, newest.set_at) if newest else now,
        set_by=visit.by,
    )
    journal.note(
        chain=letter.applicant.key,
        verb="scope_set",
        about=letter.key,
        by=visit.by,
        now=now,
        detail=locked.number,
    )
    # Within the hour nobody has been told of the letter, and after a withdrawal there is nothing left to use.
    if Release.objects.filter(seal=locked).exists() and not Withdrawal.objects.filter(seal=locked).exists():
        _tell(locked, uses, [titles[key] for key in uses.opportunities if key in titles], scope.pk, now)
    return scope


def _tell(seal: Seal, uses: Uses, named: list[str], n: int, now: datetime) -> None:
    applicant = seal.letter.applicant
    outbox.queue(
        outbox.Parcel(
            kind="uses_changed",
            to_address=applicant.email,
            to_name=applicant.name,
            facts={
                "writer": seal.writer_name,
                "named": named,
                "kinds": list(uses.kinds),
                "last_on": uses.last_on,
                "on_screen_only": uses.on_screen_only,
            },
            links={"page_url": outbox.PlainLink(safe_path())},
            language=applicant.language,
        ),
        delivery=outbox.Delivery.AT_LEAST_ONCE,
        chain=applicant.key,
        about=seal.number,
        once=f"uses_changed|{seal.number}|{n}",
        now=now,
    )
