"""The Idempotency-Key header: a question sent twice is acted upon once."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Schema, Status
from ninja.responses import NinjaJSONEncoder

from vouchsafe.doors.api.tokens import token_of
from vouchsafe.ledger import answers

HEADER = "Idempotency-Key"
PARAMETER = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": answers.LONGEST},
    "description": "A fresh random name for what is to be done, such as a UUID. Sent again within a day with the same "
    "question, it is done no second time, and answered as before.",
}
REPEATED = "Idempotency-Replayed"

View = Callable[..., Any]


def once(schema: type[Schema]) -> Callable[[View], View]:
    """Answer a named question once; `schema` is what the view's row is told as. Without a name nothing changes."""

    def wrapped(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, **given: Any) -> Any:
            name = request.headers.get(HEADER)
            if name is None:
                return view(request, **given)
            token = token_of(request)
            body, again = answers.once(
                chain=token.account.key,
                token=token.key,
                name=answers.demand_usable(name),
                asked=f"{request.method} {request.path}\n".encode() + request.body,
                act=lambda: _told(view(request, **given), schema),
                now=timezone.now(),
            )
            answer = HttpResponse(body, status=201, content_type="application/json; charset=utf-8")
            if again:
                answer[REPEATED] = "true"
            return answer

        # Told as types: as names they would be looked for in this module.
        asked.__signature__ = signature(view, eval_str=True)  # type: ignore[attr-defined]  # read by ninja
        return asked

    return wrapped


def _told(made: Status[Any], schema: type[Schema]) -> bytes:
    row = schema.from_orm(made.value)
    return json.dumps(row.model_dump(), cls=NinjaJSONEncoder, ensure_ascii=False).encode()
