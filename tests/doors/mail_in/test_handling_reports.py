"""What machines say about our mail: bounces, delays, complaints, absence notes. None of them is an answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from django.utils import timezone
from tests.mailroom import Mailroom, mails_of

from vouchsafe.adapters.post.mail import Address, House
from vouchsafe.asks.access import Visit, stage
from vouchsafe.asks.actions.plan_reminders import plan_reminders
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.asks.models import Answer, Reminder
from vouchsafe.doors.worker import carrying
from vouchsafe.ledger.models import Line, Outgoing, Received
from vouchsafe.people.models import Correspondent

HOUSE = House(Address("letters@vouchsafe.test"))


def test_first_hard_bounce_pauses_the_request_and_tells_the_applicant(room: Mailroom) -> None:
    row = room.arrive(room.report(action="failed", status="5.1.1"))
    assert (row.kind, row.outcome) == ("bounce", "paused")
    assert room.request.paused_why == "bounced"
    (told,) = mails_of("bounce")
    assert told.to_address == "ada@example.org"
    assert told.facts["address"] == "ben@writers.example"
    again = room.arrive(room.report(action="failed", status="5.1.1", body="again"))
    assert again.outcome == "paused-already"
    assert len(mails_of("bounce")) == 1


def test_full_mailbox_is_called_full(room: Mailroom) -> None:
    room.arrive(room.report(action="failed", status="5.2.2"))
    assert mails_of("bounce")[0].facts["mailbox_full"] is True


def test_bounce_about_no_mail_of_ours_pauses_nothing(room: Mailroom) -> None:
    row = room.arrive(room.report(action="failed", status="5.1.1", about="made.up@elsewhere.example"))
    assert row.state == "aside"
    assert room.request.paused_at is None


def test_bounce_to_a_reply_address_without_our_message_pauses_nothing(room: Mailroom) -> None:
    """Who knows the reply address, and no more, cannot have a request paused."""
    raw = room.report(action="failed", status="5.1.1", about="made.up@elsewhere.example")
    row = room.arrive(raw.replace(b"To: letters@localhost", f"To: {room.address}".encode()))
    assert (row.state, row.outcome) == ("aside", "about-no-mail-of-ours")
    assert room.request.paused_at is None


def test_bounce_that_quotes_a_waived_letters_link_never_reaches_the_applicant(
    ask_ben: Callable[..., Mailroom],
) -> None:
    room = ask_ben(confidentiality="waived")
    mail = carrying.build(room.ask, HOUSE)
    assert mail.button is not None
    token = mail.button.url.rsplit("/", 1)[1]
    assert len(token) == 43  # there is something to leak
    room.arrive(room.report(action="failed", status="5.1.1", body=f"See {mail.button.url} and r-secret"))
    (row,) = Outgoing.objects.filter(kind="bounce")
    built = carrying.build(row, HOUSE)
    sent = carrying.render(built, carrying.translate("en-gb"))
    assert b"did not arrive" in sent.raw
    for body in (sent.text, sent.html, sent.raw.decode("ascii", "replace")):
        assert token not in body
        assert "r-secret" not in body


@pytest.mark.parametrize(
    ("action", "status", "verb", "outcome"),
    [
        ("delayed", "4.4.1", "mail_delayed", "delay"),
        ("failed", "4.4.7", "mail_delayed", "delay"),
        ("delivered", "2.0.0", "mail_arrived", "delivery-report"),
    ],
)
def test_other_reports_are_noted_and_pause_nothing(
    room: Mailroom, action: str, status: str, verb: str, outcome: str
) -> None:
    row = room.arrive(room.report(action=action, status=status))
    assert row.outcome == outcome
    assert Line.objects.filter(verb=verb, about=room.request.key).count() == 1
    assert room.request.paused_at is None


def test_complaint_stops_mail_to_that_mailbox(room: Mailroom) -> None:
    raw = (
        "Return-Path: <>\r\nFrom: complaints@isp.example\r\nTo: letters@localhost\r\nSubject: Abuse\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nVersion: 1\r\n"
        "Original-Rcpt-To: ben@writers.example\r\n\r\n"
        f"--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <{room.ask.message_id}>\r\n\r\nx\r\n--b--\r\n"
    )
    row = room.arrive(raw.encode())
    assert row.outcome == "mail-stopped"
    assert Correspondent.objects.get(mailbox="ben@writers.example").no_mail_at is not None


def absence(room: Mailroom, until: date, **headers: str) -> bytes:
    text = f"I am away and back on {until.day} {until:%B} {until.year}. Yes, gladly."
    return room.reply(
        text, headers={"Subject": "Automatic reply: A letter", "Auto-Submitted": "auto-replied", **headers}
    )


def test_absence_note_moves_the_reminders_to_the_day_of_return(room: Mailroom) -> None:
    now = timezone.now()
    plan_reminders(request=room.request, now=now)
    (before,) = Reminder.objects.filter(dropped_at=None, sent_at=None)
    back = (now + timedelta(days=12)).date()
    row = room.arrive(absence(room, back))
    assert (row.kind, row.outcome) == ("auto-reply", "reminders-moved")
    (after,) = Reminder.objects.filter(dropped_at=None, sent_at=None)
    assert after.pk == before.pk
    assert after.due_at.date() >= back
    assert not Answer.objects.exists()


def test_reminders_that_no_longer_fit_before_the_date_are_dropped_and_stay_apart(room: Mailroom) -> None:
    now = timezone.now()
    shown = now.date() + timedelta(days=28)
    visit = Visit(room.request, "ben@writers.example", "mailed_link")
    record_answer(visit=visit, said="yes", today=now.date(), now=now)
    planned = Reminder.objects.filter(dropped_at=None, sent_at=None).count()
    room.arrive(absence(room, shown - timedelta(days=3)))
    left = list(Reminder.objects.filter(dropped_at=None, sent_at=None).values_list("due_at", flat=True))
    assert 0 < len(left) <= planned
    assert all(b - a >= timedelta(hours=48) for a, b in pairwise(left))
    assert all(moment.date() <= shown for moment in left)


def test_note_of_a_machine_is_never_a_yes(room: Mailroom) -> None:
    for n, headers in enumerate(
        ({"Auto-Submitted": "auto-generated"}, {"Precedence": "auto_reply"}, {"X-Autoreply": "yes"})
    ):
        room.arrive(room.reply(f"Yes, I will gladly write it{'.' * (n + 1)}", headers=headers))
    assert not Answer.objects.exists()
    assert stage(room.request) == "asked"


def test_every_mail_of_the_corpus_is_kept_and_none_changes_a_request(
    room: Mailroom, shared_data: Path
) -> None:
    """Bounces, notes, replies and forwards of the world, about other people's mail."""
    files = sorted((shared_data / "email").rglob("*.eml"))
    assert len(files) > 30
    expected = json.loads((shared_data / "email" / "expected.json").read_text(encoding="utf-8"))
    assert expected
    for path in files:
        row = room.arrive(path.read_bytes())
        assert row.state == "aside", (path.name, row.state, row.problem)
    assert Received.objects.count() <= len(files)
    assert stage(room.request) == "asked"
    assert room.request.paused_at is None
    assert Outgoing.objects.count() == 1


def test_mails_of_the_corpus_sent_to_a_reply_address_answer_nothing(
    room: Mailroom, shared_data: Path
) -> None:
    """The same, aimed at Ben's address: strangers are held, machines are noted, nothing is recorded."""
    for path in sorted((shared_data / "email").rglob("*.eml")):
        aimed = f"X-Original-To: {room.address}\r\n".encode() + path.read_bytes().lstrip(b"\r\n")
        row = room.arrive(aimed)
        assert row.state != "failed", (path.name, row.problem)
    assert not Answer.objects.exists()
    assert room.request.paused_at is None
    assert {mail.to_address for mail in map(carrying.outbox.read, Outgoing.objects.all())} == {
        "ben@writers.example"
    }
