"""`vouchsafe doctor` against a real name server and a real mail server, both on loopback."""

from __future__ import annotations

import json
import os
from argparse import Namespace
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from tests.cast import Cast
from tests.nameserver import NameServer

from vouchsafe.adapters.keys import open_keys
from vouchsafe.adapters.post.names import Names, NamesDoNotAnswer
from vouchsafe.adapters.post.sink import Sink
from vouchsafe.core.checkup import Finding, State
from vouchsafe.doors.cli import doctor, doctor_machine, doctor_mail
from vouchsafe.ledger import custody, journal

DOMAIN = "letters.example.org"
GOOD = {
    (DOMAIN, "TXT"): ['"v=spf1 ip4:192.0.2.1 " "-all"'],
    (f"s1._domainkey.{DOMAIN}", "TXT"): ['"v=DKIM1; p=MIIBIjAN"'],
    (f"_dmarc.{DOMAIN}", "TXT"): ['"v=DMARC1; p=reject"'],
    (DOMAIN, "MX"): [f"20 mx2.{DOMAIN}.", f"10 mx.{DOMAIN}."],
}


@pytest.fixture
def sending(settings: Any) -> Iterator[Sink]:
    with Sink() as sink:
        settings.SMTP_HOST, settings.SMTP_PORT, settings.SMTP_TLS = sink.host, sink.port, "none"
        settings.MAIL_FROM, settings.DKIM_SELECTORS = f"post@{DOMAIN}", ["s1"]
        yield sink


def found(records: dict[tuple[str, str], list[str]], settings: Any) -> dict[str, Finding]:
    with NameServer(records) as settings.NAMESERVER:
        return {each.check: each for each in doctor_mail.findings()}


def test_domain_that_is_set_right_is_fine_in_every_point(cast: Cast, sending: Sink, settings: Any) -> None:
    states = {check: each.state for check, each in found(GOOD, settings).items()}
    assert states == {
        "smtp": State.FINE, "spf": State.FINE, "dkim": State.FINE, "dmarc": State.FINE,
        "sender": State.SKIPPED, "alignment": State.FINE, "reverse": State.SKIPPED, "mx": State.FINE,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("check", "left_out"),
    [
        ("spf", (DOMAIN, "TXT")),
        ("dkim", (f"s1._domainkey.{DOMAIN}", "TXT")),
        ("dmarc", (f"_dmarc.{DOMAIN}", "TXT")),
        ("mx", (DOMAIN, "MX")),
    ],
)
def test_each_missing_record_is_named_with_what_to_do(
    cast: Cast, sending: Sink, settings: Any, check: str, left_out: tuple[str, str]
) -> None:
    records = {name: rows for name, rows in GOOD.items() if name != left_out}
    seen = found(records, settings)
    assert [name for name, each in seen.items() if each.state is State.WRONG] == [check]
    assert str(seen[check].fix)


@pytest.mark.parametrize(("address", "state"), [("192.0.2.1", State.FINE), ("192.0.2.7", State.LOOK)])
def test_server_that_carries_mail_is_looked_for_in_the_spf_record(
    cast: Cast, settings: Any, address: str, state: State
) -> None:
    settings.SMTP_HOST = "mail.example.org"
    with NameServer({**GOOD, ("mail.example.org", "A"): [address]}) as server:
        seen = doctor_mail._sender(Names(server), DOMAIN)
    assert (seen.state, "mail.example.org" in str(seen.what)) == (state, True)


def test_server_on_this_machine_is_looked_for_by_its_public_name(cast: Cast, settings: Any) -> None:
    settings.SMTP_HOST, settings.PUBLIC_URL = "localhost", "https://letters.example.net"
    with NameServer({**GOOD, ("letters.example.net", "A"): ["192.0.2.1"]}) as server:
        assert doctor_mail._sender(Names(server), DOMAIN).state is State.FINE
    settings.PUBLIC_URL = None
    with NameServer(GOOD) as server:
        assert "was not checked" in str(doctor_mail._sender(Names(server), DOMAIN).what)


def test_reverse_name_must_lead_back(cast: Cast, sending: Sink, settings: Any) -> None:
    host = "mail.example.org"
    forward = {(host, "A"): ["192.0.2.7"], ("7.2.0.192.in-addr.arpa", "PTR"): [f"{host}."]}
    settings.SMTP_HOST = host
    with NameServer(forward) as server:
        assert doctor_mail._reverse(Names(server)).state is State.FINE
    liar = {**forward, ("7.2.0.192.in-addr.arpa", "PTR"): ["elsewhere.example.net."]}
    with NameServer(liar) as server:
        assert doctor_mail._reverse(Names(server)).state is State.LOOK


def test_mail_server_that_is_away_or_knows_no_starttls_is_said(
    cast: Cast, sending: Sink, settings: Any
) -> None:
    settings.SMTP_TLS = "starttls"
    assert "smtp" in {name for name, each in found(GOOD, settings).items() if each.state is State.WRONG}
    settings.SMTP_TLS, settings.SMTP_PORT = "none", 1
    seen = found(GOOD, settings)["smtp"]
    assert (seen.state, "127.0.0.1:1" in str(seen.what)) == (State.WRONG, True)


def test_name_server_that_is_silent_is_said_and_not_taken_for_missing_records() -> None:
    with NameServer({}) as address:
        pass
    names = Names(address)
    names._resolver.lifetime = 0.3
    with pytest.raises(NamesDoNotAnswer):
        names.texts(DOMAIN)


def test_caught_mail_is_nothing_wrong(cast: Cast) -> None:
    (only,) = doctor_mail.findings()
    assert (only.check, only.state) == ("mail", State.SKIPPED)


def test_test_mail_goes_to_the_owner_by_the_way_of_every_mail(
    cast: Cast, sending: Sink, settings: Any
) -> None:
    assert doctor_mail.send_test(timezone.now()).state is State.FINE
    (kept,) = sending.kept
    assert kept.rcpt_to == (cast.dana.email,)
    assert b"Auto-Submitted: auto-generated" in kept.raw
    settings.SMTP_PORT = 1
    assert doctor_mail.send_test(timezone.now()).state is State.WRONG


def machine() -> dict[str, Finding]:
    return {each.check: each for each in doctor_machine.findings(timezone.now())}


def test_machine_is_fine_while_the_worker_writes_its_anchors(cast: Cast) -> None:
    custody.keys()
    assert machine()["worker"].state is State.WRONG
    journal.anchor(timezone.now())
    seen = machine()
    for check in ("database", "keys", "vault", "cache", "clock", "worker"):
        assert seen[check].state is State.FINE, check


def test_cache_that_does_not_answer_is_said(cast: Cast, settings: Any) -> None:
    backend = "django.core.cache.backends.redis.RedisCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "redis://127.0.0.1:1/0"}}
    found = machine()["cache"]
    assert found.state is State.WRONG
    assert "ConnectionError" in str(found.what)


def test_clock_that_fell_behind_is_said(cast: Cast) -> None:
    journal.anchor(timezone.now() + timedelta(days=1))
    assert machine()["clock"].state is State.WRONG


def test_keys_that_others_can_read_or_that_are_gone_are_said(
    cast: Cast, settings: Any, tmp_path: Path
) -> None:
    settings.DATA_FOLDER = tmp_path
    assert doctor_machine._keys().state is State.WRONG
    open_keys(tmp_path / "keys")
    assert doctor_machine._keys().state is State.FINE
    (tmp_path / "keys/master-0001.key").rename(tmp_path / "lost")
    assert "master" in str(doctor_machine._keys().what)
    (tmp_path / "lost").rename(tmp_path / "keys/master-0001.key")
    key = next((tmp_path / "keys").glob("*.key"))
    os.chmod(key, 0o640)
    assert str(key) in str(doctor_machine._keys().what)


def test_looking_makes_no_new_keys_where_they_are_gone(cast: Cast, settings: Any, tmp_path: Path) -> None:
    """New ones would open none of the letters, and the next look would call them fine."""
    settings.DATA_FOLDER = tmp_path
    custody._ring.cache_clear()
    custody._vault.cache_clear()
    try:
        seen = machine()
    finally:
        custody._ring.cache_clear()
        custody._vault.cache_clear()
    assert (seen["keys"].state, "vault" in seen) == (State.WRONG, False)
    assert not any(tmp_path.iterdir())


def test_public_address_that_does_not_answer_or_is_not_encrypted_is_wrong(cast: Cast, settings: Any) -> None:
    settings.PUBLIC_URL = "https://127.0.0.1:1"
    assert machine()["address"].state is State.WRONG
    settings.PUBLIC_URL = "http://letters.example.org"
    assert machine()["address"].state is State.WRONG


@pytest.mark.parametrize("as_json", [True, False])
def test_command_ends_with_one_while_something_is_wrong_and_with_none_after(
    cast: Cast,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    as_json: bool,
    settings: Any,
) -> None:
    monkeypatch.setattr(doctor, "settle", lambda data: None)
    asked = Namespace(data=None, json=as_json, send_test=False)
    assert doctor.run(asked) == 1
    assert "something wrong" in capsys.readouterr().err
    journal.anchor(timezone.now())
    assert doctor.run(asked) == 0
    out = capsys.readouterr().out
    if as_json:
        assert {each["check"] for each in json.loads(out)} >= {"database", "keys", "vault", "worker", "mail"}
    else:
        assert "ok     database" in out
