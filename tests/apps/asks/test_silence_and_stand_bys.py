"""Silence, a no, a yes taken back: the applicant is told who stands by, once each; nobody is asked by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import Cast
from tests.factories import NOW, TODAY, make_contact, make_opportunity, make_purpose, proven

from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.models import Purpose, Silence
from vouchsafe.doors.worker import tasks
from vouchsafe.ledger import outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.people.models import Contact
from vouchsafe.plans.models import Choice, Plan, Slot


def plan_with(purpose: Purpose, *people: Contact) -> None:
    plan = Plan.objects.create(owner=people[0].owner, drawn_at=NOW, drawn_on=TODAY)
    slot = Slot.objects.create(plan=plan, opportunity=purpose.opportunity, position=0)
    for rank, contact in enumerate(people):
        Choice.objects.create(slot=slot, contact=contact, rank=rank, fit=0.5, channel="mail", chance=0.5)


def mails(kind: str) -> list[outbox.Parcel]:
    return [outbox.read(row) for row in Outgoing.objects.filter(kind=kind)]


@pytest.fixture
def asked(cast: Cast) -> Purpose:
    purpose = make_purpose(cast.ben, make_opportunity(cast.ada))
    gone = make_contact(cast.ada, "Gone Away", removed_at=NOW)
    plan_with(purpose, cast.ben, gone, make_contact(cast.ada, "Ann Reed"), make_contact(cast.ada, "Cy Hale"))
    row = send_ask(by=cast.ada, purpose=purpose, now=NOW, undo=timedelta(0))
    Outgoing.objects.filter(pk=row.pk).update(state="sent", ended_at=NOW)
    return purpose


def test_silence_proposes_the_next_stand_by_once(asked: Purpose) -> None:
    due = Silence.objects.get().due_at
    assert timedelta(days=14) <= due - NOW < timedelta(days=17)
    assert tasks.propose_stand_bys(now=due - timedelta(minutes=1)) == 0
    assert tasks.propose_stand_bys(now=due) == 1
    assert tasks.propose_stand_bys(now=due + timedelta(days=30)) == 0
    (told,) = mails("propose_stand_by")
    assert told.to_address == "ada@example.org"
    assert told.facts["stand_by"] == "Ann Reed"
    assert told.facts["silent_days"] == (due - NOW).days
    assert Outgoing.objects.filter(kind="ask").count() == 1


def test_near_deadline_makes_patience_short(cast: Cast) -> None:
    purpose = make_purpose(
        cast.ben,
        make_opportunity(cast.ada, deadline_on=TODAY + timedelta(days=20)),
        shown_on=TODAY + timedelta(days=13),
    )
    send_ask(by=cast.ada, purpose=purpose, now=NOW, undo=timedelta(0))
    assert Silence.objects.get().due_at - NOW < timedelta(days=9)


@pytest.mark.parametrize("ending", ["answered", "paused", "not_mailed", "nobody"])
def test_silence_that_is_none_proposes_nobody(asked: Purpose, ending: str) -> None:
    if ending == "answered":
        record_answer(visit=proven(asked), said="yes", today=TODAY, now=NOW)
    elif ending == "paused":
        type(asked.request).objects.update(paused_at=NOW, paused_why="bounced")
    elif ending == "not_mailed":
        Outgoing.objects.filter(kind="ask").update(state="failed")
    else:
        Plan.objects.all().delete()
    tasks.propose_stand_bys(now=NOW + timedelta(days=20))
    assert not mails("propose_stand_by")
    assert Silence.objects.get().outcome == ending


def test_no_and_a_yes_taken_back_name_who_stands_by(asked: Purpose) -> None:
    record_answer(visit=proven(asked), said="yes", today=TODAY, now=NOW)
    record_answer(visit=proven(asked), said="taken_back", today=TODAY, now=NOW + timedelta(minutes=1))
    (told,) = mails("said_no")
    assert (told.facts["stand_by"], told.facts["took_back"]) == ("Ann Reed", True)


def test_stand_by_who_was_asked_already_is_passed_over(asked: Purpose, cast: Cast) -> None:
    ann = Contact.objects.get(name="Ann Reed")
    make_purpose(ann, asked.opportunity)
    record_answer(visit=proven(asked), said="no", today=TODAY, now=NOW)
    assert mails("said_no")[0].facts["stand_by"] == "Cy Hale"
