"""Fetching from a real IMAP server, Debian's: byte for byte, once, and again after whatever went wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.utils import timezone
from imap_tools.errors import MailboxLoginError
from tests.dovecot import Dovecot
from tests.mailroom import Mailroom

from vouchsafe.adapters.post import mailbox
from vouchsafe.asks.models import Answer
from vouchsafe.doors.mail_in import polling
from vouchsafe.doors.mail_in.rounds import MailIn
from vouchsafe.ledger import inbox
from vouchsafe.ledger.models import Received

pytestmark = pytest.mark.wide
NOBODYS = b"From: x@y.example\r\nTo: letters@localhost\r\nSubject: Whose?\r\n\r\nNobody knows.\r\n"


@pytest.fixture(scope="module")
def running() -> Iterator[Dovecot]:
    with Dovecot() as server:
        yield server


@pytest.fixture
def server(running: Dovecot, settings: Any, request: pytest.FixtureRequest) -> Dovecot:
    """Each test has a mailbox of its own."""
    running.user = "u" + "".join(each for each in request.node.name if each.isalnum())[-40:]
    settings.IMAP_HOST, settings.IMAP_PORT, settings.IMAP_TLS = running.host, running.port, False
    settings.IMAP_USER, settings.IMAP_PASSWORD = running.user, running.password
    return running


def test_reply_is_fetched_byte_for_byte_handled_and_marked(room: Mailroom, server: Dovecot) -> None:
    raw = room.reply("Yes, gladly.").replace(b"\n", b"\r\n")
    server.deliver(raw)
    MailIn(listens=False)("w", timezone.now())
    assert Answer.objects.get().said == "yes"
    assert (server.unseen(), server.count()) == (0, 1)
    row = Received.objects.get()
    assert (row.state, row.source) == ("handled", "imap")


@pytest.mark.parametrize("done", ["Done", "Letters/Done mails"])
def test_handled_mail_moves_to_the_folder_that_was_named(
    room: Mailroom, server: Dovecot, settings: Any, done: str
) -> None:
    settings.IMAP_DONE_FOLDER = done.replace("/", ".")  # as a maildir divides folders
    big = b"".join(b"%064d\r\n" % number for number in range(60_000))
    eight_bit = NOBODYS.replace(b"Nobody knows.", "Grüße".encode("latin-1"))
    for raw in (NOBODYS, eight_bit, NOBODYS + big):
        server.deliver(raw)
    assert polling.poll(set()) == 3
    assert server.count() == 0
    assert server.count(f'"{settings.IMAP_DONE_FOLDER}"') == 3
    kept = {inbox.read(row) for row in Received.objects.all()}
    assert kept == {NOBODYS, eight_bit, NOBODYS + big}


def test_worker_killed_after_keeping_and_before_marking_handles_the_mail_once(
    room: Mailroom, server: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.deliver(room.reply("Yes, gladly."))
    keep = polling.take

    def keep_and_die(raw: bytes, source: str) -> None:
        keep(raw, source)
        raise KeyboardInterrupt

    monkeypatch.setattr(polling, "take", keep_and_die)
    with pytest.raises(KeyboardInterrupt):
        polling.poll(set())
    assert server.unseen() == 1
    monkeypatch.setattr(polling, "take", keep)
    now = timezone.now()
    MailIn(listens=False)("w", now)
    MailIn(listens=False)("w", now + timedelta(minutes=2))
    assert server.unseen() == 0
    assert Received.objects.count() == 1
    assert Answer.objects.count() == 1


def test_mail_that_cannot_be_kept_stays_in_the_mailbox(
    room: Mailroom, server: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.deliver(NOBODYS)

    def fail(raw: bytes, source: str) -> None:
        raise OperationalError("no space left")

    with monkeypatch.context() as broken:
        broken.setattr(polling, "take", fail)
        with pytest.raises(OperationalError):
            MailIn(listens=False)("w", timezone.now())
    assert server.unseen() == 1
    assert polling.poll(set()) == 1
    assert server.unseen() == 0


def test_mail_that_nobody_can_place_is_kept_and_shown_to_the_office(room: Mailroom, server: Dovecot) -> None:
    server.deliver(NOBODYS)
    MailIn(listens=False)("w", timezone.now())
    (row,) = Received.objects.unhandled()
    assert (row.state, inbox.read(row)) == ("aside", NOBODYS)


def test_server_that_was_away_is_asked_again_a_minute_later(
    room: Mailroom, server: Dovecot, caplog: pytest.LogCaptureFixture
) -> None:
    server.deliver(room.reply("Yes, gladly."))
    mail_in, now = MailIn(listens=False), timezone.now()
    server.stop()
    try:
        assert mail_in("w", now) == 0
        assert "trying again in a minute" in caplog.text
    finally:
        server.start()
    mail_in("w", now + timedelta(seconds=61))
    assert Answer.objects.get().said == "yes"


def test_private_mail_on_a_personal_host_stays_unseen_and_only_answers_are_taken(
    room: Mailroom, server: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "hosts_personally", lambda: True)
    server.deliver(NOBODYS)
    server.deliver(room.reply("Yes, gladly."))
    passed: set[str] = set()
    assert polling.poll(passed) == 1
    assert (server.unseen(), len(passed)) == (1, 1)
    assert Received.objects.count() == 1


def test_wrong_password_takes_nothing_and_says_so(server: Dovecot, db: None) -> None:
    wrong = mailbox.Mailbox(server.host, server.user, "wrong", port=server.port, tls=False)
    with pytest.raises(MailboxLoginError):
        mailbox.fetch(wrong, lambda raw: pytest.fail("nothing may be taken"))
