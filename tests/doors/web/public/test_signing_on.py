"""Signing in at the organisation's own provider: the pages, and that an address opened by anybody else changes nothing."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.cache import cache
from django.core.management import call_command
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape
from tests.cast import Cast

from vouchsafe.adapters.sign_on import oidc
from vouchsafe.adapters.sign_on.fake import ISSUER, FakeProvider
from vouchsafe.doors.web.public import sign_on
from vouchsafe.doors.web.ui.sessions import RETURNS, let_return_write
from vouchsafe.ledger.models import Line
from vouchsafe.people.models import Account, SignOn

BEGIN = "/accounts/sign-on/oidc/"
BACK = "/accounts/sign-on/oidc/back"
OIDC: dict[str, Any] = {
    "issuer": ISSUER, "client_id": "vouchsafe", "secret": "s", "name": "Kestrel College",
    "domains": frozenset("*"), "authoritative": False, "joins": False,
}  # fmt: skip


@pytest.fixture
def provider(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeProvider]:
    call_command("createcachetable")
    cache.clear()
    oidc.forget()
    settings.SIGN_ON = {"oidc": dict(OIDC)}
    made = FakeProvider(now=timezone.now())
    monkeypatch.setattr(sign_on, "reach", made)
    yield made
    oidc.forget()


def leave(client: Client, **fields: str) -> str:
    page = client.post(BEGIN, fields)
    assert page.status_code == 200
    refresh = str(page["Refresh"])
    assert refresh.startswith(f"0; url={ISSUER}/authorize?")
    assert escape(refresh.removeprefix("0; url=")) in page.content.decode()
    return refresh.removeprefix("0; url=")


def come_back(client: Client, provider: FakeProvider, account: Account, then: str = "", **claims: Any) -> Any:
    there = leave(client, **({"next": then} if then else {}))
    told = {"email": account.email, "email_verified": True, "name": account.name, **claims}
    return client.get(BACK, provider.sign_in(there, **told))


def tables() -> str:
    whole = hashlib.sha256()
    for model in apps.get_models():
        for row in model._default_manager.order_by("pk").values_list():
            whole.update(repr([model._meta.db_table, row]).encode())
    return whole.hexdigest()


def test_round_signs_in_whom_the_provider_vouches_for(
    cast: Cast, client: Client, provider: FakeProvider
) -> None:
    answer = come_back(client, provider, cast.ada)
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    assert client.get("/")["Location"] == "/desk/"
    assert SignOn.objects.get().account == cast.ada
    page = client.get("/account/").content.decode()
    assert "Kestrel College signs you in here" in page
    assert "You stay signed in at your organisation" in client.get("/accounts/logout/").content.decode()


def test_session_is_a_new_one_once_signed_in(cast: Cast, client: Client, provider: FakeProvider) -> None:
    there = leave(client)
    before = client.cookies["vouchsafe"].value
    client.get(BACK, provider.sign_in(there, email=cast.ada.email, email_verified=True))
    assert client.cookies["vouchsafe"].value != before


def test_after_it_the_visitor_is_where_they_wanted_to_go(
    cast: Cast, client: Client, provider: FakeProvider
) -> None:
    assert come_back(client, provider, cast.ada, then="/people/")["Location"] == "/people/"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_after_it_nobody_is_led_to_another_house(
    cast: Cast, client: Client, provider: FakeProvider, elsewhere: str
) -> None:
    assert come_back(client, provider, cast.ada, then=elsewhere)["Location"] == "/desk/"


def test_same_address_opened_again_lets_nobody_in_and_leads_on_who_is_in(
    cast: Cast, client: Client, provider: FakeProvider
) -> None:
    back = provider.sign_in(leave(client), email=cast.ada.email, email_verified=True)
    assert client.get(BACK, back).status_code == 302
    assert client.get(BACK, back)["Location"] == "/desk/"
    client.post("/accounts/logout/")
    page = client.get(BACK, back)
    assert page.status_code == 409
    assert "was used already" in page.content.decode()


def test_round_is_answered_once_though_nobody_was_signed_in_by_it(
    cast: Cast, client: Client, provider: FakeProvider
) -> None:
    back = provider.sign_in(leave(client), email=cast.ada.email, email_verified=False)
    assert "has not made sure" in client.get(BACK, back).content.decode()
    asked = len(provider.asked)
    assert "was used already" in client.get(BACK, back).content.decode()
    assert len(provider.asked) == asked


def test_way_back_in_another_browser_changes_nothing_and_signs_nobody_in(
    cast: Cast, client: Client, provider: FakeProvider
) -> None:
    """Neither a scanner that opens it, nor somebody who was sent another's (login CSRF)."""
    back = provider.sign_in(leave(client), email=cast.ada.email, email_verified=True)
    others = (Client(), _signed_in(cast.eve))
    asked, before = len(provider.asked), tables()
    for other in others:
        for method in ("get", "head", "options"):
            getattr(other, method)(BACK, back)
        for wrong in ({}, {"state": "x", "code": "y"}, {**back, "state": ""}, {"error": "access_denied"}):
            other.get(BACK, wrong)
    assert len(provider.asked) == asked
    assert tables() == before
    assert Line.objects.filter(verb="signed_in_elsewhere").count() == 0
    assert client.get(BACK, back)["Location"] == "/desk/"


def _signed_in(account: Account) -> Client:
    browser = Client()
    browser.force_login(account)
    return browser


def test_looking_at_the_pages_changes_nothing(cast: Cast, client: Client, provider: FakeProvider) -> None:
    before = tables()
    for address in ("/accounts/login/", BEGIN, BACK, "/account/sign-ons/x/removal"):
        for method in ("get", "head", "options"):
            getattr(client, method)(address)
    assert tables() == before
    assert client.get(BEGIN).status_code == 405


def test_only_the_way_back_may_write_on_a_get(client: Client, db: None) -> None:
    """The one exception to “looking changes nothing”: two named views, and no other can ask for it."""
    assert {"sign_on_oidc_back", "sign_on_saml_back"} == RETURNS
    request = HttpRequest()
    request.resolver_match = client.get("/").resolver_match
    with pytest.raises(RuntimeError):
        let_return_write(request)


def test_beginnings_from_one_address_are_limited_as_a_campus_needs_and_no_further(
    client: Client, provider: FakeProvider, settings: Any
) -> None:
    assert settings.ACCOUNT_RATE_LIMITS["sign_on"] == "300/m/ip"
    settings.ACCOUNT_RATE_LIMITS = {"sign_on": "2/m/ip"}
    assert [client.post(BEGIN).status_code for _ in range(3)] == [200, 200, 429]


def test_returns_from_one_address_are_limited_before_anything_is_redeemed_or_used_up(
    cast: Cast, client: Client, provider: FakeProvider, settings: Any
) -> None:
    assert settings.ACCOUNT_RATE_LIMITS["sign_on_back"] == "300/m/ip"
    settings.ACCOUNT_RATE_LIMITS = {"sign_on_back": "1/m/ip"}
    other = Client()
    told = {"email": cast.ada.email, "email_verified": True}
    back = [provider.sign_in(leave(one), **told) for one in (client, other)]
    assert client.get(BACK, {"state": "guessed"}).status_code == 409, "what answers no round is not counted"
    assert client.get(BACK, back[0]).status_code == 302
    assert other.get(BACK, back[1]).status_code == 429
    cache.clear()
    assert other.get(BACK, back[1]).status_code == 302, "the round still waits"


def test_form_of_another_site_begins_nothing(provider: FakeProvider) -> None:
    assert Client(enforce_csrf_checks=True).post(BEGIN).status_code == 403


def test_sign_in_page_offers_it_first_and_under_the_same_policy(
    provider: FakeProvider, client: Client
) -> None:
    answer = client.get("/accounts/login/?next=/people/")
    page = answer.content.decode()
    assert page.index("Sign in with Kestrel College") < page.index("Send me a code")
    assert page.count('data-kind="primary"') == 1
    assert 'name="next" value="/people/"' in page
    left = client.post(BEGIN)
    for one in (answer, left):
        assert "form-action 'self'" in one["Content-Security-Policy"]
        assert one["Referrer-Policy"] == "no-referrer"


def test_where_none_is_set_nothing_of_it_shows_or_answers(cast: Cast, client: Client) -> None:
    page = client.get("/accounts/login/").content.decode()
    assert "organisation" not in page
    assert "sign-on" not in page
    for address in (BEGIN, BACK, "/accounts/sign-on/saml/"):
        assert client.post(address).status_code in {404, 405}
        assert client.get(address).status_code in {404, 405}
    browser = _signed_in(cast.ada)
    assert "organisation’s sign-in" not in browser.get("/account/").content.decode()


@pytest.mark.wide
def test_nothing_of_it_is_loaded_before_it_is_used() -> None:
    """Neither at start nor by the sign-in page of an instance that has none."""
    told = subprocess.run(
        [sys.executable, "-c", "import tests.settings, django, os, sys\n"
         "os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'\ndjango.setup()\n"
         "import vouchsafe.config.urls\n"
         "print([one for one in ('jwt', 'onelogin', 'xmlsec', 'vouchsafe.adapters.sign_on.oidc') if one in sys.modules])"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert told.stdout.strip() == "[]"


STOPS: dict[str, tuple[dict[str, Any], int, str]] = {
    "away": ({"away": True}, 503, "can’t be reached right now"),
    "another signature": ({"head": {"alg": "none"}}, 409, "could not be checked"),
    "no address": ({"claims": {"email": None}}, 409, "did not say which mail address is yours"),
    "address not checked": ({"claims": {"email_verified": False}}, 409, "has not made sure that"),
    "nobody": ({"claims": {"email": "who@nowhere.example"}}, 409, "Nobody here signs in with who@nowhere.example"),
    "clock": ({"claims": {"exp": 1_000_000_000}}, 409, "clock of Kestrel College disagree"),
}  # fmt: skip


@pytest.mark.parametrize("what", STOPS)
def test_round_that_fails_ends_on_a_calm_page(
    cast: Cast, client: Client, provider: FakeProvider, what: str
) -> None:
    bent, status, said = STOPS[what]
    there = leave(client)
    for name, value in bent.items():
        setattr(provider, name, value)
    oidc.forget()
    answer = client.get(BACK, provider.sign_in(there, email=cast.ada.email, email_verified=True))
    page = answer.content.decode()
    assert answer.status_code == status
    assert said in page
    assert 'href="/accounts/login/"' in page
    assert client.get("/").status_code == 200
    assert not SignOn.objects.exists()


def test_cancelling_at_the_provider_ends_on_a_calm_page(client: Client, provider: FakeProvider) -> None:
    state = provider.sign_in(leave(client))["state"]
    page = client.get(BACK, {"error": "access_denied", "error_description": "<b>no", "state": state})
    assert page.status_code == 409
    assert "Kestrel College did not sign you in" in page.content.decode()
    assert "<b>no" not in page.content.decode()


def test_leaving_for_a_provider_that_is_away_ends_on_a_calm_page(
    client: Client, provider: FakeProvider
) -> None:
    provider.away = True
    page = client.post(BEGIN)
    assert page.status_code == 503
    assert "can’t be reached right now" in page.content.decode()


def test_round_holds_for_ten_minutes(
    cast: Cast, client: Client, provider: FakeProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    back = provider.sign_in(leave(client), email=cast.ada.email, email_verified=True)
    later = timezone.now() + timedelta(seconds=601)
    monkeypatch.setattr("vouchsafe.doors.web.public.views.signing_on.time.time", later.timestamp)
    assert "too old" in client.get(BACK, back).content.decode()


def test_tabs_begun_side_by_side_all_come_back_and_few_are_kept(
    cast: Cast, client: Client, provider: FakeProvider
) -> None:
    begun = [leave(client) for _ in range(6)]
    assert len(client.session["sign-on-rounds"]) == 5
    told = {"email": cast.ada.email, "email_verified": True}
    assert client.get(BACK, provider.sign_in(begun[0], **told)).status_code == 409
    assert client.get(BACK, provider.sign_in(begun[2], **told)).status_code == 302


def test_way_back_of_one_person_counts_for_nobody_else_who_is_signed_in_meanwhile(
    cast: Cast, client: Client, provider: FakeProvider
) -> None:
    """An address that opens in another tab makes nobody somebody else, and leaves nothing of Dana in Eve's session."""
    Authenticator.objects.create(user=cast.dana, type="totp", data={"secret": "x"})
    back = provider.sign_in(leave(client), email=cast.dana.email, email_verified=True)
    client.force_login(cast.eve)
    before = tables()
    answer = client.get(BACK, back)
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    assert tables() == before
    assert "account_authentication_methods" not in client.session


def test_second_factor_is_asked_for_all_the_same(cast: Cast, client: Client, provider: FakeProvider) -> None:
    Authenticator.objects.create(user=cast.dana, type="totp", data={"secret": "x"})
    answer = come_back(client, provider, cast.dana, amr=["mfa", "hwk"], acr="https://refeds.org/profile/mfa")
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/office/")["Location"].startswith("/accounts/login/")


def test_office_without_a_second_factor_is_kept_from_its_pages(
    cast: Cast, client: Client, provider: FakeProvider, settings: Any
) -> None:
    settings.OFFICE_SECOND_FACTOR = True
    assert come_back(client, provider, cast.dana, amr=["mfa"])["Location"] == "/office/"
    assert client.get("/office/").status_code == 403


def test_who_came_by_it_may_do_what_asks_again(cast: Cast, client: Client, provider: FakeProvider) -> None:
    come_back(client, provider, cast.ada)
    assert client.post("/account/export").status_code == 200
    link = SignOn.objects.get()
    assert _signed_in(cast.eve).post(f"/account/sign-ons/{link.key}/removal").status_code == 404
    assert client.post(f"/account/sign-ons/{link.key}/removal")["Location"] == "/account/"
    assert not SignOn.objects.exists()


def test_closed_account_is_told_so(cast: Cast, client: Client, provider: FakeProvider) -> None:
    Account.objects.filter(pk=cast.ada.pk).update(is_active=False)
    page = come_back(client, provider, cast.ada)
    assert "This account is closed" in page.content.decode()
    assert client.get("/").status_code == 200
