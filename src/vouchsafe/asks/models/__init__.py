"""The ladder of asking, the lasting page of one applicant and one writer, and what was answered there."""

from vouchsafe.asks.models.asking import Ask
from vouchsafe.asks.models.entering import Code, Opening
from vouchsafe.asks.models.helping import Assistant, Offering
from vouchsafe.asks.models.papers import Document, Waiver
from vouchsafe.asks.models.reckoning import Parting, Prediction
from vouchsafe.asks.models.reminding import Mute, Reminder, ReminderQuerySet, Silence
from vouchsafe.asks.models.requests import Answer, Closing, Link, Purpose, Request, RequestQuerySet, Start
from vouchsafe.asks.models.suggesting import Suggestion

__all__ = [
    "Answer",
    "Ask",
    "Assistant",
    "Closing",
    "Code",
    "Document",
    "Link",
    "Mute",
    "Offering",
    "Opening",
    "Parting",
    "Prediction",
    "Purpose",
    "Reminder",
    "ReminderQuerySet",
    "Request",
    "RequestQuerySet",
    "Silence",
    "Start",
    "Suggestion",
    "Waiver",
]
