from __future__ import annotations

from vouchsafe.core.words import Refusal, msg
from vouchsafe.plans.access_calls import is_of_call
from vouchsafe.plans.models import Application, Destination, Opportunity


class CallSetsThis(Refusal):
    code = "call-sets-this"
    msgid = msg("“{title}” is a call you take part in, and its office sets what stands here.")
    hint_msgid = msg("See the page of the call: there you name writers, and there you can leave it.")


def refuse_part_in_call(opportunity: Opportunity) -> None:
    """Its days, place and being there follow the call."""
    if is_of_call(opportunity):
        raise CallSetsThis(title=opportunity.title)


def refuse_place_of_call(destination: Destination) -> None:
    """The place that the call made there; one that the applicant added is their own."""
    if Application.objects.filter(destination=destination).exists():
        refuse_part_in_call(destination.opportunity)
