"""What letters are for."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field, model_validator

from vouchsafe.desk.for_programs import opportunities_piece
from vouchsafe.doors.api.fields import Day, LongLine, LongWords, Short, Titled, WebAddress, Zone
from vouchsafe.doors.api.lists import Cursor, Limit, NextCursor, place_after, told
from vouchsafe.doors.api.problems import Problem
from vouchsafe.doors.api.repeats import once
from vouchsafe.doors.api.tokens import Token, holder_of
from vouchsafe.plans import access
from vouchsafe.plans.actions.add_opportunity import add_opportunity
from vouchsafe.plans.opportunity_facts import OpportunityFacts

router = Router(tags=["Opportunities"])


class NewOpportunity(Schema):
    """A job, a programme, a scholarship, or the pocket. Only kind and title are needed."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "kind": "programme",
                    "title": "MSc Marine Ecology",
                    "organisation": "University of Harbour",
                    "letters": "required",
                    "need": 2,
                    "deadline_on": "2027-01-15",
                    "deadline_time": "17:00",
                    "zone": "Europe/London",
                }
            ]
        },
    )
    kind: Literal["job", "academic", "programme", "scholarship", "pocket"]
    title: Titled
    organisation: LongLine = ""
    locations: list[LongLine] = Field(default_factory=list, max_length=20)
    url: WebAddress = ""
    text: LongWords = Field("", description="What the posting says.")
    published_on: Day | None = None
    level: Literal["", "junior", "mid", "senior"] = ""
    letters: Literal["unknown", "required", "accepted", "not_taken"] = "unknown"
    wanted: list[Short] = Field(default_factory=list, max_length=30, description="Qualities they look for.")
    forms: list[LongLine] = Field(
        default_factory=list, max_length=20, description="Forms of their own that a writer fills in."
    )
    need: int = Field(1, ge=0, le=10, description="How many letters.")
    spare: int = Field(1, ge=0, le=5, description="How many more to have ready.")
    deadline_on: Day | None = None
    deadline_time: time | None = Field(
        None, description="A time of day without an offset; `zone` says whose."
    )
    zone: Zone = "UTC"

    @model_validator(mode="after")
    def _time_has_day(self) -> NewOpportunity:
        if self.deadline_time is not None and (
            self.deadline_on is None or self.deadline_time.tzinfo is not None
        ):
            raise ValueError("deadline_time needs deadline_on, and no offset of its own")
        return self


class Opportunity(Schema):
    """What a letter is for."""

    key: str
    kind: str
    title: str
    organisation: str
    locations: list[str]
    url: str
    text: str
    published_on: date | None
    level: str
    letters: str
    wanted: list[str]
    forms: list[str]
    need: int
    spare: int
    deadline_on: date | None
    deadline_time: time | None
    zone: str
    added_at: datetime


class Opportunities(Schema):
    items: list[Opportunity]
    next_cursor: NextCursor


@router.get(
    "/opportunities", response=Opportunities, auth=Token("opportunities:read"), summary="List opportunities"
)
def list_opportunities(request: HttpRequest, limit: Limit = 20, cursor: Cursor = "") -> Any:
    """Everything the applicant seeks letters for and has not removed, in the order it was added."""
    piece = opportunities_piece(holder_of(request), place_after(cursor, "opportunities"), limit)
    return told(piece, "opportunities")


@router.post(
    "/opportunities",
    response={201: Opportunity, 409: Problem},
    auth=Token("opportunities:write"),
    summary="Add an opportunity",
)
@once(Opportunity)
def create_opportunity(request: HttpRequest, said: NewOpportunity) -> Any:
    """Keep what letters are for. Nobody is asked by it."""
    facts = said.model_dump()
    for name in ("locations", "wanted", "forms"):
        facts[name] = tuple(facts[name])
    facts["zone"] = said.zone or "UTC"
    account = holder_of(request)
    made = add_opportunity(by=account, facts=OpportunityFacts(**facts), now=timezone.now())
    return Status(201, access.opportunity(account, made.key))


@router.get(
    "/opportunities/{slug:key}",
    response=Opportunity,
    auth=Token("opportunities:read"),
    summary="Get an opportunity",
)
def get_opportunity(request: HttpRequest, key: str) -> Any:
    """One opportunity, by its key."""
    return access.opportunity(holder_of(request), key)
