"""What of an open letter may be put on its applicant's wall. Reads the pages, so it is asked outside a transaction."""

from __future__ import annotations

from vouchsafe.core.quotable import quotable
from vouchsafe.letters.access_open import shelved
from vouchsafe.letters.actions.read_open import read_open
from vouchsafe.letters.page_views import page_views
from vouchsafe.people.models import Account


def sentences_of(by: Account, letter_key: str) -> tuple[str, ...]:
    """The whole sentences of a letter its applicant may read, in order. NotHere for any other."""
    views = page_views(read_open(by=by, letter_key=letter_key))
    return quotable([view.text for view in views], shelved(by, letter_key).number)
