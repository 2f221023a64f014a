"""What needs a person comes to the office in one mail, not in one for each event."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.cast import Cast
from tests.factories import NOW

from vouchsafe.doors.worker import tasks
from vouchsafe.ledger import outbox
from vouchsafe.ledger.models import Line, Outgoing, Received
from vouchsafe.packets.actions.alert_office import LITTLE_SPACE, alert_office

AN_HOUR = timedelta(hours=1)


def trouble(name: str, state: str, **more: Any) -> None:
    Outgoing.objects.create(
        kind="ask", delivery="at_most_once", chain="c", about="a", once=name, sealed_mail=b"", message_id=name,
        due_at=NOW, ended_at=NOW, state=state, **more,
    )  # fmt: skip


def alert(hours: int = 1, free_bytes: int = LITTLE_SPACE) -> list[Outgoing]:
    return alert_office(free_bytes=free_bytes, by="worker", now=NOW + hours * AN_HOUR)


def said(row: Outgoing) -> list[str]:
    return [str(each) for each in outbox.read(row).facts["things"]]


def test_many_events_are_one_mail_to_each_of_the_office(cast: Cast) -> None:
    for number in range(30):
        trouble(f"u{number}", "unknown")
    trouble("f", "failed")
    Received.objects.create(
        source="smtp",
        digest="d",
        sealed_raw=b"",
        state="aside",
        outcome="bounce-of-packet",
        received_at=NOW,
        handled_at=NOW,
    )
    (row,) = alert()
    assert outbox.read(row).to_address == cast.dana.email
    assert said(row)[0].startswith("Of 30 mails nobody knows")
    assert len(said(row)) == 3
    assert Line.objects.filter(verb="office_alerted").count() == 1


def test_nothing_new_is_no_mail(cast: Cast) -> None:
    assert alert() == []
    trouble("u", "unknown")
    assert len(alert()) == 1
    assert alert(hours=14) == []


def test_second_mail_waits_half_a_day_and_then_tells_only_what_is_new(cast: Cast) -> None:
    trouble("u", "unknown")
    alert()
    trouble("f", "failed")
    Outgoing.objects.filter(once="f").update(ended_at=NOW + 2 * AN_HOUR)
    assert alert(hours=3) == []
    (row,) = alert(hours=14)
    assert said(row) == ["One mail could not be sent. The office shows what the server said."]


def test_alert_that_fails_does_not_bring_the_next_one(cast: Cast) -> None:
    trouble("u", "unknown")
    alert()
    Outgoing.objects.filter(kind="office_alert").update(state="failed", ended_at=NOW + 2 * AN_HOUR)
    assert alert(hours=20) == []


def test_little_space_is_told(cast: Cast) -> None:
    assert said(alert(free_bytes=LITTLE_SPACE - 1)[0])[0].startswith("The disk is nearly full")


def test_worker_looks_once_an_hour_and_the_mail_leaves(cast: Cast) -> None:
    trouble("u", "unknown")
    for minutes in range(3):
        tasks.anchor_journal(now=NOW + timedelta(minutes=minutes))
    tasks.send_mail(worker="w", now=NOW + AN_HOUR)
    row = Outgoing.objects.get(kind="office_alert")
    assert row.state == Outgoing.State.SENT
