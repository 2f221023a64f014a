"""The writer's page about mail: held mails, the seal that comes by itself, reminders. Each as Ben, Eve and nobody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import Cast
from tests.factories import make_opportunity, make_purpose
from tests.mailroom import DOMAIN, SERVER, Mailroom, letter_pdf

from vouchsafe.asks.actions.make_link import make_link, token_of
from vouchsafe.asks.actions.remind_by_hand import RemindersMuted, remind_by_hand
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.models import Answer, Link, Mute, Purpose, Reminder
from vouchsafe.doors.mail_in.handling import handle_due
from vouchsafe.ledger.models import Outgoing, Received
from vouchsafe.letters.models import PlannedSeal

CANARY = "saltmarsh-corvid-lamplight"
PDF = (("letter.pdf", letter_pdf("Ada Marsh"), "application/pdf"),)


@pytest.fixture
def room(cast: Cast, settings: Any) -> Mailroom:
    settings.MAIL_IN_DOMAIN, settings.MAIL_TRUSTED_SERVERS = DOMAIN, [SERVER]
    now = timezone.now()
    purpose = make_purpose(cast.ben, make_opportunity(cast.ada))
    Purpose.objects.filter(pk=purpose.pk).update(shown_on=now.date() + timedelta(days=28))
    row = send_ask(by=cast.ada, purpose=purpose, now=now, undo=timedelta(0), ask_anyway=True)
    Outgoing.objects.filter(pk=row.pk).update(state="sent", ended_at=now)
    return Mailroom(purpose, row)


@pytest.fixture
def ben(room: Mailroom) -> Client:
    link = make_link(
        request=room.request, kind=Link.Kind.MAILED, mailbox="ben@writers.example", now=timezone.now()
    )
    browser = Client()
    response = browser.post(f"/r/{token_of(link)}", {"act": "mail"})
    assert response["Location"] == f"/requests/{room.request.key}/mail"
    return browser


def held(room: Mailroom) -> Received:
    row = room.arrive(room.reply(f"Yes, gladly. {CANARY}", sender="ben@home.example", files=PDF))
    assert row.state == "held"
    return row


def test_held_mail_is_shown_to_its_writer_alone_and_taken_by_one_click(room: Mailroom, ben: Client) -> None:
    row = held(room)
    base = f"/requests/{room.request.key}"
    page = ben.get(f"{base}/mail").content.decode()
    assert "ben@home.example" in page
    assert CANARY in page
    assert "One mail waits for your word" in ben.get(f"{base}/").content.decode()
    assert ben.post(f"{base}/mail/{row.key}", {"act": "mine"}).status_code == 302
    handle_due(worker="test", now=timezone.now())
    assert Answer.objects.get().proven_by == "reply"
    assert PlannedSeal.objects.exists()
    assert ben.post(f"{base}/mail/{row.key}", {"act": "mine"}).status_code == 404


def test_held_mail_that_is_not_the_writers_is_forgotten(room: Mailroom, ben: Client) -> None:
    row = held(room)
    ben.post(f"/requests/{room.request.key}/mail/{row.key}", {"act": "other"})
    row.refresh_from_db()
    assert (row.state, bytes(row.sealed_raw)) == ("dropped", b"")
    assert not Answer.objects.exists()


@pytest.mark.parametrize("way", ["nobody", "eve", "ada", "slip"])
def test_nobody_else_sees_or_decides_anything(room: Mailroom, ben: Client, cast: Cast, way: str) -> None:
    row = held(room)
    base = f"/requests/{room.request.key}"
    browser = Client()
    if way in ("eve", "ada"):
        browser.force_login(getattr(cast, way))
    if way == "slip":
        slip = make_link(request=room.request, kind=Link.Kind.HANDED, now=timezone.now())
        browser.post(f"/r/{token_of(slip)}", {"act": "open"})
    reminder = Reminder.objects.filter(sent_at=None, dropped_at=None).first()
    assert reminder is not None
    tries = [
        browser.get(f"{base}/mail"),
        browser.post(f"{base}/mail/{row.key}", {"act": "mine"}),
        browser.post(f"{base}/planned-seal"),
        browser.post(f"{base}/reminders", {"act": "mute"}),
        browser.post(f"{base}/reminders/{reminder.key}", {"day": "2027-01-01"}),
    ]
    assert all(answer.status_code in (403, 404, 409) for answer in tries)
    assert CANARY not in "".join(answer.content.decode() for answer in tries)
    row.refresh_from_db()
    assert row.state == "held"
    assert not Mute.objects.exists()


def test_seal_that_comes_by_itself_is_shown_and_stopped(room: Mailroom, ben: Client) -> None:
    room.arrive(room.reply("Here it is.", files=PDF))
    base = f"/requests/{room.request.key}"
    assert "Your file will be sealed at" in ben.get(f"{base}/").content.decode()
    ben.post(f"{base}/planned-seal")
    assert PlannedSeal.objects.get().outcome == "stopped"
    assert "will be sealed at" not in ben.get(f"{base}/").content.decode()


def test_writer_moves_mutes_and_wants_reminders_again(room: Mailroom, ben: Client, cast: Cast) -> None:
    base = f"/requests/{room.request.key}/reminders"
    reminder = Reminder.objects.get(sent_at=None, dropped_at=None)
    day = (timezone.now() + timedelta(days=10)).date()
    assert ben.post(f"{base}/{reminder.key}", {"day": day.isoformat()}).status_code == 302
    reminder.refresh_from_db()
    assert reminder.due_at.date() == day
    assert ben.post(f"{base}/{reminder.key}", {"day": "1999-01-01"}).status_code == 422
    ben.post(base, {"act": "mute"})
    assert not Reminder.objects.filter(sent_at=None, dropped_at=None).exists()
    Outgoing.objects.filter(kind="ask").update(due_at=timezone.now() - timedelta(days=5))
    with pytest.raises(RemindersMuted):
        remind_by_hand(by=cast.ada, request=room.request, undo=timedelta(0), now=timezone.now())
    ben.post(base, {"act": "wanted"})
    assert Reminder.objects.filter(sent_at=None, dropped_at=None).exists()


def test_reply_address_is_shown_only_where_it_works(room: Mailroom, ben: Client, settings: Any) -> None:
    page = f"/requests/{room.request.key}/mail"
    assert room.address in ben.get(page).content.decode()
    settings.MAIL_IN_DOMAIN = ""
    assert "r-" + room.address[2:20] not in ben.get(page).content.decode()
