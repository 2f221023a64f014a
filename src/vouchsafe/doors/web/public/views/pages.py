"""Pages that are the same for everyone, and files for machines."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.i18n import set_language

from vouchsafe.doors.web.ui.shells import KEYS_COOKIE, offered_languages, shell_of, start_of
from vouchsafe.people import access

YEAR = 60 * 60 * 24 * 365


@require_safe
def show_home(request: HttpRequest) -> HttpResponse:
    """What this is, for who is signed out; the desk or the office for who is signed in."""
    if request.user.is_authenticated:
        return redirect(start_of(request))
    instance = access.instance()
    facts = {"shell": shell_of(request), "instance": instance}
    return render(request, "public/pages/home.html", facts)


@require_safe
def show_privacy(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "public/pages/privacy.html",
        {"shell": shell_of(request), "personal": access.hosts_personally()},
    )


@require_safe
def show_accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "public/pages/accessibility.html", {"shell": shell_of(request)})


@require_safe
def show_help(request: HttpRequest) -> HttpResponse:
    return render(request, "public/pages/help.html", {"shell": shell_of(request)})


@require_http_methods(["GET", "HEAD", "POST"])
def edit_keys(request: HttpRequest) -> HttpResponse:
    """The map of the keys. A press switches the single ones on or off in this browser (WCAG 2.1.4)."""
    if request.method != "POST":
        keys_on = request.COOKIES.get(KEYS_COOKIE) != "off"
        return render(request, "public/pages/keys.html", {"shell": shell_of(request), "keys_on": keys_on})
    answer = redirect("keys")
    answer.set_cookie(
        KEYS_COOKIE,
        "off" if request.POST.get("keys") == "off" else "on",
        max_age=YEAR,
        samesite="Lax",
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
    )
    return answer


@require_safe
def show_languages(request: HttpRequest) -> HttpResponse:
    wanted = request.GET.get("next", "")
    back = wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else "/"
    facts = {"shell": shell_of(request), "languages": offered_languages(), "back": back}
    return render(request, "public/pages/languages.html", facts)


@require_POST
def edit_language(request: HttpRequest) -> HttpResponse:
    """Keep the language in a cookie of this browser and go back to the page it was asked on."""
    if request.POST.get("language", "") not in dict(offered_languages()):
        return redirect("languages")
    answer: HttpResponse = set_language(request)
    return answer


@require_safe
@cache_control(public=True, max_age=86_400)
def show_robots(request: HttpRequest) -> HttpResponse:
    """Nothing here is for search engines: pages hold capabilities and private words."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=86_400)
def show_security_contact(request: HttpRequest) -> HttpResponse:
    """RFC 9116. The date is moved on by serving it: whoever serves still reads that mailbox."""
    expires = (timezone.now() + timedelta(days=180)).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = (
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        f"Canonical: {settings.BASE_URL}/.well-known/security.txt",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
