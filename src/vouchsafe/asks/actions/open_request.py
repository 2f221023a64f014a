from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from django.db import transaction

from vouchsafe.asks.access import stage
from vouchsafe.asks.actions.close_request import has_letter
from vouchsafe.asks.actions.give_waiver import give_waiver
from vouchsafe.asks.actions.heed_call import heed_call, refuse_waiver
from vouchsafe.asks.actions.in_order import in_order
from vouchsafe.asks.mailbox import refuse_own
from vouchsafe.asks.models import Closing, Purpose, Request
from vouchsafe.core.stages import REQUEST
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.people.access import hosts_personally
from vouchsafe.people.models import Account, Contact
from vouchsafe.plans.models import Opportunity

POINTS = 3


class NoWaiverHere(Refusal):
    code = "no-waiver-here"
    msgid = msg("A letter can’t be confidential on a computer you run yourself.")
    hint_msgid = msg(
        "Nothing could keep it from you, so we do not promise it. Ask for an open letter, "
        "or let {writer} send the letter to the reader directly."
    )


class AskedAlready(Refusal):
    code = "asked-already"
    msgid = msg("You have asked {writer} for “{purpose}” already.")
    hint_msgid = msg("Open the request to add a date or a place, or to write again.")


class DateNotPossible(Refusal):
    code = "date-not-possible"
    msgid = msg("{date} can’t be the date shown to {writer}.")
    hint_msgid = msg("Choose a day from today up to the deadline, {deadline}.")


class DateHasPassed(Refusal):
    code = "date-has-passed"
    msgid = msg("{date} has passed.")
    hint_msgid = msg("Choose a day from today on.")


def check_shown_on(contact: Contact, opportunity: Opportunity, shown_on: date | None, today: date) -> None:
    """Refuse to show a writer a day that has passed, or one after the deadline."""
    if shown_on is None:
        return
    if shown_on < today:
        raise DateHasPassed(date=shown_on)
    if opportunity.deadline_on is not None and shown_on > opportunity.deadline_on:
        raise DateNotPossible(date=shown_on, writer=contact.name, deadline=opportunity.deadline_on)


@transaction.atomic
def open_request(
    *,
    by: Account,
    contact: Contact,
    opportunity: Opportunity,
    shown_on: date | None,
    shown_time: time | None = None,
    zone: str = "",
    confidentiality: str,
    subject: str,
    note: str,
    points: Sequence[str] = (),
    today: date,
    now: datetime,
) -> Purpose:
    """Put an opportunity on the lasting request between an applicant and a writer.

    Writes the request if there is none yet, the purpose, and the waiver where the applicant gives up
    reading the letter; after a withdrawn or sealed round a new one begins. Queues nothing: `send_ask` mails it. Refuses a waiver on a personal host, the
    same purpose twice, a shown date in the past or after the deadline, the applicant's own address, and what the rules
    of a call speak against.
    """
    if confidentiality == Purpose.Choice.WAIVED and hosts_personally():
        raise NoWaiverHere(writer=contact.name)
    check_shown_on(contact, opportunity, shown_on, today)
    if (first := contact.addresses.first()) is not None:
        refuse_own(by, first.address, contact.name)
    request, _ = Request.objects.get_or_create(contact=contact, defaults={"opened_by_applicant_at": now})
    request = Request.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if (call := heed_call(by=by, contact=contact, opportunity=opportunity, now=now)) is not None:
        refuse_waiver(call, confidentiality)
    standing, moment = stage(request), in_order(request, now)
    REQUEST.demand("add_purpose", standing)
    if standing == Closing.Why.WITHDRAWN:  # what the applicant stopped asking for does not come back
        asked = Purpose.objects.filter(request=request, withdrawn_at__isnull=True)
        stopped = [one.pk for one in asked if not has_letter(one)]  # nor goes what has come
        asked.filter(pk__in=stopped).update(withdrawn_at=moment)
    if Purpose.objects.filter(request=request, opportunity=opportunity, withdrawn_at__isnull=True).exists():
        raise AskedAlready(writer=contact.name, purpose=opportunity.title)
    Closing.objects.filter(request=request, lifted_at__isnull=True).update(
        lifted_at=moment, lifted_why="purpose_added"
    )
    purpose = Purpose.objects.create(
        request=request,
        opportunity=opportunity,
        shown_on=shown_on,
        shown_time=shown_time,
        zone=zone or opportunity.zone,
        confidentiality=confidentiality,
        subject=subject.strip(),
        note=note.strip(),
        points=[point.strip() for point in points if point.strip()][:POINTS],
        added_at=moment,
    )
    if confidentiality == Purpose.Choice.WAIVED:
        give_waiver(by=by, purpose=purpose, now=now)
    journal.note(
        chain=by.key, verb="request_opened", about=request.key, by=by.key, now=now, detail=purpose.key
    )
    return purpose
