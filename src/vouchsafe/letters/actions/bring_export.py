from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from vouchsafe.core.reading.export import Brought, Export
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.letters.actions.bring_letter import bring_letter
from vouchsafe.letters.actions.upload_letter import CheckedFile
from vouchsafe.letters.models import Letter
from vouchsafe.people.actions.add_contact import add_contact
from vouchsafe.people.contact_facts import ContactFacts
from vouchsafe.people.models import Account, Contact
from vouchsafe.plans.actions.add_destination import add_destination
from vouchsafe.plans.actions.add_opportunity import add_opportunity
from vouchsafe.plans.models import Opportunity
from vouchsafe.plans.opportunity_facts import OpportunityFacts


class AccountNotEmpty(Refusal):
    code = "account-not-empty"
    msgid = msg("There is something in this account already, and what was taken along is not mixed into it.")
    hint_msgid = msg("Bring it into an account without people, opportunities and letters.")


@dataclass(frozen=True, slots=True)
class CameIn:
    """How much was brought; `left_out` is what no action took."""

    people: int
    opportunities: int
    letters: int
    left_out: int


def bring_export(
    *, by: Account, export: Export, letters: Sequence[tuple[Brought, CheckedFile]], now: datetime
) -> CameIn:
    """Bring one's own export into an empty account: people, opportunities with their places, and open letters.

    Letters come as ones that their applicant brought, for this instance did not seal them; their files were inspected
    before. Each row goes through the action a person would use, and one that it refuses is left out and counted.
    Writes those rows and a line; queues nothing. Refuses an account that is not empty.
    """
    with transaction.atomic():
        Account.objects.select_for_update(of=("self",)).get(pk=by.pk)
        if (
            Contact.objects.of(by).exists()
            or Opportunity.objects.of(by).exists()
            or Letter.objects.of(by).exists()
        ):
            raise AccountNotEmpty
        people = sum(_kept_person(by, facts, now) for facts in export.people)
        made = {key: _opportunity(by, facts, now) for key, facts in export.opportunities}
        rows = {key: row for key, row in made.items() if row is not None}
        places = sum(_kept_place(by, rows.get(key), facts, now) for key, facts in export.places)
        journal.note(chain=by.key, verb="export_brought", about=by.key, by=by.key, now=now)
    kept = sum(_kept_letter(by, told, checked, now) for told, checked in letters)
    wanted = len(export.people) + len(made) + len(export.places) + len(export.letters)
    return CameIn(people, len(rows), kept, export.left_out + wanted - people - len(rows) - places - kept)


def _kept_person(by: Account, facts: Mapping[str, Any], now: datetime) -> bool:
    try:
        add_contact(by=by, facts=ContactFacts(**facts), now=now, someone_else=True)
    except Refusal:
        return False
    return True


def _opportunity(by: Account, facts: Mapping[str, Any], now: datetime) -> Opportunity | None:
    try:
        return add_opportunity(by=by, facts=OpportunityFacts(**facts), now=now)
    except Refusal:
        return None


def _kept_place(
    by: Account, opportunity: Opportunity | None, facts: Mapping[str, Any], now: datetime
) -> bool:
    if opportunity is None:
        return False
    try:
        add_destination(by=by, opportunity=opportunity, now=now, **facts)
    except Refusal:
        return False
    return True


def _kept_letter(by: Account, told: Brought, checked: CheckedFile, now: datetime) -> bool:
    try:
        bring_letter(by=by, writer_name=told.writer_name, title=told.title, checked=checked, now=now)
    except Refusal:
        return False
    return True
