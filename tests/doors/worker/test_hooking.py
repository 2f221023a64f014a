"""Webhooks against a real HTTP server on loopback; inside addresses are refused wherever the product itself calls."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.utils import timezone
from tests.cast import Cast
from tests.factories import make_account, make_contact

from vouchsafe.adapters.fetch.page import Web
from vouchsafe.core.hooks import WAITS
from vouchsafe.doors.worker.hooking import call_hooks
from vouchsafe.ledger import hooks, journal
from vouchsafe.ledger.models import Calling, Hook, Line
from vouchsafe.packets.actions.erase_account import erase_account
from vouchsafe.people.actions.change_role import change_role
from vouchsafe.people.actions.remove_contact import remove_contact

URL = "https://hooks.vouchsafe-tests.org/here?for=ada"


@dataclass
class Listener:
    """What a program heard, and what it answers."""

    web: Web
    answer: int = 204
    heard: list[tuple[dict[str, str], bytes, str]] = field(default_factory=list)


@pytest.fixture
def listener() -> Iterator[Listener]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.heard.append(
                ({name.lower(): value for name, value in self.headers.items()}, body, self.path)
            )
            self.send_response(found.answer)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    port = server.server_address[1]
    found = Listener(
        Web(resolve=lambda host, _: ["127.0.0.1"], allows=lambda _: True, port_of=lambda _: port, seconds=60)
    )
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield found
    server.shutdown()
    server.server_close()


def hook_of(chain: str, *, tells_office: bool = False) -> tuple[Hook, str]:
    """A hook whose calls go out in plain, for the listener has no certificate."""
    hook, secret = hooks.make(chain=chain, url=URL, tells_office=tells_office, now=timezone.now())
    Hook.objects.filter(pk=hook.pk).update(url=URL.replace("https", "http"))
    return hook, secret


def happens(chain: str, verb: str = "said_yes", about: str = "a-request") -> None:
    journal.note(chain=chain, verb=verb, about=about, by=chain, now=timezone.now())


def opens(secret: str, headers: dict[str, str], body: bytes) -> bool:
    said = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    due = hmac.new(b64decode(secret.removeprefix("whsec_")), said, hashlib.sha256).digest()
    return due in [b64decode(one.partition(",")[2]) for one in headers["webhook-signature"].split(" ")]


def test_program_hears_once_what_happened_to_its_owner_and_nothing_else(
    cast: Cast, listener: Listener
) -> None:
    happens(cast.ada.key)  # before there was a hook
    hook, secret = hook_of(cast.ada.key)
    happens(cast.ada.key)
    happens(cast.eve.key)
    happens(cast.ada.key, verb="call_back_asked")
    for _ in range(3):
        call_hooks(worker="w", now=timezone.now(), web=listener.web)
    [(headers, body, path)] = listener.heard
    assert path == "/here?for=ada"
    assert opens(secret, headers, body)
    assert not opens("whsec_" + "A" * 44, headers, body)
    told = json.loads(body)
    assert (told["type"], told["data"]) == ("request.answered", {"key": "a-request", "state": "yes"})
    row = Calling.objects.get()
    assert (row.state, row.outcome, row.key) == ("taken", "answered 204", headers["webhook-id"])
    assert hook.key not in body.decode()


def test_no_secret_is_kept(cast: Cast) -> None:
    hook, secret = hook_of(cast.ada.key)
    assert secret.startswith("whsec_")
    assert len(b64decode(secret.removeprefix("whsec_"))) == 32
    row = repr(Hook.objects.filter(pk=hook.pk).values().get())
    assert secret.removeprefix("whsec_")[:20] not in row


def test_failed_call_is_tried_again_later_and_the_last_failure_pauses(cast: Cast, listener: Listener) -> None:
    hook, _ = hook_of(cast.ada.key)
    happens(cast.ada.key)
    listener.answer, now = 500, timezone.now()
    call_hooks(worker="w", now=now, web=listener.web)
    for wait in WAITS:
        assert call_hooks(worker="w", now=now + wait - timedelta(seconds=1), web=listener.web) == 0
        now += wait
        assert call_hooks(worker="w", now=now, web=listener.web) == 1
    assert len(listener.heard) == len(WAITS) + 1
    assert len({headers["webhook-id"] for headers, _, _ in listener.heard}) == 1
    hook.refresh_from_db()
    assert (hook.paused_why, Calling.objects.get().state) == ("failing", "failed")
    assert Line.objects.get(verb="hook_paused").about == hook.key
    happens(cast.ada.key, verb="said_no")
    listener.answer = 200
    assert call_hooks(worker="w", now=now, web=listener.web) == 0  # paused, and nothing is forgotten
    hooks.resume(hook=hook, now=now)
    call_hooks(worker="w", now=now, web=listener.web)
    assert json.loads(listener.heard[-1][1])["data"]["state"] == "no"


def test_server_that_says_it_is_gone_is_called_no_more(cast: Cast, listener: Listener) -> None:
    hook, _ = hook_of(cast.ada.key)
    happens(cast.ada.key)
    listener.answer = 410
    call_hooks(worker="w", now=timezone.now(), web=listener.web)
    hook.refresh_from_db()
    assert hook.paused_why == "gone"


def test_event_is_told_again_by_a_press_under_the_same_name(cast: Cast, listener: Listener) -> None:
    hook_of(cast.ada.key)
    happens(cast.ada.key)
    call_hooks(worker="w", now=timezone.now(), web=listener.web)
    assert hooks.replay(calling=Calling.objects.get(), now=timezone.now())
    call_hooks(worker="w", now=timezone.now(), web=listener.web)
    first, again = listener.heard
    assert first[0]["webhook-id"] == again[0]["webhook-id"]
    assert first[1] == again[1]


def test_for_a_day_after_a_new_secret_the_one_before_opens_too(cast: Cast, listener: Listener) -> None:
    hook, old = hook_of(cast.ada.key)
    new, now = hooks.roll(hook=hook, now=timezone.now()), timezone.now()
    for at in (now, now + timedelta(days=2)):
        hooks.trial(hook=hook, now=at)
        call_hooks(worker="w", now=at, web=listener.web)
    (early, early_body, _), (late, late_body, _) = listener.heard
    assert opens(new, early, early_body)
    assert opens(old, early, early_body)
    assert opens(new, late, late_body)
    assert not opens(old, late, late_body)


def test_office_hears_where_everyones_requests_stand_and_not_what_they_hold(
    cast: Cast, listener: Listener
) -> None:
    hook_of(cast.dana.key, tells_office=True)
    remove_contact(by=cast.ada, contact=make_contact(cast.ada, "Mina Holt"), now=timezone.now())
    happens(cast.ada.key, verb="reader_read")
    happens(cast.ada.key)
    call_hooks(worker="w", now=timezone.now(), web=listener.web)
    [(_, body, _)] = listener.heard
    assert json.loads(body)["data"] == {"key": "a-request", "state": "yes", "applicant": cast.ada.key}


def test_line_committed_late_under_a_lower_number_is_told_too(cast: Cast, listener: Listener) -> None:
    hook_of(cast.ada.key)
    happens(cast.ada.key)
    happens(cast.ada.key, verb="said_no")
    late = Line.objects.order_by("pk")[Line.objects.count() - 2]
    values = {
        name: getattr(late, name)
        for name in ("pk", "chain", "position", "at", "by", "verb", "about", "before", "digest")
    }
    Line.objects.filter(pk=late.pk)._raw_delete("default")
    call_hooks(worker="w", now=timezone.now(), web=listener.web)
    Line(**values).save(force_insert=True)
    call_hooks(worker="w", now=timezone.now(), web=listener.web)
    assert [json.loads(body)["data"]["state"] for _, body, _ in listener.heard] == ["no", "yes"]


@pytest.mark.parametrize("address", ["10.0.0.7", "127.0.0.1", "169.254.169.254", "::1", "fd00::1"])
def test_name_that_leads_inside_is_not_called(cast: Cast, listener: Listener, address: str) -> None:
    hook_of(cast.ada.key)
    happens(cast.ada.key)
    inside = Web(resolve=lambda host, _: [address], port_of=listener.web.port_of)
    call_hooks(worker="w", now=timezone.now(), web=inside)
    assert listener.heard == []
    assert Calling.objects.get().outcome == "address-not-public"


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.vouchsafe-tests.org/",
        "ftp://x.org",
        "https://a@b.org/",
        "https://b.org:8443/",
        "https://127.0.0.1/",
    ],
)
def test_address_that_is_no_plain_https_one_is_refused(cast: Cast, url: str) -> None:
    with pytest.raises(hooks.HookNotAcceptable):
        hooks.make(chain=cast.ada.key, url=url, tells_office=False, now=timezone.now())


def test_call_of_a_worker_that_died_is_made_again(cast: Cast, listener: Listener) -> None:
    hook_of(cast.ada.key)
    happens(cast.ada.key)
    now = timezone.now()
    hooks.gather(runs_office=lambda _: True, now=now)
    assert len(hooks.claim("died", now=now)) == 1
    assert call_hooks(worker="w", now=now, web=listener.web) == 0
    assert call_hooks(worker="w", now=now + hooks.LEASE + timedelta(seconds=1), web=listener.web) == 1
    assert len(listener.heard) == 1


def test_idle_worker_asks_little(cast: Cast, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(3):
        call_hooks(worker="w", now=timezone.now())


def test_office_hears_no_more_of_everyone_once_its_keeper_no_longer_runs_it(
    cast: Cast, listener: Listener
) -> None:
    hook_of(cast.dana.key, tells_office=True)
    happens(cast.ada.key)
    hooks.gather(runs_office=lambda _: True, now=timezone.now())
    make_account("Fay Nolan", role="office")
    change_role(by=cast.dana, account=cast.dana, role="applicant", now=timezone.now())
    happens(cast.ada.key, verb="said_no")
    call_hooks(worker="w", now=timezone.now(), web=listener.web)
    assert listener.heard == []
    assert hooks.of(cast.dana.key) == []


def test_office_is_told_nothing_again_of_who_was_erased(cast: Cast, listener: Listener) -> None:
    ada = cast.ada.key
    hook_of(cast.dana.key, tells_office=True)
    happens(ada)
    call_hooks(worker="w", now=timezone.now(), web=listener.web)
    erase_account(account=cast.ada, typed_address=cast.ada.email, now=timezone.now())
    happens(cast.eve.key)
    call_hooks(worker="w", now=timezone.now(), web=listener.web)
    assert [json.loads(body)["data"]["applicant"] for _, body, _ in listener.heard] == [ada, cast.eve.key]
    assert {row.whose for row in Calling.objects.all()} == {cast.eve.key}
