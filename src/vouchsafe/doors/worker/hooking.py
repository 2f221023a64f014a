"""Calling programs: what happened is gathered from the journal, then told to each hook, several at a time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from vouchsafe.adapters.fetch.calling import call
from vouchsafe.adapters.fetch.page import WEB, Web
from vouchsafe.doors.worker.turns import in_turn
from vouchsafe.ledger import hooks
from vouchsafe.people import access
from vouchsafe.people.actions.tell_hook_paused import tell_hook_paused


def call_hooks(*, worker: str, now: datetime, web: Web = WEB) -> int:
    """One round. The calls are made side by side, so that one slow server holds up no more than itself; rows are
    read and written here alone.
    """
    hooks.recover(now=now)
    hooks.gather(runs_office=_runs_office, now=now)
    rows = hooks.claim(worker, now=now)
    if not rows:
        return 0
    parcels = [(row.hook.url, *hooks.parcel(row, now=now)) for row in rows]
    with ThreadPoolExecutor(max_workers=len(parcels)) as pool:
        answers = list(pool.map(lambda one: call(*one, web=web), parcels))
    for row, (status, outcome) in zip(rows, answers, strict=True):
        hooks.finish(row, outcome=outcome, taken=200 <= status < 300, gone=status == 410, now=now)
    tell_of_pauses(now=now)
    return len(rows)


def tell_of_pauses(*, now: datetime) -> None:
    """Whose calls have ended by themselves. Asked after every call, and once an hour in case a worker died between."""
    in_turn(hooks.lately_paused(now), lambda hook: tell_hook_paused(hook=hook, now=now))


def _runs_office(account_key: str) -> bool:
    try:
        return access.account(account_key).runs_office
    except access.NotHere:
        return False
