from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from vouchsafe.asks.access import stage
from vouchsafe.asks.actions.make_link import make_link, token_link
from vouchsafe.asks.actions.plan_reminders import plan_reminders
from vouchsafe.asks.models import Ask, Link, Purpose, Request
from vouchsafe.core.stages import REQUEST
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal, outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.people.models import Account


class NoAddress(Refusal):
    code = "no-address"
    msgid = msg("We have no mail address for {writer}.")
    hint_msgid = msg("Add one to the contact, or hand over the link in person.")


class StopsMail(Refusal):
    code = "stops-mail"
    msgid = msg("{writer} has asked not to be mailed by Vouchsafe.")
    hint_msgid = msg("Speak in person and hand over the link.")


@transaction.atomic
def send_ask(
    *, by: Account, purpose: Purpose, now: datetime, undo: timedelta, send_at: datetime | None = None
) -> Outgoing:
    """Mail the ask for one purpose to the contact's first address.

    Writes a mailed link, an ask row and the planned reminders; queues the mail, which waits `undo` (or
    until `send_at`) in the outbox. Sending the same purpose twice queues nothing new. Refuses a contact
    without an address, and a writer who has stopped our mails.
    """
    request = (
        Request.objects.select_for_update(of=("self",))
        .select_related("contact", "correspondent")
        .get(pk=purpose.request_id)
    )
    contact = request.contact
    REQUEST.demand("mail", stage(request))
    first = contact.addresses.first()
    if first is None:
        raise NoAddress(writer=contact.name)
    if request.correspondent is not None and request.correspondent.no_mail_at is not None:
        raise StopsMail(writer=contact.name)
    earlier = Outgoing.objects.filter(once__startswith=f"ask|{purpose.key}|")
    already = earlier.exclude(state__in=(Outgoing.State.WITHDRAWN, Outgoing.State.FAILED)).first()
    if already is not None:
        return already
    link = make_link(request=request, kind=Link.Kind.MAILED, mailbox=first.mailbox, now=now)
    row = outbox.queue(
        outbox.Parcel(
            kind="ask",
            to_address=first.address,
            to_name=contact.name,
            facts={
                "applicant": by.name,
                "words": purpose.note,
                "by": purpose.shown_on,
                "subject": purpose.subject,
            },
            links={"page_url": token_link(link), "stop_url": token_link(link, "stop_path")},
            reply_key=request.key,
            thread=request.key,
            language=by.language,
        ),
        delivery=outbox.Delivery.AT_MOST_ONCE,
        chain=by.key,
        about=request.key,
        once=f"ask|{purpose.key}|{earlier.count()}",
        now=now,
        wait=max(undo, (send_at - now) if send_at else undo),
    )
    Ask.objects.create(
        contact=contact,
        opportunity=purpose.opportunity,
        channel=Ask.Channel.MAIL,
        said=Ask.Said.WAITING,
        asked_on=row.due_at.date(),
        recorded_at=now,
    )
    plan_reminders(request=request, now=row.due_at)
    journal.note(chain=by.key, verb="ask_queued", about=request.key, by=by.key, now=now, detail=row.key)
    return row
