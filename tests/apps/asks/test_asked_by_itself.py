"""An ask held ready goes by itself when somebody before it says no or stays silent; nothing goes without that word."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import Cast
from tests.factories import NOW, TODAY, handed, make_contact, make_opportunity, make_purpose, proven

from vouchsafe.asks.actions.hold_ready import hold_ready
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.asks.actions.record_ask import record_ask
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.actions.withdraw_ask import withdraw_ask
from vouchsafe.asks.models import Purpose, Silence
from vouchsafe.doors.worker import tasks
from vouchsafe.doors.worker.carrying import build, sending_house
from vouchsafe.ledger import outbox
from vouchsafe.ledger.models import Line, Outgoing
from vouchsafe.people.models import Contact
from vouchsafe.plans.models import Choice, Plan, Slot


@pytest.fixture
def asked(cast: Cast) -> Purpose:
    purpose = make_purpose(cast.ben, make_opportunity(cast.ada))
    row = send_ask(by=cast.ada, purpose=purpose, now=NOW, undo=timedelta(0))
    Outgoing.objects.filter(pk=row.pk).update(state="sent", ended_at=NOW)
    return purpose


def prepared(asked: Purpose, name: str, *, ready: bool = True) -> Purpose:
    contact = make_contact(asked.request.contact.owner, name)
    purpose = make_purpose(contact, asked.opportunity)
    hold_ready(by=contact.owner, purpose=purpose, ready=ready, now=NOW)
    return Purpose.objects.get(pk=purpose.pk)


def planned(asked: Purpose, *people: Contact) -> None:
    plan = Plan.objects.create(owner=people[0].owner, drawn_at=NOW, drawn_on=TODAY)
    slot = Slot.objects.create(plan=plan, opportunity=asked.opportunity, position=1)
    for rank, contact in enumerate(people):
        Choice.objects.create(slot=slot, contact=contact, rank=rank, fit=0.5, channel="mail", chance=0.5)


def asks_to(address: str) -> list[Outgoing]:
    return [row for row in Outgoing.objects.filter(kind="ask") if outbox.read(row).to_address == address]


def test_prepared_ask_without_the_word_is_never_sent_by_itself(asked: Purpose) -> None:
    prepared(asked, "Ann Reed", ready=False)
    record_answer(visit=proven(asked), said="no", today=TODAY, now=NOW)
    assert asks_to("ann@writers.example") == []
    assert outbox.read(Outgoing.objects.get(kind="said_no")).facts["asked"] == ""


def test_no_sends_the_ask_held_ready_and_tells_its_applicant_when(asked: Purpose) -> None:
    ann = prepared(asked, "Ann Reed")
    record_answer(visit=proven(asked), said="no", today=TODAY, now=NOW)
    (ask,) = asks_to("ann@writers.example")
    assert ask.state == "waiting"
    assert ask.due_at >= NOW + timedelta(seconds=30)
    told = Outgoing.objects.get(kind="said_no")
    assert outbox.read(told).facts["asked_at"] == ask.due_at
    said = " ".join(str(part) for part in build(told, sending_house()).paragraphs)
    assert "Ann Reed is asked with the mail you held ready." in said
    assert "Nobody stands by" not in said
    assert Line.objects.filter(verb="stand_by_asked", about=asked.request.key).count() == 1
    withdraw_ask(by=ann.request.contact.owner, request=ann.request, outgoing_key=ask.key, now=NOW)
    ask.refresh_from_db()
    assert ask.state == "withdrawn"


def test_silence_sends_it_once_and_proposes_nobody(asked: Purpose) -> None:
    prepared(asked, "Ann Reed")
    due = Silence.objects.get(request=asked.request).due_at
    assert tasks.propose_stand_bys(now=due - timedelta(minutes=1)) == 0
    tasks.propose_stand_bys(now=due)
    tasks.propose_stand_bys(now=due + timedelta(hours=1))
    assert len(asks_to("ann@writers.example")) == 1
    (told,) = Outgoing.objects.filter(kind__in=("stand_by_asked", "propose_stand_by"))
    assert told.kind == "stand_by_asked"
    assert outbox.read(told).to_address == "ada@example.org"
    assert build(told, sending_house()).subject.facts["name"] == "Ann Reed"


def test_next_by_the_plan_is_asked_and_the_one_after_by_the_next_no(asked: Purpose) -> None:
    later, sooner = prepared(asked, "Zoe Last"), prepared(asked, "Ann Reed")
    planned(asked, asked.request.contact, sooner.request.contact, later.request.contact)
    record_answer(visit=proven(asked), said="no", today=TODAY, now=NOW)
    assert (len(asks_to("ann@writers.example")), len(asks_to("zoe@writers.example"))) == (1, 0)
    Outgoing.objects.filter(pk=asks_to("ann@writers.example")[0].pk).update(state="sent", ended_at=NOW)
    record_answer(visit=proven(sooner), said="no", today=TODAY, now=NOW)
    assert len(asks_to("zoe@writers.example")) == 1


@pytest.mark.parametrize("how", ["by their page", "in person"])
def test_nobody_who_said_no_since_is_asked_by_itself(asked: Purpose, cast: Cast, how: str) -> None:
    ann = prepared(asked, "Ann Reed")
    if how == "by their page":
        record_answer(visit=handed(ann), said="no", today=TODAY, now=NOW + timedelta(hours=1))
    else:
        record_ask(
            by=cast.ada,
            contact=ann.request.contact,
            opportunity=ann.opportunity,
            channel="in_person",
            said="no",
            asked_on=TODAY,
            today=TODAY,
            now=NOW + timedelta(hours=1),
        )
    record_answer(visit=proven(asked), said="no", today=TODAY, now=NOW + timedelta(hours=2))
    assert asks_to("ann@writers.example") == []


def test_ask_that_can_not_go_any_more_leaves_the_choice_to_its_applicant(asked: Purpose) -> None:
    ann = prepared(asked, "Ann Reed")
    late = NOW + timedelta(days=24)  # the date shown has not passed; somebody has stopped mails meanwhile
    ann.request.contact.addresses.all().delete()
    record_answer(visit=proven(asked), said="no", today=late.date(), now=late)
    assert not Outgoing.objects.filter(kind="ask", about=ann.request.key).exists()
    assert outbox.read(Outgoing.objects.get(kind="said_no")).facts["asked"] == ""


def test_ask_for_something_else_or_of_somebody_else_is_left_alone(asked: Purpose, cast: Cast) -> None:
    other = make_purpose(make_contact(cast.ada, "Ann Reed"), make_opportunity(cast.ada, "Another place"))
    hold_ready(by=cast.ada, purpose=other, ready=True, now=NOW)
    eves = make_purpose(make_contact(cast.eve, "Cy Hale"), make_opportunity(cast.eve))
    hold_ready(by=cast.eve, purpose=eves, ready=True, now=NOW)
    record_answer(visit=proven(asked), said="no", today=TODAY, now=NOW)
    assert Outgoing.objects.filter(kind="ask").count() == 1


def test_check_page_holds_an_ask_ready_and_the_request_says_so(cast: Cast, client: Client) -> None:
    today = timezone.localdate()
    opportunity = make_opportunity(cast.ada, deadline_on=today + timedelta(days=40))
    purpose = make_purpose(cast.ben, opportunity, shown_on=TODAY)
    Purpose.objects.filter(pk=purpose.pk).update(shown_on=today + timedelta(days=20))
    client.force_login(cast.ada)
    check = f"/purposes/{purpose.key}/check/"
    assert "Only once it is needed" in client.get(check).content.decode()
    answer = client.post(check, {"when": "needed", "confirmed": "on", "ask_anyway": "on"})
    assert answer.headers["Location"] == f"/asks/{purpose.request.key}/"
    assert not Outgoing.objects.filter(kind="ask").exists()
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Goes by itself when somebody before them says no or stays silent." in page
    client.post(f"/purposes/{purpose.key}/ready/", {"wanted": "no"})
    purpose.refresh_from_db()
    assert purpose.ready_at is None
    client.force_login(cast.eve)
    assert client.post(f"/purposes/{purpose.key}/ready/").status_code == 404
