"""How well the lint finds what must not slip through, on letters nobody here wrote.

The letters are the research corpus of `../shared/data/letter-texts` (80 generated reference letters).
Their brackets are filled first, so that a letter left as it is holds no fault. Then one fault at a time
is put in: another person's name, another institution, a place left to fill, the wrong pronouns. The
names, institutions and sentences stand in `phrasings`. Every letter as it was, and every sentence about
somebody else, that draws a finding is a false alarm.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from bench.phrasings import (
    BLANKS,
    EIGHTH_BACK,
    EIGHTH_GOING,
    EIGHTH_PLACES,
    FIFTH_BACK,
    FIFTH_GOING,
    FOURTH_BACK,
    FOURTH_GOING,
    FOURTH_PLACES,
    FRESH_BACK,
    FRESH_GOING,
    FRESH_OTHERS,
    INSTITUTIONS,
    NAMES,
    SEEN_BACK,
    SEEN_GOING,
    SEEN_OTHERS,
    SEVENTH_BACK,
    SEVENTH_GOING,
    SEVENTH_PLACES,
    SIXTH_BACK,
    SIXTH_GOING,
    THIRD_BACK,
    THIRD_GOING,
    THIRD_PLACES,
)
from bench.phrasings_held import (
    ELEVENTH_BACK,
    ELEVENTH_GOING,
    NINTH_BACK,
    NINTH_GOING,
    PLACES,
    TENTH_BACK,
    TENTH_GOING,
)
from vouchsafe.core.lint import LetterFacts, check_text
from vouchsafe.core.lint.balance import Kind, balance
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.lint.substance import SUBSTANCE

CORPUS = (
    Path(__file__).resolve().parents[2]
    / "shared"
    / "data"
    / "letter-texts"
    / "corpus"
    / "generated-reference-letters.csv"
)
SEED = 20260
RULES = {rule.code: rule for rule in SUBSTANCE}
WRONG_NAME, WRONG_PRONOUN, WRONG_INSTITUTION, PLACEHOLDER = "S02", "S03", "S04", "S01"

FILLINGS = (
    (r"\[[^\]\n]*(?:date)[^\]\n]*\]", "3 May 2026"),
    (r"\[[^\]\n]*(?:phone)[^\]\n]*\]", "+44 20 7946 0018"),
    (r"\[[^\]\n]*(?:e-?mail|contact)[^\]\n]*\]", "robin@example.org"),
    (r"\[[^\]\n]*(?:address|city)[^\]\n]*\]", "12 Mill Road"),
    (r"\[(?:recipient|addressee)[^\]\n]*\]", "Ms Whitcombe"),
    (r"\[[^\]\n]*(?:name|signature)[^\]\n]*\]", "Robin Ashdown"),
    (r"\[[^\]\n]*(?:title|position|designation)[^\]\n]*\]", "Head of Studio"),
    (r"\[[^\]\n]*\]", "Fernway Studio"),
    (r"\b(?:XYZ|ABC) (?=University|Restaurant)", "Fernway "),
    (r"\bJospeh\b", "Joseph"),
)


@dataclass(frozen=True, slots=True)
class Letter:
    name: str
    male: bool
    text: str

    @property
    def pronouns(self) -> str:
        return "he/him" if self.male else "she/her"

    def said(self, sentence: str, **more: str) -> str:
        he, his, him = ("he", "his", "him") if self.male else ("she", "her", "her")
        return sentence.format(N=self.name, he=he, his=his, him=him, He=he.title(), His=his.title(), **more)


def letters() -> list[Letter]:
    with CORPUS.open(encoding="utf-8", newline="") as file:
        return [
            Letter(row["name"], row["gender"] == "male", filled(row["chatgpt_gen"].replace("<return>", "\n")))
            for row in csv.DictReader(file)
        ]


def filled(text: str) -> str:
    """The letter with every bracket filled, the stand-in institutions named and the one slip of the pen mended."""
    for pattern, filling in FILLINGS:
        text = re.sub(pattern, filling, text, flags=re.IGNORECASE)
    return text


def into_body(text: str, sentence: str, rng: random.Random) -> tuple[str, int]:
    """The sentence added to one of the long paragraphs: the text, and where it begins."""
    paragraphs = text.split("\n\n")
    long = [index for index, paragraph in enumerate(paragraphs) if len(paragraph) > 150]
    index = rng.choice(long)
    at = sum(len(paragraph) + 2 for paragraph in paragraphs[:index]) + len(paragraphs[index]) + 1
    paragraphs[index] += " " + sentence
    return "\n\n".join(paragraphs), at


def spots(text: str, code: str, facts: LetterFacts) -> list[tuple[int, int]]:
    """What one rule finds: the others have no say in these figures."""
    return [(found.start, found.end) for found in RULES[code].check(Prose(text), facts)]


@dataclass
class Tally:
    """Faults put in and found; findings that point at no fault."""

    put: int = 0
    found: int = 0
    false: int = 0

    @property
    def recall(self) -> float:
        return self.found / self.put

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.false)


def replaced_names(rounds: int = 3, others: int = 2) -> tuple[Tally, Tally]:
    """Every mention of the applicant becomes someone else's, with `others` sentences about other people left in: by letter, by mention."""
    rng, by_letter, by_mention = random.Random(SEED), Tally(), Tally()
    for letter in letters():
        for new in rng.sample(NAMES, rounds):
            text = letter.text
            for sentence in rng.sample(FRESH_OTHERS, others):
                text, _ = into_body(text, letter.said(sentence, P="Margit Sorel", S="Obuya"), rng)
            right = spots(text, WRONG_NAME, LetterFacts(about=letter.name))
            by_letter.false += bool(right)
            by_mention.false += len(right)
            text = re.sub(rf"\b{letter.name}\b", new, text)
            places = {found.start() for found in re.finditer(rf"(?<!\w){re.escape(new)}\b", text)}
            hits = {start for start, _ in spots(text, WRONG_NAME, LetterFacts(about=letter.name))}
            by_letter.put += 1
            by_letter.found += bool(hits & places)
            by_mention.put += len(places)
            by_mention.found += len(hits & places)
            by_mention.false += len(hits - places)
    return by_letter, by_mention


def one_name_left() -> Tally:
    """One mention only is somebody else's, the others are right: each mention of each letter in turn."""
    rng, tally = random.Random(SEED), Tally()
    for letter in letters():
        for place in re.finditer(rf"\b{letter.name}\b", letter.text):
            text = letter.text[: place.start()] + rng.choice(NAMES) + letter.text[place.end() :]
            hits = [start for start, _ in spots(text, WRONG_NAME, LetterFacts(about=letter.name))]
            tally.put += 1
            tally.found += place.start() in hits
            tally.false += sum(start != place.start() for start in hits)
    return tally


def other_people(sentences: tuple[str, ...]) -> tuple[int, int]:
    """Sentences about others in letters that are right: how many drew a false alarm, of how many."""
    rng, false, tried = random.Random(SEED), 0, 0
    for letter in letters():
        for sentence in rng.sample(sentences, 8):
            said = letter.said(sentence, P=rng.choice(NAMES), S="Obuya")
            text, _ = into_body(letter.text, said[0].upper() + said[1:], rng)
            false += bool(spots(text, WRONG_NAME, LetterFacts(about=letter.name)))
            tried += 1
    return false, tried


SETS = {
    "first": (SEEN_GOING, SEEN_BACK, INSTITUTIONS),
    "second": (FRESH_GOING, FRESH_BACK, INSTITUTIONS),
    "third": (THIRD_GOING, THIRD_BACK, THIRD_PLACES),
    "fourth": (FOURTH_GOING, FOURTH_BACK, FOURTH_PLACES),
    "fifth": (FIFTH_GOING, FIFTH_BACK, FOURTH_PLACES),
    "sixth": (SIXTH_GOING, SIXTH_BACK, FOURTH_PLACES),
    "seventh": (SEVENTH_GOING, SEVENTH_BACK, SEVENTH_PLACES),
    "eighth": (EIGHTH_GOING, EIGHTH_BACK, EIGHTH_PLACES),
    "ninth": (NINTH_GOING, NINTH_BACK, PLACES),
    "tenth": (TENTH_GOING, TENTH_BACK, PLACES),
}
HELD_OUT = (ELEVENTH_GOING, ELEVENTH_BACK, PLACES)
"""Counted only: nothing was mended with it, and no test promises anything of it."""

HOUSE = (
    r"(?:organi[sz]ations?|compan(?:y|ies)|institutions?|teams?|program(?:me)?s?|productions?|establishments?|brands?|agenc(?:y|ies)|kitchens?|restaurants?"
    r"|ensemble|employer|venue|project|individual|partner|director|producer)"
)
NAMELESS = re.compile(
    rf"\b(?:any|your)\s+(?:(?!{HOUSE}\b|in\b|of\b|to\b|for\b)[\w-]+\s+){{0,3}}?{HOUSE}\b(?!-|\s+(?:assignments?|players?|member))"
    rf"(?:(?:,\s+(?:or\s+|and\s+)?|\s+(?:or|and)\s+)(?:[\w-]+\s+){{0,2}}?{HOUSE}\b)*"
    r"(?P<more>\s+(?:that|where|looking|seeking|fortunate|lucky|out there|she|he)\b[^.,;]*)?",
    re.IGNORECASE,
)
"""Where the letters speak of who they are for: `your organization`, `any team or company that she joins`. None has a name."""


def nameless(text: str, *, looks_back: bool = True) -> list[tuple[int, int]]:
    """The places of a letter's own sentences where the name of the destination would stand.

    `have made him an asset to any team` is one, although a house named there is most likely where he was.
    """
    return [
        found.span()
        for found in NAMELESS.finditer(text)
        if not re.search(r"has (?:been|worked)|applies", found.group("more") or "")
        and (looks_back or not re.search(r"\b(?:has|have) (?:been|made)\b[^.;]*$", text[: found.start()]))
    ]


def own_sentences(rounds: int = 12, *, looks_back: bool = True) -> tuple[Tally, Tally]:
    """In the letters' own sentences every destination is another house's; and each one in turn, the others being right."""
    rng, every, one = random.Random(SEED), Tally(), Tally()
    for letter in letters():
        gaps = nameless(letter.text, looks_back=looks_back)
        for _ in range(rounds if gaps else 0):
            right, other = rng.sample(PLACES, 2)
            facts = LetterFacts(about=letter.name, institution=right)
            every.false += len(
                spots(_named(letter.text, gaps, [right] * len(gaps))[0], WRONG_INSTITUTION, facts)
            )
            _count(every, letter.text, gaps, [other] * len(gaps), facts)
            for index in range(len(gaps)):
                names = [right] * len(gaps)
                names[index] = other
                _count(one, letter.text, gaps, names, facts)
    return every, one


def _named(text: str, gaps: list[tuple[int, int]], names: list[str]) -> tuple[str, list[tuple[int, int]]]:
    out, at, places = "", 0, []
    for (start, end), name in zip(gaps, names, strict=True):
        out += text[at:start]
        places.append((len(out), len(out) + len(name)))
        out, at = out + name, end
    return out + text[at:], places


def _count(
    tally: Tally, text: str, gaps: list[tuple[int, int]], names: list[str], facts: LetterFacts
) -> None:
    text, places = _named(text, gaps, names)
    wrong = [place for place, name in zip(places, names, strict=True) if name != facts.institution]
    hits = spots(text, WRONG_INSTITUTION, facts)
    tally.put += len(wrong)
    tally.found += sum(any(start < right and left < end for start, end in hits) for left, right in wrong)
    tally.false += sum(not any(start < right and left < end for left, right in wrong) for start, end in hits)


def wrong_institutions(
    going: tuple[str, ...], back: tuple[str, ...], places: tuple[str, ...], each: int = 8
) -> Tally:
    """A sentence that sends the letter somewhere else; the right place, and places looked back on, are false alarms."""
    rng, tally = random.Random(SEED), Tally()
    for letter in letters():
        for sentence in rng.sample(going, each):
            right, other = rng.sample(places, 2)
            facts = LetterFacts(about=letter.name, institution=right)
            text, at = into_body(letter.text, letter.said(sentence, I=other), rng)
            tally.put += 1
            tally.found += any(start >= at for start, _ in spots(text, WRONG_INSTITUTION, facts))
            text, _ = into_body(letter.text, letter.said(sentence, I=right), rng)
            tally.false += bool(spots(text, WRONG_INSTITUTION, facts))
            text, _ = into_body(letter.text, letter.said(rng.choice(back), I=other), rng)
            tally.false += bool(spots(text, WRONG_INSTITUTION, facts))
    return tally


def left_placeholders() -> Tally:
    """One blank in the place of one mention of the name; the filled letter must stay silent."""
    rng, tally = random.Random(SEED), Tally()
    for letter in letters():
        facts = LetterFacts(about=letter.name)
        tally.false += len(spots(letter.text, PLACEHOLDER, facts))
        for blank in rng.sample(BLANKS, 6):
            place = rng.choice(list(re.finditer(rf"\b{letter.name}\b", letter.text)))
            text = letter.text[: place.start()] + blank + letter.text[place.end() :]
            hits = spots(text, PLACEHOLDER, facts)
            tally.put += 1
            inside = [start for start, _ in hits if place.start() <= start < place.start() + len(blank)]
            tally.found += bool(inside)
            tally.false += len(hits) - len(inside)
    return tally


GENDERED = r"(?<![\w/'’-])(?:he|him|his|himself|she|her|hers|herself)(?![\w/-])"
SWAPS = {
    "he": "she",
    "him": "her",
    "his": "her",
    "himself": "herself",
    "she": "he",
    "her": "his",
    "hers": "his",
    "herself": "himself",
}


def wrong_pronouns() -> tuple[Tally, Tally]:
    """All pronouns are another set's; and one only, each in turn for every fourth."""
    every, one = Tally(), Tally()
    for letter in letters():
        other = "she/her" if letter.male else "he/him"
        every.false += len(
            spots(letter.text, WRONG_PRONOUN, LetterFacts(about=letter.name, pronouns=letter.pronouns))
        )
        every.put += len(re.findall(GENDERED, letter.text, re.IGNORECASE))
        every.found += len(spots(letter.text, WRONG_PRONOUN, LetterFacts(about=letter.name, pronouns=other)))
        for place in list(re.finditer(GENDERED, letter.text, re.IGNORECASE))[::4]:
            swapped = SWAPS[place.group().lower()]
            text = letter.text[: place.start()] + swapped + letter.text[place.end() :]
            hits = spots(text, WRONG_PRONOUN, LetterFacts(about=letter.name, pronouns=letter.pronouns))
            one.put += 1
            one.found += any(start == place.start() for start, _ in hits)
            one.false += sum(start != place.start() for start, _ in hits)
    return every, one


def auc(higher: list[float], lower: list[float]) -> float:
    """The chance that one drawn from the first lies above one drawn from the second; ties count half."""
    return (
        sum((one > other) + 0.5 * (one == other) for one in higher for other in lower)
        / len(higher)
        / len(lower)
    )


def separation(measure: Callable[[dict[Kind, float]], float]) -> float:
    """AUC of a measure for telling the letters about men from those about women."""
    men: list[float] = []
    women: list[float] = []
    for letter in letters():
        picture = balance(letter.text)
        if picture is not None:
            value = measure({share.kind: share.per_thousand for share in picture.shares})
            (men if letter.male else women).append(value)
    return auc(men, women)


def rows() -> Iterator[tuple[str, float, str]]:
    if not CORPUS.is_file():
        yield "letters", 0, "the corpus is not here; nothing measured"
        return
    by_letter, by_mention = replaced_names()
    yield from _tally("wrong name throughout, by letter", by_letter)
    yield from _tally("wrong name throughout, by mention", by_mention)
    bare_letter, bare_mention = replaced_names(others=0)
    yield from _tally("the same with the letter's own people only, by letter", bare_letter)
    yield from _tally("the same with the letter's own people only, by mention", bare_mention)
    yield from _tally("wrong name in one place", one_name_left())
    for which, others in (("seen", SEEN_OTHERS), ("fresh", FRESH_OTHERS)):
        false, tried = other_people(others)
        yield f"other people, {which} sentences: false alarms", false, f"of {tried}"
    every_place, one_place = own_sentences()
    yield from _tally("wrong institution in the letters' own sentences, every mention", every_place)
    yield from _tally("wrong institution in the letters' own sentences, one mention", one_place)
    every_ahead, one_ahead = own_sentences(looks_back=False)
    yield from _tally("the same without those that look back, every mention", every_ahead)
    yield from _tally("the same without those that look back, one mention", one_ahead)
    for which, sentences in SETS.items():
        yield from _tally(f"wrong institution, {which} set", wrong_institutions(*sentences))
    yield from _tally("wrong institution, eleventh set, held out", wrong_institutions(*HELD_OUT))
    yield from _tally("place left to fill", left_placeholders())
    every, one = wrong_pronouns()
    yield from _tally("wrong pronouns throughout", every)
    yield from _tally("wrong pronoun in one place", one)
    yield (
        "agentic less communal words, men above women",
        separation(lambda s: s[Kind.AGENTIC] - s[Kind.COMMUNAL]),
        "AUC (0.5: none)",
    )
    for kind in Kind:
        yield f"{kind} words, men above women", separation(lambda s, kind=kind: s[kind]), "AUC (0.5: none)"
    every_letter = letters()
    begun = perf_counter()
    for letter in every_letter:
        check_text(
            letter.text,
            LetterFacts(about=letter.name, pronouns=letter.pronouns, institution="University of Turku"),
        )
    yield "looking a letter over, all rules", 1000 * (perf_counter() - begun) / len(every_letter), "ms"


def _tally(what: str, tally: Tally) -> Iterator[tuple[str, float, str]]:
    yield f"{what}: recall", tally.recall, f"{tally.found} of {tally.put}"
    yield f"{what}: precision", tally.precision, f"{tally.false} false alarms"
