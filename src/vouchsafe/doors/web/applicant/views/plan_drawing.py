"""When the plan is drawn again: after every act here that changes its facts, unless it is large."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from vouchsafe.asks.actions.redraw_plan import redraw_plan
from vouchsafe.people import access as people
from vouchsafe.plans import access

if TYPE_CHECKING:
    from vouchsafe.people.models import Account

AT_ONCE = 400
"""Contacts times opportunities: up to here a drawing takes well under a second (docs/why/drawing-plans.md)."""

SECONDS_AT_ONCE = 2.0
SECONDS_WHEN_ASKED = 15.0


def draw_after(account: Account, now: datetime) -> bool:
    """Draw the plan again after a change; False where it is too large for that, and waits to be asked."""
    size = people.contacts(account).count() * access.opportunities(account).count()
    if size > AT_ONCE:
        return False
    redraw_plan(by=account, today=timezone.localdate(now), now=now, seconds=SECONDS_AT_ONCE)
    return True


def draw_when_asked(account: Account, now: datetime) -> None:
    """Draw it because someone pressed the button: a larger plan may take its time."""
    redraw_plan(by=account, today=timezone.localdate(now), now=now, seconds=SECONDS_WHEN_ASKED)
