"""Sealed letters and packets for tests, made by the product's own actions."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pikepdf
from django.utils import timezone

from vouchsafe.asks.access import Visit
from vouchsafe.asks.actions.open_request import open_request
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.ledger import custody
from vouchsafe.letters.actions.release_seal import release_seal
from vouchsafe.letters.actions.save_draft import save_draft
from vouchsafe.letters.actions.seal_letter import seal_letter
from vouchsafe.letters.draft_body import DraftBody
from vouchsafe.letters.models import Letter, Seal
from vouchsafe.letters.preparing import prepare_seal
from vouchsafe.packets.actions.add_reader import add_reader
from vouchsafe.packets.actions.make_packet import make_packet
from vouchsafe.packets.actions.make_reader_link import PURPOSE, make_reader_link
from vouchsafe.packets.models import Packet, Reader
from vouchsafe.packets.whose_address import NEW_DOMAIN
from vouchsafe.people.models import Account, Contact
from vouchsafe.plans.models import Opportunity

CANARY = "kestrel-lantern-marigold"


def make_sealed(
    contact: Contact,
    opportunity: Opportunity,
    *,
    confidentiality: str = "open",
    text: str = f"I managed Ada for two years. {CANARY}",
    released: bool = True,
    now: datetime | None = None,
) -> Seal:
    """Asked, answered, written and sealed, an hour ago; told of unless `released` is False."""
    now = now or timezone.now() - timedelta(hours=2)
    purpose = open_request(
        by=contact.owner, contact=contact, opportunity=opportunity, shown_on=None, confidentiality=confidentiality,
        subject="", note="Dear Ben,\n\nwould you?", today=now.date(), now=now,
    )  # fmt: skip
    first = contact.addresses.first()
    assert first is not None
    visit = Visit(purpose.request, first.mailbox, "mailed_link")
    record_answer(visit=visit, said="yes", today=now.date(), now=now)
    body = DraftBody(text=text, name=contact.name)
    letter = save_draft(visit=visit, body=body, based_on=0, now=now).letter
    prepared = prepare_seal(visit=visit, letter=letter, writer_name=contact.name, now=now)
    seal = seal_letter(visit=visit, prepared=prepared, now=now)
    if released:
        release_seal(seal=seal, by="hour", now=now + timedelta(hours=1))
    return seal


def make_packet_of(*seals: Seal, opportunity: Opportunity, title: str = "For Harbour & Vale") -> Packet:
    now = timezone.now()
    owner = seals[0].letter.applicant
    return make_packet(
        by=owner, opportunity=opportunity, destination=None, letter_keys=[seal.letter.key for seal in seals],
        title=title, cover_words="Here they are.", today=now.date(), now=now,
    )  # fmt: skip


def make_reader(packet: Packet, name: str = "Cleo Brandt", address: str = "cleo@readers.example") -> Reader:
    """A reader who may be handed it: at a domain that the office knows, where that is asked."""
    now = timezone.now()
    reader = add_reader(
        by=packet.owner, packet=packet, name=name, address=address, expires_at=now + timedelta(days=30), now=now
    )  # fmt: skip
    if reader.held_why == NEW_DOMAIN:
        Reader.objects.filter(pk=reader.pk).update(held_why="", confirmed_at=now)
        reader.refresh_from_db()
    return reader


def token_for(reader: Reader) -> str:
    link = make_reader_link(reader=reader, now=timezone.now())
    return custody.token(PURPOSE, reader.key, link.n, link.generation)


def plain_pdf(text: str = CANARY) -> bytes:
    """A one-page PDF as somebody would have it, unsealed."""
    made = pikepdf.new()
    made.add_blank_page(page_size=(595, 842))
    page = made.pages[0]
    font = made.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Contents = made.make_stream(f"BT /F1 12 Tf 72 700 Td (For Ada Marsh: {text}) Tj ET".encode())
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def account_of(seal: Seal) -> Account:
    return seal.letter.applicant


def at_work(seal: Seal, **more: Any) -> Visit:
    """Ben, who has just taken a code."""
    request = seal.letter.request
    assert request is not None
    known = Visit(
        request, seal.correspondent.mailbox, "mailed_code", has_code=True, took_code=True, works_here=True
    )
    return replace(known, **more)


def by_link(seal: Seal) -> Visit:
    """Whoever holds a link that was mailed to Ben, and perhaps forwarded."""
    request = seal.letter.request
    assert request is not None
    return Visit(request, seal.correspondent.mailbox, "mailed_link")


def seal_it(visit: Visit, letter: Letter, *, release: bool = True) -> Seal:
    now = timezone.now()
    prepared = prepare_seal(visit=visit, letter=letter, writer_name="Ben Okafor", now=now)
    seal = seal_letter(visit=visit, prepared=prepared, now=now)
    if release:
        release_seal(seal=seal, by="hour", now=now + timedelta(hours=1))
    return seal
