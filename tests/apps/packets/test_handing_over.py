"""Packets: what may go into one, who may read it, and that taking access away counts at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone
from tests import factories
from tests.cast import Cast
from tests.sealing import CANARY, make_packet_of, make_reader, make_sealed, token_for

from vouchsafe.adapters.pdf.active import scan_active
from vouchsafe.adapters.vault import FileInConfidence
from vouchsafe.asks.access import Visit
from vouchsafe.core.uses import Uses
from vouchsafe.desk.verifying import check_file
from vouchsafe.ledger import custody, outbox
from vouchsafe.ledger.models import Line, Outgoing
from vouchsafe.letters.actions.bring_letter import bring_letter
from vouchsafe.letters.actions.set_scope import set_scope
from vouchsafe.letters.actions.upload_letter import CheckedFile
from vouchsafe.letters.actions.withdraw_seal import withdraw_seal
from vouchsafe.letters.models import Copy, Seal
from vouchsafe.packets import access
from vouchsafe.packets.access import AccessOver
from vouchsafe.packets.actions.add_reader import (
    AddressNotReadable,
    ReaderIsApplicant,
    ReaderNeedsAddress,
    add_reader,
)
from vouchsafe.packets.actions.confirm_reader import OfficeAlone, confirm_reader
from vouchsafe.packets.actions.download_packet import PacketInConfidence, download_packet
from vouchsafe.packets.actions.look_at_letter import look_at_letter
from vouchsafe.packets.actions.mail_packet import ReaderWithoutAddress, mail_packet
from vouchsafe.packets.actions.make_packet import (
    LetterNotInScope,
    LetterNotReady,
    LetterNotSealed,
    PacketEmpty,
    make_packet,
)
from vouchsafe.packets.actions.make_reader_link import (
    ReaderExpired,
    ReaderHeld,
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
from vouchsafe.packets.models import Delivery, Packet, Reader, ReaderLink, Viewing
from vouchsafe.people.access import NotHere
from vouchsafe.plans.models import Opportunity

UNDO = timedelta(seconds=30)


@pytest.fixture
def opportunity(cast: Cast) -> Opportunity:
    return factories.make_opportunity(cast.ada, deadline_on=None)


@pytest.fixture
def seal(cast: Cast, opportunity: Opportunity) -> Seal:
    return make_sealed(cast.ben, opportunity)


@pytest.fixture
def waived(cast: Cast, opportunity: Opportunity) -> Seal:
    dora = factories.make_contact(cast.ada, "Dora Lindqvist")
    return make_sealed(dora, opportunity, confidentiality="waived")


def writer(seal: Seal) -> Visit:
    return Visit(seal.letter.request, seal.correspondent.mailbox, "mailed_link", has_code=True)  # type: ignore[arg-type]  # it has one


def made_of(cast: Cast, opportunity: Opportunity, *keys: str) -> Packet:
    now = timezone.now()
    return make_packet(
        by=cast.ada, opportunity=opportunity, destination=None, letter_keys=keys, title="", today=now.date(), now=now
    )  # fmt: skip


def test_packet_keeps_the_order_that_was_chosen(
    cast: Cast, opportunity: Opportunity, seal: Seal, waived: Seal
) -> None:
    packet = made_of(cast, opportunity, waived.letter.key, seal.letter.key, waived.letter.key)
    assert [one.seal.number for one in access.enclosed(packet, timezone.now())] == [
        waived.number,
        seal.number,
    ]
    assert packet.title == opportunity.title


@pytest.mark.parametrize(
    ("title", "purpose"),
    [
        ("For Harbour & Vale", "Harbour & Vale"),
        ("Für die Jury", "die Jury"),
        ("Forestry", "Forestry"),
        ("For ", "For "),
    ],
)
def test_packet_called_for_somebody_is_not_for_for_somebody(title: str, purpose: str) -> None:
    assert Packet(title=title).purpose == purpose


def test_packet_made_twice_within_a_minute_is_one_and_another_order_is_another(
    cast: Cast, opportunity: Opportunity, seal: Seal, waived: Seal
) -> None:
    keys = (seal.letter.key, waived.letter.key)
    first = made_of(cast, opportunity, *keys)
    assert made_of(cast, opportunity, *keys) == first
    assert made_of(cast, opportunity, *keys[::-1]) != first


def test_packet_refuses_what_cannot_be_vouched_for(cast: Cast, opportunity: Opportunity, seal: Seal) -> None:
    other = factories.make_opportunity(cast.ada, "Another post", deadline_on=None)
    fresh = make_sealed(
        factories.make_contact(cast.ada, "Gus Ferro"), opportunity, released=False, now=timezone.now()
    )
    brought = bring_letter(
        by=cast.ada, writer_name="An old teacher",
        checked=CheckedFile("old.pdf", "pdf", 1, b"%PDF-", "d" * 64, "e" * 64), now=timezone.now(),
    )  # fmt: skip
    with pytest.raises(PacketEmpty):
        made_of(cast, opportunity)
    with pytest.raises(LetterNotInScope):
        made_of(cast, other, seal.letter.key)
    with pytest.raises(LetterNotReady):
        made_of(cast, opportunity, fresh.letter.key)
    with pytest.raises(LetterNotSealed):
        made_of(cast, opportunity, brought.key)
    withdraw_seal(visit=writer(seal), seal=seal, now=timezone.now())
    with pytest.raises(LetterNotReady):
        made_of(cast, opportunity, seal.letter.key)
    assert not Packet.objects.exists()


def test_packet_of_another_applicants_letter_or_opportunity_is_not_here(
    cast: Cast, opportunity: Opportunity, seal: Seal
) -> None:
    theirs = factories.make_opportunity(cast.eve, deadline_on=None)
    for by, where in ((cast.eve, theirs), (cast.eve, opportunity)):
        with pytest.raises(NotHere):
            make_packet(
                by=by, opportunity=where, destination=None, letter_keys=[seal.letter.key], title="",
                today=timezone.localdate(), now=timezone.now(),
            )  # fmt: skip
    with pytest.raises(NotHere):
        access.packet(cast.eve, make_packet_of(seal, opportunity=opportunity).key)


def test_scope_narrowed_later_takes_the_letter_out_of_packets_already_sent(
    cast: Cast, opportunity: Opportunity, seal: Seal
) -> None:
    reader = make_reader(make_packet_of(seal, opportunity=opportunity))
    now = timezone.now()
    assert access.readable(reader, now)
    set_scope(visit=writer(seal), seal=seal, uses=Uses(last_on=now.date() - timedelta(days=1)), now=now)
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


# The applicant's own mailbox under fifty names, for ada@example.org and for her Gmail, Proton and Yahoo ones.
OWN = ("ada@example.org", "ada.marsh@gmail.com", "ada.marsh@proton.me", "ada@yahoo.com", "ada@fastmail.com")
DISGUISES = (
    "ada@example.org", "ADA@EXAMPLE.ORG", "Ada@Example.Org", "ada+reader@example.org", "ada+1@example.org",
    "ada+committee.chair@example.org", "Ada Marsh <ada@example.org>", '"Cleo Brandt" <ada@example.org>',
    "<ada@example.org>", "mailto:ada@example.org", '"ada"@example.org', "a(comment)da@example.org",
    "ada(the reader)@example.org", "ada@example.org.", "ada@EXAMPLE.org", "ada @example.org", "ada@ example.org",
    "\u200bada@example.org", "ada\u200d@example.org", "ada\u00ad@example.org", "\uff41da@example.org",
    "ada\uff20example.org", "ada@example\u3002org", "\u0430da@example.org", "ad\u0430@example.org",
    "\u0251da@example.org", "ada@ex\u0430mple.org", "\u202eada@example.org",
    "ada%example.org@relay.example", "example.org!ada@relay.example", "prvs=1234abcd=ada@example.org",
    "srs0=ab=cd=example.org=ada@forward.example", "bounce+ada=example.org@lists.example",
    "adamarsh@gmail.com", "a.d.a.m.a.r.s.h@gmail.com", "ADA.MARSH@gmail.com", "ada.marsh@googlemail.com",
    "adamarsh+x@googlemail.com", "ada.marsh+reader@gmail.com", "a.damarsh@googlemail.com",
    "adamarsh@proton.me", "ada-marsh@protonmail.com", "ada_marsh@pm.me", "ada.marsh+x@protonmail.ch",
    "ada-reader@yahoo.com", "ada-x@yahoo.com", "ADA@yahoo.com", "reader@ada.fastmail.com", "ada+x@fastmail.com",
    "x.y@ada.fastmail.com",
)  # fmt: skip


@pytest.mark.parametrize("address", DISGUISES)
def test_confidential_letter_is_never_sent_to_its_applicant_in_disguise(
    cast: Cast, opportunity: Opportunity, address: str
) -> None:
    for own in OWN:
        EmailAddress.objects.create(user=cast.ada, email=own, verified=own != "ada@yahoo.com")
    packet = _confidential_packet(cast, opportunity)
    with pytest.raises((ReaderIsApplicant, AddressNotReadable)):
        make_reader(packet, address=address)
    assert not Reader.objects.exists()


def test_fifty_disguises_are_tried() -> None:
    assert len(set(DISGUISES)) == 50


def test_second_account_of_the_applicant_is_refused_and_another_applicants_is_held(
    cast: Cast, opportunity: Opportunity
) -> None:
    factories.make_account("ada  MARSH", email="a.m@other.example")
    packet = _confidential_packet(cast, opportunity)
    with pytest.raises(ReaderIsApplicant):
        make_reader(packet, address="a.m+x@other.example")
    held = make_reader(packet, address="eve@example.org")
    assert held.held_why
    with pytest.raises(ReaderHeld):
        mail_packet(by=cast.ada, reader=held, now=timezone.now(), undo=UNDO)
    for nobody in (cast.ada, cast.eve):
        with pytest.raises(OfficeAlone):
            confirm_reader(by=nobody, reader=held, now=timezone.now())
    confirm_reader(by=cast.dana, reader=held, now=timezone.now())
    assert mail_packet(
        by=cast.ada, reader=access.reader_of(cast.ada, held.key), now=timezone.now(), undo=UNDO
    )


def test_open_letters_may_go_to_their_applicant(cast: Cast, opportunity: Opportunity, seal: Seal) -> None:
    assert (
        make_reader(make_packet_of(seal, opportunity=opportunity), address="ada@example.org").held_why == ""
    )


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


def test_reader_named_twice_is_one_reader_with_the_new_last_day(
    cast: Cast, opportunity: Opportunity, seal: Seal
) -> None:
    packet = make_packet_of(seal, opportunity=opportunity)
    first, now = make_reader(packet), timezone.now()
    again = add_reader(
        by=cast.ada, packet=packet, name="C. Brandt", address="CLEO@readers.example",
        expires_at=now + timedelta(days=90), now=now,
    )  # fmt: skip
    assert again == first
    assert again.expires_at == now + timedelta(days=90)
    revoke_reader(by=cast.ada, reader=first, now=now)
    assert make_reader(packet) != first


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


def _confidential_packet(cast: Cast, opportunity: Opportunity) -> Packet:
    """A packet with a waived letter, made without sealing one: fifty addresses would take fifty seals."""
    from vouchsafe.letters.models import Letter
    from vouchsafe.packets.models import Enclosure
    from vouchsafe.people.models import Correspondent

    now = timezone.now()
    request = make_request(cast, opportunity)
    letter = Letter.objects.create(
        applicant=cast.ada, request=request, writer_name="Ben", origin="written", confidentiality="waived", begun_at=now
    )  # fmt: skip
    seal = Seal.objects.create(
        letter=letter, number="K7QM-42TX", record=b"", digest="0" * 64, pdf_digest="0" * 64, manifest=b"", signature=b"",
        key_id="", file="0" * 32, pages=1, writer_name="Ben", proven_by="mailed_link", proven_mailbox_digest="",
        proven_domain="", sealed_at=now,
        correspondent=Correspondent.objects.create(mailbox="ben@writers.example", proven_at=now),
    )  # fmt: skip
    seal.scopes.create(set_at=now, set_by="test")
    packet = Packet.objects.create(owner=cast.ada, opportunity=opportunity, title="P", made_at=now)
    Enclosure.objects.create(packet=packet, seal=seal, position=0)
    return packet


def make_request(cast: Cast, opportunity: Opportunity) -> object:
    from vouchsafe.asks.actions.open_request import open_request

    return open_request(
        by=cast.ada, contact=cast.ben, opportunity=opportunity, shown_on=None, confidentiality="waived", subject="",
        note="", today=timezone.localdate(), now=timezone.now(),
    ).request  # fmt: skip
