from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from vouchsafe.core.reading.addresses import normalise
from vouchsafe.core.reading.invitation_list import InvitationList, NotTaken, ToInvite
from vouchsafe.core.words import say
from vouchsafe.ledger.keys import new_key
from vouchsafe.people.actions.invite_person import NotYours, invite_person
from vouchsafe.people.models import Account, Invitation


@dataclass(frozen=True, slots=True)
class Sorted:
    """What a file would do here: who is invited with which adviser, and who is passed over, by line."""

    rows: tuple[tuple[ToInvite, Account | None], ...]
    problems: tuple[NotTaken, ...]


def sort_invitations(*, by: Account, read: InvitationList, now: datetime) -> Sorted:
    """Tell the rows that can be sent from those of people who are here, are invited already, or name no adviser of ours.

    Writes nothing. Three queries, however many rows.
    """
    if not by.runs_office:
        raise NotYours
    here = {normalise(address) for address in Account.objects.values_list("email", flat=True)}
    waiting = Invitation.objects.filter(
        accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now
    )
    asked = {normalise(address) for address in waiting.values_list("email", flat=True)}
    advisers = {
        row.email.lower(): row for row in Account.objects.filter(role=Account.Role.ADVISER, is_active=True)
    }
    rows: list[tuple[ToInvite, Account | None]] = []
    problems = list(read.problems)
    for row in read.rows:
        mailbox = normalise(row.address)
        if mailbox in here:
            why = say("Signs in here already.")
        elif mailbox in asked:
            why = say("Is invited already, and has not answered.")
        elif row.adviser and row.adviser not in advisers:
            why = say("No adviser signs in with {address}.", address=row.adviser)
        else:
            rows.append((row, advisers.get(row.adviser)))
            continue
        problems.append(NotTaken(row.line, row.address, why))
    return Sorted(tuple(rows), tuple(sorted(problems, key=lambda one: one.line)))


@transaction.atomic
def invite_people(
    *,
    by: Account,
    rows: Sequence[tuple[ToInvite, Account | None]],
    instance_name: str,
    now: datetime,
    wait: timedelta,
) -> str:
    """Invite everybody of a file. Writes an invitation and a line for each, queues its mail; returns the file's key.

    The mails wait a moment, so that one press takes all of them back.
    """
    if not by.runs_office:
        raise NotYours
    batch = new_key()
    for row, adviser in rows:
        invite_person(
            by=by,
            email=row.address,
            name=row.name,
            role=row.role,
            adviser=adviser,
            batch=batch,
            instance_name=instance_name,
            now=now,
            wait=wait,
        )
    return batch
