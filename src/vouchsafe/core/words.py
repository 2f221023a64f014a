"""The words the core speaks: sentences not yet translated, and refusals.

The core never translates. It returns a `Sentence` (an English msgid with its facts) and the doors
and the post turn it into the language of whoever reads it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar


def msg(msgid: str) -> str:
    """Mark a text for the gettext catalogue without translating it."""
    return msgid


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence to be said later: `msgid` with `{name}` places, and the facts that fill them.

    With `plural` and `n` the catalogue picks the form; untranslated, English rules apply.
    """

    msgid: str
    facts: Mapping[str, object] = field(default_factory=dict)
    plural: str | None = None
    n: int | None = None

    def __str__(self) -> str:
        chosen = self.msgid if self.plural is None or self.n == 1 else self.plural
        return chosen.format_map(dict(self.facts))


def say(msgid: str, /, **facts: object) -> Sentence:
    """A sentence with its facts: `say("{name} said yes.", name="Ben")`."""
    return Sentence(msgid, facts)


def say_n(singular: str, plural: str, n: int, /, **facts: object) -> Sentence:
    """A sentence that counts; `{n}` is filled with the number."""
    return Sentence(singular, {"n": n, **facts}, plural, n)


@dataclass(frozen=True, slots=True)
class Month:
    """A month as a fact of a sentence, where the day was never meant: "May 2024"."""

    first: date

    def __str__(self) -> str:
        return f"{self.first:%B %Y}"


def to_plain(sentence: Sentence) -> list[object]:
    """A sentence as JSON can hold it; nested sentences and dates among its facts included."""
    facts = {name: _packed(value) for name, value in sentence.facts.items()}
    return [sentence.msgid, facts, sentence.plural, sentence.n]


def from_plain(plain: Sequence[Any]) -> Sentence:
    """What `to_plain` gave."""
    msgid, facts, plural, n = plain
    return Sentence(msgid, {name: _unpacked(value) for name, value in facts.items()}, plural, n)


def _packed(value: object) -> object:
    if isinstance(value, Sentence):
        return {"sentence": to_plain(value)}
    if isinstance(value, Month):
        return {"month": value.first.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_packed(part) for part in value]
    return value if isinstance(value, (str, int, float, bool)) or value is None else str(value)


def _unpacked(value: object) -> object:
    if isinstance(value, dict):
        if "sentence" in value:
            return from_plain(value["sentence"])
        if "month" in value:
            return Month(date.fromisoformat(value["month"]))
        return date.fromisoformat(value["date"][:10])
    return [_unpacked(part) for part in value] if isinstance(value, list) else value


class Refusal(Exception):
    """Something that could not be done, expected and explained.

    Subclasses give a `code` (kebab-case, stable, documented), a `msgid` that says what was wrong and
    where, and a `hint_msgid` that says what to do. Raised with the facts the texts name.
    Doors turn it into a form error, a 409 or a polite mail.
    """

    code: ClassVar[str]
    msgid: ClassVar[str]
    hint_msgid: ClassVar[str] = ""

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(str(self.sentence))

    @property
    def sentence(self) -> Sentence:
        return Sentence(self.msgid, self.facts)

    @property
    def hint(self) -> Sentence | None:
        return Sentence(self.hint_msgid, self.facts) if self.hint_msgid else None
