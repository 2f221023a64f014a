"""A transport for tests and the story: remembers every parcel and answers as it was told."""

from __future__ import annotations

from collections.abc import Callable

from vouchsafe.adapters.post.transport import Closing, Outcome, Parcel, Sent


class FakeTransport(Closing):
    """`answer` decides each outcome by the parcel; without one every parcel is sent.

    `parcels` holds what was handed over, `arrived` what the other side really got: of an unknown
    outcome the test says which.
    """

    def __init__(
        self, answer: Callable[[Parcel], Outcome] | None = None, *, unknown_arrives: bool = True
    ) -> None:
        self.answer = answer
        self.unknown_arrives = unknown_arrives
        self.parcels: list[Parcel] = []
        self.arrived: list[Parcel] = []
        self.closed = False

    def send(self, parcel: Parcel) -> Sent:
        """Remember, and answer."""
        self.parcels.append(parcel)
        outcome = Outcome.SENT if self.answer is None else self.answer(parcel)
        if outcome is Outcome.SENT or (outcome is Outcome.UNKNOWN and self.unknown_arrives):
            self.arrived.append(parcel)
        return Sent(outcome, None, "fake", "fake")

    def close(self) -> None:
        """Remember that too."""
        self.closed = True
