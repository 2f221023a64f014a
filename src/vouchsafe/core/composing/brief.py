"""The one-page brief for asking in person: what to say, what they saw, what if they ask, what next."""

from __future__ import annotations

from dataclasses import dataclass

from vouchsafe.core.composing.ask import MAX_POINTS, WAY_BACK, how_they_worked, opening, purpose_named
from vouchsafe.core.composing.composed import Line, clause
from vouchsafe.core.composing.facts import AskFacts, Purpose, Spoken, Waiver
from vouchsafe.core.composing.voices import VOICES
from vouchsafe.core.words import Sentence, say


@dataclass(frozen=True, slots=True)
class IfAsked:
    question: Sentence
    answer: Line


@dataclass(frozen=True, slots=True)
class Brief:
    """Talking points for one page or one phone screen."""

    heading: Sentence
    when_and_where: Sentence
    to_say: tuple[Line, Line, Line]
    saw: tuple[Line, ...]
    if_asked: tuple[IfAsked, ...]
    next: tuple[Sentence, ...]


def compose_brief(facts: AskFacts) -> Brief:
    """The brief. Where no appreciation was given, its place is marked, as in the ask."""
    return Brief(
        heading=say("Asking {name} in person", name=facts.greeting_name)
        if facts.answer is not Spoken.YES
        else say("Talking with {name} about the letter", name=facts.greeting_name),
        when_and_where=_when_and_where(facts),
        to_say=(opening(facts), _spoken_ask(facts), _way_out(facts)),
        saw=_saw(facts),
        if_asked=_if_asked(facts),
        next=_next(facts),
    )


def _when_and_where(facts: AskFacts) -> Sentence:
    meeting = facts.meeting
    where = clause(meeting.where) if meeting else ""
    if meeting and meeting.on and where:
        return say("{when}, {where}", when=meeting.on, where=where)
    if meeting and meeting.on:
        return say("{when}", when=meeting.on)
    if where:
        return say("{where}, at a quiet moment. Ask first whether this is a good time.", where=where)
    return say("At a quiet moment. Ask first whether this is a good time.")


def _way_out(facts: AskFacts) -> Sentence:
    return say(WAY_BACK if facts.answer is Spoken.YES else VOICES[facts.tie].way_out)


def _spoken_ask(facts: AskFacts) -> Sentence:
    what = purpose_named(facts)
    if facts.answer is Spoken.YES:
        return say("Thank you for saying yes. Is there anything you would like to have from me?")
    if facts.answer is Spoken.MAYBE:
        return say("You wanted to think about my letter. Have you had time to, or is a little longer better?")
    if facts.purpose is Purpose.POCKET and not what:
        return say("Could you write me a strong letter of recommendation to keep for later?")
    if what:
        return say(VOICES[facts.tie].spoken_ask, what=what)
    return say("Could you write me a strong letter of recommendation?")


def _saw(facts: AskFacts) -> tuple[Line, ...]:
    lines: list[Line] = []
    how = how_they_worked(facts)
    if clause(facts.worked_together):
        lines.append(say("How you worked together: {how}.", how=how))
    elif how:
        lines.append(say("When you worked together: {when}.", when=how))
    if clause(facts.saw):
        lines.append(say("What they saw you do: {saw}.", saw=clause(facts.saw)))
    lines.extend(clause(point) for point in facts.points[:MAX_POINTS] if clause(point))
    if not lines:
        lines.append(say("[Write here one thing {name} saw you do]", name=facts.greeting_name))
    return tuple(lines)


def _if_asked(facts: AskFacts) -> tuple[IfAsked, ...]:
    asked = [
        IfAsked(say("“How long should it be?”"), say("About one page is plenty.")),
        IfAsked(say("“By when?”"), _by_when(facts)),
        IfAsked(
            say("“What should I put in it?”"),
            say(
                "What you saw yourself. I can send my résumé, the posting and a few points; the words are yours."
            ),
        ),
        IfAsked(say("“Where does it go?”"), _where_it_goes(facts)),
        IfAsked(say("“Will you read it?”"), _will_you_read_it(facts)),
    ]
    return tuple(asked)


def _by_when(facts: AskFacts) -> Sentence:
    if facts.due is None:
        return say("There is no fixed date yet. Which would suit you?")
    return say("I would be glad to have it by {due}. If that is tight, tell me.", due=facts.due)


def _where_it_goes(facts: AskFacts) -> Sentence:
    if facts.places:
        return say("To {places}.", places=", ".join(clause(place.name) for place in facts.places))
    if clause(facts.institution):
        return say("To {places}.", places=clause(facts.institution))
    if facts.purpose is Purpose.POCKET:
        return say("It is kept sealed for later, and you say what it may be used for.")
    return say("I do not know the exact address yet. I will send it with everything else.")


def _will_you_read_it(facts: AskFacts) -> Sentence:
    if facts.waiver is Waiver.WAIVED:
        return say("No. I have waived my right to read it.")
    if facts.waiver is Waiver.OPEN:
        return say("I may. I have not waived my right to read it.")
    if facts.waiver is Waiver.OWN:
        return say("I may. If you would rather I did not, you can send it to its reader direct.")
    return say("That is for you to say. You can mark it as in confidence.")


def _next(facts: AskFacts) -> tuple[Sentence, ...]:
    if facts.answer is Spoken.YES:
        return (say("Send one mail that holds everything the same day."),)
    return (
        say(
            "A yes: thank {name}, and send one mail that holds everything the same day.",
            name=facts.greeting_name,
        ),
        say("A maybe: ask when to come back to it, and note the day."),
        say(
            "A no: thank {name} for saying so early. You have time to ask someone else.",
            name=facts.greeting_name,
        ),
    )
