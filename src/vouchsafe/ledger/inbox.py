"""The inbox: mail that came in, kept before its sender is told so, then handled by whoever claims it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from vouchsafe.adapters.wake.engine import What, engine
from vouchsafe.ledger import custody
from vouchsafe.ledger.keys import token_hash
from vouchsafe.ledger.models import Outgoing, Received, ReplyAddress

State = Received.State
BATCH = 20
LEASE = timedelta(minutes=10)
MOST_ATTEMPTS = 3
CONTEXT = "inbox"  # what the encrypted column holds


def keep(
    raw: bytes, *, source: str, sender: str | None = None, recipients: Sequence[str] = (), now: datetime
) -> Received:
    """Keep one mail for good. Returns only once it is committed; the same bytes again are the same row.

    The envelope (`sender` None: not known) is kept as headers in front, where delivery agents put it.
    """
    digest = custody.digest("received", hashlib.sha256(raw).hexdigest())
    try:
        with transaction.atomic():
            row = Received.objects.create(
                received_at=now,
                source=source[:24],
                digest=digest,
                sealed_raw=custody.encrypt(_envelope(sender, recipients) + raw, context=CONTEXT),
            )
            _wake(now)
            return row
    except IntegrityError:
        return Received.objects.get(digest=digest)


def read(row: Received) -> bytes:
    """The raw mail with its envelope; empty once it was handled."""
    return custody.decrypt(row.sealed_raw, context=CONTEXT) if row.sealed_raw else b""


def claim(worker: str, *, now: datetime, limit: int = BATCH) -> list[Received]:
    """Mails this worker alone may handle now. Claimed at once; another worker's are passed over, not waited for."""
    if not Received.objects.waiting().exists():  # an idle look takes no lock
        return []
    with transaction.atomic():
        rows = list(Received.objects.waiting().select_for_update(skip_locked=True)[:limit])
        Received.objects.filter(pk__in=[row.pk for row in rows]).update(
            state=State.BEGUN, begun_at=now, begun_by=worker, attempts=F("attempts") + 1
        )
    for row in rows:
        row.state, row.begun_at, row.begun_by = State.BEGUN, now, worker
        row.attempts += 1
    return rows


def go_on(row: Received, *, now: datetime) -> bool:
    """Its turn has come in the batch: the time to handle it begins now. False: the claim ran out meanwhile."""
    return bool(_claimed(row).update(begun_at=now))


def finish(
    row: Received,
    *,
    state: Received.State,
    outcome: str,
    kind: str = "",
    about: str = "",
    problem: str = "",
    now: datetime,
) -> bool:
    """Record how it ended. What was handled is not kept: it may hold a letter. False: ended by another."""
    values = {
        "state": state,
        "outcome": outcome[:64],
        "kind": kind,
        "about": about,
        "problem": problem[:200],
        "handled_at": now,
    }
    if state == State.HANDLED:
        values["sealed_raw"] = b""
    return bool(_claimed(row).update(**values))


def recover(*, now: datetime) -> int:
    """Mails begun by a worker that died are handled again: every act is safe to repeat. At the third death: shown."""
    stale = Received.objects.begun_and_left(now, LEASE)
    given_up = stale.filter(attempts__gte=MOST_ATTEMPTS).update(
        state=State.FAILED, handled_at=now, outcome="fault", problem="the worker stopped while handling it"
    )
    return given_up + stale.update(state=State.WAITING)


def retry(key: str, *, now: datetime) -> bool:
    """The office, once a fault is mended, has a mail handled again."""
    again = Received.objects.unhandled().filter(key=key)
    if not again.update(state=State.WAITING, attempts=0, handled_at=None, outcome="", problem=""):
        return False
    _wake(now)
    return True


def drop(key: str, *, about: str, now: datetime) -> bool:
    """A writer says that a held mail is not theirs; its text is forgotten."""
    return _forgotten(Received.objects.filter(key=key, about=about, state=State.HELD), now)


def held_before(moment: datetime, limit: int = 50) -> list[tuple[str, str]]:
    """Keys of mails that have waited for their writer's click since before that moment, and what they are about."""
    rows = Received.objects.filter(state=State.HELD, received_at__lt=moment).order_by("received_at")
    return list(rows.values_list("key", "about")[:limit])


def drop_unhandled(key: str, *, now: datetime) -> bool:
    """The office says that a mail kept aside is nothing; its text is forgotten."""
    return _forgotten(Received.objects.unhandled().filter(key=key), now)


def _forgotten(rows: QuerySet[Received], now: datetime) -> bool:
    return bool(rows.update(state=State.DROPPED, sealed_raw=b"", handled_at=now, outcome="dropped"))


def vouch(key: str, *, about: str, by: str, now: datetime) -> bool:
    """The writer says by a click that a held mail is theirs: it is handled now, as if it had been proven."""
    held = Received.objects.filter(key=key, about=about, state=State.HELD)
    if not held.update(state=State.WAITING, vouched_by=by, attempts=0, handled_at=None, outcome=""):
        return False
    _wake(now)
    return True


def note_same(row: Received, says: str) -> bool:
    """Remember what a mail says; True if another mail that was acted upon, or waits for it, said exactly that."""
    digest = custody.digest("received-same", says)
    Received.objects.filter(pk=row.pk).update(same_as=digest)
    return (
        Received.objects.filter(same_as=digest, state__in=(State.HANDLED, State.HELD))
        .exclude(pk=row.pk)
        .exists()
    )


def answered_key(token: str) -> str | None:
    """Whose answer comes to the address with this secret part."""
    return (
        ReplyAddress.objects.filter(token_hash=token_hash(token.lower()))
        .values_list("about", flat=True)
        .first()
    )


def sent_as(message_ids: Sequence[str]) -> Outgoing | None:
    """The mail of ours that one of these Message-IDs names, the last named first."""
    wanted = [each.strip().strip("<>") for each in message_ids]
    found = {row.message_id: row for row in Outgoing.objects.filter(message_id__in=wanted[:50])}
    return next((found[each] for each in reversed(wanted) if each in found), None)


def forget(abouts: Sequence[str]) -> None:
    """Erasure: delete every mail about these requests and the ways by which more could be matched to them."""
    Received.objects.filter(about__in=abouts).delete()
    ReplyAddress.objects.filter(about__in=abouts).delete()


def _wake(now: datetime) -> None:
    engine(settings.ENGINE).wake(What.MAIL_IN, now)


def _claimed(row: Received) -> QuerySet[Received]:
    return Received.objects.filter(pk=row.pk, state=State.BEGUN, attempts=row.attempts, begun_by=row.begun_by)


def _envelope(sender: str | None, recipients: Sequence[str]) -> bytes:
    def one_line(value: str) -> str:
        return " ".join(value.split())

    lines = [] if sender is None else [f"Return-Path: <{one_line(sender)}>"]
    lines += [f"X-Original-To: <{one_line(each)}>" for each in recipients]
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8", "surrogateescape")
