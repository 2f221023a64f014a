"""What *Find or do* finds of someone's own: people, requests, what letters are for, the Safe, packets. Never a letter's text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Exists, OuterRef, Q, QuerySet

from vouchsafe.asks.models import Request
from vouchsafe.letters.access_open import shelf
from vouchsafe.packets.models import Packet
from vouchsafe.people.models import Account, Contact
from vouchsafe.plans.models import Opportunity

MOST = 12
"""Of each kind; a longer list is narrowed by another word."""
MOST_WORDS = 6

Kind = Literal["person", "request", "opportunity", "letter", "packet"]


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that holds every word. `key` is what its own page is reached by."""

    kind: Kind
    key: str
    name: str
    beside: str = ""


def find(viewer: Account, sought: str) -> list[Found]:
    """Everything of the viewer's that holds every word sought, in few queries. Nothing for no words."""
    words = sought.split()[:MOST_WORDS]
    if not words:
        return []
    asked = Request.objects.filter(contact=OuterRef("pk"))
    people = _holding(Contact.objects.of(viewer), words, "name", "organisation", "title").annotate(
        is_asked=Exists(asked)
    )[:MOST]
    requests = Request.objects.filter(contact__in=[row.pk for row in people if row.is_asked]).select_related(
        "contact"
    )
    found = [Found("person", row.key, row.name, _beside(row.title, row.organisation)) for row in people]
    found += [Found("request", row.key, row.contact.name) for row in requests]
    purposes = _holding(Opportunity.objects.of(viewer).defer("text"), words, "title", "organisation")[:MOST]
    found += [Found("opportunity", row.key, row.title, row.organisation) for row in purposes]
    letters = [
        Found("letter", row.key, row.writer_name, row.letter_for)
        for row in shelf(viewer)
        if _holds(f"{row.writer_name} {row.letter_for} {row.number}", words)
    ]
    found += letters[:MOST]
    packets = _holding(Packet.objects.own().filter(owner=viewer), words, "title")[:MOST]
    return found + [Found("packet", row.key, row.title) for row in packets]


def _holding(rows: QuerySet[Any], words: list[str], *fields: str) -> QuerySet[Any]:
    for word in words:
        anywhere = Q()
        for field in fields:
            anywhere |= Q(**{f"{field}__icontains": word})
        rows = rows.filter(anywhere)
    return rows


def _holds(text: str, words: list[str]) -> bool:
    return all(word.casefold() in text.casefold() for word in words)


def _beside(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
