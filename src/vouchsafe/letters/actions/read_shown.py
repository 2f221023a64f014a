from __future__ import annotations

from vouchsafe.adapters.vault import Role, Viewer
from vouchsafe.ledger import custody
from vouchsafe.letters.access_open import open_file, shown_letters
from vouchsafe.people.access import NotHere, viewer_keys
from vouchsafe.people.models import Advising


def read_shown(*, advising: Advising, letter_key: str) -> bytes:
    """The PDF of an open letter that an applicant shows to their adviser.

    Writes nothing. The vault is asked in a part that opens no letter in confidence, should one ever come here.
    """
    if not shown_letters(advising).filter(key=letter_key).exists():
        raise NotHere(letter_key)
    file = open_file(advising.applicant, letter_key)
    return custody.vault().open(file, Viewer(Role.OFFICE, viewer_keys(advising.adviser)))
