"""A promise reaches the writer's calendar by mail, moves there, and leaves it again."""

from __future__ import annotations

import email
import email.policy
from datetime import date, datetime, timedelta

import icalendar
import pytest
from tests.cast import Cast
from tests.factories import NOW, TODAY, make_opportunity, make_purpose, proven

from vouchsafe.adapters.post.render import render
from vouchsafe.asks.access import Visit
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.actions.withdraw_request import withdraw_request
from vouchsafe.asks.models import Link, Purpose
from vouchsafe.doors.worker import tasks
from vouchsafe.doors.worker.carrying import build, sending_house
from vouchsafe.ledger import outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.letters.actions.release_seal import release_seal
from vouchsafe.letters.actions.reopen_seal import reopen_seal
from vouchsafe.letters.actions.save_draft import save_draft
from vouchsafe.letters.actions.seal_letter import seal_letter
from vouchsafe.letters.actions.send_thanks import send_thanks
from vouchsafe.letters.draft_body import DraftBody
from vouchsafe.letters.models import Seal
from vouchsafe.letters.preparing import prepare_seal
from vouchsafe.people.models import Account

SOON = TODAY + timedelta(days=10)
LATER = TODAY + timedelta(days=14)
A_DAY = timedelta(days=1)


@pytest.fixture
def asked(cast: Cast) -> Purpose:
    purpose = make_purpose(cast.ben, make_opportunity(cast.ada))
    send_ask(by=cast.ada, purpose=purpose, now=NOW, undo=timedelta(0))
    tasks.send_mail(worker="w", now=NOW)
    return purpose


def say(purpose: Purpose, said: str, day: date | None = None, *, now: datetime = NOW) -> None:
    record_answer(visit=proven(purpose), said=said, promised_on=day, today=TODAY, now=now)


def seal(purpose: Purpose, *, now: datetime) -> Seal:
    visit = proven(purpose)
    letter = save_draft(
        visit=visit,
        body=DraftBody(text="I managed Ada for two years.", name="Ben Okafor"),
        based_on=0,
        now=now,
    ).letter
    prepared = prepare_seal(visit=visit, letter=letter, writer_name="Ben Okafor", now=now)
    return seal_letter(visit=visit, prepared=prepared, now=now)


def event(row: Outgoing) -> tuple[str, dict[str, object]]:
    (piece,) = outbox.read(row).enclosed
    calendar = icalendar.Calendar.from_ical(piece.content)
    (found,) = calendar.walk("VEVENT")
    assert f"method={calendar['METHOD']}" in piece.media_type
    return str(calendar["METHOD"]), {
        "uid": str(found["UID"]),
        "sequence": int(found["SEQUENCE"]),
        "day": found.decoded("DTSTART"),
        "status": str(found["STATUS"]),
    }


def mails(*kinds: str) -> list[Outgoing]:
    rows = Outgoing.objects.filter(kind__in=kinds).exclude(state=Outgoing.State.WITHDRAWN)
    return list(rows.order_by("id"))


def test_promise_is_mailed_to_the_writer_with_its_day(asked: Purpose) -> None:
    say(asked, "yes", SOON)
    (row,) = mails("promise")
    assert outbox.read(row).to_address == "ben@writers.example"
    assert row.delivery == outbox.Delivery.AT_LEAST_ONCE
    method, found = event(row)
    assert (method, found["day"], found["status"]) == ("PUBLISH", SOON, "CONFIRMED")
    tasks.send_mail(worker="w", now=NOW + A_DAY)
    row.refresh_from_db()
    assert row.state == Outgoing.State.SENT


def test_promise_moved_keeps_its_uid_and_raises_its_sequence_even_within_a_second(asked: Purpose) -> None:
    say(asked, "yes", SOON)
    tasks.send_mail(worker="w", now=NOW + A_DAY)
    say(asked, "yes", LATER, now=NOW + timedelta(milliseconds=5))
    first, second = (event(row)[1] for row in mails("promise"))
    assert first["uid"] == second["uid"]
    assert int(str(second["sequence"])) > int(str(first["sequence"]))
    assert second["day"] == LATER


def test_two_dates_in_one_minute_make_one_mail(asked: Purpose) -> None:
    say(asked, "yes", SOON)
    say(asked, "yes", LATER, now=NOW + timedelta(seconds=20))
    (row,) = mails("promise")
    assert event(row)[1]["day"] == LATER


def test_promise_taken_back_leaves_the_calendar(asked: Purpose) -> None:
    say(asked, "yes", SOON)
    tasks.send_mail(worker="w", now=NOW + A_DAY)
    say(asked, "taken_back", now=NOW + 2 * A_DAY)
    published, (row,) = event(mails("promise")[0])[1], mails("promise_off")
    method, found = event(row)
    assert (method, found["status"], found["uid"]) == ("CANCEL", "CANCELLED", published["uid"])
    assert int(str(found["sequence"])) > int(str(published["sequence"]))


def test_promise_taken_back_before_its_mail_left_sends_neither(asked: Purpose) -> None:
    say(asked, "yes", SOON)
    say(asked, "taken_back", now=NOW + timedelta(seconds=30))
    assert mails("promise", "promise_off") == []


def test_yes_without_a_day_is_thanked_with_the_date_shown_and_no_file(asked: Purpose) -> None:
    say(asked, "yes")
    (row,) = mails("promise")
    parcel = outbox.read(row)
    assert parcel.enclosed == ()
    assert (parcel.facts["by"], parcel.facts["chosen"]) == (asked.shown_on, False)


def test_plain_no_is_not_mailed_back_to_its_writer(asked: Purpose) -> None:
    say(asked, "no")
    assert mails("promise", "promise_off") == []


def test_letter_sealed_takes_the_promised_day_out_of_the_calendar(asked: Purpose) -> None:
    say(asked, "yes", SOON)
    tasks.send_mail(worker="w", now=NOW + A_DAY)
    published = event(mails("promise")[0])[1]
    seal(asked, now=NOW + 2 * A_DAY)
    (row,) = mails("sealed")
    method, found = event(row)
    assert (method, found["status"], found["uid"]) == ("CANCEL", "CANCELLED", published["uid"])
    assert int(str(found["sequence"])) > int(str(published["sequence"]))
    assert tasks.send_mail(worker="w", now=NOW + 3 * A_DAY) == 1
    row.refresh_from_db()
    assert row.state == Outgoing.State.SENT


def test_letter_sealed_before_its_promise_was_mailed_sends_the_receipt_alone(asked: Purpose) -> None:
    say(asked, "yes", SOON)
    seal(asked, now=NOW + timedelta(seconds=30))
    (row,) = mails("promise", "sealed")
    assert (row.kind, outbox.read(row).enclosed) == ("sealed", ())


def test_letter_sealed_without_a_promised_day_encloses_nothing(asked: Purpose) -> None:
    say(asked, "yes")
    tasks.send_mail(worker="w", now=NOW + A_DAY)
    seal(asked, now=NOW + 2 * A_DAY)
    (row,) = mails("sealed")
    assert outbox.read(row).enclosed == ()


def test_letter_opened_again_can_be_promised_for_another_day(asked: Purpose) -> None:
    say(asked, "yes", SOON)
    tasks.send_mail(worker="w", now=NOW + A_DAY)
    sealed = seal(asked, now=NOW + 2 * A_DAY)
    off = event(mails("sealed")[0])[1]
    visit = Visit(asked.request, "ben@writers.example", "mailed_code", has_code=True, took_code=True)
    reopen_seal(visit=visit, seal=sealed, now=NOW + 2 * A_DAY + timedelta(minutes=5))
    say(asked, "yes", LATER, now=NOW + 2 * A_DAY + timedelta(minutes=6))
    method, found = event(mails("promise")[-1])
    assert (method, found["day"], found["uid"]) == ("PUBLISH", LATER, off["uid"])
    assert int(str(found["sequence"])) > int(str(off["sequence"]))


def test_mails_of_one_request_stand_in_one_thread_and_say_how_to_stop(asked: Purpose) -> None:
    first = Outgoing.objects.get(kind="ask")
    say(asked, "yes", SOON)
    tasks.send_mail(worker="w", now=NOW + A_DAY)
    seal(asked, now=NOW + 2 * A_DAY)
    release_seal(seal=Seal.objects.get(), by="hour", now=NOW + 3 * A_DAY)
    letter = Seal.objects.get().letter
    send_thanks(
        by=letter.applicant, letter_key=letter.key, words="Thank you", now=NOW + 4 * A_DAY, undo=A_DAY
    )
    house = sending_house()
    for row in mails("promise", "sealed", "thanks"):
        made = email.message_from_bytes(render(build(row, house)).raw, policy=email.policy.default)
        assert made["References"] == f"<{first.message_id}>"
        assert (made["List-Unsubscribe"] is not None) is (row.kind != "sealed")
    assert Link.objects.filter(mailbox="ben@writers.example").count() == 3  # thanks need none of their own


def test_request_withdrawn_calls_the_promised_day_off_in_its_one_mail(asked: Purpose, cast: Cast) -> None:
    say(asked, "yes", SOON)
    tasks.send_mail(worker="w", now=NOW + A_DAY)
    withdraw_request(by=cast.ada, request=asked.request, now=NOW + 2 * A_DAY)
    (row,) = mails("cancelled", "promise_off")
    assert event(row)[0] == "CANCEL"
    assert tasks.send_mail(worker="w", now=NOW + 3 * A_DAY) == 1
    row.refresh_from_db()
    assert row.state == Outgoing.State.SENT


def test_promised_day_is_named_in_the_language_of_its_writer(asked: Purpose) -> None:
    Account.objects.filter(pk=asked.opportunity.owner_id).update(language="de")
    say(asked, "yes", SOON)
    (row,) = mails("promise")
    (piece,) = outbox.read(row).enclosed
    (found,) = icalendar.Calendar.from_ical(piece.content).walk("VEVENT")
    assert outbox.read(row).language == "de"
    assert "Schreiben" in str(found["SUMMARY"])
