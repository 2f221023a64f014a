"""What a destination takes: how many letters, how old, how large, in which form; and what of it a letter breaks.

Rules come from people (the applicant reads them in a portal's notes, the office keeps them as shared books), so
every one may be unknown. They warn before anyone relies on a letter; they never stop one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from vouchsafe.core.words import Refusal, Sentence, msg, say, say_n

MEGABYTE = 1_000_000
PAPERS = ("a4", "us-letter")
PLACES = ("{applicant}", "{writer}", "{number}")
DEFAULT_NAME = "{applicant} - letter by {writer}"


class FileNameUnreadable(Refusal):
    code = "file-name-unreadable"
    msgid = msg("“{pattern}” can’t be the pattern of a file name.")
    hint_msgid = msg(
        "Write it like {{applicant}}_{{writer}}.pdf, with letters, digits, spaces, dots and dashes."
    )


@dataclass(frozen=True, slots=True)
class Rules:
    """None, empty or False: nothing is known, so nothing is asked."""

    most_letters: int | None = None
    most_days: int | None = None
    """How old a letter may be on the day it is due."""
    most_bytes: int | None = None
    most_pages: int | None = None
    paper: str = ""
    form: str = ""
    """The name of a form of theirs that must go with it."""
    no_stored: bool = False
    """They want a letter written for them, and refuse one that was kept for many uses."""
    file_name: str = ""

    def __bool__(self) -> bool:
        return self != Rules()


@dataclass(frozen=True, slots=True)
class LetterSeen:
    """A letter as far as rules ask. `size` is None before it is made, `sealed_on` before it is sealed."""

    writer: str
    sealed_on: date | None = None
    pages: int | None = None
    size: int | None = None
    is_stored: bool = False


def rules_from(plain: Mapping[str, Any]) -> Rules:
    """Rules as a row keeps them; what is not known here, or not of its kind, is left out."""
    kept: dict[str, Any] = {}
    for field in fields(Rules):
        value = plain.get(field.name)
        if field.name.startswith("most_"):
            if isinstance(value, int) and not isinstance(value, bool) and value > 0:
                kept[field.name] = value
        elif field.name == "no_stored":
            kept[field.name] = value is True
        elif isinstance(value, str) and (field.name != "paper" or value in PAPERS):
            kept[field.name] = value
    return Rules(**kept)


def to_plain(rules: Rules) -> dict[str, Any]:
    return {name: value for name, value in asdict(rules).items() if value}


def laid_over(own: Rules, shared: Rules) -> Rules:
    """A destination's own rules count first, those of the shared book where it says nothing."""
    return Rules(**{**to_plain(shared), **to_plain(own)})


def rule_lines(rules: Rules) -> tuple[Sentence, ...]:
    """The rules as sentences."""
    lines: list[Sentence] = []
    if rules.most_letters:
        lines.append(say_n("Takes one letter.", "Takes at most {n} letters.", rules.most_letters))
    if rules.most_days:
        lines.append(
            say_n("A letter may be {n} day old.", "A letter may be up to {n} days old.", rules.most_days)
        )
    if rules.most_bytes:
        lines.append(say("A file may have up to {size} MB.", size=_megabytes(rules.most_bytes)))
    if rules.most_pages:
        lines.append(
            say_n("A letter may have {n} page.", "A letter may have up to {n} pages.", rules.most_pages)
        )
    if rules.paper:
        lines.append(say("Wants A4 pages.") if rules.paper == "a4" else say("Wants US Letter pages."))
    if rules.form:
        lines.append(say("Wants its own form: {form}.", form=rules.form))
    if rules.no_stored:
        lines.append(say("Takes no letter that was kept for later: it must be written for them."))
    if rules.file_name:
        lines.append(say("Wants the file to be called like {pattern}.", pattern=rules.file_name))
    return tuple(lines)


def breaks(rules: Rules, letters: Sequence[LetterSeen], on: date) -> tuple[Sentence, ...]:
    """What of these rules the letters would break if they went on that day. Size and paper are ours to mend."""
    found: list[Sentence] = []
    if rules.most_letters and len(letters) > rules.most_letters:
        found.append(
            say_n(
                "They take {n} letter, and here are {count}.",
                "They take at most {n} letters, and here are {count}.",
                rules.most_letters,
                count=len(letters),
            )
        )
    for letter in letters:
        found += _breaks_of(rules, letter, on)
    return tuple(found)


def _breaks_of(rules: Rules, letter: LetterSeen, on: date) -> list[Sentence]:
    found: list[Sentence] = []
    if rules.most_days and letter.sealed_on and (on - letter.sealed_on).days > rules.most_days:
        found.append(
            say(
                "The letter by {writer} will be {age} days old; they take up to {most}.",
                writer=letter.writer,
                age=(on - letter.sealed_on).days,
                most=rules.most_days,
            )
        )
    if rules.most_pages and letter.pages and letter.pages > rules.most_pages:
        found.append(
            say_n(
                "The letter by {writer} has {pages} pages; they take {n}.",
                "The letter by {writer} has {pages} pages; they take up to {n}.",
                rules.most_pages,
                writer=letter.writer,
                pages=letter.pages,
            )
        )
    if rules.most_bytes and letter.size and letter.size > rules.most_bytes:
        found.append(
            say(
                "The letter by {writer} has {size} MB; they take up to {most}.",
                writer=letter.writer,
                size=_megabytes(letter.size),
                most=_megabytes(rules.most_bytes),
            )
        )
    if rules.no_stored and letter.is_stored:
        found.append(
            say(
                "The letter by {writer} was written for other uses too; they want one written for them.",
                writer=letter.writer,
            )
        )
    if rules.form:
        found.append(
            say("{writer} also has to fill in their form: {form}.", writer=letter.writer, form=rules.form)
        )
    return found


def check_pattern(pattern: str) -> str:
    """A pattern as it is kept. Refuses one with places we do not know, or signs no file system takes."""
    bare = pattern.strip()
    rest = bare
    for place in PLACES:
        rest = rest.replace(place, "")
    if bare and not re.fullmatch(r"[\w .()+,-]*", rest):
        raise FileNameUnreadable(pattern=pattern)
    return bare


def file_name(rules: Rules, *, applicant: str, writer: str, number: str) -> str:
    """The name a copy is saved under, in letters every portal takes, always ending in .pdf."""
    name = rules.file_name or DEFAULT_NAME
    facts = {"{applicant}": applicant, "{writer}": writer, "{number}": number}
    for place, said in facts.items():
        name = name.replace(place, said)
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9 .()+,_-]+", " ", plain)
    plain = re.sub(r"\s+", " ", plain).strip(" .")
    plain = plain.removesuffix(".pdf").removesuffix(".PDF").strip(" .")[:100]
    # A name in a script without Latin letters leaves nothing of itself: the number then stands for it.
    return f"{plain if re.search('[A-Za-z0-9]', plain) else 'letter-' + number}.pdf"


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:.1f}".removesuffix(".0")
