from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from vouchsafe.asks.access import stage
from vouchsafe.asks.actions.close_request import close_request, has_letter
from vouchsafe.asks.actions.mail_promise import calling_off
from vouchsafe.asks.actions.make_link import stop_link
from vouchsafe.asks.actions.send_reminder import locked_request
from vouchsafe.asks.actions.withdraw_ask import withdraw_ask
from vouchsafe.asks.mailbox import WritersMailbox, demand_mailable
from vouchsafe.asks.models import Closing, Link, Request
from vouchsafe.core.stages import REQUEST
from vouchsafe.core.words import Refusal
from vouchsafe.ledger import outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.people.mail_language import language_of
from vouchsafe.people.models import Account


@transaction.atomic
def withdraw_request(
    *, by: Account, request: Request, words: str = "", undo: timedelta = timedelta(0), now: datetime
) -> Closing:
    """The applicant stops asking.

    Writes a closing, drops reminders, takes back what waits in the outbox. Queues one polite mail, which waits
    `undo`, if anything had reached the writer. Refuses a request that is over; the closing in force is
    returned to whoever asks twice.
    """
    locked = locked_request(request.pk)
    earlier = Closing.objects.filter(
        request=locked, why=Closing.Why.WITHDRAWN, lifted_at__isnull=True
    ).first()
    if earlier is not None:
        return earlier
    REQUEST.demand("withdraw", stage(locked))
    _withdraw_waiting_asks(by=by, request=locked, now=now)
    outbox.withdraw_about(locked.key, kinds=("reminder",), now=now)
    closing = close_request(request=locked, why=Closing.Why.WITHDRAWN, by=by.key, now=now)
    to = _mailbox(locked)
    promise_off = calling_off(request=locked, now=now)
    if to is not None and Link.objects.filter(request=locked, kind=Link.Kind.MAILED).exists():
        outbox.queue(
            outbox.Parcel(
                kind="cancelled",
                to_address=to.address,
                to_name=locked.contact.name,
                facts={"applicant": by.name, "purpose": _purposes(locked), "words": words.strip()},
                links=stop_link(request=locked, mailbox=to.mailbox),
                enclosed=(promise_off,) if promise_off else (),
                reply_key=locked.key,
                thread=locked.key,
                language=language_of(locked.contact),
            ),
            delivery=outbox.Delivery.AT_MOST_ONCE,
            chain=by.key,
            about=locked.key,
            once=f"cancelled|{locked.key}|{closing.pk}",
            now=now,
            wait=undo,
        )
    return closing


def _withdraw_waiting_asks(*, by: Account, request: Request, now: datetime) -> None:
    """Take back asks that no carrier was given yet; whoever was never mailed need not be told."""
    waiting = Outgoing.objects.filter(outbox.STILL_HERE, about=request.key, kind="ask")
    for key in list(waiting.values_list("key", flat=True)):
        withdraw_ask(by=by, request=request, outgoing_key=key, now=now)


def _mailbox(request: Request) -> WritersMailbox | None:
    """Where to say that no letter is needed; nowhere if there is no address, or no mail is wanted."""
    try:
        return demand_mailable(request)
    except Refusal:
        return None


def _purposes(request: Request) -> str:
    """What no letter is needed for any more; a letter that is sealed already was not in vain."""
    rows = request.purposes.filter(withdrawn_at__isnull=True).select_related("opportunity")
    return ", ".join(str(purpose.opportunity) for purpose in rows if not has_letter(purpose))
