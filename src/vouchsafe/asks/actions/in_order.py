"""A moment for what happens to a request now that is not before what has happened to it.

Which round an answer belongs to, and which word is the last, is told by moments. A machine's clock is set back now and
then, and two machines' clocks differ; what came later counts as later all the same. Only such moments are moved: what is
due, what ends and what the journal says goes by the clock.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max

from vouchsafe.asks.models import Answer, Closing, Link, Purpose, Request, Start
from vouchsafe.core.clocks import after


def in_order(request: Request, now: datetime) -> datetime:
    """`now`, or just after the newest of the moments that tell a request's rounds, where that is later."""
    newest = [
        model.objects.filter(request=request).order_by().values("request").annotate(last=Max(field)).values_list("last")
        for model, field in (
            (Answer, "answered_at"),
            (Closing, "closed_at"),
            (Closing, "lifted_at"),
            (Link, "made_at"),
            (Purpose, "added_at"),
            (Purpose, "withdrawn_at"),
            (Start, "started_at"),
        )
    ]  # fmt: skip
    known = newest[0].union(*newest[1:], all=True)
    return after(now, *(moment for (moment,) in known if moment is not None))
