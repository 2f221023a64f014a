from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import journal
from vouchsafe.letters.access_open import open_letters
from vouchsafe.letters.models import Showing
from vouchsafe.people.access import adviser_of
from vouchsafe.people.models import Account, Advising


@transaction.atomic
def show_to_adviser(*, by: Account, advising: Advising, letter_keys: Collection[str], now: datetime) -> None:
    """Show these open letters, and no others, to an adviser who looks along.

    Writes a row for each, takes the others' away, notes one line. A letter in confidence is none of the letters
    this looks among, so it is passed over whatever key is given.
    """
    live = adviser_of(by, advising.key)
    chosen = open_letters(by).filter(key__in=list(letter_keys))
    kept = Showing.objects.filter(advising=live)
    gone, _ = kept.exclude(letter__in=chosen).delete()
    known = set(kept.values_list("letter", flat=True))
    fresh = [
        Showing(letter=letter, advising=live, shown_at=now) for letter in chosen if letter.pk not in known
    ]
    Showing.objects.bulk_create(fresh)
    if gone or fresh:
        journal.note(chain=by.key, verb="letters_shown", about=live.key, by=by.key, now=now)
