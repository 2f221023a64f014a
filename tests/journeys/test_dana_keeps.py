"""Dana, who runs the office: invites, reads the caught mail and the journal, and never sees a letter in confidence."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from tests.cast import Cast
from tests.factories import make_opportunity
from tests.journeys.conftest import Person, Post
from tests.sealing import CANARY, make_packet_of, make_reader, make_sealed

from vouchsafe.people.models import Account

pytestmark = pytest.mark.journey


def test_dana_invites_and_looks_after_the_house(
    world: Cast, person: Callable[..., Person], sign_in: Callable[[Person, Any], Person], post: Post
) -> None:
    opportunity = make_opportunity(world.ada, deadline_on=None)
    waived = make_sealed(world.ben, opportunity, confidentiality="waived")
    packet = make_packet_of(waived, opportunity=opportunity)
    reader = make_reader(packet)

    dana = sign_in(person(), world.dana).open("/office/")
    dana.press("People and invitations").fill("Their email address", "omar@example.org")
    dana.press("Send the invitation")
    assert dana.sees("An invitation goes to omar@example.org")
    post.deliver()
    dana.open("/mailbox/").click(dana.page.get_by_role("link", name=re.compile("invites you")))
    dana.look()
    invitation = dana.page.locator("a[href*='/invitations/']").get_attribute("href")
    assert invitation

    omar = person(width=390).open(invitation)
    assert omar.sees("Dana Whitlock invites you to Kestrel Careers")
    omar.fill("Your name", "Omar Reyes").press("Join")
    assert omar.sees("What are the letters for?")
    assert Account.objects.get(email="omar@example.org").role == "applicant"
    assert omar.open(invitation).sees("This invitation no longer works")

    dana.open("/office/people/")
    assert dana.sees("Omar Reyes")
    dana.open("/office/journal/").press("Check the whole journal")
    assert dana.sees("The journal is whole")

    letter, request = waived.letter, waived.letter.request
    assert request is not None
    for hidden in (
        f"/safe/{letter.key}/",
        f"/safe/{letter.key}/file",
        f"/packets/{packet.key}/",
        f"/requests/{request.key}/sealed",
        f"/requests/{request.key}/copy",
        f"/asks/{request.key}/",
    ):
        assert dana.open(hidden).sees("There is nothing here for you to see"), hidden
    for hidden in (f"/reading/{reader.key}/", f"/reading/{reader.key}/{waived.number}/"):
        assert dana.open(hidden).sees("Come in by your link"), hidden
        assert CANARY not in dana.page.content()
    for shown in ("/office/", "/office/journal/", "/office/people/", "/mailbox/", f"/verify/{waived.number}"):
        assert CANARY not in dana.open(shown).page.content()
