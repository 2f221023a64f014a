"""Accounts, contacts, correspondents, who advises whom, and who hosts."""

from vouchsafe.people.models.accounts import Account, AccountSet, Instance, Invitation, SignInLink
from vouchsafe.people.models.advising import Advising, AdvisingQuerySet
from vouchsafe.people.models.calendars import CalendarFeed
from vouchsafe.people.models.contacts import Contact, ContactAddress, ContactImport, ContactQuerySet
from vouchsafe.people.models.programs import ProgramToken, ProgramTokenQuerySet
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
    "Instance",
    "Invitation",
    "LinkWish",
    "ProgramToken",
    "ProgramTokenQuerySet",
    "SignInLink",
    "WeeklyList",
]
