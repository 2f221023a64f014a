"""Calendar files, read back with two readers that know nothing of each other."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from vouchsafe.core.timing import (
    Entry,
    Method,
    Organiser,
    Place,
    entries_of,
    schedule,
    working_days_of,
    write_calendar,
)

DATA = Path(__file__).resolve().parents[3] / ".." / "shared" / "data" / "calendars"
NOW = datetime(2026, 10, 12, 9, 30, tzinfo=UTC)
ADA = Organiser("Ada, “A” Lovelace", "ada@example.org")
BERLIN = ZoneInfo("Europe/Berlin")
MEETING = Entry(
    "k4f9-meet",
    datetime(2026, 10, 26, 10, 0, tzinfo=BERLIN),
    "Meet Ben; bring the résumé, and the posting",
    NOW,
    description="Room 2.14\nsecond floor",
    url="https://vouchsafe.example/plans/k4f9?a=1,2;b=3",
    remind_before=timedelta(days=1),
)
PROMISE = Entry("k4f9-shown", date(2026, 11, 6), "Letter wanted", NOW)


def written(*entries: Entry, method: Method = Method.PUBLISH, name: str = "Letters") -> bytes:
    return write_calendar(entries, name=name, host="vouchsafe.example", organiser=ADA, method=method)


def read(raw: bytes) -> icalendar.Calendar:
    return icalendar.Calendar.from_ical(raw)


def test_feed_has_what_publishing_asks_for() -> None:
    calendar = read(written(MEETING, PROMISE))
    assert calendar["METHOD"] == "PUBLISH"
    assert calendar["VERSION"] == "2.0"
    for event in calendar.walk("VEVENT"):
        assert not event.errors
        for needed in ("UID", "DTSTAMP", "DTSTART", "SUMMARY", "ORGANIZER", "SEQUENCE", "STATUS"):
            assert needed in event
        assert "ATTENDEE" not in event
        assert event["ORGANIZER"] == "mailto:ada@example.org"
        assert event["STATUS"] == "CONFIRMED"


def test_lines_are_short_and_end_as_the_standard_says() -> None:
    raw = written(Entry("k", date(2026, 11, 6), "Ä" * 200, NOW, description="word " * 100))
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    assert raw.decode("utf-8")


def test_both_readers_find_the_same_moments_texts_and_alarms() -> None:
    raw = written(MEETING, PROMISE)
    by_icalendar = {str(e["UID"]): e for e in read(raw).walk("VEVENT")}
    by_vobject = {e.uid.value: e for e in vobject.readOne(raw.decode()).vevent_list}
    assert (
        set(by_icalendar)
        == set(by_vobject)
        == {"k4f9-meet@vouchsafe.example", "k4f9-shown@vouchsafe.example"}
    )
    for one, other in ((by_icalendar[uid], by_vobject[uid]) for uid in by_icalendar):
        assert one.decoded("DTSTART") == other.dtstart.value
        assert one.decoded("DTEND") == other.dtend.value
        assert str(one["SUMMARY"]) == other.summary.value
    meeting, theirs = by_icalendar["k4f9-meet@vouchsafe.example"], by_vobject["k4f9-meet@vouchsafe.example"]
    assert meeting.decoded("DTSTART") == MEETING.begins
    assert str(meeting["SUMMARY"]) == MEETING.summary
    assert str(meeting["DESCRIPTION"]) == theirs.description.value == MEETING.description
    assert str(meeting["URL"]) == theirs.url.value == MEETING.url
    assert meeting.walk("VALARM")[0].decoded("TRIGGER") == theirs.valarm.trigger.value == -timedelta(days=1)
    promise = by_icalendar["k4f9-shown@vouchsafe.example"]
    assert promise.decoded("DTSTART") == date(2026, 11, 6)
    assert promise.decoded("DTEND") == date(2026, 11, 7)


text = st.text(st.characters(codec="utf-8"), max_size=120)


@given(text, text, text)
def test_any_text_comes_back_and_breaks_nothing(summary: str, description: str, name: str) -> None:
    entry = Entry(
        "k", date(2026, 11, 6), f"x{summary}x", NOW, description=f"x{description}x", url="https://a.example/"
    )
    raw = write_calendar([entry], name=name, host="h.example", organiser=Organiser(name, "a@b.example"))
    calendar = read(raw)
    (event,) = calendar.walk("VEVENT")
    assert len(calendar.walk()) == 2

    def plain(words: str) -> str:
        lines = words.replace("\r\n", "\n").replace("\r", "\n")
        return "".join(c for c in lines if c in "\n\t" or not (ord(c) < 32 or 127 <= ord(c) < 160))

    assert str(event["SUMMARY"]) == plain(f"x{summary}x")
    assert str(event["DESCRIPTION"]) == plain(f"x{description}x")


def test_address_or_link_with_a_line_end_adds_no_line() -> None:
    entry = Entry("k", date(2026, 11, 6), "x", NOW, url="https://a.example/\r\nATTACH:https://evil.example/")
    raw = write_calendar(
        [entry],
        name="n\r\nX-EVIL:1",
        host="h",
        organiser=Organiser("n\r\nX-EVIL:1", "a@b.example\r\nX-EVIL:1"),
    )
    unfolded = raw.replace(b"\r\n ", b"")
    assert b"\r\nX-EVIL" not in unfolded
    assert b"\r\nATTACH" not in unfolded


def test_revised_entry_keeps_its_uid_and_its_sequence_rises() -> None:
    moved = MEETING.revised(NOW + timedelta(hours=1), begins=datetime(2026, 10, 27, 10, 0, tzinfo=BERLIN))
    moved_back = moved.revised(NOW + timedelta(hours=2), begins=MEETING.begins)
    assert MEETING.sequence < moved.sequence < moved_back.sequence
    assert moved.key == MEETING.key
    assert MEETING.revised(NOW + timedelta(hours=3), begins=MEETING.begins) is MEETING
    in_the_same_second = moved.revised(moved.changed_at, summary="Other words")
    assert in_the_same_second.sequence > moved.sequence
    assert in_the_same_second.sequence < 2**31


def test_called_off_entry_stays_in_the_feed_as_cancelled() -> None:
    off = MEETING.called_off(NOW + timedelta(days=1))
    (event,) = read(written(off)).walk("VEVENT")
    assert event["STATUS"] == "CANCELLED"
    assert event["SEQUENCE"] > MEETING.sequence
    assert not event.walk("VALARM")
    assert off.called_off(NOW + timedelta(days=2)) is off


def test_cancel_takes_only_what_has_been_called_off() -> None:
    off = MEETING.called_off(NOW + timedelta(days=1))
    calendar = read(written(off, method=Method.CANCEL))
    assert calendar["METHOD"] == "CANCEL"
    assert calendar.walk("VEVENT")[0]["UID"] == "k4f9-meet@vouchsafe.example"
    with pytest.raises(ValueError, match="called off"):
        written(MEETING, method=Method.CANCEL)


def test_equal_entries_in_any_order_give_equal_bytes() -> None:
    assert written(MEETING, PROMISE) == written(PROMISE, MEETING)


def test_entries_of_a_schedule_hold_its_days_under_lasting_uids() -> None:
    there = working_days_of(Place("DE"))

    def entries(due: date) -> dict[str, Entry]:
        made = schedule(
            today=date(2026, 10, 12),
            deadline=datetime(due.year, due.month, due.day, 12, tzinfo=BERLIN),
            working_days=there,
            meets_regularly=True,
        )
        found = entries_of(made, key="k4f9", who="Ben", what="Harbour & Vale", changed_at=NOW)
        return {entry.key: entry for entry in found}

    before, after = entries(date(2026, 12, 11)), entries(date(2026, 12, 18))
    assert set(before) == set(after) == {"k4f9-meet", "k4f9-mail", "k4f9-shown", "k4f9-deadline"}
    assert before["k4f9-deadline"].begins == date(2026, 12, 11)
    assert after["k4f9-deadline"].begins == date(2026, 12, 18)
    summaries = [str(e["SUMMARY"]) for e in read(written(*before.values())).walk("VEVENT")]
    assert "Deadline for Harbour & Vale" in summaries
    spoken = write_calendar(
        before.values(), name="n", host="h", organiser=ADA, speak=lambda sentence: sentence.msgid.upper()
    )
    assert any(str(e["SUMMARY"]) == "DEADLINE FOR {WHAT}" for e in read(spoken).walk("VEVENT"))


@pytest.mark.skipif(not DATA.is_dir(), reason="shared test data not present")
def test_entries_with_the_texts_and_times_of_other_programs_come_back_the_same() -> None:
    expected = json.loads((DATA / "expected.json").read_text(encoding="utf-8"))
    entries = []
    for file, found in sorted(expected.items()):
        for n, event in enumerate(found.get("events", [])):
            if event["start"] and event["summary"]:
                moment = datetime.fromisoformat(event["start"])
                whole_day = "T" not in event["start"]
                begins = moment.date() if whole_day else moment.replace(tzinfo=moment.tzinfo or UTC)
                entries.append(Entry(f"{file}-{n}", begins, event["summary"], NOW))
    assert len(entries) >= 8
    raw = written(*entries)
    icalendar_events = {str(e["UID"]): e for e in read(raw).walk("VEVENT")}
    vobject_events = {e.uid.value: e for e in vobject.readOne(raw.decode()).vevent_list}
    for entry in entries:
        uid = f"{entry.key}@vouchsafe.example"
        assert icalendar_events[uid].decoded("DTSTART") == vobject_events[uid].dtstart.value == entry.begins
        assert str(icalendar_events[uid]["SUMMARY"]) == vobject_events[uid].summary.value == entry.summary
