"""Eve, signed in as herself, tries every address that is somebody else's. There is always something she could have seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core import signing
from tests.cast import Cast
from tests.factories import make_opportunity
from tests.journeys.conftest import Person, Post
from tests.sealing import CANARY, make_packet_of, make_reader, make_sealed, token_for

from vouchsafe.asks.actions.hand_over_link import hand_over_link
from vouchsafe.asks.actions.record_ask import record_ask
from vouchsafe.letters.models import Seal
from vouchsafe.packets.actions.record_viewing import record_viewing
from vouchsafe.packets.models import Reader

pytestmark = pytest.mark.journey
NOTHING = "There is nothing here for you to see"


@dataclass(frozen=True)
class Others:
    """What Eve would like to have: the keys of it, and tokens that open it."""

    looks: tuple[str, ...]
    presses: tuple[str, ...]
    request: str
    reader: str
    number: str
    reader_token: str
    writer_token: str


@pytest.fixture
def others(world: Cast) -> Others:
    opportunity = make_opportunity(world.ada, deadline_on=None)
    seal = make_sealed(world.ben, opportunity, confidentiality="waived")
    reader = make_reader(make_packet_of(seal, opportunity=opportunity))
    record_viewing(reader=reader, seal=None, what="opened", now=seal.sealed_at)
    return _others(world, seal, reader)


def _others(world: Cast, seal: Seal, reader: Reader) -> Others:
    ben, letter, packet = world.ben.key, seal.letter, reader.packet
    request, opportunity = letter.request, packet.opportunity
    assert request is not None
    purpose = request.purposes.get().key
    spoken = record_ask(
        by=world.ada, contact=world.ben, opportunity=opportunity, channel="in_person", said="yes",
        asked_on=seal.sealed_at.date(), note="", today=seal.sealed_at.date(), now=seal.sealed_at,
    ).key  # fmt: skip
    asks, reading, requests = f"/asks/{request.key}/", f"/reading/{reader.key}/", f"/requests/{request.key}/"
    brief = f"/brief/{ben}/{opportunity.key}/"
    return Others(
        looks=(
            f"/people/{ben}/", f"/people/{ben}/edit/", f"/opportunities/{opportunity.key}/",
            f"/opportunities/{opportunity.key}/edit/", brief,
            f"/asks/new/?contact={ben}&opportunity={opportunity.key}", asks, f"{asks}preview/", f"{asks}link/",
            f"/purposes/{purpose}/note/", f"/purposes/{purpose}/check/",
            f"/safe/{letter.key}/", f"/safe/{letter.key}/file", f"/safe/{letter.key}/pages/1",
            f"/packets/{packet.key}/", f"/packets/{packet.key}/file",
            reading, f"{reading}{seal.number}/", f"{reading}{seal.number}/pages/1",
            requests, *(f"{requests}{part}" for part in ("write", "review", "sealed", "copy")),
            "/office/", "/office/people/", "/office/journal/", "/mailbox/",
        ),
        presses=(
            f"/people/{ben}/remove/", f"/opportunities/{opportunity.key}/removal/", f"{asks}removal/",
            f"{brief}slip/", f"{brief}asks/{spoken}/removal/", f"/safe/{letter.key}/thanks",
            f"/readers/{reader.key}/mail", f"/readers/{reader.key}/link", f"/readers/{reader.key}/revocation",
            f"{reading}file", f"{reading}copy", f"{reading}{seal.number}/file",
            *(f"{requests}{part}" for part in ("answer", "seal", "reopening", "withdrawal", "file", "draft", "code")),
            "/office/invitations", f"/office/people/{world.ada.key}/role",
        ),
        request=request.key, reader=reader.key, number=seal.number, reader_token=token_for(reader),
        writer_token=hand_over_link(by=world.ada, request=request, now=seal.sealed_at),
    )  # fmt: skip


def test_eve_meets_the_same_closed_door_everywhere(
    world: Cast,
    others: Others,
    person: Callable[..., Person],
    sign_in: Callable[[Person, Any], Person],
    post: Post,
) -> None:
    eve = sign_in(person(), world.eve)
    forge(eve, others)
    reading = {look(eve, address) for address in others.looks if address.startswith("/reading/")}
    assert reading == {
        look(eve, "/reading/000000000000000000000000/")
    }  # whoever has no sitting, of a link or of none
    closed = {look(eve, address) for address in others.looks if not address.startswith("/reading/")}
    assert len(closed) == 1, closed
    assert NOTHING in closed.pop()

    token = eve.open("/people/new/").page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    for address in others.presses:
        answer = eve.page.context.request.post(
            eve.base + address, form={"csrfmiddlewaretoken": token, "act": "yes", "said": "yes"}
        )
        assert answer.status == 404, (address, answer.status)
        assert ("Come in by your link" if address.startswith("/reading/") else NOTHING) in answer.text(), (
            address
        )
        assert CANARY not in answer.text(), address

    for path, good in (("/p/", others.reader_token), ("/r/", others.writer_token)):
        swapped = good[:-1] + ("A" if good[-1] != "A" else "B")
        assert eve.page.context.request.get(eve.base + path + swapped).status == 404
    assert CANARY not in eve.open(f"/verify/{others.number}").page.content()


def look(eve: Person, address: str) -> str:
    """What the door says."""
    answer = eve.page.goto(eve.base + address)
    assert answer is not None
    eve.look()
    text = eve.page.inner_text("main")
    assert CANARY not in eve.page.content(), address
    assert "Ben" not in text, address
    assert "Ada" not in text, address
    assert answer.status == 404, address
    return " ".join(text.split())


def forge(eve: Person, others: Others) -> None:
    """Cookies as Eve would make them: the right shape, the right keys, and a key of her own to sign with."""
    made = {
        "vouchsafe-writer": signing.dumps(
            {others.request: ["ben@writers.example", "mailed_link", 9e9]},
            key="eve",
            salt="writer",
            compress=True,
        ),
        "vouchsafe-reader": signing.dumps({others.reader: 9e9}, key="eve", salt="reader", compress=True),
    }
    eve.page.context.add_cookies(
        [{"name": name, "value": value, "url": eve.base} for name, value in made.items()]
    )
