"""The desk: am I all right? What is safe, whose move it is, and what comes next. Four queries, whatever is on it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal, TypeVar

from django.utils.timezone import localdate

from vouchsafe.asks.models import Ask
from vouchsafe.core.words import Sentence, from_plain
from vouchsafe.desk.front_rows import (
    ASKS,
    CHOICES,
    LETTERS,
    OPPORTUNITIES,
    AskFacts,
    ChoiceFacts,
    LetterFacts,
    OpportunityFacts,
    raw_stage,
    saying_on,
)
from vouchsafe.desk.plan_board import nearest
from vouchsafe.desk.plan_chances import by_day, one_more, this_week
from vouchsafe.people.models import Account
from vouchsafe.plans.further_asks import scenario_of

Step = Literal["purpose", "people", "plan"]
Kind = Literal["trouble", "maybe", "mail", "ask", "draw", "thank", "complete"]
Stage = Literal["safe", "writing", "agreed", "asked", "thinking", "open"]
ORDER: tuple[Kind, ...] = ("trouble", "maybe", "mail", "ask", "draw", "thank", "complete")
READY: dict[Stage, int] = {"safe": 0, "writing": 1, "agreed": 2, "asked": 3, "thinking": 4, "open": 5}


@dataclass(frozen=True, slots=True)
class Move:
    """Something that waits for the applicant. `on` is the day it belongs to; keys say where it is done."""

    kind: Kind
    name: str
    contact: str = ""
    opportunity: str = ""
    titles: tuple[str, ...] = ()
    request: str = ""
    on: date | None = None
    in_person: bool = False
    because: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Theirs:
    """A letter that waits for its writer, one line a request."""

    name: str
    contact: str
    request: str
    stage: Stage
    opened_on: date | None
    promised_on: date | None
    shown_on: date | None
    next_reminder_on: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Safe:
    """A letter that is safe, never its content."""

    name: str
    request: str
    sealed_on: date
    may_read: bool
    portals: int = 0
    uploads: int = 0
    """Of the portals it goes to, those that its writer has ticked off."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """An empty desk leads, one thing a page."""

    step: Step


@dataclass(frozen=True, slots=True)
class Front:
    """`rack` has one stage for each letter needed, the readiest first."""

    title: str
    opportunity: str
    need: int
    deadline: date | None
    rack: tuple[Stage, ...]
    moves: tuple[Move, ...]
    theirs: tuple[Theirs, ...]
    safe: tuple[Safe, ...]
    odds: float | None
    by_day: tuple[tuple[date, float], ...]
    more: tuple[tuple[date, float], ...]
    saying: tuple[str, str] | None
    is_advised: bool = False
    """Whether an adviser looks along, or was named to."""

    @property
    def safe_here(self) -> int:
        return self.rack.count("safe")


def front(viewer: Account, today: date) -> Front | Beginning:
    """Everything on the desk. Opportunities with the plan, its first choices, requests, words in person."""
    opportunities = OPPORTUNITIES(viewer, today)
    if not opportunities:
        return Beginning("purpose")
    first = opportunities[0]
    plan = first.plan_odds
    if not first.has_contacts:
        return Beginning("people")
    if plan is None:
        return Beginning("plan")
    purposes = LETTERS(viewer)
    asks = newest(((ask.contact, ask.opportunity), ask) for ask in ASKS(viewer))
    choices = CHOICES(viewer)
    stages = _stages(purposes, asks)
    chosen = _pressing(opportunities, plan, stages, today) or first
    is_hidden = bool(first.trust and not first.trust["shown"])
    chances = _chances(None if is_hidden else plan.get(chosen.key), first.drawn_on)
    moves = [
        *_troubles(purposes),
        *_maybes(asks, stages, today),
        *_unmailed(asks, purposes),
        *_to_ask(choices, stages, today),
        *_to_draw(opportunities, stages, today),
        *_to_thank(purposes),
        *_to_complete(first.completions, plan),
    ]
    moves.sort(key=lambda move: (ORDER.index(move.kind), move.on or date.max, move.name))
    return Front(
        title=chosen.title,
        opportunity=chosen.key,
        need=chosen.need,
        deadline=chosen.deadline_on,
        rack=_rack(chosen, stages),
        moves=tuple(moves),
        theirs=tuple(_theirs(purposes, asks, stages, today)),
        safe=tuple(_safe(purposes)),
        odds=chances[0],
        by_day=chances[1],
        more=chances[2],
        saying=saying_on(first),
        is_advised=first.is_advised,
    )


Word = TypeVar("Word", Ask, AskFacts)


def newest(asks: Iterable[tuple[tuple[str, str], Word]]) -> dict[tuple[str, str], Word]:
    """The latest word for each person and opportunity; "did not meet", and a mail, leave a yes from before."""
    found: dict[tuple[str, str], Word] = {}
    for pair, ask in asks:  # in the order they were recorded
        before = found.get(pair)
        follows_up = ask.said == Ask.Said.WAITING and before is not None and before.said == Ask.Said.YES
        if before is None or not (ask.said == Ask.Said.NOT_MET or follows_up):
            found[pair] = ask
    return found


def _stages(
    purposes: Iterable[LetterFacts], asks: dict[tuple[str, str], AskFacts]
) -> dict[Any, Stage | None]:
    """Where each letter stands, by contact and opportunity. Whoever was not asked yet is not in it."""
    found = {(row.contact, row.opportunity): _stage(row) for row in purposes if raw_stage(row) != "prepared"}
    for pair, ask in asks.items():
        if ask.said != Ask.Said.NOT_MET:
            found.setdefault(pair, _said(ask))
        if ask.said == Ask.Said.YES and found[pair] == "asked":
            found[pair] = "agreed"  # the mail only follows up on what was said in person
    return found


def _said(ask: AskFacts) -> Stage | None:
    if ask.said == Ask.Said.YES:
        return "agreed"
    if ask.said == Ask.Said.MAYBE:
        return "thinking"
    return "asked" if ask.said == Ask.Said.WAITING else None


def _stage(purpose: LetterFacts) -> Stage | None:
    """Where one letter stands; None for a request that was only prepared, or said no to."""
    found: dict[str, Stage] = {"sealed": "safe", "writing": "writing", "agreed": "agreed", "asked": "asked"}
    return found.get(raw_stage(purpose))


def _pressing(
    opportunities: list[OpportunityFacts], plan: dict[str, Any], stages: dict[Any, Stage | None], today: date
) -> OpportunityFacts | None:
    """The nearest opportunity whose letters are not all safe; else simply the nearest."""
    ahead = _wanting(opportunities, stages, today)
    everything = {row.key: plan.get(row.key) for row in opportunities}
    return nearest(ahead, everything, today) or nearest(opportunities, everything, today)


def _of(stages: dict[Any, Stage | None], opportunity: OpportunityFacts) -> list[Stage]:
    return [stage for pair, stage in stages.items() if stage and pair[1] == opportunity.key]


def _wanting(
    opportunities: Iterable[OpportunityFacts], stages: dict[Any, Stage | None], today: date
) -> list[OpportunityFacts]:
    """Those ahead whose letters are not all safe."""
    return [
        row
        for row in opportunities
        if sum(stage == "safe" for stage in _of(stages, row)) < row.need
        and (row.deadline_on is None or row.deadline_on >= today)
    ]


def _rack(opportunity: OpportunityFacts, stages: dict[Any, Stage | None]) -> tuple[Stage, ...]:
    held = sorted(_of(stages, opportunity), key=READY.__getitem__)[: opportunity.need]
    still_open: list[Stage] = ["open"] * (opportunity.need - len(held))
    return (*held, *still_open)


def _chances(
    part: dict[str, Any] | None, drawn_on: date
) -> tuple[float | None, tuple[tuple[date, float], ...], tuple[tuple[date, float], ...]]:
    scenario = scenario_of(part, drawn_on) if part is not None and part["need"] else None
    if part is None or scenario is None or not any(part["chains"]):
        return None, (), ()
    days = [drawn_on + timedelta(days=n) for n in range(len(part["by_day"]))]
    asked = one_more(scenario, part, min(this_week(drawn_on), scenario.deadline))
    more = tuple(zip(days, by_day(asked), strict=True)) if asked is not None else ()
    return part["odds"], tuple(zip(days, part["by_day"], strict=True)), more


def _troubles(purposes: Iterable[LetterFacts]) -> list[Move]:
    """Mails that bounced, failed, or of which nobody knows whether they arrived."""
    return [
        Move("trouble", row.name, row.contact, request=row.request)
        for row in _one_a_request(purposes)
        if row.closed_why is None
        and (row.paused_why.startswith("bounce") or row.mail_state in ("failed", "unknown"))
    ]


def _maybes(
    asks: dict[tuple[str, str], AskFacts], stages: dict[Any, Stage | None], today: date
) -> list[Move]:
    return [
        Move("maybe", ask.name, *pair, titles=(ask.title,), on=ask.maybe_until)
        for pair, ask in asks.items()
        if stages.get(pair) == "thinking" and ask.maybe_until is not None and ask.maybe_until <= today
    ]


def _unmailed(asks: dict[tuple[str, str], AskFacts], purposes: Iterable[LetterFacts]) -> list[Move]:
    """Said yes in person, and still without the mail that holds everything."""
    requests = {(row.contact, row.opportunity): row for row in purposes}
    found = []
    for pair, ask in asks.items():
        row = requests.get(pair)
        if ask.said != Ask.Said.YES or (row is not None and raw_stage(row) != "prepared"):
            continue
        key = row.request if row is not None else ""
        found.append(Move("mail", ask.name, *pair, titles=(ask.title,), request=key, on=ask.asked_on))
    return found


def _to_ask(choices: Iterable[ChoiceFacts], stages: dict[Any, Stage | None], today: date) -> list[Move]:
    """The plan's writers whom nobody has asked yet: each once, for everything, by the first day the plan names."""
    found: dict[str, Move] = {}
    for choice in choices:
        pair = (choice.contact, choice.opportunity)
        if pair in stages:
            continue
        if choice.deadline_on is not None and choice.deadline_on < today:
            continue
        why = next(
            (from_plain(said) for _, speaks, said in json.loads(choice.reasons_json) if speaks == "for"), None
        )
        move = Move(
            "ask",
            choice.name,
            *pair,
            titles=(choice.title,),
            on=choice.meet_on or choice.mail_on,
            in_person=choice.channel != "mail",
            because=why,
        )
        other = found.get(choice.contact)
        if other is not None:
            first, second = sorted((other, move), key=lambda each: each.on or date.max)
            move = replace(first, titles=(*first.titles, *second.titles))
        found[choice.contact] = move
    return list(found.values())


def _to_draw(
    opportunities: list[OpportunityFacts], stages: dict[Any, Stage | None], today: date
) -> list[Move]:
    """A plan that is behind, unless no letter is wanting: then nobody is to be asked, and there is nothing to draw."""
    first = opportunities[0]
    if not _wanting(opportunities, stages, today):
        return []
    if first.has_changed or first.drawn_on < today - timedelta(days=6):
        return [Move("draw", "", on=first.drawn_on)]
    return []


def _to_thank(purposes: Iterable[LetterFacts]) -> list[Move]:
    return [
        Move(
            "thank",
            row.name,
            row.contact,
            request=row.request,
            on=localdate(row.sealed_at),
        )
        for row in _one_a_request(purposes)
        if row.sealed_at is not None and row.is_released and not row.is_thanked
    ]


def _to_complete(completions: list[Any], plan: dict[str, Any]) -> list[Move]:
    """What the plan had to do without, for those it names; the rest is on the plan's page."""
    named = {
        kept["contact"]
        for part in plan.values()
        for chain in part["chains"]
        for kept in chain
        if not (kept["known"] and kept["known"]["letter_on"])
    }
    return [
        Move("complete", "", contact or "", opportunity or "", because=from_plain(sentence))
        for contact, opportunity, _, sentence in completions
        if contact in named
    ][:2]


def _theirs(
    purposes: Iterable[LetterFacts],
    asks: dict[tuple[str, str], AskFacts],
    stages: dict[Any, Stage | None],
    today: date,
) -> list[Theirs]:
    found = []
    for row in _one_a_request(row for row in purposes if _stage(row) not in (None, "safe")):
        stage = stages[row.contact, row.opportunity]
        assert stage is not None, "only rows with a stage are here"
        found.append(
            Theirs(
                name=row.name,
                contact=row.contact,
                request=row.request,
                stage=stage,
                opened_on=localdate(row.opened_at) if row.opened_at else None,
                promised_on=row.promised_on,
                shown_on=row.shown_on,
                next_reminder_on=localdate(row.next_reminder_at) if row.next_reminder_at else None,
                until=None,
            )
        )
    for pair, ask in asks.items():
        if stages.get(pair) == "thinking" and ask.maybe_until is not None and ask.maybe_until > today:
            found.append(Theirs(ask.name, pair[0], "", "thinking", None, None, None, None, ask.maybe_until))
    return sorted(found, key=lambda row: (READY[row.stage], row.promised_on or date.max, row.name))


def _safe(purposes: Iterable[LetterFacts]) -> list[Safe]:
    rows = [row for row in purposes if row.sealed_at is not None]
    portals: Counter[int] = Counter()
    uploads: Counter[int] = Counter()
    for row in rows:
        portals[row.request_id] += row.portals or 0
        uploads[row.request_id] += row.uploads or 0
    return [
        Safe(
            name=row.name,
            request=row.request,
            sealed_on=localdate(row.sealed_at),
            may_read=row.confidentiality_kept == "open",
            portals=portals[row.request_id],
            uploads=uploads[row.request_id],
        )
        for row in _one_a_request(rows)
    ]


def _one_a_request(purposes: Iterable[LetterFacts]) -> list[LetterFacts]:
    found: dict[int, LetterFacts] = {}
    for row in purposes:
        found.setdefault(row.request_id, row)
    return list(found.values())
