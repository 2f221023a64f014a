"""Calendar files and feeds (RFC 5545, RFC 5546): every promise in the calendar people already use.

Whole days are dates; moments are written in UTC, which every reader understands without a zone
table. Uids stay for ever, SEQUENCE rises with every change, and what is called off stays in the feed as
cancelled, so that calendars which have seen it take it out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from vouchsafe.core.timing.schedule import Schedule
from vouchsafe.core.words import Sentence, say

FIRST_YEAR = datetime(2020, 1, 1, tzinfo=UTC)
REFRESH = timedelta(hours=6)


class Method(StrEnum):
    """What a file asks of its reader. A feed always publishes; a mail may cancel."""

    PUBLISH = "PUBLISH"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class Organiser:
    """Who publishes the entries: RFC 5546 wants an address on every one of them."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One date to keep. `key` never changes; `begins` is a date, or an aware moment with `lasts`."""

    key: str
    begins: date | datetime
    summary: Sentence | str
    changed_at: datetime
    description: Sentence | str = ""
    url: str = ""
    lasts: timedelta = timedelta(minutes=30)
    remind_before: timedelta | None = None
    cancelled: bool = False

    @property
    def sequence(self) -> int:
        """Rises with every change, without anything to count: the seconds from 2020 to the last one."""
        return max(0, int((self.changed_at - FIRST_YEAR).total_seconds()))

    def revised(self, changed_at: datetime, **changes: Any) -> Entry:
        """The entry changed at that moment. What did not change keeps its SEQUENCE."""
        if replace(self, **changes) == self:
            return self
        later = max(changed_at, self.changed_at + timedelta(seconds=1))
        return replace(self, changed_at=later, **changes)

    def called_off(self, changed_at: datetime) -> Entry:
        return self.revised(changed_at, cancelled=True)


def write_calendar(
    entries: Iterable[Entry],
    *,
    name: str,
    host: str,
    organiser: Organiser,
    method: Method = Method.PUBLISH,
    speak: Callable[[Sentence], str] = str,
) -> bytes:
    """An iCalendar file. `speak` turns sentences into the reader's language.

    `CANCEL` takes only entries that have been called off (ValueError otherwise): their SEQUENCE must have
    risen. Entries are written by day, then by key, so that equal entries give equal bytes.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Vouchsafe//Vouchsafe//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.value)
    calendar.add("name", _one_line(name))
    calendar.add("x-wr-calname", _one_line(name))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for entry in sorted(entries, key=lambda entry: (_day_of(entry.begins), entry.key)):
        if method is Method.CANCEL and not entry.cancelled:
            raise ValueError(f"{entry.key} has not been called off")
        calendar.add_component(_event(entry, host, organiser, speak))
    return bytes(calendar.to_ical())


def _event(entry: Entry, host: str, organiser: Organiser, speak: Callable[[Sentence], str]) -> Any:
    from icalendar import Alarm, Event, vCalAddress, vText

    def text(words: Sentence | str) -> str:
        return _clean(speak(words) if isinstance(words, Sentence) else words)

    event = Event()
    event.add("uid", f"{entry.key}@{host}")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    if isinstance(entry.begins, datetime):
        begins = entry.begins.astimezone(UTC)
        event.add("dtstart", begins)
        event.add("dtend", begins + entry.lasts)
    else:
        event.add("dtstart", entry.begins)
        event.add("dtend", entry.begins + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    event.add("summary", text(entry.summary))
    if entry.description:
        event.add("description", text(entry.description))
    if entry.url:
        event.add("url", _one_line(entry.url))
    address = vCalAddress(f"mailto:{_one_line(organiser.address)}")
    address.params["CN"] = vText(_one_line(organiser.name).replace('"', "'"))
    event.add("organizer", address)
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    if entry.remind_before is not None and not entry.cancelled:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", text(entry.summary))
        alarm.add("trigger", -entry.remind_before)
        event.add_component(alarm)
    return event


def _clean(text: str) -> str:
    """Without control characters, which RFC 5545 forbids; line ends become plain ones."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c in "\n\t" or not (ord(c) < 32 or 127 <= ord(c) < 160))


def _one_line(text: str) -> str:
    return " ".join(_clean(text).split())


def _day_of(begins: date | datetime) -> str:
    return begins.astimezone(UTC).isoformat() if isinstance(begins, datetime) else begins.isoformat()


def entries_of(
    schedule: Schedule, *, key: str, who: str, what: str, changed_at: datetime
) -> tuple[Entry, ...]:
    """The applicant's dates of one ask: the meeting, the mail, the date promised, the deadline.

    Keys are `key` with the step's name, so a step keeps its uid when its day moves.
    """
    steps = [
        ("meet", schedule.meet_on, say("Ask {who} in person about a letter for {what}", who=who, what=what)),
        ("mail", schedule.mail_on, say("Send {who} the mail with everything for {what}", who=who, what=what)),
        (
            "shown",
            schedule.shown_on,
            say("{who}: the letter for {what} is wanted by today", who=who, what=what),
        ),
        ("deadline", schedule.deadline_on, say("Deadline for {what}", what=what)),
    ]
    return tuple(
        Entry(f"{key}-{step}", day, summary, changed_at) for step, day, summary in steps if day is not None
    )
