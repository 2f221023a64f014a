"""What the doctor says of the organisation's sign-in, each finding with its fix."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from tests.saml_provider import metadata

from vouchsafe.adapters.sign_on import oidc
from vouchsafe.adapters.sign_on.fake import ISSUER, FakeProvider
from vouchsafe.adapters.sign_on.wire import Told
from vouchsafe.config.env import sign_on
from vouchsafe.core.checkup import Finding, State
from vouchsafe.doors.cli.doctor_sign_on import findings

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _set(settings: Any) -> Iterator[None]:
    settings.SIGN_ON = {
        "oidc": {
            "issuer": ISSUER, "client_id": "v", "secret": "", "name": "Kestrel", "domains": frozenset({"kestrel.example"}),
            "authoritative": False, "joins": False,
        }
    }  # fmt: skip
    yield
    oidc.forget()


def found(**bent: Any) -> list[Finding]:
    provider = FakeProvider(now=NOW)
    for name, value in bent.items():
        setattr(provider, name, value)
    return list(findings(NOW, provider))


def test_provider_that_is_right_is_fine() -> None:
    assert [one.state for one in found()] == [State.FINE]


def test_none_set_says_nothing(settings: Any) -> None:
    settings.SIGN_ON = {}
    assert found() == []


@pytest.mark.parametrize(
    ("bent", "state", "said"),
    [
        ({"away": True}, State.WRONG, "does not answer"),
        ({"document": {"issuer": "https://other.example"}}, State.WRONG, "another issuer"),
        ({"document": {"token_endpoint": "http://x.example"}}, State.WRONG, "not over https"),
        (
            {"document": {"claims_supported": ["sub"], "scopes_supported": ["openid"]}},
            State.LOOK,
            "claim email",
        ),
        ({"document": {"code_challenge_methods_supported": ["plain"]}}, State.LOOK, "PKCE"),
    ],
)
def test_what_is_wrong_is_said_with_its_fix(bent: dict[str, Any], state: State, said: str) -> None:
    last = found(**bent)[-1]
    assert last.state is state
    assert said in str(last.what)
    assert last.fix


@pytest.mark.parametrize(("seconds", "states"), [(30, [State.FINE]), (-90, [State.FINE, State.WRONG])])
def test_clock_of_the_provider_is_compared(seconds: int, states: list[State]) -> None:
    provider = FakeProvider(now=NOW)

    def dated(url: str, **asked: Any) -> Told:
        return Told(
            provider(url, **asked).body, format_datetime(NOW + timedelta(seconds=seconds), usegmt=True)
        )

    said = list(findings(NOW, dated))
    assert [one.state for one in said] == states
    assert all("-90 seconds" in str(one.what) for one in said[1:])


def test_provider_without_keys_is_wrong() -> None:
    class Keyless(FakeProvider):
        def _keys(self) -> dict[str, Any]:
            return {"keys": []}

    assert [one.state for one in findings(NOW, Keyless(now=NOW))] == [State.WRONG]


def test_provider_that_may_speak_for_no_domain_is_worth_a_look(settings: Any) -> None:
    settings.SIGN_ON["oidc"]["domains"] = frozenset()
    last = found()[-1]
    assert last.state is State.LOOK
    assert "VOUCHSAFE_OIDC_DOMAINS" in str(last.fix)


def by_saml(settings: Any, file: Path, text: str) -> list[Finding]:
    file.write_text(text, encoding="utf-8")
    settings.SIGN_ON = {
        "saml": {
            "name": "Kestrel", "metadata": str(file), "idp": "", "entity_id": "", "subject": "", "address": "", "person": "",
            "domains": frozenset("*"), "authoritative": True, "joins": False,
        }
    }  # fmt: skip
    return list(findings(datetime.now(UTC), FakeProvider(now=NOW)))


@pytest.mark.parametrize(
    ("days", "states"), [(300, [State.FINE]), (10, [State.LOOK, State.FINE]), (-1, [State.WRONG])]
)
def test_certificate_that_ends_is_said_in_time(
    settings: Any, tmp_path: Path, days: int, states: list[State]
) -> None:
    assert [one.state for one in by_saml(settings, tmp_path / "idp.xml", metadata(days=days))] == states


@pytest.mark.parametrize(
    "text", ["", "<a/>", metadata(days=300).replace("<ds:X509Certificate>MII", "<ds:X509Certificate>MMM")]
)
def test_metadata_that_is_no_use_is_wrong(settings: Any, tmp_path: Path, text: str) -> None:
    (only,) = by_saml(settings, tmp_path / "idp.xml", text)
    assert only.state is State.WRONG
    assert only.fix


def test_metadata_that_is_not_there_is_wrong(settings: Any, tmp_path: Path) -> None:
    by_saml(settings, tmp_path / "idp.xml", "")
    (tmp_path / "idp.xml").unlink()
    (only,) = findings(NOW, FakeProvider(now=NOW))
    assert only.state is State.WRONG
    assert "does not answer" in str(only.what)


def test_domains_are_read_however_they_are_parted_and_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOUCHSAFE_SAML_METADATA", "idp.xml")
    monkeypatch.setenv("VOUCHSAFE_SAML_DOMAINS", "kestrel.example, @Mail.Kestrel.example ,")
    assert sign_on()["saml"]["domains"] == {"kestrel.example", "mail.kestrel.example"}
