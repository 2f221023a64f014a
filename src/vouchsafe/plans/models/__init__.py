"""What a letter is for, how it must arrive, and who is to be asked."""

from vouchsafe.plans.models.drawing import Choice, Drawing, OwnChance, PhoneReference, Plan, Slot, Wish
from vouchsafe.plans.models.opportunities import (
    Destination,
    Opportunity,
    OpportunityQuerySet,
    Outcome,
    RuleBook,
    Step,
)

__all__ = [
    "Choice",
    "Destination",
    "Drawing",
    "Opportunity",
    "OpportunityQuerySet",
    "Outcome",
    "OwnChance",
    "PhoneReference",
    "Plan",
    "RuleBook",
    "Slot",
    "Step",
    "Wish",
]
