from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import transaction

from vouchsafe.asks.access import ask_mail
from vouchsafe.asks.actions.ask_facts import composed_note, composed_subject, facts_of
from vouchsafe.asks.actions.open_request import open_request
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.models import Document, Purpose, Request, Suggestion
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.ledger.models import Outgoing
from vouchsafe.people.access import NotHere
from vouchsafe.people.actions.add_contact import add_contact
from vouchsafe.people.contact_facts import ContactFacts, known_already
from vouchsafe.people.models import Account, Contact


class NothingToHandOn(Refusal):
    code = "nothing-to-hand-on"
    msgid = msg("There is nothing left to ask {name} for.")
    hint_msgid = msg("Add an opportunity, then ask {name} for that.")


@transaction.atomic
def ask_suggested(
    *, by: Account, request: Request, key: str, today: date, now: datetime, undo: timedelta
) -> Outgoing:
    """The applicant accepts whom a writer proposed: the same request, with the same dates, goes to the colleague.

    Writes a contact where the address is not known yet, a purpose for each of the request's, the documents, and what
    `send_ask` writes; queues one mail, for the purpose whose date comes first. The others stand on the same page. Twice
    is once. Refuses what those actions refuse, and a request that has no purpose left.
    """
    row = Suggestion.objects.select_for_update(of=("self",)).filter(request=request, key=key).first()
    if row is None or request.contact.owner_id != by.pk:
        raise NotHere(key)
    purposes = list(
        Purpose.objects.filter(
            request=request, withdrawn_at__isnull=True, opportunity__removed_at__isnull=True
        )
        .select_related("opportunity")
        .order_by("shown_on", "id")
    )
    if not purposes:
        raise NothingToHandOn(name=row.name)
    contact = _contact(by, row, now)
    made = [_same(by, contact, purpose, request, today, now) for purpose in purposes]
    _hand_on_documents(request, made[0].request, now)
    for purpose in made:
        if not purpose.note:
            facts = replace(facts_of(purpose), suggested_by=request.contact.name)
            purpose.note, purpose.subject = composed_note(facts), composed_subject(facts)
            purpose.save(update_fields=["note", "subject"])
    mail = ask_mail(made[0]) or send_ask(by=by, purpose=made[0], now=now, undo=undo)
    if row.asked_at is None:
        Suggestion.objects.filter(pk=row.pk).update(asked=contact, asked_at=now)
        journal.note(
            chain=by.key,
            verb="suggestion_accepted",
            about=request.key,
            by=by.key,
            now=now,
            detail=contact.key,
        )
    return mail


def _contact(by: Account, row: Suggestion, now: datetime) -> Contact:
    """By the address alone: a namesake is somebody else."""
    known = row.asked or known_already(by, addresses=(row.address,))
    if known is not None:
        return known
    facts = ContactFacts(name=row.name, addresses=(row.address,))
    return add_contact(by=by, facts=facts, now=now, someone_else=True)


def _same(
    by: Account, contact: Contact, purpose: Purpose, request: Request, today: date, now: datetime
) -> Purpose:
    standing = (
        Purpose.objects.filter(
            request__contact=contact, opportunity=purpose.opportunity, withdrawn_at__isnull=True
        )
        .select_related("request__contact__owner", "request__correspondent", "opportunity")
        .first()
    )
    if standing is not None:
        return standing
    made = open_request(
        by=by,
        contact=contact,
        opportunity=purpose.opportunity,
        shown_on=purpose.shown_on,
        shown_time=purpose.shown_time,
        zone=purpose.zone,
        confidentiality=purpose.confidentiality,
        subject="",
        note="",
        points=purpose.points,
        today=today,
        now=now,
    )
    return Purpose.objects.select_related("request__contact__owner", "opportunity").get(pk=made.pk)


def _hand_on_documents(old: Request, new: Request, now: datetime) -> None:
    """The same files: they are the applicant's, and neither request changes them."""
    there = set(Document.objects.filter(request=new, removed_at__isnull=True).values_list("file", flat=True))
    for row in Document.objects.filter(request=old, removed_at__isnull=True):
        if row.file not in there:
            Document.objects.create(
                request=new, kind=row.kind, name=row.name, file=row.file, pages=row.pages, added_at=now
            )
