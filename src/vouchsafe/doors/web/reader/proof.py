"""How a reader's browser is known again: a signed cookie, set by a press on the page of the link.

It lasts for half a day, so that each sitting begins with a press, which is what is recorded. It holds no
right: access is asked again at every request.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from vouchsafe.core.clocks import SKEW
from vouchsafe.core.words import Refusal, msg
from vouchsafe.packets.access import ReaderVisit, reader_by_key

COOKIE = "__Host-vouchsafe-reader" if settings.HTTPS else "vouchsafe-reader"
SALT = "reader"
LIFE = timedelta(hours=12)
MOST = 20  # a cookie holds 4 kB; the oldest goes first


class ComeByYourLink(Exception):
    """This browser has not come in by a reader's link, or not lately, or before the link asked for a code.

    The same whether there is such a reader or not.
    """


class SignedInAsTheirOwnReader(Refusal):
    code = "signed-in-as-their-own-reader"
    msgid = msg("You are signed in here as {applicant}, the person these letters are about.")
    hint_msgid = msg("What is read on this page is recorded as the reader’s. Sign out if you are the reader.")


def readers_of(request: HttpRequest, now: datetime) -> dict[str, float]:
    """Every reader this browser came as, oldest first, with the time stamp until which that is believed."""
    try:
        kept = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LIFE)
    except signing.BadSignature:
        return {}
    first, last = (
        now.timestamp(),
        (now + LIFE + SKEW).timestamp(),
    )  # later ones are from before a clock was set back
    return {key: until for key, until in kept.items() if first < until <= last}


def visit_of(request: HttpRequest, key: str, now: datetime) -> ReaderVisit:
    """The visit of a browser that pressed Read. Without that there is only the way in, and so after a code was set since."""
    until = readers_of(request, now).get(key)
    if until is None:
        raise ComeByYourLink
    visit = reader_by_key(key, now)
    set_at = visit.reader.code_set_at
    if visit.reader.code_hash and set_at is not None and until < (set_at + LIFE).timestamp():
        raise ComeByYourLink
    return visit


def keep_proof(request: HttpRequest, response: HttpResponse, key: str, now: datetime) -> None:
    kept = readers_of(request, now)
    kept.pop(key, None)
    kept[key] = (now + LIFE).timestamp()
    response.set_cookie(
        COOKIE,
        signing.dumps(dict(list(kept.items())[-MOST:]), salt=SALT, compress=True),
        max_age=LIFE,
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )


def refuse_applicant(request: HttpRequest, visit: ReaderVisit) -> None:
    """The applicant is the first adversary: signed in as themselves they never read as their own reader."""
    owner = visit.reader.packet.owner
    if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.pk == owner.pk:
        raise SignedInAsTheirOwnReader(applicant=owner.name)
