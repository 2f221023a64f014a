"""What a writer sees of mail: what came and waits for them, what is sealed by itself, which reminders are to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from vouchsafe.adapters.post.parse import parse
from vouchsafe.asks.access import Visit, stage
from vouchsafe.asks.models import Mute, Offering, Reminder, Request
from vouchsafe.core.stages import REQUEST
from vouchsafe.ledger import inbox, outbox
from vouchsafe.ledger.keys import token_hash
from vouchsafe.ledger.models import Received, ReplyAddress
from vouchsafe.ledger.prepared import PreparedFacts
from vouchsafe.letters.models import PlannedSeal

MOST_HELD = 10


class MailStrip(NamedTuple):
    """One line on the request's page, only where something waits for its writer."""

    held: int = 0
    seals_at: datetime | None = None
    reminds_at: datetime | None = None
    offered: int = 0


@dataclass(frozen=True, slots=True)
class HeldMail:
    """A mail from an address we do not know. Only its writer sees who sent it, and what it carries."""

    key: str
    from_address: str
    received_at: datetime
    files: tuple[str, ...]
    first_words: str


@dataclass(frozen=True, slots=True)
class PlannedReminder:
    key: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class WriterMail:
    request_key: str
    applicant: str
    held: tuple[HeldMail, ...]
    seals_at: datetime | None
    file_name: str
    reminders: tuple[PlannedReminder, ...]
    is_muted: bool
    reply_address: str


def mail_strip(visit: Visit) -> MailStrip:
    """In one query; nothing for whoever has not proved the mailbox."""
    if not visit.is_proven:
        return MailStrip()
    for found in _STRIP(visit.request.pk, visit.mailbox):
        return found if REQUEST.allows("help", stage(visit.request)) else found._replace(offered=0)
    return MailStrip()


def _strip(request: int, mailbox: str) -> QuerySet[Request]:
    held = (
        Received.objects.filter(about=OuterRef("key"), state=Received.State.HELD)
        .order_by()
        .values("about")
        .annotate(n=Count("pk"))
        .values("n")
    )
    planned = PlannedSeal.objects.filter(upload__letter__request=OuterRef("pk"), ended_at__isnull=True)
    reminders = Reminder.objects.filter(request=OuterRef("pk"), sent_at__isnull=True, dropped_at__isnull=True)
    offered = (
        Offering.objects.filter(
            request=OuterRef("pk"), taken_at__isnull=True, assistant__correspondent__mailbox=mailbox
        )
        .order_by()
        .values("request")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return Request.objects.filter(pk=request).annotate(
        held=Coalesce(Subquery(held), 0),
        seals_at=Subquery(planned.order_by("due_at").values("due_at")[:1]),
        reminds_at=Subquery(reminders.order_by("due_at").values("due_at")[:1]),
        offered=Coalesce(Subquery(offered), 0),
    )


_STRIP = PreparedFacts(
    MailStrip, {}, _strip, lambda *given: given, -(10**12) - 7, "a mailbox to be filled in"
)


def writer_mail(visit: Visit) -> WriterMail:
    """The page of it, for a proven writer."""
    visit.demand_proof()
    request = visit.request
    held = Received.objects.filter(about=request.key, state=Received.State.HELD).order_by("-received_at")
    planned = (
        PlannedSeal.objects.filter(upload__letter__request=request, ended_at__isnull=True)
        .select_related("upload")
        .first()
    )
    reminders = Reminder.objects.filter(request=request, sent_at__isnull=True, dropped_at__isnull=True)
    return WriterMail(
        request_key=request.key,
        applicant=request.contact.owner.name,
        held=tuple(_held(row) for row in held[:MOST_HELD]),
        seals_at=planned.due_at if planned else None,
        file_name=planned.upload.name if planned else "",
        reminders=tuple(PlannedReminder(row.key, row.due_at) for row in reminders),
        is_muted=Mute.objects.filter(request=request, lifted_at__isnull=True).exists(),
        reply_address=_reply_address(request.key),
    )


def _held(row: Received) -> HeldMail:
    mail = parse(inbox.read(row))
    return HeldMail(
        key=row.key,
        from_address=", ".join(box.email for box in mail.from_),
        received_at=row.received_at,
        files=tuple(part.name for part in mail.attachments if not part.nested),
        first_words=" ".join(mail.text.split())[:160],
    )


def _reply_address(key: str) -> str:
    """Where this writer may send the letter by mail; "" where no mail comes in, or none has been sent yet."""
    token = outbox.reply_token(key)
    if not settings.MAIL_IN_DOMAIN or not ReplyAddress.objects.filter(token_hash=token_hash(token)).exists():
        return ""
    return f"r-{token}@{settings.MAIL_IN_DOMAIN}"
