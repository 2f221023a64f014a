"""How a writer's browser is known again: a signed cookie, one entry a request, set by a press and never by a visit.

A token in an address is traded for it, so the address bar, the history and a referrer no longer hold a secret.
It lives in a cookie and not in a session, so that showing a page reads and writes no session row.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from vouchsafe.asks.access import Visit, visit_by_proof
from vouchsafe.core.clocks import SKEW
from vouchsafe.core.words import Refusal, msg
from vouchsafe.people.access import NotHere
from vouchsafe.people.actions.keep_language import keep_language

COOKIE = "__Host-vouchsafe-writer" if settings.HTTPS else "vouchsafe-writer"
SALT = "writer"
LIFE = timedelta(days=30)
READING = timedelta(minutes=10)
DESK = timedelta(hours=12)  # how long one goes on with a draft that holds sealed words
MOST = 40  # a cookie holds 4 kB; the oldest entry goes first


class SignedInAsApplicant(Refusal):
    code = "signed-in-as-applicant"
    msgid = msg("You are signed in here as {applicant}, the person this letter is about.")
    hint_msgid = msg("What happens on this page is the writer’s alone. Sign out if you are the writer.")


@dataclass(frozen=True, slots=True)
class Proof:
    """What one browser has proved about one request. `reads_until` is a time stamp, 0 for never.

    `code_at` is when it took a code for sealed words. Sealing here moves the first and never the second, and
    `sealed` names the one letter that it then opens.
    """

    mailbox: str
    proven_by: str
    reads_until: float = 0.0
    code_at: float = 0.0
    sealed: str = ""


def proofs_of(request: HttpRequest) -> dict[str, Proof]:
    """Every proof in the browser's cookie, oldest first; a cookie that was changed or is old holds none."""
    try:
        plain = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LIFE)
    except signing.BadSignature:
        return {}
    return {key: Proof(*parts) for key, parts in plain.items()}


def visit_of(request: HttpRequest, key: str, letter: str = "") -> Visit:
    """The visit of a browser that came back, at a letter if one is named. Without a proof there is nothing here."""
    proof = proofs_of(request).get(key)
    if proof is None:
        raise NotHere(key)
    visit = visit_by_proof(key, proof.mailbox, proof.proven_by)
    now = timezone.now().timestamp()
    took_code = _holds(proof.code_at, READING, now)
    sealed_at = proof.reads_until - READING.total_seconds()
    sealed = proof.sealed if _holds(sealed_at, READING, now) and not took_code else ""
    return replace(
        visit,
        has_code=visit.is_proven and (took_code or bool(sealed)),
        sealed_here=sealed,
        took_code=visit.is_proven and took_code,
        works_here=visit.is_proven and _holds(proof.code_at, DESK, now),
        at=letter,
    )


def _holds(since: float, long: timedelta, now: float) -> bool:
    """What lies in the future was proved before the clock was set back, and holds no longer than it would have."""
    return -SKEW.total_seconds() <= now - since < long.total_seconds()


def keep_proof(
    request: HttpRequest,
    response: HttpResponse,
    visit: Visit,
    *,
    reads_until: float = 0.0,
    code_at: float = 0.0,
    sealed: str = "",
) -> None:
    """Remember a visit in the browser. A handed-over link never takes away what a mailed one has proved."""
    kept = proofs_of(request)
    before = kept.pop(visit.request.key, None)
    fresh = Proof(visit.mailbox, visit.proven_by, reads_until, code_at, sealed)
    if before is not None and before.proven_by and not visit.is_proven:
        fresh = before
    elif before is not None and before.mailbox == visit.mailbox and not code_at:
        fresh = replace(fresh, code_at=before.code_at)  # what this browser took stays taken for its time
    kept[visit.request.key] = fresh
    newest: dict[str, Any] = {
        key: [proof.mailbox, proof.proven_by, proof.reads_until, proof.code_at, proof.sealed]
        for key, proof in list(kept.items())[-MOST:]
    }
    if visit.is_proven:
        keep_language(mailbox=visit.mailbox, language=get_language() or settings.LANGUAGE_CODE)
    response.set_cookie(
        COOKIE,
        signing.dumps(newest, salt=SALT, compress=True),
        max_age=LIFE,
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )


def refuse_applicant(request: HttpRequest, visit: Visit) -> None:
    """The applicant is the first adversary: signed in as themselves they never act as their own writer."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.pk == visit.request.contact.owner_id:
        raise SignedInAsApplicant(applicant=visit.request.contact.owner.name)
