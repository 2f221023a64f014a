"""What a posting says about letters of recommendation, in its own words.

Sentence by sentence: is a letter meant at all, is it demanded, welcome, unneeded or unwanted, how
many, by which way. Every answer keeps the words it rests on; silence stays None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from vouchsafe.core.reading.posting import letter_phrases as say_so
from vouchsafe.core.reading.posting.phrases import Phrases

Stance = Literal["required", "required_later", "accepted", "not_required", "not_yet", "not_taken"]
Letters = Literal["required", "accepted", "not_taken"]
Means = Literal["portal", "mail", "post"]

MAX_QUOTE = 240
MAX_SENTENCE = 600
MAX_MENTIONS = 60
"""No posting speaks of letters more often; the bound keeps a hostile text from costing minutes."""


@dataclass(frozen=True, slots=True)
class LetterTerms:
    """The posting's terms. `need` is the least number it names; `quotes` are its words, cut short.

    `certain` is False where the words leave doubt (a bare list item, a contradiction).
    `referees` says it wants people to call, with their number where it names one.
    """

    stance: Stance | None = None
    need: int | None = None
    at_most: int | None = None
    conditional: bool = False
    certain: bool = True
    means: tuple[Means, ...] = ()
    address: str | None = None
    quotes: tuple[str, ...] = ()
    referees: bool = False
    referees_named: int | None = None
    referees_quote: str | None = None

    @property
    def letters(self) -> Letters | None:
        """The stance in three words; a later demand is still one, and “not required” says nothing."""
        if self.stance in ("required", "required_later"):
            return "required"
        if self.stance in ("not_yet", "not_taken"):
            return "not_taken"
        return "accepted" if self.stance == "accepted" else None

    @property
    def later(self) -> bool:
        return self.stance in ("required_later", "not_yet")


@dataclass(frozen=True, slots=True)
class _Said:
    stance: Stance
    quote: str
    need: int | None = None
    at_most: int | None = None
    conditional: bool = False
    certain: bool = True


def read_letter_terms(text: str) -> LetterTerms:
    """The terms a posting's plain text states."""
    if say_so.ANY_MENTION.search(text) is None:
        return LetterTerms()
    said: list[_Said] = []
    means: dict[Means, None] = {}
    address: str | None = None
    named: tuple[int | None, str] | None = None
    follows = False
    mentions = 0
    for sentence in sentences(text):
        about_letters = False
        if not (follows or say_so.LETTER.search(sentence) or say_so.REFEREES.search(sentence)):
            continue
        mentions += 1
        if mentions > MAX_MENTIONS:
            break
        if say_so.NOT_ABOUT_THE_APPLICANT.search(sentence) is None:
            found = [each for clause in _clauses(sentence) if (each := _letter(clause, sentence)) is not None]
            people = None if found else _referees(sentence)
            about_letters = bool(found) or (follows and say_so.THE_LETTERS.match(sentence) is not None)
            said.extend(found)
            if isinstance(people, _Said):
                said.append(people)
            elif people is not None and (named is None or named[0] is None):
                named = people
            if about_letters:
                means.update(dict.fromkeys(_means(sentence)))
                address = address or _address(sentence)
        follows = about_letters
    terms = _settled(said)
    return LetterTerms(
        stance=terms.stance if terms else None,
        need=terms.need if terms else None,
        at_most=terms.at_most if terms else None,
        conditional=terms.conditional if terms else False,
        certain=terms.certain if terms else True,
        means=tuple(means),
        address=address,
        quotes=tuple(dict.fromkeys(each.quote for each in said)),
        referees=named is not None,
        referees_named=named[0] if named else None,
        referees_quote=named[1] if named else None,
    )


# --- sentences -----------------------------------------------------------------------------------

_BULLET = re.compile(r"\s*(?:[-*•·–▪◦‣]|\(?\d{1,2}[.)]|[a-z]\))\s+")
_END = re.compile(r"(?<=[.!?])[)”\"»]?\s+(?=[\"“„«(¿¡]?[A-ZÄÖÜÉÈÀÇÑ\d])")
_ABBREVIATED = Phrases(
    r"(?:\b(?:e\.g|i\.e|etc|incl|max|min|approx|dr|prof|mr|mrs|ms|no|nr|z\.b|bzw|ggf|usw|p\.ej)\.|\b[A-Z]\.)$"
)


def sentences(text: str) -> Iterator[str]:
    """Sentences and list items. Lines wrapped by hand are joined, lines of their own are not."""
    for paragraph in _paragraphs(text):
        start = 0
        for found in _END.finditer(paragraph):
            piece = paragraph[start : found.start()]
            if not _ABBREVIATED.search(piece[-12:]):
                start = found.end()
                yield from _short(piece.strip())
        yield from _short(paragraph[start:].strip())


def _short(sentence: str) -> Iterator[str]:
    """A text without a full stop is cut at blanks, so no pattern meets a sentence of a whole page."""
    while len(sentence) > MAX_SENTENCE:
        cut = sentence.rfind(" ", 0, MAX_SENTENCE)
        cut = cut if cut > 0 else MAX_SENTENCE
        yield sentence[:cut]
        sentence = sentence[cut:].lstrip()
    if sentence:
        yield sentence


def _paragraphs(text: str) -> Iterator[str]:
    held: list[str] = []
    for raw in text.splitlines():
        row = " ".join(raw.split())
        last = held[-1] if held else ""
        if not row or not last or _BULLET.match(row) or last[-1] in ".:!?;" or _own_line(last, row):
            if held:
                yield " ".join(held)
            held = [row] if row else []
        else:
            held.append(row)
    if held:
        yield " ".join(held)


def _own_line(last: str, row: str) -> bool:
    """A short line before a capital is a heading or an item, not a sentence somebody wrapped."""
    return len(last) < 45 and row[:1].isupper()


def _clauses(sentence: str) -> Iterator[str]:
    yield from (
        clause
        for clause in re.split(
            r";\s+|,?\s+(?:but|however|although|whereas|aber|jedoch|mais|pero|sino)\s+",
            sentence,
            flags=re.IGNORECASE,
        )
        if clause.strip()
    )


# --- one clause ----------------------------------------------------------------------------------


def _letter(clause: str, sentence: str) -> _Said | None:
    found = say_so.LETTER.search(clause)
    if found is None:
        # “…, but they are welcome”: the second half speaks of the letters of the first.
        if sentence is clause or say_so.LETTER.search(sentence) is None:
            return None
        if not re.match(
            r"(?i)(?:they|these|it|those|sie|elles|son|are|is|(?:we\s+)?(?:will|can|do)|sind)\b|.*\bwelcome\b",
            clause,
        ):
            return None
        stance = _stance(clause, clause, "", clause)
        return (
            _Said(stance, _quote(sentence)) if stance in ("accepted", "not_taken", "not_required") else None
        )
    before, after = clause[: found.start()], clause[found.end() :]
    item = _item(clause, found)
    stance = _stance(clause, before, after, item)
    need, at_most = _number(before, found.group(), after)
    if need in (None, 1):
        need = _writers(before + found.group()) or need
    certain = stance != "accepted" or not _refused(before, after)
    if stance is None:
        listed = bool(_BULLET.match(clause)) or (len(clause.split()) <= 12 and len(before.split()) <= 3)
        stance = "required" if need is not None or (listed and _fragment(clause)) else "accepted"
        certain = False
    if at_most is not None and stance == "required":
        stance, certain = "accepted", False
    demanded = stance in ("required", "required_later")
    return _Said(
        stance,
        _quote(sentence),
        need=need if demanded else None,
        at_most=at_most,
        conditional=stance == "required" and say_so.CONDITION.search(clause) is not None,
        certain=certain,
    )


def _stance(clause: str, before: str, after: str, item: str) -> Stance | None:
    if say_so.LACKING.search(clause):
        return "required"
    clear = _without_harmless(clause)
    refused = _refused(before, after or clause)
    unneeded = (
        say_so.NOT_REQUIRED.search(clear) is not None
        or say_so.NOT_REQUIRED.search(before) is not None
        or say_so.NONE_NEEDED.search(after) is not None
        or (refused and say_so.NO_SUCH_NEED.search(after) is not None)
    )
    if refused or unneeded:
        if say_so.NOT_YET.search(clear):
            return "not_yet"
        if say_so.LATER.search(clear) and re.search(r"(?i)\buntil\b|\bunless\b|\bbefore\b|\bbis\b", clear):
            return "not_yet"
        if refused and not unneeded and say_so.ONLY_THIS_WAY.search(after):
            return "accepted"
        return "not_required" if unneeded else "not_taken"
    if say_so.LATER.search(clear):
        return "required_later"
    if say_so.OPTIONAL_NEAR.search(item) or say_so.OPTIONAL.search(clear):
        firm = re.search(r"(?i)\b(?:must|required|mandatory|at\s+least|minimum)\b", clear)
        if not firm or say_so.OPTIONAL_NEAR.search(item):
            return "accepted"
    return "required" if say_so.DEMAND.search(clear) else None


def _without_harmless(text: str) -> str:
    return say_so.HARMLESS_NOT.sub("", text).replace("  ", " ")


def _refused(before: str, after: str) -> bool:
    return (
        say_so.NOT_TAKEN_BEFORE.search(_without_harmless(before)) is not None
        or say_so.NOT_TAKEN_AFTER.search(_without_harmless(after)) is not None
    )


def _writers(before: str) -> int | None:
    """“The names of two referees, who will be asked for a letter”: as many letters as referees."""
    found = say_so.REFEREES.search(before)
    return _number(before[: found.start()], found.group(), "")[0] if found else None


def _item(clause: str, found: re.Match[str]) -> str:
    """The part of a list the mention stands in, parenthesis after it included."""
    start = max(
        clause.rfind(mark, 0, found.start()) for mark in (",", ":", " and ", " und ", " et ", " y ", "+")
    )
    ends = [
        at for mark in (",", " and ", " und ", " et ", " y ") if (at := clause.find(mark, found.end())) >= 0
    ]
    end = min(ends, default=len(clause))
    # “letters, if available, and a CV”: the condition belongs to what it follows.
    hanging = re.match(r"(?i),\s*(?:if|falls|sofern|si|le\s+cas|where)\b[^,;]*", clause[end:])
    return clause[start + 1 : end + (hanging.end() if hanging else 0)]


def _fragment(clause: str) -> bool:
    """A list item rather than a statement: nothing in it is said *of* the letters."""
    return (
        re.search(r"(?i)\b(?:is|are|was|were|will|help|tell|show|give|ist|sind|est|sont|es|son)\b", clause)
        is None
    )


_NUMBER = "|".join(sorted(say_so.NUMBERS, key=len, reverse=True))
_BETWEEN = r"(?:(?!(?:of|and|or|pages?|cop(?:y|ies)|years?|months?|weeks?|days?|hours?|part|cover|motivation|to)\b)[\wäöüéáóñ'’-]+,? ){0,3}"
_COUNT = Phrases(
    rf"(?P<most>up to |maximum(?: of)? |max\.? |no more than |at most |bis zu |höchstens |maximal "
    rf"|jusqu['’]à |hasta |máximo(?: de)? )?(?<![\w.])(?P<n>{_NUMBER})\b(?:\s*\(\s*\w+\s*\))?"
    rf"(?:\s*(?:-|–|to|or|bis|oder|à|ou|a|o)\s*(?P<m>{_NUMBER})\b(?:\s*\(\s*\w+\s*\))?)?"
)
_BETWEEN_ONLY = Phrases(rf" {_BETWEEN}")
_AFTER = Phrases(
    rf"^\s*(?:(?:is|are)?\s*(?:required|needed)\s*(?=[:(]))?(?:\(\s*(?:x\s*)?(?P<a>{_NUMBER})\b[^)]*\)|[:x–-]\s*(?P<b>{_NUMBER})\b"
    rf"|,?\s*(?:from|by|von|de) (?:at least |a minimum of |mindestens )?(?P<c>{_NUMBER}) (?!(?:of|year|month)s?\b))"
)


def _number(before: str, mention: str, after: str) -> tuple[int | None, int | None]:
    """(the least number asked for, the most they take)."""
    inside = re.search(rf"(?i)\b(?:from|by)\s+(?:at\s+least\s+)?(?P<n>{_NUMBER})\s", mention)
    near = before[-120:]
    # The nearest number counts: in “by 1 May, two letters” the first one is a day.
    for found in reversed(list(_COUNT.finditer(near))):
        if not _BETWEEN_ONLY.fullmatch(near[found.end() :]):
            continue
        numbers = [say_so.NUMBERS[found.group(name).lower()] for name in ("n", "m") if found.group(name)]
        return (None, max(numbers)) if found.group("most") else (min(numbers), None)
    trailing = _AFTER.match(after)
    if trailing:
        word = next(group for group in trailing.groups() if group)
        return say_so.NUMBERS[word.lower()], None
    if inside:
        return say_so.NUMBERS[inside.group("n").lower()], None
    return None, None


def _referees(sentence: str) -> _Said | tuple[int | None, str] | None:
    """References that are people to call; a refusal of references holds for letters as well."""
    found = say_so.REFEREES.search(sentence)
    if found is None:
        return None
    before, after = sentence[: found.start()], sentence[found.end() :]
    stance = _stance(sentence, before, after, _item(sentence, found))
    contacts = say_so.CONTACTS.search(before) is not None
    if stance in ("not_taken", "not_yet", "not_required") and not contacts:
        return _Said(stance, _quote(sentence))
    return _number(before, found.group(), after)[0], _quote(sentence)


def _means(sentence: str) -> Iterator[Means]:
    if say_so.PORTAL.search(sentence):
        yield "portal"
    if say_so.BY_MAIL.search(sentence):
        yield "mail"
    if say_so.BY_POST.search(sentence):
        yield "post"


def _address(sentence: str) -> str | None:
    found = re.search(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}", sentence)
    return found.group().rstrip(".-") if found else None


def _quote(sentence: str) -> str:
    text = _BULLET.sub("", sentence, count=1).strip() if _BULLET.match(sentence) else sentence
    return text if len(text) <= MAX_QUOTE else text[: MAX_QUOTE - 1].rsplit(" ", 1)[0] + "…"


# --- all of them -----------------------------------------------------------------------------------


def _settled(said: list[_Said]) -> _Said | None:
    """One answer out of several statements; a contradiction is answered carefully and marked so."""
    by: dict[Stance, list[_Said]] = {}
    for each in said:
        by.setdefault(each.stance, []).append(each)
    now, later = by.get("required", []), by.get("required_later", [])
    against = [*by.get("not_taken", []), *by.get("not_yet", []), *by.get("not_required", [])]
    if later and (not any(each.certain for each in now) or by.get("not_yet") or by.get("not_taken")):
        return _joined("required_later", [*later, *now], certain=True)
    if now:
        doubt = bool(against) or not any(each.certain for each in now)
        return _joined("required", now, certain=not doubt)
    for stance in ("accepted", "not_yet", "not_taken", "not_required"):
        if stance in by:
            clash = stance == "accepted" and bool(by.get("not_taken") or by.get("not_yet"))
            return _joined(stance, by[stance], certain=not clash and any(each.certain for each in by[stance]))
    return None


def _joined(stance: Stance, said: list[_Said], *, certain: bool) -> _Said:
    needs = [each.need for each in said if each.need is not None]
    mosts = [each.at_most for each in said if each.at_most is not None]
    return _Said(
        stance,
        said[0].quote,
        need=max(needs, default=None),
        at_most=max(mosts, default=None),
        conditional=all(each.conditional for each in said),
        certain=certain,
    )
