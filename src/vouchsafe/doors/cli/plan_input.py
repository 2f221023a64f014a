"""Contacts, postings and facts brought together for `vouchsafe plan`: who is who, and what is what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from vouchsafe.core.planning.facts import Contact, Kind, Opportunity, Wish
from vouchsafe.core.reading.contacts import ContactsRead
from vouchsafe.core.reading.posting import PostingRead
from vouchsafe.core.words import Sentence, say
from vouchsafe.core.worth import Worth, from_posting, weigh
from vouchsafe.doors.cli.plan_facts import Facts, Problem, wish_of

USUAL_NEED = {Kind.JOB: 2, Kind.ACADEMIC: 3, Kind.PROGRAMME: 2, Kind.SCHOLARSHIP: 2, Kind.POCKET: 1}
"""How many letters are usual where nobody says (asking.md section 1): stated as assumed in the answer."""


class _NotFoundError(Exception):
    """A name that means nobody, or more than one."""

    def __init__(self, why: Sentence) -> None:
        self.why = why


@dataclass(slots=True)
class Names:
    """Everything that something may be called, in any case, and which keys it means."""

    what: str
    known: dict[str, set[str]] = field(default_factory=dict)

    def add(self, key: str, *names: str | None) -> None:
        for name in names:
            if name:
                self.known.setdefault(_plain(name), set()).add(key)

    def key(self, name: str) -> str:
        keys = self.known.get(_plain(name), set())
        if len(keys) == 1:
            return next(iter(keys))
        if keys:
            raise _NotFoundError(
                say("“{name}” could be {n} {what}. Say which.", name=name, n=len(keys), what=self.what)
            )
        raise _NotFoundError(say("“{name}” is none of the {what}.", name=name, what=self.what))


@dataclass(slots=True)
class Input:
    """What the planner is given, and what was wrong on the way."""

    contacts: list[Contact]
    opportunities: list[Opportunity]
    wishes: list[Wish]
    problems: list[Problem]
    need_assumed: set[str]
    worths: dict[str, Worth]


@dataclass(frozen=True, slots=True)
class FoundPosting:
    """One opening, and the file it came from."""

    file: str
    posting: PostingRead


def bring_together(
    read: ContactsRead, found: list[FoundPosting], facts: Facts, need: int | None, deadline: date | None
) -> Input:
    """Match facts to people and openings. What a facts file says of one opening goes before the options for all."""
    problems = list(facts.problems)
    postings, posting_rows = _posting_rows(found, facts, problems)
    opportunities, assumed, worths = [], set(), {}
    for key, opening in posting_rows.items():
        told = postings.rows.get(key, {})
        kind, worths[key] = _worth(opening.posting, told.get("kind"))
        told = {"kind": kind, "need": need if need is not None else worths[key].need, **told}
        if told["need"] is None:
            told["need"] = USUAL_NEED[kind]
            assumed.add(key)
        told.setdefault("deadline", deadline or _deadline(opening, problems))
        opportunities.append(_opportunity(key, opening, told))
    contacts = _contacts(read, facts, postings.names, problems)
    wishes = _wishes(facts, contacts.names, postings.names, problems)
    return Input(contacts.people, opportunities, wishes, problems, assumed, worths)


@dataclass(slots=True)
class _Rows:
    names: Names
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    people: list[Contact] = field(default_factory=list)


def _posting_rows(
    found: list[FoundPosting], facts: Facts, problems: list[Problem]
) -> tuple[_Rows, dict[str, FoundPosting]]:
    keyed = dict(zip(_keys(found, _posting_key), found, strict=True))
    rows = _Rows(Names("openings"))
    for number, (key, opening) in enumerate(keyed.items(), 1):
        posting = opening.posting
        both = f"{posting.title}, {posting.company}" if posting.title and posting.company else None
        rows.names.add(key, f"#{number}", posting.title, posting.company, both, posting.url, opening.file)
    rows.rows = _matched(facts.postings, "postings", rows.names, problems)
    return rows, keyed


def _worth(posting: PostingRead, told: Kind | None) -> tuple[Kind, Worth]:
    """What kind of opening it is, and whether it asks for letters at all."""
    weighed_as: Any = None if told is None else "job" if told is Kind.ACADEMIC else told.value
    facts = from_posting(posting, kind=weighed_as)
    return told or Kind(facts.kind), weigh(facts)


def _opportunity(key: str, opening: FoundPosting, told: dict[str, Any]) -> Opportunity:
    posting = opening.posting
    title = posting.title or posting.company or f"the opening in {opening.file}"
    return Opportunity(key=key, title=title, organisation=posting.company or "", **told)


def _deadline(opening: FoundPosting, problems: list[Problem]) -> date | None:
    text = opening.posting.deadline
    if text is None:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        problems.append(Problem(opening.file, say("Its deadline, {text}, is no date.", text=text)))
        return None


def _contacts(read: ContactsRead, facts: Facts, postings: Names, problems: list[Problem]) -> _Rows:
    people = _Rows(Names("contacts"))
    keyed = dict(zip(_keys(read.contacts, _contact_key), read.contacts, strict=True))
    for key, person in keyed.items():
        people.names.add(key, person.name, *person.emails)
    rows = _matched(facts.contacts, "contacts", people.names, problems)
    for key, person in keyed.items():
        told = dict(rows.get(key, {}))
        if "phone_reference_for" in told:
            where = f"contacts.{person.name}.phone_reference_for"
            told["phone_reference_for"] = frozenset(
                _each(told["phone_reference_for"], postings, where, problems)
            )
        told.setdefault("emails", person.emails)
        people.people.append(
            Contact(
                key=key,
                name=person.name or next(iter(person.emails), key),
                organisation=person.organisation or "",
                title=person.title or "",
                **told,
            )
        )
    return people


def _wishes(facts: Facts, contacts: Names, postings: Names, problems: list[Problem]) -> list[Wish]:
    found = []
    for where, row in facts.wishes:
        try:
            found.append(wish_of(row, contacts.key, postings.key))
        except _NotFoundError as error:
            problems.append(Problem(where, error.why))
    return found


def _matched(
    table: dict[str, dict[str, Any]], where: str, names: Names, problems: list[Problem]
) -> dict[str, dict[str, Any]]:
    """The rows by key. Two names for one and the same are merged, a value told twice is a problem."""
    found: dict[str, dict[str, Any]] = {}
    for name, row in table.items():
        try:
            mine = found.setdefault(names.key(name), {})
        except _NotFoundError as error:
            problems.append(Problem(f"{where}.{name}", error.why))
            continue
        for field_name, value in row.items():
            if mine.setdefault(field_name, value) != value:
                problems.append(
                    Problem(f"{where}.{name}.{field_name}", say("This was told twice, differently."))
                )
    return found


def _each(names: Iterable[str], known: Names, where: str, problems: list[Problem]) -> list[str]:
    """The keys of these names. One that is not known stays as it is: a call taken elsewhere is still a call."""
    found = []
    for name in names:
        try:
            found.append(known.key(name))
        except _NotFoundError as error:
            problems.append(Problem(where, error.why))
            found.append(name)
    return found


def _keys(rows: Iterable[Any], key_of: Callable[[Any], str]) -> list[str]:
    """One key a row, from what the row says; rows that say the same are numbered."""
    seen: Counter[str] = Counter()
    keys = []
    for row in rows:
        key = key_of(row)
        seen[key] += 1
        keys.append(key if seen[key] == 1 else f"{key} ({seen[key]})")
    return keys


def _contact_key(person: Any) -> str:
    return _plain(next(iter(person.emails), None) or person.name or "")


def _posting_key(opening: FoundPosting) -> str:
    posting = opening.posting
    return _plain(", ".join(p for p in (posting.title, posting.company) if p) or posting.url or opening.file)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
