"""How a reader's browser is known again: a signed cookie, set by a press on the page of the link.

It lasts for half a day, so that each sitting begins with a press, which is what is recorded. It holds no
right: access is asked again at every request.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from vouchsafe.core.clocks import SKEW
from vouchsafe.core.words import Refusal, msg
from vouchsafe.packets.access import ReaderVisit, reader_by_key

if TYPE_CHECKING:
    from vouchsafe.packets.models import Reader, Seat
    from vouchsafe.people.models import Account

LIFE = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class ProofCookie:
    """A signed cookie that says as whom a browser came in, each with the time stamp until which that is believed."""

    name: str
    most: int
    """A cookie holds 4 kB; the oldest goes first."""

    @property
    def cookie(self) -> str:
        return f"{'__Host-' if settings.HTTPS else ''}vouchsafe-{self.name}"

    def keys_of(self, request: HttpRequest, now: datetime) -> dict[str, float]:
        """Oldest first. One that ends later than any given now could is from before a clock was set back."""
        try:
            kept = signing.loads(request.COOKIES.get(self.cookie, ""), salt=self.name, max_age=LIFE)
        except signing.BadSignature:
            return {}
        first, last = now.timestamp(), (now + LIFE + SKEW).timestamp()
        return {key: until for key, until in kept.items() if first < until <= last}

    def keep(self, request: HttpRequest, response: HttpResponse, key: str, now: datetime) -> None:
        kept = self.keys_of(request, now)
        kept.pop(key, None)
        kept[key] = (now + LIFE).timestamp()
        response.set_cookie(
            self.cookie,
            signing.dumps(dict(list(kept.items())[-self.most :]), salt=self.name, compress=True),
            max_age=LIFE,
            httponly=True,
            samesite="Lax",
            secure=settings.HTTPS,
        )


READER_COOKIE = ProofCookie("reader", most=20)


class ComeByYourLink(Exception):
    """This browser has not come in by a reader's link, or not lately, or before the link asked for a code.

    The same whether there is such a reader or not.
    """


class SignedInAsTheirOwnReader(Refusal):
    code = "signed-in-as-their-own-reader"
    msgid = msg("You are signed in here as {applicant}, the person these letters are about.")
    hint_msgid = msg("What is read on this page is recorded as the reader’s. Sign out if you are the reader.")


def visit_of(request: HttpRequest, key: str, now: datetime) -> ReaderVisit:
    """The visit of a browser that pressed Read. Without that there is only the way in, and so after a code was set since."""
    until = READER_COOKIE.keys_of(request, now).get(key)
    if until is None:
        raise ComeByYourLink
    visit = reader_by_key(key, now)
    demand_after_code(visit.reader, until)
    return visit


def demand_after_code(way_in: Reader | Seat, until: float) -> None:
    """Who came in before a code was set has to come in again, and give it."""
    set_at = way_in.code_set_at
    if way_in.code_hash and set_at is not None and until < (set_at + LIFE).timestamp():
        raise ComeByYourLink


def refuse_applicant(request: HttpRequest, applicant: Account) -> None:
    """The applicant is the first adversary: signed in as themselves they never read as their own reader."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.pk == applicant.pk:
        raise SignedInAsTheirOwnReader(applicant=applicant.name)
