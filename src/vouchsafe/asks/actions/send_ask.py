from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from vouchsafe.asks.access import ask_mails, stage
from vouchsafe.asks.actions.heed_call import demand_call_rules
from vouchsafe.asks.actions.keep_prediction import keep_prediction
from vouchsafe.asks.actions.make_link import make_link, token_link
from vouchsafe.asks.actions.plan_reminders import plan_reminders
from vouchsafe.asks.actions.watch_for_silence import watch_for_silence
from vouchsafe.asks.mailbox import NoAddress, StopsMail, demand_mailable
from vouchsafe.asks.models import Ask, Document, Link, Purpose, Request
from vouchsafe.asks.reach import is_reachable
from vouchsafe.core.stages import REQUEST
from vouchsafe.core.timing import LEADS, AskTooLate, Pace
from vouchsafe.ledger import journal, outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.people.models import Account

__all__ = ["NoAddress", "StopsMail", "send_ask"]

SPENT = {Outgoing.State.WITHDRAWN, Outgoing.State.FAILED}


@transaction.atomic
def send_ask(
    *,
    by: Account,
    purpose: Purpose,
    now: datetime,
    undo: timedelta,
    send_at: datetime | None = None,
    ask_anyway: bool = False,
    again: bool = False,
) -> Outgoing:
    """Mail the ask for one purpose to the writer's mailbox, with the request's documents.

    Writes a mailed link, an ask row, that it is not held ready any more, the planned reminders and when silence is long, and how likely the letter was then; queues the mail, which waits `undo` (or
    until `send_at`) in the outbox. The same purpose twice queues nothing new, unless the mailbox has changed
    since, or the outcome of the last mail is unknown and `again` says to send it once more. Refuses less than
    a week before the deadline without `ask_anyway` (here, or said of the opportunity), a writer without an address or with the applicant's own, one
    who has stopped our mails, one whose mail bounced, and what the rules of a call speak against.
    """
    request = (
        Request.objects.select_for_update(of=("self",))
        .select_related("contact__owner", "correspondent")
        .get(pk=purpose.request_id)
    )
    REQUEST.demand("mail", stage(request))
    to = demand_mailable(request)
    mails = ask_mails(purpose)
    already = next((row for row in mails if _counts(row, to.address, again)), None)
    if already is not None:
        return already
    _demand_time(by, purpose, ask_anyway, now)
    demand_call_rules(by=by, purpose=purpose, now=now)
    contact = request.contact
    link = make_link(request=request, kind=Link.Kind.MAILED, mailbox=to.mailbox, now=now)
    row = outbox.queue(
        outbox.Parcel(
            kind="ask",
            to_address=to.address,
            to_name=contact.name,
            facts={
                "applicant": by.name,
                "words": purpose.note,
                "by": purpose.shown_on,
                "subject": purpose.subject,
            },
            links={"page_url": token_link(link), "stop_url": token_link(link, "stop_path")}
            if is_reachable()
            else {},
            enclosed=_enclosed(request),
            reply_key=request.key,
            thread=request.key,
            language=by.language,
        ),
        delivery=outbox.Delivery.AT_MOST_ONCE,
        chain=by.key,
        about=request.key,
        once=f"ask|{purpose.key}|{len(mails)}",
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
    Purpose.objects.filter(pk=purpose.pk, ready_at__isnull=False).update(ready_at=None)
    if all(mail.state in SPENT for mail in mails):  # the first that is to leave
        keep_prediction(purpose=purpose, leaves_at=row.due_at, now=now)
    plan_reminders(request=request, now=row.due_at)
    watch_for_silence(purpose=purpose, mail=row, now=now)
    journal.note(chain=by.key, verb="ask_queued", about=request.key, by=by.key, now=now, detail=row.key)
    return row


def _counts(row: Outgoing, address: str, again: bool) -> bool:
    """Whether this mail is the ask already: it did not fail, and went where the next one would go."""
    if row.state in SPENT or (again and row.state == Outgoing.State.UNKNOWN):
        return False
    return outbox.read(row).to_address == address


def _demand_time(by: Account, purpose: Purpose, ask_anyway: bool, now: datetime) -> None:
    deadline = purpose.opportunity.deadline_on
    if deadline is None or ask_anyway or purpose.opportunity.ask_anyway_at is not None:
        return
    left = (deadline - now.astimezone(ZoneInfo(by.time_zone or "UTC")).date()).days
    if left < LEADS[Pace.FORMAL].refuse_under:
        raise AskTooLate(days=max(left, 0))


def _enclosed(request: Request) -> tuple[outbox.Enclosed, ...]:
    rows = Document.objects.filter(request=request, removed_at__isnull=True)
    return tuple(outbox.Enclosed(f"{row.name}.pdf", "application/pdf", file=row.file) for row in rows)
