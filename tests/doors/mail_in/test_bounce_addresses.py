"""Each mail has an envelope sender of its own, so what comes back is matched even where it quotes nothing."""

from __future__ import annotations

from tests.mailroom import DOMAIN, Mailroom, mails_of

from vouchsafe.adapters.post.mail import Address, House
from vouchsafe.adapters.post.render import render
from vouchsafe.doors.mail_in.taking import accepts
from vouchsafe.doors.worker.carrying import build, envelope_sender

HOUSE = House(Address("letters@vouchsafe.test"))


def own(room: Mailroom) -> str:
    return render(build(room.ask, HOUSE)).mail_from


def test_mail_leaves_with_an_envelope_sender_of_its_own_that_takes_mail(room: Mailroom) -> None:
    address = own(room)
    assert address == f"b-{room.ask.message_id.partition('@')[0]}@{DOMAIN}"
    assert accepts(address)
    assert not accepts(f"b-{'0' * 40}@{DOMAIN}")
    assert not accepts(address.replace(DOMAIN, "elsewhere.example"))


def test_address_that_was_set_or_a_persons_own_mailbox_comes_first(room: Mailroom, settings: object) -> None:
    personal = House(Address("ada@example.org"), personal=True)
    assert envelope_sender("x", personal) == "ada@example.org"
    settings.BOUNCES_TO = "returns@vouchsafe.test"  # type: ignore[attr-defined]  # pytest-django's
    assert envelope_sender("x", HOUSE) == "returns@vouchsafe.test"


def test_bounce_that_quotes_nothing_pauses_the_request_by_its_address(room: Mailroom) -> None:
    raw = room.report(action="failed", status="5.1.1", about="nothing.of@theirs.example")
    row = room.arrive(raw.replace(b"To: letters@localhost", f"To: {own(room)}".encode()))
    assert (row.kind, row.outcome) == ("bounce", "paused")
    assert mails_of("bounce")[0].facts["address"] == "ben@writers.example"


def test_absence_note_to_that_address_is_known_as_one(room: Mailroom) -> None:
    note = room.reply(
        "I am away.",
        to=own(room),
        headers={"Auto-Submitted": "auto-replied", "Subject": "Away", "In-Reply-To": ""},
    )
    row = room.arrive(note)
    assert (row.kind, row.about) == ("auto-reply", room.request.key)
