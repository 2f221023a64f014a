"""When to meet, mail, show, chase, remind and fall back, for one ask.

Figures are those of `asking.md` section 1: career advice, faculty pages and writers' policies, so
rules of thumb. Days are calendar days; each step then moves to a working day of the writer's place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from vouchsafe.core.odds.frame import SHOWN_BEFORE, default_patience
from vouchsafe.core.odds.scenario import Channel
from vouchsafe.core.timing.working_days import WorkingDays
from vouchsafe.core.words import Refusal, Sentence, msg, say, say_n

REMIND_BEFORE = (14, 7, 1)
APART = 3
"""Days between two mails to one person. Two mails three days apart, each at a decent hour, are never within
48 hours, whatever the hour and the clock changes between; two days apart could be 38."""

SAME_DAY_UNDER = 7
"""With less than a week left the mail follows the meeting on the same day."""


class Pace(StrEnum):
    """How much time the letter takes by custom."""

    FORMAL = "formal"
    """A letter for a programme, a scholarship, an academic post, or a first one by this writer."""
    REPEAT = "repeat"
    """A further letter by somebody who has written one already."""
    INFORMAL = "informal"
    """A short letter for a job."""


@dataclass(frozen=True, slots=True)
class Lead:
    """Days before the deadline: what is comfortable, where to warn, where only "ask anyway" goes on."""

    comfortable: int
    warn_under: int
    refuse_under: int
    chase_after: int


LEADS: dict[Pace, Lead] = {
    Pace.FORMAL: Lead(comfortable=28, warn_under=21, refuse_under=7, chase_after=7),
    Pace.REPEAT: Lead(comfortable=7, warn_under=7, refuse_under=7, chase_after=7),
    Pace.INFORMAL: Lead(comfortable=10, warn_under=7, refuse_under=7, chase_after=4),
}
START_BEFORE = 28
"""Days before the deadline on which an ask is proposed: a letter that takes little may still be asked early."""
NEAR_CHASE_AFTER = 4


class AskTooLate(Refusal):
    """Less than a week is left, and nobody has said "ask anyway"."""

    code = "ask-too-late"
    msgid = msg("Only {days} days are left before the deadline. Most writers need three weeks.")
    hint_msgid = msg(
        "Choose “ask anyway” if this person would understand, or give a phone reference instead."
    )


@dataclass(frozen=True, slots=True)
class Schedule:
    """The days of one ask. `meet_on` is None without a word in person or by phone.

    `deadline_on` is the last day on which the letter still counts by both clocks, the deadline's and the
    writer's. `holidays_known` is False where only weekends could be left out, for want of the writer's country:
    a fact about the person, to be said where it can be mended and not with every ask. `chase_on` and `fall_back_on` are for silence, `reminders` for after a yes.
    """

    meet_on: date | None
    mail_on: date
    shown_on: date
    deadline_on: date
    chase_on: date | None
    fall_back_on: date | None
    reminders: tuple[date, ...]
    lead_days: int
    needs_ask_anyway: bool
    holidays_known: bool
    warnings: tuple[Sentence, ...]

    def check_lead(self, *, ask_anyway: bool) -> None:
        """Refuse an ask that comes too late, unless it was said to be meant."""
        if self.needs_ask_anyway and not ask_anyway:
            raise AskTooLate(days=self.lead_days)


def schedule(
    *,
    today: date,
    deadline: datetime,
    working_days: WorkingDays,
    writer_zone: ZoneInfo | None = None,
    meets_regularly: bool = False,
    channel: Channel = Channel.MAIL,
    pace: Pace = Pace.FORMAL,
) -> Schedule:
    """The schedule of an ask not made yet. `deadline` is aware; one that has passed is a ValueError.

    Somebody the applicant meets regularly is spoken to first, whatever the channel. A start later than usual
    is compressed: the steps keep their order, and the warnings say what was given up.
    """
    last = _last_day(deadline, writer_zone)
    if last < today:
        raise ValueError(f"the deadline {last} is before {today}")
    lead = LEADS[pace]
    shown = _shown(today, last, working_days)
    start = max(today, last - timedelta(days=START_BEFORE))
    first = _working_between(start, today, shown, working_days, back=True)
    speaks = meets_regularly or channel is not Channel.MAIL
    mail = _mail_after(first, shown, last, working_days) if speaks else first
    silence = mail + timedelta(days=default_patience((last - today).days))
    fall_back = working_days.on_or_after(silence)
    return Schedule(
        meet_on=first if speaks else None,
        mail_on=mail,
        shown_on=shown,
        deadline_on=last,
        chase_on=_chase(mail, shown, fall_back, (last - today).days, lead, working_days),
        fall_back_on=fall_back if fall_back <= last else None,
        reminders=_reminders(mail, shown, working_days),
        lead_days=(last - first).days,
        needs_ask_anyway=(last - first).days < lead.refuse_under,
        holidays_known=working_days.holidays_known,
        warnings=tuple(_warnings(first, mail, shown, last, lead, working_days)),
    )


def _last_day(deadline: datetime, writer_zone: ZoneInfo | None) -> date:
    """The last date that is in time by either clock: an instant is a different day in another zone."""
    if deadline.tzinfo is None:
        raise ValueError("a deadline needs its time zone")
    there = deadline if writer_zone is None else deadline.astimezone(writer_zone)
    return min(deadline.date(), there.date())


def _shown(today: date, last: date, working_days: WorkingDays) -> date:
    """A week before the deadline, three days from today at the least, never after the deadline."""
    soonest = min(last, today + timedelta(days=3))
    return _working_between(
        max(last - timedelta(days=SHOWN_BEFORE), soonest), today, last, working_days, back=True
    )


def _working_between(
    wanted: date, earliest: date, latest: date, working_days: WorkingDays, *, back: bool = False
) -> date:
    """The working day nearest to `wanted` on its preferred side, else on the other, else `wanted`."""
    sides = [working_days.on_or_after(wanted), working_days.on_or_before(wanted)]
    for day in reversed(sides) if back else sides:
        if earliest <= day <= latest:
            return day
    return wanted


def _mail_after(meet: date, shown: date, last: date, working_days: WorkingDays) -> date:
    """The one mail with everything: on the next working day, or the same day when time is short."""
    following = working_days.on_or_after(meet + timedelta(days=1))
    return meet if (last - meet).days < SAME_DAY_UNDER or following > shown else following


def _chase(
    mail: date, shown: date, fall_back: date, left: int, lead: Lead, working_days: WorkingDays
) -> date | None:
    """The one question after silence, where it fits before both the stand-by's turn and the date shown."""
    near = default_patience(left) < default_patience(START_BEFORE)
    wait = min(lead.chase_after, NEAR_CHASE_AFTER) if near else lead.chase_after
    day = working_days.on_or_after(mail + timedelta(days=max(wait, APART)))
    return day if day < min(fall_back, shown) else None


def _reminders(mail: date, shown: date, working_days: WorkingDays) -> tuple[date, ...]:
    """14, 7 and 1 days before the date shown. Where two come too close, the later one stays."""
    kept: list[date] = []
    for before in reversed(REMIND_BEFORE):
        day = working_days.on_or_before(shown - timedelta(days=before))
        clear = not kept or (kept[-1] - day).days >= APART
        if clear and (day - mail).days >= APART:
            kept.append(day)
    return tuple(reversed(kept))


def _warnings(
    first: date, mail: date, shown: date, last: date, lead: Lead, working_days: WorkingDays
) -> list[Sentence]:
    left = (last - first).days
    said: list[Sentence] = []
    if left < lead.refuse_under:
        said.append(
            say_n(
                "Only {n} day is left. Ask only if this person would understand, and make it easy to say no.",
                "Only {n} days are left. Ask only if this person would understand, and make it easy to say no.",
                left,
            )
        )
    elif left < lead.warn_under:
        said.append(
            say(
                "{n} days are left, and most writers want three weeks. Say that you know it is short.", n=left
            )
        )
    if left < lead.comfortable:
        said.append(
            say_n(
                "This starts {n} day before the deadline, later than it should, so the steps are closer together.",
                "This starts {n} days before the deadline, later than it should, so the steps are closer together.",
                left,
            )
        )
    if (last - shown).days < SHOWN_BEFORE:
        said.append(
            say_n(
                "The date shown leaves {n} day of reserve instead of seven.",
                "The date shown leaves {n} days of reserve instead of seven.",
                (last - shown).days,
            )
        )
    for day in dict.fromkeys((first, mail, shown)):
        if not working_days.is_working(day):
            said.append(say("{day} is no working day there, and none is left that would do.", day=day))
    return said
