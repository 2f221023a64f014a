"""The post of the whole life: a carrier that fails as it is told and keeps what came, and what must hold of every mail."""

from __future__ import annotations

import email
import email.policy
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from vouchsafe.adapters.post.transport import Closing, Outcome, Parcel, Sent
from vouchsafe.ledger.models import Outgoing

APART = timedelta(hours=48)
ASKING = {"ask", "reminder", "promise"}
STOPPABLE = {"ask", "reminder", "promise", "promise_off", "cancelled"}


class Fate(StrEnum):
    """What becomes of one mail."""

    SENT = "sent"
    LATER = "later"
    REFUSED = "refused"
    LOST = "lost"
    """All of it was handed over and no answer came; it did not arrive."""
    LEFT = "left"
    """The same, and it did arrive."""
    KILLED_BEFORE = "killed before"
    """The worker dies as it hands the mail over; nothing arrives."""
    KILLED_AFTER = "killed after"
    """The worker dies before it notes that the mail arrived."""


ARRIVES = {Fate.SENT, Fate.LEFT, Fate.KILLED_AFTER}
OUTCOMES = {
    Fate.SENT: Outcome.SENT,
    Fate.LATER: Outcome.LATER,
    Fate.REFUSED: Outcome.REFUSED,
    Fate.LOST: Outcome.UNKNOWN,
    Fate.LEFT: Outcome.UNKNOWN,
}


class Killed(BaseException):
    """SIGKILL, as far as one process can play it: nothing catches it."""


@dataclass(frozen=True)
class Handed:
    """One mail given to the carrier."""

    name: str  # its Message-ID
    kind: str
    about: str
    to: str
    at: datetime
    fate: Fate


class Post(Closing):
    """The carrier, and its book. `check` is called with each mail as it is handed over."""

    def __init__(
        self, clock: Callable[[], datetime], check: Callable[[Handed], None], canaries: list[str]
    ) -> None:
        self.clock, self.check, self.canaries = clock, check, canaries
        self.fates: list[Fate] = []
        self.book: list[Handed] = []
        self.reminders: set[str] = set()  # those that are known to the house

    def send(self, parcel: Parcel) -> Sent:
        name = parcel.message_id.strip("<>")
        row = Outgoing.objects.get(message_id=name)
        fate = self.fates.pop(0) if self.fates else Fate.SENT
        handed = Handed(name, row.kind, row.about, parcel.rcpt_to, self.clock(), fate)
        self._tells_no_letter(parcel)
        self.check(handed)
        self.book.append(handed)
        if fate in (Fate.KILLED_BEFORE, Fate.KILLED_AFTER):
            raise Killed
        refused = fate is Fate.REFUSED
        return Sent(OUTCOMES[fate], 550 if refused else None, "no such user", "rcpt" if refused else "data")

    def _tells_no_letter(self, parcel: Parcel) -> None:
        """No mail of this house carries a letter's words, whoever may read them: they are behind the link."""
        message = email.message_from_bytes(parcel.raw, policy=email.policy.default)
        parts = [part.get_content() for part in message.walk() if not part.is_multipart()]
        text = f"{message['Subject']} " + " ".join(
            each if isinstance(each, str) else repr(each) for each in parts
        )
        assert not [canary for canary in self.canaries if canary in text], message["Subject"]

    def may_have_left(self, name: str) -> bool:
        """Whether it was given to a carrier that did not say "later"."""
        return any(one.name == name and one.fate is not Fate.LATER for one in self.book)

    def may_have_come(self, name: str) -> bool:
        """The same, and it was not refused."""
        return any(one.name == name and one.fate not in (Fate.LATER, Fate.REFUSED) for one in self.book)

    def hold_against_the_outbox(self, *, is_over: bool) -> None:
        """What the outbox says became of each mail is what became of it; at the end nothing is left open."""
        arrived = Counter(one.name for one in self.book if one.fate in ARRIVES)
        rows = list(Outgoing.objects.values("message_id", "kind", "state", "delivery"))
        assert set(arrived) <= {row["message_id"] for row in rows}
        for row in rows:
            there, state = arrived[row["message_id"]], row["state"]
            if row["delivery"] == "at_most_once":
                assert there <= 1, row
                assert there == 1 or state != "sent", row
                assert there == 0 or state in ("sent", "unknown", "begun"), row
            else:
                assert there >= 1 or state != "sent", row
                assert state != "unknown", row
            if is_over:
                assert state in ("sent", "failed", "unknown", "withdrawn"), row

    def reminds_with_distance(self) -> None:
        """A reminder comes 48 hours after whatever else asked the same writer about the same letter."""
        came: dict[str, datetime] = {}
        for one in self.book:
            if one.kind in ASKING and one.fate in ARRIVES:
                before = came.get(one.about)
                assert one.kind != "reminder" or before is None or one.at - before >= APART, one
                came[one.about] = one.at

    def count(self, kind: str) -> int:
        """How many different mails of a kind came, or were refused or given up in plain sight."""
        return len({one.name for one in self.book if one.kind == kind})
