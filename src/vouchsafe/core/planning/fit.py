"""How well one contact fits one opportunity: whole points from 0 to 100, part by part.

Seniority is not among the parts. It only orders people whose fit, knowledge and warmth are equal (see `rank`), so
rank can never lift anyone over a person who knows the work better. A fact that is not known earns nothing, which
is the cautious reading and keeps the law that learning more never lowers a fit. The weights are our own judgement,
after asking.md section 2; no study gives them. Whole points, because a difference below one hundredth would
claim a precision that nobody has, and would leave nothing for the later aims (hours, load) to decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import floor

from vouchsafe.core.planning.facts import STUDY, Contact, Kind, Opportunity, Tie

WEIGHTS = {"knows_work": 45, "warmth": 20, "recency": 12, "qualities": 13, "tie": 10}

FRESH_DAYS = 365
"""Within a year of working together nothing is lost; after six years recency earns nothing."""
STALE_DAYS = 6 * 365

DISTANT = 1
"""Knowledge of the work up to here counts as distant; from `STORY` on, they could tell a story."""
STORY = 3
SENIOR = 3

TIE_TENTHS: dict[Tie, tuple[int, int]] = {
    # (for study and research, for work and the pocket), in tenths
    Tie.DIRECT_MANAGER: (7, 10),
    Tie.ADVISER: (10, 8),
    Tie.PROFESSOR_SMALL: (9, 6),
    Tie.PROFESSOR_LARGE: (5, 3),
    Tie.MENTOR: (8, 9),
    Tie.COLLEAGUE: (5, 7),
    Tie.CLIENT: (4, 7),
    Tie.PEER: (2, 4),
    Tie.FRIEND: (1, 1),
    Tie.FAMILY: (0, 0),
    Tie.WEAK: (1, 1),
}

CAPS: dict[Tie, int] = {Tie.FAMILY: 10, Tie.FRIEND: 40}
"""A reader gives a letter from family next to no weight, and one from a friend little, whatever they have seen."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Points from 0 to 100, and the shares they come from: part -> (have, of)."""

    points: int
    shares: dict[str, tuple[int, int]]

    @property
    def value(self) -> float:
        return self.points / 100


def fit(contact: Contact, opportunity: Opportunity, today: date) -> Fit:
    """How well `contact` fits as a writer for `opportunity` today.

    Parts that can't apply (qualities, where none is wanted) leave their weight to the others.
    """
    shares = {
        "knows_work": (contact.knows_work or 0, 4),
        "warmth": (contact.warmth or 0, 4),
        "recency": (_fresh_days(contact.last_worked_on, today), STALE_DAYS - FRESH_DAYS),
        "tie": (_tie_tenths(contact.tie, opportunity.kind), 10),
    }
    if opportunity.wanted:
        shares["qualities"] = (len(contact.qualities & opportunity.wanted), len(opportunity.wanted))
    whole = sum(WEIGHTS[name] for name in shares)
    # Every step here is monotone under rounding, so learning more can never lower the sum.
    exact = sum(100 * WEIGHTS[name] / whole * (have / of) for name, (have, of) in shares.items())
    cap = CAPS.get(contact.tie, 100) if contact.tie else 100
    return Fit(min(floor(exact + 1e-9), cap), shares)


def rank(contact: Contact, points: int) -> tuple[int, int, int, int, str]:
    """Sort key, best first: fit, then knowledge, then warmth, and only then seniority."""
    return (
        -points,
        -(contact.knows_work or 0),
        -(contact.warmth or 0),
        -(contact.seniority or 0),
        contact.key,
    )


def is_distant_senior(contact: Contact) -> bool:
    """A grand name without real knowledge of the applicant: it tends to work against them."""
    return (contact.seniority or 0) >= SENIOR and (contact.knows_work or 0) <= DISTANT


def _fresh_days(last: date | None, today: date) -> int:
    if last is None:
        return 0
    return max(0, min(STALE_DAYS - FRESH_DAYS, STALE_DAYS - (today - last).days))


def _tie_tenths(tie: Tie | None, kind: Kind) -> int:
    study, work = TIE_TENTHS[tie or Tie.WEAK]
    return study if kind in STUDY else work
