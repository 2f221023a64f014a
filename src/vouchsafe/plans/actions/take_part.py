from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from vouchsafe.core.addresses import call_path
from vouchsafe.core.destination_rules import Rules, to_plain
from vouchsafe.core.reading.addresses import normalise
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.people.access import NotHere, own_addresses
from vouchsafe.people.actions.add_contact import add_contact
from vouchsafe.people.contact_facts import ContactFacts, ContactIsYou, known_already
from vouchsafe.people.models import Account
from vouchsafe.plans.access_calls import day_there, invitation_to, locked_call
from vouchsafe.plans.actions.add_destination import add_destination
from vouchsafe.plans.actions.add_opportunity import add_opportunity
from vouchsafe.plans.actions.nominate_writer import nominate_writer
from vouchsafe.plans.models import Application, Call, Destination, Opportunity
from vouchsafe.plans.opportunity_facts import OpportunityFacts


class CallDayOver(Refusal):
    code = "call-day-over"
    msgid = msg("The last day to take part in “{call}” was {day}.")
    hint_msgid = msg("Ask the office whether it still takes applicants.")


class OfficeTakesNoPart(Refusal):
    code = "office-takes-no-part"
    msgid = msg("Whoever runs the office takes no part in its calls.")
    hint_msgid = msg("Take part with an account of your own that does not run the office.")


@transaction.atomic
def take_part(*, by: Account, call: Call, now: datetime) -> Application:
    """An applicant takes part in a call: it becomes an opportunity of theirs, with its days and rules, and a place.

    Writes the opportunity, the destination and the application, and nominates the writers whom the office's file
    named for them; whoever had left takes part again. Queues nothing; twice is once. Refuses a call that is not open,
    whoever begins after its last day for applicants, and whoever runs the office.
    """
    if by.runs_office:
        raise OfficeTakesNoPart
    row = locked_call(call, "apply")
    already = Application.objects.select_related("opportunity").filter(call=row, applicant=by).first()
    if already is not None:  # they began in time: who left by mistake later comes back with their letters
        _again(by, already, now)
        return already
    if day_there(row, now) > row.closes_on:
        raise CallDayOver(call=row.title, day=row.closes_on)
    opportunity = add_opportunity(by=by, facts=_facts(row), now=now)
    destination = add_destination(
        by=by,
        opportunity=opportunity,
        way=Destination.Way.READER_LINK,
        label=row.organisation or row.title,
        due_on=row.due_on,
        zone=row.zone,
        now=now,
    )
    rules = to_plain(Rules(most_pages=row.most_pages))
    Destination.objects.filter(pk=destination.pk).update(rules=rules)
    made = Application.objects.create(
        call=row, applicant=by, opportunity=opportunity, destination=destination, applied_at=now
    )
    journal.note(chain=by.key, verb="call_joined", about=made.key, by=by.key, now=now, detail=row.key)
    _nominate_named(by, row, made, now)
    return made


@transaction.atomic
def leave_call(*, by: Account, application: Application, now: datetime) -> None:
    """An applicant no longer takes part: the committee reads nothing of theirs from now on, and its row is gone there.

    Their requests to writers stand until they withdraw them. Writes when they left; `take_part` undoes it while the call
    is open. A call that was withdrawn can be left, too: it would stay in their plan else.
    """
    if application.applicant_id != by.pk:
        raise NotHere(application.key)
    locked_call(application.call, "leave")
    if Application.objects.filter(pk=application.pk, withdrawn_at__isnull=True).update(withdrawn_at=now):
        Opportunity.objects.filter(pk=application.opportunity_id).update(removed_at=now)
        journal.note(chain=by.key, verb="call_left", about=application.key, by=by.key, now=now)


def _again(by: Account, application: Application, now: datetime) -> None:
    if Application.objects.filter(pk=application.pk, withdrawn_at__isnull=False).update(withdrawn_at=None):
        Opportunity.objects.filter(pk=application.opportunity_id).update(removed_at=None)
        journal.note(chain=by.key, verb="call_joined", about=application.key, by=by.key, now=now)
        application.refresh_from_db()


def _facts(call: Call) -> OpportunityFacts:
    return OpportunityFacts(
        kind=call.kind,
        title=call.title,
        organisation=call.organisation,
        url=f"{settings.BASE_URL}{call_path(call.key)}",
        text=call.about,
        letters=Opportunity.Letters.REQUIRED,
        wanted=tuple(call.wanted),
        need=call.need,
        spare=min(call.most - call.need, 1),
        deadline_on=call.due_on,
        zone=call.zone,
    )


def _nominate_named(by: Account, call: Call, application: Application, now: datetime) -> None:
    """The writers whom the office's file named for this applicant; one who is the applicant themselves is passed over."""
    mailboxes = {found for address in own_addresses(by) if (found := normalise(address))}
    invited = invitation_to(call, mailboxes)
    for name, address in (invited.writers if invited else [])[: call.most]:
        contact = known_already(by, addresses=(address,))
        if contact is None:
            try:
                facts = ContactFacts(name=(name or address)[:200], addresses=(address,))
                contact = add_contact(by=by, facts=facts, now=now, someone_else=True)
            except ContactIsYou:
                continue
        nominate_writer(by=by, application=application, contact=contact, now=now)
