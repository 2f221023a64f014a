from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from vouchsafe.asks.models import Purpose, Silence
from vouchsafe.core.odds.frame import default_patience
from vouchsafe.core.timing import decent_hour
from vouchsafe.ledger.models import Outgoing

WITHOUT_DEADLINE = 10**4  # days: nothing presses, so patience is long


def watch_for_silence(*, purpose: Purpose, mail: Outgoing, now: datetime) -> Silence:
    """An ask is to leave: note when its silence is long enough to propose a stand-by. In the caller's transaction.

    14 days, 5 where the deadline is within three weeks, at an hour when its applicant reads mail.
    """
    owner = purpose.request.contact.owner
    deadline = purpose.opportunity.deadline_on
    left = (deadline - mail.due_at.date()).days if deadline else WITHOUT_DEADLINE
    due = decent_hour(
        mail.due_at + timedelta(days=default_patience(left)), ZoneInfo(owner.time_zone or "UTC")
    )
    silence, _ = Silence.objects.get_or_create(
        mail_key=mail.key, defaults={"request": purpose.request, "since": mail.due_at, "due_at": due}
    )
    return silence
