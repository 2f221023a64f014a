"""What is gathered while a file is read: people, problems, and the small rules all kinds of file share."""

from __future__ import annotations

import re
from collections.abc import Iterable

from vouchsafe.core.reading.contacts.facts import (
    MAX_CONTACTS,
    MAX_TEXT,
    Column,
    ContactRead,
    ContactsRead,
    Kind,
    Problem,
    TooManyContacts,
    tidy,
)
from vouchsafe.core.words import Sentence, say, say_n

_MAX_PROBLEMS = 1000
# A form of address is no part of a name; a degree is.
_SALUTATIONS = frozenset(
    (
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "herr",
        "frau",
        "m",
        "mme",
        "mlle",
        "monsieur",
        "madame",
        "sr",
        "sra",
        "srta",
        "señor",
        "señora",
    )
)
_PROFILES = re.compile(r"(?:https?://)?(?:[\w-]+\.)*(?:linkedin\.com|xing\.com|orcid\.org)/\S+", re.I)


class Gathering:
    """Collects in file order, tidies every value, and counts what it must not hold."""

    def __init__(self, kind: Kind, place: str = "line") -> None:
        self.kind = kind
        self.columns: tuple[Column, ...] = ()
        self._place = place
        self._contacts: list[ContactRead] = []
        self._problems: list[Problem] = []
        self._further = 0

    def __len__(self) -> int:
        return len(self._contacts)

    def problem(self, where: int | None, why: Sentence) -> None:
        if len(self._problems) >= _MAX_PROBLEMS:
            self._further += 1
            return
        self._problems.append(Problem(self._where(where), why))

    def _where(self, where: int | None) -> Sentence:
        if where is None:
            return say("the whole file")
        return say("entry {n}", n=where) if self._place == "entry" else say("line {n}", n=where)

    def value(self, where: int, text: str | None) -> str | None:
        """A tidy value, or `None`; one too long to be what it claims is reported and left out."""
        text = tidy(text)
        if text is not None and len(text) > MAX_TEXT:
            self.problem(where, say("A value of {n} characters was left out.", n=len(text)))
            return None
        return text

    def emails(self, where: int, texts: Iterable[str]) -> tuple[str, ...]:
        """The addresses as written, each once; a cell may hold several."""
        found: dict[str, str] = {}
        for text in texts:
            for part in split_addresses(text):
                email = self.value(where, part)
                if email is not None:
                    found.setdefault(email.casefold(), email)
        return tuple(found.values())

    def contact(self, contact: ContactRead) -> None:
        """Keep a person; one of whom the file says nothing at all is a problem instead."""
        if not (contact.name or contact.emails or contact.organisation or contact.profile):
            self.problem(contact.where, say("There is neither a name nor an address here."))
            return
        if len(self._contacts) >= MAX_CONTACTS:
            raise TooManyContacts(limit=MAX_CONTACTS)
        self._contacts.append(contact)

    def result(self, encoding: str) -> ContactsRead:
        problems = self._problems
        if self._further:
            why = say_n(
                "{n} further problem is not listed.", "{n} further problems are not listed.", self._further
            )
            problems = [*problems, Problem(self._where(None), why)]
        return ContactsRead(self.kind, tuple(self._contacts), tuple(problems), self.columns, encoding)


def compose_name(
    prefix: str | None, given: str | None, middle: str | None, family: str | None, suffix: str | None
) -> str | None:
    """The display name from its parts, where the file gives none; a mere Mr or Frau is left away."""
    if not (given or middle or family):
        return None
    titles = [word for word in (prefix or "").split() if word.rstrip(".").casefold() not in _SALUTATIONS]
    return " ".join(part for part in (*titles, given, middle, family, suffix) if part)


def is_profile(url: str) -> bool:
    """Whether an address is a person's page on a professional network, rather than just any site."""
    return _PROFILES.match(url.strip()) is not None


def split_addresses(text: str) -> list[str]:
    """One cell to its addresses: Google joins them by ` ::: `, people by commas or semicolons.

    What is no address stays as it is written; of `Ben <b@x.org>` the address alone.
    """
    parts = text.split(":::")
    if len(parts) == 1:
        parts = re.split(r"[;,\n]", text)
        if len(parts) > 1 and not all("@" in part for part in parts if part.strip()):
            parts = [text]
    bare = [re.sub(r"^[^<>]*<([^<>\s]+@[^<>\s]+)>\W*$", r"\1", part.strip()) for part in parts]
    return [re.sub(r"(?i)^mailto:", "", part).strip() for part in bare]
