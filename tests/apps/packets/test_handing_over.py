"""Packets on their way: what arrives, what is recorded of it, and that taking access away counts at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests import factories
from tests.cast import Cast
from tests.sealing import CANARY, at_work, make_packet_of, make_reader, make_sealed, token_for

from vouchsafe.adapters.pdf.active import scan_active
from vouchsafe.adapters.vault import FileInConfidence
from vouchsafe.core.uses import Uses
from vouchsafe.desk.verifying import check_file
from vouchsafe.ledger import custody, outbox
from vouchsafe.ledger.models import Line, Outgoing
from vouchsafe.letters.actions.set_scope import set_scope
from vouchsafe.letters.models import Copy, Seal
from vouchsafe.packets import access
from vouchsafe.packets.access import AccessOver
from vouchsafe.packets.actions.add_reader import (
    ReaderNeedsAddress,
)
from vouchsafe.packets.actions.download_packet import PacketInConfidence, download_packet
from vouchsafe.packets.actions.look_at_letter import look_at_letter
from vouchsafe.packets.actions.mail_packet import ReaderWithoutAddress, mail_packet
from vouchsafe.packets.actions.make_reader_link import (
    ReaderExpired,
    ReaderRevoked,
    make_reader_link,
)
from vouchsafe.packets.actions.make_reading_copy import make_reading_copy
from vouchsafe.packets.actions.move_expiry import ExpiryPassed, move_expiry
from vouchsafe.packets.actions.read_letter import read_letter
from vouchsafe.packets.actions.record_viewing import record_viewing
from vouchsafe.packets.actions.revoke_reader import revoke_reader
from vouchsafe.packets.actions.show_link import LinkNotForYou, show_link
from vouchsafe.packets.actions.take_back_mail import PacketHasLeft, take_back_mail
from vouchsafe.packets.actions.take_packet import take_packet
from vouchsafe.packets.models import Delivery, Reader, ReaderLink, Viewing
from vouchsafe.people.access import NotHere
from vouchsafe.plans.models import Opportunity

UNDO = timedelta(seconds=30)


def test_scope_narrowed_later_takes_the_letter_out_of_packets_already_sent(
    cast: Cast, opportunity: Opportunity, seal: Seal
) -> None:
    reader = make_reader(make_packet_of(seal, opportunity=opportunity))
    now = timezone.now()
    assert access.readable(reader, now)
    set_scope(visit=at_work(seal), seal=seal, uses=Uses(last_on=now.date() - timedelta(days=1)), now=now)
    assert [one.gone for one in access.enclosed(reader.packet, now)] == ["out_of_scope"]
    with pytest.raises(AccessOver):
        read_letter(reader=reader, seal=seal, what="read", now=now)


def test_mail_twice_within_a_minute_is_one_mail_and_undo_takes_link_and_mail_back(
    cast: Cast, opportunity: Opportunity, seal: Seal
) -> None:
    reader = make_reader(make_packet_of(seal, opportunity=opportunity))
    now = timezone.now()
    first = mail_packet(by=cast.ada, reader=reader, now=now, undo=UNDO)
    assert mail_packet(by=cast.ada, reader=reader, now=now, undo=UNDO) == first
    assert Outgoing.objects.filter(kind="packet").count() == 1
    take_back_mail(by=cast.ada, delivery=first, now=now)
    take_back_mail(by=cast.ada, delivery=first, now=now)
    assert not ReaderLink.objects.exists()
    again = mail_packet(by=cast.ada, reader=reader, now=now, undo=UNDO)
    assert again != first
    for claimed in outbox.claim("worker", now=now + UNDO):
        outbox.hand_over(claimed, now=now + UNDO)
    with pytest.raises(PacketHasLeft):
        take_back_mail(by=cast.ada, delivery=again, now=now + UNDO)


def test_revoking_takes_back_a_waiting_mail_and_ends_every_link(
    cast: Cast, opportunity: Opportunity, seal: Seal
) -> None:
    reader = make_reader(make_packet_of(seal, opportunity=opportunity))
    token, now = token_for(reader), timezone.now()
    mail_packet(by=cast.ada, reader=reader, now=now, undo=UNDO)
    revoke_reader(by=cast.ada, reader=reader, now=now)
    revoke_reader(by=cast.ada, reader=reader, now=now)
    assert Outgoing.objects.get(kind="packet").state == "withdrawn"
    assert Line.objects.filter(verb="reader_revoked").count() == 1
    assert access.reader_by_token(token, now).is_over == "revoked"
    reader = access.reader_of(cast.ada, reader.key)
    for act in (
        lambda: read_letter(reader=reader, seal=seal, what="read", now=now),
        lambda: look_at_letter(reader=reader, seal=seal, now=now),
        lambda: take_packet(reader=reader, now=now),
        lambda: make_reading_copy(reader=reader, now=now),
    ):
        with pytest.raises(AccessOver):
            act()
    with pytest.raises(ReaderRevoked):
        make_reader_link(reader=reader, now=now)
    with pytest.raises(ReaderRevoked):
        move_expiry(by=cast.ada, reader=reader, expires_at=now + UNDO, now=now)
    assert not Viewing.objects.exists()
    assert not Copy.objects.exists()


def test_access_ends_on_its_last_day_and_can_be_prolonged(
    cast: Cast, opportunity: Opportunity, seal: Seal
) -> None:
    reader = make_reader(make_packet_of(seal, opportunity=opportunity))
    later = reader.expires_at + timedelta(seconds=1)
    with pytest.raises(AccessOver):
        look_at_letter(reader=reader, seal=seal, now=later)
    with pytest.raises(ReaderExpired):
        make_reader_link(reader=reader, now=later)
    with pytest.raises(ExpiryPassed):
        move_expiry(by=cast.ada, reader=reader, expires_at=later, now=later)
    move_expiry(by=cast.ada, reader=reader, expires_at=later + UNDO, now=later)
    assert look_at_letter(reader=reader, seal=seal, now=later).startswith(b"%PDF")


def test_letter_arrives_byte_for_byte_and_its_reading_is_recorded(
    opportunity: Opportunity, seal: Seal
) -> None:
    reader = make_reader(make_packet_of(seal, opportunity=opportunity))
    data = read_letter(reader=reader, seal=seal, what="downloaded", now=timezone.now())
    assert check_file(data).verdict.is_sound
    viewing = Viewing.objects.get()
    assert (viewing.what, viewing.seal, viewing.reader) == ("downloaded", seal, reader)


def test_packet_file_carries_the_sealed_originals_unchanged(
    cast: Cast, opportunity: Opportunity, seal: Seal, waived: Seal
) -> None:
    import io

    import pikepdf

    reader = make_reader(make_packet_of(seal, waived, opportunity=opportunity))
    made = take_packet(reader=reader, now=timezone.now())
    with pikepdf.open(io.BytesIO(made)) as document:
        kept = {name: document.attachments[name].get_file().read_bytes() for name in document.attachments}
    assert set(kept) == {f"letter-{seal.number}.pdf", f"letter-{waived.number}.pdf"}
    assert all(check_file(data).verdict.is_sound for data in kept.values())
    # The attachments are what a packet is; nothing else in it acts.
    assert set(scan_active(made)) <= {"/AF", "/EF", "/EmbeddedFile", "/EmbeddedFiles"}
    assert Viewing.objects.filter(what="downloaded").count() == 2


def test_reading_copy_names_its_reader_and_is_known_as_a_copy(
    opportunity: Opportunity, seal: Seal, waived: Seal
) -> None:
    reader = make_reader(make_packet_of(seal, waived, opportunity=opportunity))
    made = make_reading_copy(reader=reader, now=timezone.now())
    assert scan_active(made) == []
    checked = check_file(made)
    assert checked.verdict.known.state == "reading_copy"
    assert checked.verdict.outcome == "genuine"
    assert set(Copy.objects.values_list("seal__number", flat=True)) == {seal.number, waived.number}
    assert checked.also == (waived.number,)


def test_applicant_downloads_a_packet_of_open_letters_and_no_other(
    cast: Cast, opportunity: Opportunity, seal: Seal, waived: Seal
) -> None:
    now = timezone.now()
    mine = make_packet_of(seal, opportunity=opportunity)
    assert download_packet(by=cast.ada, packet=mine, now=now).startswith(b"%PDF")
    with pytest.raises(PacketInConfidence):
        download_packet(by=cast.ada, packet=make_packet_of(seal, waived, opportunity=opportunity), now=now)


def test_link_is_shown_for_open_letters_alone(
    cast: Cast, opportunity: Opportunity, seal: Seal, waived: Seal
) -> None:
    now = timezone.now()
    reader = make_reader(make_packet_of(seal, opportunity=opportunity), address="")
    token = show_link(by=cast.ada, reader=reader, now=now)
    assert access.reader_by_token(token, now).reader == reader
    assert Delivery.objects.get().means == "link"
    with pytest.raises(ReaderWithoutAddress):
        mail_packet(by=cast.ada, reader=reader, now=now, undo=UNDO)
    closed = make_reader(make_packet_of(waived, opportunity=opportunity))
    with pytest.raises(LinkNotForYou):
        show_link(by=cast.ada, reader=closed, now=now)
    with pytest.raises(ReaderNeedsAddress):
        make_reader(make_packet_of(waived, opportunity=opportunity), address="")


def test_vault_refuses_the_applicant_behind_a_readers_cookie(
    cast: Cast, opportunity: Opportunity, waived: Seal
) -> None:
    reader = make_reader(make_packet_of(waived, opportunity=opportunity))
    now = timezone.now()
    assert look_at_letter(reader=reader, seal=waived, now=now, signed_in=cast.eve)
    with pytest.raises(FileInConfidence):
        look_at_letter(reader=reader, seal=waived, now=now, signed_in=cast.ada)
    with pytest.raises(FileInConfidence):
        read_letter(reader=reader, seal=waived, what="read", now=now, signed_in=cast.ada)
    Reader.objects.filter(pk=reader.pk).update(mailbox="ada@example.org")
    with pytest.raises(FileInConfidence):
        look_at_letter(reader=access.reader_of(cast.ada, reader.key), seal=waived, now=now)


def test_sealed_text_stands_nowhere_in_the_database(
    cast: Cast, opportunity: Opportunity, seal: Seal, waived: Seal
) -> None:
    from django.apps import apps

    make_reader(make_packet_of(seal, waived, opportunity=opportunity))
    for model in apps.get_models():
        for row in model._default_manager.all().values():  # type: ignore[attr-defined]  # every model has one
            for value in row.values():
                held = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                assert CANARY.encode() not in held, model
    assert CANARY.encode() in custody.decrypt(Seal.objects.get(pk=seal.pk).record, context="record")


def test_viewing_outside_the_packet_is_refused(cast: Cast, opportunity: Opportunity, seal: Seal) -> None:
    stranger = make_sealed(factories.make_contact(cast.ada, "Ivo Rask"), opportunity)
    reader = make_reader(make_packet_of(seal, opportunity=opportunity))
    with pytest.raises(AccessOver):
        record_viewing(reader=reader, seal=stranger, what="read", now=timezone.now())
    with pytest.raises(NotHere):
        access.readable_seal(reader, stranger.number, timezone.now())
