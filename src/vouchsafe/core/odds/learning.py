"""What closed requests teach: tallies that update the priors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeVar

from vouchsafe.core.odds.tie import Tie

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class ClosedRequest:
    """One request that is over.

    `written` and `missed` are None where there was nothing to write or to miss. Silence to the end counts as
    not having said yes. A request that the applicant withdrew says nothing and is not one of these.
    """

    tie: Tie
    asked_in_person: bool
    said_yes: bool
    reminded: bool = False
    written: bool | None = None
    missed: bool | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How often something happened, and how often it did not."""

    hits: int = 0
    misses: int = 0


@dataclass(frozen=True, slots=True)
class Experience:
    """What an instance has seen, cell by cell: each cell has its own prior, so none is counted twice."""

    yes: Mapping[tuple[Tie, bool], Tally] = field(default_factory=lambda: MappingProxyType({}))
    written: Mapping[bool, Tally] = field(default_factory=lambda: MappingProxyType({}))
    missed: Tally = Tally()


NOTHING_SEEN = Experience()


def experience_of(closed: Iterable[ClosedRequest]) -> Experience:
    """The tallies of closed requests, in any order."""
    requests = list(closed)
    missed = _tally((True, r.missed) for r in requests if r.missed is not None)
    return Experience(
        yes=_tally(((r.tie, r.asked_in_person), r.said_yes) for r in requests),
        written=_tally((r.reminded, r.written) for r in requests if r.said_yes and r.written is not None),
        missed=missed.get(True, Tally()),
    )


def _tally(outcomes: Iterable[tuple[Key, bool]]) -> Mapping[Key, Tally]:
    counted = Counter(outcomes)
    return MappingProxyType({key: Tally(counted[key, True], counted[key, False]) for key, _ in counted})
