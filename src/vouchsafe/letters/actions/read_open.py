from __future__ import annotations

from vouchsafe.adapters.vault import Role, Viewer
from vouchsafe.ledger import custody
from vouchsafe.letters.access_open import open_file
from vouchsafe.people.access import viewer_keys
from vouchsafe.people.models import Account


def read_open(*, by: Account, letter_key: str) -> bytes:
    """The PDF of a letter its applicant may read: the sealed one, byte for byte, or the one they brought.

    Writes nothing. `access_open` knows no other letters; the vault would refuse them besides.
    """
    return custody.vault().open(open_file(by, letter_key), Viewer(Role.APPLICANT, viewer_keys(by)))
