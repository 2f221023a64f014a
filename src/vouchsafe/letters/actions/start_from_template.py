from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.access import Visit
from vouchsafe.ledger import journal
from vouchsafe.letters.access_written import poured, template_of
from vouchsafe.letters.actions.begin_letter import begin_letter
from vouchsafe.letters.draft_body import DraftBody
from vouchsafe.letters.models import Draft, Letter
from vouchsafe.letters.starting import put_words


@transaction.atomic
def start_from_template(*, visit: Visit, template_key: str, first: DraftBody, now: datetime) -> Draft:
    """Begin the letter of a request with a text its writer keeps. `first` gives the date and the addressee.

    Writes the letter if there is none, its draft, and that words of the writer's own stand in it, which may come
    from a sealed letter. Refuses without a code taken here, and a letter that has words.
    """
    text = template_of(visit, template_key)
    letter = begin_letter(visit=visit, origin=Letter.Origin.WRITTEN, now=now)
    draft = put_words(letter, poured(text.body, first), borrowed=True, now=now)
    # Not in the applicant's chain, which they may take with them: how a writer begins is theirs alone.
    journal.note(
        chain=journal.OFFICE, verb="words_borrowed", about=letter.key, by=visit.by, now=now, detail="template"
    )
    return draft
