"""How likely it is that enough letters arrive in time, day by day.

Exact, by convolution over whole days; `docs/why/odds.md` holds the model and how it is read. Numpy is
loaded only by the functions that return arrays.
"""

from vouchsafe.core.odds.frame import Frame
from vouchsafe.core.odds.outlook import (
    Gain,
    Outlook,
    at_least,
    final_odds,
    forecast,
    gain_of,
    gain_table,
    slot_curve,
    slot_odds,
    with_ask,
)
from vouchsafe.core.odds.scenario import Channel, Known, Link, Scenario, ScenarioRefused, Slot
from vouchsafe.core.odds.what_if import IdleYes, idle_yeses, odds_if_no

__all__ = [
    "Channel",
    "Frame",
    "Gain",
    "IdleYes",
    "Known",
    "Link",
    "Outlook",
    "Scenario",
    "ScenarioRefused",
    "Slot",
    "at_least",
    "final_odds",
    "forecast",
    "gain_of",
    "gain_table",
    "idle_yeses",
    "odds_if_no",
    "slot_curve",
    "slot_odds",
    "with_ask",
]
