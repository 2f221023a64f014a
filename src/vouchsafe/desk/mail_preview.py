"""A mail as its reader will see it: made by the very code that sends it, with links that lead nowhere yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext, ngettext

from vouchsafe.adapters.post.kinds import ask, outcome, reminder
from vouchsafe.adapters.post.mail import Address, House, Link, Mail, Route
from vouchsafe.adapters.post.render import Rendered, render
from vouchsafe.asks.actions.send_reminder import MOST, reminder_facts
from vouchsafe.asks.mailbox import WritersMailbox, writers_mailbox
from vouchsafe.asks.models import Reminder, Request
from vouchsafe.asks.reach import is_reachable
from vouchsafe.core.addresses import request_path, stop_path
from vouchsafe.core.words import Refusal, Sentence
from vouchsafe.ledger import outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.people.access import instance

KINDS: dict[str, Callable[..., Mail]] = {
    "ask": ask.ask,
    "reminder": reminder.reminder,
    "cancelled": outcome.cancelled,
}
PLACE = "x" * 43  # as long as a real token, which is made only at the moment of sending


@dataclass(frozen=True, slots=True)
class MailPreview:
    """What stands in the mail, part by part, and both its bodies."""

    from_name: str
    from_address: str
    to: str
    subject: str
    words: tuple[str, ...]
    paragraphs: tuple[str, ...]
    button: str
    lines: tuple[str, ...]
    foot: tuple[str, ...]
    text: str
    html: str


def preview(
    kind: str, facts: dict[str, Any], *, request: Request, to: WritersMailbox | None, now: datetime
) -> MailPreview:
    """The mail of this kind to this request's writer, as it would leave now. Writes nothing."""
    host = instance()
    personal = host is not None and host.host == "personal"
    links = is_reachable()
    address = to.address if to else "nobody@example.org"
    route = Route(
        to=Address(address, request.contact.name),
        house=House(
            Address(
                host.owner.email
                if personal and host and not settings.MAIL_FROM_IS_SET
                else settings.MAIL_FROM
            ),
            kept_by="" if personal or host is None else host.name,
            personal=personal,
        ),
        message_id="<preview@vouchsafe.invalid>",
        at=now,
        stop_url=settings.BASE_URL + stop_path(PLACE) if links else "",
        language=request.contact.owner.language,
    )
    if links and kind in ("ask", "reminder"):
        facts = {**facts, "page_url": settings.BASE_URL + request_path(PLACE)}
    mail = KINDS[kind](route, **facts)
    return _shown(mail, render(mail, said), to)


def said(sentence: Sentence) -> str:
    """A sentence in the active language; dates among its facts have been said already."""
    if sentence.plural is None or sentence.n is None:
        return gettext(sentence.msgid).format_map(dict(sentence.facts))
    return ngettext(sentence.msgid, sentence.plural, sentence.n).format_map(dict(sentence.facts))


def _shown(mail: Mail, rendered: Rendered, to: WritersMailbox | None) -> MailPreview:
    from vouchsafe.adapters.post.wording import Wording

    wording = Wording(said, mail.route.language, mail.route.at.year)

    def words(item: str | Sentence | Link) -> str:
        return wording.say(item.label) if isinstance(item, Link) else wording.say(item)

    return MailPreview(
        from_name=words(mail.from_name),
        from_address=mail.route.house.address.email,
        to=f"{mail.route.to.name} <{to.address}>" if to else mail.route.to.name,
        subject=rendered.subject,
        words=tuple(part.strip() for part in mail.words.split("\n\n") if part.strip()),
        paragraphs=tuple(words(item) for item in mail.paragraphs),
        button=words(mail.button) if mail.button else "",
        lines=tuple(words(item) for item in mail.lines),
        foot=tuple(words(item) for item in mail.foot),
        text=rendered.text,
        html=rendered.html,
    )


def sent_mail(row: Outgoing, *, request: Request) -> MailPreview:
    """A mail in the outbox as its reader sees it, but for its links, which nobody else ever learns."""
    parcel = outbox.read(row)
    to = WritersMailbox(parcel.to_address, parcel.to_address)
    return preview(row.kind, dict(parcel.facts), request=request, to=to, now=row.ended_at or row.due_at)


def reminder_to_come(request: Request, *, now: datetime) -> MailPreview:
    """What the next reminder would say."""
    number = Reminder.objects.filter(request=request, sent_at__isnull=False).count() + 1
    try:
        to = writers_mailbox(request)
    except Refusal:
        to = None
    return preview("reminder", reminder_facts(request, min(number, MOST)), request=request, to=to, now=now)
