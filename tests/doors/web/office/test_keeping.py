from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import Cast
from tests.pages import words_of

from vouchsafe.adapters.post.kinds.samples import samples
from vouchsafe.core.addresses import keep_path
from vouchsafe.core.retention import Rule
from vouchsafe.desk.keeping import next_sweep
from vouchsafe.doors.cli import main
from vouchsafe.doors.worker.carrying import build, sending_house
from vouchsafe.doors.worker.retaining import retain
from vouchsafe.ledger import custody
from vouchsafe.ledger.models import Outgoing
from vouchsafe.packets.access_aged import current_rule, farewell_by_token
from vouchsafe.packets.actions.say_farewell import PURPOSE
from vouchsafe.packets.actions.set_keeping_rule import set_keeping_rule
from vouchsafe.people.models import Account, Farewell, Sweep

PAGE = "/office/keeping/"
LONG_AGO = timedelta(days=800)


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def old(cast: Cast) -> Account:
    """Ada has not been here for two years; Eve signed in just now."""
    then = timezone.now() - LONG_AGO
    Account.objects.filter(pk=cast.ada.pk).update(joined_at=then, last_login=then)
    return cast.ada


@pytest.fixture
def farewell(cast: Cast, old: Account) -> Farewell:
    set_keeping_rule(by=cast.dana, rule=Rule(accounts=12), now=timezone.now())
    assert retain(now=timezone.now()) == 1
    return Farewell.objects.get()


def token_of(farewell: Farewell) -> str:
    return custody.token(PURPOSE, farewell.key, 1, farewell.generation)


def test_the_office_sees_first_decides_then_and_calls_off_by_one_press(cast: Cast, old: Account) -> None:
    dana = signed_in(cast.dana)
    start = dana.get(PAGE).content.decode()
    assert "Everything is kept here" in start
    assert "2 years (suggested)" in start
    seen = dana.get(PAGE, {"requests": "24", "accounts": "12", "mails": "", "readers": ""}).content.decode()
    assert "What this would erase" in seen
    first = timezone.localdate() + timedelta(days=30)
    assert f'datetime="{first.isoformat()}"' in seen
    assert current_rule().is_off  # looking decides nothing
    assert dana.post(PAGE, {"requests": "24", "accounts": "12"}).status_code == 302
    assert current_rule() == Rule(requests=24, accounts=12)
    assert "What is over goes after a while" in dana.get(PAGE).content.decode()
    retain(now=timezone.now())
    told = dana.get(PAGE).content.decode()
    assert "Who was told" in told
    assert "One person was told; the next erasing is on" in dana.get("/office/").content.decode()
    assert str(next_sweep()).endswith(f"{first.isoformat()}.")
    assert dana.post(PAGE).status_code == 302
    assert current_rule().is_off
    assert Farewell.objects.get().outcome == "off"


def test_what_was_erased_is_shown_by_its_keys(cast: Cast) -> None:
    Sweep.objects.create(
        kind="requests", count=5, keys=[f"key{n}" for n in range(5)], swept_at=timezone.now()
    )
    page = words_of(signed_in(cast.dana).get(PAGE))
    assert "key2" in page
    assert "key3" not in page
    assert "and 2 more" in page


def test_a_span_that_is_not_offered_is_an_error_and_decides_nothing(cast: Cast) -> None:
    for given in ({"accounts": "1"}, {"requests": "x"}):
        assert signed_in(cast.dana).post(PAGE, given).status_code == 422
        assert signed_in(cast.dana).get(PAGE, given).status_code == 422
    assert current_rule().is_off


def test_nobody_else_decides(cast: Cast) -> None:
    for client in (signed_in(cast.eve), signed_in(cast.ada)):
        assert client.get(PAGE).status_code == 404
        assert client.post(PAGE, {"accounts": "12"}).status_code == 404
    assert Client().post(PAGE, {"accounts": "12"}).status_code == 302
    assert current_rule().is_off


def test_the_mailed_link_keeps_by_a_press_and_by_nothing_less(cast: Cast, farewell: Farewell) -> None:
    mail = Outgoing.objects.get(kind="farewell")
    page = keep_path(token_of(farewell))
    assert build(mail, sending_house()).button.url.endswith(page)  # type: ignore[union-attr]  # it has one
    anyone = Client()
    opened = anyone.get(page)
    shown = opened.content.decode()
    assert "An unused account is erased on" in shown
    assert "<time" not in shown.partition("</title>")[0]
    assert cast.ada.email not in shown
    assert "Ada" not in words_of(opened)
    farewell.refresh_from_db()
    assert farewell.ended_at is None
    assert "Everything stays" in anyone.post(page).content.decode()
    farewell.refresh_from_db()
    assert farewell.outcome == "kept"
    assert "Everything stays" in anyone.get(page).content.decode()
    assert anyone.get(keep_path("a" * 43)).status_code == 404
    assert anyone.post(keep_path("a" * 43)).status_code == 404


def test_a_press_at_the_moment_the_account_goes_finds_nothing(
    cast: Cast, farewell: Farewell, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = keep_path(token_of(farewell))
    found = Farewell.objects.select_related("account").get(pk=farewell.pk)
    looks = iter([found])
    real = farewell_by_token
    monkeypatch.setattr(
        "vouchsafe.doors.web.public.views.keeping.farewell_by_token",
        lambda token: next(looks, None) or real(token),
    )
    Account.objects.filter(pk=cast.ada.pk).delete()
    assert Client().post(page).status_code == 404


def test_every_farewell_says_when_and_what(cast: Cast) -> None:
    mails = [mail for mail in samples() if mail.kind == "farewell"]
    assert len(mails) == 3
    assert all(mail.automatic for mail in mails)
    assert all("30" in str(mail.paragraphs[0]) for mail in mails)


@pytest.fixture
def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command runs in this process, on the test's own database."""
    monkeypatch.setattr("vouchsafe.doors.cli.retain.settle", lambda _: None)
    monkeypatch.setattr("django.setup", lambda: None)
    custody.keys()


def test_the_command_counts_and_changes_nothing(
    cast: Cast, old: Account, at_home: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["retain", "--dry-run", "--accounts", "12", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(row["kind"], row["months"], row["count"]) for row in told["kinds"]] == [("accounts", 12, 1)]
    assert not Farewell.objects.exists()
    assert main(["retain", "--dry-run"]) == 0
    assert "Everything is kept" in capsys.readouterr().out
    assert main(["retain", "--accounts", "12"]) == 2
    assert "--dry-run" in capsys.readouterr().err
    with pytest.raises(SystemExit):  # a span that the office could not choose
        main(["retain", "--dry-run", "--accounts", "7"])


def test_the_command_does_what_the_worker_would(
    cast: Cast, old: Account, at_home: None, capsys: pytest.CaptureFixture[str]
) -> None:
    set_keeping_rule(by=cast.dana, rule=Rule(accounts=12), now=timezone.now())
    assert main(["retain", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {
        "dry_run": False,
        "erased": {"requests": 0, "accounts": 0, "mails": 0, "readers": 0},
        "told": 1,
    }
