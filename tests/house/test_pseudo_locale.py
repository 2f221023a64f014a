"""Every page of everyone in a language that is none: what is not in it was never marked for translation.

The first pages and the mails stand in test_catalogues.py, beside what else needs the source read.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

import pytest
from django.conf import settings as chosen
from playwright.sync_api import Browser
from tests.cast import Cast
from tests.house.plain_words import plain, typed
from tests.house.routes import LEAVES, addresses
from tests.house.world import World, make_world
from tests.pseudo import CODE, as_data, pseudo, texts, unmarked

# Playwright keeps an event loop in this thread; Django's guard would take our plain queries for async ones.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
ROLES = ("nobody", "ada", "ben", "cleo", "dana")
# Pages of caught and sample mails: each is in the language of its receiver.
IN_OTHER_WORDS = ("mailbox/", "office/mails/")


def test_pseudo_keeps_places_and_grows_by_two_fifths() -> None:
    assert pseudo("Ask {name} <b>now</b>").startswith("⟦Àšķ {name} <b>ñöŵ</b>")
    assert len(pseudo("Nothing needs you today.")) >= 1.4 * len("Nothing needs you today.")


def test_what_is_not_in_the_language_is_seen() -> None:
    page = '<title>Desk</title><body><p>⟦Šàƒé⟧ and sound</p><b aria-label="Close it">×</b><i lang="de">Guten Tag</i> Ada 2 PDF'
    said = [run for each in texts(page) for run in unmarked(each, as_data(["Ada Marsh"]))]
    assert sorted(said) == ["Close it", "Desk", "and sound"]


def in_the_language(world: World) -> World:
    for client in world.browsers.values():
        client.cookies[chosen.LANGUAGE_COOKIE_NAME] = CODE
    return world


def found_by(world: World, method: str, roles: Iterable[str], data: str) -> dict[str, str]:
    """Plain words, and where one first meets them."""
    found: dict[str, str] = {}
    for role in roles:
        for route, address in addresses(world).items():
            if route.startswith(IN_OTHER_WORDS) or (method == "post" and LEAVES.match(route)):
                continue
            answer = getattr(world.browsers[role], method)(address)
            for run in plain(answer, data):
                found.setdefault(run, f"{role} at {route}")
    return found


@pytest.mark.wide
@pytest.mark.parametrize("state", ["draft", "delivered"])
def test_every_page_of_everyone_is_marked(cast: Cast, in_pseudo: None, state: str) -> None:
    world = in_the_language(make_world(cast, state))
    assert found_by(world, "get", ROLES, as_data(typed())) == {}


@pytest.mark.wide
def test_what_empty_forms_are_answered_with_is_marked(cast: Cast, in_pseudo: None) -> None:
    world = in_the_language(make_world(cast, "draft"))
    data = as_data(typed())
    assert found_by(world, "post", ("ada", "ben", "cleo", "dana"), data) == {}


# The pages people come to, and those with the widest things on them.
KEY_PAGES = {
    "nobody": ("", "help/", "verify/<str:number>", "accounts/login/", "languages/"),
    "ada": (
        "desk/", "plan/", "people/", "people/<str:key>/", "people/new/", "people/import/<str:key>/", "opportunities/<str:key>/",
        "asks/<str:key>/", "asks/<str:key>/preview/", "safe/", "packets/<str:key>/", "account/", "calendar/", "outcome/",
    ),
    "ben": (
        "requests/<str:key>/", "requests/<str:key>/letters/<str:letter>/sealed", "requests/<str:key>/queue",
        "requests/<str:key>/story", "requests/<str:key>/mail",
    ),
    "cleo": ("reading/<str:key>/", "reading/<str:key>/<str:number>/", "reading/<str:key>/<str:number>/question"),
    "dana": ("office/", "office/people/", "office/journal/", "office/readers/"),
}  # fmt: skip
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.wide
@pytest.mark.parametrize("role", KEY_PAGES)
def test_no_page_scrolls_sideways_on_a_phone_in_longer_words(
    live_server: Any, transactional_db: None, cast: Cast, in_pseudo: None, chromium: Browser, role: str
) -> None:
    """Two fifths longer than English, as German and French can be, at 390 and 320 pixels."""
    world = in_the_language(make_world(cast, "delivered"))
    there = addresses(world)
    context = chromium.new_context(viewport={"width": 390, "height": 800})
    for cookie in world.browsers[role].cookies.values():
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page = context.new_page()
    too_wide = []
    try:
        for route in KEY_PAGES[role]:
            answer = page.goto(live_server.url + there[route])
            assert answer is not None
            assert answer.ok, route
            for width in (390, 320):
                page.set_viewport_size({"width": width, "height": 800})
                if page.evaluate(WIDER) > 0:
                    too_wide.append((route, width, page.evaluate(WIDER)))
    finally:
        context.close()
    assert too_wide == []
