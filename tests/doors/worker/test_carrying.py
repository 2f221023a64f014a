from __future__ import annotations

import email
import email.policy
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from tests.cast import Cast
from tests.factories import NOW, make_opportunity, make_purpose

from vouchsafe.adapters.post.caught import caught_mails
from vouchsafe.adapters.post.sink import Behaviour, Sink
from vouchsafe.asks.access import visit_by_token
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.actions.withdraw_ask import withdraw_ask
from vouchsafe.asks.models import Link, Request
from vouchsafe.doors.worker import carrying, tasks
from vouchsafe.ledger import custody, outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.people.models import Instance

UNDO = timedelta(seconds=30)


@pytest.fixture
def asked(cast: Cast) -> Outgoing:
    purpose = make_purpose(cast.ben, make_opportunity(cast.ada))
    return send_ask(by=cast.ada, purpose=purpose, now=NOW, undo=UNDO)


def caught() -> list[email.message.Message]:
    mails = caught_mails(
        settings.DATA_FOLDER / "mail", lambda kept: custody.decrypt(kept, context="caught-mail")
    )
    return [email.message_from_bytes(raw, policy=email.policy.default) for raw in mails]


def test_ask_waits_for_its_undo_and_is_then_sent_once(asked: Outgoing) -> None:
    assert tasks.send_mail(worker="w", now=NOW) == 0
    assert tasks.send_mail(worker="w", now=NOW + UNDO) == 1
    assert tasks.send_mail(worker="w", now=NOW + timedelta(days=1)) == 0
    asked.refresh_from_db()
    assert asked.state == Outgoing.State.SENT


def test_sent_ask_carries_a_link_that_opens_the_request(asked: Outgoing) -> None:
    tasks.send_mail(worker="w", now=NOW + UNDO)
    text = caught()[0].get_body(("plain",)).get_content()
    token = text.split("/r/")[1].split()[0]
    assert len(token) == 43
    assert visit_by_token(token).is_proven
    assert "Stop emails like this" in text


def test_caught_mail_is_not_readable_on_disk(asked: Outgoing) -> None:
    tasks.send_mail(worker="w", now=NOW + UNDO)
    for path in (settings.DATA_FOLDER / "mail").iterdir():
        assert b"strong letter" not in path.read_bytes()


def test_withdrawn_ask_never_leaves(asked: Outgoing, cast: Cast) -> None:
    link = Link.objects.get()
    withdraw_ask(by=cast.ada, request=link.request, outgoing_key=asked.key, now=NOW)
    assert tasks.send_mail(worker="w", now=NOW + timedelta(days=1)) == 0
    assert not Link.objects.exists()


def test_row_is_claimed_by_one_worker(asked: Outgoing) -> None:
    later = NOW + UNDO
    assert len(outbox.claim("one", now=later)) == 1
    assert outbox.claim("two", now=later) == []


def test_ask_claimed_by_a_worker_that_died_before_sending_is_sent_by_the_next(asked: Outgoing) -> None:
    (dead,) = outbox.claim("dead", now=NOW + UNDO)
    later = NOW + UNDO + outbox.LEASE
    assert tasks.recover_begun(now=later) == 0
    assert tasks.recover_begun(now=later + timedelta(seconds=1)) == 1
    assert tasks.send_mail(worker="w", now=later + timedelta(seconds=1)) == 1
    asked.refresh_from_db()
    assert (asked.state, asked.begun_by) == (Outgoing.State.SENT, "w")
    assert not outbox.hand_over(dead, now=later)  # whoever only slept does not send it a second time


def test_ask_begun_by_a_dead_worker_is_unknown_and_stays_so(asked: Outgoing) -> None:
    (row,) = outbox.claim("dead", now=NOW + UNDO)
    assert outbox.hand_over(row, now=NOW + UNDO)
    tasks.recover_begun(now=NOW + UNDO + outbox.LEASE + timedelta(seconds=1))
    asked.refresh_from_db()
    assert asked.state == Outgoing.State.UNKNOWN
    assert tasks.send_mail(worker="w", now=NOW + timedelta(days=2)) == 0


def test_mail_that_cannot_be_made_fails_alone(
    asked: Outgoing, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    purpose = make_purpose(cast.ben_to_eve, make_opportunity(cast.eve))
    fine = send_ask(by=cast.eve, purpose=purpose, now=NOW, undo=UNDO)
    real = carrying.build

    def build(row: Outgoing, house: object) -> object:
        if row.pk == asked.pk:
            raise ValueError("broken")
        return real(row, house)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(carrying, "build", build)
    tasks.send_mail(worker="w", now=NOW + UNDO)
    asked.refresh_from_db()
    fine.refresh_from_db()
    assert (asked.state, fine.state) == (Outgoing.State.FAILED, Outgoing.State.SENT)


def test_personal_host_without_public_address_mails_no_link(cast: Cast) -> None:
    Instance.objects.update(host="personal", owner=cast.ada)
    purpose = make_purpose(cast.ben, make_opportunity(cast.ada))
    send_ask(by=cast.ada, purpose=purpose, now=NOW, undo=UNDO)
    tasks.send_mail(worker="w", now=NOW + UNDO)
    raw = caught()[0]
    assert raw["From"] == "Ada Marsh <ada@example.org>"
    for part in ("plain", "html"):
        body = raw.get_body((part,)).get_content()
        assert "localhost" not in body
        assert "/r/" not in body


def test_address_that_the_server_refuses_pauses_the_request_and_tells_the_applicant(
    asked: Outgoing, settings: Any
) -> None:
    with Sink(
        behaviour=lambda rcpt: Behaviour.REFUSE if rcpt.startswith("ben@") else Behaviour.ACCEPT
    ) as sink:
        settings.SMTP_HOST, settings.SMTP_PORT, settings.SMTP_TLS = sink.host, sink.port, "none"
        tasks.send_mail(worker="w", now=NOW + UNDO)
        asked.refresh_from_db()
        assert asked.state == Outgoing.State.FAILED
        assert Request.objects.get().paused_why == "bounced"
        tasks.send_mail(worker="w", now=datetime.now(UTC))
    (told,) = sink.kept
    assert told.rcpt_to == ("ada@example.org",)
    assert b"did not arrive" in told.raw
