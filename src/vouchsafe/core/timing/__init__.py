"""When: working days, decent hours, the schedule of an ask, and its calendar files."""

from vouchsafe.core.timing.calendar import Entry, Method, Organiser, entries_of, write_calendar
from vouchsafe.core.timing.hours import ZoneUnknown, decent_hour, zone_named
from vouchsafe.core.timing.schedule import LEADS, AskTooLate, Lead, Pace, Schedule, schedule
from vouchsafe.core.timing.working_days import Place, Span, WorkingDays, working_days_of

__all__ = [
    "LEADS",
    "AskTooLate",
    "Entry",
    "Lead",
    "Method",
    "Organiser",
    "Pace",
    "Place",
    "Schedule",
    "Span",
    "WorkingDays",
    "ZoneUnknown",
    "decent_hour",
    "entries_of",
    "schedule",
    "working_days_of",
    "write_calendar",
    "zone_named",
]
