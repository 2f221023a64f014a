"""What a transport promises: for every parcel, whether it left, and never a guess."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self

from vouchsafe.adapters.post.render import Rendered


class Outcome(StrEnum):
    """How a sending ended. Only `LATER` may be tried again by itself."""

    SENT = "sent"
    """The server took it over."""
    REFUSED = "refused"
    """The server will not take it, now or later."""
    LATER = "later"
    """The server has not got it: not reached, busy, or lost before it could have had all of it."""
    UNKNOWN = "unknown"
    """All of it was handed over and no answer came. It may have arrived, so it is never sent again by itself."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A finished mail and its envelope."""

    message_id: str
    mail_from: str
    rcpt_to: str
    raw: bytes

    @classmethod
    def of(cls, rendered: Rendered) -> Self:
        return cls(rendered.message_id, rendered.mail_from, rendered.rcpt_to, rendered.raw)


@dataclass(frozen=True, slots=True)
class Sent:
    """The outcome of one parcel, with what the server said and at which step it said it."""

    outcome: Outcome
    code: int | None = None
    reply: str = ""
    step: str = ""


class Transport(Protocol):
    """Sends one parcel at a time over a connection kept open; used in a `with` block, by one thread."""

    def send(self, parcel: Parcel) -> Sent: ...

    def close(self) -> None: ...


class Closing:
    """`with transport:` closes it at the end."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Nothing to close unless a transport says otherwise."""
