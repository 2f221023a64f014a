from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.models import Purpose
from vouchsafe.core.addresses import safe_path
from vouchsafe.ledger import journal, outbox
from vouchsafe.letters.models import Release, Reopening, Seal, Withdrawal


@transaction.atomic
def release_seal(*, seal: Seal, by: str, now: datetime) -> Release | None:
    """The hour is over, or the writer said now: the letter is safe, may be delivered, and its applicant is told.

    Writes a release and queues one mail to the applicant, which names the writer and never quotes the letter.
    A seal that was opened again or withdrawn is left alone.
    """
    locked = Seal.objects.select_for_update(of=("self",)).select_related("letter__applicant").get(pk=seal.pk)
    if Reopening.objects.filter(seal=locked).exists() or Withdrawal.objects.filter(seal=locked).exists():
        return None
    release, fresh = Release.objects.get_or_create(
        seal=locked, defaults={"released_at": now, "released_by": by}
    )
    if fresh:
        applicant = locked.letter.applicant
        outbox.queue(
            outbox.Parcel(
                kind="letter_safe",
                to_address=applicant.email,
                to_name=applicant.name,
                facts={
                    "writer": locked.writer_name,
                    "in_confidence": not locked.letter.is_open,
                    "still_missing": _still_missing(locked),
                    "replaces": _replaces(locked),
                },
                links={"page_url": outbox.PlainLink(safe_path(locked.letter.key))},
                language=applicant.language,
            ),
            delivery=outbox.Delivery.AT_LEAST_ONCE,
            chain=applicant.key,
            about=locked.number,
            once=f"letter_safe|{locked.number}",
            now=now,
        )
        journal.note(
            chain=applicant.key,
            verb="seal_released",
            about=locked.letter.key,
            by=by,
            now=now,
            detail=locked.number,
        )
    return release


def _still_missing(seal: Seal) -> int:
    """How many letters the nearest purpose of this one still needs."""
    purpose = (
        Purpose.objects.filter(request=seal.letter.request_id, withdrawn_at__isnull=True)
        .select_related("opportunity")
        .first()
    )
    if purpose is None:
        return 0
    there = Release.objects.filter(
        seal__letter__request__purposes__opportunity=purpose.opportunity,
        seal__reopening__isnull=True,
        seal__withdrawal__isnull=True,
    )
    # One writer's letter counts once, whatever versions and successors of it there are.
    return max(0, purpose.opportunity.need - there.values("seal__letter__request").distinct().count())


def _replaces(seal: Seal) -> str:
    """The number of the letter whose place this one takes, or nothing."""
    before = Seal.objects.filter(letter=seal.letter.predecessor_id, reopening__isnull=True).order_by("-id")
    return before.values_list("number", flat=True).first() or ""
