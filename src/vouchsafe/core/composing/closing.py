"""The end of an ask: thanks, what came of it, and a polite cancellation."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from vouchsafe.core.composing.ask import purpose_named
from vouchsafe.core.composing.composed import Composed, Line, own
from vouchsafe.core.composing.facts import AskFacts, Purpose
from vouchsafe.core.composing.voices import VOICES
from vouchsafe.core.words import Sentence, msg, say


class Outcome(StrEnum):
    """What came of the application."""

    SUCCEEDED = "succeeded"
    DID_NOT = "did_not"
    DECLINED = "declined"
    """The applicant turned it down."""


class Stopped(StrEnum):
    """Why a letter is no longer needed."""

    GOT_ANOTHER = "got_another"
    WITHDREW = "withdrew"
    CLOSED = "closed"
    """The institution closed or cancelled the call."""


OUTCOMES = {
    Outcome.SUCCEEDED: (
        msg("I have good news, and wanted you to hear it from me: it worked out."),
        msg("I have good news, and wanted you to hear it from me: my application for {what} worked out."),
    ),
    Outcome.DID_NOT: (
        msg("I wanted you to hear it from me: it did not work out this time."),
        msg("I wanted you to hear it from me: my application for {what} did not work out this time."),
    ),
    Outcome.DECLINED: (
        msg("I wanted you to hear it from me: I was offered a place and have decided against it."),
        msg(
            "I wanted you to hear it from me: my application for {what} was accepted, and I have decided against it."
        ),
    ),
}

REASONS = {
    Stopped.GOT_ANOTHER: msg("I have accepted another offer, so I am no longer applying."),
    Stopped.WITHDREW: msg("I have decided not to go on with this application."),
    Stopped.CLOSED: msg("They have closed the application at their end."),
}


ARRIVED = msg("It has arrived safely, and you need do nothing more. I will tell you what comes of it.")
KEPT = msg("It is kept safely for later, and you need do nothing more. I will tell you when it is used.")


def compose_thanks(facts: AskFacts) -> Composed:
    """Two lines of thanks for a letter that is safe. The applicant's own words, where given, replace the second."""
    lines: list[Line] = [say(VOICES[facts.tie].thanks)]
    lines.extend(own(facts.own_words) or (say(KEPT if facts.purpose is Purpose.POCKET else ARRIVED),))
    return _signed(facts, say("Thank you from {applicant}", applicant=facts.applicant), lines)


def compose_outcome(facts: AskFacts, outcome: Outcome) -> Composed:
    """What came of it, told to everyone who wrote, whatever it was, with thanks."""
    what = purpose_named(facts)
    bare, named = OUTCOMES[outcome]
    lines: list[Line] = [say(named, what=what) if what else say(bare)]
    lines.extend(own(facts.own_words))
    if outcome is Outcome.SUCCEEDED:
        lines.append(say("Your letter was part of it, and I thank you for it."))
    else:
        lines.append(say("Your letter was part of it either way, and I thank you for it."))
    return _signed(facts, say("What came of your letter for {applicant}", applicant=facts.applicant), lines)


def compose_cancellation(facts: AskFacts, why: Stopped) -> Composed:
    """Says at once that a letter is no longer needed, so that nobody writes in vain."""
    return _signed(
        facts,
        say("No letter needed any more for {applicant}", applicant=facts.applicant),
        _cancelled(facts, why),
    )


def _cancelled(facts: AskFacts, why: Stopped) -> Iterator[Line]:
    yield _no_longer_needed(facts)
    yield say(REASONS[why])
    yield from own(facts.own_words)
    yield say("If you have begun, I am sorry for the work it took. Thank you for your willingness to write.")


def _no_longer_needed(facts: AskFacts) -> Sentence:
    what = purpose_named(facts)
    if what:
        return say("I no longer need the letter for {what}, and wanted to tell you at once.", what=what)
    return say("I no longer need the letter, and wanted to tell you at once.")


def _signed(facts: AskFacts, subject: Sentence, lines: list[Line] | Iterator[Line]) -> Composed:
    greeting = say("Dear {name},", name=facts.greeting_name)
    return Composed(subject=subject, paragraphs=(greeting, *lines, facts.applicant.strip()))
