from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.core.destination_rules import Rules, check_pattern, to_plain
from vouchsafe.ledger import journal
from vouchsafe.people.models import Account
from vouchsafe.plans.actions.of_call import refuse_place_of_call
from vouchsafe.plans.models import Destination, RuleBook


@transaction.atomic
def set_rules(
    *, by: Account, destination: Destination, rules: Rules, rule_book: RuleBook | None, now: datetime
) -> None:
    """Say what a destination takes. Writes its own rules and the shared book it follows; they only ever warn.

    Refuses a pattern for file names that no file system takes, and the place of a call, whose office sets them.
    """
    refuse_place_of_call(destination)
    check_pattern(rules.file_name)
    Destination.objects.filter(pk=destination.pk).update(rules=to_plain(rules), rule_book=rule_book)
    journal.note(chain=by.key, verb="rules_set", about=destination.key, by=by.key, now=now)
