from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import Cast

from vouchsafe.ledger import hooks
from vouchsafe.ledger.models import Calling, Hook

PAGE = "/account/hooks/"
URL = "https://hooks.vouchsafe-tests.org/"


@pytest.fixture
def ada(cast: Cast, client: Client) -> Client:
    client.force_login(cast.ada)
    session = client.session
    session["account_authentication_methods"] = [{"method": "code", "at": timezone.now().timestamp()}]
    session.save()
    return client


def secrets_in(page: bytes) -> set[str]:
    return set(re.findall(r"whsec_[\w+/=]{44}", page.decode()))


def test_address_is_kept_and_its_secret_shown_once(cast: Cast, ada: Client) -> None:
    answer = ada.post(PAGE, {"url": URL})
    hook = Hook.objects.get()
    assert (answer.status_code, secrets_in(answer.content)) == (201, {hooks.secret(hook, 1)})
    assert (hook.chain, hook.tells_office) == (cast.ada.key, False)
    for page in (PAGE, f"{PAGE}{hook.key}/"):
        told = ada.get(page).content
        assert URL in told.decode()
        assert not secrets_in(told)
    assert secrets_in(ada.post(f"{PAGE}{hook.key}/secret").content) == {hooks.secret(hook, 2)}


def test_inside_or_plain_addresses_are_refused_beside_the_field(ada: Client) -> None:
    for wrong in ("http://x.vouchsafe-tests.org/", "https://localhost/", "https://10.0.0.1/"):
        answer = ada.post(PAGE, {"url": wrong})
        assert answer.status_code == 422
        assert "at an https address alone" in answer.content.decode()
    assert not Hook.objects.exists()


def test_trial_replay_pause_and_removal_are_presses(ada: Client) -> None:
    ada.post(PAGE, {"url": URL})
    hook = Hook.objects.get()
    here = f"{PAGE}{hook.key}"
    assert ada.post(f"{here}/trial").status_code == 302
    calling = Calling.objects.get()
    Calling.objects.update(state="failed", ended_at=timezone.now(), outcome="answered 500")
    Hook.objects.update(paused_at=timezone.now(), paused_why="failing")
    page = ada.get(f"{here}/").content.decode()
    assert "answered 500" in page
    assert "Call it again" in page
    ada.post(f"/account/callings/{calling.key}/replay")
    ada.post(f"{here}/pause")
    calling.refresh_from_db()
    hook.refresh_from_db()
    assert (calling.state, hook.paused_at) == ("waiting", None)
    ada.post(f"{here}/removal")
    assert ada.get(f"{here}/").status_code == 404
    assert URL not in ada.get(PAGE).content.decode()


def test_eve_finds_no_address_of_adas(cast: Cast, ada: Client) -> None:
    ada.post(PAGE, {"url": URL})
    here = f"{PAGE}{Hook.objects.get().key}"
    ada.force_login(cast.eve)
    assert ada.get(f"{here}/").status_code == 404
    told = hooks.trial(hook=Hook.objects.get(), now=timezone.now())
    for act in (f"{here}/trial", f"{here}/pause", f"{here}/removal", f"/account/callings/{told.key}/replay"):
        assert ada.post(act).status_code == 404
    assert "office" not in ada.get(PAGE).content.decode().partition("<form")[2].partition("</main")[0]


def test_office_may_have_everyones_requests_told(cast: Cast, ada: Client) -> None:
    ada.post(PAGE, {"url": URL, "office": "on"})
    assert Hook.objects.get().tells_office is False
    ada.force_login(cast.dana)
    assert 'name="office"' in ada.get(PAGE).content.decode()
