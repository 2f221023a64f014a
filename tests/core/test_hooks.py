from __future__ import annotations

import hashlib
import hmac
import json
from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from vouchsafe.core.hooks import EVENTS, OFFICE_VERBS, WAITS, body_of, signed
from vouchsafe.desk.journal_words import VERBS

AT = datetime(2026, 11, 23, 9, 0, 5, tzinfo=UTC)


def test_signature_is_that_of_the_standards_own_example() -> None:
    """The figures of the specification's reference implementations."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    at = datetime.fromtimestamp(1614265330, UTC)
    headers = signed([secret], event="msg_p5jXN8AQM9LWM0D4loKWxJek", at=at, body=b'{"test": 2432232314}')
    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


@given(st.binary(max_size=60), st.binary(min_size=24, max_size=64), st.binary(min_size=24, max_size=64))
def test_each_of_two_secrets_opens_alone(body: bytes, first: bytes, second: bytes) -> None:
    secrets = ["whsec_" + b64encode(one).decode() for one in (first, second)]
    headers = signed(secrets, event="e", at=AT, body=body)
    stamp = headers["webhook-timestamp"]
    for raw, told in zip((first, second), headers["webhook-signature"].split(" "), strict=True):
        version, _, digest = told.partition(",")
        assert version == "v1"
        assert b64decode(digest) == hmac.new(raw, f"e.{stamp}.".encode() + body, hashlib.sha256).digest()


def test_body_tells_a_type_a_time_and_keys() -> None:
    body = body_of("request.answered", AT, {"key": "k", "state": "yes"})
    assert json.loads(body) == {
        "type": "request.answered",
        "timestamp": "2026-11-23T09:00:05Z",
        "data": {"key": "k", "state": "yes"},
    }


def test_what_is_told_is_in_the_journal_and_the_office_hears_of_requests_alone() -> None:
    assert set(EVENTS) <= set(VERBS)
    assert all(EVENTS[verb][0].startswith("request.") for verb in OFFICE_VERBS)
    assert not any("call_back" in verb or "code" in verb or "upload" in verb for verb in EVENTS)


def test_tries_go_on_for_three_days() -> None:
    assert list(WAITS) == sorted(WAITS)
    assert timedelta(days=3) < sum(WAITS, timedelta()) < timedelta(days=4)
