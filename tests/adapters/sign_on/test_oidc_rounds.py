"""A round with a provider: what goes out, and that only what is signed, meant for us, in time and of this round is believed."""

from __future__ import annotations

import base64
import hashlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest

from vouchsafe.adapters.sign_on import oidc
from vouchsafe.adapters.sign_on.fake import ISSUER, FakeProvider, a_key
from vouchsafe.adapters.sign_on.oidc import Client, begin, redeem
from vouchsafe.adapters.sign_on.refusals import (
    ClocksDisagree,
    NothingLasting,
    ProviderAway,
    ProviderNotBelieved,
    SignOnStopped,
)
from vouchsafe.adapters.sign_on.wire import NoAnswer, ask, is_safe

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
CLIENT = Client(
    issuer=ISSUER, client_id="vouchsafe", secret="s p:ace", name="Kestrel", back_url="https://here.example/back"
)  # fmt: skip


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    oidc.forget()
    yield
    oidc.forget()


@pytest.fixture
def provider() -> FakeProvider:
    return FakeProvider(now=NOW)


def walk(provider: FakeProvider, **claims: Any) -> Any:
    there, one = begin(CLIENT, now=NOW, wire=provider)
    return redeem(CLIENT, one, provider.sign_in(there, **claims), now=NOW, wire=provider)


def test_leaving_carries_state_nonce_and_a_challenge_that_fit_the_round(provider: FakeProvider) -> None:
    there, one = begin(CLIENT, now=NOW, wire=provider)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(there).query).items()}
    challenge = base64.urlsafe_b64encode(hashlib.sha256(one.verifier.encode()).digest()).rstrip(b"=").decode()
    assert there.startswith(f"{ISSUER}/authorize?")
    assert asked == {
        "response_type": "code", "client_id": "vouchsafe", "redirect_uri": CLIENT.back_url,
        "scope": "openid email profile", "state": one.state, "nonce": one.nonce,
        "code_challenge": challenge, "code_challenge_method": "S256",
    }  # fmt: skip
    assert one != begin(CLIENT, now=NOW, wire=provider)[1]
    assert one.verifier not in there


def test_round_tells_who_came_and_nothing_more(provider: FakeProvider) -> None:
    came = walk(
        provider, email="Ada@Kestrel.example", email_verified=True, name="Ada Marsh", phone_number="1"
    )
    assert (came.issuer, came.subject, came.address) == (ISSUER, "u-1", "Ada@Kestrel.example")
    assert (came.address_proved, came.name, came.provider) == (True, "Ada Marsh", "Kestrel")


@pytest.mark.parametrize(
    ("said", "read"), [("true", True), ("False", False), (False, False), (None, None), (1, None)]
)
def test_word_on_whether_an_address_was_checked_is_read(provider: FakeProvider, said: Any, read: Any) -> None:
    assert walk(provider, email="a@b.example", email_verified=said).address_proved is read


def test_secret_goes_by_basic_encoded_as_the_standard_says(provider: FakeProvider) -> None:
    walk(provider)
    _, form, headers = next(one for one in provider.asked if one[0].endswith("/token"))
    assert headers
    assert form
    assert base64.b64decode(headers["Authorization"].split()[1]) == b"vouchsafe:s%20p%3Aace"
    assert "client_secret" not in form


def test_secret_goes_in_the_form_where_the_provider_takes_nothing_else(provider: FakeProvider) -> None:
    provider.document = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    walk(provider)
    _, form, headers = next(one for one in provider.asked if one[0].endswith("/token"))
    assert form
    assert (form["client_id"], form["client_secret"], headers) == ("vouchsafe", "s p:ace", {})


def test_address_told_beside_the_token_is_taken_of_the_same_subject_alone(provider: FakeProvider) -> None:
    provider.userinfo = {"sub": "u-1", "email": "a@b.example", "email_verified": True}
    assert walk(provider).address == "a@b.example"
    provider.userinfo = {"sub": "u-2", "email": "a@b.example", "email_verified": True}
    with pytest.raises(ProviderNotBelieved):
        walk(provider)


HOSTILE: dict[str, dict[str, Any]] = {
    "meant for another": {"claims": {"aud": "somebody-else"}},
    "meant for several, and not handed to us": {"claims": {"aud": ["vouchsafe", "other"]}},
    "handed to another": {"claims": {"aud": ["vouchsafe", "other"], "azp": "other"}},
    "by another issuer": {"claims": {"iss": "https://evil.example"}},
    "of another round": {"claims": {"nonce": "x"}},
    "without a nonce": {"claims": {"nonce": None}},
    "without an end": {"claims": {"exp": None}},
    "without a beginning": {"claims": {"iat": None}},
    "ending never": {"claims": {"exp": "never"}},
    "without a subject": {"claims": {"sub": None}},
    "unsigned": {"head": {"alg": "none"}},
    "signed by a secret": {"head": {"alg": "HS256"}, "key": b"k" * 32},
    "signed by another key": {"key": a_key("second")},
    "signed by a key nobody knows": {"head": {"kid": "2"}},
    "not a token": {"token": "x.y.z"},
    "nothing": {"token": "-"},
}


@pytest.mark.parametrize("what", HOSTILE)
def test_token_that_proves_nothing_is_refused(provider: FakeProvider, what: str) -> None:
    assert walk(provider).subject == "u-1"
    for name, value in HOSTILE[what].items():
        setattr(provider, name, value)
    with pytest.raises(ProviderNotBelieved):
        walk(provider)


def test_token_signed_with_our_own_view_of_the_public_key_as_a_secret_is_refused(
    provider: FakeProvider,
) -> None:
    """The old confusion: a public key taken for a shared secret."""
    there, one = begin(CLIENT, now=NOW, wire=provider)
    claims = {
        "iss": ISSUER,
        "sub": "u",
        "aud": "vouchsafe",
        "nonce": one.nonce,
        "iat": NOW.timestamp(),
        "exp": 9e9,
    }
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    public = a_key().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    provider.token = jwt.encode(claims, public, algorithm="HS256", headers={"kid": "1"})
    with pytest.raises(ProviderNotBelieved):
        redeem(CLIENT, one, provider.sign_in(there), now=NOW, wire=provider)


@pytest.mark.parametrize(
    ("claims", "fine"),
    [
        ({"exp": -30}, True), ({"exp": -91}, False), ({"iat": 60}, True), ({"iat": 120}, False),
        ({"nbf": 60}, True), ({"nbf": 120}, False), ({"iat": 120, "nbf": 0}, False),
    ],
)  # fmt: skip
def test_clocks_may_differ_by_a_minute_and_no_more(
    provider: FakeProvider, claims: dict[str, int], fine: bool
) -> None:
    provider.claims = {name: int(NOW.timestamp()) + seconds for name, seconds in claims.items()}
    if fine:
        assert walk(provider).subject == "u-1"
    else:
        with pytest.raises(ClocksDisagree):
            walk(provider)


@pytest.mark.parametrize("claims", [{"exp": float("nan")}, {"exp": 10**400}, {"nonce": "\ud800"}])
def test_claim_that_is_no_number_or_no_text_is_refused(
    provider: FakeProvider, claims: dict[str, Any]
) -> None:
    provider.claims = claims
    with pytest.raises(SignOnStopped):
        walk(provider)


@pytest.mark.parametrize("subject", ["", 7, "x" * 256])
def test_subject_that_is_no_lasting_name_is_refused(provider: FakeProvider, subject: Any) -> None:
    with pytest.raises((NothingLasting, ProviderNotBelieved)):
        walk(provider, sub=subject)


def test_answer_that_names_another_issuer_is_refused(provider: FakeProvider) -> None:
    there, one = begin(CLIENT, now=NOW, wire=provider)
    back = provider.sign_in(there)
    with pytest.raises(ProviderNotBelieved):
        redeem(CLIENT, one, {**back, "iss": "https://evil.example"}, now=NOW, wire=provider)
    assert redeem(CLIENT, one, {**back, "iss": ISSUER}, now=NOW, wire=provider).subject == "u-1"


@pytest.mark.parametrize("back", [{"error": "access_denied"}, {"error": "<b>x"}, {}])
def test_round_without_a_code_signs_nobody_in_and_repeats_nothing_odd(
    provider: FakeProvider, back: dict[str, str]
) -> None:
    _, one = begin(CLIENT, now=NOW, wire=provider)
    with pytest.raises(SignOnStopped) as stopped:
        redeem(CLIENT, one, back, now=NOW, wire=provider)
    assert "<" not in stopped.value.why + str(stopped.value)


def test_code_of_another_round_is_refused(provider: FakeProvider) -> None:
    """A code that somebody else was given does not fit our verifier (RFC 9700, 4.5)."""
    theirs = provider.sign_in(begin(CLIENT, now=NOW, wire=provider)[0])
    _, ours = begin(CLIENT, now=NOW, wire=provider)
    with pytest.raises(SignOnStopped) as stopped:
        redeem(CLIENT, ours, theirs, now=NOW, wire=provider)
    assert "invalid_grant" in stopped.value.why


@pytest.mark.parametrize(
    "document",
    [
        {"issuer": "https://evil.example"}, {"token_endpoint": "http://login.example.edu/token"},
        {"jwks_uri": None}, {"authorization_endpoint": "javascript:alert(1)"},
    ],
)  # fmt: skip
def test_provider_that_says_something_odd_of_itself_is_refused(provider: FakeProvider, document: Any) -> None:
    provider.document = document
    with pytest.raises(ProviderNotBelieved):
        begin(CLIENT, now=NOW, wire=provider)


def test_slash_at_the_end_of_the_issuer_makes_no_difference(provider: FakeProvider) -> None:
    provider.issuer = f"{ISSUER}/"
    client = replace(CLIENT, issuer=ISSUER)
    provider.document = {
        name: f"{ISSUER}/{name}" for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")
    }
    assert begin(client, now=NOW, wire=provider)[0].startswith(ISSUER)


def test_provider_that_is_away_is_said_so_and_what_it_said_is_asked_anew_after_ten_minutes(
    provider: FakeProvider,
) -> None:
    begin(CLIENT, now=NOW, wire=provider)
    provider.away = True
    begin(CLIENT, now=NOW + timedelta(minutes=9), wire=provider)
    with pytest.raises(ProviderAway):
        begin(CLIENT, now=NOW + timedelta(minutes=11), wire=provider)


@pytest.mark.parametrize("url", ["http://login.example.edu/x", "ftp://localhost/x", "file:///etc/passwd", ""])
def test_nothing_is_asked_where_others_could_listen(url: str) -> None:
    with pytest.raises(NoAnswer):
        ask(url)


def test_what_speaks_no_http_is_a_provider_that_gives_no_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            asked, _ = server.accept()
            with asked:
                asked.recv(9999)
                asked.sendall(b"not a word of HTTP\r\n\r\n")

        threading.Thread(target=answer, daemon=True).start()
        with pytest.raises(NoAnswer):
            ask(f"http://127.0.0.1:{server.getsockname()[1]}/")


def test_half_an_address_is_none() -> None:
    assert not is_safe("https://[")
