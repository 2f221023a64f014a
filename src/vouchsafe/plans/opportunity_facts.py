"""What may be said of an opportunity and its destinations: checked once, for form, API and reading alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from vouchsafe.core.words import Refusal, msg
from vouchsafe.plans.models import Opportunity


class OpportunityNeedsTitle(Refusal):
    code = "opportunity-needs-title"
    msgid = msg("Say what the letter is for.")
    hint_msgid = msg("A few words will do: the job, the programme, or “for later”.")


class NeedOutOfReason(Refusal):
    code = "need-out-of-reason"
    msgid = msg("{need} letters are more than anyone asks for.")
    hint_msgid = msg("Give a number from 0 to 10.")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpportunityFacts:
    """All that is kept of an opportunity; dates and times belong to `zone`."""

    kind: str
    title: str
    organisation: str = ""
    locations: tuple[str, ...] = ()
    url: str = ""
    text: str = ""
    published_on: date | None = None
    level: str = ""
    letters: str = Opportunity.Letters.UNKNOWN
    wanted: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    need: int = 1
    spare: int = 1
    deadline_on: date | None = None
    deadline_time: time | None = None
    zone: str = "UTC"


def write_facts(opportunity: Opportunity, facts: OpportunityFacts) -> None:
    """Put the facts on the row, in the caller's transaction."""
    if not facts.title.strip():
        raise OpportunityNeedsTitle
    if not 0 <= facts.need <= 10 or not 0 <= facts.spare <= 5:
        raise NeedOutOfReason(need=facts.need)
    for name in (
        "kind",
        "level",
        "letters",
        "zone",
        "published_on",
        "deadline_on",
        "deadline_time",
        "need",
        "spare",
    ):
        setattr(opportunity, name, getattr(facts, name))
    for name in ("title", "organisation", "url", "text"):
        setattr(opportunity, name, getattr(facts, name).strip())
    for name in ("locations", "forms"):
        setattr(opportunity, name, [one.strip() for one in getattr(facts, name) if one.strip()])
    # As contacts keep the qualities they have seen, so that both can be matched.
    opportunity.wanted = sorted({quality.strip().lower() for quality in facts.wanted if quality.strip()})
    opportunity.save()
