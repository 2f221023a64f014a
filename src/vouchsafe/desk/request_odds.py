"""What a no from one writer would cost, for each thing they are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vouchsafe.core.odds import odds_if_no
from vouchsafe.people.models import Account, Contact
from vouchsafe.plans.access import current_plan
from vouchsafe.plans.further_asks import scenario_of
from vouchsafe.plans.models import Opportunity


@dataclass(frozen=True, slots=True)
class IfNo:
    """The odds as they are and after a no, each from 0 to 1, and who would be next."""

    title: str
    now: float
    after: float
    next_best: str


def if_no(owner: Account, contact: Contact, opportunities: list[Opportunity], today: date) -> IfNo | None:
    """The dearest no among the writer's opportunities, as the current plan was reckoned; None without one."""
    plan = current_plan(owner)
    if plan is None or (plan.trust and not plan.trust["shown"]):  # odds that have not come true are not told
        return None
    costs = []
    for opportunity in opportunities:
        kept = plan.odds.get(opportunity.key)
        scenario = scenario_of(kept, plan.drawn_on) if kept else None
        place = _place(kept["chains"], contact.key) if kept else None
        if scenario is None or place is None:
            continue
        slot, rank = place
        after = odds_if_no(scenario, slot, rank)
        following = kept["chains"][slot][rank + 1 :]
        costs.append((kept["odds"] - after, opportunity.title, kept["odds"], after, following))
    if not costs:
        return None
    _, title, now, after, following = max(costs, key=lambda cost: cost[0])
    names = dict(Contact.objects.filter(owner=owner).values_list("key", "name"))
    return IfNo(title, now, min(after, now), names.get(following[0]["contact"], "") if following else "")


def _place(chains: list[list[dict[str, object]]], contact: str) -> tuple[int, int] | None:
    for slot, chain in enumerate(chains):
        for rank, person in enumerate(chain):
            if person["contact"] == contact:
                return slot, rank
    return None
