"""Who asks: the holder of the token that a program shows, and only what that token may."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from vouchsafe.core.grants import OFFICE
from vouchsafe.doors.api.pace import A_MINUTE, UNKNOWN_A_MINUTE, takes_place, visitor_of
from vouchsafe.doors.api.problems import TokenMayNot, TooFast
from vouchsafe.people.access import NotHere
from vouchsafe.people.access_programs import program_token
from vouchsafe.people.actions.note_token_use import note_token_use

if TYPE_CHECKING:
    from vouchsafe.people.models import Account, ProgramToken


class Token(HttpBearer):
    """A bearer token with one grant; without a name any token will do. Cookies open nothing here."""

    def __init__(self, grant: str = "") -> None:
        self.grant = grant
        super().__init__()

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        now = timezone.now()
        try:
            found = program_token(token, now)
        except NotHere:
            if not takes_place(f"unknown:{visitor_of(request)}", now, UNKNOWN_A_MINUTE):
                raise TooFast(most=UNKNOWN_A_MINUTE) from None
            return None
        if not takes_place(found.key, now, A_MINUTE):
            raise TooFast(most=A_MINUTE)
        # The office's grant counts while its holder runs the office, and no longer.
        if self.grant and not (
            found.allows(self.grant) and (self.grant not in OFFICE or found.account.runs_office)
        ):
            raise TokenMayNot(grant=self.grant)
        note_token_use(token=found, now=now)
        return found


def token_of(request: HttpRequest) -> ProgramToken:
    return cast("ProgramToken", request.auth)  # type: ignore[attr-defined]  # set by ninja


def holder_of(request: HttpRequest) -> Account:
    return token_of(request).account
