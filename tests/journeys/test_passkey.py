"""A passkey, with a virtual authenticator in the browser. It needs scripts, and the page says so without."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from tests.cast import Cast
from tests.journeys.conftest import Person, Post

from vouchsafe.people.actions.prove_address import prove_address

pytestmark = pytest.mark.journey


def test_ada_makes_a_passkey_and_comes_in_by_it(
    world: Cast, person: Callable[..., Person], sign_in: Callable[[Person, Any], Person], post: Post
) -> None:
    prove_address(account=world.ada, address=world.ada.email, now=timezone.now())
    ada = sign_in(person(), world.ada).open("/account/").press("Passkeys and authenticator app")
    ada.press("Passkeys")
    assert ada.sees("Add a passkey")
    if not ada.has_scripts:
        assert ada.sees("A passkey needs a browser that knows them, with scripts on.")
        assert not ada.page.get_by_role("button", name="Make the passkey").count()
        return
    devtools = ada.page.context.new_cdp_session(ada.page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    ada.fill("A name for it", "My phone").click(ada.page.get_by_role("button", name="Make the passkey"))
    expect(ada.page.get_by_text("You have 10 recovery codes left")).to_be_visible()
    ada.look().open("/account/").press("Sign out")
    ada.open("/accounts/login/").click(ada.page.get_by_role("button", name="Sign in with a passkey"))
    ada.page.wait_for_url("**/desk/")
    assert ada.look().sees("What are the letters for?")
