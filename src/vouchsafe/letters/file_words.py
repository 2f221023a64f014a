"""The words of a letter that is a file, taken in the limited child, before any transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vouchsafe.adapters.pdf.processes import ChildFailed, run_limited
from vouchsafe.adapters.vault import Role, Viewer
from vouchsafe.asks.access import Visit
from vouchsafe.core.sealing import Paragraph, Run, marks_from_blocks
from vouchsafe.ledger import custody
from vouchsafe.letters.access_written import file_of, words_of
from vouchsafe.letters.draft_body import DraftBody

if TYPE_CHECKING:
    from vouchsafe.letters.models import Letter

_JOB = "vouchsafe.adapters.pdf.words_in_pages:words_in_pages_job"


def words_in_file(visit: Visit, letter: Letter) -> DraftBody | None:
    """What its pages say, letterhead and all; none of a typed letter, and of pages that are pictures.

    Refuses what `words_of` refuses.
    """
    upload = file_of(visit, letter)
    if upload is None:
        return None
    whose = Viewer(Role.WRITER, frozenset({custody.digest("mailbox", visit.mailbox)}))
    try:
        told, _ = run_limited(_JOB, {}, [custody.vault().open(upload.file, whose)])
    except ChildFailed:  # more than the child may chew: as good as a picture
        return None
    blocks = [Paragraph((Run(text),)) for text in told["paragraphs"] if text.strip()]
    return DraftBody(text=marks_from_blocks(blocks)) if blocks else None


def words_or_file(visit: Visit, letter: Letter) -> DraftBody | None:
    """The words of a letter, typed here or in the file that was given."""
    return words_of(visit, letter) or words_in_file(visit, letter)
