"""A file of contacts under review: who is new, who is known, what would change. Reads only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from vouchsafe.core.reading.addresses import normalise
from vouchsafe.core.reading.contacts.merge import By, Change, Match
from vouchsafe.core.words import Sentence, from_plain
from vouchsafe.people import access
from vouchsafe.people.actions.keep_contacts import matches
from vouchsafe.people.contact_facts import own_address_among
from vouchsafe.people.models import Account, ContactImport

ON_A_PAGE = 200
PROBLEMS = 50


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    header: str
    field: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One person of the file. `outcome` is new, update, same, or you; `where` the line they begin on."""

    where: int
    places: tuple[int, ...]
    name: str
    organisation: str
    title: str
    emails: tuple[str, ...]
    not_addresses: tuple[str, ...]
    outcome: str
    known_key: str
    known_name: str
    by_name_only: bool
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Review:
    key: str
    file_name: str
    kind: str
    encoding: str
    columns: tuple[Column, ...]
    problems: tuple[tuple[Sentence, Sentence], ...]
    more_problems: int
    rows: tuple[ReviewRow, ...]
    everyone: int
    """People in the file, each once, however many rows speak of them."""
    found: int
    new: int
    updated: int
    same: int
    page: int
    pages: int

    @property
    def not_shown(self) -> int:
        return self.everyone - len(self.rows)


def review(viewer: Account, key: str, *, word: str = "", page: int = 1) -> Review:
    """The review table, at most `ON_A_PAGE` people at a time. Raises NotHere for anyone else's."""
    row = access.contact_import(viewer, key)
    everyone = matches(viewer, row)
    outcomes = Counter(found.outcome.value for found in everyone)
    words = word.casefold().split()
    found = [one for one in everyone if _holds(one, words)] if words else everyone
    pages = max(1, -(-len(found) // ON_A_PAGE))
    page = min(max(1, page), pages)
    own = access.own_addresses(viewer)
    problems = [(from_plain(where), from_plain(why)) for where, why in row.problems[:PROBLEMS]]
    return Review(
        key=row.key,
        file_name=row.file_name,
        kind=row.file_kind,
        encoding=written_in(row.encoding),
        columns=_columns(row),
        problems=tuple(problems),
        more_problems=max(0, len(row.problems) - PROBLEMS),
        rows=tuple(_row(one, own) for one in found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]),
        everyone=len(everyone),
        found=len(found),
        new=outcomes["new"],
        updated=outcomes["update"],
        same=outcomes["same"],
        page=page,
        pages=pages,
    )


def rows_meant(row: ContactImport, *, ticked: Collection[int], shown: Collection[int], rest: str) -> set[int]:
    """Lines to keep: those ticked, and of those not shown all, the ones with an address, or none."""
    if rest not in ("all", "with_address"):
        return set(ticked)
    others = {
        int(one["where"])
        for one in row.rows
        if rest == "all" or any(normalise(email) for email in one["emails"])
    }
    return set(ticked) | (others - set(shown))


def written_in(encoding: str) -> str:
    """The name people and their programs know a writing by; Python has its own for some."""
    named = {"mac-roman": "macintosh", "iso8859-15": "iso-8859-15", "euc_kr": "euc-kr"}
    return named.get(encoding, encoding.replace("cp125", "windows-125"))


def _columns(row: ContactImport) -> tuple[Column, ...]:
    return tuple(
        Column(key, header, row.mapping.get(key, "ignore"), tuple(samples))
        for key, header, samples in row.columns
    )


def _holds(found: Match, words: list[str]) -> bool:
    person = found.contact
    text = " ".join(filter(None, (person.name, person.organisation, person.title, *person.emails))).casefold()
    return all(word in text for word in words)


def _row(found: Match, own: tuple[str, ...]) -> ReviewRow:
    person = found.contact
    return ReviewRow(
        where=person.where,
        places=tuple(row.where for row in found.rows),
        name=person.name or person.organisation or next(iter(person.emails), ""),
        organisation=person.organisation or "",
        title=person.title or "",
        emails=person.emails,
        not_addresses=tuple(email for email in person.emails if normalise(email) is None),
        outcome="you" if own_address_among(person.emails, own) else found.outcome.value,
        known_key=found.known.key if found.known else "",
        known_name=(found.known.name or "") if found.known else "",
        by_name_only=found.by is By.NAME,
        changes=found.changes,
    )
