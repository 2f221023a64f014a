from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from vouchsafe.asks.access import stage
from vouchsafe.asks.experience import experience
from vouchsafe.asks.models import Answer, Ask, Prediction, Purpose
from vouchsafe.core.odds import Channel, Known, Link, Scenario, Slot, forecast
from vouchsafe.core.odds.learning import Experience
from vouchsafe.core.odds.priors import chance_of_missing, chance_of_writing, chance_of_yes
from vouchsafe.core.odds.scenario import LONGEST_HORIZON
from vouchsafe.core.planning.asks import HORIZON_DAYS, odds_tie
from vouchsafe.plans.models import PhoneReference
from vouchsafe.plans.planning import Committed, contact_facts

AGREED = {"agreed", "writing"}


def keep_prediction(*, purpose: Purpose, leaves_at: datetime, now: datetime) -> Prediction | None:
    """Keep how likely this letter is to come, day by day, as reckoned when its ask is mailed.

    Writes one row for the purpose, in the caller's transaction; an ask that was taken back before it left and is
    mailed again is reckoned anew. None where the deadline is over, or years away: there are no odds then.
    """
    owner = purpose.request.contact.owner
    zone = ZoneInfo(owner.time_zone or "UTC")
    asked_on = leaves_at.astimezone(zone).date()
    ends_on = purpose.opportunity.deadline_on or asked_on + timedelta(days=HORIZON_DAYS)
    if not asked_on <= ends_on <= asked_on + timedelta(days=LONGEST_HORIZON):
        return None
    learned = experience(asked_on)
    link = _link(purpose, asked_on, ends_on, zone, learned)
    shown = purpose.shown_on
    if shown is not None and not asked_on <= shown <= ends_on:
        shown = None
    outlook = forecast(Scenario(asked_on, ends_on, 1, (Slot((link,)),), shown))
    kept, _ = Prediction.objects.update_or_create(
        purpose=purpose,
        defaults={
            "asked_on": asked_on,
            "ends_on": ends_on,
            "by_day": [round(chance, 6) for chance in outlook.by_day],
            "made_at": now,
        },
    )
    return kept


def _link(purpose: Purpose, asked_on: date, ends_on: date, zone: ZoneInfo, learned: Experience) -> Link:
    """This one ask as the odds see it. A yes that was said already is known; a maybe is a word in person, no more."""
    contact, opportunity = purpose.request.contact, purpose.opportunity
    spoke = Ask.objects.filter(contact=contact, opportunity=opportunity, undone_at__isnull=True).exclude(
        channel=Ask.Channel.MAIL
    )
    met = [row for row in spoke if row.said != Ask.Said.NOT_MET]
    others = Purpose.objects.filter(request=purpose.request, withdrawn_at__isnull=True).exclude(pk=purpose.pk)
    references = {contact.pk: ["calls"]} if PhoneReference.objects.filter(contact=contact).exists() else {}
    facts = contact_facts(contact, references, Committed())
    chance = chance_of_yes(
        odds_tie(facts),
        asked_in_person=bool(met) and met[0].channel == Ask.Channel.IN_PERSON,
        open_asks=others.count() if stage(purpose.request) not in {"sealed", "withdrawn"} else 0,
        lead_days=(ends_on - asked_on).days,
        experience=learned,
    )
    known = _known_yes(purpose, met, asked_on, zone)
    return Link(
        p=chance.mean,
        r=chance_of_writing(experience=learned).mean,
        l=chance_of_missing(experience=learned).mean,
        channel=Channel.MAIL,
        ask_on=None if known else asked_on,
        known=known,
    )


def _known_yes(purpose: Purpose, met: list[Ask], asked_on: date, zone: ZoneInfo) -> Known | None:
    said: Literal["yes"] = "yes"
    if stage(purpose.request) in AGREED:
        answer = Answer.objects.filter(request=purpose.request).last()
        assert answer is not None, "an agreed request has an answer"
        day = min(answer.answered_at.astimezone(zone).date(), asked_on)
        return Known(day, said, day)
    spoken = next((row for row in reversed(met) if row.said == Ask.Said.YES), None)
    if spoken is None:
        return None
    day = min(spoken.asked_on, asked_on)
    return Known(day, said, day)
