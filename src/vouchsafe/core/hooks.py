"""Webhooks by the Standard Webhooks scheme: which lines of the journal are told, how a call is signed, when it is tried again.

Source: the Standard Webhooks specification 1.0 (headers, signature, retry schedule). A call tells a type, a key and a
state; whoever wants more asks the HTTP interface with a token.
"""

from __future__ import annotations

import hmac
import json
from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta

EVENTS: dict[str, tuple[str, str]] = {
    "request_opened": ("request.prepared", "prepared"),
    "ask_queued": ("request.asked", "asked"),
    "said_yes": ("request.answered", "yes"),
    "said_yes_if": ("request.answered", "yes_if"),
    "said_no": ("request.answered", "no"),
    "said_taken_back": ("request.answered", "taken_back"),
    "said_not_mine": ("request.answered", "not_mine"),
    "started": ("request.writing", "writing"),
    "closed_sealed": ("request.sealed", "sealed"),
    "closed_withdrawn": ("request.withdrawn", "withdrawn"),
    "request_paused": ("request.paused", "paused"),
    "mail_bounced": ("request.paused", "bounced"),
    "request_resumed": ("request.resumed", "resumed"),
    "seal_released": ("letter.released", "released"),
    "seal_reopened": ("letter.reopened", "draft"),
    "seal_withdrawn": ("letter.withdrawn", "withdrawn"),
    "packet_made": ("packet.made", "made"),
    "packet_mailed": ("reader.mailed", "mailed"),
    "reader_opened": ("reader.opened", "opened"),
    "reader_read": ("reader.read", "read"),
    "reader_revoked": ("reader.revoked", "revoked"),
}
"""By the journal's verb: the event's type, and the state it tells. What is not here is never told."""

OFFICE_VERBS = frozenset(verb for verb, (kind, _) in EVENTS.items() if kind.startswith("request."))
"""What the office may be told of everyone: where requests stand, as `office:read` does."""

WAITS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""After each failed try; after the last, three days on, the event has failed."""

SECRET_PREFIX = "whsec_"  # noqa: S105 - how a secret begins, not one
TEST = "hook.test"


def body_of(kind: str, at: datetime, data: dict[str, str]) -> bytes:
    """The payload, as bytes that are signed and sent as they are."""
    told = {"type": kind, "timestamp": at.astimezone(UTC).isoformat().replace("+00:00", "Z"), "data": data}
    return json.dumps(told, ensure_ascii=True, separators=(",", ":")).encode()


def signed(secrets: list[str], *, event: str, at: datetime, body: bytes) -> dict[str, str]:
    """The three headers. With two secrets there are two signatures: while one replaces the other, either opens."""
    stamp = str(int(at.timestamp()))
    said = f"{event}.{stamp}.".encode() + body
    signatures = [
        "v1," + b64encode(hmac.digest(b64decode(one.removeprefix(SECRET_PREFIX)), said, "sha256")).decode()
        for one in secrets
    ]
    return {"webhook-id": event, "webhook-timestamp": stamp, "webhook-signature": " ".join(signatures)}
