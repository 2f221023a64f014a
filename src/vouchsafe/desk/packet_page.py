"""A packet as its applicant sees it: its letters, who may read it, what was handed over and what was opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Prefetch, QuerySet

from vouchsafe.core.destination_rules import LetterSeen, Rules, breaks
from vouchsafe.core.words import Sentence, say
from vouchsafe.ledger.models import Outgoing
from vouchsafe.letters.access_open import Shelved, shelf
from vouchsafe.letters.succession import successors_by_letter
from vouchsafe.packets.access import enclosed, raw_stage
from vouchsafe.packets.actions.take_reader_code import TRIES
from vouchsafe.packets.models import CallBack, Delivery, Packet, Reader, Viewing
from vouchsafe.people.models import Account
from vouchsafe.plans.models import Destination, Opportunity

MAILS = {
    Outgoing.State.WAITING: (say("The link is about to leave by mail to {reader}"), "wait"),
    Outgoing.State.BEGUN: (say("The link is leaving by mail to {reader}"), "wait"),
    Outgoing.State.SENT: (say("The link was mailed to {reader}"), "blue"),
    Outgoing.State.UNKNOWN: (
        say("It is not known whether the mail to {reader} arrived. Send a new link if in doubt"),
        "stop",
    ),
    Outgoing.State.FAILED: (say("The mail to {reader} could not be sent"), "stop"),
    Outgoing.State.WITHDRAWN: (say("You took back the mail to {reader}"), "wait"),
}
VIEWINGS = {
    Viewing.What.OPENED: say("{reader} opened the letters"),
    Viewing.What.DOWNLOADED: say("{reader} downloaded letter {number}"),
}


@dataclass(frozen=True, slots=True)
class PacketLine:
    key: str
    title: str
    made_at: datetime
    letters: int
    readers: int
    stage: str


@dataclass(frozen=True, slots=True)
class LetterInside:
    key: str
    number: str
    writer: str
    sealed_at: datetime
    digest: bytes
    is_confidential: bool
    gone: str
    replaced_by: str


@dataclass(frozen=True, slots=True)
class ReaderLine:
    """`state` is active, revoked, expired or held; `waiting` names the mail that may still be taken back."""

    key: str
    name: str
    address: str
    expires_at: datetime
    state: str
    handed: bool
    opened_at: datetime | None
    waiting: str
    held_why: str
    named_by: str
    has_code: bool
    code_spent: bool


@dataclass(frozen=True, slots=True)
class Happened:
    """`is_day`: only the day is known."""

    at: datetime
    said: Sentence
    tone: str
    is_day: bool = False


@dataclass(frozen=True, slots=True)
class PacketPage:
    key: str
    title: str
    words: str
    opportunity: str
    destination: str
    is_confidential: bool
    letters: tuple[LetterInside, ...]
    readers: tuple[ReaderLine, ...]
    story: tuple[Happened, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a packet may go: an opportunity, and perhaps one of its destinations."""

    value: str
    label: Sentence
    opportunity: str
    reader: str
    address: str
    rules: Rules = field(default_factory=Rules)
    due_on: date | None = None


def packet_lines(applicant: Account) -> tuple[PacketLine, ...]:
    """The list, in one query."""
    rows = (
        Packet.objects.with_facts()
        .own()
        .filter(owner=applicant)
        .annotate(letter_count=Count("enclosures", distinct=True))
    )
    return tuple(
        PacketLine(
            key=row.key,
            title=row.title,
            made_at=row.made_at,
            letters=row.letter_count,  # type: ignore[attr-defined]  # annotated above
            readers=row.live_reader_count,  # type: ignore[attr-defined]  # annotated by with_facts
            stage=raw_stage(row),
        )
        for row in rows
    )


def packet_page(packet: Packet, now: datetime) -> PacketPage:
    """One packet, in ten queries beside the one that found it, whatever it holds and however often it was read."""
    readers = list(
        packet.readers.select_related("revocation", "named_by").prefetch_related(
            "deliveries",
            Prefetch("viewings", queryset=_viewed()),
            Prefetch("call_backs", queryset=_asked()),
        )
    )
    keys = [
        delivery.outgoing for reader in readers for delivery in reader.deliveries.all() if delivery.outgoing
    ]
    mails = {mail.key: mail for mail in Outgoing.objects.filter(key__in=keys).defer("sealed_mail")}
    letters = letters_inside(packet, now)
    return PacketPage(
        key=packet.key,
        title=packet.title,
        words=packet.cover_words,
        opportunity=str(packet.opportunity),
        destination=packet.destination.label if packet.destination else "",
        is_confidential=any(letter.is_confidential for letter in letters),
        letters=letters,
        readers=tuple(_reader(reader, mails, now) for reader in readers),
        story=tuple(sorted(_story(packet, readers, mails), key=lambda what: what.at, reverse=True)),
    )


def letters_inside(packet: Packet, now: datetime) -> tuple[LetterInside, ...]:
    """The letters of a packet in their order. Three queries."""
    inside = enclosed(packet, now)
    newer = successors_by_letter(one.seal.letter_id for one in inside)
    return tuple(
        LetterInside(
            key=one.seal.letter.key,
            number=one.seal.number,
            writer=one.seal.writer_name,
            sealed_at=one.seal.sealed_at,
            digest=bytes.fromhex(one.seal.digest),
            is_confidential=not one.seal.letter.is_open,
            gone=one.gone,
            replaced_by=newer.get(one.seal.letter_id, ""),
        )
        for one in inside
    )


def places(applicant: Account) -> tuple[Place, ...]:
    """Every opportunity and its destinations, as one list to choose from. Three queries."""
    rows = Opportunity.objects.of(applicant).prefetch_related("destinations__rule_book")
    found = []
    for row in rows:
        name = f"{row.title}, {row.organisation}" if row.organisation else row.title
        for place in row.destinations.all():
            if place.removed_at is None and place.way != Destination.Way.PORTAL:
                mailed = place.way in (Destination.Way.MAIL, Destination.Way.READER_LINK)
                address = place.address if mailed and "@" in place.address else ""
                found.append(
                    Place(
                        f"d:{place.key}",
                        say("{name}: {place}", name=name, place=place.label),
                        row.key,
                        place.label,
                        address,
                        place.all_rules,
                        place.due_on,
                    )
                )
        found.append(Place(f"o:{row.key}", say("{name}: someone else", name=name), row.key, "", ""))
    return tuple(found)


def rules_broken(place: Place, letters: Sequence[Shelved], today: date) -> tuple[Sentence, ...]:
    """What these letters would break there, on the day they are due; pages and days, never a text."""
    seen = [
        LetterSeen(
            writer=letter.writer_name,
            sealed_on=letter.sealed_at.date() if letter.sealed_at else None,
            pages=letter.pages,
            is_stored=letter.uses is None or set(letter.uses.opportunities) != {place.opportunity},
        )
        for letter in letters
    ]
    return breaks(place.rules, seen, max(place.due_on or today, today))


def can_be_shared(applicant: Account) -> tuple[Shelved, ...]:
    """Sealed letters that stand: neither withdrawn nor replaced, and not merely brought."""
    return tuple(
        letter
        for letter in shelf(applicant)
        if letter.number and letter.withdrawn_at is None and not letter.successor
    )


def _reader(reader: Reader, mails: dict[str, Outgoing], now: datetime) -> ReaderLine:
    waiting = [
        delivery.outgoing
        for delivery in reader.deliveries.all()
        if delivery.outgoing in mails and mails[delivery.outgoing].state == Outgoing.State.WAITING
    ]
    handed = [
        delivery
        for delivery in reader.deliveries.all()
        if not delivery.outgoing or mails[delivery.outgoing].state != Outgoing.State.WITHDRAWN
    ]
    views = [view.viewed_at for view in reader.viewings.all()]
    state = "active"
    if hasattr(reader, "revocation"):
        state = "revoked"
    elif reader.expires_at <= now:
        state = "expired"
    elif reader.held_why:
        state = "held"
    return ReaderLine(
        key=reader.key,
        name=reader.name,
        address=reader.address,
        expires_at=reader.expires_at,
        state=state,
        handed=bool(handed),
        opened_at=max(views, default=None),
        waiting=waiting[-1] if waiting else "",
        held_why=reader.held_why,
        named_by=reader.named_by.name if reader.named_by else "",
        has_code=bool(reader.code_hash),
        code_spent=reader.code_tries >= TRIES,
    )


def _viewed() -> QuerySet[Viewing]:
    return Viewing.objects.select_related("seal").only("reader", "what", "viewed_at", "seal", "seal__number")


def _asked() -> QuerySet[CallBack]:
    """That a reader asked, and about whose letter: never the words."""
    return CallBack.objects.select_related("seal__letter").only(
        "reader", "asked_at", "seal", "seal__writer_name", "seal__letter", "seal__letter__confidentiality"
    )


def _story(packet: Packet, readers: list[Reader], mails: dict[str, Outgoing]) -> list[Happened]:
    told = [Happened(packet.made_at, say("You made the packet"), "blue")]
    told += [
        Happened(change.changed_at, say("You changed the order or the cover"), "blue")
        for change in packet.rearrangements.all()
    ]
    for reader in readers:
        if reader.named_by is not None:
            said = say(
                "{reader} named {colleague} as a reader", reader=reader.named_by.name, colleague=reader.name
            )
            told.append(Happened(reader.added_at, said, "blue"))
        for delivery in reader.deliveries.all():
            told.append(_delivery(reader, delivery, mails))
        for view in reader.viewings.all():
            if view.what == Viewing.What.READ:
                continue  # it came with the opening, which stands here already; each letter's own page tells it
            sentence = VIEWINGS[Viewing.What(view.what)]
            number = view.seal.number if view.seal else ""
            told.append(
                Happened(view.viewed_at, say(sentence.msgid, reader=reader.name, number=number), "seal")
            )
        for asked in reader.call_backs.all():
            if asked.seal.letter.is_open:  # of a letter in confidence not even this: docs/why/call-back.md
                said = say(
                    "{reader} asked {writer} something", reader=reader.name, writer=asked.seal.writer_name
                )
                told.append(Happened(asked.asked_at, said, "blue"))
        if hasattr(reader, "revocation"):
            said = say("You ended the access of {reader}", reader=reader.name)
            told.append(Happened(reader.revocation.revoked_at, said, "stop"))
    return told


def _delivery(reader: Reader, delivery: Delivery, mails: dict[str, Outgoing]) -> Happened:
    mail = mails.get(delivery.outgoing)
    if delivery.means == Delivery.Means.BY_HAND:
        said = say("You handed the letters to {reader} yourself", reader=reader.name)
        return Happened(delivery.delivered_at, said, "blue", is_day=True)
    if mail is None:
        said = say("You were shown a link for {reader}", reader=reader.name)
        return Happened(delivery.delivered_at, said, "blue")
    sentence, tone = MAILS[Outgoing.State(mail.state)]
    return Happened(mail.ended_at or delivery.delivered_at, say(sentence.msgid, reader=reader.name), tone)
