from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from vouchsafe.core.reading.addresses import normalise
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.packets.access import demand_access, holds_confidential
from vouchsafe.packets.actions.add_reader import AddressNotReadable, ReaderNeedsName
from vouchsafe.packets.actions.mail_packet import mail_packet
from vouchsafe.packets.models import Reader
from vouchsafe.packets.whose_address import doubt_about

MOST = 5


class ColleagueNeedsAddress(Refusal):
    code = "colleague-needs-address"
    msgid = msg("There is no mail address for your colleague yet.")
    hint_msgid = msg("Enter it like name@example.org; their own link goes there.")


class ColleaguesEnough(Refusal):
    code = "colleagues-enough"
    msgid = msg("You have named {most} colleagues already.")
    hint_msgid = msg("Ask {applicant} to name whoever else is to read the letters.")


class CommitteeIsNamedByOffice(Refusal):
    code = "committee-is-named-by-office"
    msgid = msg("Who reads on the committee of a call is named by its office.")
    hint_msgid = msg("Ask the office to name your colleague.")


class ColleagueCannotName(Refusal):
    code = "colleague-cannot-name"
    msgid = msg("You were named by a colleague yourself.")
    hint_msgid = msg("Ask {reader} or {applicant} to name whoever else is to read the letters.")


@transaction.atomic
def name_colleague(*, reader: Reader, name: str, address: str, now: datetime) -> Reader:
    """A reader names a colleague, who gets a link of their own, to the same letters and until the same day.

    Writes the colleague and mails the link at once. Where a letter is confidential and the address may be the
    applicant's, in some disguise or by another account, is a free mailbox, or the first at a domain, nothing is
    mailed: it is held with a reason and the office makes sure. The reader is told the same in both cases. Refuses
    once access is over, an unreadable address, a sixth colleague, and a colleague's own colleague. A colleague named
    twice is one.
    """
    owner = reader.packet.owner
    address = address.strip()
    if not address:
        raise ColleagueNeedsAddress
    mailbox = normalise(address)
    if not mailbox:
        raise AddressNotReadable(address=address)
    if not name.strip():
        raise ReaderNeedsName
    locked = Reader.objects.select_for_update(of=("self",)).get(pk=reader.pk)
    if locked.seat_id is not None:
        raise CommitteeIsNamedByOffice
    demand_access(reader=locked, seal=None, now=now)
    if locked.named_by is not None:
        raise ColleagueCannotName(reader=locked.named_by.name, applicant=owner.name)
    standing = Reader.objects.filter(packet=reader.packet, revocation__isnull=True)
    already = standing.filter(mailbox=mailbox).first()
    if already is not None:
        return already
    if locked.colleagues.count() >= MOST:
        raise ColleaguesEnough(most=MOST, applicant=owner.name)
    colleague = Reader.objects.create(
        packet=reader.packet,
        name=name.strip()[:200],
        address=address,
        mailbox=mailbox,
        expires_at=locked.expires_at,
        held_why=doubt_about(owner, address) if holds_confidential(reader.packet) else "",
        named_by=locked,
        added_at=now,
    )
    journal.note(
        chain=owner.key,
        verb="reader_named",
        about=colleague.key,
        by=locked.key,
        now=now,
        detail=reader.packet.key,
    )
    if not colleague.held_why:
        mail_packet(by=owner, reader=colleague, now=now, undo=timedelta(0), caused_by=locked.key)
    return colleague
