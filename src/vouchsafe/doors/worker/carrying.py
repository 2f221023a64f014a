"""From an outbox row to a sent mail: make the links, build the mail of its kind, render it, hand it over."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import formataddr
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone, translation

from vouchsafe.adapters.post.caught import Caught
from vouchsafe.adapters.post.kinds import (
    account_note,
    adviser_named,
    ask,
    assistant,
    bounce,
    call_back,
    calling,
    codes,
    digest,
    doubt,
    farewell,
    fresh_link,
    held,
    hook_paused,
    invitation,
    letter_replaced,
    letter_safe,
    office_alert,
    outcome,
    packet,
    promise,
    received,
    reminder,
    said_no,
    sealed,
    stand_by,
    thanks,
    uses_changed,
    writer_wrote,
)
from vouchsafe.adapters.post.mail import Address, Attachment, House, Mail, Route
from vouchsafe.adapters.post.provider import Provider
from vouchsafe.adapters.post.render import render
from vouchsafe.adapters.post.send import Smtp, Tls
from vouchsafe.adapters.post.transport import Outcome, Transport
from vouchsafe.adapters.post.transport import Parcel as Envelope
from vouchsafe.adapters.vault import Role, Viewer
from vouchsafe.asks.access import visit_by_proof
from vouchsafe.asks.actions.pause_request import pause_request
from vouchsafe.core import addresses
from vouchsafe.core.words import Refusal, Sentence
from vouchsafe.ledger import custody, outbox
from vouchsafe.people import access

if TYPE_CHECKING:
    from vouchsafe.ledger.models import Outgoing

log = logging.getLogger("vouchsafe.worker")
KINDS: dict[str, Callable[..., Mail]] = {
    "account_note": account_note.account_note,
    "adviser_named": adviser_named.adviser_named,
    "ask": ask.ask,
    "assistant": assistant.assistant,
    "bounce": bounce.bounce,
    "call_back": call_back.call_back,
    "call_back_answered": call_back.call_back_answered,
    "call_back_returned": call_back.call_back_returned,
    "call_changed": calling.call_changed,
    "call_invited": calling.call_invited,
    "cancelled": outcome.cancelled,
    "committee": calling.committee,
    "farewell": farewell.farewell,
    "fresh_link": fresh_link.fresh_link,
    "fresh_reader_link": fresh_link.fresh_reader_link,
    "held_expired": held.held_expired,
    "hook_paused": hook_paused.hook_paused,
    "invitation": invitation.invitation,
    "letter_replaced": letter_replaced.letter_replaced,
    "letter_safe": letter_safe.letter_safe,
    "not_taken": doubt.not_taken,
    "office_alert": office_alert.office_alert,
    "outcome": outcome.outcome,
    "packet": packet.packet,
    "promise": promise.promise,
    "promise_off": promise.promise_off,
    "propose_stand_by": stand_by.propose_stand_by,
    "received": received.received,
    "reminder": reminder.reminder,
    "said_no": said_no.said_no,
    "sealed": sealed.sealed,
    "sign_in_code": codes.sign_in_code,
    "stand_by_asked": stand_by.stand_by_asked,
    "thanks": thanks.thanks,
    "uses_changed": uses_changed.uses_changed,
    "was_it_you": doubt.was_it_you,
    "words_kept": received.words_kept,
    "writer_code": codes.writer_code,
    "writer_digest": digest.writer_digest,
    "writer_wrote": writer_wrote.writer_wrote,
    "yes_or_no": doubt.yes_or_no,
}
_TLS: dict[str, Tls] = {"tls": "ssl", "starttls": "starttls", "none": "none"}
FULL = "5.2.2"  # RFC 3463: the mailbox is full
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)
MOST_ATTEMPTS = 12


def carry(rows: Sequence[Outgoing]) -> None:
    """Send claimed rows over one connection and record for each how it ended."""
    if not rows:
        return
    house = sending_house()
    with transport() as carrier:
        for row in rows:
            _carry_one(row, house, carrier)


def transport() -> Smtp | Provider | Caught:
    """Who carries mail, by the settings: a server, a provider, or nobody, and then mail is caught and shown."""
    if settings.SMTP_HOST:
        return Smtp(
            settings.SMTP_HOST,
            settings.SMTP_PORT,
            user=settings.SMTP_USER,
            password=settings.SMTP_PASSWORD,
            tls=_TLS[settings.SMTP_TLS],
        )
    if settings.MAIL_PROVIDER:
        return Provider(f"anymail.backends.{settings.MAIL_PROVIDER}.EmailBackend")
    return catcher()


def catcher() -> Caught:
    """What keeps mails, encrypted, for the mailbox of whoever runs the house."""
    return Caught(settings.DATA_FOLDER / "mail", lambda raw: custody.encrypt(raw, context="caught-mail"))


def build(row: Outgoing, house: House) -> Mail:
    """The mail of a row, with its links made now.

    A laptop has no public address: from a personal host without one, mails to others carry no link at all.
    """
    parcel = outbox.read(row)
    reachable = settings.PUBLIC_URL is not None or not house.personal or parcel.to_address == house.owner
    links = {
        name: settings.BASE_URL + _path(link) if reachable else "" for name, link in parcel.links.items()
    }
    stop_url = links.pop("stop_url", "")
    facts: dict[str, Any] = {**parcel.facts, **links}
    if parcel.enclosed:
        facts["attachments"] = tuple(_attachment(piece) for piece in parcel.enclosed)
    local = row.message_id.partition("@")[0]
    route = Route(
        to=Address(parcel.to_address, parcel.to_name),
        house=replace(house, bounces_to=envelope_sender(local, house)),
        message_id=f"<{row.message_id}>",
        at=timezone.now(),
        reply_to=_reply_address(parcel.reply_key),
        references=_thread(parcel.thread, row),
        stop_url=stop_url,
        language=parcel.language,
    )
    return KINDS[parcel.kind](route, **facts)


def translate(language: str) -> Callable[[Sentence], str]:
    """Say a sentence in a language, with its facts as the post gives them."""

    def said(sentence: Sentence) -> str:
        with translation.override(language):
            if sentence.plural is None or sentence.n is None:
                return translation.gettext(sentence.msgid).format_map(dict(sentence.facts))
            return translation.ngettext(sentence.msgid, sentence.plural, sentence.n).format_map(
                dict(sentence.facts)
            )

    return said


def _carry_one(row: Outgoing, house: House, carrier: Transport) -> None:
    try:
        mail = build(row, house)
        rendered = render(mail, translate(mail.route.language))
    except Exception as trouble:  # one mail that can't be made must not keep the others waiting
        why = trouble.code if isinstance(trouble, Refusal) else type(trouble).__name__
        log.exception("mail %s could not be made", row.key)
        outbox.finish(row, state=outbox.State.FAILED, now=datetime.now(UTC), outcome=f"not made: {why}")
        return
    if not outbox.hand_over(row, now=datetime.now(UTC)):  # the claim ran out; it is another worker's now
        return
    sent = carrier.send(Envelope.of(rendered))
    now = datetime.now(UTC)
    said = f"{sent.code or ''} {sent.step}".strip()
    if sent.outcome is Outcome.REFUSED and sent.step == "rcpt":
        _pause(row, sent.reply, now)
    if sent.outcome is Outcome.SENT:
        outbox.finish(row, state=outbox.State.SENT, now=now, outcome=said)
    elif sent.outcome is Outcome.REFUSED or (sent.outcome is Outcome.LATER and row.attempts >= MOST_ATTEMPTS):
        outbox.finish(row, state=outbox.State.FAILED, now=now, outcome=said)
    elif sent.outcome is Outcome.LATER or row.delivery == outbox.Delivery.AT_LEAST_ONCE:
        outbox.give_back(row, now=now, wait=backoff(row.attempts), outcome=said)
    else:
        outbox.finish(row, state=outbox.State.UNKNOWN, now=now, outcome=said)


def _pause(row: Outgoing, text: str, now: datetime) -> None:
    """The server says at once that nobody reads mail there: to its request the same as a bounce."""
    key = outbox.read(row).reply_key
    if not key:
        return
    try:
        request = visit_by_proof(key, "", "").request
    except access.NotHere:
        return
    pause_request(request=request, mail=row, mailbox_full=FULL in text, by="worker", now=now)


def backoff(attempts: int) -> timedelta:
    """Twice as long each time up to four hours, between half and all of it, so that mails don't return together."""
    longest: timedelta = min(FIRST_WAIT * 2 ** min(attempts, 12), LONGEST_WAIT)
    return longest * random.uniform(0.5, 1.0)  # noqa: S311 - jitter, not a secret


def sending_house() -> House:
    instance = access.instance()
    personal = instance is not None and instance.host == "personal"
    # A personal host writes from its owner's own mailbox, unless another one is set.
    from_owner = personal and instance is not None and not settings.MAIL_FROM_IS_SET
    return House(
        address=Address(instance.owner.email if from_owner and instance else settings.MAIL_FROM),
        kept_by="" if personal or instance is None else instance.name,
        personal=personal,
        owner=instance.owner.email if instance is not None else "",
    )


def envelope_sender(local: str, house: House) -> str:
    """Where servers report that a mail did not arrive: the address that was set, else one of this mail alone.

    It carries the mail's own name, so a report is matched even where it quotes nothing. Only where mail for our
    domain comes in here; a person's own mailbox sends from itself.
    """
    if settings.BOUNCES_TO:
        return str(settings.BOUNCES_TO)
    if settings.MAIL_IN_DOMAIN and not house.personal:
        return f"b-{local}@{settings.MAIL_IN_DOMAIN}"
    return house.address.email


def _path(link: outbox.TokenLink | outbox.PlainLink) -> str:
    if isinstance(link, outbox.PlainLink):
        return link.path
    token = custody.token(link.purpose, link.key, link.n, link.generation)
    make: Callable[[str], str] = getattr(addresses, link.path)
    return make(token)


def _reply_address(key: str) -> str:
    """Where an answer goes: an unguessable address of our own, once mail comes in here."""
    if not key or not settings.MAIL_IN_DOMAIN:
        return ""
    return formataddr(("", f"r-{outbox.reply_token(key)}@{settings.MAIL_IN_DOMAIN}"))


def _thread(thread: str, row: Outgoing) -> tuple[str, ...]:
    """The first mail of the thread, so that reminders stay with their ask."""
    first = outbox.first_of_thread(thread) if thread else None
    return (f"<{first}>",) if first and first != row.message_id else ()


def _attachment(piece: outbox.Enclosed) -> Attachment:
    content = piece.content or custody.vault().open(piece.file, Viewer(Role.HOUSE, purpose="mail"))
    return Attachment(piece.name, piece.media_type, content)
