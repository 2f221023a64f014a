from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from tests.cast import Cast

from vouchsafe.adapters.fetch.page import Web
from vouchsafe.core.addresses import hook_path
from vouchsafe.core.hooks import WAITS
from vouchsafe.doors.worker import hooking
from vouchsafe.doors.worker.carrying import build, sending_house
from vouchsafe.doors.worker.hooking import call_hooks, tell_of_pauses
from vouchsafe.doors.worker.sweeping import sweep_if_due
from vouchsafe.ledger import hooks
from vouchsafe.ledger.models import Calling, Hook, Outgoing
from vouchsafe.people.models import Account

NOBODY = Web(resolve=lambda host, _: ["127.0.0.1"], allows=lambda _: True, port_of=lambda _: 9, seconds=1)
SECRET = "quagga-5521"


@pytest.fixture
def hook(cast: Cast) -> Hook:
    row, _ = hooks.make(
        chain=cast.ada.key, url=f"https://hooks.example.org/{SECRET}", tells_office=False, now=timezone.now()
    )
    return row


def fails_for_good(hook: Hook, monkeypatch: pytest.MonkeyPatch, *, status: int = 500) -> datetime:
    monkeypatch.setattr(hooking, "call", lambda *_, **__: (status, str(status)))
    hooks.trial(hook=hook, now=timezone.now())
    Calling.objects.update(attempts=len(WAITS))
    now = timezone.now() + timedelta(seconds=1)
    assert call_hooks(worker="w", now=now, web=NOBODY) == 1
    return now


@pytest.mark.parametrize(("status", "gone"), [(500, False), (410, True)])
def test_whoever_gave_an_address_is_mailed_once_that_it_is_paused(
    cast: Cast, hook: Hook, monkeypatch: pytest.MonkeyPatch, status: int, gone: bool
) -> None:
    now = fails_for_good(hook, monkeypatch, status=status)
    for minutes in (1, 2, 60, 60 * 30):
        tell_of_pauses(now=now + timedelta(minutes=minutes))
    row = Outgoing.objects.get(kind="hook_paused")
    mail = build(row, sending_house())
    assert (mail.route.to.email, row.chain) == (cast.ada.email, cast.ada.key)
    assert mail.button is not None
    assert mail.button.url.endswith(hook_path(hook.key))
    told = " ".join(str(one) for one in (mail.subject, *mail.paragraphs))
    assert "hooks.example.org" in told
    assert SECRET not in told
    assert ("gone for good" in told) == gone


def test_another_pause_is_another_mail(cast: Cast, hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    now = fails_for_good(hook, monkeypatch)
    hook.refresh_from_db()
    hooks.resume(hook=hook, now=now)
    Calling.objects.all().delete()
    fails_for_good(hook, monkeypatch)
    assert Outgoing.objects.filter(kind="hook_paused").count() == 2


def test_a_mail_that_a_dying_worker_left_out_is_made_up_for(
    cast: Cast, hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as dies:
        dies.setattr(hooking, "tell_hook_paused", lambda **_: None)
        now = fails_for_good(hook, monkeypatch)
    assert not Outgoing.objects.exists()
    sweep_if_due("a worker of its own", now)
    assert Outgoing.objects.get().kind == "hook_paused"


def test_nobody_is_mailed_of_an_address_they_removed_or_after_they_left(
    cast: Cast, hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    Account.objects.filter(pk=cast.ada.pk).update(is_active=False)
    now = fails_for_good(hook, monkeypatch)
    Account.objects.filter(pk=cast.ada.pk).update(is_active=True)
    hooks.remove(hook=hook, now=now)
    tell_of_pauses(now=now)
    assert not Outgoing.objects.filter(kind="hook_paused").exists()
