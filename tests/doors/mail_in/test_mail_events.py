"""What a provider tells of our mails, through the real views of django-anymail, with payloads as it sends them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import include, path
from tests.mailroom import Mailroom, mails_of

from vouchsafe.adapters.post.provider import MAIL_KEY, _as_django
from vouchsafe.adapters.post.transport import Parcel
from vouchsafe.doors.mail_in.webhooks import tracking_patterns
from vouchsafe.ledger import outbox
from vouchsafe.ledger.models import Line, Outgoing
from vouchsafe.people.models import Correspondent

SECRET = {"WEBHOOK_SECRET": "post:horse", "MAILGUN_WEBHOOK_SIGNING_KEY": "signing-key"}
BASIC = {"Authorization": "Basic " + base64.b64encode(b"post:horse").decode()}


@pytest.fixture(autouse=True)
def webhooks() -> Iterator[None]:
    with override_settings(ANYMAIL=SECRET):
        module = ModuleType("urls_with_events")
        patterns = [*tracking_patterns("postmark"), *tracking_patterns("mailgun")]
        module.urlpatterns = [path("mail-in/", include(patterns))]  # type: ignore[attr-defined]  # a module of urls
        with override_settings(ROOT_URLCONF=module):
            yield


def local(mail: Outgoing) -> str:
    return mail.message_id.partition("@")[0]


def postmark(mail: Outgoing, record: str, headers: dict[str, str] = BASIC, **more: Any) -> int:
    event = {
        "RecordType": record, "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483", "ServerID": 23,
        "Recipient": "ben@writers.example", "Email": "ben@writers.example", "ID": 692560173,
        "DeliveredAt": "2026-10-05T09:33:54Z", "BouncedAt": "2026-10-05T09:33:54Z",
        "Metadata": {MAIL_KEY: local(mail)}, **more,
    }  # fmt: skip
    answer = Client().post(
        "/mail-in/postmark/tracking/", data=event, content_type="application/json", headers=headers
    )
    return answer.status_code


def mailgun(mail: Outgoing, event: str, *, key: str = "signing-key", **more: Any) -> int:
    stamp, token = "1791190434", "a" * 50
    signature = hmac.new(key.encode(), f"{stamp}{token}".encode(), hashlib.sha256).hexdigest()
    data = {
        "signature": {"timestamp": stamp, "token": token, "signature": signature},
        "event-data": {
            "event": event, "timestamp": 1791190434.1, "id": "x", "recipient": "ben@writers.example",
            "message": {"headers": {"message-id": mail.message_id}}, "user-variables": {}, **more,
        },
    }  # fmt: skip
    raw = json.dumps(data)
    return (
        Client()
        .post("/mail-in/mailgun/tracking/", data=raw, content_type="application/json", headers=BASIC)
        .status_code
    )


def verbs() -> list[str]:
    wanted = ("mail_arrived", "mail_delayed", "mail_bounced", "mail_stopped")
    return list(Line.objects.filter(verb__in=wanted).order_by("id").values_list("verb", flat=True))


def test_delivered_and_late_stand_in_the_timeline_once_however_often_they_are_told(room: Mailroom) -> None:
    for _ in range(2):
        assert postmark(room.ask, "Delivery") == 200
        assert postmark(room.ask, "Bounce", Type="Transient") == 200
    assert verbs() == ["mail_arrived", "mail_delayed"]
    assert room.request.paused_at is None


def test_hard_bounce_pauses_and_tells_the_applicant_as_a_mailed_one_does(room: Mailroom) -> None:
    for number in (1, 2):
        assert (
            postmark(room.ask, "Bounce", Type="HardBounce", ID=number, Details="smtp;550 5.1.1 none") == 200
        )
    assert room.request.paused_why == "bounced"
    (told,) = mails_of("bounce")
    assert (told.to_address, told.facts["mailbox_full"]) == ("ada@example.org", False)
    assert verbs() == ["mail_bounced"]


def test_full_mailbox_is_called_full(room: Mailroom) -> None:
    postmark(room.ask, "Bounce", Type="HardBounce", Details="smtp;552 5.2.2 mailbox full")
    assert mails_of("bounce")[0].facts["mailbox_full"] is True


def test_complaint_stops_mail_to_that_mailbox(room: Mailroom) -> None:
    assert postmark(room.ask, "SpamComplaint", Type="SpamComplaint") == 200
    assert Correspondent.objects.get().no_mail_at is not None


def test_openings_and_clicks_leave_no_trace(room: Mailroom) -> None:
    before = Line.objects.count()
    assert postmark(room.ask, "Open") == 200
    assert postmark(room.ask, "Click") == 200
    assert Line.objects.count() == before


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Basic cG9zdDp3cm9uZw=="}])
def test_nobody_else_may_say_what_became_of_a_mail(room: Mailroom, headers: dict[str, str]) -> None:
    assert postmark(room.ask, "Bounce", headers, Type="HardBounce") == 400
    assert mailgun(room.ask, "failed", key="another", severity="permanent") == 400
    assert room.request.paused_at is None


def test_signed_event_is_matched_by_message_id_where_the_provider_keeps_it(room: Mailroom) -> None:
    assert mailgun(room.ask, "failed", severity="temporary") == 200
    assert verbs() == ["mail_delayed"]
    assert mailgun(room.ask, "failed", severity="permanent", reason="bounce") == 200
    assert room.request.paused_why == "bounced"


def test_event_about_no_mail_of_ours_is_taken_and_does_nothing(room: Mailroom) -> None:
    stranger = Outgoing(message_id=f"{'0' * 40}@vouchsafe.test")
    before = Line.objects.count()
    assert postmark(stranger, "Bounce", Type="HardBounce") == 200
    assert (Line.objects.count(), room.request.paused_at) == (before, None)


def test_returned_mail_of_no_request_is_shown_to_the_office(room: Mailroom) -> None:
    parcel = outbox.Parcel(kind="packet", to_address="cleo@readers.example", to_name="Cleo")
    row = outbox.queue(
        parcel, delivery=outbox.Delivery.AT_LEAST_ONCE, chain="c", about="r", once="p", now=room.ask.due_at
    )
    Outgoing.objects.filter(pk=row.pk).update(state="sent", ended_at=room.ask.due_at)
    assert postmark(row, "Bounce", Type="HardBounce") == 200
    row.refresh_from_db()
    assert row in Outgoing.objects.visible_trouble()


def test_mail_handed_to_a_provider_carries_its_name_along() -> None:
    raw = b"From: a@b.example\r\nTo: c@d.example\r\nSubject: x\r\nMessage-ID: <abc@b.example>\r\n\r\nx\r\n"
    sent = _as_django(Parcel("<abc@b.example>", "a@b.example", "c@d.example", raw))
    assert sent.metadata == {MAIL_KEY: "abc"}  # type: ignore[attr-defined]  # anymail's
