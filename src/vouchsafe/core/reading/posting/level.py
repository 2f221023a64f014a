"""How senior an opening is, as far as its own words say it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vouchsafe.core.reading.posting.phrases import Phrases

Level = Literal["junior", "mid", "senior"]

THIN_YEARS = 2
"""Up to this many years of experience a job counts as one where experience is thin."""
LONG_YEARS = 10
"""From this many years on, a job counts as senior even where its title does not say so."""


@dataclass(frozen=True, slots=True)
class LevelRead:
    """`quote` is the wording the level rests on; `years` the most years of experience it asks for."""

    level: Level | None = None
    years: int | None = None
    quote: str | None = None


_JUNIOR = Phrases(
    r"\b(?:intern(?:ship)?s?|trainee(?:ship)?|apprentice(?:ship)?|entry[- ]level|graduate (?:programme|program|scheme|role|engineer|analyst"
    r"|trainee)|new grad(?:uate)?|junior|jr\.?|working student|werkstudent\w*|praktik\w+|auszubildende\w*|ausbildung|azubi|volontariat|volontär\w*"
    r"|berufseinsteiger\w*|stagiaire|stage|alternan(?:ce|t\w*)|apprenti\w*|débutant\w*|becari[oa]s?|prácticas|aprendiz)\b"
    r"(?!\s+(?:high|college|school|secondary|league|manager of|cycle|programme manager|program manager|coordinator|recruiter|door|hand|management)\b)"
)
_SENIOR = Phrases(
    r"\b(?:senior|sr\.?|principal|staff (?:software |data |site )?(?:engineer|scientist|developer|designer)|lead(?!s?\s+gen|\s+acid|\s+paint|\s+time)"
    r"|head of|director|vice[- ]president|s?vp|chief|c[etfoi]o|partner(?!s?hips?)|executive director|managing director|dean|provost|professor"
    r"|leiter(?:in)?|leitung|leitende\w*|geschäftsführ\w*|abteilungsleit\w*|directeur|directrice|responsable|director[a]?|jef[ea] de|gerente)\b"
    r"(?!\s+(?:living|care|citizens?|cent(?:er|re)|housing|services|home|high|school|class|centre|year|assistant to|generation)\b)"
)
_SERVES_A_SENIOR = Phrases(
    r"\b(?:assistant|secretary|support|aide|adviser|assistenz|assistante?|asistente) (?:to|of|for|der|des|de|du|del)\b"
    r"|\b(?:executive|personal|director['’]?s) assistant\b|\bpartner(?:s|ed)?\b(?=.*\b(?:with|success|manager)\b)"
)
_MID = Phrases(r"\bmid(?:[- ](?:level|senior|weight|career))?\b|\bassociate level\b|\bintermediate\b")
_NOT_MID = Phrases(r"\bmid(?:dle)?[- ]?(?:senior|school|day|night)\b")
_NONE_NEEDED = Phrases(
    r"\b(?:no (?:prior |previous |work )?experience (?:is )?(?:required|needed|necessary)|keine (?:berufs)?erfahrung (?:erforderlich|nötig)"
    r"|sans expérience|sin experiencia)\b"
)
_YEAR_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10, "twelve": 12,
    "fifteen": 15, "ein": 1, "zwei": 2, "drei": 3, "fünf": 5, "deux": 2, "trois": 3, "cinq": 5, "dos": 2, "tres": 3, "cinco": 5,
}  # fmt: skip
_YEARS = Phrases(
    rf"\b(?P<n>\d{{1,2}}|{'|'.join(_YEAR_WORDS)})(?:\s*\(\d{{1,2}}\))?\s*(?:\+|plus)?\s*(?:(?:-|–|to|bis|à|a)\s*\d{{1,2}}\s*\+?\s*)?"
    r"(?:or more |full )?(?:years?|yrs?|jahren?|ans|années|años)[’']?\s*(?:\+\s*)?(?:of |d['’]|de )?"
    r"(?:[\w/&,-]+\s+){0,5}?(?:experience|erfahrung|berufserfahrung|expérience|experiencia)\b"
)
_MONTHS = Phrases(r"\b(\d{1,3}) months of experience\b")
_BOAST = Phrases(
    r"\b(?:we(?:['’]ve| have| bring)?|our|company|firm|team|with over|combined|collective|founded|history)\b[^.\n]{0,40}$"
)


def read_level(title: str | None, experience: str | None, text: str | None) -> LevelRead:
    """The level a posting states: first in its title, then in its experience field, then by years.

    The title comes first because boards fill the field by default: a working student was seen as “Mid Level”.
    """
    years, quote = _years(experience, text)
    for said in (title, experience):
        level = _named(said)
        if level is not None:
            return LevelRead(level, years, said)
    for said in (experience, text):
        none = _NONE_NEEDED.search(said or "")
        if none:
            return LevelRead("junior", 0, none.group())
    if years is None:
        return LevelRead()
    level = "junior" if years <= THIN_YEARS else "senior" if years >= LONG_YEARS else "mid"
    return LevelRead(level, years, quote)


def _named(said: str | None) -> Level | None:
    if not said or len(said) > 160:
        return None
    if _MID.search(said) and not _NOT_MID.search(said):
        return "mid"
    if _JUNIOR.search(said):
        return "junior"
    if _SENIOR.search(said) and not _SERVES_A_SENIOR.search(said):
        return "senior"
    return None


def _years(experience: str | None, text: str | None) -> tuple[int | None, str | None]:
    found: list[tuple[int, str]] = []
    months = _MONTHS.search(experience or "")
    if months:
        found.append((int(months.group(1)) // 12, months.group()))
    for said in (experience or "", (text or "")[:100_000]):
        for match in _YEARS.finditer(said):
            if _BOAST.search(said[max(0, match.start() - 60) : match.start()]):
                continue
            word = match.group("n").lower()
            number = _YEAR_WORDS.get(word) or int(word) if not word.isdigit() else int(word)
            if number <= 30:
                found.append((number, " ".join(match.group().split())))
    return max(found, default=(None, None), key=lambda each: each[0] or 0)
