from __future__ import annotations

from datetime import datetime

from vouchsafe.asks.access import Visit, demand_writers, stage
from vouchsafe.asks.actions.note_started import note_started
from vouchsafe.asks.models import Request
from vouchsafe.core.stages import REQUEST
from vouchsafe.ledger import journal
from vouchsafe.letters.access import is_beside, is_waived, keeps_waiver, letter_in_hand, to_renew
from vouchsafe.letters.models import Letter, Succession
from vouchsafe.people.access import NotHere
from vouchsafe.people.actions.prove_correspondent import prove_correspondent


def begin_letter(*, visit: Visit, origin: str, now: datetime) -> Letter:
    """The letter the writer is at, begun now if there is none. In the caller's transaction.

    Its confidentiality is settled here, before a word is written: waived where the applicant has given up
    reading it for any purpose of the request. A waiver given later still counts until it is sealed. Where a
    renewal is asked for, it is begun as the successor of that letter, as confidential as it was. Refuses a
    browser that has not proved the writer's mailbox.
    """
    visit.demand_proof()
    request = (
        Request.objects.select_for_update(of=("self",))
        .select_related("contact__owner", "correspondent")
        .get(pk=visit.request.pk)
    )
    demand_writers(visit, request)
    letter = letter_in_hand(visit)
    if visit.at and letter is None:
        raise NotHere(visit.at)
    beside = letter is not None and is_beside(letter)
    REQUEST.demand("write_beside" if beside else "write", stage(request))
    if request.correspondent is None:
        # From the first word on the request is this mailbox's, whatever address the applicant enters.
        request.correspondent = prove_correspondent(mailbox=visit.mailbox, contact=request.contact, now=now)
        Request.objects.filter(pk=request.pk).update(correspondent=request.correspondent)
    contact = request.contact
    by = request.correspondent.key
    if letter is not None:
        keep_waiver(letter, request, by=by, now=now)
    if letter is None:
        before = to_renew(request)
        letter = Letter.objects.create(
            applicant=contact.owner,
            request=request,
            writer_name=contact.name,
            origin=origin,
            confidentiality=first_confidentiality(request, before),
            predecessor=before,
            begun_at=now,
        )
        if before is not None:
            Succession.objects.create(letter=letter, beside=False, begun_at=now, begun_by=by)
        journal.note(
            chain=contact.owner.key, verb="letter_begun", about=letter.key, by=by, now=now, detail=origin
        )
    elif letter.origin != origin:
        Letter.objects.filter(pk=letter.pk).update(origin=origin)
        letter.origin = origin
    if not beside:
        note_started(request=request, by=by, now=now)
    return letter


def first_confidentiality(request: Request, before: Letter | None) -> str:
    """Who may read a letter that is begun now: what was confidential stays so unless its writer says otherwise."""
    if is_waived(request):
        return Letter.Confidentiality.WAIVED
    return before.confidentiality if before is not None else Letter.Confidentiality.OPEN


def keep_waiver(letter: Letter, request: Request, *, by: str, now: datetime) -> None:
    """An open letter in hand becomes a waived one once its applicant has given up reading it."""
    if letter.is_open and keeps_waiver(letter):
        Letter.objects.filter(pk=letter.pk).update(confidentiality=Letter.Confidentiality.WAIVED)
        letter.confidentiality = Letter.Confidentiality.WAIVED
        journal.note(chain=letter.applicant.key, verb="letter_waived", about=letter.key, by=by, now=now)
