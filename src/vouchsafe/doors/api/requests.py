"""Requests: whom the applicant asks, and where each stands. Also the plan, and what the office may know."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from vouchsafe.asks.access import request_of
from vouchsafe.desk.for_programs import office_piece, plan_facts, request_facts, requests_piece
from vouchsafe.desk.timeline import timeline
from vouchsafe.doors.api.lists import Cursor, Limit, NextCursor, place_after, told
from vouchsafe.doors.api.tokens import Token, holder_of
from vouchsafe.doors.api.wording import said

router = Router(tags=["Requests"])

Stage = Literal["prepared", "asked", "agreed", "writing", "declined", "sealed", "withdrawn"]


class Purpose(Schema):
    """One thing the letter is for."""

    key: str
    opportunity_key: str
    title: str
    shown_on: date | None
    confidentiality: Literal["open", "waived"]


class Request(Schema):
    """The standing page of one applicant and one writer. Its stage is derived from what happened."""

    key: str
    person_key: str
    person_name: str
    stage: Stage
    opened_at: datetime
    paused_at: datetime | None
    promised_on: date | None
    purposes: list[Purpose]


class Requests(Schema):
    items: list[Request]
    next_cursor: NextCursor


class Happening(Schema):
    """One line of a request's story."""

    at: datetime
    sentence: str


class Story(Schema):
    items: list[Happening]


class Choice(Schema):
    """Who is chosen for a letter: rank 0 writes, the others stand by in order."""

    person_key: str
    rank: int
    channel: str
    meet_on: date | None
    mail_on: date | None


class Place(Schema):
    """One letter that the plan seeks."""

    opportunity_key: str
    position: int
    is_spare: bool
    choices: list[Choice]


class Plan(Schema):
    """Who is asked for which letter, who stands by, and when."""

    key: str
    drawn_on: date
    places: list[Place]


class OfficeRequest(Schema):
    """A request as the office may know it: whose it is and where it stands, not who writes."""

    key: str
    applicant_key: str
    applicant_name: str
    stage: Stage
    opened_at: datetime
    paused_at: datetime | None
    next_on: date | None


class OfficeRequests(Schema):
    items: list[OfficeRequest]
    next_cursor: NextCursor


@router.get("/requests", response=Requests, auth=Token("requests:read"), summary="List requests")
def list_requests(request: HttpRequest, limit: Limit = 20, cursor: Cursor = "") -> Any:
    """Every request of the applicant, in the order they were opened."""
    return told(requests_piece(holder_of(request), place_after(cursor, "requests"), limit), "requests")


@router.get("/requests/{slug:key}", response=Request, auth=Token("requests:read"), summary="Get a request")
def get_request(request: HttpRequest, key: str) -> Any:
    """One request: its stage, its purposes, and the day its writer promised."""
    return request_facts(holder_of(request), key)


@router.get(
    "/requests/{slug:key}/timeline",
    response=Story,
    auth=Token("requests:read"),
    summary="Get a request's timeline",
)
def get_timeline(request: HttpRequest, key: str) -> Any:
    """What happened, newest first, in the language of Accept-Language; the same story the writer sees."""
    rows = timeline(request_of(holder_of(request), key))
    return {"items": [{"at": one.at, "sentence": said(one.text)} for one in rows]}


@router.get("/plan", response=Plan, auth=Token("plans:read"), summary="Get the plan", tags=["Plan"])
def get_plan(request: HttpRequest) -> Any:
    """The plan in force. 404 before the first was drawn."""
    return plan_facts(holder_of(request))


@router.get(
    "/office/requests",
    response=OfficeRequests,
    auth=Token("office:read"),
    summary="List everyone's requests",
    tags=["Office"],
)
def list_office_requests(request: HttpRequest, limit: Limit = 20, cursor: Cursor = "") -> Any:
    """Where everyone's requests stand, for who runs the office. It names no writer and holds no word of a letter."""
    piece = office_piece(holder_of(request), timezone.localdate(), place_after(cursor, "office"), limit)
    return told(piece, "office")
