"""Draw the plan: writers for all opportunities together, then stand-bys, then everything said about them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from vouchsafe.core.odds import Link, Outlook, Scenario, Slot, forecast
from vouchsafe.core.odds.learning import NOTHING_SEEN, Experience
from vouchsafe.core.planning.asks import Asks, frame_of
from vouchsafe.core.planning.board import SWAPPED, Board, Pair, lay_out
from vouchsafe.core.planning.choose import Choice, Progress, choose
from vouchsafe.core.planning.explain import completions, loads, unmet
from vouchsafe.core.planning.facts import DEFAULT_TARGET, Contact, Opportunity, Pin, Swap, Tie, Wish
from vouchsafe.core.planning.fit import rank
from vouchsafe.core.planning.plan import OpportunityPlan, Person, Plan, PlannedSlot
from vouchsafe.core.planning.reasons import reasons, takes_calls_yet_writes
from vouchsafe.core.planning.standing_by import Bench, Standing, fill
from vouchsafe.core.planning.wishes import outcomes


def draw(
    contacts: Collection[Contact],
    opportunities: Collection[Opportunity],
    wishes: Collection[Wish] = (),
    *,
    today: date,
    target: float = DEFAULT_TARGET,
    experience: Experience = NOTHING_SEEN,
    seconds: float = 14.0,
    progress: Progress | None = None,
) -> Plan:
    """The plan for everything at once.

    `target` is the chance of enough letters that stand-bys are added for; `experience` is what the instance has
    learned, for the chances; `seconds` bounds the search for writers
    (the gap left is stated in `proof`); `progress` is called with the step and its share done. Keys must be
    unique, else ValueError. Input order doesn't matter.
    """
    if not 0 <= target <= 1:
        raise ValueError(f"a target is a chance between 0 and 1, not {target}")
    board = lay_out(contacts, opportunities, wishes, today)
    choice = choose(board, seconds=seconds, progress=progress)
    asks = Asks(board, _roles(choice), experience)
    benches = {
        o: _bench(board, choice, o, asks) for o in board.opportunities if board.closed.get(o) != "past"
    }
    account = _Account(board, asks.roles)
    fill(
        [b for o, b in benches.items() if o not in board.closed],
        target,
        account.may_serve,
        account.take,
        account.give_back,
        None if progress is None else lambda share: progress("stand-bys", share),
    )
    drawing = _Drawing(board, choice, asks, _pinned(board, wishes), target)
    parts = tuple(drawing.part(o, benches.get(o)) for o in board.opportunities)
    return Plan(
        today=today,
        target=target,
        opportunities=parts,
        loads=loads(board, asks.roles, account.standing),
        wishes=outcomes(
            contacts, opportunities, wishes, board, choice, seconds=seconds / 4, progress=progress
        ),
        completions=completions(board, parts),
        score=choice.score,
        proof=choice.proof,
    )


class _Account:
    """Everybody's hours: what they write, and what they would write if every stand-by were used."""

    def __init__(self, board: Board, roles: dict[str, list[str]]) -> None:
        self._board, self._roles = board, roles
        self.standing: dict[str, list[str]] = {c: [] for c in board.contacts}
        self._known: dict[str, dict[str, bool]] = {c: {} for c in board.contacts}

    def may_serve(self, contact: str, opportunity: str) -> bool:
        known = self._known[contact]
        if opportunity not in known:
            theirs = [*self._roles.get(contact, ()), *self.standing[contact], opportunity]
            known[opportunity] = self._board.load(contact, theirs) <= self._board.budgets[contact]
        return known[opportunity]

    def take(self, contact: str, opportunity: str) -> None:
        self.standing[contact].append(opportunity)
        self._known[contact].clear()

    def give_back(self, contact: str, opportunity: str) -> None:
        self.standing[contact].remove(opportunity)
        self._known[contact].clear()


def _roles(choice: Choice) -> dict[str, list[str]]:
    roles: dict[str, list[str]] = {}
    for opportunity, writers in choice.writers.items():
        for contact in writers:
            roles.setdefault(contact, []).append(opportunity)
    return roles


def _ranked(board: Board, opportunity: str, contacts: Collection[str]) -> list[str]:
    return sorted(contacts, key=lambda c: rank(board.contacts[c], board.fits[c, opportunity].points))


def _bench(board: Board, choice: Choice, key: str, asks: Asks) -> Bench:
    opportunity = board.opportunities[key]
    frame = frame_of(opportunity, board.today)
    writers = _ranked(board, key, choice.writers.get(key, ()))
    firsts = [asks.writer((c, key), frame) for c in writers]
    # Family are asked as writers only where nobody else is left; standing by, they would only hide the gap.
    free = [
        c
        for c in board.contacts
        if c not in writers
        and board.barred.get((c, key)) in (None, SWAPPED)
        and board.contacts[c].tie is not Tie.FAMILY
    ]
    return Bench(
        opportunity=key,
        need=opportunity.need,
        frame=frame,
        chains=[(link,) for link in firsts],
        candidates=tuple(_ranked(board, key, free)),
        alike=lambda c: asks.alike((c, key)),
        link_for=lambda c, slot, place: asks.stand_by((c, key), frame, firsts[slot], place),
    )


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Everything that is settled when the parts of the plan are written down."""

    board: Board
    choice: Choice
    asks: Asks
    pinned: frozenset[Pair]
    target: float

    def part(self, key: str, bench: Bench | None) -> OpportunityPlan:
        opportunity, today = self.board.opportunities[key], self.board.today
        slots = () if bench is None else self._slots(key, bench)
        outlook = None if bench is None else _outlook(bench, today)
        return OpportunityPlan(
            opportunity=key,
            title=opportunity.title,
            need=opportunity.need,
            deadline=opportunity.deadline,
            deadline_assumed=opportunity.deadline is None,
            shown=None if bench is None else bench.frame.on(bench.frame.shown),
            slots=slots,
            outlook=outlook,
            unmet=unmet(
                self.board,
                key,
                slots,
                None if outlook is None else outlook.odds,
                self.target,
                self.asks.roles,
            ),
        )

    def _slots(self, key: str, bench: Bench) -> tuple[PlannedSlot, ...]:
        writers = _ranked(self.board, key, self.choice.writers.get(key, ()))
        need = self.board.opportunities[key].need
        found = []
        for i in range(self.board.seats[key]):
            writer: Person | None = None
            standing: tuple[Person, ...] = ()
            if i < len(writers):
                first = bench.chains[i][0]
                writer = self._person(key, bench, Standing(writers[i], first), first, 0)
                standing = tuple(
                    self._person(key, bench, s, first, place) for place, s in enumerate(bench.added[i], 1)
                )
            found.append(PlannedSlot(number=i + 1, is_spare=i >= need, writer=writer, stand_bys=standing))
        return tuple(found)

    def _person(self, key: str, bench: Bench, chosen: Standing, first: Link, place: int) -> Person:
        pair = (chosen.contact, key)
        contact, opportunity = self.board.contacts[chosen.contact], self.board.opportunities[key]
        theirs = self.asks.roles.get(contact.key, ())
        others = [self.board.opportunities[o].title for o in theirs if o != key]
        why = reasons(contact, opportunity, self.board.today, others)
        if contact.takes_calls_for(opportunity):
            why = (*why, takes_calls_yet_writes(contact, opportunity))
        return Person(
            contact=contact.key,
            name=contact.name,
            fit=self.board.fits[pair].value,
            reasons=why,
            approach=self.asks.approach(pair, bench.frame, first, place),
            link=chosen.link,
            pinned=place == 0 and pair in self.pinned,
            happened=self.board.happened.get(pair),
        )


def _outlook(bench: Bench, today: date) -> Outlook:
    frame = bench.frame
    slots = tuple(Slot(bench.chain(i)) for i in range(len(bench.chains)))
    last, shown = frame.on(frame.last_day), frame.on(frame.shown)
    return forecast(Scenario(today, last, bench.need, slots, shown, frame.patience))


def _pinned(board: Board, wishes: Collection[Wish]) -> frozenset[Pair]:
    refused = {r.wish for r in board.refused}
    granted = [w for w in wishes if w not in refused]
    pins = {(w.contact, w.opportunity) for w in granted if isinstance(w, Pin)}
    return frozenset(pins | {(w.into, w.opportunity) for w in granted if isinstance(w, Swap)})
