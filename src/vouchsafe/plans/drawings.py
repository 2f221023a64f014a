"""Plans too large for a page's own request: asked for here, drawn by the worker, and how far it is.

A row is claimed by a conditional update, and whoever draws says so again and again. A worker that dies falls silent,
and after `LEASE` the row is due again; after `MOST_ATTEMPTS` it is given up, and the page says so.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F, QuerySet

from vouchsafe.ledger.leases import is_left
from vouchsafe.people.models import Account
from vouchsafe.plans.models import Drawing

State = Drawing.State
LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 3


def ask(owner: Account, *, now: datetime, changed: bool) -> None:
    """Have the owner's plan drawn. Asked twice, it is drawn once; `changed` tells a drawing on its way to begin again."""
    Drawing.objects.get_or_create(owner=owner, defaults={"state": State.DONE, "asked_at": now})
    rows = Drawing.objects.filter(owner=owner)
    asked = rows.exclude(state__in=(State.WAITING, State.BEGUN)).update(
        state=State.WAITING, asked_at=now, again=False, step="", share=0.0, attempts=0
    )
    if changed and not asked:
        rows.filter(state=State.BEGUN).update(again=True)


def claim(worker: str, *, now: datetime) -> Drawing | None:
    """The drawing that waits longest, for this worker alone."""
    _recover(now)
    for row in Drawing.objects.filter(state=State.WAITING).order_by("asked_at", "pk")[:3]:
        mine = Drawing.objects.filter(pk=row.pk, state=State.WAITING).update(
            state=State.BEGUN, again=False, step="", share=0.0, begun_at=now, begun_by=worker, seen_at=now,
            attempts=F("attempts") + 1,
        )  # fmt: skip
        if mine == 1:
            return Drawing.objects.select_related("owner").get(pk=row.pk)
    return None


def tell(row: Drawing, *, step: str, share: float, now: datetime) -> bool:
    """How far it is. False: it is no longer this worker's, who should stop."""
    return bool(_mine(row).update(step=step[:16], share=min(1.0, max(0.0, share)), seen_at=now))


def finish(row: Drawing, *, now: datetime) -> None:
    """It is drawn; where its facts changed meanwhile it is due again."""
    if not _mine(row).filter(again=False).update(state=State.DONE):
        _mine(row).update(state=State.WAITING, again=False, asked_at=now, step="", share=0.0, attempts=0)


def give_back(row: Drawing) -> None:
    """Its worker stops before it is drawn: somebody else may, and it counts as no attempt."""
    _mine(row).update(state=State.WAITING, step="", share=0.0, attempts=F("attempts") - 1)


def fail(row: Drawing) -> None:
    """It could not be drawn: said on the page, where it can be asked for once more."""
    _mine(row).update(state=State.FAILED)


def current(owner: Account) -> Drawing | None:
    return Drawing.objects.filter(owner=owner).first()


def _mine(row: Drawing) -> QuerySet[Drawing]:
    return Drawing.objects.filter(pk=row.pk, state=State.BEGUN, begun_by=row.begun_by, begun_at=row.begun_at)


def _recover(now: datetime) -> None:
    silent = Drawing.objects.filter(is_left("seen_at", lease=LEASE, now=now), state=State.BEGUN)
    silent.filter(attempts__gte=MOST_ATTEMPTS).update(state=State.FAILED)
    silent.update(state=State.WAITING, step="", share=0.0)
