"""What became of each wish, and what it cost: the choice of writers with it, against the choice without it."""

from __future__ import annotations

from collections.abc import Collection

from vouchsafe.core.planning.board import Board, lay_out
from vouchsafe.core.planning.choose import Choice, Progress, Score, choose
from vouchsafe.core.planning.facts import Contact, Forbid, Happened, Opportunity, Pin, Swap, Wish
from vouchsafe.core.planning.plan import WishOutcome
from vouchsafe.core.words import Sentence, say

MOST_COMPARED = 12
"""Beyond this many wishes a plan for each one left out would take too long; they are compared all together."""


def outcomes(
    contacts: Collection[Contact],
    opportunities: Collection[Opportunity],
    wishes: Collection[Wish],
    board: Board,
    choice: Choice,
    *,
    seconds: float,
    progress: Progress | None = None,
) -> tuple[WishOutcome, ...]:
    """One outcome a wish, in a fixed order. A refused wish costs nothing.

    What has happened is no wish: it has no price, and every comparison keeps it. It has an outcome only where it
    could not be counted.
    """
    ordered = sorted(set(wishes), key=lambda w: (type(w).__name__, repr(w)))
    refused = {r.wish: r.why for r in board.refused}
    happened: list[Wish] = [w for w in ordered if isinstance(w, Happened)]
    granted = [w for w in ordered if w not in refused and not isinstance(w, Happened)]
    each = seconds / max(1, min(len(granted), MOST_COMPARED))
    together: Choice | None = None
    if len(granted) > MOST_COMPARED:
        together = choose(lay_out(contacts, opportunities, happened, board.today), seconds=seconds)
    found = []
    for place, wish in enumerate(ordered):
        if progress is not None:
            progress("wishes", place / len(ordered))
        if wish in refused:
            sentence = (
                say("This could not be counted: {why}", why=refused[wish])
                if isinstance(wish, Happened)
                else say("This wish could not be granted: {why}", why=refused[wish])
            )
            found.append(
                WishOutcome(wish=wish, granted=False, why_not=refused[wish], cost=None, sentence=sentence)
            )
            continue
        if isinstance(wish, Happened):
            continue
        without = together
        if without is None:
            rest = [w for w in ordered if w != wish]
            without = choose(lay_out(contacts, opportunities, rest, board.today), seconds=each)
        cost = _difference(without.score, choice.score)
        sentence = _cost_in_words(wish, board, cost, together is not None)
        if not (without.proof.is_optimal and choice.proof.is_optimal):
            sentence = say("{cost} Not proved: with so many people we stopped looking.", cost=sentence)
        found.append(
            WishOutcome(
                wish=wish,
                granted=True,
                why_not=None,
                cost=cost,
                sentence=sentence,
            )
        )
    return tuple(found)


def _difference(without: Score, now: Score) -> Score:
    """What the plan without a wish has more of: slots, fit points; and fewer half-hours, a lighter heaviest load."""
    return Score(
        without.slots - now.slots,
        without.fit - now.fit,
        now.halves - without.halves,
        now.heaviest - without.heaviest,
    )


def _cost_in_words(wish: Pin | Forbid | Swap, board: Board, cost: Score, together: bool) -> Sentence:
    what = say("Your wishes together") if together else _wish_in_words(wish, board)
    if cost.slots > 0:
        return say("{what}: costs {n} filled places.", what=what, n=cost.slots)
    if cost.slots == 0 and cost.fit > 0:
        return say("{what}: costs {n} points of fit.", what=what, n=cost.fit)
    if cost.slots == 0 and cost.fit == 0 and cost.halves > 0:
        return say("{what}: costs {hours} more hours of people’s time.", what=what, hours=cost.halves / 2)
    if cost.order[:3] == (0, 0, 0) and cost.heaviest > 0:
        return say("{what}: asks {hours} hours more of one person.", what=what, hours=cost.heaviest / 2)
    return say("{what}: costs nothing.", what=what)


def _wish_in_words(wish: Pin | Forbid | Swap, board: Board) -> Sentence:
    if isinstance(wish, Swap):
        return say(
            "{into} in place of {out} for {title}",
            into=board.contacts[wish.into].name,
            out=board.contacts[wish.out].name,
            title=board.opportunities[wish.opportunity].title,
        )
    name = board.contacts[wish.contact].name
    if isinstance(wish, Forbid) and wish.opportunity is None:
        return say("Not asking {name} at all", name=name)
    assert wish.opportunity is not None
    title = board.opportunities[wish.opportunity].title
    if isinstance(wish, Pin):
        return say("{name} for {title}", name=name, title=title)
    return say("Not asking {name} for {title}", name=name, title=title)
