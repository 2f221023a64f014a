"""The committee of a call: who reads what, from when, and until when."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.calling import NO_WAIT, join, letter_for, make_call, make_seat, turn
from tests.cast import Cast
from tests.factories import make_account, make_contact
from tests.sealing import CANARY

from vouchsafe.adapters.vault import FileInConfidence
from vouchsafe.core.words import Refusal
from vouchsafe.desk.call_table import call_table, table_as_csv
from vouchsafe.ledger import custody, outbox
from vouchsafe.ledger.models import Line, Outgoing
from vouchsafe.letters.models import Withdrawal
from vouchsafe.packets import access
from vouchsafe.packets.access import AccessOver
from vouchsafe.packets.access_committee import seat_by_key, seat_by_token
from vouchsafe.packets.actions.add_reader import ReaderIsApplicant
from vouchsafe.packets.actions.download_packet import NothingLeft
from vouchsafe.packets.actions.mail_packet import mail_packet
from vouchsafe.packets.actions.mail_seat import mail_seat
from vouchsafe.packets.actions.make_reader_link import ReaderOnCommittee
from vouchsafe.packets.actions.name_colleague import CommitteeIsNamedByOffice, name_colleague
from vouchsafe.packets.actions.name_seat import SeatRunsOffice
from vouchsafe.packets.actions.open_application import LettersHeld, open_application
from vouchsafe.packets.actions.read_letter import read_letter
from vouchsafe.packets.actions.record_viewing import record_viewing
from vouchsafe.packets.actions.revoke_seat import revoke_seat
from vouchsafe.packets.actions.set_seat_code import (
    SeatCodeSpent,
    SeatCodeWrong,
    set_seat_code,
    take_seat_code,
)
from vouchsafe.packets.actions.shortlist_applicants import ShortlistNotYours, shortlist_applicants
from vouchsafe.packets.models import Packet, Reader, Viewing
from vouchsafe.people.access import NotHere
from vouchsafe.plans.actions.take_part import leave_call, take_part
from vouchsafe.plans.models import Application, Shortlisting


def shortlist(by: Any, call: Any, *applications: Application, listed: bool = True) -> list[str]:
    return shortlist_applicants(
        by=by,
        call=call,
        keys=[one.key for one in applications],
        listed=listed,
        undo=timedelta(seconds=30),
        now=timezone.now(),
    )


def states(call: Any, seat: Any = None) -> list[list[str]]:
    return [[cell.state for cell in row.cells] for row in call_table(call, timezone.now(), seat).rows]


def test_committee_reader_reads_a_waived_letter_and_it_is_recorded(cast: Cast) -> None:
    call = make_call(cast.dana)
    application = join(cast.ada, call, cast.ben)
    seal = letter_for(application, cast.ben)
    seat = make_seat(cast.dana, call)
    reader = open_application(seat=seat, key=application.key, now=timezone.now())
    data = read_letter(reader=reader, seal=seal, what="read", now=timezone.now())
    assert data.startswith(b"%PDF")
    assert Viewing.objects.filter(reader=reader, seal=seal).exists()
    assert open_application(seat=seat, key=application.key, now=timezone.now()) == reader
    assert Packet.objects.filter(application=application).count() == 1
    assert states(call) == [["arrived"]]
    assert call_table(call, timezone.now()).rows[0].cells[0].readers == 1


def test_packet_of_the_committee_is_not_its_applicants_to_hand_on(cast: Cast) -> None:
    call = make_call(cast.dana)
    application = join(cast.ada, call, cast.ben)
    letter_for(application, cast.ben)
    reader = open_application(seat=make_seat(cast.dana, call), key=application.key, now=timezone.now())
    with pytest.raises(NotHere):
        access.packet(cast.ada, reader.packet.key)
    with pytest.raises(NotHere):
        access.reader_of(cast.ada, reader.key)
    with pytest.raises(ReaderOnCommittee):
        mail_packet(by=cast.ada, reader=reader, now=timezone.now(), undo=NO_WAIT)
    with pytest.raises(CommitteeIsNamedByOffice):
        name_colleague(reader=reader, name="Kim", address="kim@x.example", now=timezone.now())


def test_held_letter_is_read_only_while_its_applicant_is_shortlisted(cast: Cast) -> None:
    call = make_call(cast.dana, holds=True)
    application = join(cast.ada, call, cast.ben)
    seal = letter_for(application, cast.ben)
    seat = make_seat(cast.dana, call)
    assert states(call, seat) == [["held"]]
    with pytest.raises(LettersHeld):
        open_application(seat=seat, key=application.key, now=timezone.now())
    assert shortlist(cast.dana, call, application) == [application.key]
    assert shortlist(cast.dana, call, application) == []
    reader = open_application(seat=seat, key=application.key, now=timezone.now())
    assert states(call, seat) == [["arrived"]]
    shortlist(cast.dana, call, application, listed=False)
    with pytest.raises(AccessOver):
        read_letter(reader=reader, seal=seal, what="read", now=timezone.now())
    assert access.reader_by_key(reader.key, timezone.now()).is_over == "not_shown"
    assert Shortlisting.objects.filter(application=application).count() == 1


def test_shortlisting_mails_each_reader_once_and_undoing_takes_the_mail_back(cast: Cast) -> None:
    call = make_call(cast.dana, holds=True)
    both = [join(cast.ada, call, cast.ben), join(cast.eve, call, cast.ben_to_eve)]
    make_seat(cast.dana, call)
    make_seat(cast.dana, call, "Kim Vale")
    shortlist(cast.dana, call, *both)
    mails = Outgoing.objects.filter(kind="committee")
    assert [outbox.read(mail).facts["ready"] for mail in mails] == [2, 2]
    shortlist(cast.dana, call, *both, listed=False)
    assert set(mails.values_list("state", flat=True)) == {"withdrawn"}


def test_only_who_was_given_the_right_shortlists(cast: Cast) -> None:
    call, other = make_call(cast.dana), make_call(cast.dana, title="Another")
    application = join(cast.ada, call, cast.ben)
    may, may_not = make_seat(cast.dana, call, may_shortlist=True), make_seat(cast.dana, call, "Kim Vale")
    elsewhere = make_seat(cast.dana, other, may_shortlist=True)
    for stranger in (may_not, elsewhere, cast.ada, cast.eve):
        with pytest.raises(ShortlistNotYours):
            shortlist(stranger, call, application)
    assert shortlist(may, call, application) == [application.key]
    revoke_seat(by=cast.dana, seat=may, now=timezone.now())
    with pytest.raises(ShortlistNotYours):
        shortlist(may, call, application, listed=False)


def test_applicant_named_as_a_reader_reads_nothing_of_their_own(cast: Cast) -> None:
    call = make_call(cast.dana)
    application = join(cast.ada, call, cast.ben)
    letter_for(application, cast.ben)
    with pytest.raises(ReaderIsApplicant):
        make_seat(cast.dana, call, "Ada", address="Ada+x@example.org")
    # Claimed after the seat was named, a second account of the same name, the very address: each is refused at the door.
    seat = make_seat(cast.dana, call, "Ada Two", address="ada.two@committee.example")
    EmailAddress.objects.create(user=cast.ada, email="ada.two@committee.example", verified=False)
    with pytest.raises(ReaderIsApplicant):
        open_application(seat=seat, key=application.key, now=timezone.now())
    twin = make_seat(cast.dana, call, "Twin", address="twin@committee.example")
    make_account("ada  MARSH", email="twin@committee.example")
    with pytest.raises(ReaderIsApplicant):
        open_application(seat=twin, key=application.key, now=timezone.now())
    assert [row.is_own for row in call_table(call, timezone.now(), twin).rows] == [True]
    assert not Reader.objects.exists()


def test_vault_itself_refuses_a_committee_reader_whose_mailbox_is_the_applicants(cast: Cast) -> None:
    call = make_call(cast.dana)
    application = join(cast.ada, call, cast.ben)
    seal = letter_for(application, cast.ben)
    seat = make_seat(cast.dana, call)
    reader = open_application(seat=seat, key=application.key, now=timezone.now())
    with pytest.raises(FileInConfidence):
        read_letter(reader=reader, seal=seal, what="read", now=timezone.now(), signed_in=cast.ada)
    read_letter(reader=reader, seal=seal, what="read", now=timezone.now())
    reader.mailbox = cast.ada.email
    with pytest.raises(FileInConfidence):
        read_letter(reader=reader, seal=seal, what="read", now=timezone.now())


def test_office_is_no_reader_and_nobody_else_names_one(cast: Cast) -> None:
    call = make_call(cast.dana)
    with pytest.raises(SeatRunsOffice):
        make_seat(cast.dana, call, "Dana", address="Dana+calls@example.org")
    application = join(cast.ada, call, cast.ben)
    letter_for(application, cast.ben)
    seat = make_seat(cast.dana, call)
    make_account("Cleo Brandt", role="office", email="cleo@committee.example")
    with pytest.raises(SeatRunsOffice):
        open_application(seat=seat, key=application.key, now=timezone.now())
    with pytest.raises(Refusal):
        make_seat(cast.ada, call)
    with pytest.raises(Refusal):
        make_seat(cast.dana, call, expires_at=timezone.now() - timedelta(days=1))


def test_revoking_a_reader_ends_the_table_and_every_letter_at_once(cast: Cast) -> None:
    call = make_call(cast.dana)
    application = join(cast.ada, call, cast.ben)
    seal = letter_for(application, cast.ben)
    seat, other = make_seat(cast.dana, call), make_seat(cast.dana, call, "Kim Vale")
    reader = open_application(seat=seat, key=application.key, now=timezone.now())
    kims = open_application(seat=other, key=application.key, now=timezone.now())
    mail_seat(by=cast.dana, seat=seat, undo=timedelta(seconds=30), now=timezone.now())
    revoke_seat(by=cast.dana, seat=seat, now=timezone.now())
    revoke_seat(by=cast.dana, seat=seat, now=timezone.now())
    assert seat_by_key(seat.key, timezone.now()).is_over == "revoked"
    assert Outgoing.objects.get(kind="committee").state == "withdrawn"
    with pytest.raises(AccessOver):
        open_application(seat=seat, key=application.key, now=timezone.now())
    with pytest.raises(AccessOver):
        record_viewing(reader=reader, seal=seal, what="read", now=timezone.now())
    record_viewing(reader=kims, seal=seal, what="read", now=timezone.now())
    assert make_seat(cast.dana, call).pk != seat.pk


@pytest.mark.parametrize("ended", ["withdrawn_call", "left", "removed", "expired"])
def test_nothing_is_read_once_call_part_or_seat_is_over(cast: Cast, ended: str) -> None:
    call = make_call(cast.dana)
    application = join(cast.ada, call, cast.ben)
    seal = letter_for(application, cast.ben)
    seat, now = make_seat(cast.dana, call), timezone.now()
    reader = open_application(seat=seat, key=application.key, now=now)
    if ended == "withdrawn_call":
        turn(cast.dana, call, "withdraw")
    elif ended == "left":
        leave_call(by=cast.ada, application=application, now=now)
    elif ended == "removed":
        cast.ada.is_active = False
        cast.ada.save()
    else:
        now += timedelta(days=61)
    with pytest.raises((AccessOver, NotHere)):
        open_application(seat=seat, key=application.key, now=now)
    with pytest.raises(AccessOver):
        record_viewing(reader=reader, seal=seal, what="read", now=now)
    if ended == "left":
        assert states(call) == []
        take_part(by=cast.ada, call=call, now=now)
        record_viewing(reader=reader, seal=seal, what="read", now=now)


def test_letter_taken_back_or_open_where_confidence_is_asked_is_not_read(cast: Cast) -> None:
    call = make_call(cast.dana)
    application = join(cast.ada, call, cast.ben)
    seal = letter_for(application, cast.ben)
    seat = make_seat(cast.dana, call)
    reader = open_application(seat=seat, key=application.key, now=timezone.now())
    Withdrawal.objects.create(seal=seal, withdrawn_at=timezone.now(), withdrawn_by="writer")
    assert states(call) == [["withdrawn"]]
    with pytest.raises(NothingLeft):
        open_application(seat=seat, key=application.key, now=timezone.now())
    with pytest.raises(AccessOver):
        record_viewing(reader=reader, seal=seal, what="read", now=timezone.now())
    part = join(cast.eve, call, cast.ben_to_eve)
    letter_for(part, cast.ben_to_eve, confidentiality="open")
    assert ["openly"] in states(call)
    with pytest.raises(NothingLeft):
        open_application(seat=seat, key=part.key, now=timezone.now())


def test_letter_counts_only_if_its_writer_was_nominated_and_asked_here(cast: Cast) -> None:
    call = make_call(cast.dana, confidentiality="choice")
    mina = make_contact(cast.ada, "Mina Holt")
    application = join(cast.ada, call, mina)
    other = make_call(cast.dana, title="Another", confidentiality="choice")
    letter_for(join(cast.ada, other, cast.ben), cast.ben)
    assert states(call) == [["nominated"]]
    with pytest.raises(NothingLeft):
        open_application(seat=make_seat(cast.dana, call), key=application.key, now=timezone.now())


def test_code_is_asked_for_and_five_wrong_ones_close_the_link(cast: Cast) -> None:
    seat = make_seat(cast.dana, make_call(cast.dana))
    take_seat_code(seat=seat, code="", now=timezone.now())
    code = set_seat_code(by=cast.dana, seat=seat, now=timezone.now())
    take_seat_code(seat=seat, code=f"{code[:3]} {code[3:]}", now=timezone.now())
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(4):
        with pytest.raises(SeatCodeWrong):
            take_seat_code(seat=seat, code=wrong, now=timezone.now())
    with pytest.raises(SeatCodeSpent):
        take_seat_code(seat=seat, code=wrong, now=timezone.now())
    with pytest.raises(SeatCodeSpent):
        take_seat_code(seat=seat, code=code, now=timezone.now())


@pytest.mark.wide
def test_table_asks_the_same_number_of_queries_at_one_applicant_and_at_fifty(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    call = make_call(cast.dana)
    letter_for(join(cast.ada, call, cast.ben), cast.ben)
    seat = make_seat(cast.dana, call)
    with django_assert_num_queries(10):
        call_table(call, timezone.now())
    with django_assert_num_queries(13):
        call_table(call, timezone.now(), seat)
    for n in range(49):
        someone = make_account(f"Person {n}", email=f"person{n}@example.org")
        join(someone, call, make_contact(someone, f"Writer {n}"))
    with django_assert_num_queries(10):
        assert len(call_table(call, timezone.now()).rows) == 50
    with django_assert_num_queries(13):
        call_table(call, timezone.now(), seat)


def test_table_as_a_file_holds_states_and_no_word_of_a_letter_and_no_formula(cast: Cast) -> None:
    call = make_call(cast.dana)
    mina = make_contact(cast.ada, "=cmd|' /C calc'!A0")
    application = join(cast.ada, call, cast.ben, mina)
    letter_for(application, cast.ben)
    text = table_as_csv(call, call_table(call, timezone.now())).decode("utf-8-sig")
    assert "arrived" in text
    assert "nominated" in text
    assert CANARY not in text
    assert "\"'=cmd|" in text
    assert '"=cmd|' not in text


def test_journal_tells_of_the_committee_by_keys_alone(cast: Cast) -> None:
    call = make_call(cast.dana, holds=True)
    application = join(cast.ada, call, cast.ben)
    letter_for(application, cast.ben)
    seat = make_seat(cast.dana, call)
    shortlist(cast.dana, call, application)
    open_application(seat=seat, key=application.key, now=timezone.now())
    told = set(Line.objects.filter(chain=cast.ada.key).values_list("verb", flat=True))
    assert {"call_joined", "writer_nominated", "packet_for_committee", "reader_read"} <= told
    assert "applicant_listed" not in told, "an applicant's own journal tells nobody's decision"
    assert "applicant_listed" in Line.objects.filter(chain="office").values_list("verb", flat=True)


@pytest.mark.wide
def test_shown_says_the_same_as_the_stage_the_part_and_the_shortlist(cast: Cast) -> None:
    """Every combination of what can be: SQL and the rule in words agree."""
    for holds, turned, left, listed in product(
        (True, False), ("", "close", "withdraw"), (True, False), (True, False)
    ):
        call = make_call(cast.dana, holds=holds)
        application = join(cast.ada, call)
        if listed:
            shortlist(cast.dana, call, application)
        if left:
            leave_call(by=cast.ada, application=application, now=timezone.now())
        if turned:
            turn(cast.dana, call, turned)
        due = turned != "withdraw" and not left and (listed or not holds)
        assert Application.objects.shown().filter(pk=application.pk).exists() == due


def test_link_opens_by_its_token_alone(cast: Cast) -> None:
    seat = make_seat(cast.dana, make_call(cast.dana))
    mail_seat(by=cast.dana, seat=seat, undo=NO_WAIT, now=timezone.now())
    token = custody.token("committee", seat.key, 1, custody.secret_generation())
    assert seat_by_token(token, timezone.now()).seat == seat
    with pytest.raises(NotHere):
        seat_by_token(seat.key, timezone.now())
