"""Signing in at an organisation's own provider: leaving for it by a press, and coming back.

Coming back is the one GET that writes: see `ui/sessions.py`.
"""

from __future__ import annotations

import json
import logging
import time
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from typing import Any, cast

from allauth.account.utils import get_next_redirect_url
from allauth.decorators import rate_limit
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from vouchsafe.adapters.sign_on.refusals import ProviderAway, SignOnStopped
from vouchsafe.core.sign_on import Arrival, Trust
from vouchsafe.core.words import Refusal, msg
from vouchsafe.doors.web.public.views.entering import let_in
from vouchsafe.doors.web.ui.sessions import let_return_write
from vouchsafe.doors.web.ui.shells import plain_shell, start_of
from vouchsafe.ledger import custody
from vouchsafe.people.actions.arrive_by_sign_on import arrive_by_sign_on

log = logging.getLogger("vouchsafe.sign_on")
ROUNDS = "sign-on-rounds"
CAME_BY = "sign-on-came-by"
ROUND_SECONDS = 600
MAX_ROUNDS = 5
CARRIED = "sign-on-arrival"
CARRIED_SECONDS = 120

View = Callable[..., HttpResponse]


class SignOnOver(Refusal):
    code = "sign-on-over"
    msgid = msg("This sign-in was used already, is too old, or was begun in another browser.")
    hint_msgid = msg("Begin it again from the sign-in page.")


def where_set(kind: str) -> Callable[[View], View]:
    """Nothing answers where no such provider is set."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if kind not in settings.SIGN_ON:
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return guard


@require_POST
@rate_limit(action="sign_on")  # type: ignore[untyped-decorator]  # allauth is untyped
def create_sign_on(request: HttpRequest, kind: str) -> HttpResponse:
    """Begin a round: what must come back goes into the session, and the visitor to the provider.

    By a page that leads on rather than a redirect: browsers hold a form's redirects to `form-action`, and a
    provider may lead on to hosts that nobody here knows.
    """
    if kind not in settings.SIGN_ON:
        raise Http404
    if request.user.is_authenticated:
        return redirect(start_of(request))
    try:
        there, state, kept = BEGIN[kind](request)
    except SignOnStopped as refusal:
        return _stopped(request, kind, refusal)
    rounds = dict(list(_rounds(request).items())[1 - MAX_ROUNDS :])
    rounds[state] = {
        **kept,
        "kind": kind,
        "at": int(time.time()),
        "next": get_next_redirect_url(request) or "",
    }
    request.session[ROUNDS] = rounds
    facts = {"shell": plain_shell(request), "provider": settings.SIGN_ON[kind]["name"], "there": there}
    page = render(request, "public/ways/sign_on_leaving.html", facts)
    page["Refresh"] = f"0; url={there}"
    return page


def begin_oidc(request: HttpRequest) -> tuple[str, str, dict[str, Any]]:
    from vouchsafe.adapters.sign_on import oidc
    from vouchsafe.doors.web.public import sign_on

    there, one = oidc.begin(sign_on.oidc_client(), now=timezone.now(), wire=sign_on.reach)
    return there, one.state, {"nonce": one.nonce, "verifier": one.verifier}


def begin_saml(request: HttpRequest) -> tuple[str, str, dict[str, Any]]:
    from vouchsafe.adapters.sign_on import saml
    from vouchsafe.doors.web.public import sign_on

    there, request_id = saml.begin(sign_on.service_provider(), now=timezone.now(), wire=sign_on.reach)
    return there, request_id, {}


BEGIN = {"oidc": begin_oidc, "saml": begin_saml}


@require_GET
@where_set("oidc")
def show_oidc_back(request: HttpRequest) -> HttpResponse:
    """Back from an OpenID provider. Nothing is written, a count neither, unless this browser began the round that it answers."""
    state = request.GET.get("state", "")
    if _round(request, "oidc", state) is None:
        return _over(request, "oidc")
    answer: HttpResponse = _redeem(request, state)
    return answer


@rate_limit(action="sign_on_back", limit_get=True)  # type: ignore[untyped-decorator]  # allauth is untyped
def _redeem(request: HttpRequest, state: str) -> HttpResponse:
    """A round that is answered, once: the provider is asked who that was. Counted before the round is used up."""
    from vouchsafe.adapters.sign_on import oidc
    from vouchsafe.doors.web.public import sign_on

    kept = _take_round(request, "oidc", state)
    if kept is None:
        return _over(request, "oidc")
    one = oidc.Round(state=state, nonce=kept["nonce"], verifier=kept["verifier"])
    try:
        arrival = oidc.redeem(
            sign_on.oidc_client(), one, request.GET.dict(), now=timezone.now(), wire=sign_on.reach
        )
    except SignOnStopped as refusal:
        return _stopped(request, "oidc", refusal)
    return _arrive(request, "oidc", arrival, kept["next"])


@require_GET
@where_set("saml")
def show_saml_metadata(_request: HttpRequest) -> HttpResponse:
    """What the provider must know of us."""
    from vouchsafe.adapters.sign_on import saml
    from vouchsafe.doors.web.public import sign_on

    return HttpResponse(
        saml.describe(sign_on.service_provider()), content_type="application/samlmetadata+xml"
    )


@csrf_exempt
@require_POST
@where_set("saml")
@rate_limit(action="sign_on_back")  # type: ignore[untyped-decorator]  # allauth is untyped
def create_saml_answer(request: HttpRequest) -> HttpResponse:
    """What the provider has the browser post. It comes from another site, so without our cookies.

    Nothing is written but a count for the limit: what was signed is checked, and goes on with the browser, encrypted, to the page that has them.
    """
    from vouchsafe.adapters.sign_on import saml
    from vouchsafe.doors.web.public import sign_on

    posted = request.POST.get("SAMLResponse", "")
    try:
        answer = saml.read_answer(sign_on.service_provider(), posted, now=timezone.now(), wire=sign_on.reach)
    except SignOnStopped as refusal:
        return _stopped(request, "saml", refusal)
    carried = json.dumps(
        {"round": answer.request_id, "at": int(time.time()), "arrival": asdict(answer.arrival)}
    )
    page = HttpResponseRedirect(reverse("sign_on_saml_back"))
    page.status_code = 303
    page.set_cookie(
        _carrier(),
        b64encode(custody.encrypt(carried.encode(), context=CARRIED)).decode("ascii"),
        max_age=CARRIED_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )
    return page


@require_GET
@where_set("saml")
def show_saml_back(request: HttpRequest) -> HttpResponse:
    """Back from a SAML provider, now with our cookies. Nothing is written unless this browser made the request."""
    carried = _carried(request)
    kept = _take_round(request, "saml", carried["round"]) if carried else None
    if carried is None or kept is None:
        return _over(request, "saml")
    page = _arrive(request, "saml", Arrival(**carried["arrival"]), kept["next"])
    page.delete_cookie(_carrier(), samesite="Lax")
    return page


def _carrier() -> str:
    return "__Host-vouchsafe-arrival" if settings.SESSION_COOKIE_SECURE else "vouchsafe-arrival"


def _carried(request: HttpRequest) -> dict[str, Any] | None:
    """What the answer told, from the cookie that only we can have made, a moment ago."""
    try:
        sealed = b64decode(request.COOKIES.get(_carrier(), ""), validate=True)
        carried: dict[str, Any] = json.loads(custody.decrypt(sealed, context=CARRIED))
    except (ValueError, KeyError):
        return None
    return carried if time.time() - carried["at"] < CARRIED_SECONDS else None


def _rounds(request: HttpRequest) -> dict[str, dict[str, Any]]:
    """The rounds that this browser began lately and that nothing has answered."""
    lately = time.time() - ROUND_SECONDS
    rounds = cast("dict[str, dict[str, Any]]", request.session.get(ROUNDS, {}))
    return {state: kept for state, kept in rounds.items() if kept["at"] > lately}


def _round(request: HttpRequest, kind: str, state: str) -> dict[str, Any] | None:
    """The round that was answered; none for whoever is signed in meanwhile.

    Else an address that opens in another tab would turn whoever is in into somebody else, unasked.
    """
    if request.user.is_authenticated:
        return None
    kept = _rounds(request).get(state)
    return kept if kept is not None and kept["kind"] == kind else None


def _take_round(request: HttpRequest, kind: str, state: str) -> dict[str, Any] | None:
    """The same, and nothing can answer it again."""
    kept = _round(request, kind, state)
    if kept is None:
        return None
    let_return_write(request)
    request.session[ROUNDS] = {name: one for name, one in _rounds(request).items() if name != state}
    return kept


def _arrive(request: HttpRequest, kind: str, arrival: Arrival, then: str) -> HttpResponse:
    facts = settings.SIGN_ON[kind]
    trust = Trust(**{name: facts[name] for name in ("domains", "authoritative", "joins")})
    try:
        account = arrive_by_sign_on(arrival=arrival, trust=trust, now=timezone.now())
    except Refusal as refusal:
        return _stopped(request, kind, refusal)
    request.session[CAME_BY] = kind
    return let_in(request, account, method="sign_on", then=then)


def _over(request: HttpRequest, kind: str) -> HttpResponse:
    """An address opened twice, by the back button or by somebody else's browser."""
    if request.user.is_authenticated:
        return redirect(start_of(request))
    return _stopped(request, kind, SignOnOver())


def _stopped(request: HttpRequest, kind: str, refusal: Refusal) -> HttpResponse:
    """Nobody is signed in: why, in a sentence, and the ways that are left."""
    log.warning("sign-on by %s ended: %s %s", kind, refusal.code, getattr(refusal, "why", ""))
    facts = {
        "shell": plain_shell(request),
        "refusal": refusal,
        "kind": kind,
        "provider": settings.SIGN_ON[kind]["name"],
    }
    status = 503 if isinstance(refusal, ProviderAway) else 409
    return render(request, "public/ways/sign_on_stopped.html", facts, status=status)
