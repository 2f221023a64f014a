"""Who looks at an applicant's page, and their plan after they changed something."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest

from vouchsafe.doors.web.applicant.views.plan_drawing import draw_after
from vouchsafe.plans import access as plans

if TYPE_CHECKING:
    from datetime import datetime

    from vouchsafe.people.models import Account


def applicant_of(request: HttpRequest) -> Account:
    """The account that is signed in; only behind `login_required`."""
    return cast("Account", request.user)


def redraw(account: Account, now: datetime) -> None:
    """Draw the plan again after people changed, where there is anything to plan for."""
    if plans.opportunities(account).exists():
        draw_after(account, now)
