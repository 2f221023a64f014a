"""The desk answers one question: am I all right?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from vouchsafe.core.odds import wording
from vouchsafe.core.words import Sentence, msg, say, say_n
from vouchsafe.desk.front import Beginning, Front, Move, Safe, Stage, Theirs, front
from vouchsafe.desk.plan_board import counted
from vouchsafe.doors.web.applicant.views.viewer import applicant_of
from vouchsafe.doors.web.ui.charts import Drawing, odds_spark
from vouchsafe.doors.web.ui.dates import day_words
from vouchsafe.doors.web.ui.numbers import hundredths
from vouchsafe.doors.web.ui.shells import applicant_shell

MOST_ROWS = 6
FIRST_WORDS = (
    msg("No"), msg("One"), msg("Two"), msg("Three"), msg("Four"), msg("Five"), msg("Six"), msg("Seven"),
    msg("Eight"), msg("Nine"), msg("Ten"),
)  # fmt: skip
"""Numbers that begin a sentence."""

DRAWN: dict[Stage, str] = {
    "safe": "sealed", "writing": "writing", "agreed": "writing", "asked": "asked", "thinking": "asked", "open": "empty",
}  # fmt: skip
STATUS: dict[Stage, tuple[Sentence, str, int]] = {
    "safe": (say("Safe"), "seal", 7),
    "writing": (say("Writing"), "blue", 5),
    "agreed": (say("Said yes"), "blue", 5),
    "asked": (say("Waiting for a yes"), "wait", 4),
    "thinking": (say("Thinking it over"), "wait", 3),
    "open": (say("Not asked"), "", 1),
}


@dataclass(frozen=True, slots=True)
class Act:
    label: Sentence
    href: str
    icon: str = ""
    posts: bool = False


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One thing to do: a title, why, when, and its acts, the first of them the one to press."""

    title: Sentence
    why: Sentence | None
    when: Sentence | None
    state: str
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class LetterRow:
    name: str
    href: str
    sentence: Sentence
    state: str
    status: Sentence
    tone: str
    step: int


@dataclass(frozen=True, slots=True)
class DeskPage:
    headline: Sentence
    above: Sentence
    rack: tuple[tuple[str, Sentence], ...]
    rack_label: Sentence
    next: MoveRow | None
    rows: tuple[MoveRow, ...]
    unshown: int
    things: Sentence | None
    theirs: tuple[LetterRow, ...]
    safe: tuple[LetterRow, ...]
    figure: str
    figure_of: Sentence
    spark: Drawing | None
    one_more: Sentence | None
    plan_href: str
    saying: tuple[str, str] | None
    is_advised: bool = False


@login_required
@require_safe
def show_desk(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    picture = front(applicant_of(request), today)
    if isinstance(picture, Beginning):
        facts = {"shell": applicant_shell(request, "desk", your_move=True), "page": picture}
        return render(request, "applicant/desk/beginning.html", facts)
    page = desk_page(picture, today)
    shell = applicant_shell(request, "desk", your_move=bool(picture.moves))
    return render(request, "applicant/desk/desk.html", {"shell": shell, "page": page})


def _kept(row: Safe) -> Sentence:
    """When it was sealed, who may read it, and how many of its portals its writer has served."""
    day = row.sealed_on
    if not row.portals:
        if row.may_read:
            return say("Sealed {day} · you may read it", day=day)
        return say("Sealed {day} · in confidence", day=day)
    facts = {"day": day, "uploads": row.uploads}
    if row.may_read:
        return say_n(
            "Sealed {day} · you may read it · uploaded at {uploads} of {n} portal",
            "Sealed {day} · you may read it · uploaded at {uploads} of {n} portals",
            row.portals,
            **facts,
        )
    return say_n(
        "Sealed {day} · in confidence · uploaded at {uploads} of {n} portal",
        "Sealed {day} · in confidence · uploaded at {uploads} of {n} portals",
        row.portals,
        **facts,
    )


def desk_page(picture: Front, today: date) -> DeskPage:
    """The picture in words."""
    moves = [_move(move) for move in picture.moves]
    now = picture.odds or 0.0
    more = picture.more[-1][1] if picture.more else now
    return DeskPage(
        headline=_headline(picture, today),
        above=_above(picture, today),
        rack=tuple((DRAWN[stage], STATUS[stage][0]) for stage in picture.rack[:10]),
        rack_label=say_n("{n} letter needed", "{n} letters needed", picture.need),
        next=moves[0] if moves else None,
        rows=tuple(moves[1:MOST_ROWS]),
        unshown=max(0, len(moves) - MOST_ROWS),
        things=say_n("{n} thing", "{n} things", len(moves)) if moves else None,
        theirs=tuple(_letter(row) for row in picture.theirs),
        safe=tuple(
            LetterRow(
                name=row.name,
                href="/safe/",
                sentence=_kept(row),
                state="sealed",
                status=STATUS["safe"][0],
                tone="seal",
                step=7,
            )
            for row in picture.safe
        ),
        figure=hundredths(picture.odds).words if picture.odds is not None else "",
        figure_of=say_n(
            "in 100 that one letter arrives in time",
            "in 100 that {count} letters arrive in time",
            picture.need,
            count=counted(picture.need),
        ),
        spark=odds_spark(picture.by_day, picture.more) if len(picture.by_day) > 1 else None,
        one_more=say("One more ask this week makes it {odds}.", odds=wording.in_hundred(more))
        if more > now and wording.in_hundred(more) != wording.in_hundred(now)
        else None,
        plan_href=f"/plan/?for={picture.opportunity}",
        saying=picture.saying,
        is_advised=picture.is_advised,
    )


def _first(n: int) -> Sentence:
    return say(FIRST_WORDS[n]) if n < len(FIRST_WORDS) else say("{n}", n=n)


def _headline(picture: Front, today: date) -> Sentence:
    safe, need = picture.safe_here, picture.need
    missing = need - safe
    if need == 0:
        return say("No letter is needed now.")
    if missing == 0:
        return say_n("Your letter is safe.", "All {count} letters are safe.", need, count=counted(need))
    day = picture.deadline
    if day is not None and day < today:
        return say_n(
            "One letter was not there by {day}.",
            "{count} letters were not there by {day}.",
            missing,
            count=_first(missing),
            day=_long(day),
        )
    if safe == 0:
        if day is None:
            return say_n("One letter to go.", "{count} letters to go.", missing, count=_first(missing))
        return say_n(
            "One letter to go, by {day}.", "{count} letters to go, by {day}.", missing,
            count=_first(missing), day=_long(day),
        )  # fmt: skip
    done = say_n("One letter is safe.", "{count} letters are safe.", safe, count=_first(safe))
    if day is None:
        return say("{done} {count} more to go.", done=done, count=_first(missing))
    return say("{done} {count} more by {day}.", done=done, count=_first(missing), day=_long(day))


def _long(day: date) -> str:
    return day_words(day, "long")


def _above(picture: Front, today: date) -> Sentence:
    if picture.deadline is None:
        return say("{title}", title=picture.title)
    left = (picture.deadline - today).days
    if left < 0:
        return say("{title} · the day has passed", title=picture.title)
    if left == 0:
        return say("{title} · today is the day", title=picture.title)
    return say_n("{title} · {n} day to go", "{title} · {n} days to go", left, title=picture.title)


def _move(move: Move) -> MoveRow:
    new_ask = f"/asks/new/?contact={move.contact}&opportunity={move.opportunity}"
    brief = f"/brief/{move.contact}/{move.opportunity}/"
    request = f"/asks/{move.request}/"
    if move.kind == "trouble":
        return MoveRow(
            say("The mail to {name} may not have arrived", name=move.name),
            say("Look what happened, change the address, or hand over the link yourself."),
            None, "asked", (Act(say("See what happened"), request),),
        )  # fmt: skip
    if move.kind == "maybe":
        return MoveRow(
            say("Ask {name} what they have decided", name=move.name),
            say("The day they wanted to think until has come. A word in person helps."),
            say("{day}", day=move.on), "asked",
            (Act(say("Open the one-page brief"), brief, "file-text"), Act(say("Prepare the mail"), new_ask)),
        )  # fmt: skip
    if move.kind == "mail":
        return MoveRow(
            say("Send {name} the mail that holds everything", name=move.name),
            say("They said yes to {titles}. One mail brings the date, the documents and the page to write on.", titles=move.titles),
            None, "asked", (Act(say("Prepare the mail"), request if move.request else new_ask, "mail"),),
        )  # fmt: skip
    if move.kind == "ask":
        when = say("By {day}", day=move.on) if move.on else None
        acts: tuple[Act, ...]
        if move.in_person:
            acts = (
                Act(say("Open the one-page brief"), brief, "file-text"),
                Act(say("Email instead"), new_ask),
            )
            title = say("Ask {name} in person", name=move.name)
        else:
            acts = (Act(say("Prepare the mail"), new_ask, "mail"),)
            title = say("Ask {name} by mail", name=move.name)
        why = say("{titles}. {because}", titles=move.titles, because=move.because or say(""))
        return MoveRow(title, why, when, "asked", acts)
    if move.kind == "draw":
        return MoveRow(
            say("Draw the plan again"), say("Something has changed since {day}.", day=move.on), None, "empty",
            (Act(say("Draw it again"), "/plan/drawing/", posts=True),),
        )  # fmt: skip
    if move.kind == "thank":
        return MoveRow(
            say("Thank {name}", name=move.name), say("The letter was sealed on {day}.", day=move.on), None, "sealed",
            (Act(say("Read and send"), request),),
        )  # fmt: skip
    href = f"/people/{move.contact}/edit/" if move.contact else f"/opportunities/{move.opportunity}/edit/"
    assert move.because is not None, "a completion says what is missing"
    return MoveRow(move.because, None, None, "empty", (Act(say("Tell us"), href),))


def _letter(row: Theirs) -> LetterRow:
    status, tone, step = STATUS[row.stage]
    return LetterRow(
        name=row.name,
        href=f"/asks/{row.request}/" if row.request else f"/people/{row.contact}/",
        sentence=_what_they_do(row),
        state=DRAWN[row.stage],
        status=status,
        tone=tone,
        step=step,
    )


def _what_they_do(row: Theirs) -> Sentence:
    if row.until is not None:
        return say("Wants to think until {day}.", day=row.until)
    by = row.promised_on or row.shown_on
    if row.stage == "writing":
        done = say("Said yes and has started.")
    elif row.stage == "agreed":
        done = say("Said yes.")
    elif row.opened_on is not None:
        done = say("Opened your request on {day}.", day=row.opened_on)
    else:
        done = say("Has not answered yet.")
    if row.stage in ("writing", "agreed") and by is not None:
        if row.promised_on is not None:
            return say("{done} Promised by {day}.", done=done, day=by)
        return say("{done} Asked for by {day}.", done=done, day=by)
    if row.next_reminder_on is not None:
        return say("{done} The next reminder goes on {day}.", done=done, day=row.next_reminder_on)
    return done
