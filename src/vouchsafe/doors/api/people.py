"""People an applicant knows."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from vouchsafe.desk.for_programs import people_piece
from vouchsafe.doors.api.fields import (
    Address,
    Country,
    Day,
    Grade,
    Line,
    Named,
    Short,
    WebAddress,
    Words,
    Zone,
)
from vouchsafe.doors.api.lists import Cursor, Limit, NextCursor, place_after, told
from vouchsafe.doors.api.problems import Problem
from vouchsafe.doors.api.repeats import once
from vouchsafe.doors.api.tokens import Token, holder_of
from vouchsafe.people import access
from vouchsafe.people.actions.add_contact import add_contact
from vouchsafe.people.contact_facts import USUAL_HOURS, ContactFacts

router = Router(tags=["People"])

Tie = Literal[
    "", "direct_manager", "adviser", "professor_small", "professor_large", "mentor", "colleague", "client", "peer",
    "friend", "family", "weak",
]  # fmt: skip


class PersonSaid(Schema):
    """What may be said of a person. Only the name is needed; grades run from 0 to 4."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "name": "Ben Okafor",
                    "addresses": ["ben@harbour.example"],
                    "tie": "direct_manager",
                    "organisation": "Harbour & Vale Trust",
                    "knows_work": 4,
                    "warmth": 3,
                    "last_worked_on": "2026-05-01",
                    "qualities": ["reliability", "clear writing"],
                }
            ]
        },
    )
    name: Named = Field(description="As one would write it on an envelope.")
    addresses: list[Address] = Field(
        default_factory=list, max_length=10, description="Mail addresses; the first is written to."
    )
    given: Short = ""
    family: Short = ""
    salutation: Line = Field("", description="How they are addressed, like Dear Dr Nwosu.")
    organisation: Line = ""
    title: Line = ""
    profile: WebAddress = Field("", max_length=500)
    tie: Tie = Field("", description="How they know the applicant; empty: not said.")
    how_you_know: Words = ""
    last_worked_on: Day | None = None
    knows_work: Grade | None = Field(None, description="How well they know the applicant's work.")
    warmth: Grade | None = None
    seniority: Grade | None = None
    qualities: list[Short] = Field(default_factory=list, max_length=30)
    meets_regularly: bool = False
    phone_reference: bool = Field(
        False, description="They take reference calls, and so are not asked to write."
    )
    unreachable: bool = False
    budget_hours: Decimal = Field(USUAL_HOURS, ge=0, le=100, max_digits=4, decimal_places=1)
    country: Country = ""
    time_zone: Zone = ""
    notes: Words = ""


class NewPerson(PersonSaid):
    someone_else: bool = Field(
        False,
        description="Keep them although somebody of this name or mailbox is there: it is another person.",
    )


class Person(Schema):
    """Someone the applicant knows."""

    key: str
    name: str
    addresses: list[str]
    given: str
    family: str
    salutation: str
    organisation: str
    title: str
    profile: str
    tie: str
    how_you_know: str
    last_worked_on: date | None
    knows_work: int | None
    warmth: int | None
    seniority: int | None
    qualities: list[str]
    meets_regularly: bool
    phone_reference: bool
    unreachable: bool
    budget_hours: float
    country: str
    time_zone: str
    notes: str
    added_at: datetime

    @staticmethod
    def resolve_addresses(row: Any) -> list[str]:
        return [one.address for one in row.addresses.all()]


class People(Schema):
    items: list[Person]
    next_cursor: NextCursor


@router.get("/people", response=People, auth=Token("people:read"), summary="List people")
def list_people(request: HttpRequest, limit: Limit = 20, cursor: Cursor = "") -> Any:
    """Everyone the applicant knows and has not removed, in the order they were added."""
    return told(people_piece(holder_of(request), place_after(cursor, "people"), limit), "people")


@router.post(
    "/people", response={201: Person, 409: Problem}, auth=Token("people:write"), summary="Add a person"
)
@once(Person)
def create_person(request: HttpRequest, said: NewPerson) -> Any:
    """Keep someone the applicant knows.

    Refused (409) for the applicant's own address (`contact-is-you`), for what is no address (`address-unreadable`),
    and for somebody who is there already (`contact-known-already`, with their key) unless `someone_else` is true.
    """
    facts = said.model_dump(exclude={"someone_else"})
    facts["addresses"], facts["qualities"] = tuple(said.addresses), tuple(said.qualities)
    account = holder_of(request)
    made = add_contact(
        by=account, facts=ContactFacts(**facts), someone_else=said.someone_else, now=timezone.now()
    )
    return Status(201, access.contact(account, made.key))


@router.get("/people/{slug:key}", response=Person, auth=Token("people:read"), summary="Get a person")
def get_person(request: HttpRequest, key: str) -> Any:
    """One person, by their key."""
    return access.contact(holder_of(request), key)
