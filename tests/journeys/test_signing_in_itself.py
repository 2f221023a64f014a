"""Signing in: by a code from a mail, by a passkey; a wrong code and an unknown address give nothing away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.cast import Cast
from tests.journeys.conftest import Person, Post

pytestmark = pytest.mark.journey


def test_ada_signs_in_with_a_code_from_her_mail(
    world: Cast, person: Callable[..., Person], post: Post
) -> None:
    ada = person(width=390).open("/desk/")
    assert ada.sees("Sign in with a code")
    ada.fill("Your email address", world.ada.email).press("Send me a code")
    assert ada.sees("Enter the code from your mail")
    ada.fill("The code", "000000").press("Go on")
    assert ada.sees("That is not the code we sent")
    ada.fill("The code", post.code_for(world.ada.email)).press("Go on")
    assert ada.page.url.endswith("/desk/")
    ada.open("/account/").press("Sign out")
    assert ada.open("/desk/").sees("Sign in with a code")


def test_an_address_nobody_has_looks_the_same(world: Cast, person: Callable[..., Person], post: Post) -> None:
    seen = []
    for address in (world.ada.email, "ida@example.org"):
        someone = person().open("/accounts/login/")
        someone.fill("Your email address", address).press("Send me a code")
        code_page = someone.page.inner_text("main").replace(address, "…")
        someone.fill("The code", "000000").press("Go on")
        seen.append((code_page, someone.page.inner_text("main").replace(address, "…"), someone.page.url))
    assert seen[0] == seen[1]
    post.deliver()
    (mail,) = post.mails_to("ida@example.org")
    assert "code" not in mail["Subject"].lower()
