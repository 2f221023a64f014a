"""The weekly list: only for a writer with several open letters, at a decent hour, apart from every other reminder."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from tests.cast import Cast
from tests.factories import NOW, TODAY, make_contact, make_opportunity, make_purpose, proven

from vouchsafe.adapters.post.render import render
from vouchsafe.asks.actions import send_weekly_list
from vouchsafe.asks.actions.mute_reminders import mute_reminders
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.asks.actions.remind_by_hand import RemindedJustNow, remind_by_hand
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.actions.stop_mail import stop_mail
from vouchsafe.asks.models import Purpose, Reminder, Request
from vouchsafe.asks.spacing import left_lately
from vouchsafe.doors.worker import tasks
from vouchsafe.doors.worker.carrying import build, sending_house
from vouchsafe.ledger import custody, outbox
from vouchsafe.ledger.models import Line, Outgoing
from vouchsafe.packets.actions.erase_account import erase_account
from vouchsafe.people.models import Account, Contact, WeeklyList

MONDAY = datetime(2026, 10, 12, 8, 30, tzinfo=UTC)
A_DAY = timedelta(days=1)


def agree(contact: Contact, owner: Account, title: str) -> Purpose:
    purpose = make_purpose(contact, make_opportunity(owner, title))
    send_ask(by=owner, purpose=purpose, now=NOW, undo=timedelta(0))
    record_answer(visit=proven(purpose), said="yes", today=TODAY, now=NOW)
    return purpose


@pytest.fixture
def two(cast: Cast) -> tuple[Purpose, Purpose]:
    """Ben has said yes to Ada and to Eve; no reminder of either is near."""
    first, second = (
        agree(cast.ben, cast.ada, "Programme analyst"),
        agree(cast.ben_to_eve, cast.eve, "MSc Statistics"),
    )
    tasks.send_mail(worker="w", now=NOW + A_DAY)
    return first, second


def lists() -> list[Outgoing]:
    rows = Outgoing.objects.filter(kind="writer_digest").exclude(state=Outgoing.State.WITHDRAWN)
    return list(rows.order_by("id"))


def test_writer_with_two_open_letters_is_mailed_one_list_a_week(two: tuple[Purpose, Purpose]) -> None:
    assert WeeklyList.objects.get().due_at == MONDAY
    for days in range(10):
        tasks.send_weekly_lists(now=MONDAY + days * A_DAY / 2)
    (row,) = lists()
    facts = outbox.read(row).facts
    assert [each[:2] for each in facts["rows"]] == [
        ("Ada Marsh", "Programme analyst"),
        ("Eve Tarn", "MSc Statistics"),
    ]
    assert row.delivery == outbox.Delivery.AT_MOST_ONCE
    assert WeeklyList.objects.get().due_at == MONDAY + timedelta(days=7)
    assert Line.objects.filter(verb="weekly_list_queued").count() == 2


def test_first_ask_to_a_proven_mailbox_is_on_the_list_before_its_answer(cast: Cast) -> None:
    agree(cast.ben, cast.ada, "Programme analyst")
    purpose = make_purpose(cast.ben_to_eve, make_opportunity(cast.eve, "MSc Statistics"))
    send_ask(by=cast.eve, purpose=purpose, now=NOW, undo=timedelta(0))
    assert purpose.request.correspondent is None
    tasks.send_mail(worker="w", now=NOW + A_DAY)
    Reminder.objects.filter(request=purpose.request_id).update(due_at=MONDAY + 9 * A_DAY)
    tasks.send_weekly_lists(now=MONDAY)
    (row,) = lists()
    assert {each[0] for each in outbox.read(row).facts["rows"]} == {"Ada Marsh", "Eve Tarn"}
    assert left_lately(Request.objects.get(pk=purpose.request_id), MONDAY + A_DAY) is not None


def test_ask_that_went_to_another_address_is_not_on_the_list(cast: Cast) -> None:
    agree(cast.ben, cast.ada, "Programme analyst")
    purpose = make_purpose(cast.ben_to_eve, make_opportunity(cast.eve, "MSc Statistics"))
    send_ask(by=cast.eve, purpose=purpose, now=NOW, undo=timedelta(0))
    cast.ben_to_eve.addresses.update(address="b@elsewhere.example", mailbox="b@elsewhere.example")
    tasks.send_mail(worker="w", now=NOW + A_DAY)
    tasks.send_weekly_lists(now=MONDAY)
    assert lists() == []


def test_ask_only_prepared_is_not_on_the_list(cast: Cast) -> None:
    agree(cast.ben, cast.ada, "Programme analyst")
    make_purpose(cast.ben_to_eve, make_opportunity(cast.eve, "MSc Statistics"))
    tasks.send_weekly_lists(now=MONDAY)
    assert lists() == []


def test_writer_with_one_open_letter_gets_no_list(cast: Cast) -> None:
    agree(cast.ben, cast.ada, "Programme analyst")
    tasks.send_weekly_lists(now=MONDAY)
    assert lists() == []
    assert WeeklyList.objects.get().due_at == MONDAY + timedelta(days=7)


def test_letters_muted_declined_or_of_a_writer_who_stopped_are_not_counted(
    two: tuple[Purpose, Purpose],
) -> None:
    mute_reminders(visit=proven(two[1]), muted=True, now=NOW)
    tasks.send_weekly_lists(now=MONDAY)
    mute_reminders(visit=proven(two[1]), muted=False, now=NOW)
    record_answer(visit=proven(two[1]), said="taken_back", today=TODAY, now=NOW + A_DAY)
    tasks.send_weekly_lists(now=MONDAY + timedelta(days=7))
    record_answer(visit=proven(two[1]), said="yes", today=TODAY, now=NOW + 2 * A_DAY)
    stop_mail(visit=proven(two[0]), now=NOW + 3 * A_DAY)
    tasks.send_weekly_lists(now=MONDAY + timedelta(days=14))
    assert lists() == []


@pytest.mark.parametrize("hours", [-40, 40])
def test_list_keeps_48_hours_from_every_other_reminder_whatever_letter_it_is_about(
    two: tuple[Purpose, Purpose], hours: int
) -> None:
    other = MONDAY + timedelta(hours=hours)
    Reminder.objects.all().delete()
    row = Reminder.objects.create(request=two[1].request, kind="before", due_at=other)
    if hours < 0:
        tasks.send_reminders(now=other)
        tasks.send_mail(worker="w", now=other)
    tasks.send_weekly_lists(now=MONDAY)
    assert lists() == []
    moved = WeeklyList.objects.get().due_at
    assert moved >= other + timedelta(hours=48)
    row.delete()
    tasks.send_weekly_lists(now=moved)
    assert len(lists()) == 1


def test_reminder_by_hand_keeps_48_hours_from_the_list(two: tuple[Purpose, Purpose], cast: Cast) -> None:
    tasks.send_weekly_lists(now=MONDAY)
    with pytest.raises(RemindedJustNow):
        remind_by_hand(by=cast.ada, request=two[0].request, undo=timedelta(0), now=MONDAY + A_DAY)


def test_list_comes_in_the_morning_of_the_writers_own_zone(cast: Cast) -> None:
    far = make_contact(cast.ada, "Mana Ito", time_zone="Pacific/Auckland")
    agree(far, cast.ada, "Programme analyst")
    local = WeeklyList.objects.get().due_at.astimezone(ZoneInfo("Pacific/Auckland"))
    assert (local.weekday(), f"{local:%H:%M}") == (0, "08:30")


def test_one_click_stops_the_list_alone_and_another_brings_it_back(
    two: tuple[Purpose, Purpose], client: Client
) -> None:
    tasks.send_weekly_lists(now=MONDAY)
    (row,) = lists()
    link = outbox.read(row).links["stop_url"]
    assert isinstance(link, outbox.TokenLink)
    path = f"/stop/{custody.token(link.purpose, link.key, link.n, link.generation)}/weekly"
    assert client.get(path).status_code == 200
    assert WeeklyList.objects.get().stopped_at is None
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert WeeklyList.objects.get().stopped_at is not None
    row.refresh_from_db()
    assert row.state == Outgoing.State.WITHDRAWN
    assert two[0].request.correspondent is None or two[0].request.correspondent.no_mail_at is None
    tasks.send_weekly_lists(now=MONDAY + timedelta(days=7))
    assert lists() == []
    strict.post(path, {"wanted": "yes"})
    assert WeeklyList.objects.get().stopped_at is None


def test_list_is_made_with_a_link_to_every_letter_and_says_it_is_automatic(
    two: tuple[Purpose, Purpose], settings: object
) -> None:
    tasks.send_weekly_lists(now=MONDAY)
    rendered = render(build(lists()[0], sending_house()))
    assert rendered.text.count("/r/") == 3  # each letter once, and the button
    assert b"Auto-Submitted: auto-generated" in rendered.raw
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in rendered.raw
    assert rendered.raw.count(b"/weekly>") == 1


def test_list_too_long_for_one_mail_counts_what_it_does_not_name(
    two: tuple[Purpose, Purpose], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(send_weekly_list, "MOST", 1)
    tasks.send_weekly_lists(now=MONDAY)
    mail = build(lists()[0], sending_house())
    assert str(mail.subject) == "2 letters to write"
    assert "One more is on your list." in [str(each) for each in mail.paragraphs]
    assert Line.objects.filter(verb="weekly_list_queued").count() == 1


def test_leaving_erases_lists_that_name_the_one_who_leaves(two: tuple[Purpose, Purpose], cast: Cast) -> None:
    tasks.send_weekly_lists(now=MONDAY)
    erase_account(account=cast.eve, typed_address=cast.eve.email, now=MONDAY)
    assert lists() == []


def test_mailbox_with_a_reminder_always_near_gets_its_list_after_two_weeks(
    two: tuple[Purpose, Purpose], cast: Cast
) -> None:
    """Somebody asks Ben all the time, so that a mail about one letter or another is never 48 hours away."""
    third = agree(make_contact(cast.ada, "Ben at work", email="ben@writers.example"), cast.ada, "Third")
    tasks.send_mail(worker="w", now=NOW + A_DAY)
    Reminder.objects.all().delete()
    for days in range(30):  # of the third letter alone
        Reminder.objects.create(request=third.request, kind="before", due_at=NOW + days * A_DAY)
    for half_days in range(2 * 14):
        tasks.send_weekly_lists(now=NOW + half_days * A_DAY / 2)
    assert lists() == []
    for half_days in range(2 * 14, 2 * 19):
        tasks.send_weekly_lists(now=NOW + half_days * A_DAY / 2)
    (row,) = lists()
    assert {each[1] for each in outbox.read(row).facts["rows"]} >= {"Programme analyst", "MSc Statistics"}


def test_stopping_mails_reaches_everybody_who_asks_that_mailbox(two: tuple[Purpose, Purpose]) -> None:
    """Also what waits for its morning, and not only what belongs to the letter whose link was pressed."""
    mine, other = two
    ask_again = Outgoing.objects.filter(about=other.request.key, kind="ask").get()
    Outgoing.objects.filter(pk=ask_again.pk).update(state="waiting", due_at=NOW + 9 * A_DAY)
    assert Reminder.objects.filter(
        request=other.request, dropped_at__isnull=True, sent_at__isnull=True
    ).exists()
    stop_mail(visit=proven(mine), now=NOW + 3 * A_DAY)
    ask_again.refresh_from_db()
    assert ask_again.state == "withdrawn"
    assert not Reminder.objects.filter(dropped_at__isnull=True, sent_at__isnull=True).exists()


def test_stopping_mails_at_an_old_address_stops_nothing_at_the_new_one(two: tuple[Purpose, Purpose]) -> None:
    mine, other = two
    old = replace(proven(mine), mailbox="ben@former.example", proven_by="")
    stop_mail(visit=old, now=NOW + 3 * A_DAY)
    for purpose in (mine, other):
        assert Reminder.objects.filter(request=purpose.request, dropped_at__isnull=True).exists()
