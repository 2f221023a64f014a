"""The whole round in a browser, with providers that other people make: Canaille (OpenID Connect), SimpleSAMLphp (SAML)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect
from tests.cast import Cast
from tests.identity import PASSWORD, Provider, canaille, simplesamlphp

from vouchsafe.adapters.sign_on import oidc, saml
from vouchsafe.ledger.models import Line
from vouchsafe.people.models import Account, SignOn

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop in this thread
pytestmark = pytest.mark.wide
SLOW = 30_000  # through two servers and several redirects, on a machine that is busy with other things


@pytest.fixture
def base(live_server: Any, settings: Any, transactional_db: None) -> str:
    settings.BASE_URL = live_server.url.replace("127.0.0.1", "localhost")
    cache.clear()
    return str(settings.BASE_URL)


@pytest.fixture
def page(chromium: Browser, base: str) -> Iterator[Page]:
    context = chromium.new_context(base_url=base, locale="en-GB")
    yield context.new_page()
    context.close()


@pytest.fixture
def canaille_at(base: str) -> Iterator[Provider]:
    with canaille(f"{base}/accounts/sign-on/oidc/back") as provider:
        yield provider


@pytest.fixture
def college(canaille_at: Provider, settings: Any) -> Iterator[Provider]:
    settings.SIGN_ON = {
        "oidc": {
            "issuer": canaille_at.address, "client_id": "vouchsafe", "secret": "a secret of the tests",
            "name": "Kestrel College", "domains": frozenset({"example.org"}), "authoritative": True, "joins": False,
        }
    }  # fmt: skip
    oidc.forget()
    yield canaille_at
    oidc.forget()


def leave(page: Page) -> None:
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with Kestrel College").click()


def at_canaille(page: Page, name: str, *, press: str = "Accept") -> None:
    """Its own pages: who, the password, and whether we may know of them."""
    page.locator("input[name=login]").fill(name)
    page.locator("form [type=submit]").first.click()
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form [type=submit]").first.click()
    page.get_by_role("button", name=press).click()


def test_round_by_openid_connect_in_a_browser(
    cast: Cast, page: Page, base: str, college: Provider, settings: Any
) -> None:
    Account.objects.filter(pk=cast.ada.pk).update(email="ada.marsh@example.org")
    leave(page)
    at_canaille(page, "ada")
    expect(page).to_have_url(f"{base}/desk/", timeout=SLOW)
    assert SignOn.objects.get().account == cast.ada
    page.goto("/account/")
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(f"{base}/", timeout=SLOW)
    page.goto("/desk/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in", timeout=SLOW)
    page.get_by_role("button", name="Sign in with Kestrel College").click()  # still signed in there
    expect(page).to_have_url(f"{base}/desk/", timeout=SLOW)
    page.go_back()  # the provider sends them here once more, with a round that is over: nobody is signed in again
    expect(page).to_have_url(f"{base}/desk/", timeout=SLOW)
    assert Line.objects.filter(verb="signed_in_elsewhere").count() == 2


def test_who_says_no_there_comes_back_to_a_calm_page(cast: Cast, page: Page, college: Provider) -> None:
    leave(page)
    at_canaille(page, "ada", press="Deny")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Kestrel College did not sign you in.", timeout=SLOW
    )
    page.get_by_role("link", name="Back to the ways in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in", timeout=SLOW)


def test_whom_nobody_invited_stays_out_until_the_institution_lets_them_join(
    cast: Cast, page: Page, base: str, college: Provider, settings: Any
) -> None:
    leave(page)
    at_canaille(page, "nia")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Nobody here signs in with nia.new@example.org.", timeout=SLOW
    )
    settings.SIGN_ON["oidc"]["joins"] = True
    leave(page)
    expect(page).to_have_url(f"{base}/desk/", timeout=SLOW)
    nia = Account.objects.get(email="nia.new@example.org")
    assert (nia.role, nia.name) == ("applicant", "Nia New")


@pytest.fixture
def saml_college(base: str, tmp_path: Path, settings: Any) -> Iterator[Provider]:
    with simplesamlphp(tmp_path, base) as provider:
        settings.SIGN_ON = {
            "saml": {
                "name": "Kestrel College", "metadata": f"{provider.address}/saml2/idp/metadata.php", "idp": "",
                "entity_id": "", "subject": "", "address": "mail", "person": "displayName",
                "domains": frozenset({"example.org"}), "authoritative": True, "joins": False,
            }
        }  # fmt: skip
        saml.forget()
        yield provider
    saml.forget()


def at_simplesamlphp(page: Page, name: str) -> None:
    page.locator("input[name=username]").fill(name)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Login").click()


def test_round_by_saml_in_a_browser(cast: Cast, page: Page, base: str, saml_college: Provider) -> None:
    """The answer is a form that another site's page posts: without our cookies, which the step after it has."""
    Account.objects.filter(pk=cast.ada.pk).update(email="ada.marsh@example.org")
    leave(page)
    at_simplesamlphp(page, "ada")
    expect(page).to_have_url(f"{base}/desk/", timeout=SLOW)
    link = SignOn.objects.get()
    assert (link.account, link.issuer) == (cast.ada, f"{saml_college.address}/idp")
    page.goto("/account/")
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(f"{base}/", timeout=SLOW)
    leave(page)  # still signed in there
    expect(page).to_have_url(f"{base}/desk/", timeout=SLOW)
    assert Line.objects.filter(verb="signed_in_elsewhere").count() == 2


def test_provider_that_hands_on_no_address_ends_on_a_calm_page(
    cast: Cast, page: Page, saml_college: Provider
) -> None:
    leave(page)
    at_simplesamlphp(page, "mute")
    said = "Kestrel College signed you in, but did not say which mail address is yours."
    expect(page.get_by_role("heading", level=1)).to_have_text(said, timeout=SLOW)
