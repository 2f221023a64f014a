"""The words the core speaks: sentences not yet translated, and refusals.

The core never translates. It returns a `Sentence` (an English msgid with its facts) and the doors
and the post turn it into the language of whoever reads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar


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
