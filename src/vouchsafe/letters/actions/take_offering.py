from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from vouchsafe.asks.access import Visit
from vouchsafe.asks.models import Offering
from vouchsafe.ledger import journal
from vouchsafe.letters.access_written import has_words
from vouchsafe.letters.actions.begin_letter import begin_letter
from vouchsafe.letters.draft_body import DraftBody
from vouchsafe.letters.models import Letter, Upload
from vouchsafe.letters.offering import locked_offering, words_of
from vouchsafe.letters.starting import WordsThere, put_words


@transaction.atomic
def take_offering(*, visit: Visit, key: str, first: DraftBody, now: datetime) -> Letter:
    """The writer takes up what an assistant laid before them: words become the draft, a file the letter in hand.

    Writes the letter if there is none, its draft or upload, and when it was taken. `first` gives date and addressee of
    a draft. Refuses to push aside what stands in the letter, and a visit that has not proved the mailbox.
    """
    row = locked_offering(visit, key)
    if row.file:
        letter = begin_letter(visit=visit, origin=Letter.Origin.UPLOADED, now=now)
        if has_words(letter):
            raise WordsThere
        Upload.objects.create(
            letter=letter,
            file=row.file,
            name=row.name,
            kind=row.kind,
            pages=row.pages,
            digest=row.digest,
            given_digest=row.given_digest,
            hints=row.hints,
            uploaded_at=now,
        )
        journal.note(
            chain=letter.applicant.key,
            verb="file_uploaded",
            about=letter.key,
            by=visit.by,
            now=now,
            detail=row.digest,
        )
    else:
        letter = begin_letter(visit=visit, origin=Letter.Origin.WRITTEN, now=now)
        put_words(letter, replace(first, text=words_of(row)), borrowed=False, now=now)
    # The file is the upload's from now on, and the words are the draft's.
    Offering.objects.filter(pk=row.pk).update(taken_at=now, file="", sealed_words=b"")
    return letter
