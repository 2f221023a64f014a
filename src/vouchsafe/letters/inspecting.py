"""The slow half of taking a file: inspected and cleaned in limited children, before any transaction."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from vouchsafe.adapters.pdf.inspection import Inspection, Taken, inspect_photographs, inspect_upload
from vouchsafe.adapters.words import WordReader
from vouchsafe.core.sealing import marks_from_blocks
from vouchsafe.core.words import Refusal, Sentence, msg, say, say_n, to_plain
from vouchsafe.letters.actions.upload_letter import CheckedFile

NAMED = msg("It names {name}.")


class FileRefused(Refusal):
    code = "file-refused"
    msgid = msg("{reason}")
    hint_msgid = msg("Save the letter as a PDF and try again, or write it here.")


@dataclass(frozen=True, slots=True)
class WordsTaken:
    """Only the words could be taken: they become a draft in the editor."""

    text: str
    reasons: tuple[Sentence, ...]


def inspect_file(data: bytes, name: str, *, about: str = "") -> CheckedFile | WordsTaken:
    """What a file holds: a clean PDF, or words for the editor. Refuses anything else, with the reason.

    `about` is the applicant's name, looked for in the text; what is noticed is a hint and never blocks.
    """
    return _taken(inspect_upload(data, name, words=WordReader()), data, name, about)


def inspect_pictures(pictures: list[bytes], name: str, *, about: str = "") -> CheckedFile | WordsTaken:
    """Photographed pages, in order, as one file."""
    return _taken(inspect_photographs(pictures), b"".join(pictures), name, about)


def _taken(inspection: Inspection, data: bytes, name: str, about: str) -> CheckedFile | WordsTaken:
    if inspection.verdict is Taken.REFUSED:
        reason = inspection.reasons[0] if inspection.reasons else say("This file can’t be read.")
        raise FileRefused(reason=reason)
    if inspection.verdict is Taken.DRAFT:
        return WordsTaken(marks_from_blocks(inspection.blocks) or inspection.text, inspection.reasons)
    if inspection.clean is None or inspection.pages is None:
        raise FileRefused(reason=say("This file can’t be read."))
    hints = [say_n("It opens and has {n} page.", "It opens and has {n} pages.", inspection.pages)]
    hints += list(inspection.reasons)
    hints += _name_hint(inspection.text, about)
    return CheckedFile(
        name=name,
        kind=inspection.kind,
        pages=inspection.pages,
        clean=inspection.clean,
        digest=sha256(inspection.clean).hexdigest(),
        given_digest=sha256(data).hexdigest(),
        hints=[to_plain(hint) for hint in hints],
    )


def _name_hint(text: str, about: str) -> list[Sentence]:
    """Whether the letter names the person it is for; a picture of a page has no words to look at."""
    words = about.split()
    if not words:
        return []
    if not text.strip():
        return [say("The pages are pictures, so we can’t read them. Please look at them yourself.")]
    folded = " ".join(text.casefold().split())
    if about.casefold() in folded or words[-1].casefold() in folded:
        return [Sentence(NAMED, {"name": about})]
    return [say("We did not find the name {name} in it. Is this the right letter?", name=about)]


def names_applicant(checked: CheckedFile) -> bool:
    """Whether the letter's own words name the person it is for: else a person looks before it is sealed."""
    return any(hint[0] == NAMED for hint in checked.hints)
