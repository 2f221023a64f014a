"""Every route, taken from the URL resolver: looking changes nothing, headers are safe, no canary reaches the wrong eyes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import product
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from django.apps import apps
from django.urls import URLResolver, get_resolver
from tests.cast import Cast
from tests.house.world import STATES, WORDS, World, make_world

from vouchsafe.ledger import outbox
from vouchsafe.ledger.models import Outgoing

# Which of the world's keys fills a place, by the part of the route in front of it. A new family needs a row here.
PLACES = {
    r"^advisers/<str:key>": {"key": "advising"},
    r"^advising/<str:key>": {"key": "advising", "letter_key": "letter", "number": "1"},
    r"^people/import/<str:key>": {"key": "import"},
    r"^people/<str:key>": {"key": "contact"},
    r"^opportunities/<str:key>": {"key": "opportunity"},
    r"^destinations/<str:key>": {"key": "destination"},
    r"^purposes/<str:key>": {"key": "purpose", "document_key": "opportunity"},
    r"^asks/<str:key>": {
        "key": "request",
        "mail_key": "mail",
        "reminder_key": "reminder",
        "suggestion_key": "opportunity",
    },
    r"^brief/<str:contact_key>/<str:opportunity_key>": {
        "contact_key": "contact",
        "opportunity_key": "opportunity",
        "ask_key": "ask",
    },
    r"^plan/asked/<str:key>": {"key": "ask"},
    r"^packets/<str:key>": {"key": "packet"},
    r"^readers/<str:key>": {"key": "reader"},
    r"^safe/<str:key>": {"key": "letter", "number": "1", "quote_key": "letter"},
    r"^p/<str:token>": {"token": "reader_token"},
    r"^assist/<str:token>": {"token": "assistant_token"},
    r"^assisting/<str:key>": {
        "key": "assistant",
        "request_key": "request",
        "place_key": "destination",
        "document_key": "opportunity",
    },
    r"^call-back/<str:token>": {"token": "call_back_token"},
    r"^call-backs/<str:key>": {"key": "call_back"},
    r"^calls/<slug:key>": {"key": "call"},
    r"^c/<str:token>": {"token": "seat_token"},
    r"^committee/<str:key>": {"key": "seat"},
    r"^reading/<str:key>": {"key": "reader", "number": "read_number", "page": "1"},
    r"^verify/<str:number>": {"number": "read_number"},
    r"^mail-in/": {"provider": "contact"},
    r"^r/<str:token>": {"token": "token"},
    r"^stop/<str:token>": {"token": "token"},
    r"^requests/<str:key>": {
        "key": "request",
        "letter": "letter",
        "text": "text",
        "place_key": "destination",
        "document_key": "opportunity",
        "number": "1",
        "mail_key": "mail",
        "reminder_key": "reminder",
        "row_key": "request",
        "assistant_key": "assistant",
        "offering_key": "offering",
    },
    r"^outcome/paused/<str:request_key>": {"request_key": "request"},
    r"^outcome/<str:key>": {"key": "opportunity"},
    r"^calendar/meetings/<str:contact_key>": {"contact_key": "contact", "opportunity_key": "opportunity"},
    r"^calendar/<str:token>": {"token": "token"},
    r"^letters-due/<str:token>": {"token": "token"},
    r"^enter/<str:token>": {"token": "sign_in_token"},
    r"^keep/<str:token>": {"token": "keep_token"},
    r"^set-up/<str:token>": {"token": "token"},
    r"^invitations/<str:token>": {"token": "invitation_token"},
    r"^office/people/<slug:key>": {"key": "account"},
    r"^office/advisers/<slug:key>": {"key": "advising"},
    r"^office/calls/<slug:key>": {"key": "call", "seat_key": "seat"},
    r"^office/invitations/<slug:key>": {"key": "invitation"},
    r"^office/invitations/files/<slug:key>": {"key": "invitation"},
    r"^office/readers/<slug:key>": {"key": "reader"},
    r"^office/rule-books/<slug:key>": {"key": "rule_book"},
    r"^office/mail/<slug:key>": {"key": "mail"},
    r"^office/mails/<slug:slug>": {"slug": "ask", "look": "phone"},
    r"^mailbox/<slug:name>": {"name": "contact"},
    r"^accounts/passkey/<slug:purpose>": {"purpose": "login"},
    r"^accounts/sign-on/<slug:kind>": {"kind": "oidc"},
    r"^account/sign-ons/<slug:key>": {"key": "contact"},
    r"^accounts/2fa/webauthn/keys/<int:pk>": {"pk": "1"},
    r"^look/<slug:digest>": {"digest": "0"},
    r"^account/programs/<slug:key>": {"key": "program_token"},
    r"^account/hooks/<slug:key>": {"key": "hook"},
    r"^account/callings/<slug:key>": {"key": "calling"},
    r"^api/v1/people/<slug:key>": {"key": "contact"},
    r"^api/v1/opportunities/<slug:key>": {"key": "opportunity"},
    r"^api/v1/requests/<slug:key>": {"key": "request"},
    r"^api/v1/letters/<slug:key>": {"key": "letter"},
    r"^api/v1/packets/<slug:key>": {"key": "packet"},
    r"^api/v1/readers/<slug:key>": {"key": "reader"},
}
PUBLIC_PREFIXES = ("static/", "gallery/")
METHODS = ("get", "head", "options")
SAME_FOR_ALL = (
    "look/",
    ".well-known/",
    "robots.txt",
    "healthz",
    "readyz",
)  # public, and the same for everybody
MAY_SEE_WAIVED = {"ben", "cleo", "kim", "tess"}
BEFORE_THE_SEAL = {
    "draft",
    "uploaded",
}  # then a mailed link shows what its writer has typed: docs/known-limits.md
# Who came by one link alone is a stranger everywhere else, as *nobody* is, and need not walk there.
NEAR = dict.fromkeys(("kim", "uncoded", "ended"), r"(p|reading|verify|call-back)") | {
    "program": r"api/",
    "office_program": r"api/",
    "forwarded": r"(r|requests|stop)/",
    "hal": r"(assist|assisting|r|requests|verify)/",
    "tess": r"(c|committee|reading|verify|calls)/",
    "walt": r"(c|committee|reading|verify|calls)/",
}
LOOK_BESIDE = {"ada", "slip", *NEAR} - {"office_program"}
STATES_BESIDE = {"draft", "sealed", "delivered"}  # what stands beside is the same in the others
BEARERS = {"call-back/<str:token>"}  # the world's own token is in the address: whoever holds it is the writer
# A press on everything at once: what forms name their fields, so that acts get past the first check.
PRESSED = {
    "act": "open", "text": "x", "name": "B", "based_on": "1", "writer_name": "B", "sure": "on", "then": "stay", "words": "x",
    "use": "read", "code": "12345678", "reach": "any", "wants": "answer", "done": "yes", "openly": "on",
}  # fmt: skip
# Signing out and the like ends the walk; a press on somebody else's own link makes a visitor that somebody.
LEAVES = re.compile(r"^(accounts/|account/|set-up|mail-in/|(p|c|r|enter|invitations|call-back|assist)/<)")


def routes() -> list[str]:
    def walk(resolver: URLResolver, before: str = "") -> Iterator[str]:
        for one in resolver.url_patterns:
            here = before + str(one.pattern)
            if isinstance(one, URLResolver):
                yield from walk(one, here)
            else:
                yield here

    return sorted({route for route in walk(get_resolver()) if not route.startswith(PUBLIC_PREFIXES)})


def place_of(route: str) -> dict[str, str] | None:
    for family, places in PLACES.items():
        if re.match(family, route):
            return places
    return None


def addresses(world: World) -> dict[str, str]:
    """Each route with the world's own keys put in."""
    found = {}
    for route in routes():
        filled = route
        for hole, key in (place_of(route) or {}).items():
            filled = re.sub(rf"<(?:\w+:)?{hole}>", world.keys.get(key, key), filled)
        found[route] = "/" + filled
    return found


def walk_of(role: str, world: World) -> list[tuple[str, str]]:
    """Every address for a role; for some also what stands beside: a version, a successor, other readers, another request."""
    first = addresses(world)
    found = list(first.items())
    looks = role in LOOK_BESIDE and world.letter_state in STATES_BESIDE
    for other in world.beside if looks else ():
        there = addresses(replace(world, keys={**world.keys, **other}))
        found += [(route, address) for route, address in there.items() if address != first[route]]
    near = NEAR.get(role, "")
    return [(route, address) for route, address in found if re.match(near, route)]


def may_see(world: World, role: str, route: str) -> bool:
    forwarded = role == "forwarded" and world.letter_state in BEFORE_THE_SEAL
    held = role == "tess" and world.letter_state != "delivered"  # nobody is shortlisted before
    return (role in MAY_SEE_WAIVED and not held) or forwarded or (route in BEARERS and role != "ada")


def tables() -> str:
    """A hash over every row of every table."""
    whole = hashlib.sha256()
    for model in sorted(apps.get_models(), key=lambda one: one._meta.db_table):
        for row in model._default_manager.order_by("pk").values_list():
            whole.update(repr([model._meta.db_table, row]).encode())
    return whole.hexdigest()


def told_by(answer: Any) -> bytes:
    """All that an answer says: its body, its headers, and the words of a PDF, which its bytes do not show."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body + repr(dict(answer.headers)).encode() + words_of_pdf(body)


def words_of_pdf(body: bytes) -> bytes:
    if not body.startswith(b"%PDF"):
        return b""
    with pikepdf.open(BytesIO(body)) as pdf:
        inside = [one.get_file().read_bytes() for one in pdf.attachments.values()]
    pages = pdfium.PdfDocument(body)
    text = " ".join(page.get_textpage().get_text_bounded() for page in pages)
    return " ".join(text.split()).encode() + b"".join(words_of_pdf(one) for one in inside)


def is_page_of_waived(world: World, route: str, answer: Any) -> bool:
    """A picture of a page holds the words too. In this state the packet's letter is the waived one."""
    seen = answer.status_code == 200 and answer.get("Content-Type", "").startswith("image/")
    return seen and route.startswith("reading/") and world.letter_state == "delivered"


@pytest.mark.parametrize("route", [route for route in routes() if "<" in route])
def test_route_with_places_has_a_row(route: str) -> None:
    places = place_of(route)
    assert places is not None, f"{route} has no row in PLACES"
    for hole in re.findall(r"<(?:\w+:)?(\w+)>", route):
        assert hole in places, f"{route}: nothing fills {hole}"


@pytest.fixture
def world(cast: Cast) -> World:
    return make_world(cast, "delivered")


def test_world_holds_something_to_leak(cast: Cast) -> None:
    """Ben at his page does see the canary: the net below could catch it."""
    world = make_world(cast, "draft")
    assert WORDS.search(world.browsers["ben"].get(f"/requests/{world.keys['request']}/write").content)


def test_looking_at_any_route_changes_no_row(world: World) -> None:
    before = tables()
    for role, client in world.browsers.items():
        for _, address in walk_of(role, world):
            for method in METHODS:
                getattr(client, method)(address)
    if tables() == before:
        return
    before = tables()
    for role, client in world.browsers.items():  # something changed: find out who did it, and where
        for route, address in walk_of(role, world):
            for method in METHODS:
                getattr(client, method)(address)
                assert tables() == before, f"{role} looked at {route} with {method} and something changed"
    pytest.fail("something changed, once")


@pytest.mark.parametrize(
    "state",
    [pytest.param(one, marks=pytest.mark.wide if one in {"uploaded", "released"} else ()) for one in STATES],
)
def test_waived_letter_reaches_nobody_it_must_not(cast: Cast, state: str) -> None:
    world = make_world(cast, state)
    for role, client in world.browsers.items():
        for route, address in walk_of(role, world):
            answer = client.get(address)
            seen = WORDS.search(told_by(answer)) or is_page_of_waived(world, route, answer)
            assert may_see(world, role, route) or not seen, f"{role} at {address} ({route}) while {state}"


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


def test_every_answer_carries_the_safety_headers(world: World) -> None:
    for (route, address), role in product(addresses(world).items(), ("nobody", "ada", "ben", "dana")):
        answer = world.browsers[role].get(address)
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


def test_eve_learns_nothing_of_what_is_adas(world: World) -> None:
    """At every address of Ada's, Eve's answer is that of an address that leads nowhere."""
    private = re.compile(r"^(people|opportunities|destinations|purposes|asks|brief|safe|packets)/.*<")
    eve = world.browsers["eve"]
    for route, address in walk_of("ada", world):
        if private.match(route):
            for method in ("get", "post"):
                answer = getattr(eve, method)(address)
                assert answer.status_code in {404, 405}, f"Eve at {route}: {answer.status_code}"
