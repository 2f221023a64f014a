"""Yes or no in plain words, or "unclear", which costs one click. A wrong yes or no costs far more.

So nothing is weighed. A text counts only if every clause of it is known: each must say yes, say no, or
be a courtesy, and those that decide must agree. One clause nobody foresaw, a question, a condition, a
quotation or a contradiction, and the writer is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from vouchsafe.core.reading.mail.phrases.de import GERMAN
from vouchsafe.core.reading.mail.phrases.en import ENGLISH
from vouchsafe.core.reading.mail.phrases.es import SPANISH
from vouchsafe.core.reading.mail.phrases.fr import FRENCH
from vouchsafe.core.reading.mail.phrases.it import ITALIAN
from vouchsafe.core.reading.mail.phrases.nl import DUTCH
from vouchsafe.core.reading.mail.phrases.phrases import Phrases
from vouchsafe.core.reading.mail.phrases.pl import POLISH
from vouchsafe.core.reading.mail.phrases.pt import PORTUGUESE
from vouchsafe.core.reading.mail.salutations import CLOSING, GREETING, looks_like_a_name

LANGUAGES: tuple[Phrases, ...] = (ENGLISH, GERMAN, FRENCH, SPANISH, PORTUGUESE, ITALIAN, DUTCH, POLISH)
LONGEST = 120
"""Words. A longer text explains something; a person should read it."""


class Word(StrEnum):
    """What an answer comes to."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Answer:
    """The word, where in the text it stands (start, end; None when unclear), and in which language."""

    word: Word
    evidence: tuple[int, int] | None = None
    language: str | None = None


UNCLEAR = Answer(Word.UNCLEAR)


@dataclass(frozen=True, slots=True)
class _Clause:
    text: str
    start: int
    end: int


def read_answer(own_text: str, names: Iterable[str] = ()) -> Answer:
    """What the writer's own words come to. `names` are those of sender and recipients, to know them by."""
    text = (
        own_text.replace("’", "'").replace("‘", "'").replace("`", "'").replace("\xa0", " ").replace("´", "'")
    )
    if len(text) != len(own_text) or len(text.split()) > LONGEST or _asks_or_quotes(text):
        return UNCLEAR
    known = frozenset(part.lower() for name in names for part in re.findall(r"\w+", name))
    clauses = _clauses(text, known)
    if not clauses:
        return UNCLEAR
    spoken = [phrases for phrases in LANGUAGES if _may_be(clauses, phrases, known)]
    found = [answer for phrases in spoken if (answer := _in_language(clauses, phrases, known))]
    if len({answer.word for answer in found}) == 1:
        return found[0]
    return UNCLEAR


_QUESTION_AT_EASE = re.compile(
    r"\b(?:how are you(?: doing)?|wie geht'?(?:s| es)(?: dir| ihnen)?|comment (?:vas-tu|allez-vous)|cómo estás?|tudo bem|come (?:stai|sta)"
    r"|hoe gaat het(?: met (?:je|u))?|co słychać|(?:could|can|would) you (?:please )?send me (?:your|the) [\w ]{2,30}"
    r"|when (?:do you need it(?: by)?|is the deadline|is it due)|what(?:'s| is) the deadline|where (?:do|should) i send it"
    r"|(?:kannst du|können sie) mir [\w ]{2,40} schicken|bis wann (?:brauchst du|brauchen sie) (?:es|das|ihn)|wann ist die frist|jak się masz|why not|warum nicht|pourquoi pas|por qué no|por que não|perché no|waarom niet|czemu nie)\s?\?",
    re.IGNORECASE,
)
_QUOTES = re.compile(r"[\"“”„«»‹›?¿？]|(?<!\w)'|'(?!\w)|^\s*>", re.MULTILINE)
_POSTSCRIPT = re.compile(r"^\s*p\.?\s?s\b", re.IGNORECASE | re.MULTILINE)


def _asks_or_quotes(text: str) -> bool:
    """A question back, somebody else's words, or an afterthought."""
    text = _QUESTION_AT_EASE.sub(" ", text)
    return bool(_QUOTES.search(text) or _POSTSCRIPT.search(text))


def _clauses(text: str, names: frozenset[str]) -> list[_Clause]:
    """The clauses of the text without greeting and signature; none if a line between cannot be told."""
    lines = list(_lines(text))
    if lines and GREETING.fullmatch(lines[0].text):
        lines = lines[1:]
    body = _without_closing(lines, names)
    if body is None:
        return []
    # Mail programs break lines anywhere; only sentences and commas divide.
    if not body:
        return []
    start, end = body[0].start, body[-1].end
    return [clause for clause in _split(text, start, end) if clause.text]


def _lines(text: str) -> Iterator[_Clause]:
    for match in re.finditer(r"[^\n]+", text):
        stripped = match[0].strip()
        if stripped:
            begin = match.start() + match[0].index(stripped)
            yield _Clause(stripped, begin, begin + len(stripped))


def _without_closing(lines: list[_Clause], names: frozenset[str]) -> list[_Clause] | None:
    """Up to "Best regards" or a name alone at the end; None if words that matter follow the closing."""
    for at, line in enumerate(lines):
        if at and CLOSING.fullmatch(line.text):
            return lines[:at] if all(_signs(each.text) for each in lines[at + 1 :]) else None
    if len(lines) > 1 and looks_like_a_name(lines[-1].text, names) and not _decides(lines[-1].text):
        return lines[:-1]
    return lines


def _signs(line: str) -> bool:
    """May the line stand in a signature: a name, a post, a number, never a sentence?"""
    words = re.findall(r"\w+", line.lower())
    turns = frozenset().union(*(phrases.turns for phrases in LANGUAGES)) - {"o", "of", "a", "as", "do", "se"}
    return len(words) <= 9 and not line.endswith((".", "!")) and not turns & set(words) and not _decides(line)


def _decides(text: str) -> bool:
    plain = _plain(text)
    return any(_pattern(p.language, name).match(plain) for p in LANGUAGES for name in ("yes", "no", "regret"))


_BOUNDARY = re.compile(r"[.!?;:…]+|,(?!\s+(?:że|dass|daß)\b)|\s[-–—]+\s|[–—]+|\n\s*\n|[()\[\]]")


def _split(text: str, start: int, end: int) -> Iterator[_Clause]:
    at = start
    for match in _BOUNDARY.finditer(text, start, end):
        if re.fullmatch(r"\.", match[0]) and re.search(r"\b(?:Dr|Prof|Mr|Mrs|Ms)$", text[at : match.start()]):
            continue
        yield _Clause(text[at : match.start()].strip(), at, match.start())
        at = match.end()
    yield _Clause(text[at:end].strip(), at, end)


def _plain(text: str) -> str:
    """Lower case, one space, without the pictures and marks people strew in."""
    kept = "".join(c if c.isalnum() or c in " '-&/" else " " for c in text.lower())
    return " ".join(kept.split()).strip("-/& ")


def _may_be(clauses: list[_Clause], phrases: Phrases, names: frozenset[str]) -> bool:
    """Could every clause begin with a word of this language? Spares compiling patterns for the others."""
    spoken = [c for c in clauses if not GREETING.fullmatch(c.text) and not CLOSING.fullmatch(c.text)]
    firsts = [plain.split()[0] for clause in spoken if (plain := _plain(clause.text))]
    return all(word[:2] in phrases.beginnings or word in names for word in firsts)


def _in_language(clauses: list[_Clause], phrases: Phrases, names: frozenset[str]) -> Answer | None:
    """The answer if this language knows every clause; None if it does not, or nothing decides."""
    words: list[tuple[Word, _Clause]] = []
    moods: set[str] = set()
    for at, clause in enumerate(clauses):
        if at and at == len(clauses) - 1 and CLOSING.fullmatch(clauses[at - 1].text) and _signs(clause.text):
            continue
        if GREETING.fullmatch(clause.text) or CLOSING.fullmatch(clause.text):
            continue
        for piece in _pieces(_plain(clause.text), phrases, names):
            verdict = _verdict(piece, phrases, names)
            if verdict is None:
                return None
            if verdict in ("kind", "ease", "regret"):
                moods.add(verdict)
            else:
                words.append((Word(verdict), clause))
    decided = {word for word, _ in words}
    if (
        len(decided) != 1
        or ("regret" in moods and Word.YES in decided)
        or ("ease" in moods and Word.NO in decided)
    ):
        return None
    word, clause = words[0]
    return Answer(word, (clause.start, clause.end), phrases.language)


def _pieces(plain: str, phrases: Phrases, names: frozenset[str]) -> list[str]:
    """The clause, or its halves around an "and" where the whole is unknown and both halves are not."""
    if not plain or _verdict(plain, phrases, names) is not None:
        return [plain] if plain else []
    halves = re.split(phrases.joins, plain)
    return [half for half in halves if half] if len(halves) > 1 else [plain]


_TITLES = frozenset(
    """mr mrs ms miss dr prof professor frau herr madame monsieur señor señora senhor senhora doutor doutora
    signor signora dottore dottoressa mevrouw meneer pani panie panu""".split()  # noqa: SIM905 - many words
)


def _verdict(plain: str, phrases: Phrases, names: frozenset[str]) -> str | None:
    words = plain.split()
    if all(word in names for word in words) or (
        words[-1] in names and names.union(_TITLES).issuperset(words)
    ):
        return "kind"
    without_name = re.sub(r"^(?:\w+) |(?: \w+)$", lambda m: "" if m[0].strip() in names else m[0], plain)
    for candidate in dict.fromkeys((plain, without_name)):
        for name in ("no", "regret", "ease", "kind"):
            if _pattern(phrases.language, name).match(candidate):
                return name
        if _says_yes(candidate, phrases):
            return "yes"
    return _after_conjunction(plain, phrases)


_LEADS = re.compile(
    r"(?P<but>but|aber|mais|pero|mas|ma|maar|ale) |(?:and|so|und|also|daher|deshalb|et|donc|y|así que|e|por isso|quindi|perciò|en|dus|i|więc|dlatego) "
)


def _after_conjunction(plain: str, phrases: Phrases) -> str | None:
    """ "So I must decline" says what "I must decline" says. After a "but" only a no is believed."""
    lead = _LEADS.match(plain)
    if lead is None:
        return None
    rest = plain[lead.end() :]
    if _pattern(phrases.language, "no").match(rest) and " " in rest:
        return "no"
    return "yes" if not lead["but"] and _says_yes(rest, phrases) else None


# Help is with the letter until something else is named: "happy to help by giving you advice" promises none.
_HELP = re.compile(
    r"\b(?:help|support|helf|unterstütz|aid|souten|soutien|ayud|apoy|ajud|apoi|aiut|sosten|pomó|pomo)"
)


def _says_yes(plain: str, phrases: Phrases) -> bool:
    """A yes, perhaps with what follows ("for the position"): only after words that name the act."""
    said = _pattern(phrases.language, "yes").match(plain)
    if said is None:
        return False
    tail = said["tail"]
    core = plain[: len(plain) - len(tail)]
    if not tail:
        return True
    if len(core.split()) < 3 or _HELP.search(core):
        return False
    return not phrases.turns & set(re.findall(r"[\w']+", tail))


@cache
def _pattern(language: str, name: str) -> re.Pattern[str]:
    return next(p for p in LANGUAGES if p.language == language).compiled(name)
