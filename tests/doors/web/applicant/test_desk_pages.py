from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone
from tests.cast import Cast
from tests.factories import make_contact, make_opportunity, proven

from vouchsafe.asks.actions.open_request import open_request
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.asks.actions.record_ask import record_ask
from vouchsafe.asks.actions.redraw_plan import redraw_plan
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.models import Closing, Purpose, Request, Start
from vouchsafe.desk.front import Beginning, Front, front
from vouchsafe.ledger.models import Outgoing
from vouchsafe.letters.models import Letter
from vouchsafe.people.models import Account, Contact
from vouchsafe.plans.models import Opportunity


def enter(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def day(n: int) -> date:
    return timezone.localdate() + timedelta(days=n)


def soon(owner: Account, title: str = "Programme analyst", **facts: Any) -> Opportunity:
    return make_opportunity(owner, title, **{"deadline_on": day(40), **facts})


def draw(owner: Account) -> None:
    redraw_plan(by=owner, today=day(0), now=timezone.now())


def request_for(
    contact: Contact, opportunity: Opportunity, *, mailed: bool = True, answer: str = ""
) -> Purpose:
    now = timezone.now()
    purpose = open_request(
        by=contact.owner, contact=contact, opportunity=opportunity, shown_on=day(30), confidentiality="open",
        subject="A letter", note="Dear you", points=[], today=day(0), now=now,
    )  # fmt: skip
    if mailed:
        send_ask(by=contact.owner, purpose=purpose, now=now, undo=timedelta(seconds=30))
    if answer:
        record_answer(visit=proven(purpose), said=answer, today=day(0), now=timezone.now())
    return purpose


def seal(purpose: Purpose, *, confidentiality: str = "open") -> None:
    """As sealing leaves it: a letter, and the request closed."""
    now = timezone.now()
    Letter.objects.create(
        applicant=purpose.request.contact.owner, request=purpose.request, writer_name="CANARY writer",
        title="CANARY title", origin="written", confidentiality=confidentiality, begun_at=now,
    )  # fmt: skip
    Closing.objects.create(request=purpose.request, why="sealed", closed_at=now, closed_by="writer")


def page_of(client: Client) -> str:
    response = client.get("/desk/")
    assert response.status_code == 200
    return response.content.decode()


def picture(owner: Account) -> Front:
    found = front(owner, day(0))
    assert isinstance(found, Front)
    return found


def test_empty_desk_leads_one_thing_a_page(cast: Cast) -> None:
    client = enter(cast.ada)
    cast.ben.delete()
    assert "What are the letters for?" in page_of(client)
    soon(cast.ada)
    assert "Who has watched you do something hard?" in page_of(client)
    make_contact(cast.ada, "Mina Holt", tie="mentor", knows_work=4, warmth=4)
    assert "Plan your letters" in page_of(client)
    client.post("/plan/drawing/")
    assert "One letter to go, by" in page_of(client)
    assert page_of(client).count('data-kind="primary"') == 1


def test_whom_to_ask_comes_first_with_one_primary_button(cast: Cast) -> None:
    cast.ben.meets_regularly = True
    cast.ben.save()
    opportunity = soon(cast.ada, need=1)
    draw(cast.ada)
    page = page_of(enter(cast.ada))
    assert "Ask Ben Okafor in person" in page
    assert f"/brief/{cast.ben.key}/{opportunity.key}/" in page
    assert page.count('data-kind="primary"') == 1


def test_headline_and_rack_tell_what_is_safe(cast: Cast) -> None:
    opportunity = soon(cast.ada, need=3)
    others = [
        make_contact(cast.ada, name, tie="mentor", knows_work=3, warmth=3)
        for name in ("Mina Holt", "Jo Vale")
    ]
    seal(request_for(cast.ben, opportunity, answer="yes"))
    started = request_for(others[0], opportunity, answer="yes")
    Start.objects.create(request=started.request, started_at=timezone.now())
    request_for(others[1], opportunity)
    draw(cast.ada)
    assert picture(cast.ada).rack == ("safe", "writing", "asked")
    page = page_of(enter(cast.ada))
    assert "One letter is safe. Two more by" in page
    for words in (
        "Said yes and has started",
        "The next reminder goes on",
        "Waiting for a yes",
        "you may read it",
    ):
        assert words in page, words


def test_all_safe_needs_nothing_but_thanks(cast: Cast) -> None:
    opportunity = soon(cast.ada, need=1, spare=0)
    seal(request_for(cast.ben, opportunity, answer="yes"))
    draw(cast.ada)
    page = page_of(enter(cast.ada))
    assert "Your letter is safe." in page
    assert "Nothing needs you today." in page


def test_a_letter_stays_safe_when_a_new_purpose_opens_a_new_round(cast: Cast) -> None:
    first = soon(cast.ada, need=1, spare=0)
    second = soon(cast.ada, "Second post", need=1, spare=0, deadline_on=day(60))
    seal(request_for(cast.ben, first, answer="yes"))
    request_for(cast.ben, second, mailed=False)
    draw(cast.ada)
    found = picture(cast.ada)
    assert [row.name for row in found.safe] == ["Ben Okafor"]
    assert found.opportunity == second.key
    assert found.rack == ("open",)


def test_a_waived_letter_shows_its_author_and_never_a_word_of_it(cast: Cast) -> None:
    opportunity = soon(cast.ada, need=1)
    seal(request_for(cast.ben, opportunity, answer="yes"), confidentiality="in_confidence")
    draw(cast.ada)
    page = page_of(enter(cast.ada))
    assert "in confidence" in page
    assert "CANARY" not in page


def test_a_maybe_waits_for_its_day(cast: Cast) -> None:
    opportunity = soon(cast.ada, need=1, spare=0)
    draw(cast.ada)
    now = timezone.now()
    record_ask(
        by=cast.ada, contact=cast.ben, opportunity=opportunity, channel="phone", said="maybe",
        asked_on=day(-3), maybe_until=day(1), today=day(0), now=now,
    )  # fmt: skip
    assert [row.until for row in picture(cast.ada).theirs] == [day(1)]
    come = front(cast.ada, day(1))
    assert isinstance(come, Front)
    assert come.moves[0].kind == "maybe"
    assert come.theirs == ()


def test_a_yes_in_person_still_wants_its_mail(cast: Cast) -> None:
    opportunity = soon(cast.ada, need=1, spare=0)
    now = timezone.now()
    record_ask(
        by=cast.ada, contact=cast.ben, opportunity=opportunity, channel="in_person", said="yes", asked_on=day(0),
        today=day(0), now=now,
    )  # fmt: skip
    draw(cast.ada)
    assert picture(cast.ada).moves[0].kind == "mail"
    request_for(cast.ben, opportunity)
    assert "mail" not in {move.kind for move in picture(cast.ada).moves}


def test_a_mail_that_may_not_have_arrived_comes_before_everything(cast: Cast) -> None:
    opportunity = soon(cast.ada, need=2)
    make_contact(cast.ada, "Mina Holt", tie="mentor", knows_work=3, warmth=3)
    purpose = request_for(cast.ben, opportunity)
    draw(cast.ada)
    Outgoing.objects.filter(kind="ask").update(state="unknown", ended_at=timezone.now())
    move = picture(cast.ada).moves[0]
    assert (move.kind, move.request) == ("trouble", purpose.request.key)
    assert "may not have arrived" in page_of(enter(cast.ada))


def test_who_said_no_is_not_to_be_asked_again(cast: Cast) -> None:
    opportunity = soon(cast.ada, need=1, spare=0)
    draw(cast.ada)
    request_for(cast.ben, opportunity, answer="no")
    kinds = [move.kind for move in picture(cast.ada).moves]
    assert "ask" not in kinds
    assert "draw" in kinds  # the plan was drawn before the no


def test_nothing_is_drawn_again_once_no_letter_is_wanting(cast: Cast) -> None:
    first, second = soon(cast.ada, "First", need=1), soon(cast.ada, "Second", need=1)
    draw(cast.ada)
    seal(request_for(cast.ben, first, answer="yes"))
    assert "draw" in [move.kind for move in picture(cast.ada).moves]
    Opportunity.objects.filter(pk=second.pk).update(deadline_on=day(-1))
    assert "draw" not in [move.kind for move in picture(cast.ada).moves]


def test_eve_sees_her_own_empty_desk(cast: Cast) -> None:
    opportunity = soon(cast.ada, "CANARY post")
    request_for(cast.ben, opportunity)
    draw(cast.ada)
    assert "CANARY" not in page_of(enter(cast.eve))
    assert isinstance(front(cast.eve, day(0)), Beginning)
    soon(cast.eve, "Eve's own")
    draw(cast.eve)
    page = page_of(enter(cast.eve))
    assert "CANARY" not in page
    assert picture(cast.eve).theirs == ()
    assert Client().get("/desk/")["Location"].startswith("/accounts/login/")
    assert enter(cast.ada).post("/desk/").status_code == 405


def test_desk_takes_six_queries_at_one_row_and_at_fifty(cast: Cast, django_assert_num_queries: Any) -> None:
    """Session, account, opportunities with the plan, choices, purposes, words in person: all of them."""
    client = enter(cast.ada)
    opportunity = soon(cast.ada, need=3)
    request_for(cast.ben, opportunity)
    draw(cast.ada)
    page_of(client)  # whose house this is, is read once and kept
    with django_assert_num_queries(6):
        client.get("/desk/")
    for n in range(50):
        contact = make_contact(cast.ada, f"P{n} Holt", tie="mentor", knows_work=3, warmth=3)
        if n < 9:
            soon(cast.ada, f"Post {n}", need=2)
        purpose = request_for(contact, opportunity, answer="yes" if n % 3 else "")
        if n % 5 == 1:
            seal(purpose)
        record_ask(
            by=cast.ada, contact=contact, opportunity=opportunity, channel="phone", said="maybe",
            asked_on=day(0), maybe_until=day(4), today=day(0), now=timezone.now(),
        )  # fmt: skip
    draw(cast.ada)
    assert Request.objects.count() == 51
    with django_assert_num_queries(6):
        assert client.get("/desk/").status_code == 200
