"""The writer's checklist of places: what each takes, a copy that meets it, a tick with undo."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone
from tests import factories
from tests.cast import Cast
from tests.sealing import make_sealed

from vouchsafe.asks.actions.make_link import make_link, token_of
from vouchsafe.asks.actions.redraw_plan import redraw_plan
from vouchsafe.asks.models import Link
from vouchsafe.core.destination_rules import Rules
from vouchsafe.desk.verifying import check_file
from vouchsafe.doors.web.writer.proof import COOKIE, SALT
from vouchsafe.letters.actions.set_scope import set_scope
from vouchsafe.letters.models import Copy, Seal
from vouchsafe.packets.models import PortalUpload
from vouchsafe.plans.actions.add_destination import add_destination
from vouchsafe.plans.actions.set_rules import set_rules
from vouchsafe.plans.models import Destination


@pytest.fixture
def seal(cast: Cast) -> Seal:
    return make_sealed(
        cast.ben, factories.make_opportunity(cast.ada, deadline_on=None), confidentiality="waived"
    )


@pytest.fixture
def portal(cast: Cast, seal: Seal) -> Destination:
    opportunity = seal.letter.request.purposes.get().opportunity  # type: ignore[union-attr]  # it has one
    place = add_destination(
        by=cast.ada, opportunity=opportunity, way="portal", label="Harbour portal", address="https://portal.example/x",
        due_on=timezone.localdate() + timedelta(days=9), zone="Europe/Oslo", now=timezone.now(),
    )  # fmt: skip
    rules = Rules(most_pages=1, paper="us-letter", file_name="{applicant}_{writer}.pdf", most_bytes=2_000_000)
    set_rules(by=cast.ada, destination=place, rules=rules, rule_book=None, now=timezone.now())
    return place


def ben(seal: Seal, *, code: bool = False) -> Client:
    request, client = seal.letter.request, Client()
    assert request is not None
    mailbox = seal.correspondent.mailbox
    link = make_link(request=request, kind=Link.Kind.MAILED, mailbox=mailbox, now=timezone.now())
    client.post(f"/r/{token_of(link)}", {"act": "open"})
    if code:
        until = (timezone.now() + timedelta(minutes=9)).timestamp()
        kept = {request.key: [mailbox, "mailed_code", until, timezone.now().timestamp()]}
        client.cookies[COOKIE] = signing.dumps(kept, salt=SALT, compress=True)
    return client


def home(seal: Seal) -> str:
    return f"/requests/{seal.letter.request.key}/checklist"  # type: ignore[union-attr]  # it has one


def test_checklist_says_where_when_and_what_they_take(seal: Seal, portal: Destination) -> None:
    page = ben(seal).get(home(seal)).content.decode()
    for said in (
        "One portal waits for your letter", "https://portal.example/x", "Europe/Oslo",
        "Wants US Letter pages.", "Ada Marsh_Ben Okafor.pdf",
    ):  # fmt: skip
        assert said in page


def test_copy_needs_a_code_and_meets_what_they_take(seal: Seal, portal: Destination) -> None:
    address = f"{home(seal)}/{portal.key}/file"
    refused = ben(seal).post(address)
    assert refused.status_code == 409
    assert "%PDF" not in refused.content[:9].decode(errors="replace")
    given = ben(seal, code=True).post(address)
    assert given["Content-Disposition"] == 'attachment; filename="Ada Marsh_Ben Okafor.pdf"'
    with pikepdf.open(BytesIO(given.content)) as made:
        assert [round(float(side)) for side in made.pages[0].mediabox[2:]] == [612, 792]
    assert Copy.objects.get().made_for == portal.key
    checked = check_file(given.content)
    assert (checked.verdict.known.state, checked.verdict.outcome) == ("conforming_copy", "genuine")


def test_upload_is_ticked_and_taken_back(seal: Seal, portal: Destination) -> None:
    client, address = ben(seal), f"{home(seal)}/{portal.key}/tick"
    for _ in range(2):
        assert client.post(address, {"done": "yes"}).status_code == 302
    assert PortalUpload.objects.count() == 1
    assert "No portal waits for you" in client.get(home(seal)).content.decode()
    client.post(address, {"done": "no"})
    assert not PortalUpload.objects.exists()


def test_nobody_else_comes_to_the_checklist(cast: Cast, seal: Seal, portal: Destination) -> None:
    for account in (cast.ada, cast.eve, None):
        client = Client()
        if account:
            client.force_login(account)
        assert client.get(home(seal)).status_code == 404
        for act in ("file", "tick"):
            assert client.post(f"{home(seal)}/{portal.key}/{act}").status_code == 404
    elsewhere = factories.make_opportunity(cast.eve, deadline_on=None)
    other = add_destination(
        by=cast.eve, opportunity=elsewhere, way="portal", label="Other", now=timezone.now()
    )
    for act in ("file", "tick"):
        assert ben(seal, code=True).post(f"{home(seal)}/{other.key}/{act}").status_code == 404


def test_letter_outside_its_uses_goes_to_no_portal(seal: Seal, portal: Destination) -> None:
    from vouchsafe.asks.access import Visit
    from vouchsafe.core.uses import Uses

    assert seal.letter.request is not None
    visit = Visit(
        seal.letter.request, seal.correspondent.mailbox, "mailed_code", has_code=True, took_code=True
    )
    set_scope(
        visit=visit,
        seal=seal,
        uses=Uses(last_on=timezone.localdate() - timedelta(days=1)),
        now=timezone.now(),
    )
    assert ben(seal, code=True).post(f"{home(seal)}/{portal.key}/file").status_code == 404
    assert "once a letter is sealed that may be used" in ben(seal).get(home(seal)).content.decode()


def test_checklist_is_read_in_few_queries(
    cast: Cast, seal: Seal, portal: Destination, django_assert_max_num_queries: object
) -> None:
    from vouchsafe.asks.access import Visit
    from vouchsafe.desk.places_page import places_page

    for number in range(12):
        add_destination(
            by=cast.ada,
            opportunity=portal.opportunity,
            way="portal",
            label=f"Place {number}",
            now=timezone.now(),
        )
    with django_assert_max_num_queries(7):  # type: ignore[operator]  # the fixture
        page = places_page(Visit(seal.letter.request), timezone.localdate())  # type: ignore[arg-type]  # it has one
    assert len(page.places) == 13


def test_tick_is_shown_to_the_applicant_on_request_and_desk_and_goes_when_undone(
    cast: Cast, seal: Seal, portal: Destination
) -> None:
    ada, there = Client(), f"/asks/{seal.letter.request.key}/"  # type: ignore[union-attr]  # it has one
    ada.force_login(cast.ada)
    redraw_plan(by=cast.ada, today=timezone.localdate(), now=timezone.now())
    assert "Not uploaded yet" in ada.get(there).content.decode()
    assert "uploaded at 0 of 1 portal" in ada.get("/desk/").content.decode()
    ben(seal).post(f"{home(seal)}/{portal.key}/tick", {"done": "yes"})
    page = ada.get(there).content.decode()
    assert "Ben Okafor uploaded it at Harbour portal" in page
    assert "they say" in page
    assert "uploaded at 1 of 1 portal" in ada.get("/desk/").content.decode()
    ben(seal).post(f"{home(seal)}/{portal.key}/tick", {"done": "no"})
    assert "uploaded it at" not in ada.get(there).content.decode()
