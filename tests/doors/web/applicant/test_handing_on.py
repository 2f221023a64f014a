"""A writer who says no proposes a colleague; the applicant accepts with one press, and nobody is asked before."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import Cast
from tests.factories import make_contact
from tests.house.world import ask

from vouchsafe.asks.actions.make_link import token_of
from vouchsafe.asks.models import Document, Link, Purpose, Request, Suggestion, Waiver
from vouchsafe.ledger import outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.people.models import Contact
from vouchsafe.plans.actions.remove_opportunity import remove_opportunity

ANN = {"act": "no", "instead": "Ann Reed", "instead_address": "ann@writers.example"}


@pytest.fixture
def asked(cast: Cast) -> Purpose:
    return ask(cast, cast.ben, "waived")


def say_no(purpose: Purpose, **facts: str) -> Suggestion | None:
    link = Link.objects.filter(request=purpose.request, kind="mailed").latest("n")
    assert Client().post(f"/r/{token_of(link)}", {**ANN, **facts}).status_code == 302
    return Suggestion.objects.first()


def press(client: Client, purpose: Purpose, suggestion: Suggestion) -> str:
    answer = client.post(f"/asks/{purpose.request.key}/suggestions/{suggestion.key}/")
    return f"{answer.status_code} {answer.headers.get('Location', '')}"


def asks() -> list[outbox.Parcel]:
    return [outbox.read(row) for row in Outgoing.objects.filter(kind="ask")]


def test_no_names_a_colleague_and_writes_to_nobody(asked: Purpose, cast: Cast, client: Client) -> None:
    say_no(asked)
    assert [mail.to_address for mail in asks()] == ["ben@writers.example"]
    assert not Contact.objects.filter(name="Ann Reed").exists()
    told = outbox.read(Outgoing.objects.get(kind="said_no"))
    assert told.facts["suggested"] == "Ann Reed"
    client.force_login(cast.ada)
    page = client.get(f"/asks/{asked.request.key}/").content.decode()
    assert "Ben Okafor suggests that you ask Ann Reed." in page
    assert "ann@writers.example" in page


def test_long_address_without_a_name_is_kept_as_far_as_a_name_goes(asked: Purpose) -> None:
    address = f"{'a' * 60}@{'.'.join(['b' * 60] * 3)}.example"
    suggestion = say_no(asked, instead="", instead_address=address)
    assert suggestion is not None
    assert suggestion.address == address
    assert suggestion.name == address[:200]


def test_colleague_is_not_asked_for_what_is_off_the_list(asked: Purpose, cast: Cast, client: Client) -> None:
    suggestion = say_no(asked)
    assert suggestion is not None
    remove_opportunity(by=cast.ada, opportunity=asked.opportunity, now=timezone.now())
    client.force_login(cast.ada)
    assert press(client, asked, suggestion).startswith("409")
    assert [mail.to_address for mail in asks()] == ["ben@writers.example"]


def test_one_press_asks_the_colleague_with_the_same_brief_and_dates(
    asked: Purpose, cast: Cast, client: Client
) -> None:
    Purpose.objects.filter(pk=asked.pk).update(points=["The returns report"])
    Document.objects.create(
        request=asked.request, kind="resume", name="cv.pdf", file="f" * 24, pages=2, added_at=timezone.now()
    )
    suggestion = say_no(asked)
    assert suggestion is not None
    client.force_login(cast.ada)
    first = press(client, asked, suggestion)
    assert press(client, asked, suggestion) == first
    new = Purpose.objects.get(request__contact__name="Ann Reed")
    assert first == f"302 /asks/{new.request.key}/"
    same = ("opportunity_id", "shown_on", "shown_time", "zone", "confidentiality", "points")
    asked.refresh_from_db()
    assert [getattr(new, name) for name in same] == [getattr(asked, name) for name in same]
    assert Waiver.objects.filter(purpose=new).count() == 1
    assert Document.objects.get(request=new.request).file == "f" * 24
    (mail,) = (one for one in asks() if one.to_address == "ann@writers.example")
    assert new.note == mail.facts["words"]
    assert "Ben Okafor, whom I asked first, can’t write this letter and suggested that I ask you." in new.note
    assert "at first hand" not in new.note  # of a stranger nothing is claimed
    assert "[" not in new.note
    assert Outgoing.objects.get(about=new.request.key, kind="ask").state == "waiting"  # half a minute to undo
    assert Request.objects.count() == 2
    assert "suggests that you ask" not in client.get(f"/asks/{asked.request.key}/").content.decode()


def test_colleague_who_is_known_already_is_no_second_contact(
    asked: Purpose, cast: Cast, client: Client
) -> None:
    ann = make_contact(cast.ada, "Dr Ann Reed", email="ann@writers.example")
    namesake = make_contact(cast.ada, "Ann Reed", email="other@writers.example")
    suggestion = say_no(asked)
    assert suggestion is not None
    client.force_login(cast.ada)
    press(client, asked, suggestion)
    assert Request.objects.filter(contact=ann).count() == 1
    assert Request.objects.filter(contact=namesake).count() == 0


def test_applicants_own_address_is_never_asked(asked: Purpose, cast: Cast, client: Client) -> None:
    suggestion = say_no(asked, instead_address="ada+ann@example.org")
    assert suggestion is not None
    client.force_login(cast.ada)
    assert press(client, asked, suggestion).startswith("409")
    assert len(asks()) == 1
    assert Request.objects.count() == 1


def test_eve_and_a_stranger_accept_nothing_for_ada(asked: Purpose, cast: Cast, client: Client) -> None:
    suggestion = say_no(asked)
    assert suggestion is not None
    assert press(client, asked, suggestion).startswith("302 /accounts/login/")
    client.force_login(cast.eve)
    assert press(client, asked, suggestion).startswith("404")
    assert len(asks()) == 1


def test_address_that_is_none_is_told_and_a_name_alone_stays_words(
    asked: Purpose, cast: Cast, client: Client
) -> None:
    link = Link.objects.filter(request=asked.request, kind="mailed").latest("n")
    wrong = client.post(f"/r/{token_of(link)}", {**ANN, "instead_address": "ann at home"})
    assert wrong.status_code == 422
    assert "Enter their address" in wrong.content.decode()
    assert say_no(asked, instead_address="") is None
    told = outbox.read(Outgoing.objects.get(kind="said_no"))
    assert "Perhaps ask Ann Reed." in told.facts["words"]
    assert told.facts["suggested"] == ""
