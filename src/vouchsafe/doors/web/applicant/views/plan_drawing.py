"""When the plan is drawn again: after every act here that changes its facts; a large one by the worker."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from vouchsafe.asks.actions.redraw_plan import redraw_plan
from vouchsafe.plans import access, drawings
from vouchsafe.plans.candidates import candidates

if TYPE_CHECKING:
    from vouchsafe.people.models import Account

AT_ONCE = 400
"""People times opportunities: up to here a drawing takes well under a second (docs/why/drawing-plans.md)."""

SECONDS_AT_ONCE = 2.0


def draw_after(account: Account, now: datetime) -> bool:
    """Draw the plan again after a change; False where it is large, and the worker draws it."""
    return _draw(account, now, changed=True)


def draw_when_asked(account: Account, now: datetime) -> bool:
    """Draw it because someone pressed the button. Pressed twice, a large one is drawn once."""
    return _draw(account, now, changed=False)


def _draw(account: Account, now: datetime, *, changed: bool) -> bool:
    people, _ = candidates(account)
    if people.count() * access.opportunities(account).going_on().count() > AT_ONCE:
        drawings.ask(account, now=now, changed=changed)
        return False
    redraw_plan(by=account, today=timezone.localdate(now), now=now, seconds=SECONDS_AT_ONCE)
    return True
