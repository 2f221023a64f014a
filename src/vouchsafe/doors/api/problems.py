"""What a program is told when something can't be done: problem details (RFC 9457) with our refusals' own codes."""

from __future__ import annotations

import json
import logging
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import Field

from vouchsafe.core.words import Refusal, msg, say
from vouchsafe.doors.api.pace import seconds_left
from vouchsafe.doors.api.wording import said
from vouchsafe.ledger.answers import IdempotencyKeyNotUsable, IdempotencyKeyTaken
from vouchsafe.ledger.out_of_reach import is_out_of_reach
from vouchsafe.people.access import NotHere

log = logging.getLogger("vouchsafe.api")
MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 60


class FieldProblem(Schema):
    """One part of the question that is not as it must be."""

    at: str = Field(description="Where: body, path or query, then names and places with dots between.")
    message: str = Field(description="What is wrong there.")


class Problem(Schema):
    """Why something could not be done."""

    type: str = Field(description="A stable name for this kind of problem.")
    title: str = Field(description="What could not be done, in a sentence.")
    status: int = Field(description="The HTTP status again.")
    code: str = Field(description="The same name without its prefix: the code of the refusal.")
    detail: str = Field("", description="What to do about it.")
    key: str = Field("", description="The row that is in the way, where there is one.")
    errors: list[FieldProblem] = Field(
        default_factory=list, description="Each part that is wrong, where the question is."
    )


class TokenUnknown(Refusal):
    code = "token-unknown"
    msgid = msg("There is no token that opens this, or it was revoked or has run out.")
    hint_msgid = msg("Make one on your account’s page, and send it as Authorization: Bearer.")


class TokenMayNot(Refusal):
    code = "token-may-not"
    msgid = msg("This token may not do that: it lacks {grant}.")
    hint_msgid = msg("Make a token that may, on your account’s page.")


class TooFast(Refusal):
    code = "too-fast"
    msgid = msg("That is more than {most} questions within a minute.")
    hint_msgid = msg("Wait as long as Retry-After says, then go on.")


class CursorUnknown(Refusal):
    code = "cursor-unknown"
    msgid = msg("This cursor leads nowhere.")
    hint_msgid = msg("Begin again without one, and take next_cursor from each answer.")


STATUS: dict[type[Refusal], int] = {
    TokenUnknown: 401,
    TokenMayNot: 403,
    TooFast: 429,
    CursorUnknown: 422,
    IdempotencyKeyNotUsable: 400,
    IdempotencyKeyTaken: 422,
}
"""Anything else that is refused is 409: understood, and not possible as things stand."""


def problem(status: int, code: str, title: str, detail: str = "", **more: Any) -> HttpResponse:
    told = {
        "type": f"urn:vouchsafe:problem:{code}",
        "title": title,
        "status": status,
        "code": code,
        "detail": detail,
        "key": more.get("key", ""),
        "errors": more.get("errors", []),
    }
    answer = HttpResponse(json.dumps(told, ensure_ascii=True), status=status, content_type=MEDIA_TYPE)
    if status == 401:
        answer["WWW-Authenticate"] = 'Bearer realm="vouchsafe"'
    if status == 429:
        answer["Retry-After"] = str(seconds_left(timezone.now()))
    if status == 503:
        answer["Retry-After"] = str(RETRY_SECONDS)
    return answer


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    status = next((code for kind, code in STATUS.items() if isinstance(refusal, kind)), 409)
    key = getattr(refusal, "key", "")
    return problem(status, refusal.code, said(refusal.sentence), said(refusal.hint), key=key)


def absent(request: HttpRequest, absence: Exception | None = None) -> HttpResponse:
    """Nothing is here, or it is not this account's: absence and refusal look the same."""
    return problem(404, "not-here", gettext("There is nothing here."))


def not_that_way(ways: str) -> HttpResponse:
    """Something is here, and it is asked for by other methods: `ways`, as the Allow header names them."""
    answer = problem(
        405,
        "not-that-way",
        said(say("This is not asked for in that way.")),
        said(say("Ask by one of these: {ways}.", ways=ways)),
    )
    answer["Allow"] = ways
    return answer


def _unknown_token(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return refused(request, TokenUnknown())


def _unreadable(request: HttpRequest, error: HttpError | RequestDataTooBig) -> HttpResponse:
    """A body that is not JSON, not JSON that can be held, or more than is read."""
    return problem(
        getattr(error, "status_code", 400), "not-readable", said(say("The body can’t be read as JSON."))
    )


def _misshapen(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Places and messages alone: what was sent is not sent back."""
    errors = [
        {"at": ".".join(str(part) for part in one["loc"])[:200], "message": str(one["msg"])[:300]}
        for one in error.errors[:50]
    ]
    return problem(
        422, "not-as-described", said(say("The question is not as the document describes it.")), errors=errors
    )


def _out_of_reach(request: HttpRequest, trouble: Exception) -> HttpResponse:
    if not is_out_of_reach(trouble):
        raise trouble
    log.exception("what is kept could not be reached for %s", request.method)
    return problem(503, "out-of-reach", said(say("What is kept can’t be reached just now.")))


def handle_problems(api: NinjaAPI) -> None:
    """Anything that is none of these, and not merely out of reach, is raised again and answered as 500 by the house."""
    told: dict[type[Exception], Any] = {
        Refusal: refused,
        NotHere: absent,
        Http404: absent,
        AuthenticationError: _unknown_token,
        HttpError: _unreadable,
        RequestDataTooBig: _unreadable,
        ValidationError: _misshapen,
        Exception: _out_of_reach,
    }
    for kind, answer in told.items():
        api.add_exception_handler(kind, answer)
