"""The words of an ask, a reminder, a thank-you: composed from facts, in the applicant's own words where given.

Nothing here writes a letter for the writer, and nothing praises without a fact to rest on.
"""

from typing import TYPE_CHECKING

from vouchsafe.core.late_names import late_names

if TYPE_CHECKING:
    from vouchsafe.core.composing.ask import compose_ask
    from vouchsafe.core.composing.brief import Brief, IfAsked, compose_brief
    from vouchsafe.core.composing.closing import (
        Outcome,
        Stopped,
        compose_cancellation,
        compose_outcome,
        compose_thanks,
    )
    from vouchsafe.core.composing.composed import Composed, Line
    from vouchsafe.core.composing.facts import (
        AskFacts,
        Channel,
        Due,
        Meeting,
        Method,
        Place,
        Purpose,
        Tie,
        Waiver,
    )
    from vouchsafe.core.composing.reminder import compose_reminder
    from vouchsafe.core.composing.renewal import compose_renewal

__all__ = [
    "AskFacts",
    "Brief",
    "Channel",
    "Composed",
    "Due",
    "IfAsked",
    "Line",
    "Meeting",
    "Method",
    "Outcome",
    "Place",
    "Purpose",
    "Stopped",
    "Tie",
    "Waiver",
    "compose_ask",
    "compose_brief",
    "compose_cancellation",
    "compose_outcome",
    "compose_reminder",
    "compose_renewal",
    "compose_thanks",
]

__getattr__ = late_names(
    __name__,
    {
        "ask": "compose_ask",
        "brief": "Brief IfAsked compose_brief",
        "closing": "Outcome Stopped compose_cancellation compose_outcome compose_thanks",
        "composed": "Composed Line",
        "facts": "AskFacts Channel Due Meeting Method Place Purpose Tie Waiver",
        "reminder": "compose_reminder",
        "renewal": "compose_renewal",
    },
)
