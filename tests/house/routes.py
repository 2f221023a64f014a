"""Every route, taken from the URL resolver, with a world's own keys put in; who walks there, and what they are told."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2 as pdfium
from django.apps import apps
from django.urls import URLResolver, get_resolver
from tests.house.world import World

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


def assert_changes_nothing(look: Callable[[], Iterator[str]]) -> None:
    """Go through with it; only where a row has changed, again, with a look at every row after each step."""
    before = tables()
    for _ in look():
        pass
    if tables() == before:
        return
    before = tables()
    for who_where_how in look():
        assert tables() == before, f"{who_where_how} and something changed"
    raise AssertionError("something changed, once")
