"""Calendar feeds: private, revocable, never falling, and nothing in them that is somebody else's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar
from tests.cast import Cast
from tests.factories import make_contact, make_opportunity

from vouchsafe.asks.access import Visit
from vouchsafe.asks.actions.make_link import make_link, token_of
from vouchsafe.asks.actions.move_date import move_date
from vouchsafe.asks.actions.open_request import open_request
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.asks.actions.record_ask import record_ask
from vouchsafe.asks.actions.redraw_plan import redraw_plan
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.actions.undo_ask import undo_ask
from vouchsafe.asks.actions.withdraw_request import withdraw_request
from vouchsafe.asks.models import Link, Purpose
from vouchsafe.core.addresses import calendar_path, letters_due_path
from vouchsafe.desk.calendar import applicant_calendar
from vouchsafe.ledger import outbox
from vouchsafe.ledger.models import Line, Outgoing
from vouchsafe.people.access import calendar_token, correspondent_of
from vouchsafe.people.actions.make_calendar_feed import make_calendar_feed
from vouchsafe.people.models import CalendarFeed

NOW = datetime.now(UTC).replace(microsecond=0)
TODAY = NOW.date()
CANARY = "canary-note-4711"


def signed_in(account: Any) -> Client:
    client = Client()
    client.force_login(account)
    return client


def ask(cast: Cast, title: str = "Programme analyst") -> Purpose:
    job = make_opportunity(cast.ada, title, deadline_on=TODAY + timedelta(days=35))
    purpose = open_request(
        by=cast.ada, contact=cast.ben, opportunity=job, shown_on=TODAY + timedelta(days=28),
        confidentiality="open", subject="A letter", note=CANARY, today=TODAY, now=NOW,
    )  # fmt: skip
    send_ask(by=cast.ada, purpose=purpose, now=NOW, undo=timedelta(seconds=30))
    return purpose


def meets(cast: Cast) -> None:
    cast.ben.meets_regularly = True
    cast.ben.save()


def events(content: bytes) -> dict[str, Any]:
    calendar = Calendar.from_ical(content)
    assert calendar["METHOD"] == "PUBLISH"
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


def feed(cast: Cast) -> dict[str, Any]:
    make_calendar_feed(owner=cast.ada, now=NOW)
    answer = Client().get(calendar_path(calendar_token(cast.ada)))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert CANARY not in answer.content.decode()
    return events(answer.content)


def ending(found: dict[str, Any], end: str) -> Any:
    (event,) = (event for uid, event in found.items() if uid.removesuffix("@vouchsafe").endswith(end))
    return event


@pytest.fixture
def ben(cast: Cast) -> tuple[Client, Purpose]:
    """Ben's browser, after he came by his mailed link and entered the code for his calendar."""
    purpose = ask(cast)
    link = make_link(request=purpose.request, kind=Link.Kind.MAILED, mailbox="ben@writers.example", now=NOW)
    client = Client()
    client.post(f"/r/{token_of(link)}", {"act": "open"})
    base = f"/requests/{purpose.request.key}"
    client.post(f"{base}/code", {"use": "calendar"})
    code = outbox.read(Outgoing.objects.get(kind="writer_code")).facts["code"]
    client.post(f"{base}/proof", {"use": "calendar", "code": code})
    return client, purpose


def test_feed_holds_meeting_mail_shown_date_reminder_and_deadline(cast: Cast) -> None:
    ask(cast)
    make_contact(cast.ada, "Mina Holt", tie="mentor", knows_work=4, warmth=4, meets_regularly=True)
    make_contact(cast.ada, "Ola Reed", tie="mentor", knows_work=3, warmth=3)
    make_opportunity(cast.ada, "Second post", deadline_on=TODAY + timedelta(days=60))
    redraw_plan(by=cast.ada, today=TODAY, now=NOW)
    found = feed(cast)
    kinds = {uid.removesuffix("@vouchsafe").split("-", 1)[1].rsplit("-", 1)[-1] for uid in found}
    assert {"meet", "mail", "shown", "reminder", "deadline", "by"} & kinds >= {
        "meet",
        "shown",
        "reminder",
        "deadline",
    }
    assert str(ending(found, "-shown")["SUMMARY"]).startswith("Ben Okafor: the letter for Programme analyst")


def test_moved_date_keeps_its_uid_and_raises_its_sequence(cast: Cast) -> None:
    purpose = ask(cast)
    before = ending(feed(cast), "-shown")
    later = TODAY + timedelta(days=30)
    move_date(by=cast.ada, purpose=purpose, shown_on=later, today=TODAY, now=NOW + timedelta(minutes=5))
    after = ending(feed(cast), "-shown")
    assert after["UID"] == before["UID"]
    assert after["DTSTART"].dt == later
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_withdrawn_request_is_cancelled_and_stays_in_the_feed(cast: Cast) -> None:
    purpose = ask(cast)
    before = ending(feed(cast), "-shown")
    withdraw_request(by=cast.ada, request=purpose.request, now=NOW + timedelta(minutes=5))
    after = ending(feed(cast), "-shown")
    assert str(before["STATUS"]) == "CONFIRMED"
    assert str(after["STATUS"]) == "CANCELLED"
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_meeting_is_called_off_when_asked_earlier_and_back_after_undo_never_falling(cast: Cast) -> None:
    meets(cast)
    job = make_opportunity(cast.ada, deadline_on=TODAY + timedelta(days=60), need=1, spare=0)
    redraw_plan(by=cast.ada, today=TODAY, now=NOW)
    key = f"{job.key}-{cast.ben.key}-meet"

    def seen(minutes: int) -> Any:
        now = NOW + timedelta(minutes=minutes)
        return next(entry for entry in applicant_calendar(cast.ada, now) if entry.key == key)

    first = seen(0)
    row = record_ask(
        by=cast.ada, contact=cast.ben, opportunity=job, channel="in_person", said="yes",
        asked_on=TODAY, today=TODAY, now=NOW + timedelta(minutes=1),
    )  # fmt: skip
    second = seen(2)
    undo_ask(by=cast.ada, ask=row, now=NOW + timedelta(minutes=3))
    third = seen(4)
    assert [entry.cancelled for entry in (first, second, third)] == [False, True, False]
    assert first.sequence <= second.sequence <= third.sequence
    redraw_plan(by=cast.ada, today=TODAY, now=NOW + timedelta(minutes=5))
    assert seen(6).sequence >= third.sequence


def test_meeting_planned_for_the_very_day_it_was_held_is_not_coming_up(cast: Cast) -> None:
    meets(cast)
    job = make_opportunity(cast.ada, deadline_on=TODAY + timedelta(days=60), need=1, spare=0)
    redraw_plan(by=cast.ada, today=TODAY, now=NOW)
    key = f"{job.key}-{cast.ben.key}-meet"

    def seen() -> Any:
        now = NOW + timedelta(days=30)
        return next(entry for entry in applicant_calendar(cast.ada, now) if entry.key == key)

    day = seen().begins
    then = NOW + (day - TODAY) + timedelta(minutes=1)
    asked = {"contact": cast.ben, "opportunity": job, "channel": "in_person", "asked_on": day, "today": day}
    record_ask(by=cast.ada, said="not_met", now=then, **asked)
    assert not seen().cancelled, "the ask did not come about"
    record_ask(by=cast.ada, said="yes", now=then, **asked)
    assert seen().cancelled


def test_redrawn_plan_without_someone_calls_their_dates_off(cast: Cast) -> None:
    make_opportunity(cast.ada, deadline_on=TODAY + timedelta(days=60), need=1, spare=0)
    redraw_plan(by=cast.ada, today=TODAY, now=NOW)
    cast.ben.removed_at = NOW
    cast.ben.save()
    make_contact(cast.ada, "Mina Holt", tie="mentor", knows_work=4, warmth=4)
    redraw_plan(by=cast.ada, today=TODAY, now=NOW + timedelta(minutes=1))
    found = applicant_calendar(cast.ada, NOW + timedelta(minutes=2))
    mine = [entry for entry in found if cast.ben.key in entry.key]
    assert mine
    assert all(entry.cancelled for entry in mine)


def test_revoked_address_leads_nowhere_and_a_new_one_is_another(cast: Cast) -> None:
    ada = signed_in(cast.ada)
    ada.post("/calendar/address/")
    ada.post("/calendar/address/")
    assert CalendarFeed.objects.count() == 1, "a double click makes one"
    first = calendar_path(calendar_token(cast.ada))
    assert first in ada.get("/calendar/").content.decode()
    assert Client().get(first).status_code == 200
    ada.post("/calendar/address/removal/")
    assert Client().get(first).status_code == 404
    ada.post("/calendar/address/")
    assert calendar_path(calendar_token(cast.ada)) != first
    assert Client().get(first).status_code == 404


def test_database_holds_no_usable_calendar_address(cast: Cast) -> None:
    make_calendar_feed(owner=cast.ada, now=NOW)
    for row in CalendarFeed.objects.values():
        for value in row.values():
            assert Client().get(calendar_path(str(value))).status_code == 404


def test_eve_sees_her_own_dates_alone(cast: Cast) -> None:
    ask(cast)
    make_calendar_feed(owner=cast.eve, now=NOW)
    answer = Client().get(calendar_path(calendar_token(cast.eve)))
    assert not events(answer.content)
    assert "Programme analyst" not in signed_in(cast.eve).get("/calendar/").content.decode()


def test_signed_out_visitor_is_sent_to_sign_in(cast: Cast) -> None:
    assert Client().get("/calendar/").status_code == 302
    assert Client().post("/calendar/address/").status_code == 302
    assert not CalendarFeed.objects.exists()


def test_addresses_of_one_kind_do_not_open_the_other(cast: Cast, ben: tuple[Client, Purpose]) -> None:
    client, purpose = ben
    client.post(f"/requests/{purpose.request.key}/calendar/address")
    make_calendar_feed(owner=cast.ada, now=NOW)
    writer = correspondent_of("ben@writers.example")
    assert writer is not None
    assert Client().get(letters_due_path(calendar_token(cast.ada))).status_code == 404
    assert Client().get(calendar_path(calendar_token(writer))).status_code == 404


def test_writers_feed_holds_what_everybody_asks_of_that_mailbox(
    cast: Cast, ben: tuple[Client, Purpose]
) -> None:
    client, purpose = ben
    visit = Visit(purpose.request, "ben@writers.example", "mailed_link")
    promised = TODAY + timedelta(days=20)
    record_answer(visit=visit, said="yes", promised_on=promised, today=TODAY, now=NOW)
    page = f"/requests/{purpose.request.key}/calendar"
    client.post(f"{page}/address")
    writer = correspondent_of("ben@writers.example")
    assert writer is not None
    address = letters_due_path(calendar_token(writer))
    assert address in client.get(page).content.decode()
    found = events(Client().get(address).content)
    assert "Ada Marsh" in str(ending(found, "-needed")["SUMMARY"])
    assert ending(found, "-promised-by-you")["DTSTART"].dt == promised
    assert CANARY not in str(found)
    hidden = make_opportunity(cast.ada, "Not sent yet", deadline_on=TODAY + timedelta(days=35))
    open_request(
        by=cast.ada, contact=cast.ben, opportunity=hidden, shown_on=TODAY + timedelta(days=9),
        confidentiality="open", subject="A letter", note="", today=TODAY, now=NOW,
    )  # fmt: skip
    assert "Not sent yet" not in Client().get(address).content.decode(), "what is only prepared"
    client.post(f"{page}/removal")
    assert Client().get(address).status_code == 404


def test_handed_over_link_and_strangers_get_no_calendar_of_the_writer(cast: Cast) -> None:
    purpose = ask(cast)
    link = make_link(request=purpose.request, kind=Link.Kind.HANDED, mailbox="", now=NOW)
    client = Client()
    client.post(f"/r/{token_of(link)}", {"act": "open"})
    for visitor in (client, Client(), signed_in(cast.eve)):
        page = f"/requests/{purpose.request.key}/calendar"
        assert visitor.get(page).status_code == 404
        assert visitor.post(f"{page}/address").status_code == 404
    assert not CalendarFeed.objects.exists()


def test_forwarded_link_alone_shows_no_calendar_of_the_writer(
    cast: Cast, ben: tuple[Client, Purpose]
) -> None:
    """The address opens what every applicant asks of that mailbox; a code shows that the mailbox is there."""
    client, purpose = ben
    page = f"/requests/{purpose.request.key}/calendar"
    client.post(f"{page}/address")
    link = make_link(request=purpose.request, kind=Link.Kind.MAILED, mailbox="ben@writers.example", now=NOW)
    stranger = Client()
    stranger.post(f"/r/{token_of(link)}", {"act": "open"})
    assert "letters-due" not in stranger.get(page).content.decode()
    assert stranger.post(f"{page}/removal").status_code == 409
    assert stranger.post(f"{page}/address").status_code == 409
    assert "letters-due" in client.get(page).content.decode()


def test_applicant_signed_in_never_makes_the_writers_calendar(
    cast: Cast, ben: tuple[Client, Purpose]
) -> None:
    client, purpose = ben
    client.force_login(cast.ada)
    assert client.post(f"/requests/{purpose.request.key}/calendar/address").status_code == 409
    assert not CalendarFeed.objects.exists()


def test_one_meeting_is_a_file_with_the_uid_of_the_feed(cast: Cast) -> None:
    meets(cast)
    job = make_opportunity(cast.ada, deadline_on=TODAY + timedelta(days=60), need=1, spare=0)
    redraw_plan(by=cast.ada, today=TODAY, now=NOW)
    address = f"/calendar/meetings/{cast.ben.key}/{job.key}.ics"
    answer = signed_in(cast.ada).get(address)
    (uid,) = events(answer.content)
    assert uid in feed(cast)
    assert "attachment" in answer.headers["Content-Disposition"]
    assert signed_in(cast.eve).get(address).status_code == 404
    assert Client().get(address).status_code == 302


@pytest.mark.parametrize("requests", [1, 12])
def test_feed_takes_the_same_queries_however_much_is_in_it(
    cast: Cast, requests: int, django_assert_num_queries: Any
) -> None:
    job = make_opportunity(cast.ada, deadline_on=TODAY + timedelta(days=35))
    for n in range(requests):
        contact = make_contact(cast.ada, f"Writer{n} Holt", tie="mentor", knows_work=3)
        open_request(
            by=cast.ada, contact=contact, opportunity=job, shown_on=TODAY + timedelta(days=28),
            confidentiality="open", subject="A letter", note="", today=TODAY, now=NOW,
        )  # fmt: skip
    redraw_plan(by=cast.ada, today=TODAY, now=NOW)
    with django_assert_num_queries(12):
        applicant_calendar(cast.ada, NOW)


def test_looking_at_calendars_changes_no_row(cast: Cast, ben: tuple[Client, Purpose]) -> None:
    client, purpose = ben
    make_calendar_feed(owner=cast.ada, now=NOW)
    ada = signed_in(cast.ada)
    counts = [model.objects.count() for model in (Line, Outgoing, CalendarFeed)]
    rows = list(CalendarFeed.objects.values())
    for visitor in (client, ada, Client()):
        for method in ("get", "head"):
            for address in (
                "/calendar/", calendar_path(calendar_token(cast.ada)), f"/requests/{purpose.request.key}/calendar",
            ):  # fmt: skip
                getattr(visitor, method)(address)
    assert counts == [model.objects.count() for model in (Line, Outgoing, CalendarFeed)]
    assert rows == list(CalendarFeed.objects.values())
