"""Webhooks: programs that are called when something happens. The journal's lines are the events, rows are the truth.

An action writes its line in its own transaction; the worker looks through new lines and writes one row for each hook
that is to be told. Nothing can happen without its call, and no call be made for what was rolled back.
"""

from __future__ import annotations

from base64 import b64encode, urlsafe_b64decode
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Max, Q

from vouchsafe.adapters.fetch import PageNotFetched
from vouchsafe.adapters.fetch.policy import accept
from vouchsafe.core.hooks import EVENTS, OFFICE_VERBS, SECRET_PREFIX, TEST, WAITS, body_of, signed
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import custody, journal
from vouchsafe.ledger.keys import new_key
from vouchsafe.ledger.leases import is_left
from vouchsafe.ledger.models import Calling, Hook, Line

State = Calling.State
MOST = 10
BATCH = 8
LINES = 500
LEASE = timedelta(minutes=5)
# A line is looked at again for this long: on PostgreSQL one with a lower number may be committed a moment later.
SETTLED = timedelta(minutes=10)
BOTH = timedelta(days=1)
KEPT = timedelta(days=30)


class HookNotAcceptable(Refusal):
    code = "hook-not-acceptable"
    msgid = msg("A program is called at an https address alone, without a user name or an unusual port.")
    hint_msgid = msg("Give it like https://hooks.example.org/vouchsafe.")


class TooManyHooks(Refusal):
    code = "too-many-hooks"
    msgid = msg("You have {most} addresses already.")
    hint_msgid = msg("Remove one that no program listens at any more.")


@transaction.atomic
def make(*, chain: str, url: str, tells_office: bool, now: datetime) -> tuple[Hook, str]:
    """Tell an address of what happens from now on. Writes the row and a line; answers it with its secret.

    Refuses anything but https, and more than ten. Whether the name leads inside is asked at every call.
    """
    if not url.startswith("https://"):
        raise HookNotAcceptable
    try:
        accept(url)
    except PageNotFetched:
        raise HookNotAcceptable from None
    if Hook.objects.filter(chain=chain, removed_at__isnull=True).count() >= MOST:
        raise TooManyHooks(most=MOST)
    newest = Line.objects.aggregate(newest=Max("pk"))["newest"] or 0
    hook = Hook.objects.create(
        key=new_key(),
        chain=chain,
        tells_office=tells_office,
        url=url,
        generation=custody.secret_generation(),
        seen=newest,
        made_at=now,
    )
    journal.note(chain=chain, verb="hook_made", about=hook.key, by=chain, now=now)
    return hook, secret(hook, hook.n)


def secret(hook: Hook, n: int) -> str:
    """The nth secret, made again from the keys whenever something is signed; the database holds none."""
    raw = custody.token("hook", hook.key, n, hook.generation)
    return SECRET_PREFIX + b64encode(urlsafe_b64decode(raw + "=")).decode()


@transaction.atomic
def roll(*, hook: Hook, now: datetime) -> str:
    """A new secret. For a day the one before signs as well, so that no call is lost while the program is changed."""
    Hook.objects.filter(pk=hook.pk).update(n=F("n") + 1, rolled_at=now)
    hook.refresh_from_db()
    journal.note(chain=hook.chain, verb="hook_rolled", about=hook.key, by=hook.chain, now=now)
    return secret(hook, hook.n)


@transaction.atomic
def remove(*, hook: Hook, now: datetime) -> None:
    """Call it no more, whatever waits. Writes the time and a line."""
    if Hook.objects.filter(pk=hook.pk, removed_at__isnull=True).update(removed_at=now):
        Calling.objects.filter(hook=hook, state=State.WAITING).update(
            state=State.FAILED, ended_at=now, outcome="removed"
        )
        journal.note(chain=hook.chain, verb="hook_removed", about=hook.key, by=hook.chain, now=now)


@transaction.atomic
def resume(*, hook: Hook, now: datetime) -> None:
    """Go on after a pause: what waited is due now, and what happened meanwhile is told."""
    if Hook.objects.filter(pk=hook.pk, paused_at__isnull=False).update(paused_at=None, paused_why=""):
        Calling.objects.filter(hook=hook, state=State.WAITING).update(due_at=now)
        journal.note(chain=hook.chain, verb="hook_resumed", about=hook.key, by=hook.chain, now=now)


def lately_paused(now: datetime) -> list[Hook]:
    """Those whose calls ended by themselves within a day."""
    return list(Hook.objects.filter(removed_at__isnull=True, paused_at__gt=now - BOTH))


def trial(*, hook: Hook, now: datetime) -> Calling:
    """One call that tells of nothing, to see whether it arrives."""
    return Calling.objects.create(hook=hook, kind=TEST, about=hook.key, said="test", at=now, due_at=now)


def replay(*, calling: Calling, now: datetime) -> bool:
    """Tell an event again, with the same webhook-id; False while it is being told anyway."""
    return bool(
        Calling.objects.filter(pk=calling.pk, state__in=(State.TAKEN, State.FAILED)).update(
            state=State.WAITING, due_at=now, attempts=0, ended_at=None, outcome=""
        )
    )


def of(chain: str) -> list[Hook]:
    return list(Hook.objects.filter(chain=chain, removed_at__isnull=True))


def callings(hook: Hook, most: int = 50) -> list[Calling]:
    """The newest first."""
    return list(Calling.objects.filter(hook=hook)[:most])


def calling_of(chain: str, key: str) -> Calling | None:
    """One event that was told to a hook of theirs."""
    mine = Calling.objects.filter(hook__chain=chain, hook__removed_at__isnull=True)
    return mine.select_related("hook").filter(key=key).first()


def gather(*, runs_office: Callable[[str], bool], now: datetime) -> int:
    """Look through new lines and write down what is to be told. Gives how many events were new.

    Of everyone's requests only those are told who still run the office: a hook of somebody who no longer does is removed.
    """
    count = 0
    for hook in Hook.objects.filter(removed_at__isnull=True):
        if hook.tells_office and not runs_office(hook.chain):
            remove(hook=hook, now=now)
        else:
            count += _gathered(hook, now)
    return count


def _gathered(hook: Hook, now: datetime) -> int:
    told = {verb: event for verb, event in EVENTS.items() if not hook.tells_office or verb in OFFICE_VERBS}
    lines = Line.objects.filter(pk__gt=hook.seen).order_by("pk")
    looked = list(lines[:LINES])
    if not looked:
        return 0
    # Their lines stay, so what is looked at again may be of somebody who has left meanwhile.
    erased = set(
        Line.objects.filter(chain=journal.OFFICE, verb="erased", about__in={line.chain for line in looked})
        .values_list("about", flat=True)
    ) if hook.tells_office else set()  # fmt: skip
    made = [
        Calling(
            hook=hook, line=line.pk, kind=told[line.verb][0], about=line.about, said=told[line.verb][1], at=line.at,
            due_at=now, whose=line.chain if hook.tells_office else "",
        )
        for line in looked
        if line.verb in told and (hook.tells_office or line.chain == hook.chain) and line.chain not in erased
    ]  # fmt: skip
    known = set(
        Calling.objects.filter(hook=hook, line__in=[one.line for one in made]).values_list("line", flat=True)
    )
    new = [one for one in made if one.line not in known]
    with transaction.atomic():
        Calling.objects.bulk_create(new, ignore_conflicts=True)
        settled = [line.pk for line in looked if line.at <= now - SETTLED]
        if len(looked) == LINES:  # so many at once: what lies far behind has settled
            settled.append(looked[LINES // 2].pk)
        if settled:
            Hook.objects.filter(pk=hook.pk, seen__lt=max(settled)).update(seen=max(settled))
    return len(new)


def claim(worker: str, *, now: datetime, limit: int = BATCH) -> list[Calling]:
    """Calls this worker alone may now make."""
    due = Calling.objects.filter(
        state=State.WAITING, due_at__lte=now, hook__paused_at__isnull=True, hook__removed_at__isnull=True
    ).order_by("due_at", "id")
    if not due.exists():  # an idle look takes no lock
        return []
    with transaction.atomic():
        rows = list(due.select_related("hook").select_for_update(skip_locked=True, of=("self",))[:limit])
        Calling.objects.filter(pk__in=[row.pk for row in rows]).update(
            state=State.BEGUN, begun_at=now, begun_by=worker, attempts=F("attempts") + 1
        )
    for row in rows:
        row.attempts += 1
        row.begun_by = worker
    return rows


def parcel(row: Calling, *, now: datetime) -> tuple[bytes, dict[str, str]]:
    """The body and the headers of one call."""
    data = {"key": row.about, "state": row.said}
    if row.whose:
        data["applicant"] = row.whose
    body = body_of(row.kind, row.at, data)
    hook = row.hook
    secrets = [secret(hook, hook.n)]
    if hook.rolled_at is not None and now - hook.rolled_at < BOTH:
        secrets.append(secret(hook, hook.n - 1))
    return body, signed(secrets, event=row.key, at=now, body=body)


@transaction.atomic
def finish(row: Calling, *, outcome: str, taken: bool, gone: bool, now: datetime) -> None:
    """Record how a call ended: taken, due again later, or failed for good.

    One that fails for good, and one whose server says it is gone (410), pauses its hook; a line says so.
    """
    mine = Calling.objects.filter(pk=row.pk, state=State.BEGUN, begun_by=row.begun_by, attempts=row.attempts)
    if taken:
        mine.update(state=State.TAKEN, ended_at=now, outcome=outcome[:80])
        return
    if not gone and row.attempts <= len(WAITS):
        mine.update(state=State.WAITING, due_at=now + WAITS[row.attempts - 1], outcome=outcome[:80])
        return
    if mine.update(state=State.FAILED, ended_at=now, outcome=outcome[:80]):
        why = "gone" if gone else "failing"
        if Hook.objects.filter(pk=row.hook_id, paused_at__isnull=True).update(paused_at=now, paused_why=why):
            chain = row.hook.chain
            journal.note(
                chain=chain, verb="hook_paused", about=row.hook.key, by="worker", now=now, detail=why
            )


def recover(*, now: datetime) -> int:
    """Calls begun by a worker that died are due again: told twice is harmless, for the webhook-id is the same."""
    stale = Calling.objects.filter(is_left("begun_at", lease=LEASE, now=now), state=State.BEGUN)
    return stale.update(state=State.WAITING, due_at=now)


def sweep(*, now: datetime) -> int:
    """What ended a month ago goes, and what was removed then."""
    gone, _ = Calling.objects.filter(ended_at__lt=now - KEPT).delete()
    Hook.objects.filter(removed_at__lt=now - KEPT).delete()
    return gone


def forget(chain: str) -> None:
    """For erasure: the addresses of somebody who leaves, and what others' hooks were told of them."""
    Hook.objects.filter(chain=chain).delete()
    Calling.objects.filter(Q(whose=chain)).delete()
