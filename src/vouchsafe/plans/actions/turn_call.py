from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal, outbox
from vouchsafe.people.models import Account
from vouchsafe.plans.access_calls import locked_call
from vouchsafe.plans.actions.keep_call import check_draft_days, demand_office
from vouchsafe.plans.actions.tell_applicants import tell_applicants
from vouchsafe.plans.models import Call, Turn

DOES = {"open": Turn.What.OPENED, "close": Turn.What.CLOSED, "withdraw": Turn.What.WITHDRAWN}
UNDOES = {"unopen": Turn.What.OPENED, "reopen": Turn.What.CLOSED, "restore": Turn.What.WITHDRAWN}
UNDO_OF = {"open": "unopen", "close": "reopen", "reopen": "close", "withdraw": "restore"}


class CallHasApplicants(Refusal):
    code = "call-has-applicants"
    msgid = msg("People take part in this call already, so it can’t become a draft again.")
    hint_msgid = msg("Close it, or withdraw it: either can be undone.")


@transaction.atomic
def turn_call(*, by: Account, call: Call, act: str, undo: timedelta, now: datetime) -> Call:
    """Open, close or withdraw a call, or undo one of these.

    Writes a turn, or takes one back. Who takes part is mailed that it was withdrawn once `undo` is over, and not at all
    where that is undone before. Refuses whoever does not run the office, an act that does not fit where the call
    stands, opening one either day of which has passed, and to make a draft of a call that people take part in.
    """
    demand_office(by)
    row = locked_call(call, act)
    if act == "open":
        check_draft_days(row.closes_on, row.due_on, row.zone, now)
    if act == "unopen" and row.applications.exists():
        raise CallHasApplicants
    if act in DOES:
        Turn.objects.create(call=row, what=DOES[act], turned_at=now, turned_by=by.key)
    else:
        Turn.objects.filter(call=row, what=UNDOES[act], undone_at__isnull=True).update(undone_at=now)
    if act == "withdraw":
        tell_applicants(call=row, what="withdrawn", undo=undo, now=now)
    elif act == "restore":
        outbox.withdraw_about(row.key, kinds=("call_changed",), now=now)
    journal.note(chain=journal.OFFICE, verb=f"call_{act}", about=row.key, by=by.key, now=now)
    return row
