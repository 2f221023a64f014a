"""Reminders: each thanks, restates the next date, offers help and never blames; the last offers a way out."""

from __future__ import annotations

from collections.abc import Iterator

from vouchsafe.core.composing.ask import purpose_named
from vouchsafe.core.composing.composed import Composed, Line
from vouchsafe.core.composing.facts import AskFacts
from vouchsafe.core.words import Sentence, msg, say

LAST = 3

AGREED = {
    1: (
        msg("Thank you again for agreeing to write for me."),
        msg("Is there anything I can send that would help: a date, a figure, a piece of work?"),
    ),
    2: (
        msg("Thank you for the time you are giving to my letter."),
        msg("If anything is missing, or the way to send it is awkward, tell me and I will see to it."),
    ),
    3: (
        msg("Thank you once more for offering to write."),
        msg(
            "If it no longer fits, please tell me, and I will arrange it another way. "
            "If a few days more would help, tell me that instead. Either is quite all right."
        ),
    ),
}

UNANSWERED = {
    1: (
        msg(
            "Thank you for reading this. My note about a letter may have come at a busy time, so here it is again."
        ),
        msg("I am glad to send anything that would help you decide."),
    ),
    2: (
        msg("Thank you for considering a letter for me."),
        msg("I am glad to talk it over, or to send whatever would help."),
    ),
    3: (
        msg("Thank you for considering a letter for me. This is my last note about it."),
        msg(
            "I am glad to help if you would like to write. If not, a short no is quite all right, and I will ask elsewhere."
        ),
    ),
}


def compose_reminder(facts: AskFacts, nth: int, *, agreed: bool = True) -> Composed:
    """Reminder `nth` (1 to 3): after a yes, or (`agreed=False`) while there is no answer.

    `facts.due` is the next date this writer promised or was shown. A number outside 1 to 3 is an error:
    nobody is reminded more often.
    """
    if nth not in AGREED:
        raise ValueError(f"there are reminders 1 to {LAST}, not {nth}")
    return Composed(subject=_subject(facts), paragraphs=tuple(_paragraphs(facts, nth, agreed)))


def _subject(facts: AskFacts) -> Sentence:
    if facts.due is None:
        return say("The letter for {applicant}", applicant=facts.applicant)
    return say("The letter for {applicant}, by {day}", applicant=facts.applicant, day=facts.due.day)


def _paragraphs(facts: AskFacts, nth: int, agreed: bool) -> Iterator[Line]:
    thanks, help_offered = (AGREED if agreed else UNANSWERED)[nth]
    yield say("Dear {name},", name=facts.greeting_name)
    yield say(thanks)
    if (dated := _date(facts, agreed)) is not None:
        yield dated
    yield say(help_offered)
    if facts.link.strip():
        yield say("Everything is on one page: {link}", link=facts.link.strip())
    yield facts.applicant.strip()


def _date(facts: AskFacts, agreed: bool) -> Sentence | None:
    what = purpose_named(facts)
    if facts.due is None:
        return say("The letter is for {what}.", what=what) if what else None
    if what and agreed:
        return say("The next date is {due}, for {what}.", due=facts.due, what=what)
    if agreed:
        return say("The next date is {due}.", due=facts.due)
    if what:
        return say(
            "It would be for {what}, and I would be glad to have it by {due}.", due=facts.due, what=what
        )
    return say("I would be glad to have it by {due}.", due=facts.due)
