from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.core.retention import ANNOUNCED, OFFERED, Rule, demand_offered, to_plain
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal, outbox
from vouchsafe.packets.access_aged import current_rule
from vouchsafe.people.access import keeps_instance
from vouchsafe.people.models import Account, Farewell, KeepingRule

ABOUT = "keeping"


class OfficeDecidesKeeping(Refusal):
    code = "office-decides-keeping"
    msgid = msg("Only who keeps this instance decides how long things stay.")
    hint_msgid = msg("Ask the office.")


@transaction.atomic
def set_keeping_rule(*, by: Account, rule: Rule, now: datetime) -> KeepingRule | None:
    """From now on what is over is kept so long. Nothing is erased by this: whoever it belongs to is told first.

    Writes the rule and a line. Where a kind is kept for good from now on, those who were told that it goes are not
    erased, and a mail that says so stays here if it has not left. The same rule again writes nothing. Refuses who
    does not keep the instance, and a span that is not offered.
    """
    if not keeps_instance(by):
        raise OfficeDecidesKeeping
    demand_offered(rule)
    if rule == current_rule():
        return None
    row = KeepingRule.objects.create(months=to_plain(rule), set_at=now, set_by=by.key)
    for kind in ANNOUNCED:
        if rule.months(kind) is None:
            _call_off(kind, now)
    said = " ".join(f"{kind}={rule.months(kind) or 'all'}" for kind in OFFERED)
    journal.note(chain=journal.OFFICE, verb="keeping_set", about=ABOUT, by=by.key, now=now, detail=said)
    return row


def _call_off(kind: str, now: datetime) -> None:
    told = Farewell.objects.filter(kind=kind, ended_at__isnull=True)
    for key in list(told.values_list("key", flat=True)):
        outbox.withdraw_about(key, kinds=("farewell",), now=now)
    told.update(ended_at=now, outcome=Farewell.Outcome.OFF)
