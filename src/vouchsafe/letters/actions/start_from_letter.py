from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.access import Visit
from vouchsafe.core.stages import LETTER
from vouchsafe.ledger import journal
from vouchsafe.letters.access import stage_of
from vouchsafe.letters.access_written import own_letter, poured, words_of
from vouchsafe.letters.actions.begin_letter import begin_letter
from vouchsafe.letters.draft_body import DraftBody
from vouchsafe.letters.models import Draft, Letter
from vouchsafe.letters.starting import NoWordsInFile, put_words


@transaction.atomic
def start_from_letter(
    *, visit: Visit, letter_key: str, first: DraftBody, now: datetime, of_file: DraftBody | None = None
) -> Draft:
    """Begin the letter of a request with the words of one the same writer sealed, for anybody.

    `first` gives the date and the addressee, `of_file` the words of a letter that is a file, read beforehand. Writes
    the letter if there is none, its draft, and that sealed words stand in it. Refuses without a code just taken, a
    file without words, and a letter that has words.
    """
    source = own_letter(visit, letter_key)
    LETTER.demand("start_from", stage_of(source))
    words = words_of(visit, source) or of_file
    if words is None:
        raise NoWordsInFile
    letter = begin_letter(visit=visit, origin=Letter.Origin.WRITTEN, now=now)
    draft = put_words(letter, poured(words, first), borrowed=True, now=now)
    # Not in the applicant's chain, which they may take with them: how a writer begins is theirs alone.
    journal.note(
        chain=journal.OFFICE, verb="words_borrowed", about=letter.key, by=visit.by, now=now, detail="letter"
    )
    return draft
