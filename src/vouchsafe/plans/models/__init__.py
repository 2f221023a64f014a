"""What a letter is for, how it must arrive, and who is to be asked."""

from vouchsafe.plans.models.calls import (
    Application,
    ApplicationQuerySet,
    Call,
    CallInvitation,
    CallQuerySet,
    Nomination,
    Shortlisting,
    Turn,
)
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
    "Application",
    "ApplicationQuerySet",
    "Call",
    "CallInvitation",
    "CallQuerySet",
    "Choice",
    "Destination",
    "Drawing",
    "Nomination",
    "Opportunity",
    "OpportunityQuerySet",
    "Outcome",
    "OwnChance",
    "PhoneReference",
    "Plan",
    "RuleBook",
    "Shortlisting",
    "Slot",
    "Step",
    "Turn",
    "Wish",
]
