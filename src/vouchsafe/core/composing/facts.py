"""The facts an ask is made of, frozen, as the applicant gave them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class Tie(StrEnum):
    """What ties the writer to the applicant. Each has its own voice; OTHER is neutral."""

    MANAGER = "manager"
    PROFESSOR = "professor"
    MENTOR = "mentor"
    PEER = "peer"
    OTHER = "other"

    @classmethod
    def of(cls, word: str) -> Tie:
        """The tie a plain word stands for, `OTHER` when it stands for none of ours."""
        return TIE_WORDS.get(word.strip().lower(), cls.OTHER)


TIE_WORDS = {
    "manager": Tie.MANAGER,
    "supervisor": Tie.MANAGER,
    "employer": Tie.MANAGER,
    "boss": Tie.MANAGER,
    "professor": Tie.PROFESSOR,
    "teacher": Tie.PROFESSOR,
    "lecturer": Tie.PROFESSOR,
    "adviser": Tie.PROFESSOR,
    "advisor": Tie.PROFESSOR,
    "mentor": Tie.MENTOR,
    "coach": Tie.MENTOR,
    "peer": Tie.PEER,
    "colleague": Tie.PEER,
}


class Waiver(StrEnum):
    """Whether the applicant may read the letter.

    NONE: no waiver is asked for; the writer decides. OWN: it comes to a computer of the applicant's own, which can hide nothing.
    """

    WAIVED = "waived"
    OPEN = "open"
    NONE = "none"
    OWN = "own"


class Purpose(StrEnum):
    """What the letter is for; POCKET is for later, with no destination yet."""

    JOB = "job"
    PROGRAMME = "programme"
    SCHOLARSHIP = "scholarship"
    POCKET = "pocket"


class Channel(StrEnum):
    """How the writer is approached."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    MAIL = "mail"


class Spoken(StrEnum):
    """What the writer said when they were asked by word of mouth, if they were."""

    NOT_YET = "not_yet"
    MAYBE = "maybe"
    YES = "yes"


class Method(StrEnum):
    """How a letter must arrive at its destination."""

    READER_LINK = "reader_link"
    MAIL = "mail"
    PORTAL = "portal"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class Due:
    """A date as it is shown to a writer: a day, and where known the time and the zone.

    `zone` is a key such as `Europe/London`. A whole day in UTC is a day for which nobody named a place, so no clock is
    named either. The text form is English; doors may write their own.
    """

    on: date
    at: time | None = None
    zone: str = ""

    @property
    def day(self) -> Due:
        """The day alone, where a time would be too much (a subject line)."""
        return Due(self.on)

    def __str__(self) -> str:
        said = f"{WEEKDAYS[self.on.weekday()]} {self.on.day} {MONTHS[self.on.month - 1]} {self.on.year}"
        if self.at is not None:
            said += f", {self.at:%H:%M}"
        if self.at is None and self.zone == "UTC":
            said += " (any time that day)"
        elif self.zone:
            said += f" ({self.zone_name})"
        return said

    @property
    def zone_name(self) -> str:
        """`Europe/London` -> `London time`; names that are no place (`UTC`, `CET`) stay as they are."""
        if "/" not in self.zone:
            return self.zone
        return f"{self.zone.rsplit('/', 1)[1].replace('_', ' ')} time"


@dataclass(frozen=True, slots=True)
class Place:
    """One destination: who receives the letter, how, and by when."""

    name: str
    method: Method
    due: Due | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """When and where the applicant means to ask in person. Either may be open."""

    on: Due | None = None
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskFacts:
    """Everything known about one ask. Only the two names are needed; what is empty is not said.

    Texts are the applicant's own and are never reworded: a clause or a whole sentence both read well.
    `now` is only needed by the tact lint, to see a late ask or one repeated too soon.
    """

    applicant: str
    writer: str
    salutation: str = ""
    """How the applicant addresses the writer: `Dr Nwosu`, `Tomasz`."""
    pronouns: str = ""
    tie: Tie = Tie.OTHER
    worked_together: str = ""
    """How: `in the survey team at Fernway`."""
    worked_when: str = ""
    """When: `2021 to 2023`."""
    saw: str = ""
    """What the writer saw the applicant do."""
    appreciation: str = ""
    """One true thing the applicant valued, for the opening."""
    purpose: Purpose = Purpose.JOB
    opportunity: str = ""
    institution: str = ""
    due: Due | None = None
    """The date shown to the writer."""
    places: tuple[Place, ...] = ()
    points: tuple[str, ...] = ()
    """Up to three things the letter could mention."""
    attachments: tuple[str, ...] = ()
    waiver: Waiver | None = None
    own_words: str = ""
    """The applicant's note; it comes first and unchanged."""
    met: str = ""
    """When and where they spoke: `in the yard on Monday`."""
    answer: Spoken = Spoken.NOT_YET
    """After a spoken yes nothing is asked again: the mail thanks, confirms and sends everything."""
    said: str = ""
    """What the writer said then."""
    suggested_by: str = ""
    """Who, asked first, said no and named this writer."""
    meeting: Meeting | None = None
    """A meeting still to come, for the brief."""
    link: str = ""
    channel: Channel = Channel.MAIL
    meets_weekly: bool = False
    last_asked_at: datetime | None = None
    now: datetime | None = None

    @property
    def greeting_name(self) -> str:
        return self.salutation.strip() or self.writer.strip()
