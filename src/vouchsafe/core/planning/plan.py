"""What a plan says: slot by slot who, why, who stands by, when, how; then loads, wishes, gaps, what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vouchsafe.core.odds import Link, Outlook
from vouchsafe.core.planning.choose import Proof, Score
from vouchsafe.core.planning.facts import Happened, Means, Wish
from vouchsafe.core.words import Sentence


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence for or against a choice, or about what is not known. `code` is stable."""

    code: str
    speaks: str
    """One of for, against, neutral, unknown."""
    sentence: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Approach:
    """How and when one person is asked.

    `means` is how the first word is said. In person the mail follows on `mail_on`; without an address there is
    no mail (None). Stand-bys have no dates of their own: they are asked when their turn comes, `ask_by` at the latest.
    `chase_on` and `fall_back_on` are for silence, `reminders` for after a yes.
    """

    means: Means
    meet_on: date | None = None
    mail_on: date | None = None
    ask_on: date | None = None
    ask_by: date | None = None
    chase_on: date | None = None
    fall_back_on: date | None = None
    reminders: tuple[date, ...] = ()
    warnings: tuple[Sentence, ...] = ()
    holidays_known: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One contact in one slot: as its writer, or standing by."""

    contact: str
    name: str
    fit: float
    reasons: tuple[Reason, ...]
    approach: Approach
    link: Link
    pinned: bool = False
    happened: Happened | None = None

    @property
    def chance(self) -> float:
        """The chance of a yes that the odds were computed with; 1 where the yes, or the letter, is there."""
        known = self.link.known
        return 1.0 if known is not None and (known.answer or known.letter_on) else self.link.p


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSlot:
    """One letter sought. `number` counts from 1; those above the need are spares. `writer` None: nobody is left."""

    number: int
    is_spare: bool
    writer: Person | None
    stand_bys: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Unmet:
    """Something an opportunity asks for that the plan can't give, and why."""

    code: str
    sentence: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class OpportunityPlan:
    """The plan for one opportunity. `outlook` is None where nothing can be reckoned (closed, or past).

    `deadline_assumed` says that the opportunity has no deadline and the horizon is our own.
    """

    opportunity: str
    title: str
    need: int
    deadline: date | None
    deadline_assumed: bool
    shown: date | None
    slots: tuple[PlannedSlot, ...]
    outlook: Outlook | None
    unmet: tuple[Unmet, ...]

    @property
    def odds(self) -> float | None:
        return None if self.outlook is None else self.outlook.odds


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What the plan asks of one person in hours: for the letters they are to write, and if every stand-by were used."""

    contact: str
    name: str
    hours: float
    at_most: float
    budget: float
    writes_for: tuple[str, ...]
    stands_by_for: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Completion:
    """Something worth telling, because the plan had to do without it. `what` is the missing field."""

    contact: str | None
    opportunity: str | None
    what: str
    sentence: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class WishOutcome:
    """Whether a wish was granted, why not, and what it cost: the plan with it against the plan without."""

    wish: Wish
    granted: bool
    why_not: Sentence | None
    cost: Score | None
    sentence: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The whole answer. `proof` states the gap of each aim; empty gaps are optimal."""

    today: date
    target: float
    opportunities: tuple[OpportunityPlan, ...]
    loads: tuple[Load, ...]
    wishes: tuple[WishOutcome, ...]
    completions: tuple[Completion, ...]
    score: Score
    proof: Proof

    def for_opportunity(self, key: str) -> OpportunityPlan:
        """The part of the plan for one opportunity; KeyError where there is none."""
        for part in self.opportunities:
            if part.opportunity == key:
                return part
        raise KeyError(key)
