"""The ways by which mail comes in: our own listener, IMAP, a provider's webhook. Each keeps before it acknowledges."""

from __future__ import annotations

import base64
import smtplib
from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, override_settings
from django.urls import include, path
from django.utils import timezone
from tests.mailroom import DOMAIN, Mailroom
from tests.serving import free_port

from vouchsafe.asks.models import Answer
from vouchsafe.doors.mail_in import polling
from vouchsafe.doors.mail_in.listening import listener
from vouchsafe.doors.mail_in.rounds import MailIn
from vouchsafe.doors.mail_in.taking import accepts
from vouchsafe.ledger import inbox
from vouchsafe.ledger.models import Received


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("lmtp", [False, True])
def test_reply_by_our_own_listener_is_kept_before_250_and_then_handled(room: Mailroom, lmtp: bool) -> None:
    client = smtplib.LMTP if lmtp else smtplib.SMTP
    with listener("127.0.0.1", 0, lmtp=lmtp) as ours, client(ours.host, ours.port, "test.invalid") as server:
        server.sendmail("ben@writers.example", [room.address], room.reply("Yes, gladly.", to="x@y.example"))
        row = Received.objects.get()
        assert row.state == "waiting"
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            server.sendmail("ben@writers.example", [f"r-{'0' * 32}@{DOMAIN}"], b"Subject: x\r\n\r\nx")
    assert b"X-Original-To" in inbox.read(row)
    MailIn(listens=False)("test", timezone.now())
    assert Answer.objects.get().said == "yes"


@pytest.mark.django_db(transaction=True)
def test_worker_opens_the_listener_that_the_settings_want(room: Mailroom, settings: Any) -> None:
    settings.MAIL_IN_SMTP_PORT = free_port()
    with MailIn() as mail_in:
        mail_in("test", timezone.now())
        with smtplib.SMTP("127.0.0.1", settings.MAIL_IN_SMTP_PORT, "test.invalid") as server:
            server.sendmail("ben@writers.example", [room.address], room.reply("Yes, gladly."))
        mail_in("test", timezone.now())
    assert Answer.objects.get().said == "yes"


def test_listener_knows_only_our_addresses(room: Mailroom, settings: Any) -> None:
    settings.MAIL_FROM, settings.BOUNCES_TO = "letters@vouchsafe.test", "bounces@vouchsafe.test"
    for known in (
        room.address,
        room.address.upper(),
        settings.MAIL_FROM,
        settings.BOUNCES_TO,
        f"postmaster@{DOMAIN}",
    ):
        assert accepts(known), known
    for unknown in (
        f"r-{'f' * 32}@{DOMAIN}",
        "ben@writers.example",
        room.address.replace(DOMAIN, "evil.example"),
        "",
        "@",
    ):
        assert not accepts(unknown), unknown


def _fetch_of(*mails: bytes) -> Any:
    def fetch(
        mailbox: Any, take: Any, *, wants: Any = None, passed_over: Any = None, at_most: int = 100
    ) -> int:
        wanted = [raw for raw in mails if wants is None or wants(raw)]
        for raw in wanted:
            take(raw)
        return len(wanted)

    return fetch


def test_personal_mailbox_gives_only_answers_to_us(room: Mailroom, monkeypatch: pytest.MonkeyPatch) -> None:
    private = b"From: aunt@family.example\r\nTo: ada@example.org\r\nSubject: Sunday\r\n\r\nCake?\r\n"
    monkeypatch.setattr(polling, "fetch", _fetch_of(private, room.reply("Yes, gladly.")))
    monkeypatch.setattr(polling, "hosts_personally", lambda: True)
    assert polling.poll(set()) == 1
    assert Received.objects.count() == 1
    monkeypatch.setattr(polling, "hosts_personally", lambda: False)
    assert polling.poll(set()) == 2


def test_mailbox_that_does_not_answer_leaves_the_rest_of_the_work(
    room: Mailroom, settings: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(*_: object) -> int:
        raise TimeoutError

    settings.IMAP_HOST = "imap.nowhere.example"
    monkeypatch.setattr("vouchsafe.doors.mail_in.rounds.poll", away)
    now = timezone.now()
    mail_in = MailIn(listens=False)
    assert mail_in("test", now) == 0
    assert "trying again in a minute" in caplog.text
    caplog.clear()
    mail_in("test", now + timedelta(seconds=5))
    assert not caplog.text
    mail_in("test", now + timedelta(seconds=61))
    assert "trying again" in caplog.text


def _urls(provider: str) -> ModuleType:
    from vouchsafe.doors.mail_in.webhooks import inbound_patterns

    module = ModuleType("urls_with_webhook")
    module.__dict__["urlpatterns"] = [path("mail-in/", include(inbound_patterns(provider)))]
    return module


def test_webhook_keeps_what_its_provider_hands_over_and_nobody_else(room: Mailroom) -> None:
    secret = {"WEBHOOK_SECRET": "post:horse"}
    raw = room.reply("Yes, gladly.").decode()
    given = {"RawEmail": raw, "From": "ben@writers.example", "OriginalRecipient": room.address}
    with override_settings(ANYMAIL=secret), override_settings(ROOT_URLCONF=_urls("postmark")):
        client = Client()
        call = {"path": "/mail-in/postmark/inbound/", "data": given, "content_type": "application/json"}
        assert client.post(**call).status_code == 400
        assert not Received.objects.exists()
        key = base64.b64encode(b"post:horse").decode()
        assert client.post(**call, headers={"Authorization": f"Basic {key}"}).status_code == 200
    assert Received.objects.get().source == "postmark"
    MailIn(listens=False)("test", timezone.now())
    assert Answer.objects.get().said == "yes"


def test_unknown_provider_or_one_without_a_check_refuses_to_start() -> None:
    for provider in ("pigeon", "postmark", "mailgun"):
        with pytest.raises(ImproperlyConfigured):
            _urls(provider)
