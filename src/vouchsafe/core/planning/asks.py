"""How and when each person is asked, and the link that the odds see for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from vouchsafe.core.odds import Channel, Frame, Known, Link
from vouchsafe.core.odds.learning import NOTHING_SEEN, Experience
from vouchsafe.core.odds.priors import SHORT_LEAD_DAYS, chance_of_missing, chance_of_writing, chance_of_yes
from vouchsafe.core.odds.scenario import LONGEST_HORIZON
from vouchsafe.core.odds.tie import Tie as OddsTie
from vouchsafe.core.planning.board import Board, Pair
from vouchsafe.core.planning.facts import STUDY, Contact, Means, Opportunity, Tie
from vouchsafe.core.planning.fit import STORY
from vouchsafe.core.planning.plan import Approach
from vouchsafe.core.timing.schedule import Pace, Schedule, schedule
from vouchsafe.core.timing.working_days import Place, Span, working_days_of

HORIZON_DAYS = 56
"""Without a deadline we count eight weeks, the generous end of the usual lead time, and say so."""

_SURE = {Tie.DIRECT_MANAGER: OddsTie.SUPERVISOR, Tie.ADVISER: OddsTie.SUPERVISOR}
_TEACHERS = (Tie.PROFESSOR_SMALL, Tie.MENTOR)


def frame_of(opportunity: Opportunity, today: date) -> Frame:
    """The days the odds are counted in. Shown dates outside today..deadline fall back to the usual one."""
    deadline = deadline_of(opportunity, today)
    shown = opportunity.shown
    if shown is not None and not today <= shown <= deadline:
        shown = None
    return Frame.of(today, deadline, shown, opportunity.patience)


def deadline_of(opportunity: Opportunity, today: date) -> date:
    """The day that is planned for: a deadline further off than odds are counted for, as if it were the last such day."""
    if opportunity.deadline is None:
        return today + timedelta(days=HORIZON_DAYS)
    return min(opportunity.deadline, today + timedelta(days=LONGEST_HORIZON))


def means_for(contact: Contact) -> Means:
    """In person first, above all with someone met regularly; never by mail without an address."""
    if contact.meets_regularly or Means.IN_PERSON in contact.reachable:
        return Means.IN_PERSON
    if Means.PHONE in contact.reachable:
        return Means.PHONE
    return Means.MAIL if contact.emails else Means.IN_PERSON


def _pace(contact: Contact, opportunity: Opportunity) -> Pace:
    if contact.written_kinds:
        return Pace.REPEAT
    return Pace.FORMAL if opportunity.kind in STUDY else Pace.INFORMAL


def odds_tie(contact: Contact) -> OddsTie:
    """The row of the priors that this person falls under.

    The priors name supervisors, serving references, teachers and mentors who know one well, large classes and weak
    ties. For the others (colleagues, clients, peers, friends, family) we take the row their closeness earns,
    and the weakest where nothing is known: our own reading, the cautious one.
    """
    if contact.tie in _SURE:
        return _SURE[contact.tie]
    if contact.takes_calls and contact.tie in (Tie.COLLEAGUE, Tie.CLIENT, None):
        return OddsTie.REFERENCE
    if contact.tie in _TEACHERS:
        distant = contact.knows_work is not None and contact.knows_work < 2
        return OddsTie.LARGE_CLASS if distant else OddsTie.MENTOR
    knows, warm = contact.knows_work or 0, contact.warmth or 0
    if knows >= STORY and warm >= STORY:
        return OddsTie.MENTOR
    if contact.tie is Tie.PROFESSOR_LARGE or knows >= 2 or warm >= 2:
        return OddsTie.LARGE_CLASS
    return OddsTie.WEAK


@dataclass(slots=True)
class Asks:
    """The asks of one plan. `roles` are the opportunities each contact is to write for."""

    board: Board
    roles: dict[str, list[str]]
    experience: Experience = NOTHING_SEEN
    _yes: dict[tuple[OddsTie, bool, int, bool], float] = field(default_factory=dict)
    _stand_bys: dict[tuple[Pair, bool], Link] = field(default_factory=dict)
    _schedules: dict[tuple[date, tuple[str, tuple[Span, ...]], Means, Pace], Schedule] = field(
        default_factory=dict
    )
    _written: float = 0.0
    _missed: float = 0.0

    def __post_init__(self) -> None:
        self._written = chance_of_writing(experience=self.experience).mean
        self._missed = chance_of_missing(experience=self.experience).mean

    def writer(self, pair: Pair, frame: Frame) -> Link:
        """The first link of a chain: the ask that is planned, or what is known of the one that was made."""
        happened = self.board.happened.get(pair)
        if happened is None:
            means = means_for(self.board.contacts[pair[0]])
            ask_on = self._first_day(pair)
            return self._link(pair, means, frame.last_day - frame.day(ask_on), ask_on=ask_on)
        known = Known(
            happened.asked_on,
            "yes" if happened.answer == "yes" else None,
            happened.answered_on if happened.answer == "yes" else None,
            happened.letter_on,
        )
        lead = frame.last_day - frame.day(happened.asked_on)
        return self._link(pair, happened.means, lead, known=known)

    def stand_by(self, pair: Pair, frame: Frame, writer: Link, place: int) -> Link:
        """A later link, asked at the latest when all before it have stayed silent: the cautious lead time."""
        lead = frame.last_day - frame.day(latest_day(writer, frame, place))
        key = (pair, lead < SHORT_LEAD_DAYS)
        if key not in self._stand_bys:
            self._stand_bys[key] = self._link(pair, means_for(self.board.contacts[pair[0]]), lead)
        return self._stand_bys[key]

    def approach(self, pair: Pair, frame: Frame, writer: Link, place: int) -> Approach:
        """How and when to ask; `place` 0 is the writer, who may have been asked already."""
        contact, happened = self.board.contacts[pair[0]], self.board.happened.get(pair)
        if place > 0:
            return Approach(means=means_for(contact), ask_by=latest_day(writer, frame, place))
        if happened is not None:
            return Approach(means=happened.means, ask_on=happened.asked_on)
        dates = self._schedule(pair)
        means, ask_on = means_for(contact), self._first_day(pair)
        spoken = means is not Means.MAIL
        if dates is None:
            return Approach(
                means=means,
                ask_on=ask_on,
                meet_on=ask_on if spoken else None,
                mail_on=None if spoken else ask_on,
            )
        return Approach(
            means=means,
            ask_on=ask_on,
            meet_on=dates.meet_on,
            mail_on=dates.mail_on if contact.emails else None,
            chase_on=dates.chase_on if contact.emails else None,
            fall_back_on=dates.fall_back_on,
            reminders=dates.reminders if contact.emails else (),
            warnings=dates.warnings,
            holidays_known=dates.holidays_known,
        )

    def _first_day(self, pair: Pair) -> date:
        """The day of the first word. Without a deadline there is nothing to wait for: the next working day."""
        dates = self._schedule(pair)
        if dates is None:
            contact = self.board.contacts[pair[0]]
            days = working_days_of(Place(contact.country)).without(contact.away)
            return days.on_or_after(self.board.today)
        return dates.meet_on or dates.mail_on

    def _schedule(self, pair: Pair) -> Schedule | None:
        contact, opportunity = self.board.contacts[pair[0]], self.board.opportunities[pair[1]]
        if opportunity.deadline is None:
            return None
        deadline = deadline_of(opportunity, self.board.today)
        key = (
            deadline,
            (contact.country, contact.away),
            means_for(contact),
            _pace(contact, opportunity),
        )
        if key not in self._schedules:
            self._schedules[key] = schedule(
                today=self.board.today,
                deadline=datetime.combine(deadline, time(23, 59), UTC),
                working_days=working_days_of(Place(contact.country)).without(contact.away),
                channel=Channel(key[2].value),
                pace=key[3],
            )
        return self._schedules[key]

    def alike(self, pair: Pair) -> tuple[OddsTie, Means, int, float | None]:
        """What settles the chance of a yes, besides the lead time."""
        contact = self.board.contacts[pair[0]]
        others = sum(1 for o in self.roles.get(contact.key, ()) if o != pair[1])
        return (
            odds_tie(contact),
            means_for(contact),
            contact.open_asks + others,
            contact.own_chance(pair[1]),
        )

    def _link(
        self, pair: Pair, means: Means, lead: int, ask_on: date | None = None, known: Known | None = None
    ) -> Link:
        tie, _, open_asks, own = self.alike(pair)
        if own is not None:
            return Link(own, self._written, self._missed, Channel(means.value), ask_on, known)
        key = (tie, means is Means.IN_PERSON, open_asks, lead < SHORT_LEAD_DAYS)
        if key not in self._yes:
            self._yes[key] = chance_of_yes(
                tie,
                asked_in_person=means is Means.IN_PERSON,
                open_asks=open_asks,
                lead_days=lead,
                experience=self.experience,
            ).mean
        return Link(self._yes[key], self._written, self._missed, Channel(means.value), ask_on, known)


def latest_day(writer: Link, frame: Frame, place: int) -> date:
    """When the stand-by in this place is asked at the latest; never before today."""
    began = writer.known.asked_on if writer.known is not None else writer.ask_on
    assert began is not None, "the first link of a chain has a day"
    return max(frame.today, began + timedelta(days=frame.patience * place))
