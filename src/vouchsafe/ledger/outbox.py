"""The outbox: mail that is due is a row, written in the same transaction as the fact that causes it.

A row holds which kind of mail it is and the facts for it, encrypted. Links are put in at the moment of
sending: the row knows only whose nth token is meant, and the database only that token's hash.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Q, Value, When

from vouchsafe.adapters.wake.engine import What, engine
from vouchsafe.core.words import Sentence, from_plain, to_plain
from vouchsafe.ledger import custody
from vouchsafe.ledger.keys import token_hash
from vouchsafe.ledger.models import Outgoing, ReplyAddress

Delivery = Outgoing.Delivery
State = Outgoing.State
BATCH = 20  # claimed at once; after a kill only these are unknown
LEASE = timedelta(minutes=10)
LATE = timedelta(hours=1)
STILL_HERE = Q(state=State.WAITING) | Q(state=State.BEGUN, handed_at__isnull=True)
"""Waiting, or claimed by a worker that may have died: `hand_over` asks again before a carrier gets it."""


@dataclass(frozen=True, slots=True)
class TokenLink:
    """The nth token of a row, to be made when the mail is sent. `path` names a function of core.addresses."""

    path: str
    purpose: str
    key: str
    n: int
    generation: int


@dataclass(frozen=True, slots=True)
class PlainLink:
    """An address without a token."""

    path: str


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file to attach: its bytes stay in the vault until the mail is sent, or are small and made here."""

    name: str
    media_type: str
    file: str = ""
    content: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What the worker needs to make the mail: a kind in `adapters.post.kinds` and its facts."""

    kind: str
    to_address: str
    to_name: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    links: Mapping[str, TokenLink | PlainLink] = field(default_factory=dict)
    enclosed: Sequence[Enclosed] = ()
    reply_key: str = ""  # whose reply address it carries
    thread: str = ""  # mails of one thread carry its key
    language: str = "en-gb"


def queue(
    parcel: Parcel,
    *,
    delivery: Outgoing.Delivery,
    chain: str,
    about: str,
    once: str,
    now: datetime,
    wait: timedelta = timedelta(0),
) -> Outgoing:
    """Put one mail into the outbox, inside the caller's transaction.

    `once` names the effect: a second call with the same value returns the first row and queues nothing.
    A mail that may be answered makes its reply address known.
    """
    if parcel.reply_key:
        ReplyAddress.objects.get_or_create(
            token_hash=token_hash(reply_token(parcel.reply_key)), defaults={"about": parcel.reply_key}
        )
    row, new = Outgoing.objects.get_or_create(
        once=once,
        defaults={
            "kind": parcel.kind,
            "delivery": delivery,
            "chain": chain,
            "about": about,
            "sealed_mail": custody.encrypt(_dump(parcel), context="outbox"),
            "message_id": message_id(once),
            "due_at": now + wait,
        },
    )
    if new:
        engine(settings.ENGINE).wake(What.MAIL, row.due_at)
    return row


def is_queued(once: str) -> bool:
    """Whether this effect was queued before, whatever became of it."""
    return Outgoing.objects.filter(once=once).exists()


def message_id(once: str) -> str:
    """A keyed hash of the effect, so that a mail sent again keeps its name and tells nobody what it is."""
    return named(custody.digest("message", once)[:40])


def named(local: str) -> str:
    """The Message-ID whose first part this is."""
    return f"{local.lower()}@{custody.mail_domain()}"


def reply_token(key: str) -> str:
    """The secret part of the address that answers about a key go to: 128 bits in hex."""
    return custody.digest("reply", key)[:32]


def read(row: Outgoing) -> Parcel:
    """The parcel of a row; an empty one, to nobody, once its words were forgotten for their age."""
    if not row.sealed_mail:
        return Parcel(kind=row.kind, to_address="", to_name="")
    return _load(custody.decrypt(row.sealed_mail, context="outbox"))


def first_of_thread(thread: str) -> str | None:
    """The Message-ID of the first mail of a thread that left; later ones refer to it, whatever they are about."""
    left = Outgoing.objects.filter(about=thread, state=State.SENT).order_by("ended_at", "id")
    return left.values_list("message_id", flat=True).first()


def withdraw(key: str, *, now: datetime) -> bool:
    """Undo: take a mail back that no carrier was given yet. False: too late."""
    return bool(
        Outgoing.objects.filter(STILL_HERE, key=key).update(
            state=State.WITHDRAWN, ended_at=now, outcome="withdrawn"
        )
    )


def withdraw_about(about: str, *, kinds: Sequence[str], now: datetime) -> int:
    """Take back every mail of these kinds about one row that no carrier was given yet."""
    return Outgoing.objects.filter(STILL_HERE, about=about, kind__in=kinds).update(
        state=State.WITHDRAWN, ended_at=now, outcome="withdrawn"
    )


def waits_about(about: str, *, kinds: Sequence[str]) -> bool:
    """Whether a mail of these kinds about one row can still be taken back."""
    return Outgoing.objects.filter(STILL_HERE, about=about, kind__in=kinds).exists()


def claim(worker: str, *, now: datetime, limit: int = BATCH) -> list[Outgoing]:
    """Rows this worker alone may now send. Claimed at once; another worker's are passed over, not waited for.

    What is late, as after a worker's sleep, is due now: whatever keeps a distance from a mail counts from its leaving.
    """
    if not Outgoing.objects.due(now).exists():  # an idle look takes no lock
        return []
    with transaction.atomic():
        rows = list(Outgoing.objects.due(now).select_for_update(skip_locked=True)[:limit])
        Outgoing.objects.filter(pk__in=[row.pk for row in rows]).update(
            state=State.BEGUN,
            begun_at=now,
            begun_by=worker,
            handed_at=None,
            attempts=F("attempts") + 1,
            due_at=Case(When(due_at__lt=now - LATE, then=Value(now)), default=F("due_at")),
        )
    for row in rows:
        row.due_at = now if row.due_at < now - LATE else row.due_at
        row.state, row.begun_at, row.begun_by, row.handed_at = State.BEGUN, now, worker, None
        row.attempts += 1
    return rows


def hand_over(row: Outgoing, *, now: datetime) -> bool:
    """Note that a carrier gets it now. False: the claim ran out meanwhile, and it is no longer ours to send."""
    return _end(row, handed_at=now, begun_at=now)


def give_back(row: Outgoing, *, now: datetime, wait: timedelta, outcome: str) -> bool:
    """The server said "not now": try again later."""
    return _end(row, state=State.WAITING, due_at=now + wait, outcome=outcome)


def finish(row: Outgoing, *, state: Outgoing.State, now: datetime, outcome: str = "") -> bool:
    """Record how it ended; False if someone else has ended it meanwhile."""
    return _end(row, state=state, ended_at=now, outcome=outcome[:200])


def returned(row: Outgoing, *, now: datetime) -> bool:
    """A mail that left has come back for good; it belongs to no request, so the office is shown it."""
    return bool(
        Outgoing.objects.filter(pk=row.pk, state=State.SENT).update(
            state=State.FAILED, ended_at=now, outcome="returned by the receiving server"
        )
    )


@transaction.atomic
def recover(*, now: datetime) -> int:
    """Rows begun by a worker that died. What no carrier was given is due again, and so is what may come twice.

    Of a mail that goes at most once and was handed over nobody knows the end: it becomes unknown and is shown.
    """
    stale = Outgoing.objects.begun_and_left(now, LEASE)
    harmless = Q(handed_at__isnull=True) | Q(delivery=Delivery.AT_LEAST_ONCE)
    count = stale.filter(harmless).update(state=State.WAITING, due_at=now)
    return count + stale.update(state=State.UNKNOWN, ended_at=now, outcome="the worker stopped while sending")


def _end(row: Outgoing, **values: Any) -> bool:
    return bool(
        Outgoing.objects.filter(
            pk=row.pk, state=State.BEGUN, attempts=row.attempts, begun_by=row.begun_by
        ).update(**values)
    )


def _dump(parcel: Parcel) -> bytes:
    plain = {
        "kind": parcel.kind,
        "to": [parcel.to_address, parcel.to_name],
        "facts": {name: _pack(value) for name, value in parcel.facts.items()},
        "links": {
            name: [link.path, link.purpose, link.key, link.n, link.generation]
            if isinstance(link, TokenLink)
            else [link.path]
            for name, link in parcel.links.items()
        },
        "enclosed": [
            [piece.name, piece.media_type, piece.file, b64encode(piece.content).decode()]
            for piece in parcel.enclosed
        ],
        "reply_key": parcel.reply_key,
        "thread": parcel.thread,
        "language": parcel.language,
    }
    return json.dumps(plain, ensure_ascii=False).encode()


def _load(data: bytes) -> Parcel:
    plain = json.loads(data)
    return Parcel(
        kind=plain["kind"],
        to_address=plain["to"][0],
        to_name=plain["to"][1],
        facts={name: _unpack(value) for name, value in plain["facts"].items()},
        links={
            name: TokenLink(*parts) if len(parts) == 5 else PlainLink(*parts)
            for name, parts in plain["links"].items()
        },
        enclosed=tuple(
            Enclosed(name=name, media_type=media_type, file=file, content=b64decode(content))
            for name, media_type, file, content in plain["enclosed"]
        ),
        reply_key=plain["reply_key"],
        thread=plain["thread"],
        language=plain["language"],
    )


def _pack(value: Any) -> Any:
    """JSON knows no dates and no sentences; they travel tagged. Lists and plain values pass."""
    if isinstance(value, Sentence):
        return {"sentence": to_plain(value)}
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, time):
        return {"time": value.isoformat()}
    if isinstance(value, list | tuple):
        return [_pack(part) for part in value]
    return value


def _unpack(value: Any) -> Any:
    if isinstance(value, dict):
        ((tag, text),) = value.items()
        return _TAGGED[tag](text)
    if isinstance(value, list):
        return tuple(_unpack(part) for part in value)
    return value


_TAGGED: dict[str, Callable[[Any], Any]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "sentence": from_plain,
}
