"""The plan in words: what its page says, ready to show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil

from django.utils.translation import gettext as _

from vouchsafe.core.odds import priors, wording
from vouchsafe.core.odds.priors import Figure
from vouchsafe.core.words import Sentence, say, say_n
from vouchsafe.desk.plan_board import ENOUGH, DrawingLine, PersonLine, PlanBoard, SlotLine, counted
from vouchsafe.doors.web.ui.charts import OddsChart, odds_chart
from vouchsafe.doors.web.ui.dates import day_words
from vouchsafe.doors.web.ui.numbers import hundredths
from vouchsafe.doors.web.ui.sentences import translate

FIGURES: tuple[Figure, ...] = (
    *(prior.figure for prior in priors.YES.values()),
    priors.WRITTEN,
    priors.MISSED,
    priors.WORD_IN_PERSON,
    priors.REMINDERS,
    priors.OPEN_ASK,
    priors.SHORT_LEAD,
    priors.FREE_TO_SAY_NO,
)
SURE = {
    priors.Confidence.GUESS: say("a guess"),
    priors.Confidence.VERY_LOW: say("hardly sure"),
    priors.Confidence.LOW: say("not very sure"),
    priors.Confidence.MEDIUM_LOW: say("somewhat sure"),
    priors.Confidence.MEDIUM: say("fairly sure"),
}
ENDS = (3, 97)
TOO_WIDE = 0.3
"""A gap beyond this says nothing any more."""

STEPS = {
    "": (0, 0, say("Your plan is being drawn.")),
    "writers": (5, 60, say("Your plan is being drawn: looking for those who write.")),
    "stand-bys": (65, 25, say("Your plan is being drawn: looking for those who stand by.")),
    "wishes": (90, 10, say("Your plan is being drawn: reckoning what your wishes cost.")),
}
"""Where each step of a drawing begins, of 100, how long it is, and what it does."""

GainRow = tuple[str, str, int, str, str]


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person the plan rests on, in words."""

    key: str
    name: str
    sentence: Sentence
    state: str
    status: Sentence
    tone: str
    may_ask: bool
    is_asked: bool
    in_person: bool
    reasons: tuple[tuple[str, Sentence], ...]
    if_no: Sentence | None
    wish: str
    said: Sentence | None
    chance: int | None
    """Of a yes, in 100, while it may still be said better; None where it is settled or hidden."""
    own: int | None


@dataclass(frozen=True, slots=True)
class SlotRow:
    title: Sentence
    swaps: tuple[tuple[str, str], ...]
    """Who could write in this place instead, by key and name: its own stand-bys first."""
    writer: PersonRow | None
    stand_bys: tuple[PersonRow, ...]


@dataclass(frozen=True, slots=True)
class OtherRow:
    key: str
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class DrawingRow:
    """What the worker is doing about the plan, and how far it is of 100."""

    sentence: Sentence
    percent: int
    has_failed: bool


@dataclass(frozen=True, slots=True)
class PlanPage:
    drawing: DrawingRow | None
    left_out: Sentence | None
    headline: Sentence
    above: Sentence
    below: Sentence
    chosen: str
    title: str
    has_enough: bool
    stale: Sentence | None
    gap: Sentence | None
    chart: OddsChart | None
    chart_title: Sentence
    gains: tuple[GainRow, ...]
    full: int
    seasons: Sentence | None
    slots: tuple[SlotRow, ...]
    board: PlanBoard
    figures: tuple[tuple[Sentence, str, Sentence, Sentence], ...]
    others: tuple[OtherRow, ...]


def plan_page(board: PlanBoard) -> PlanPage:
    """The picture in words: strings and numbers ready to show."""
    chances, need = board.chances, board.need
    odds = chances.odds if chances else 0.0
    is_safe = need > 0 and odds >= 1.0
    letters = _letters_in_time(need)
    chart_title = say_n(
        "Chance of one letter, day by day", "Chance of {count} letters, day by day", need, count=counted(need)
    )
    chart = (
        odds_chart(
            chances.by_day,
            chances.more,
            title=_("{chance}, until {day}").format(
                chance=translate(chart_title), day=day_words(chances.by_day[-1][0], "long")
            ),
        )
        if chances and len(chances.by_day) > 1 and not is_safe
        else None
    )
    return PlanPage(
        drawing=drawing_row(board.drawing),
        left_out=_left_out(board),
        headline=say("Whom to ask, and who stands by.")
        if board.is_hidden and board.slots
        else say_n(
            "The letter you need is safe.",
            "The {count} letters you need are safe.",
            need,
            count=counted(need),
        )
        if is_safe
        else say("{odds} that {letters}.", odds=wording.in_hundred_first(odds), letters=letters)
        if need and board.slots
        else say("{title} asks for no letter.", title=board.chosen.title)
        if not need
        else say("Nobody can be asked for {title} now.", title=board.chosen.title),
        above=_above(board),
        below=_below(board),
        chosen=board.chosen.key,
        title=board.chosen.title,
        has_enough=odds >= ENOUGH,
        stale=_stale(board),
        gap=_gap(board.gap),
        chart=chart,
        chart_title=chart_title,
        gains=() if is_safe else _gains(board),
        full=wording.seasons(odds),
        seasons=wording.in_seasons(odds) if chances else None,
        slots=tuple(
            SlotRow(
                title=say("Letter {n}", n=slot.number)
                if not slot.is_spare
                else say("Letter {n}, to spare", n=slot.number),
                swaps=_swaps(board, slot),
                writer=next((_row(person, odds, board) for person in slot.people if person.rank == 0), None),
                stand_bys=tuple(_row(person, odds, board) for person in slot.people if person.rank > 0),
            )
            for slot in board.slots
        ),
        board=board,
        figures=tuple((f.what, _value(f), f.source, SURE[f.confidence]) for f in FIGURES),
        others=tuple(
            OtherRow(
                line.key,
                say(
                    "{title}: {odds} that {letters}.",
                    title=line.title,
                    odds=wording.in_hundred(line.odds),
                    letters=_letters_in_time(line.need),
                )
                if line.odds is not None and line.need
                else say("{title}: nothing to reckon.", title=line.title),
            )
            for line in board.others
        ),
    )


def _gap(share: float) -> Sentence | None:
    """How far from the best the choice of writers may be, where the search was ended before it knew."""
    if not share:
        return None
    if share >= TOO_WIDE:
        return say(
            "This plan keeps every rule, but with so many people we stopped looking before we knew how good it is."
        )
    if share < 0.01:
        return say(
            "With so many people we stopped looking when the plan was less than 1 in 100 below the best there can be."
        )
    return say(
        "With so many people we stopped looking when the plan was at most {n} in 100 below the best there can be.",
        n=ceil(100 * share),
    )


def _swaps(board: PlanBoard, slot: SlotLine) -> tuple[tuple[str, str], ...]:
    """Who may be put in a writer's place: none where the writer has been asked already."""
    writer = next((person for person in slot.people if person.rank == 0), None)
    if writer is None or writer.asked_on is not None or writer.letter_on is not None:
        return ()
    standing = [person for person in slot.people if person.rank > 0]
    standing += [
        person for other in board.slots if other != slot for person in other.people if person.rank > 0
    ]
    waiting = [(person.key, person.name) for person in standing if person.asked_on is None]
    return (*waiting, *((free.key, free.name) for free in board.free if free.wish == ""))


def drawing_row(drawing: DrawingLine | None) -> DrawingRow | None:
    if drawing is None:
        return None
    if drawing.state == "failed":
        return DrawingRow(
            say("The plan could not be drawn. It is our fault; try once more."), 0, has_failed=True
        )
    began, length, what = STEPS.get(drawing.step, STEPS[""])
    sentence = say("Your plan will be drawn in a moment.") if drawing.state == "waiting" else what
    return DrawingRow(sentence, round(began + length * drawing.share), has_failed=False)


def _left_out(board: PlanBoard) -> Sentence | None:
    if not board.left_out:
        return None
    return say_n(
        "{n} person was left out: nobody is asked of whom you have told us nothing.",
        "{n} people were left out: nobody is asked of whom you have told us nothing.",
        board.left_out,
    )


def _letters_in_time(need: int) -> Sentence:
    return say_n("one letter is safe in time", "{count} letters are safe in time", need, count=counted(need))


def _above(board: PlanBoard) -> Sentence:
    if board.deadline is None:
        return say("{title} · no date yet, so we counted eight weeks", title=board.chosen.title)
    return say_n(
        "{title} · needs one letter by {day}",
        "{title} · needs {count} letters by {day}",
        board.need,
        title=board.chosen.title,
        count=counted(board.need),
        day=board.deadline,
    )


def _below(board: PlanBoard) -> Sentence:
    chances = board.chances
    if board.is_hidden and board.trust is not None:
        return board.trust
    if chances is None:
        return say("What stands in the way is below.")
    if chances.odds >= 1.0:
        return say("Nobody else needs to be asked.")
    if chances.odds >= ENOUGH:
        writers = [person for slot in board.slots for person in slot.people if person.rank == 0]
        asked = all(person.asked_on is not None for person in writers)
        return say("You have asked enough people.") if asked else say("You have chosen enough people.")
    if len(chances.gains) > 1 and chances.gains[1].gain > 0:
        lifted = wording.short(chances.gains[1].odds)
        if lifted != wording.short(chances.odds):  # 94 that becomes 94 is no reason to ask anybody
            return say(
                "One more ask this week, of {name}, lifts it to {odds}.", name=chances.more_name, odds=lifted
            )
    if not chances.more_name:
        return say(
            "Everybody you have told us about has a part in it already. It would take one more person."
        )
    return say("One more ask would change next to nothing.")


def _stale(board: PlanBoard) -> Sentence | None:
    if board.has_changed:
        return say("Something has changed since this was drawn on {day}.", day=board.drawn_on)
    if board.is_old:
        return say("This was drawn on {day}, and counts from then.", day=board.drawn_on)
    return None


def _gains(board: PlanBoard) -> tuple[GainRow, ...]:
    if board.chances is None:
        return ()
    rows = []
    for line in board.chances.gains:
        said = hundredths(line.odds)
        by = _("by {day}").format(day=day_words(line.by, "long")) if line.by else ""
        gain = translate(wording.gain_in_points(board.chances.odds, line.odds)) if line.by else _("now")
        shown = min(max(said.value, ENDS[0]), ENDS[1])  # beyond the ends a bar tells no more than the words
        rows.append((translate(line.label), by, shown, said.words, gain))
    return tuple(rows)


def _row(person: PersonLine, odds: float, board: PlanBoard) -> PersonRow:
    is_hidden = board.is_hidden
    state, status, tone, sentence = _where_it_stands(person, is_hidden, board.deadline)
    return PersonRow(
        key=person.key,
        name=person.name,
        sentence=sentence,
        state=state,
        status=status,
        tone=tone,
        may_ask=not person.answer and person.letter_on is None,
        is_asked=person.asked_on is not None,
        in_person=person.channel in ("in_person", "phone"),
        reasons=person.reasons,
        if_no=say(
            "If {name} says no, you drop from {now} to {then} in 100.",
            name=person.name,
            now=wording.short(odds),
            then=wording.short(person.if_no),
        )
        if person.if_no is not None and not is_hidden and wording.short(odds) != wording.short(person.if_no)
        else None,
        wish=person.wish,
        said=_said(person),
        chance=None
        if is_hidden or person.answer or person.letter_on is not None
        else max(1, min(99, round(100 * person.chance))),
        own=person.own,
    )


def _said(person: PersonLine) -> Sentence | None:
    if person.is_ready:
        return say("Asked by itself once it is needed")
    if person.in_place_of:
        return say("Chosen by you, in place of {out}", out=person.in_place_of)
    return say("Chosen by you") if person.wish == "pin" else None


def _where_it_stands(
    person: PersonLine, is_hidden: bool, deadline: date | None
) -> tuple[str, Sentence, str, Sentence]:
    why = next((sentence for speaks, sentence in person.reasons if speaks == "for"), say(""))
    if person.letter_on is not None:
        return "sealed", say("Safe"), "seal", say("Safe since {day}.", day=person.letter_on)
    if person.answer == "yes":
        said = say("Asked on {day}, and said yes.", day=_known(person.asked_on))
        return "writing", say("Said yes"), "blue", said
    if person.asked_on is not None:
        said = say("Asked on {day}. No answer yet.", day=person.asked_on)
        return "asked", say("Waiting for a yes"), "wait", said
    yes = say("Not asked") if is_hidden else say("{odds} for a yes", odds=wording.in_hundred(person.chance))
    if person.rank > 0:
        by = _known(person.ask_by)
        if deadline is not None and by >= deadline:
            return "empty", yes, "", say("Stands by, in case those before say no early.")
        return "empty", yes, "", say("Stands by, to be asked by {day} at the latest.", day=by)
    if person.meet_on is not None and person.mail_on is not None:
        when = say(
            "Ask in person by {meet}, then send the mail on {mail}.", meet=person.meet_on, mail=person.mail_on
        )
    elif person.meet_on is not None:
        when = say("Ask in person by {meet}.", meet=person.meet_on)
    elif person.mail_on is not None:
        when = say("Send the mail on {mail}.", mail=person.mail_on)
    else:
        when = why
    return "asked", yes, "blue", when


def _known(day: date | None) -> date:
    assert day is not None, "the plan keeps this day with whoever stands so"
    return day


def _value(figure: Figure) -> str:
    if figure.value < 1 and figure.low is None and figure not in (priors.OPEN_ASK, priors.SHORT_LEAD):
        return _("{n} in 100").format(n=round(100 * figure.value))
    value = f"× {figure.value:.2f}"
    return f"{value} ({figure.low:.2f}–{figure.high:.2f})" if figure.low is not None else value
