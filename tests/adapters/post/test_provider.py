"""A provider's interface, by django-anymail's real backend for Postmark, against a server that answers as it does."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.test import override_settings
from tests.cast import Cast
from tests.factories import NOW, make_opportunity, make_purpose

from vouchsafe.adapters.post.kinds.samples import samples
from vouchsafe.adapters.post.provider import MAIL_KEY, Provider
from vouchsafe.adapters.post.render import render
from vouchsafe.adapters.post.transport import Outcome, Parcel
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.models import Request
from vouchsafe.doors.worker import tasks
from vouchsafe.ledger.models import Outgoing

BACKEND = "anymail.backends.postmark.EmailBackend"
TAKEN = {"To": "tomasz@harbour.example", "MessageID": "0a129aee", "ErrorCode": 0, "Message": "OK"}
INACTIVE = {
    "ErrorCode": 406,
    "Message": "You tried to send to a recipient that has been marked as inactive.\n Found inactive addresses: "
    "ben@writers.example, tomasz@harbour.example.\n Inactive recipients are ones that have generated a hard "
    "bounce or a spam complaint. ",
}
BAD_FROM = {"ErrorCode": 300, "Message": "Invalid 'From' address: 'post@vouchsafe.example'."}
SILENT = 0  # takes all of it and answers nothing
GONE = -1  # takes all of it and hangs up


@dataclass
class Interface:
    """What the server is to answer, and what it was given."""

    url: str
    status: int = 200
    answer: Any = field(default_factory=lambda: TAKEN)
    given: list[dict[str, Any]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)


@pytest.fixture
def interface(monkeypatch: pytest.MonkeyPatch) -> Iterator[Interface]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            given = json.loads(body)
            found.given.append(given[0] if isinstance(given, list) else given)
            if found.status == SILENT:
                found.over.wait()
            if found.status in (SILENT, GONE):
                self.close_connection = True
                return
            said = found.answer if isinstance(found.answer, bytes) else json.dumps(found.answer).encode()
            self.send_response(found.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, format: str, *args: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.daemon_threads = True
    found = Interface(f"http://127.0.0.1:{server.server_port}/")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield found
    found.over.set()
    server.shutdown()
    server.server_close()
    thread.join()


def sent(url: str, timeout: float = 20.0) -> tuple[Outcome, str]:
    with Provider(BACKEND, server_token="key", api_url=url, timeout=timeout) as provider:
        done = provider.send(Parcel.of(render(samples()[0])))
    return done.outcome, done.step


@pytest.mark.parametrize(
    ("status", "answer", "expected"),
    [
        (200, TAKEN, (Outcome.SENT, "provider")),
        (
            200,
            {**TAKEN, "Message": "Message accepted, but delivery may be delayed."},
            (Outcome.SENT, "provider"),
        ),
        (422, INACTIVE, (Outcome.REFUSED, "rcpt")),
        (422, BAD_FROM, (Outcome.REFUSED, "provider")),
        (400, {"ErrorCode": 402, "Message": "Invalid JSON"}, (Outcome.REFUSED, "provider")),
        (413, {"ErrorCode": 0, "Message": "Too large"}, (Outcome.REFUSED, "provider")),
        (401, {"ErrorCode": 10, "Message": "Bad or missing Server API token."}, (Outcome.LATER, "settings")),
        (403, {"ErrorCode": 0, "Message": "Forbidden"}, (Outcome.LATER, "settings")),
        (429, {"ErrorCode": 429, "Message": "Rate limit exceeded"}, (Outcome.LATER, "provider")),
        (503, {"ErrorCode": 100, "Message": "Maintenance"}, (Outcome.LATER, "provider")),
        (500, {"ErrorCode": 0, "Message": "Internal error"}, (Outcome.UNKNOWN, "provider")),
        (502, b"<html>Bad gateway</html>", (Outcome.UNKNOWN, "provider")),
        (504, b"", (Outcome.UNKNOWN, "provider")),
        (200, b"<html>Welcome to the hotel wifi</html>", (Outcome.UNKNOWN, "provider")),
        (200, {"Message": "OK", "ErrorCode": 0}, (Outcome.UNKNOWN, "provider")),
        (GONE, b"", (Outcome.UNKNOWN, "provider")),
    ],
)
def test_answer_of_a_provider_becomes_what_is_known_of_the_mail(
    interface: Interface, status: int, answer: Any, expected: tuple[Outcome, str]
) -> None:
    interface.status, interface.answer = status, answer
    assert sent(interface.url) == expected
    assert len(interface.given) == 1  # never tried again by itself, whatever was answered


def test_provider_silent_after_it_has_the_mail_leaves_it_unknown(interface: Interface) -> None:
    interface.status = SILENT
    assert sent(interface.url, timeout=2.0) == (Outcome.UNKNOWN, "provider")
    assert len(interface.given) == 1


def test_provider_that_is_not_there_has_nothing() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # bound and not listening: refused
        assert sent(f"http://127.0.0.1:{nobody.getsockname()[1]}/")[0] is Outcome.LATER


def test_provider_without_the_secure_layer_it_promises_has_nothing(interface: Interface) -> None:
    assert sent(interface.url.replace("http:", "https:"))[0] is Outcome.LATER
    assert interface.given == []


@pytest.mark.parametrize("mail", [pytest.param(mail, id=mail.kind) for mail in samples()])
def test_every_kind_reaches_a_provider_whole(interface: Interface, mail: Any) -> None:
    rendered = render(mail)
    with Provider(BACKEND, server_token="key", api_url=interface.url) as provider:
        assert provider.send(Parcel.of(rendered)).outcome in (Outcome.SENT, Outcome.UNKNOWN)
    (given,) = interface.given
    headers = {each["Name"]: each["Value"] for each in given.get("Headers", [])}
    assert given["Subject"] == rendered.subject
    assert given["TextBody"].replace("\r\n", "\n").rstrip() == rendered.text.rstrip()
    assert given["HtmlBody"].replace("\r\n", "\n").rstrip() == rendered.html.rstrip()
    assert mail.route.to.email in given["To"]
    assert (given.get("ReplyTo") or "") == mail.route.reply_to
    assert headers.get("Auto-Submitted") == ("auto-generated" if mail.automatic else None)
    assert headers.get("List-Unsubscribe") == (f"<{mail.route.stop_url}>" if mail.route.stop_url else None)
    assert given["Metadata"] == {MAIL_KEY: "sample"}
    assert [each["Name"] for each in given.get("Attachments", [])] == [each.name for each in mail.attachments]
    assert not given.get("TrackOpens")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "answer", "state"),
    [
        (200, {**TAKEN, "To": "ben@writers.example"}, "sent"),
        (422, INACTIVE, "failed"),
        (503, {}, "waiting"),
        (500, {}, "unknown"),
    ],
)
def test_ask_by_a_provider_ends_as_its_answer_says(
    interface: Interface, cast: Cast, settings: Any, status: int, answer: Any, state: str
) -> None:
    interface.status, interface.answer = status, answer
    settings.MAIL_PROVIDER = "postmark"
    keys = {"POSTMARK_SERVER_TOKEN": "key", "POSTMARK_API_URL": interface.url}
    purpose = make_purpose(cast.ben, make_opportunity(cast.ada))
    row = send_ask(by=cast.ada, purpose=purpose, now=NOW, undo=timedelta(0))
    with override_settings(ANYMAIL=keys):
        tasks.send_mail(worker="w", now=NOW)
    row.refresh_from_db()
    assert row.state == state
    assert (Request.objects.get().paused_at is not None) is (state == "failed")
    assert Outgoing.objects.filter(kind="bounce").exists() is (state == "failed")
    with override_settings(ANYMAIL=keys):
        tasks.send_mail(worker="w", now=datetime.now(UTC) - timedelta(days=1))
    asks = [each for each in interface.given if each["To"].endswith("<ben@writers.example>")]
    assert len(asks) == 1
