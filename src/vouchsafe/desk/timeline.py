"""What happened to one request, in the same rows for the applicant and for the writer: neither sees another story.

From the journal and from rows that only ever grow: mailed, arrived or bounced, opened by a person's press, answered,
begun, uploaded, sealed, sent to a reader, read. The zone of each hour is named where it is shown. Left out for both is
what is one side's alone: what the applicant prepared or said in person, and every word that was written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from vouchsafe.asks.models import Answer, Closing, Opening, Request, Start
from vouchsafe.core.words import Sentence, msg, say
from vouchsafe.ledger.models import Line, Outgoing
from vouchsafe.letters.models import Seal, Upload, Withdrawal
from vouchsafe.packets.models import Delivery, Viewing

MAILED = {
    ("ask", "sent"): msg("The request was mailed to {writer}."),
    ("ask", "failed"): msg("The request could not be mailed."),
    ("ask", "unknown"): msg("Nobody knows whether the mail with the request arrived."),
    ("reminder", "sent"): msg("A reminder was mailed to {writer}."),
    ("reminder", "failed"): msg("A reminder could not be mailed."),
    ("reminder", "unknown"): msg("Nobody knows whether a reminder arrived."),
}
SAID = {
    Answer.Said.YES: msg("{writer} said yes."),
    Answer.Said.YES_IF: msg("{writer} said yes, on a condition."),
    Answer.Said.NO: msg("{writer} said no."),
    Answer.Said.TAKEN_BACK: msg("{writer} took the yes back."),
    Answer.Said.NOT_MINE: msg("Somebody said that the request is not for them."),
}
TOLD = {
    "mail_bounced": msg("A mail to {writer} came back."),
    "mail_arrived": msg("The mail server of {writer} took the mail."),
    "assistant_named": msg("{writer} named an assistant."),
    "assistant_revoked": msg("{writer} took an assistant off."),
    "assistant_typed": msg("An assistant of {writer} typed words for the letter."),
    "assistant_uploaded": msg("An assistant of {writer} laid a file before {writer}."),
    "assistant_ticked": msg("An assistant of {writer} ticked off a place the letter goes to."),
}
NOT_GONE = (Outgoing.State.WAITING, Outgoing.State.WITHDRAWN, Outgoing.State.FAILED)


@dataclass(frozen=True, slots=True)
class Happening:
    at: datetime
    text: Sentence
    tone: str = "blue"


def timeline(request: Request) -> tuple[Happening, ...]:
    """Everything that has happened, newest first, in eleven queries. Takes no viewer: it is one for both."""
    found = [*_mails(request), *_answers(request), *_letter(request), *_readers(request)]
    # A seal carries whole seconds only. Within one, the order above is the order in which things happen.
    return tuple(sorted(found, key=lambda one: one.at.replace(microsecond=0))[::-1])


def handed_over(request: Request) -> QuerySet[Delivery]:
    """Where its sealed letters went. A mail that waits, was taken back or could not be sent took them nowhere."""
    seals = Seal.objects.filter(letter__request=request).values("pk")
    nowhere = Outgoing.objects.filter(key=OuterRef("outgoing"), state__in=NOT_GONE)
    return (
        Delivery.objects.filter(reader__packet__enclosures__seal__in=seals)
        .exclude(Exists(nowhere))
        .select_related("reader")
        .distinct()
    )


def _mails(request: Request) -> Iterator[Happening]:
    writer = request.contact.name
    mails = Outgoing.objects.filter(about=request.key, kind__in=("ask", "reminder"), ended_at__isnull=False)
    for row in mails:
        words = MAILED.get((row.kind, row.state))
        if words and row.ended_at is not None:
            yield Happening(
                row.ended_at, say(words, writer=writer), "blue" if row.state == "sent" else "stop"
            )
    lines = Line.objects.filter(chain=request.contact.owner.key, about=request.key, verb__in=list(TOLD))
    for line in lines:
        tone = "stop" if line.verb == "mail_bounced" else "blue"
        yield Happening(line.at, say(TOLD[line.verb], writer=writer), tone)


def _answers(request: Request) -> Iterator[Happening]:
    writer, applicant = request.contact.name, request.contact.owner.name
    for opening in Opening.objects.filter(request=request):
        yield Happening(opening.opened_at, say("{writer} opened the request.", writer=writer))
    for row in Answer.objects.filter(request=request):
        tone = "wait" if row.said in ("no", "taken_back", "not_mine") else "blue"
        yield Happening(row.answered_at, say(SAID[Answer.Said(row.said)], writer=writer), tone)
        if row.promised_on:
            promised = say("{writer} promised it by {day}.", writer=writer, day=row.promised_on)
            yield Happening(row.answered_at, promised)
    for closing in Closing.objects.filter(request=request, why=Closing.Why.WITHDRAWN).exclude(
        lifted_why="undone"
    ):
        text = say("{applicant} said that no letter is needed any more.", applicant=applicant)
        yield Happening(closing.closed_at, text, "wait")


def _letter(request: Request) -> Iterator[Happening]:
    writer = request.contact.name
    for start in Start.objects.filter(request=request):
        yield Happening(start.started_at, say("{writer} began the letter.", writer=writer))
    for uploaded_at in Upload.objects.filter(letter__request=request).values_list("uploaded_at", flat=True):
        yield Happening(uploaded_at, say("{writer} uploaded a file.", writer=writer))
    seals = Seal.objects.filter(letter__request=request).select_related("reopening")
    for seal in seals:
        yield Happening(seal.sealed_at, say("{writer} sealed the letter.", writer=writer), "seal")
        if hasattr(seal, "reopening"):
            again = say("{writer} opened the letter again.", writer=writer)
            yield Happening(seal.reopening.reopened_at, again, "wait")
    for withdrawal in Withdrawal.objects.filter(seal__letter__request=request):
        yield Happening(withdrawal.withdrawn_at, say("{writer} withdrew the letter.", writer=writer), "stop")


def _readers(request: Request) -> Iterator[Happening]:
    """Where it went, and when each reader first pressed Read: a visit is none."""
    seals = Seal.objects.filter(letter__request=request).values("pk")
    for row in handed_over(request):
        by_hand = row.means == Delivery.Means.BY_HAND
        words = (
            msg("The letter was handed to {reader}.") if by_hand else msg("The letter was sent to {reader}.")
        )
        yield Happening(row.delivered_at, say(words, reader=row.reader.name), "seal")
    seen: set[int] = set()
    viewings = Viewing.objects.filter(seal__in=seals).exclude(what=Viewing.What.OPENED).order_by("viewed_at")
    for viewing in viewings.select_related("reader"):
        if viewing.reader_id not in seen:
            seen.add(viewing.reader_id)
            read = say("{reader} read the letter.", reader=viewing.reader.name)
            yield Happening(viewing.viewed_at, read, "seal")
