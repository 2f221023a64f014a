"""The writer says what a sealed letter may be used for, and is shown what that ends."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests import factories
from tests.cast import Cast
from tests.house.world import ask, browser_of_writer, seal, write
from tests.sealing import make_packet_of, make_reader, token_for

from vouchsafe.asks.actions.open_request import open_request
from vouchsafe.asks.models import Purpose
from vouchsafe.ledger.models import Outgoing
from vouchsafe.letters.actions.release_seal import release_seal
from vouchsafe.letters.models import Scope, Seal


@pytest.fixture
def purpose(cast: Cast) -> Purpose:
    return ask(cast, cast.ben, "waived")


@pytest.fixture
def ben(purpose: Purpose) -> Client:
    return browser_of_writer(purpose)


@pytest.fixture
def sealed(ben: Client, purpose: Purpose) -> Seal:
    write(ben, purpose, "I trust Ada.")
    made = seal(ben, purpose)
    release_seal(seal=made, by="test", now=timezone.now())
    return made


def address(purpose: Purpose) -> str:
    return f"/requests/{purpose.request.key}/uses"


def test_page_shows_what_is_agreed_and_offers_what_was_asked(
    ben: Client, purpose: Purpose, sealed: Seal
) -> None:
    body = ben.get(address(purpose)).content.decode()
    assert re.search(rf'value="{purpose.opportunity.key}"[^>]* checked', body)
    assert "Agreed so far" in body
    assert "Change the uses" in ben.get(f"/requests/{purpose.request.key}/sealed").content.decode()


def test_narrowing_shows_what_it_ends_before_it_is_saved(
    cast: Cast, ben: Client, purpose: Purpose, sealed: Seal
) -> None:
    reader = make_reader(make_packet_of(sealed, opportunity=purpose.opportunity))
    cleo = Client()
    cleo.post(f"/p/{token_for(reader)}", {"act": "open"})
    here = f"/reading/{reader.key}/"
    assert cleo.get(here).status_code == 200
    said = {"reach": "kinds", "kinds": ["scholarship"]}
    shown = ben.post(address(purpose), said).content.decode()
    assert "1 reader can no longer open it" in shown
    assert "Cleo " not in shown
    assert Scope.objects.filter(seal=sealed).count() == 1
    seen = re.search(r'name="seen" value="([^"]+)"', shown)
    assert seen is not None
    mark = seen[1].replace("&#34;", '"').replace("&quot;", '"')
    # What is pressed the second time is what was shown, or it is shown again.
    assert ben.post(address(purpose), {**said, "on_screen_only": "on", "seen": mark}).status_code == 200
    assert ben.post(address(purpose), {**said, "seen": mark}).status_code == 302
    assert sealed.scopes.first().uses.kinds == ("scholarship",)  # type: ignore[union-attr]  # just written
    assert Outgoing.objects.filter(kind="uses_changed").count() == 1
    assert cleo.get(here).status_code == 410


def test_widening_ends_nothing_and_is_saved_at_once(ben: Client, purpose: Purpose, sealed: Seal) -> None:
    last = timezone.localdate() + timedelta(days=30)
    assert ben.post(address(purpose), {"reach": "any", "last_on": last.isoformat()}).status_code == 302
    scope = sealed.scopes.first()
    assert scope is not None
    assert (scope.opportunities, scope.kinds, scope.last_on) == ([], [], last)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({}, "Choose what the letter may be used for."),
        ({"reach": "named"}, "Tick at least one purpose"),
        ({"reach": "kinds"}, "Tick at least one kind"),
        ({"reach": "any", "last_on": "2020-01-01"}, "Choose today or a later day"),
        ({"reach": "named", "named": ["f" * 24]}, "There is a problem"),
    ],
)
def test_form_that_says_nothing_useful_is_shown_again(
    ben: Client, purpose: Purpose, sealed: Seal, said: dict[str, object], problem: str
) -> None:
    answer = ben.post(address(purpose), said)
    assert answer.status_code == 422
    assert problem in answer.content.decode()
    assert Scope.objects.count() == 1


def test_page_and_press_need_a_fresh_code(cast: Cast, purpose: Purpose, sealed: Seal) -> None:
    stranger = browser_of_writer_again(purpose)
    assert "you need a code" in stranger.get(address(purpose)).content.decode()
    assert stranger.post(address(purpose), {"reach": "any"}).status_code == 409
    ada = Client()
    ada.force_login(cast.ada)
    for nobody in (Client(), ada):
        assert nobody.get(address(purpose)).status_code == 404
        assert nobody.post(address(purpose), {"reach": "any"}).status_code == 404
    assert Scope.objects.count() == 1


def browser_of_writer_again(purpose: Purpose) -> Client:
    """Whoever the mailed link was forwarded to."""
    from vouchsafe.asks.actions.make_link import token_of
    from vouchsafe.asks.models import Link

    link = Link.objects.filter(request=purpose.request, kind="mailed").latest("n")
    client = Client()
    client.post(f"/r/{token_of(link)}", {"act": "open"})
    return client


def test_letter_of_another_request_is_not_here(
    cast: Cast, ben: Client, purpose: Purpose, sealed: Seal
) -> None:
    base = f"/requests/{purpose.request.key}/letters"
    assert ben.get(f"{base}/{'f' * 24}/uses").status_code == 404
    assert ben.post(f"{base}/{'f' * 24}/uses", {"reach": "any"}).status_code == 404


def test_sealing_a_newer_letter_opens_the_uses_of_that_one_alone(
    cast: Cast, purpose: Purpose, sealed: Seal
) -> None:
    """A forwarded link could write and seal; that must not widen what the writer said of an older letter."""
    asked = factories.make_opportunity(cast.ada, "MSc next year", deadline_on=None)
    open_request(
        by=cast.ada, contact=cast.ben, opportunity=asked, shown_on=None, confidentiality="open", subject="", note="",
        today=timezone.localdate(), now=timezone.now(),
    )  # fmt: skip
    ben = browser_of_writer(purpose)
    write(ben, purpose, "Another.")
    newer = seal(ben, purpose)
    assert "you need a code" not in ben.get(address(purpose)).content.decode()
    assert newer.number in ben.get(address(purpose)).content.decode()
    older = f"/requests/{purpose.request.key}/letters/{sealed.letter.key}/uses"
    assert "you need a code" in ben.get(older).content.decode()
    assert ben.post(older, {"reach": "any"}).status_code == 409
    assert Scope.objects.filter(seal=sealed).count() == 1


def test_reader_and_applicant_see_the_uses_in_words(
    cast: Cast, ben: Client, purpose: Purpose, sealed: Seal
) -> None:
    reader = make_reader(make_packet_of(sealed, opportunity=purpose.opportunity))
    shown = ben.post(address(purpose), {"reach": "any", "on_screen_only": "on"}).content.decode()
    assert "no longer save it" in shown
    mark = re.search(r'name="seen" value="([^"]+)"', shown)
    assert mark is not None
    seen = mark[1].replace("&#34;", '"').replace("&quot;", '"')
    ben.post(address(purpose), {"reach": "any", "on_screen_only": "on", "seen": seen})
    ada = Client()
    ada.force_login(cast.ada)
    words = "To be read here, not saved as a file"
    assert words in ada.get(f"/safe/{sealed.letter.key}/").content.decode()
    cleo = Client()
    cleo.post(f"/p/{token_for(reader)}", {"act": "open"})
    page = cleo.get(f"/reading/{reader.key}/{sealed.number}/").content.decode()
    assert words in page
    assert "Download" not in page
    assert cleo.post(f"/reading/{reader.key}/{sealed.number}/file").status_code == 409
    assert cleo.post(f"/reading/{reader.key}/copy").status_code == 409
