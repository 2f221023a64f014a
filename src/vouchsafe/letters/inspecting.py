"""The slow half of taking a file: inspected and cleaned in limited children, before any transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from vouchsafe.adapters.pdf.inspection import Inspection, Taken, inspect_photographs, inspect_upload
from vouchsafe.adapters.words import WordReader
from vouchsafe.core.lint import LetterFacts, check_text
from vouchsafe.core.sealing import marks_from_blocks
from vouchsafe.core.words import Refusal, Sentence, msg, say, say_n, to_plain
from vouchsafe.letters.actions.upload_letter import CheckedFile

NAMED = msg("It names {name}.")


class FileRefused(Refusal):
    code = "file-refused"
    msgid = msg("{reason}")
    hint_msgid = msg("Save the letter as a PDF and try again, or write it here.")


_MISDIRECTED = frozenset(
    {"letter-wrong-institution", "letter-wrong-opportunity", "letter-wrong-name", "letter-misspelt-name"}
)
_LOOKS = {
    ("letterhead", True): say("We saw a letterhead."),
    ("letterhead", False): say("We saw no letterhead. Some readers look for one."),
    ("signature", True): say("We saw a signature."),
    ("signature", False): say("We saw no signature under it. Some readers look for one."),
}


@dataclass(frozen=True, slots=True)
class WordsTaken:
    """Only the words could be taken: they become a draft in the editor."""

    text: str
    reasons: tuple[Sentence, ...]


def inspect_file(
    data: bytes, name: str, *, about: str = "", facts: LetterFacts | None = None
) -> CheckedFile | WordsTaken:
    """What a file holds: a clean PDF, or words for the editor. Refuses anything else, with the reason.

    `about` is the applicant's name, looked for in the text; with `facts` it is also asked whether the letter speaks
    of another person or place. What is noticed is a hint and never blocks.
    """
    return _taken(inspect_upload(data, name, words=WordReader()), data, name, about, facts)


def inspect_pictures(
    pictures: list[bytes], name: str, *, about: str = "", facts: LetterFacts | None = None
) -> CheckedFile | WordsTaken:
    """Photographed pages, in order, as one file."""
    return _taken(inspect_photographs(pictures), b"".join(pictures), name, about, facts)


def _taken(
    inspection: Inspection, data: bytes, name: str, about: str, facts: LetterFacts | None
) -> CheckedFile | WordsTaken:
    if inspection.verdict is Taken.REFUSED:
        reason = inspection.reasons[0] if inspection.reasons else say("This file can’t be read.")
        raise FileRefused(reason=reason)
    if inspection.verdict is Taken.DRAFT:
        return WordsTaken(marks_from_blocks(inspection.blocks) or inspection.text, inspection.reasons)
    if inspection.clean is None or inspection.pages is None:
        raise FileRefused(reason=say("This file can’t be read."))
    hints = [say_n("It opens and has {n} page.", "It opens and has {n} pages.", inspection.pages)]
    hints.append(say("It takes {size}.", size=_size(len(inspection.clean))))
    hints += list(inspection.reasons)
    hints += _name_hint(inspection.text, about)
    doubts = _misdirected(inspection.text, facts)
    hints += doubts
    hints += _looks(inspection.looks)
    return CheckedFile(
        name=name,
        kind=inspection.kind,
        pages=inspection.pages,
        clean=inspection.clean,
        digest=sha256(inspection.clean).hexdigest(),
        given_digest=sha256(data).hexdigest(),
        hints=[to_plain(hint) for hint in hints],
        doubts=[to_plain(doubt) for doubt in doubts],
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


def _size(length: int) -> str:
    return f"{length / 1_000_000:.1f} MB" if length >= 1_000_000 else f"{max(1, length // 1000)} kB"


def _misdirected(text: str, facts: LetterFacts | None) -> list[Sentence]:
    """Another institution, opening or person than the one it is for, as a letter used twice would name."""
    if facts is None or not text.strip():
        return []
    return [finding.sentence for finding in check_text(text, facts) if finding.slug in _MISDIRECTED]


def _looks(looks: Mapping[str, bool | None]) -> list[Sentence]:
    """Letterhead and signature, seen or not. Of pages that are pictures nothing is said."""
    return [_LOOKS[what, seen] for what, seen in sorted(looks.items()) if seen is not None]


def names_applicant(checked: CheckedFile) -> bool:
    """Whether the letter's own words name the person it is for: else a person looks before it is sealed."""
    return any(hint[0] == NAMED for hint in checked.hints)
