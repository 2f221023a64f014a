"""The board: contacts and opportunities in one fixed order, who may write for what, and what is already settled.

Wishes and facts are laid on it one at a time, in an order of their own, so the plan never depends on the order in
which anything was handed in. A wish that can't be granted is not dropped: the board keeps the reason.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from vouchsafe.core.planning.effort import budget_halves, halves
from vouchsafe.core.planning.facts import Contact, Forbid, Happened, Opportunity, Pin, Swap, Wish
from vouchsafe.core.planning.fit import Fit, fit
from vouchsafe.core.words import Sentence, msg, say

SWAPPED = "swapped"
"""The one bar that leaves a place as a stand-by: whoever is swapped out does not write, and may yet be needed."""

TOO_LATE_DAYS = 7
"""With fewer days left, nobody is asked unless the applicant says "ask anyway" (asking.md, section 1)."""

Pair = tuple[str, str]

WHY_BARRED = {
    "unreachable": msg("{name} can’t be reached any more, so can’t be asked for {title}."),
    "phone_reference": msg("{name} takes the reference calls for {title}, so is not asked to write as well."),
    "forbidden": msg("You asked not to have {name} write for {title}."),
    "swapped": msg("You asked to have somebody else write for {title} in place of {name}."),
    "said_no": msg("{name} has said no to {title}."),
    "withdrew": msg("{name} can’t write for {title} after all."),
}
WHY_CLOSED = {
    "past": msg("The deadline of {title} has passed."),
    "too_late": msg("{title} is due in under a week. Say “ask anyway” if you still want to ask."),
}


@dataclass(frozen=True, slots=True)
class Refused:
    """A wish that could not be granted, and why."""

    wish: Wish
    why: Sentence


@dataclass(slots=True)
class Board:
    """What the search sees. Pairs are (contact key, opportunity key); times are half-hours."""

    today: date
    contacts: dict[str, Contact]
    opportunities: dict[str, Opportunity]
    seats: dict[str, int]
    fits: dict[Pair, Fit]
    barred: dict[Pair, str] = field(default_factory=dict)
    fixed: set[Pair] = field(default_factory=set)
    happened: dict[Pair, Happened] = field(default_factory=dict)
    closed: dict[str, str] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    budgets: dict[str, int] = field(default_factory=dict)

    def open_pairs(self) -> list[Pair]:
        """Pairs the search may choose or must keep, in their fixed order."""
        return [p for p in self.fits if p in self.fixed or (p not in self.barred and self.seats[p[1]] > 0)]

    def load(self, contact: str, opportunities: Iterable[str]) -> int:
        """Half-hours this contact would give for these opportunities; a letter in hand costs nothing more."""
        person = self.contacts[contact]
        open_ones = [self.opportunities[o] for o in opportunities if not self.has_letter((contact, o))]
        return halves(person, open_ones)

    def has_letter(self, pair: Pair) -> bool:
        known = self.happened.get(pair)
        return known is not None and known.letter_on is not None


def lay_out(
    contacts: Collection[Contact],
    opportunities: Collection[Opportunity],
    wishes: Collection[Wish],
    today: date,
) -> Board:
    """Put everything on the board. Raises ValueError where two share a key."""
    people = {c.key: c for c in sorted(contacts, key=lambda c: c.key)}
    openings = {o.key: o for o in sorted(opportunities, key=lambda o: o.key)}
    if len(people) != len(contacts) or len(openings) != len(opportunities):
        raise ValueError("two contacts, or two opportunities, share a key")
    facts = sorted((w for w in wishes if isinstance(w, Happened)), key=repr)
    people = _with_letters_in_hand(people, openings, facts)
    board = Board(
        today=today,
        contacts=people,
        opportunities=openings,
        seats={o.key: 0 if o.need == 0 else o.need + o.spare for o in openings.values()},
        fits={(c.key, o.key): fit(c, o, today) for o in openings.values() for c in people.values()},
        budgets={c.key: budget_halves(c) for c in people.values()},
    )
    _close_what_is_past(board)
    _bar_unreachable_and_phone_references(board)
    for fact in facts:
        _record(board, fact)
    # What is forbidden is laid before what is wished for, so a pin against a ban is the one refused.
    order = {Forbid: 0, Swap: 1, Pin: 2}
    asked = [w for w in wishes if not isinstance(w, Happened)]
    for wish in sorted(set(asked), key=lambda w: (order[type(w)], repr(w))):
        _grant(board, wish)
    return board


def _with_letters_in_hand(
    people: dict[str, Contact], openings: dict[str, Opportunity], facts: Iterable[Happened]
) -> dict[str, Contact]:
    """A letter that has come can be adapted, so its kind counts as written."""
    found = dict(people)
    for fact in facts:
        if fact.letter_on is not None and fact.contact in found and fact.opportunity in openings:
            person = found[fact.contact]
            kinds = person.written_kinds | {openings[fact.opportunity].kind}
            found[fact.contact] = replace(person, written_kinds=kinds)
    return found


def _close_what_is_past(board: Board) -> None:
    for key, opportunity in board.opportunities.items():
        if opportunity.deadline is None:
            continue
        days = (opportunity.deadline - board.today).days
        if days < 0:
            board.closed[key] = "past"
        elif days < TOO_LATE_DAYS and not opportunity.ask_anyway:
            board.closed[key] = "too_late"
        if key in board.closed:
            board.seats[key] = 0


def _bar_unreachable_and_phone_references(board: Board) -> None:
    for pair in board.fits:
        if board.contacts[pair[0]].unreachable:
            board.barred[pair] = "unreachable"
        elif board.contacts[pair[0]].takes_calls_for(board.opportunities[pair[1]]):
            board.barred[pair] = "phone_reference"


def _record(board: Board, fact: Happened) -> None:
    pair = (fact.contact, fact.opportunity)
    why = _why_not_recorded(board, fact)
    if why is not None:
        board.refused.append(Refused(fact, why))
        return
    board.happened[pair] = fact
    if fact.is_over:
        board.barred[pair] = "said_no" if fact.answer == "no" else "withdrew"
        return
    board.fixed.add(pair)
    board.seats[fact.opportunity] = max(board.seats[fact.opportunity], len(_writers(board, fact.opportunity)))
    # What someone has already taken on may exceed their budget: a fact, not a proposal.
    taken = board.load(fact.contact, _roles(board, fact.contact))
    board.budgets[fact.contact] = max(board.budgets[fact.contact], taken)


def _why_not_recorded(board: Board, fact: Happened) -> Sentence | None:
    unknown = _unknown(board, fact.contact, fact.opportunity)
    if unknown is not None:
        return unknown
    name = board.contacts[fact.contact].name
    title = board.opportunities[fact.opportunity].title
    if board.closed.get(fact.opportunity) == "past":
        return say("The deadline of {title} has passed.", title=title)
    if (fact.contact, fact.opportunity) in board.happened:
        return say("There are two accounts of what {name} said about {title}.", name=name, title=title)
    days = [d for d in (fact.asked_on, fact.answered_on, fact.letter_on) if d is not None]
    if max(days) > board.today:
        return say("What {name} did about {title} is dated after today.", name=name, title=title)
    if days != sorted(days):
        return say("The dates given for {name} and {title} are out of order.", name=name, title=title)
    return None


def _grant(board: Board, wish: Forbid | Swap | Pin) -> None:
    if isinstance(wish, Forbid):
        why = _forbid(board, wish)
    elif isinstance(wish, Pin):
        why = _pin(board, (wish.contact, wish.opportunity))
    else:
        why = _swap(board, wish)
    if why is not None:
        board.refused.append(Refused(wish, why))


def _forbid(board: Board, wish: Forbid) -> Sentence | None:
    unknown = _unknown(board, wish.contact, wish.opportunity)
    if unknown is not None:
        return unknown
    targets = [wish.opportunity] if wish.opportunity else list(board.opportunities)
    asked = [o for o in targets if (wish.contact, o) in board.fixed]
    for opportunity in set(targets) - set(asked):
        board.barred.setdefault((wish.contact, opportunity), "forbidden")
    if not asked:
        return None
    return say(
        "{name} has already been asked for {title}.",
        name=board.contacts[wish.contact].name,
        title=", ".join(board.opportunities[o].title for o in asked),
    )


def _swap(board: Board, wish: Swap) -> Sentence | None:
    unknown = _unknown(board, wish.out, wish.opportunity) or _unknown(board, wish.into, wish.opportunity)
    if unknown is not None:
        return unknown
    if wish.out == wish.into:
        return say("{name} can’t be swapped for themselves.", name=board.contacts[wish.out].name)
    out = (wish.out, wish.opportunity)
    if out in board.fixed:
        return say(
            "{name} has already been asked for {title}.",
            name=board.contacts[wish.out].name,
            title=board.opportunities[wish.opportunity].title,
        )
    why = _pin(board, (wish.into, wish.opportunity))
    if why is None:
        board.barred.setdefault(out, SWAPPED)
    return why


def _pin(board: Board, pair: Pair) -> Sentence | None:
    unknown = _unknown(board, *pair)
    if unknown is not None:
        return unknown
    if pair in board.fixed:
        return None
    contact, opportunity = pair
    name, title = board.contacts[contact].name, board.opportunities[opportunity].title
    if pair in board.barred:
        return say(WHY_BARRED[board.barred[pair]], name=name, title=title)
    if opportunity in board.closed:
        return say(WHY_CLOSED[board.closed[opportunity]], title=title)
    if len(_writers(board, opportunity)) >= board.seats[opportunity]:
        return say("Every place for {title} is taken already.", title=title)
    if board.load(contact, [*_roles(board, contact), opportunity]) > board.budgets[contact]:
        return say("{title} would ask more hours of {name} than they have.", name=name, title=title)
    board.fixed.add(pair)
    return None


def _unknown(board: Board, contact: str, opportunity: str | None) -> Sentence | None:
    if contact not in board.contacts:
        return say("Nobody among the contacts is called {name}.", name=contact)
    if opportunity is not None and opportunity not in board.opportunities:
        return say("No opportunity is called {title}.", title=opportunity)
    return None


def _writers(board: Board, opportunity: str) -> list[str]:
    return [c for c, o in board.fixed if o == opportunity]


def _roles(board: Board, contact: str) -> list[str]:
    return [o for c, o in board.fixed if c == contact]
