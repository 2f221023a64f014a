"""Whom to ask: contacts, opportunities, wishes and a day go in, a plan with its reasons comes out.

How fit, load and choice are defined, and how optimality is shown, is in `docs/why/planning.md`.
"""

from vouchsafe.core.planning.draw import draw
from vouchsafe.core.planning.facts import (
    Contact,
    Forbid,
    Happened,
    Kind,
    Means,
    Opportunity,
    Pin,
    Swap,
    Tie,
    Wish,
)
from vouchsafe.core.planning.fit import Fit, fit
from vouchsafe.core.planning.plan import OpportunityPlan, Person, Plan, PlannedSlot, Reason

__all__ = [
    "Contact",
    "Fit",
    "Forbid",
    "Happened",
    "Kind",
    "Means",
    "Opportunity",
    "OpportunityPlan",
    "Person",
    "Pin",
    "Plan",
    "PlannedSlot",
    "Reason",
    "Swap",
    "Tie",
    "Wish",
    "draw",
    "fit",
]
