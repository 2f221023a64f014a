from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from vouchsafe.asks.actions.make_link import make_link, token_link
from vouchsafe.asks.actions.send_reminder import locked_request
from vouchsafe.asks.mailbox import writers_mailbox
from vouchsafe.asks.models import Link, Request
from vouchsafe.asks.reach import is_reachable
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.people.mail_language import language_of

KINDS = ("not_taken", "received", "was_it_you", "words_kept", "yes_or_no")
A_DAY = timedelta(hours=24)
MOST_A_DAY = 8


class TooManyMails(Refusal):
    code = "too-many-mails"
    msgid = msg("{count} mails have been answered here within a day.")
    hint_msgid = msg("Use the page instead, or wait until tomorrow.")


@transaction.atomic
def write_back(
    *, request: Request, kind: str, facts: Mapping[str, Any], to_mail: str, now: datetime
) -> Outgoing:
    """Answer a mail of the writer's, always to the known address, with a link of its own to the page.

    Writes a mailed link and queues one mail; `to_mail` is the key of the mail it answers, so that handling that
    mail again queues nothing new. Refuses a ninth within a day, so that two machines never talk for long, and a
    writer without an address of their own.
    """
    locked = locked_request(request.pk)
    once = f"{kind}|{to_mail}"
    already = Outgoing.objects.filter(once=once).first()
    if already is not None:
        return already
    lately = Outgoing.objects.filter(about=locked.key, kind__in=KINDS, due_at__gt=now - A_DAY).count()
    if lately >= MOST_A_DAY:
        raise TooManyMails(count=lately)
    to = writers_mailbox(locked)
    links = {}
    if is_reachable():
        link = make_link(request=locked, kind=Link.Kind.MAILED, mailbox=to.mailbox, now=now)
        links = {"page_url": token_link(link)}
    owner = locked.contact.owner
    return outbox.queue(
        outbox.Parcel(
            kind=kind,
            to_address=to.address,
            to_name=locked.contact.name,
            facts=dict(facts),
            links=links,
            reply_key=locked.key,
            thread=locked.key,
            language=language_of(locked.contact),
        ),
        delivery=outbox.Delivery.AT_LEAST_ONCE,
        chain=owner.key,
        about=locked.key,
        once=once,
        now=now,
    )
