from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.access import Visit, demand_writers, stage
from vouchsafe.asks.models import Purpose, Request
from vouchsafe.core.stages import LETTER, REQUEST
from vouchsafe.ledger import journal
from vouchsafe.letters.access import demand_desk_for, letter_of, stage_of
from vouchsafe.letters.access_written import poured, words_of
from vouchsafe.letters.draft_body import DraftBody
from vouchsafe.letters.models import Borrowing, Letter, Version
from vouchsafe.letters.starting import NoWordsInFile, put_words
from vouchsafe.people.access import NotHere
from vouchsafe.plans.models import Destination


@transaction.atomic
def begin_version(
    *,
    visit: Visit,
    letter_key: str,
    purpose_key: str,
    destination_key: str = "",
    first: DraftBody,
    now: datetime,
    of_file: DraftBody | None = None,
) -> Letter:
    """Begin a version of a letter for one place: a purpose of the request, or one destination of it.

    Writes the letter with the base's words, as confidential as the base, and the version. The same place twice is
    one version. `first` gives the date and the addressee, `of_file` the words of a base that is a file, read
    beforehand. Refuses a place that is not on the request, a base that is a file without words or was withdrawn,
    and, where the base is sealed, a link alone.
    """
    visit.demand_proof()
    request = (
        Request.objects.select_for_update(of=("self",))
        .select_related("contact__owner", "correspondent")
        .get(pk=visit.request.pk)
    )
    demand_writers(visit, request)
    REQUEST.demand("write_beside", stage(request))
    base = letter_of(visit, letter_key)
    if Version.objects.filter(letter=base).exists():
        raise NotHere(letter_key)
    LETTER.demand("tailor", stage_of(base))
    purpose = Purpose.objects.filter(request=request, withdrawn_at__isnull=True, key=purpose_key).first()
    if purpose is None:
        raise NotHere(purpose_key)
    destination = _destination(purpose, destination_key)
    begun = Version.objects.filter(
        base=base, purpose=purpose, destination=destination, letter__removed_at__isnull=True
    )
    if (already := begun.select_related("letter").order_by("-id").first()) is not None:
        return already.letter
    demand_desk_for(visit, base)
    words = words_of(visit, base) or of_file
    if words is None:
        raise NoWordsInFile
    letter = Letter.objects.create(
        applicant=base.applicant,
        request=request,
        writer_name=base.writer_name,
        title=base.title,
        origin=Letter.Origin.WRITTEN,
        confidentiality=base.confidentiality,
        begun_at=now,
    )
    Version.objects.create(letter=letter, base=base, purpose=purpose, destination=destination, begun_at=now)
    borrowed = stage_of(base) != "draft" or Borrowing.objects.filter(letter=base).exists()
    put_words(letter, poured(words, first), borrowed=borrowed, now=now)
    journal.note(
        chain=base.applicant.key,
        verb="version_begun",
        about=letter.key,
        by=visit.by,
        now=now,
        detail=base.key,
    )
    return letter


def _destination(purpose: Purpose, key: str) -> Destination | None:
    if not key:
        return None
    rows = Destination.objects.filter(opportunity=purpose.opportunity_id, removed_at__isnull=True)
    found = rows.filter(key=key).first()
    if found is None:
        raise NotHere(key)
    return found
