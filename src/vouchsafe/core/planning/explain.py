"""What the plan says besides its slots: loads, what could not be met and why, and what it would help to know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from vouchsafe.core.odds.wording import in_hundred
from vouchsafe.core.planning.asks import HORIZON_DAYS
from vouchsafe.core.planning.board import WHY_CLOSED, Board
from vouchsafe.core.planning.plan import Completion, Load, OpportunityPlan, PlannedSlot, Unmet
from vouchsafe.core.words import msg, say, say_n

WHY_NOT_FREE = {
    "unreachable": (
        msg("{n} person can’t be reached any more."),
        msg("{n} people can’t be reached any more."),
    ),
    "phone_reference": (
        msg("{n} person takes the reference calls."),
        msg("{n} people take the reference calls."),
    ),
    "forbidden": (msg("{n} person was ruled out by you."), msg("{n} people were ruled out by you.")),
    "swapped": (msg("{n} person was swapped by you."), msg("{n} people were swapped by you.")),
    "said_no": (msg("{n} person has said no."), msg("{n} people have said no.")),
    "withdrew": (msg("{n} person could not after all."), msg("{n} people could not after all.")),
    "no_hours": (msg("{n} person has no hours left."), msg("{n} people have no hours left.")),
}


def loads(board: Board, roles: dict[str, list[str]], standing: dict[str, list[str]]) -> tuple[Load, ...]:
    """The hours of everyone who has a part in the plan."""
    found = []
    for key, contact in board.contacts.items():
        writes, stands = sorted(roles.get(key, ())), sorted(standing.get(key, ()))
        if not writes and not stands:
            continue
        found.append(
            Load(
                contact=key,
                name=contact.name,
                hours=board.load(key, writes) / 2,
                at_most=board.load(key, [*writes, *stands]) / 2,
                budget=board.budgets[key] / 2,
                writes_for=tuple(writes),
                stands_by_for=tuple(stands),
            )
        )
    return tuple(found)


def unmet(
    board: Board,
    key: str,
    slots: Sequence[PlannedSlot],
    odds: float | None,
    target: float,
    roles: dict[str, list[str]],
) -> tuple[Unmet, ...]:
    """What this opportunity asks for and does not get."""
    title = board.opportunities[key].title
    found = []
    if key in board.closed:
        found.append(Unmet(board.closed[key], say(WHY_CLOSED[board.closed[key]], title=title)))
    if board.opportunities[key].need == 0:
        found.append(Unmet("no_letters", say("{title} asks for no letter.", title=title)))
        return tuple(found)
    empty = sum(slot.writer is None for slot in slots)
    if empty:
        found.append(
            Unmet(
                "nobody_left",
                say_n(
                    "{n} of {all} places for {title} has nobody.",
                    "{n} of {all} places for {title} have nobody.",
                    empty,
                    all=len(slots),
                    title=title,
                ),
            )
        )
        found += _why_nobody(board, key, roles)
    if odds is not None and odds < target and key not in board.closed:
        sentence = say(
            "{title}: {odds} is the best these people give; {target} would take more people, or more time.",
            title=title,
            odds=in_hundred(odds),
            target=in_hundred(target),
        )
        found.append(Unmet("below_target", sentence))
    return tuple(found)


def _why_nobody(board: Board, key: str, roles: dict[str, list[str]]) -> list[Unmet]:
    writing = {c for c, theirs in roles.items() if key in theirs}
    why: Counter[str] = Counter()
    for contact in board.contacts:
        if contact in writing:
            continue
        barred = board.barred.get((contact, key))
        if barred is not None:
            why[barred] += 1
        elif board.load(contact, [*roles.get(contact, ()), key]) > board.budgets[contact]:
            why["no_hours"] += 1
    return [Unmet(code, say_n(*WHY_NOT_FREE[code], n)) for code, n in sorted(why.items())]


def completions(board: Board, parts: Sequence[OpportunityPlan]) -> tuple[Completion, ...]:
    """Facts the plan had to do without: first of the people it names, then of the rest without an address."""
    named = [
        person.contact
        for part in parts
        for slot in part.slots
        for person in ((slot.writer, *slot.stand_bys) if slot.writer else ())
    ]
    order = [*dict.fromkeys(named)]
    order += [c for c in board.contacts if c not in set(order)]
    found = [c for key in order for c in _missing(board, key, key in set(named))]
    found += _unknown_holidays(board, parts)
    for part in parts:
        if part.deadline_assumed and part.slots:
            sentence = say(
                "{title} has no deadline; we counted {days} days from today.",
                title=part.title,
                days=HORIZON_DAYS,
            )
            found.append(Completion(None, part.opportunity, "deadline", sentence))
    return tuple(found)


def _unknown_holidays(board: Board, parts: Sequence[OpportunityPlan]) -> list[Completion]:
    """Said once for all: whose country would let the plan leave out holidays as well."""
    writers = [slot.writer for part in parts for slot in part.slots if slot.writer is not None]
    asked = {writer.contact: writer.name for writer in writers if not writer.approach.holidays_known}
    if not asked:
        return []
    first, *others = asked.values()
    if len(others) == 0:
        sentence = say(
            "The holidays where {name} works are not known, so only weekends are left out.", name=first
        )
    else:
        sentence = say_n(
            "The holidays where {name} and {n} other work are not known, so only weekends are left out.",
            "The holidays where {name} and {n} others work are not known, so only weekends are left out.",
            len(others),
            name=first,
        )
    return [Completion(next(iter(asked)), None, "country", sentence)]


def _missing(board: Board, key: str, is_named: bool) -> list[Completion]:
    contact = board.contacts[key]
    found = []
    if not contact.emails and not contact.unreachable:
        sentence = say("Add an address for {name}, who can only be asked in person.", name=contact.name)
        found.append(Completion(key, None, "emails", sentence))
    if not is_named:
        return found
    if contact.tie is None:
        found.append(Completion(key, None, "tie", say("Tell us how you know {name}.", name=contact.name)))
    if contact.knows_work is None:
        sentence = say("Tell us how well {name} knows your work.", name=contact.name)
        found.append(Completion(key, None, "knows_work", sentence))
    if contact.warmth is None:
        sentence = say("Tell us how well you and {name} got on.", name=contact.name)
        found.append(Completion(key, None, "warmth", sentence))
    if contact.last_worked_on is None:
        sentence = say("Tell us when you last worked with {name}.", name=contact.name)
        found.append(Completion(key, None, "last_worked_on", sentence))
    return found
