"""Over every route of the public and office pages, and all of allauth's: looking changes nothing, and is safe."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.template.loader import get_template
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.cast import Cast

import vouchsafe
from vouchsafe.doors.web.public import urls as public_urls
from vouchsafe.doors.web.ui.headers import POLICY
from vouchsafe.ledger import custody, outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.people import access
from vouchsafe.people.actions.invite_person import invite_person
from vouchsafe.people.actions.make_sign_in_link import make_sign_in_link

SAFE = ("GET", "HEAD", "OPTIONS")


def routes(patterns: list[URLPattern | URLResolver], before: str = "/") -> Iterator[str]:
    for each in patterns:
        path = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each.url_patterns, path)
        else:
            yield path


def own_routes() -> list[str]:
    office = [each for each in get_resolver().url_patterns if getattr(each, "app_name", "") == "office"]
    assert len(office) == 1
    found = [*routes(public_urls.urlpatterns), *routes(office)]
    found.remove(
        "/office/mails/<slug:slug>/<slug:look>"
    )  # a mail as it looks, no page of ours: test_routes.py
    assert len(found) > 45
    return found


def with_real_values(path: str, cast: Cast) -> str:
    """Put live tokens and keys into a route; a placeholder nobody knows fails."""
    now = timezone.now()
    if "<str:token>" in path:
        if path.startswith("/enter/"):
            return path.replace("<str:token>", make_sign_in_link(account=cast.ada, by="command", now=now))
        if path.startswith("/set-up/"):
            return path.replace("<str:token>", access.set_up_token())
        invite_person(by=cast.dana, email="n@example.org", role="adviser", instance_name="Kestrel", now=now)
        link = outbox.read(Outgoing.objects.filter(kind="invitation").latest("id")).links["page_url"]
        assert isinstance(link, outbox.TokenLink)
        token = custody.token(link.purpose, link.key, link.n, link.generation)
        return path.replace("<str:token>", token)
    key = Authenticator.objects.filter(user=cast.dana, type="webauthn").values_list("pk", flat=True).first()
    for hole, value in (
        ("<slug:purpose>", "sign-in"),
        ("<slug:name>", "0" * 40),
        ("<slug:key>", cast.ada.key),
        ("<str:key>", cast.ada.key),
        ("<str:letter_key>", cast.ada.key),
        ("<slug:seat_key>", cast.ada.key),
        ("<int:number>", "1"),
        ("<slug:slug>", "ask"),
        ("<slug:kind>", "oidc"),
        ("<int:pk>", str(key or 1)),
    ):
        path = path.replace(hole, value)
    assert "<" not in path, path
    return path


def all_rows() -> str:
    told = hashlib.sha256()
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names()):
            cursor.execute(f'SELECT * FROM "{table}"')
            told.update(f"{table}{sorted(map(repr, cursor.fetchall()))}".encode())
    return told.hexdigest()


@pytest.fixture
def keys_of_dana(cast: Cast) -> Cast:
    """Dana has everything allauth can show: an app, recovery codes, a password, a proved address."""
    cache.clear()
    TOTP.activate(cast.dana, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(cast.dana)
    cast.dana.set_password("three quiet lamps burning")
    cast.dana.save()
    EmailAddress.objects.create(user=cast.dana, email=cast.dana.email, verified=True, primary=True)
    return cast


def visitors(cast: Cast) -> Iterator[tuple[str, Client]]:
    yield "signed out", Client()
    for name in ("ada", "eve", "dana"):
        client = Client()
        client.force_login(getattr(cast, name))
        yield name, client
    halfway = Client()  # has asked for a code and not typed it yet
    assert halfway.post("/accounts/login/", {"login": cast.ada.email}).status_code == 302
    yield "halfway", halfway
    second = Client()  # has typed a password, and the second factor is due
    facts = {"login": cast.dana.email, "password": "three quiet lamps burning"}
    assert second.post("/accounts/login/password/", facts)["Location"] == "/accounts/2fa/authenticate/"
    yield "second factor due", second


def answers(cast: Cast) -> Iterator[tuple[str, str, HttpResponse]]:
    """What each of them is answered at each path; looking changes nothing, so they stay who they are."""
    paths = [with_real_values(path, cast) for path in own_routes()]
    for who, client in visitors(cast):
        for path in paths:
            cache.clear()
            yield who, path, client.get(path)


def test_looking_changes_no_row_whoever_looks(keys_of_dana: Cast) -> None:
    paths = [with_real_values(path, keys_of_dana) for path in own_routes()]

    def look(who: str, client: Client) -> Iterator[tuple[str, str, str]]:
        for path in paths:
            for method in SAFE:
                assert client.generic(method, path).status_code < 500, (who, method, path)
                yield who, method, path

    for who, client in visitors(keys_of_dana):
        before = all_rows()
        for _ in look(who, client):
            pass
        if all_rows() != before:
            before = all_rows()
            for step in look(who, client):  # find out where
                assert all_rows() == before, step
            pytest.fail(f"{who} changed something, once")


def test_every_answer_carries_the_safety_headers(keys_of_dana: Cast) -> None:
    for who, path, answer in answers(keys_of_dana):
        assert answer["Content-Security-Policy"] == POLICY, (who, path)
        assert answer["Referrer-Policy"] == "no-referrer", (who, path)
        assert answer["X-Content-Type-Options"] == "nosniff", (who, path)
        assert answer["X-Frame-Options"] == "DENY", (who, path)
        assert "noindex" in answer["X-Robots-Tag"], (who, path)
        public = path in ("/robots.txt", "/.well-known/security.txt")
        assert ("public" if public else "no-store") in answer["Cache-Control"], (who, path)


def test_every_page_is_ours_and_runs_nothing_inline(keys_of_dana: Cast) -> None:
    seen = 0
    for who, path, answer in answers(keys_of_dana):
        if answer.status_code in (302, 405) or "html" not in answer["Content-Type"]:
            continue
        text = answer.content.decode()
        assert 'class="top_bar"' in text, (who, path)
        assert text.count("<h1") == 1, (who, path)
        assert " style=" not in text, (who, path)
        for script in text.split("<script")[1:]:
            assert " src=" in script.split(">", 1)[0], (who, path)
        seen += 1
    assert seen > 100


def test_every_page_of_allauth_that_can_be_reached_is_one_of_ours() -> None:
    """allauth names templates; each of its views' finds ours first."""
    package = str(Path(vouchsafe.__file__).parent)
    names = set()

    def walk(patterns: list[URLPattern | URLResolver]) -> None:
        for each in patterns:
            if isinstance(each, URLResolver):
                walk(each.url_patterns)
            else:
                view = getattr(each.callback, "view_class", None)
                name = getattr(view, "template_name", None)
                if name and name.endswith(".html"):
                    names.add(name)

    walk(public_urls.urlpatterns)
    assert len(names) > 25
    for name in sorted(names):
        assert str(get_template(name).origin.name).startswith(package), name


def test_a_session_is_named_by_a_hash_and_gone_after_signing_out(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.ada)
    cookie = client.cookies["vouchsafe"].value
    assert client.get("/")["Location"] == "/desk/"
    assert not Session.objects.filter(session_key=cookie).exists()
    assert client.post("/accounts/logout/").status_code == 302
    assert not Session.objects.exists()
    client.cookies["vouchsafe"] = cookie
    assert client.get("/").status_code == 200


def test_secrets_of_second_factors_are_encrypted(keys_of_dana: Cast) -> None:
    kept = " ".join(str(row) for row in Authenticator.objects.values_list("data", flat=True))
    assert "JBSWY3DPEHPK3PXP" not in kept
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert len(codes) == 10
    assert not any(code in kept for code in codes)


def test_app_is_added_by_a_press_then_a_code(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    EmailAddress.objects.create(user=cast.ada, email=cast.ada.email, verified=True, primary=True)
    ada = Client()
    ada.force_login(cast.ada)
    path = "/accounts/2fa/totp/activate/"
    assert "Show me the picture" in ada.get(path).content.decode()
    assert ada.post(path, {"begin": "1"})["Location"] == path
    first, again = (ada.get(path).content.decode() for _ in range(2))
    secret = first.split('data-copy="')[1].split('"')[0]
    assert f'data-copy="{secret}"' in again
    now = list(yield_hotp_counters_from_time())
    code = format_hotp_value(hotp_value(secret, now[len(now) // 2]))
    with django_capture_on_commit_callbacks(execute=True):
        assert ada.post(path, {"code": code})["Location"] == "/accounts/2fa/recovery-codes/"
    assert Authenticator.objects.filter(user=cast.ada, type="totp").exists()
    note = outbox.read(Outgoing.objects.filter(kind="account_note").earliest("id"))
    assert (note.to_address, note.facts["what"]) == (cast.ada.email, "totp_activated")


def test_reset_of_a_password_never_skips_the_second_factor(keys_of_dana: Cast) -> None:
    client = Client()
    client.post("/accounts/password/reset/", {"email": keys_of_dana.dana.email})
    code = outbox.read(Outgoing.objects.filter(kind="sign_in_code").latest("id")).facts["code"]
    assert client.post("/accounts/password/reset/confirm/", {"code": code})["Location"].endswith("complete/")
    new = {"password1": "four quiet lamps burning", "password2": "four quiet lamps burning"}
    assert client.post("/accounts/password/reset/complete/", new).status_code == 302
    assert client.get("/").status_code == 200  # still out
    login = {"login": keys_of_dana.dana.email, "password": "four quiet lamps burning"}
    assert client.post("/accounts/login/password/", login)["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/").status_code == 200
    assert client.get("/office/")["Location"].startswith("/accounts/login/")


def test_change_of_address_counts_once_the_code_came_back(cast: Cast) -> None:
    EmailAddress.objects.create(user=cast.ada, email=cast.ada.email, verified=True, primary=True)
    ada = Client()
    ada.force_login(cast.ada)
    answer = ada.post("/accounts/email/", {"email": "ada.marsh@example.net", "action_add": "1"})
    assert answer["Location"] == "/accounts/confirm-email/"
    code = outbox.read(Outgoing.objects.filter(kind="sign_in_code").latest("id")).facts["code"]
    cast.ada.refresh_from_db()
    assert cast.ada.email == "ada@example.org"
    ada.post("/accounts/confirm-email/", {"code": code})
    cast.ada.refresh_from_db()
    assert cast.ada.email == "ada.marsh@example.net"
    assert access.own_addresses(cast.ada) == ("ada.marsh@example.net",)


def test_errors_say_what_to_do_without_a_database(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.test import RequestFactory

    from vouchsafe.doors.web.public.views import errors

    request = RequestFactory().get("/")
    with connection.execute_wrapper(_no_database):
        for view, status in (
            (errors.show_fault, 500),
            (errors.show_bad_request, 400),
            (errors.show_csrf_failure, 403),
        ):
            answer = view(request)
            assert answer.status_code == status
            assert b"<h1" in answer.content
            assert b"Traceback" not in answer.content


def _no_database(*_: object) -> None:
    raise AssertionError("an error page asked the database")


def test_stale_form_says_that_nothing_was_sent(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/accounts/login/", {"login": cast.ada.email})
    assert answer.status_code == 403
    assert "open for too long" in answer.content.decode()
    assert not Outgoing.objects.exists()


def test_health_robots_and_security_contact_are_plain(client: Client, db: None) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ok", "database": True}
    assert client.get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"
    told = client.get("/.well-known/security.txt").content.decode()
    assert told.startswith("Contact: mailto:")
    assert "Expires: " in told


def test_health_says_trouble_when_the_database_is_away(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import OperationalError

    def away(*_: object) -> None:
        raise OperationalError("gone")

    with connection.execute_wrapper(away):
        alive, answer = client.get("/healthz"), client.get("/readyz")
    assert alive.status_code == 200  # alive all the same: starting it anew would not bring the database back
    assert answer.status_code == 503
    assert answer.json() == {"status": "trouble", "database": False}


def test_single_keys_can_be_switched_off(cast: Cast) -> None:
    ada = Client()
    ada.force_login(cast.ada)
    assert 'href="/help/keys"' in ada.get("/help/").content.decode()
    assert "Switch single keys off" in ada.get("/help/keys").content.decode()
    assert ada.post("/help/keys", {"keys": "off"}).status_code == 302
    assert "Switch single keys on" in ada.get("/help/keys").content.decode()
