"""The Safe: facts of every letter, and the file of those the applicant may read."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from vouchsafe.desk.for_programs import Piece
from vouchsafe.doors.api.lists import Cursor, Limit, NextCursor, place_after, told
from vouchsafe.doors.api.tokens import Token, holder_of
from vouchsafe.letters.access_open import shelf, shelved
from vouchsafe.letters.actions.read_open import read_open

router = Router(tags=["Letters"])


class Uses(Schema):
    """What its writer agreed to. Empty lists mean any; without a last day it does not end."""

    opportunities: list[str]
    kinds: list[str]
    last_on: date | None
    on_screen_only: bool


class Letter(Schema):
    """A letter in the Safe. Nothing here is a word of it; `is_open` says whether its applicant may read it."""

    key: str
    number: str
    writer_name: str
    person_key: str
    request_key: str
    letter_for: str
    origin: str
    is_open: bool
    sealed_at: datetime | None
    released_at: datetime | None
    withdrawn_at: datetime | None
    replaced_by: str
    pages: int | None
    uses: Uses | None

    @staticmethod
    def resolve_person_key(row: Any) -> str:
        return str(row.contact_key)

    @staticmethod
    def resolve_replaced_by(row: Any) -> str:
        return str(row.successor)


class Letters(Schema):
    items: list[Letter]
    next_cursor: NextCursor


@router.get("/letters", response=Letters, auth=Token("letters:read"), summary="List letters")
def list_letters(request: HttpRequest, limit: Limit = 20, cursor: Cursor = "") -> Any:
    """Every letter in the Safe, the newest first. Of one in confidence: that it is there, who wrote it and when."""
    begin = place_after(cursor, "letters")
    rows = shelf(holder_of(request))
    end = begin + limit
    return told(Piece(tuple(rows[begin:end]), end if len(rows) > end else None), "letters")


@router.get(
    "/letters/{slug:key}", response=Letter, auth=Token("letters:read"), summary="Get a letter's facts"
)
def get_letter(request: HttpRequest, key: str) -> Any:
    """One letter's facts, whoever may read it."""
    return shelved(holder_of(request), key)


@router.get(
    "/letters/{slug:key}/file",
    auth=Token("letters:read"),
    summary="Get an open letter's PDF",
    response=None,
    openapi_extra={
        "responses": {
            200: {
                "description": "The sealed file, byte for byte.",
                "content": {
                    "application/pdf": {"schema": {"type": "string", "contentMediaType": "application/pdf"}}
                },
            }
        }
    },
)
def get_letter_file(request: HttpRequest, key: str) -> HttpResponse:
    """The PDF of a letter that the applicant may read. One in confidence has no file here (404), whatever the token may."""
    answer = HttpResponse(read_open(by=holder_of(request), letter_key=key), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{key}.pdf"'
    return answer
