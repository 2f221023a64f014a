"""Every route: a row for its places, safe headers, no row changed by reading, no canary before the wrong eyes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from tests.cast import Cast
from tests.house.routes import (
    LEAVES,
    SAME_FOR_ALL,
    assert_changes_nothing,
    is_page_of_waived,
    may_see,
    place_of,
    routes,
    told_by,
    walk_of,
)
from tests.house.world import STATES, WORDS, make_world

from vouchsafe.ledger import outbox
from vouchsafe.ledger.models import Outgoing


@pytest.mark.parametrize("route", [route for route in routes() if "<" in route])
def test_route_with_places_has_a_row(route: str) -> None:
    places = place_of(route)
    assert places is not None, f"{route} has no row in PLACES"
    for hole in re.findall(r"<(?:\w+:)?(\w+)>", route):
        assert hole in places, f"{route}: nothing fills {hole}"


def test_world_holds_something_to_leak(cast: Cast) -> None:
    """Ben at his page does see the canary: the net below could catch it."""
    world = make_world(cast, "draft")
    assert WORDS.search(world.browsers["ben"].get(f"/requests/{world.keys['request']}/write").content)


@pytest.mark.parametrize(
    "state",
    [pytest.param(one, marks=pytest.mark.wide if one in {"uploaded", "released"} else ()) for one in STATES],
)
def test_waived_letter_reaches_nobody_it_must_not(cast: Cast, state: str) -> None:
    """Who reads everything there is changes no row by it either, and each answer carries the safety headers."""
    world = make_world(cast, state)

    def read() -> Iterator[str]:
        for role, client in world.browsers.items():
            for route, address in walk_of(role, world):
                answer = client.get(address)
                seen = WORDS.search(told_by(answer)) or is_page_of_waived(world, route, answer)
                assert may_see(world, role, route) or not seen, f"{role} at {address} ({route}) while {state}"
                assert_safe(route, answer)
                yield f"{role} looked at {route}"

    assert_changes_nothing(read)


def assert_safe(route: str, answer: HttpResponse) -> None:
    """The safety headers stand in what is answered."""
    told = answer.headers
    policy = told["Content-Security-Policy"]
    if (
        "sandbox" in policy
    ):  # a mail shown as it looks: styled by its own attributes, and nothing in it can act
        assert policy.startswith("default-src 'none'"), route
        assert "script-src" not in policy, route
    else:
        assert "script-src 'self'" in policy, route
        assert "unsafe" not in policy, route
    assert told["Referrer-Policy"] == "no-referrer", route
    assert told["X-Content-Type-Options"] == "nosniff", route
    assert told["X-Frame-Options"] == "DENY", route
    if not route.startswith(SAME_FOR_ALL):
        assert "no-store" in told["Cache-Control"], route
        assert "noindex" in told["X-Robots-Tag"], route


def test_world_beside_the_letter_holds_something_to_leak(cast: Cast) -> None:
    """Ben sees the words in a version, a successor, a kept text; Cleo's colleague in the letter; Cleo in an answer."""
    world = make_world(cast, "delivered")
    request, ben = world.keys["request"], world.browsers["ben"]
    assert [sorted(one) for one in world.beside] == [["letter"]] * 2 + [["reader", "reader_token"]] * 3 + [
        ["request"],
        *[["reader", "seat", "seat_token"]] * 2,
    ]
    ben.post(f"/requests/{request}/code", {"use": "words"})
    code = outbox.read(Outgoing.objects.filter(kind="writer_code").latest("id")).facts["code"]
    ben.post(f"/requests/{request}/proof", {"use": "words", "code": code})
    drafts = [f"/requests/{request}/letters/{one['letter']}/write" for one in world.beside[:2]]
    for address in (*drafts, f"/requests/{request}/texts/{world.keys['text']}"):
        assert WORDS.search(ben.get(address).content), address
    kim, number = world.beside[2]["reader"], world.keys["read_number"]
    assert WORDS.search(world.browsers["kim"].get(f"/reading/{kim}/{number}/").content)
    assert is_page_of_waived(world, "reading/", world.browsers["kim"].get(f"/reading/{kim}/{number}/pages/1"))
    assert WORDS.search(told_by(world.browsers["kim"].post(f"/reading/{kim}/{number}/file")))
    assert WORDS.search(told_by(world.browsers["kim"].post(f"/reading/{kim}/file")))
    tess = world.beside[-1]["reader"]
    assert WORDS.search(world.browsers["tess"].get(f"/reading/{tess}/{number}/").content)
    assert WORDS.search(told_by(world.browsers["tess"].post(f"/reading/{tess}/{number}/file")))
    asked = f"/reading/{world.keys['reader']}/{number}/question"
    assert WORDS.search(world.browsers["cleo"].get(asked).content)


# A press on everything at once: what forms name their fields, so that acts get past the first check.
PRESSED = {
    "act": "open", "text": "x", "name": "B", "based_on": "1", "writer_name": "B", "sure": "on", "then": "stay", "words": "x",
    "use": "read", "code": "12345678", "reach": "any", "wants": "answer", "done": "yes", "openly": "on",
}  # fmt: skip


@pytest.mark.wide
@pytest.mark.parametrize("state", ["sealed", "delivered"])
def test_pressing_anything_tells_nobody_the_words_of_a_waived_letter(cast: Cast, state: str) -> None:
    """Every address pressed by everybody who must not read: no answer holds a word, nor a file that could."""
    world = make_world(cast, state)
    pressed = {**PRESSED, "source": f"letter:{world.keys['letter']}", "place": f"{world.keys['purpose']}:"}
    kept_out = (
        "nobody", "uncoded", "ended", "walt", "eve", "slip", "forwarded", "hal", "dana", "finn", "ada", "program", "office_program",
    )  # fmt: skip
    for role in kept_out:
        for route, address in walk_of(role, world):
            if LEAVES.match(route) or may_see(world, role, route):
                continue
            answer = world.browsers[role].post(address, pressed)
            seen = WORDS.search(told_by(answer)) or is_page_of_waived(world, route, answer)
            assert not seen, f"{role} at {address} ({route})"


def test_eve_learns_nothing_of_what_is_adas(cast: Cast) -> None:
    """At every address of Ada's, Eve's answer is that of an address that leads nowhere."""
    private = re.compile(r"^(people|opportunities|destinations|purposes|asks|brief|safe|packets)/.*<")
    world = make_world(cast, "delivered")
    eve = world.browsers["eve"]
    for route, address in walk_of("ada", world):
        if private.match(route):
            for method in ("get", "post"):
                answer = getattr(eve, method)(address)
                assert answer.status_code in {404, 405}, f"Eve at {route}: {answer.status_code}"
