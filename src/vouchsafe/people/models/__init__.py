"""Accounts, contacts, correspondents, who advises whom, who hosts, and for how long it is kept."""

from vouchsafe.people.models.accounts import Account, AccountSet, Instance, Invitation, SignInLink
from vouchsafe.people.models.advising import Advising, AdvisingQuerySet
from vouchsafe.people.models.calendars import CalendarFeed
from vouchsafe.people.models.contacts import Contact, ContactAddress, ContactImport, ContactQuerySet
from vouchsafe.people.models.keeping import Farewell, KeepingRule, Sweep
from vouchsafe.people.models.programs import ProgramToken, ProgramTokenQuerySet
from vouchsafe.people.models.sign_ons import SignOn
from vouchsafe.people.models.writers import Away, Correspondent, LinkWish, WeeklyList

__all__ = [
    "Account",
    "AccountSet",
    "Advising",
    "AdvisingQuerySet",
    "Away",
    "CalendarFeed",
    "Contact",
    "ContactAddress",
    "ContactImport",
    "ContactQuerySet",
    "Correspondent",
    "Farewell",
    "Instance",
    "Invitation",
    "KeepingRule",
    "LinkWish",
    "ProgramToken",
    "ProgramTokenQuerySet",
    "SignInLink",
    "SignOn",
    "Sweep",
    "WeeklyList",
]
