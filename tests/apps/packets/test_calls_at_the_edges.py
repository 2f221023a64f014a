"""Calls for letters at their edges: who changed their role, who presses twice, days far away, and what an undo takes back."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from tests.calling import (
    NO_WAIT,
    as_,
    call_facts,
    join,
    letter_for,
    make_call,
    make_seat,
    said,
    turn,
    undo_of,
)
from tests.cast import Cast
from tests.factories import make_account, make_contact, make_opportunity, make_purpose
from tests.sealing import CANARY

from vouchsafe.asks.actions.drop_nomination import WriterHasWritten, drop_nomination
from vouchsafe.asks.actions.move_call_days import move_call_days
from vouchsafe.asks.actions.redraw_plan import redraw_plan
from vouchsafe.asks.actions.withdraw_request import withdraw_request
from vouchsafe.core.reading.call_list import ToCall
from vouchsafe.core.words import Refusal
from vouchsafe.desk.call_table import call_table
from vouchsafe.desk.export import export
from vouchsafe.desk.front import Front, front
from vouchsafe.desk.plan_board import PlanBoard, plan_board
from vouchsafe.ledger import outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.packets.access import AccessOver, reader_of_letter
from vouchsafe.packets.actions.mail_seat import mail_seat
from vouchsafe.packets.actions.open_application import open_application
from vouchsafe.packets.actions.read_letter import read_letter
from vouchsafe.packets.actions.shortlist_applicants import shortlist_applicants
from vouchsafe.packets.models import Seat
from vouchsafe.people.access import NotHere
from vouchsafe.people.models import Account
from vouchsafe.plans.access_calls import call_of_office
from vouchsafe.plans.actions.add_destination import add_destination
from vouchsafe.plans.actions.invite_applicants import invite_applicants
from vouchsafe.plans.actions.keep_call import CallDayPassed, keep_call
from vouchsafe.plans.actions.nominate_writer import drop
from vouchsafe.plans.actions.take_part import CallDayOver, leave_call, take_part
from vouchsafe.plans.models import Application, Call, Opportunity, Shortlisting

WAIT = timedelta(seconds=30)


def shortlist(cast: Cast, call: Call, *parts: Application, listed: bool = True) -> None:
    shortlist_applicants(
        by=cast.dana, call=call, keys=[one.key for one in parts], listed=listed, undo=WAIT, now=timezone.now()
    )


def waiting() -> list[int]:
    rows = Outgoing.objects.filter(kind="committee", state="waiting").order_by("id")
    return [outbox.read(row).facts["ready"] for row in rows]


def test_applicant_who_runs_the_office_by_now_is_read_by_nobody_they_could_name(cast: Cast) -> None:
    call = make_call(cast.dana)
    part = join(cast.ada, call, cast.ben)
    seal = letter_for(part, cast.ben)
    seat = make_seat(cast.dana, call)
    reader = open_application(seat=seat, key=part.key, now=timezone.now())
    Account.objects.filter(pk=cast.ada.pk).update(role="office")
    ada = Account.objects.get(pk=cast.ada.pk)
    own = make_seat(ada, call, "A Friend", address="ada.elsewhere@mailbox.example")
    with pytest.raises((Refusal, NotHere)):
        open_application(seat=own, key=part.key, now=timezone.now())
    with pytest.raises(AccessOver):
        read_letter(reader=reader, seal=seal, what="read", now=timezone.now())
    Account.objects.filter(pk=cast.ada.pk).update(role="applicant")
    read_letter(reader=reader, seal=seal, what="read", now=timezone.now())


def test_last_day_of_a_reader_is_the_day_the_office_gave(cast: Cast) -> None:
    call = make_call(cast.dana, zone="Europe/Berlin")
    until = timezone.localdate() + timedelta(days=90)
    sent = {"name": "Cleo", "address": "cleo@committee.example", "until": until.isoformat()}
    as_(cast.dana).post(f"/office/calls/{call.key}/readers", sent)
    seat = Seat.objects.get()
    assert seat.expires_at.astimezone(ZoneInfo("Europe/Berlin")).date() == until
    mail = mail_seat(by=cast.dana, seat=seat, undo=NO_WAIT, now=timezone.now())
    assert outbox.read(mail).facts["until"] == until


def test_days_at_the_end_of_the_calendar_break_no_page(cast: Cast) -> None:
    dana, last = as_(cast.dana), date.max.isoformat()
    dana.post("/office/calls/new", said(closes_on=last, due_on=last))
    for call in Call.objects.all():
        assert dana.get(f"/office/calls/{call.key}/").status_code == 200
    call = make_call(cast.dana)
    join(cast.ada, call, cast.ben)
    at = f"/office/calls/{call.key}/"
    sent = {"name": "Cleo", "address": "cleo@committee.example", "until": last}
    assert dana.post(f"{at}readers", sent).status_code in (302, 422)
    assert dana.post(f"{at}edit", {"closes_on": last, "due_on": last}).status_code in (302, 422)
    assert dana.get(at).status_code == 200
    for moment in ("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "x", "2026-01-01"):
        assert dana.post(f"{at}shortlist", {"act": "unlist", "at": moment}).status_code == 302


def test_undo_of_naming_a_reader_again_does_not_end_the_access_they_had(cast: Cast) -> None:
    call = make_call(cast.dana)
    dana, at = as_(cast.dana), f"/office/calls/{call.key}/"
    until = (timezone.localdate() + timedelta(days=90)).isoformat()
    sent = {"name": "Cleo", "address": "cleo@committee.example", "until": until}
    dana.post(f"{at}readers", sent)
    undo_of(dana, at)
    dana.post(f"{at}readers", {**sent, "name": "Cleo Brandt"})
    page = dana.get(at).content.decode()
    assert "Nothing is mailed yet." not in page
    assert page.count('name="act" value="revoke"') == 1, "on the row alone, not in a note"
    assert Seat.objects.get().name == "Cleo Brandt"


def test_mailing_a_readers_link_twice_at_once_mails_once(cast: Cast) -> None:
    seat = make_seat(cast.dana, make_call(cast.dana))
    now = timezone.now()
    first = mail_seat(by=cast.dana, seat=seat, undo=WAIT, now=now)
    assert mail_seat(by=cast.dana, seat=seat, undo=WAIT, now=now + timedelta(seconds=1)) == first
    later = mail_seat(by=cast.dana, seat=seat, undo=WAIT, now=now + timedelta(minutes=2))
    assert later != first


def test_taking_one_off_the_list_takes_no_other_mail_back(cast: Cast) -> None:
    call = make_call(cast.dana, holds=True)
    ada, eve = join(cast.ada, call, cast.ben), join(cast.eve, call, cast.ben_to_eve)
    seat = make_seat(cast.dana, call)
    shortlist(cast, call, eve)
    Outgoing.objects.all().update(state="sent", ended_at=timezone.now())
    mail_seat(by=cast.dana, seat=seat, undo=WAIT, now=timezone.now())
    assert waiting() == [0]
    shortlist(cast, call, eve, listed=False)
    assert waiting() == [0], "the link that the office mailed still goes"
    shortlist(cast, call, ada)
    shortlist(cast, call, eve)
    assert waiting() == [0, 1, 1]
    shortlist(cast, call, eve, listed=False)
    assert waiting() == [0, 1], "of Ada they are still told"
    shortlist(cast, call, ada, listed=False)
    shortlist(cast, call, ada, eve)
    shortlist(cast, call, eve, listed=False)
    assert waiting() == [0, 1], "and of both in one press, of who stays"
    assert Outgoing.objects.filter(about=seat.key).count() == 6


def test_letter_of_a_writer_taken_off_the_call_is_read_no_longer_where_it_was_open(cast: Cast) -> None:
    call = make_call(cast.dana)
    mina = make_contact(cast.ada, "Mina Holt")
    part = join(cast.ada, call, cast.ben, mina)
    bens, minas = letter_for(part, cast.ben), letter_for(part, mina)
    now = timezone.now()
    reader = open_application(seat=make_seat(cast.dana, call), key=part.key, now=now)
    drop(by=cast.ada, application=part, contact=cast.ben, now=now)
    assert reader_of_letter([reader.key], bens.number, now) == ""
    with pytest.raises(AccessOver):
        read_letter(reader=reader, seal=bens, what="read", now=now)
    read_letter(reader=reader, seal=minas, what="read", now=now)


def test_letter_that_came_stays_though_its_writer_is_asked_no_longer_for_something_else(cast: Cast) -> None:
    call = make_call(cast.dana)
    part = join(cast.ada, call, cast.ben)
    letter_for(part, cast.ben)
    request = make_purpose(cast.ben, make_opportunity(cast.ada, "Second")).request
    withdraw_request(by=cast.ada, request=request, now=timezone.now())
    make_purpose(cast.ben, make_opportunity(cast.ada, "Third"))
    rows = call_table(call, timezone.now()).rows
    assert [cell.state for row in rows for cell in row.cells] == ["arrived"]
    with pytest.raises(WriterHasWritten):
        drop_nomination(by=cast.ada, application=part, contact=cast.ben, now=timezone.now())


def test_undo_of_one_in_the_office_leaves_what_another_decided_since(cast: Cast) -> None:
    call = make_call(cast.dana, holds=True)
    ada, eve = join(cast.ada, call), join(cast.eve, call)
    one, other = as_(cast.dana), as_(make_account("Dora Whitlock", role="office"))
    here = f"/office/calls/{call.key}/"
    standing = Shortlisting.objects.filter(undone_at__isnull=True)
    one.post(f"{here}shortlist", {"act": "list", "who": [ada.key, eve.key]})
    undo = undo_of(one, here)
    other.post(f"{here}shortlist", {"act": "unlist", "who": [ada.key]})
    other.post(f"{here}shortlist", {"act": "list", "who": [ada.key]})
    one.post(*undo)
    assert standing.get().application == ada, "the other put her there again"
    one.post(f"{here}shortlist", {"act": "unlist", "who": [ada.key]})
    undo = undo_of(one, here)
    other.post(f"{here}shortlist", {"act": "list", "who": [ada.key]})
    other.post(f"{here}shortlist", {"act": "unlist", "who": [ada.key]})
    one.post(*undo)
    assert not standing.exists(), "the other took her off"


def test_call_drafted_by_a_double_click_is_one(cast: Cast) -> None:
    dana = as_(cast.dana)
    first = dana.post("/office/calls/new", said())
    assert dana.post("/office/calls/new", said())["Location"] == first["Location"]
    assert dana.post("/office/calls/new", said(title="Another"))["Location"] != first["Location"]
    keep_call(by=cast.dana, facts=call_facts(), now=timezone.now())
    keep_call(by=cast.dana, facts=call_facts(), now=timezone.now() + timedelta(minutes=2))
    assert Call.objects.count() == 4


def test_nobody_is_invited_to_a_call_whose_day_has_passed(cast: Cast) -> None:
    call = make_call(cast.dana)
    with pytest.raises(CallDayPassed):
        invite_applicants(
            by=cast.dana, call=call, rows=[ToCall(2, "Ada", "ada@example.org")], instance_name="x",
            wait=NO_WAIT, now=timezone.now() + timedelta(days=22),
        )  # fmt: skip
    assert not Outgoing.objects.filter(kind="call_invited").exists()


def test_leaving_is_undone_as_long_as_the_call_is_open_also_after_its_day(cast: Cast) -> None:
    call = make_call(cast.dana)
    part = join(cast.ada, call, cast.ben)
    late = timezone.now() + timedelta(days=22)
    leave_call(by=cast.ada, application=part, now=late)
    take_part(by=cast.ada, call=call, now=late)
    assert Application.objects.standing().filter(pk=part.pk).exists()
    with pytest.raises(CallDayOver):
        take_part(by=cast.eve, call=call, now=late)


def test_leaving_a_call_that_is_not_open_promises_no_undo(cast: Cast) -> None:
    ada = as_(cast.ada)
    for act in ("close", "withdraw"):
        call = make_call(cast.dana)
        join(cast.ada, call, cast.ben)
        turn(cast.dana, call, act)
        here = f"/calls/{call.key}/"
        assert b'value="leave"' in ada.get(here).content
        assert ada.post(f"{here}part", {"act": "leave"}).status_code == 302
        assert b">Undo<" not in ada.get(here).content
        assert not Opportunity.objects.of(cast.ada).exists(), "out of the plan"


def test_moving_the_days_of_a_call_moves_its_own_place_alone(cast: Cast) -> None:
    call = make_call(cast.dana)
    part = join(cast.ada, call)
    theirs = add_destination(
        by=cast.ada, opportunity=part.opportunity, way="by_hand", label="Me", due_on=timezone.localdate(),
        now=timezone.now(),
    )  # fmt: skip
    due = call.due_on + timedelta(days=3)
    move_call_days(
        by=cast.dana, call=call, closes_on=call.closes_on, due_on=due, undo=WAIT, today=timezone.localdate(),
        now=timezone.now(),
    )  # fmt: skip
    theirs.refresh_from_db()
    assert theirs.due_on == timezone.localdate()
    place = part.destination
    assert place is not None
    place.refresh_from_db()
    assert place.due_on == due


def call_mails(call: Call) -> list[str]:
    waiting = Outgoing.objects.filter(outbox.STILL_HERE, kind="call_changed", about=call.key)
    return sorted(outbox.read(row).to_address for row in waiting)


def test_moved_days_undone_before_anybody_heard_of_them_are_told_to_nobody_but_who_came_between(
    cast: Cast,
) -> None:
    call = make_call(cast.dana)
    join(cast.ada, call)
    began = {"closes_on": call.closes_on, "due_on": call.due_on}
    later, now = {**began, "due_on": call.due_on + timedelta(days=3)}, timezone.now()

    def move(days: dict[str, date], minutes: int) -> bool:
        return move_call_days(
            by=cast.dana, call=call, undo=WAIT, today=timezone.localdate(), now=now + timedelta(minutes=minutes), **days
        )  # fmt: skip

    assert move(later, 0)
    assert move({**began, "due_on": call.due_on + timedelta(days=9)}, 1)
    assert call_mails(call) == [cast.ada.email]
    assert not move(began, 2)
    assert not move(began, 3), "pressed twice"
    assert call_mails(call) == []
    assert move(later, 4)
    take_part(by=cast.eve, call=call_of_office(cast.dana, call.key), now=now + timedelta(minutes=5))
    assert move(began, 6)
    assert call_mails(call) == [cast.eve.email], "who came meanwhile saw the later days"
    Outgoing.objects.filter(kind="call_changed", state="waiting").update(state="sent", ended_at=now)
    assert move(later, 7)
    Outgoing.objects.filter(kind="call_changed", state="waiting").update(state="sent", ended_at=now)
    assert move(began, 8)
    assert call_mails(call) == sorted([cast.ada.email, cast.eve.email]), "they had been told"


def test_moving_the_days_of_a_call_leaves_the_plans_of_its_applicants_behind(cast: Cast) -> None:
    call = make_call(cast.dana)
    join(cast.ada, call)
    today, now = timezone.localdate(), timezone.now()
    redraw_plan(by=cast.ada, today=today, now=now)

    def is_behind() -> bool:
        board = plan_board(cast.ada, today)
        assert isinstance(board, PlanBoard)
        desk = front(cast.ada, today)
        assert isinstance(desk, Front)
        assert ("draw" in [move.kind for move in desk.moves]) is board.has_changed
        return board.has_changed

    other = make_call(cast.dana, title="Another")
    for moved, behind in ((other, False), (call, True)):
        move_call_days(
            by=cast.dana, call=moved, closes_on=call.closes_on, due_on=call.due_on + timedelta(days=3), undo=WAIT,
            today=today, now=now + timedelta(minutes=1),
        )  # fmt: skip
        assert is_behind() is behind


def test_export_of_an_applicant_tells_no_readers_address_and_nobodys_decision(cast: Cast) -> None:
    call = make_call(cast.dana, holds=True)
    part = join(cast.ada, call, cast.ben)
    letter_for(part, cast.ben)
    seat = make_seat(cast.dana, call)
    shortlist(cast, call, part)
    open_application(seat=seat, key=part.key, now=timezone.now())
    with zipfile.ZipFile(io.BytesIO(export(cast.ada))) as bundle:
        told = json.loads(bundle.read("everything.json"))
        everything = b"".join(bundle.read(name) for name in bundle.namelist())
    assert [row["name"] for row in told["reader"]] == ["Cleo Brandt"], "who reads is told by name"
    assert seat.address.encode() not in everything
    assert "shortlisting" not in told
    assert CANARY.encode() not in everything


def test_long_names_from_a_file_fit_where_they_are_kept(cast: Cast) -> None:
    call = make_call(cast.dana, title="K" * 300, organisation="O" * 300)
    address = f"{'a' * 60}@{'.'.join(['b' * 60] * 3)}.example"
    now = timezone.now()
    row = ToCall(2, "Ada", cast.ada.email, (("", address),))
    invite_applicants(by=cast.dana, call=call, rows=[row], instance_name="x", wait=NO_WAIT, now=now)
    part = take_part(by=cast.ada, call=call, now=now)
    assert len(part.nominations.get().contact.name) <= 200


@pytest.mark.wide
@pytest.mark.parametrize(("stage", "days"), [("open", 0), ("open", 21), ("close", 41), ("withdraw", 21)])
def test_every_page_of_a_call_is_drawn_wherever_it_stands(
    cast: Cast, stage: str, days: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = make_call(cast.dana, most_pages=2, wanted=("care",), zone="America/New_York")
    part = join(cast.ada, call, cast.ben)
    letter_for(part, cast.ben)
    seat = make_seat(cast.dana, call, may_shortlist=True)
    if stage != "open":
        turn(cast.dana, call, stage)
    real = timezone.now() + timedelta(days=days)
    monkeypatch.setattr(timezone, "now", lambda: real)
    Account.objects.filter(pk=cast.eve.pk).update(role="adviser")
    here = f"/calls/{call.key}/"
    answers: list[Any] = [Client().get(here)]
    for account in (cast.ada, cast.eve, cast.dana):
        client = as_(account)
        answers += [client.get(here), client.post(f"{here}writers", {"act": "name", "contact": cast.ben.key})]
        answers += [client.post(f"{here}writers", {"act": "name", "contact": "?"}), client.get("/calls/")]
        answers += [client.post(f"{here}part", {"act": act}) for act in ("join", "leave", "join")]
        answers += [client.get(here)]
    dana, at = as_(cast.dana), f"/office/calls/{call.key}/"
    answers += [dana.get(at), dana.get(f"{at}edit"), dana.get(f"{at}applicants"), dana.get("/office/calls/")]
    answers += [
        dana.post(f"{at}edit", {"closes_on": "x"}),
        dana.post(f"{at}edit", {"due_on": "2020-01-01", "closes_on": "2020-01-01"}),
    ]
    answers += [
        dana.post(f"{at}readers/{seat.key}", {"act": act})
        for act in ("mail", "code", "?", "revoke", "mail", "code")
    ]
    answers += [dana.post(f"{at}readers", {"name": "", "until": "2020-01-01", "address": "x@y.example"})]
    answers += [dana.post(f"{at}readers", {"name": "C", "until": "2020-01-01", "address": "x@y.example"})]
    answers += [dana.post(f"{at}shortlist", {"act": "list", "who": [part.key]}), dana.post(f"{at}file")]
    answers += [
        dana.post(f"{at}applicants", {"text": text, "act": "send"})
        for text in ("", "x", "address\nq@q.example", "address\x00\n")
    ]
    answers += [
        dana.post(f"{at}stage", {"act": act})
        for act in ("open", "unopen", "close", "reopen", "restore", "withdraw", "?")
    ]
    assert {answer.status_code for answer in answers} <= {200, 302, 404, 409, 422}
