"""Stand-bys: who is asked next when a writer says no or stays silent, in order, for every slot.

One at a time, the stand-by that adds most to the odds anywhere; until an opportunity reaches the target, or nobody
left adds at least `TRIFLE`. Then any whose removal keeps the target is dropped. The odds depend on the last link of a
chain in proportion to its own chance of a yes, so among contacts asked alike only the likeliest is tried, the best
fit first where several are.
Not optimal in general: the gap against enumeration is measured in tests/core/planning and docs/why/planning.md.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field

from vouchsafe.core.odds import Channel, Frame, Link, Slot, slot_odds

TRIFLE = 0.001
"""A stand-by who adds less than one in a thousand is not worth naming."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One contact standing by, with the link the odds see."""

    contact: str
    link: Link


@dataclass(slots=True)
class Bench:
    """The chains of one opportunity while they grow. `chains[i]` begins with the writer's link."""

    opportunity: str
    need: int
    frame: Frame
    chains: list[tuple[Link, ...]]
    candidates: tuple[str, ...]
    """Contacts who may stand by, best first."""
    link_for: Callable[[str, int, int], Link]
    """(contact, slot, place in the chain) -> the link; place 1 is the first stand-by."""
    alike: Callable[[str], Hashable]
    """What contacts share whose links are always equal."""
    added: list[list[Standing]] = field(default_factory=list)
    _groups: dict[Hashable, list[str]] = field(default_factory=dict)
    _links: dict[tuple[str, int, int], Link] = field(default_factory=dict)
    _known: dict[tuple[Link, ...], float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.added = self.added or [[] for _ in self.chains]
        for contact in self.candidates:
            self._groups.setdefault(self.alike(contact), []).append(contact)

    def first_free(self, may_serve: Callable[[str, str], bool]) -> list[str]:
        """The best candidate of each group who is free for this opportunity; the others add exactly as much."""
        taken = self.taken
        found = (
            next((c for c in group if c not in taken and may_serve(c, self.opportunity)), None)
            for group in self._groups.values()
        )
        return [c for c in found if c is not None]

    def link(self, contact: str, slot: int, place: int) -> Link:
        """`link_for`, remembered."""
        key = (contact, slot, place)
        if key not in self._links:
            self._links[key] = self.link_for(*key)
        return self._links[key]

    def chain(self, slot: int) -> tuple[Link, ...]:
        return (*self.chains[slot], *(s.link for s in self.added[slot]))

    def slot_odds(self, chain: tuple[Link, ...]) -> float:
        if chain not in self._known:
            self._known[chain] = slot_odds(Slot(chain), self.frame)
        return self._known[chain]

    def odds(self, changed: Mapping[int, tuple[Link, ...]] | None = None) -> float:
        """The odds at the deadline, with some chains exchanged."""
        changed = changed or {}
        singles = [self.slot_odds(changed.get(i, self.chain(i))) for i in range(len(self.chains))]
        return at_least_now(singles, self.need)

    @property
    def taken(self) -> set[str]:
        return {s.contact for slot in self.added for s in slot}


@dataclass(frozen=True, slots=True)
class Offer:
    """The best next stand-by of one opportunity."""

    gain: float
    slot: int
    standing: Standing


def at_least_now(chances: list[float], need: int) -> float:
    """P(at least `need`) of independent events: the upper tail of a Poisson-binomial, at one moment."""
    if need <= 0:
        return 1.0
    counts = [1.0] + [0.0] * need
    for chance in chances:
        counts[need] += counts[need - 1] * chance
        for n in range(need - 1, 0, -1):
            counts[n] = counts[n] * (1 - chance) + counts[n - 1] * chance
        counts[0] *= 1 - chance
    return counts[need]


def fill(
    benches: list[Bench],
    target: float,
    may_serve: Callable[[str, str], bool],
    take: Callable[[str, str], None],
    give_back: Callable[[str, str], None],
    progress: Callable[[float], None] | None = None,
) -> None:
    """Add stand-bys to all benches, then drop the needless ones.

    `may_serve(contact, opportunity)` says whether their hours allow it, `take` and `give_back` keep the account.
    """
    offers = {b.opportunity: best_offer(b, may_serve) for b in benches if b.odds() < target}
    by_key = {b.opportunity: b for b in benches}
    while any(offers.values()):
        key, offer = max(
            ((k, o) for k, o in offers.items() if o is not None), key=lambda item: (item[1].gain, item[0])
        )
        bench = by_key[key]
        if may_serve(offer.standing.contact, key):
            bench.added[offer.slot].append(offer.standing)
            take(offer.standing.contact, key)
        offers[key] = best_offer(bench, may_serve) if bench.odds() < target else None
        if progress is not None:
            progress(1 - sum(o is not None for o in offers.values()) / len(benches))
    for bench in benches:
        _drop_needless(bench, target, give_back)


def best_offer(bench: Bench, may_serve: Callable[[str, str], bool]) -> Offer | None:
    """The stand-by that adds most here, if it is more than a trifle; ties go to the better fit, the earlier slot."""
    now, free = bench.odds(), bench.first_free(may_serve)
    best: Offer | None = None
    for slot in range(len(bench.chains)):
        chain = bench.chain(slot)
        if not chain:
            continue
        likeliest: dict[tuple[float, float, Channel], tuple[Link, str]] = {}
        for contact in free:
            link = bench.link(contact, slot, len(chain))
            alike = (link.r, link.l, link.channel)
            if alike not in likeliest or link.p > likeliest[alike][0].p:
                likeliest[alike] = (link, contact)
        for link, contact in likeliest.values():
            gain = bench.odds({slot: (*chain, link)}) - now
            if gain >= TRIFLE and (best is None or gain > best.gain + 1e-12):
                best = Offer(gain, slot, Standing(contact, link))
    return best


def _drop_needless(bench: Bench, target: float, give_back: Callable[[str, str], None]) -> None:
    """Remove whoever is not needed for the target, the least fit first. Below the target nobody is needless."""
    order = {contact: place for place, contact in enumerate(bench.candidates)}
    while True:
        names = sorted(
            ((i, j) for i, slot in enumerate(bench.added) for j in range(len(slot))),
            key=lambda at: -order[bench.added[at[0]][at[1]].contact],
        )
        for slot, place in names:
            staying = [s.contact for j, s in enumerate(bench.added[slot]) if j != place]
            rest = [Standing(c, bench.link(c, slot, j)) for j, c in enumerate(staying, 1)]
            if bench.odds({slot: (*bench.chains[slot], *(s.link for s in rest))}) >= target:
                give_back(bench.added[slot][place].contact, bench.opportunity)
                bench.added[slot] = rest
                break
        else:
            return
