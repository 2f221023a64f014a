from __future__ import annotations

from datetime import timedelta

from tests.mailroom import CANARY, Mailroom, mails_of

from vouchsafe.asks.actions.expire_held import KEPT, expire_held
from vouchsafe.ledger import inbox
from vouchsafe.ledger.models import Line, Received


def held(room: Mailroom) -> Received:
    row = room.arrive(room.reply(f"Yes. {CANARY}", sender="somebody@elsewhere.example"))
    assert row.state == Received.State.HELD
    return row


def test_mail_nobody_confirmed_is_forgotten_and_its_applicant_told_without_a_word_of_it(
    room: Mailroom,
) -> None:
    row = held(room)
    assert expire_held(by="worker", now=row.received_at + KEPT - timedelta(hours=1)) == 0
    later = row.received_at + KEPT + timedelta(hours=1)
    assert expire_held(by="worker", now=later) == 1
    assert expire_held(by="worker", now=later) == 0
    row.refresh_from_db()
    assert (row.state, bytes(row.sealed_raw)) == (Received.State.DROPPED, b"")
    (told,) = mails_of("held_expired")
    assert told.to_address == "ada@example.org"
    assert CANARY not in repr(told)
    assert "elsewhere.example" not in repr(told)
    assert Line.objects.filter(verb="held_mail_expired").count() == 1


def test_mail_its_writer_confirmed_stays(room: Mailroom) -> None:
    row = held(room)
    inbox.vouch(row.key, about=room.request.key, by="ben", now=row.received_at)
    assert expire_held(by="worker", now=row.received_at + KEPT * 2) == 0
    assert not mails_of("held_expired")
