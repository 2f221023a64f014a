"""What the planner is told: people, opportunities, and wishes. Frozen, and silent where nobody knows.

`None` always means "not known", never "none". The planner treats it cautiously and lists it to complete.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

DEFAULT_BUDGET_HOURS = 6.0
"""One new letter (3 h) and six adaptations of it (0.5 h each): an assumption, changed per person."""

DEFAULT_TARGET = 0.95
"""Stand-bys are added until this chance of enough letters in time (asking.md, section 2)."""


class Tie(StrEnum):
    """How the contact knows the applicant."""

    DIRECT_MANAGER = "direct_manager"
    ADVISER = "adviser"
    PROFESSOR_SMALL = "professor_small"
    PROFESSOR_LARGE = "professor_large"
    MENTOR = "mentor"
    COLLEAGUE = "colleague"
    CLIENT = "client"
    PEER = "peer"
    FRIEND = "friend"
    FAMILY = "family"
    WEAK = "weak"


class Kind(StrEnum):
    """What an opportunity is. `pocket` is "for later": a letter with no destination yet."""

    JOB = "job"
    ACADEMIC = "academic"
    PROGRAMME = "programme"
    SCHOLARSHIP = "scholarship"
    POCKET = "pocket"


STUDY = frozenset({Kind.ACADEMIC, Kind.PROGRAMME, Kind.SCHOLARSHIP})
"""Letters for study and research are one family, those for work and for the pocket the other: a letter is
adapted in half an hour within its family and in an hour across."""


class Means(StrEnum):
    """How one ask is made. The values are the channels of `core.odds`."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    MAIL = "mail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Someone the applicant knows.

    `knows_work`, `warmth` and `seniority` run from 0 to 4. `written_kinds` are the kinds of opportunity
    they have written a letter for already, so that a further one is adapted. `committed_hours` is what
    they owe outside this plan; it counts against `budget_hours`. `reachable` names the means besides
    mail that the applicant really has. `unreachable`: nobody can reach them any more, so they are asked for nothing.
    `away`: first and last days of when they said they are not there; nothing is planned inside.
    `own_chances` are chances of a yes, from 0 to 1, that the applicant knows better than our figures, by opportunity key;
    they are final, as a scenario's are.
    """

    key: str
    name: str
    emails: tuple[str, ...] = ()
    organisation: str = ""
    title: str = ""
    tie: Tie | None = None
    knows_work: int | None = None
    warmth: int | None = None
    last_worked_on: date | None = None
    qualities: frozenset[str] = frozenset()
    seniority: int | None = None
    meets_regularly: bool = False
    phone_reference: bool = False
    phone_reference_for: frozenset[str] = frozenset()
    budget_hours: float = DEFAULT_BUDGET_HOURS
    committed_hours: float = 0.0
    open_asks: int = 0
    written_kinds: frozenset[Kind] = frozenset()
    reachable: frozenset[Means] = frozenset()
    unreachable: bool = False
    country: str = ""
    away: tuple[tuple[date, date], ...] = ()
    own_chances: tuple[tuple[str, float], ...] = ()

    def __post_init__(self) -> None:
        for name in ("knows_work", "warmth", "seniority"):
            grade = getattr(self, name)
            if grade is not None and not 0 <= grade <= 4:
                raise ValueError(f"{name} must lie between 0 and 4, not {grade}")
        if self.budget_hours < 0 or self.committed_hours < 0 or self.open_asks < 0:
            raise ValueError("budget_hours, committed_hours and open_asks can't be negative")
        if not all(0 <= chance <= 1 for _, chance in self.own_chances):
            raise ValueError("a chance lies between 0 and 1")

    def own_chance(self, opportunity: str) -> float | None:
        """What the applicant says of a yes to this opportunity; None where they leave it to us."""
        return dict(self.own_chances).get(opportunity)

    def takes_calls_for(self, opportunity: Opportunity) -> bool:
        """Whether this person is a phone reference for just this opportunity.

        A phone reference for whom no opportunity is named is kept for the calls of every job.
        """
        if self.phone_reference_for:
            return opportunity.key in self.phone_reference_for
        return self.phone_reference and opportunity.kind is Kind.JOB

    @property
    def takes_calls(self) -> bool:
        """Whether this person is a phone reference for anything at all."""
        return self.phone_reference or bool(self.phone_reference_for)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opportunity:
    """What letters are for. `need` never includes the `spare`; `odd_forms` are names of forms of their own."""

    key: str
    title: str
    kind: Kind = Kind.JOB
    organisation: str = ""
    wanted: frozenset[str] = frozenset()
    need: int = 2
    spare: int = 1
    deadline: date | None = None
    shown: date | None = None
    odd_forms: frozenset[str] = frozenset()
    ask_anyway: bool = False
    patience: int | None = None

    def __post_init__(self) -> None:
        if self.need < 0 or self.spare < 0:
            raise ValueError("need and spare can't be negative")
        if self.patience is not None and self.patience < 1:
            raise ValueError("patience is at least one day")


@dataclass(frozen=True, slots=True)
class Pin:
    """This contact is to write for this opportunity."""

    contact: str
    opportunity: str


@dataclass(frozen=True, slots=True)
class Forbid:
    """This contact is not to write for this opportunity, or for none at all."""

    contact: str
    opportunity: str | None = None


@dataclass(frozen=True, slots=True)
class Swap:
    """For this opportunity, `into` is to write in place of `out`."""

    opportunity: str
    out: str
    into: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """What has already been done: asked on a day, and what came of it.

    `answer` is None (none yet), "yes", "no" or "withdrawn" (a yes taken back); `letter_on` is the day the letter came.
    """

    contact: str
    opportunity: str
    asked_on: date
    means: Means = Means.MAIL
    answer: str | None = None
    answered_on: date | None = None
    letter_on: date | None = None

    def __post_init__(self) -> None:
        if self.answer not in (None, "yes", "no", "withdrawn"):
            raise ValueError(f"an answer is yes, no or withdrawn, not {self.answer!r}")

    @property
    def is_over(self) -> bool:
        """Whether this person has said that they will not write."""
        return self.letter_on is None and self.answer in ("no", "withdrawn")


Wish = Pin | Forbid | Swap | Happened
