from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from tests.cast import Cast
from tests.factories import NOW, TODAY, make_contact, make_opportunity, make_purpose, proven

from vouchsafe.asks.access import stage, visit_by_token
from vouchsafe.asks.actions.change_address import AddressIsTheWriters, change_address
from vouchsafe.asks.actions.change_reminder import (
    ReminderDayNotPossible,
    RemindersTooClose,
    change_reminder,
)
from vouchsafe.asks.actions.drop_reminder import drop_reminder
from vouchsafe.asks.actions.note_started import note_started
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.asks.actions.remind_by_hand import RemindedEnough, RemindedJustNow, remind_by_hand
from vouchsafe.asks.actions.restore_reminder import restore_reminder
from vouchsafe.asks.actions.restore_request import restore_request
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.actions.send_code import send_code
from vouchsafe.asks.actions.send_reminder import send_reminder
from vouchsafe.asks.actions.withdraw_ask import SentAlready, withdraw_ask
from vouchsafe.asks.actions.withdraw_reminder import withdraw_reminder
from vouchsafe.asks.actions.withdraw_request import withdraw_request
from vouchsafe.asks.mailbox import MailPaused, OwnAddress
from vouchsafe.asks.models import Ask, Link, Purpose, Reminder, Request
from vouchsafe.core.stages import MoveNotAllowed
from vouchsafe.core.timing import AskTooLate
from vouchsafe.ledger import custody, outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.people.access import NotHere

UNDO = timedelta(seconds=30)
LATER = NOW + timedelta(days=3)


def sent(cast: Cast, title: str = "Programme analyst", now: datetime = NOW) -> tuple[Purpose, Outgoing]:
    purpose = make_purpose(cast.ben, make_opportunity(cast.ada, title))
    return purpose, send_ask(by=cast.ada, purpose=purpose, now=now, undo=UNDO)


def left(mail: Outgoing) -> None:
    Outgoing.objects.filter(pk=mail.pk).update(state="sent", begun_at=NOW, ended_at=NOW)


def planned() -> list[Reminder]:
    return list(Reminder.objects.filter(sent_at__isnull=True, dropped_at__isnull=True))


def test_undone_ask_leaves_no_link_no_ask_and_no_reminder(cast: Cast) -> None:
    purpose, mail = sent(cast)
    for _ in range(2):
        withdraw_ask(by=cast.ada, request=purpose.request, outgoing_key=mail.key, now=NOW)
    assert stage(purpose.request) == "prepared"
    assert not Link.objects.exists()
    assert not planned()
    assert Ask.objects.get().undone_at == NOW


def test_undo_of_a_second_purpose_keeps_the_first_ones_link_and_chase(cast: Cast) -> None:
    first, mail = sent(cast)
    left(mail)
    _, second = sent(cast, "Another place", LATER)
    withdraw_ask(by=cast.ada, request=first.request, outgoing_key=second.key, now=LATER)
    assert Link.objects.filter(kind="mailed").count() == 1
    assert stage(first.request) == "asked"
    assert planned()
    assert Ask.objects.get(undone_at__isnull=True).opportunity == first.opportunity


def test_mail_of_another_request_cannot_be_taken_back(cast: Cast) -> None:
    _, mail = sent(cast)
    other = make_purpose(cast.ben_to_eve, make_opportunity(cast.eve))
    with pytest.raises(NotHere):
        withdraw_ask(by=cast.eve, request=other.request, outgoing_key=mail.key, now=NOW)
    mail.refresh_from_db()
    assert mail.state == "waiting"


def test_undo_after_the_mail_has_left_is_refused(cast: Cast) -> None:
    purpose, mail = sent(cast)
    left(mail)
    with pytest.raises(SentAlready):
        withdraw_ask(by=cast.ada, request=purpose.request, outgoing_key=mail.key, now=NOW)
    assert Link.objects.exists()


def test_unknown_mail_is_sent_again_only_when_said_so(cast: Cast) -> None:
    purpose, mail = sent(cast)
    Outgoing.objects.filter(pk=mail.pk).update(state="unknown", begun_at=NOW, ended_at=NOW)
    assert send_ask(by=cast.ada, purpose=purpose, now=LATER, undo=UNDO).pk == mail.pk
    again = send_ask(by=cast.ada, purpose=purpose, now=LATER, undo=UNDO, again=True)
    assert again.pk != mail.pk
    assert send_ask(by=cast.ada, purpose=purpose, now=LATER, undo=UNDO, again=True).pk == again.pk


def test_ask_less_than_a_week_ahead_needs_a_word(cast: Cast) -> None:
    purpose = make_purpose(
        cast.ben, make_opportunity(cast.ada, deadline_on=TODAY + timedelta(days=6)), shown_on=TODAY
    )
    with pytest.raises(AskTooLate):
        send_ask(by=cast.ada, purpose=purpose, now=NOW, undo=UNDO)
    assert send_ask(by=cast.ada, purpose=purpose, now=NOW, undo=UNDO, ask_anyway=True)


def test_laptop_without_an_address_puts_no_link_into_the_mail(cast: Cast) -> None:
    type(cast.instance).objects.update(host="personal")
    _, mail = sent(cast)
    assert outbox.read(mail).links == {}


def test_reminder_by_hand_at_most_twice_and_two_days_apart(cast: Cast) -> None:
    purpose, _ = sent(cast)
    request = purpose.request
    with pytest.raises(RemindedJustNow):
        remind_by_hand(by=cast.ada, request=request, undo=UNDO, now=NOW + timedelta(hours=47))
    assert remind_by_hand(by=cast.ada, request=request, words="A line.", undo=UNDO, now=LATER)
    with pytest.raises(RemindedJustNow):
        remind_by_hand(by=cast.ada, request=request, undo=UNDO, now=LATER + timedelta(hours=47))
    remind_by_hand(by=cast.ada, request=request, undo=UNDO, now=LATER + timedelta(hours=49))
    with pytest.raises(RemindedEnough):
        remind_by_hand(by=cast.ada, request=request, undo=UNDO, now=LATER + timedelta(days=9))
    assert Outgoing.objects.filter(kind="reminder").count() == 2


def test_planned_reminder_stays_two_days_from_one_by_hand(cast: Cast) -> None:
    purpose, _ = sent(cast)
    chase = planned()[0]
    remind_by_hand(by=cast.ada, request=purpose.request, undo=UNDO, now=LATER)
    chase.refresh_from_db()
    assert chase.dropped_why == "planned_anew"
    assert all(row.due_at - LATER >= timedelta(hours=48) for row in planned())


def test_planned_reminder_due_within_two_days_of_the_ask_is_dropped(cast: Cast) -> None:
    purpose, _ = sent(cast)
    row = Reminder.objects.create(request=purpose.request, kind="chase", due_at=NOW)
    assert not send_reminder(reminder=row, by="worker", now=NOW + timedelta(hours=30))
    row.refresh_from_db()
    assert row.dropped_why == "too_soon"


def test_reminder_by_hand_is_undone_while_it_waits(cast: Cast) -> None:
    purpose, _ = sent(cast)
    mail = remind_by_hand(by=cast.ada, request=purpose.request, undo=UNDO, now=LATER)
    for _ in range(2):
        withdraw_reminder(by=cast.ada, request=purpose.request, outgoing_key=mail.key, now=LATER)
    assert not Reminder.objects.filter(kind="by_hand", sent_at__isnull=False).exists()
    assert Link.objects.filter(kind="mailed").count() == 1
    assert remind_by_hand(by=cast.ada, request=purpose.request, undo=UNDO, now=LATER).pk != mail.pk


def test_nobody_is_reminded_after_a_no(cast: Cast) -> None:
    purpose, _ = sent(cast)
    record_answer(visit=proven(purpose), said="no", today=TODAY, now=NOW)
    with pytest.raises(MoveNotAllowed):
        remind_by_hand(by=cast.ada, request=purpose.request, undo=UNDO, now=LATER)


def test_reminder_is_moved_dropped_and_restored(cast: Cast) -> None:
    purpose, _ = sent(cast)
    record_answer(visit=proven(purpose), said="yes", today=TODAY, now=NOW)
    first, second, *_ = planned()
    moved = change_reminder(by=cast.ada, reminder=first, day=TODAY + timedelta(days=10), today=TODAY, now=NOW)
    assert moved.due_at.date() == TODAY + timedelta(days=10)
    with pytest.raises(RemindersTooClose):
        change_reminder(by=cast.ada, reminder=first, day=second.due_at.date(), today=TODAY, now=NOW)
    for days in (0, 29):
        with pytest.raises(ReminderDayNotPossible):
            change_reminder(
                by=cast.ada, reminder=first, day=TODAY + timedelta(days=days), today=TODAY, now=NOW
            )
    drop_reminder(by=cast.ada, reminder=first, now=NOW)
    assert first not in planned()
    restore_reminder(by=cast.ada, request=purpose.request, key=first.key, now=NOW)
    assert first in planned()


def test_bounced_request_goes_on_at_another_address(cast: Cast) -> None:
    purpose, mail = sent(cast)
    left(mail)
    old = outbox.read(mail).links["page_url"]
    assert isinstance(old, outbox.TokenLink)
    token = custody.token(old.purpose, old.key, old.n, old.generation)
    Request.objects.update(paused_at=NOW, paused_why="bounced")
    with pytest.raises(MailPaused):
        send_ask(by=cast.ada, purpose=purpose, now=LATER, undo=UNDO)
    change_address(by=cast.ada, request=purpose.request, address="ben@new.example", was_wrong=True, now=LATER)
    fresh = send_ask(by=cast.ada, purpose=purpose, now=LATER, undo=UNDO)
    assert outbox.read(fresh).to_address == "ben@new.example"
    with pytest.raises(NotHere):
        visit_by_token(token)
    assert [row.address for row in cast.ben.addresses.all()] == ["ben@new.example", "ben@writers.example"]


def test_own_address_is_refused_for_a_request(cast: Cast) -> None:
    purpose, _ = sent(cast)
    with pytest.raises(OwnAddress):
        change_address(by=cast.ada, request=purpose.request, address="ada+x@example.org", now=NOW)


def test_links_and_codes_keep_to_the_proven_mailbox_whatever_the_contact_says(cast: Cast) -> None:
    purpose, _ = sent(cast)
    record_answer(visit=proven(purpose), said="yes", today=TODAY, now=NOW)
    note_started(request=purpose.request, by="writer", now=NOW)
    with pytest.raises(AddressIsTheWriters):
        change_address(by=cast.ada, request=purpose.request, address="friend@else.example", now=NOW)
    cast.ben.addresses.update(address="friend@else.example", mailbox="friend@else.example")
    request = Request.objects.select_related("contact__owner", "correspondent").get()
    remind_by_hand(by=cast.ada, request=request, undo=UNDO, now=LATER)
    send_code(request=request, use="read", now=LATER)
    went = {
        outbox.read(row).to_address for row in Outgoing.objects.filter(kind__in=("reminder", "writer_code"))
    }
    assert went == {"ben@writers.example"}


def test_contact_turned_into_the_applicant_gets_no_code(cast: Cast) -> None:
    sent(cast)
    cast.ben.addresses.update(address="ada@example.org", mailbox="ada@example.org")
    request = Request.objects.select_related("contact__owner", "correspondent").get()
    with pytest.raises(OwnAddress):
        send_code(request=request, use="prove", now=NOW)


def test_stopping_tells_the_writer_once_and_can_be_undone_while_it_waits(cast: Cast) -> None:
    purpose, mail = sent(cast)
    left(mail)
    for _ in range(2):
        withdraw_request(by=cast.ada, request=purpose.request, undo=UNDO, now=LATER)
    assert Outgoing.objects.filter(kind="cancelled").count() == 1
    restore_request(by=cast.ada, request=purpose.request, now=LATER)
    assert stage(purpose.request) == "asked"
    assert Outgoing.objects.get(kind="cancelled").state == "withdrawn"
    withdraw_request(by=cast.ada, request=purpose.request, undo=UNDO, now=LATER)
    assert Outgoing.objects.filter(kind="cancelled").count() == 2


def test_stopping_before_the_mail_has_left_tells_nobody(cast: Cast) -> None:
    purpose, _ = sent(cast)
    withdraw_request(by=cast.ada, request=purpose.request, undo=UNDO, now=NOW)
    assert not Outgoing.objects.filter(kind="cancelled").exists()
    assert stage(purpose.request) == "withdrawn"


def test_contact_without_an_address_is_stopped_quietly(cast: Cast) -> None:
    nobody = make_contact(cast.ada, "Orla Finn", email="")
    purpose = make_purpose(nobody, make_opportunity(cast.ada))
    assert withdraw_request(by=cast.ada, request=purpose.request, now=NOW)
