"""The interface and its OpenAPI 3.1 document, which says of each question what token it needs and how it may fail."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from ninja import NinjaAPI
from ninja.operation import Operation

from vouchsafe.core.grants import GRANTS
from vouchsafe.doors.api import account, letters, opportunities, packets, people, requests
from vouchsafe.doors.api.pace import A_MINUTE
from vouchsafe.doors.api.problems import MEDIA_TYPE, Problem, handle_problems
from vouchsafe.doors.api.repeats import PARAMETER, REPEATED
from vouchsafe.doors.api.tokens import Token

VERSION = "1"
ABOUT = f"""A door for programs, to the same rows and by the same rules as the pages.

Send a token as `Authorization: Bearer vouchsafe_…`. Tokens are made on the account's page, each with what it may do.
A token may ask {A_MINUTE} questions a minute. Lists come in pieces: send `next_cursor` as `cursor`. Times are UTC (RFC 3339).

A POST may carry an `Idempotency-Key`: sent again within a day it is done once, and answered as before.

What goes wrong is told as problem details (RFC 9457) with a stable `code`. What is not yours and what is not there
look the same: 404. Within `/api/v1/` fields are added and never taken away.

No answer ever holds a word of a letter that its applicant may not read."""

SCHEME = "token"
ALWAYS = {
    401: "No token that opens this (`token-unknown`).",
    403: "The token may not do this (`token-may-not`).",
    429: "More questions than a minute has room for (`too-fast`); Retry-After says how long to wait.",
    503: "What is kept can't be reached just now (`out-of-reach`).",
}


PROBLEM = {
    "description": "",
    "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


class Door(NinjaAPI):
    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The function's own name: it says what is done, and to what."""
        return operation.view_func.__name__


api = Door(
    title="Vouchsafe",
    version=VERSION,
    description=ABOUT,
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
for part in (account, people, opportunities, requests, letters, packets):
    api.add_router("", part.router)
handle_problems(api)


@cache
def document() -> dict[str, Any]:
    """The document, made once a process."""
    made: dict[str, Any] = api.get_openapi_schema(path_prefix="api/v1/")
    made["servers"] = [{"url": settings.BASE_URL}]
    made["components"]["securitySchemes"] = {
        SCHEME: {
            "type": "http",
            "scheme": "bearer",
            "description": "Grants: " + ", ".join(f"`{one}`" for one in GRANTS),
        }
    }
    made["components"]["schemas"].update(_problem_schemas())
    grants = _grants()
    for path in made["paths"].values():
        for method, operation in path.items():
            grant = grants[operation["operationId"]]
            operation["security"] = [{SCHEME: [grant] if grant else []}]
            if grant:
                operation["description"] += f"\n\nNeeds the grant `{grant}`."
            _say_failures(operation)
            if method == "post":
                _say_repeats(operation)
    return made


def _grants() -> dict[str, str]:
    """What each operation asks of a token."""
    found = {}
    for bound in api._get_bound_routers():
        for view in bound.path_operations.values():
            for operation in view.operations:
                name = operation.operation_id or api.get_openapi_operation_id(operation)
                token = next(one for one in operation.auth_callbacks if isinstance(one, Token))
                found[name] = token.grant
    return found


def _problem_schemas() -> dict[str, Any]:
    made = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**made.pop("$defs"), "Problem": made}


def _say_failures(operation: dict[str, Any]) -> None:
    content = PROBLEM["content"]
    answers = operation["responses"]
    found = dict(ALWAYS)
    if any(one["in"] == "path" for one in operation["parameters"]) or operation["operationId"].endswith(
        "get_plan"
    ):
        found[404] = "Nothing is here, or it is not this account's (`not-here`)."
    if operation["parameters"] or "requestBody" in operation:
        found[422] = "The question is not as described (`not-as-described`); `errors` says where."
    if "requestBody" in operation:
        found[400] = "The body can't be read as JSON (`not-readable`)."
    if 409 in answers:
        found[409] = "Understood, and refused as things stand; `code` is the refusal's."
    for status, why in sorted(found.items()):
        answers[status] = {"description": why, "content": content}


def _say_repeats(operation: dict[str, Any]) -> None:
    operation["parameters"].append(PARAMETER)
    answers = operation["responses"]
    answers[201]["headers"] = {
        REPEATED: {"schema": {"type": "string", "const": "true"}, "description": "It was answered before."}
    }
    for status, more in (
        (400, "Or the Idempotency-Key can't be one (`idempotency-key-not-usable`)."),
        (409, "Or the same question is being answered now (`idempotency-key-busy`)."),
        (422, "Or the Idempotency-Key came with another question (`idempotency-key-taken`)."),
    ):
        was = answers.get(status, PROBLEM)
        answers[status] = {**was, "description": f"{was['description']} {more}".strip()}
