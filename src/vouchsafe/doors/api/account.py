"""Whose token it is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from vouchsafe.doors.api.tokens import Token, token_of

router = Router(tags=["Account"])


class Me(Schema):
    """The holder of the token, and what the token may do."""

    key: str
    name: str
    role: str
    time_zone: str
    token_name: str
    grants: list[str]
    expires_at: datetime | None


@router.get("/me", response=Me, auth=Token(), summary="Get the token's holder")
def get_me(request: HttpRequest) -> Any:
    """Who let the program in, and what it may do. Every token opens this."""
    token = token_of(request)
    holder = token.account
    return {
        **{name: getattr(holder, name) for name in ("key", "name", "role", "time_zone")},
        "token_name": token.name,
        "grants": token.grants,
        "expires_at": token.expires_at,
    }
