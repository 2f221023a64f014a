"""The answer of `vouchsafe plan`, as JSON and as a summary to read."""

from __future__ import annotations

from datetime import date
from typing import Any

from vouchsafe.core.odds.wording import in_hundred, short
from vouchsafe.core.planning.plan import OpportunityPlan, Person, Plan, PlannedSlot, WishOutcome
from vouchsafe.doors.cli.plan_facts import Problem
from vouchsafe.doors.cli.plan_input import Input


def as_answer(plan: Plan, given: Input, problems: list[Problem]) -> dict[str, Any]:
    """Everything the plan says. Slots stand in one list, each with the key of its opportunity."""
    companies = {o.key: o.organisation for o in given.opportunities}
    spares = {o.key: o.spare for o in given.opportunities}
    return {
        "today": plan.today.isoformat(),
        "target": plan.target,
        "slots": [_slot(part, slot) for part in plan.opportunities for slot in part.slots],
        "opportunities": [
            {
                "key": part.opportunity,
                "title": part.title,
                "company": companies[part.opportunity] or None,
                "worth": given.worths[part.opportunity].verdict,
                "need": part.need,
                "need_assumed": part.opportunity in given.need_assumed,
                "spare": spares[part.opportunity],
                "deadline": _iso(part.deadline),
                "deadline_assumed": part.deadline_assumed,
                "shown": _iso(part.shown),
                "odds": part.odds,
            }
            for part in plan.opportunities
        ],
        "unmet": [
            {"opportunity": part.opportunity, "code": u.code, "sentence": str(u.sentence)}
            for part in plan.opportunities
            for u in part.unmet
        ],
        "loads": [
            {
                "contact": load.contact,
                "name": load.name,
                "hours": load.hours,
                "at_most": load.at_most,
                "budget": load.budget,
                "writes_for": list(load.writes_for),
                "stands_by_for": list(load.stands_by_for),
            }
            for load in plan.loads
        ],
        "wishes": [_wish(outcome) for outcome in plan.wishes],
        "to_complete": [
            {
                "contact": c.contact,
                "opportunity": c.opportunity,
                "what": c.what,
                "sentence": str(c.sentence),
            }
            for c in plan.completions
        ],
        "proof": {"optimal": plan.proof.is_optimal, "gaps": dict(plan.proof.gaps)},
        "problems": [{"where": p.where, "why": str(p.why)} for p in problems],
    }


def _slot(part: OpportunityPlan, slot: PlannedSlot) -> dict[str, Any]:
    writer = slot.writer
    return {
        "opportunity": part.opportunity,
        "title": part.title,
        "number": slot.number,
        "is_spare": slot.is_spare,
        "writer": None if writer is None else _person(writer),
        "reasons": [] if writer is None else _reasons(writer),
        "stand_bys": [{**_person(p), "reasons": _reasons(p)} for p in slot.stand_bys],
        "dates": {} if writer is None else _dates(part, writer),
        "warnings": [] if writer is None else [str(w) for w in writer.approach.warnings],
        "odds": part.odds,
    }


def _person(person: Person) -> dict[str, Any]:
    found = {
        "contact": person.contact,
        "name": person.name,
        "fit": person.fit,
        "chance": round(person.chance, 4),
        "means": person.approach.means.value,
    }
    if person.approach.ask_by is not None:
        found["ask_by"] = person.approach.ask_by.isoformat()
    if person.pinned:
        found["pinned"] = True
    if person.happened is not None:
        found["asked_on"] = person.happened.asked_on.isoformat()
        found["answer"] = person.happened.answer
        found["letter_on"] = _iso(person.happened.letter_on)
    return found


def _dates(part: OpportunityPlan, person: Person) -> dict[str, Any]:
    approach = person.approach
    return {
        "ask": _iso(approach.ask_on),
        "meet": _iso(approach.meet_on),
        "mail": _iso(approach.mail_on),
        "chase": _iso(approach.chase_on),
        "fall_back": _iso(approach.fall_back_on),
        "reminders": [day.isoformat() for day in approach.reminders],
        "shown": _iso(part.shown),
        "deadline": _iso(part.deadline),
    }


def _reasons(person: Person) -> list[dict[str, str]]:
    return [{"code": r.code, "speaks": r.speaks, "sentence": str(r.sentence)} for r in person.reasons]


def _wish(outcome: WishOutcome) -> dict[str, Any]:
    cost = outcome.cost
    return {
        "wish": type(outcome.wish).__name__.lower(),
        "granted": outcome.granted,
        "sentence": str(outcome.sentence),
        "cost": None
        if cost is None
        else {
            "slots": cost.slots,
            "fit": cost.fit / 100,
            "hours": cost.halves / 2,
            "heaviest": cost.heaviest / 2,
        },
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def as_text(plan: Plan, given: Input) -> str:
    """The plan to read: an opening, its places, then what is left to do."""
    lines: list[str] = []
    for part in plan.opportunities:
        due = "no deadline" if part.deadline is None else f"due {part.deadline}"
        lines.append(f"{part.title} ({due})")
        lines.append(f"  {given.worths[part.opportunity].headline}")
        if part.odds is not None:
            assumed = " (assumed)" if part.opportunity in given.need_assumed else ""
            many = f"{part.need} letters{assumed} arrive"
            letters = f"1 letter{assumed} arrives" if part.need == 1 else many
            lines.append(f"  {in_hundred(part.odds)} that {letters} in time.")
        for slot in part.slots:
            lines += _slot_lines(slot)
        lines += [f"  {u.sentence}" for u in part.unmet]
        lines.append("")
    lines += [str(w.sentence) for w in plan.wishes]
    lines += [f"To complete: {c.sentence}" for c in plan.completions[:MOST_SHOWN]]
    more = len(plan.completions) - MOST_SHOWN
    if more > 0:
        lines.append(f"To complete: {more} more, listed by --json.")
    if not plan.proof.is_optimal:
        gaps = ", ".join(f"{aim} {gap}" for aim, gap in plan.proof.gaps.items() if gap)
        lines.append(f"The search was stopped before it was proven best. Still open: {gaps}.")
    return "\n".join(lines).rstrip()


MOST_SHOWN = 20


def _slot_lines(slot: PlannedSlot) -> list[str]:
    label = f"  {slot.number}. " + ("(spare) " if slot.is_spare else "")
    if slot.writer is None:
        return [f"{label}nobody"]
    writer, approach = slot.writer, slot.writer.approach
    when = []
    if writer.happened is not None:
        when.append(f"asked on {writer.happened.asked_on}")
    if approach.meet_on:
        when.append(f"word on {approach.meet_on}")
    if approach.mail_on:
        when.append(f"mail on {approach.mail_on}")
    if writer.happened is not None and writer.happened.letter_on is not None:
        when.append(f"letter here since {writer.happened.letter_on}")
    elif writer.chance == 1:
        when.append("said yes")
    else:
        when.append(f"yes {short(writer.chance)} in 100")
    lines = [f"{label}{writer.name}, {', '.join(when)}"]
    lines += [f"       {r.sentence}" for r in writer.reasons]
    if slot.stand_bys:
        lines.append("     then " + ", then ".join(s.name for s in slot.stand_bys))
    return lines
