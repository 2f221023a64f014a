"""The ask by mail: one mail that holds everything, the applicant's own words first."""

from __future__ import annotations

from collections.abc import Iterator

from vouchsafe.core.composing.composed import Composed, Line, bullets, clause, is_sentence, own, stopped
from vouchsafe.core.composing.facts import AskFacts, Due, Method, Place, Purpose, Spoken, Waiver
from vouchsafe.core.composing.voices import VOICES
from vouchsafe.core.words import Sentence, msg, say

MAX_POINTS = 3
"""More than three points read as a script (writers' published policies ask for two or three)."""

OPENING_PLACE = msg("[Write here one true thing you valued in working with {name}]")

WAIVER_SENTENCES = {
    Waiver.WAIVED: msg("I have waived my right to read the letter, so only its readers will see it."),
    Waiver.OPEN: msg("I have not waived my right to read the letter, so I may see it."),
    Waiver.NONE: msg("Whether I may read the letter is for you to say; you can mark it as in confidence."),
    Waiver.OWN: msg(
        "I may read the letter. If it is to be in confidence, you can send it to its reader direct."
    ),
}

PLACE_SENTENCES = {
    Method.READER_LINK: (
        msg("- {place}: through the reader link we send"),
        msg("- {place}: through the reader link we send, by {due}"),
    ),
    Method.MAIL: (msg("- {place}: by mail"), msg("- {place}: by mail, by {due}")),
    Method.PORTAL: (msg("- {place}: on their own portal"), msg("- {place}: on their own portal, by {due}")),
    Method.BY_HAND: (msg("- {place}: by hand"), msg("- {place}: by hand, by {due}")),
}


AGREED = {
    (False, False): msg("Everything you may want for the letter stands below."),
    (False, True): msg("I would be glad to have the letter by {due}."),
    (True, False): msg("The letter goes with my application for {what}."),
    (True, True): msg(
        "The letter goes with my application for {what}, and I would be glad to have it by {due}."
    ),
}
"""What was agreed by word of mouth, in one place; by whether `{what}` and `{due}` are known."""
AGREED_FOR_LATER = (
    msg("The letter is to keep for later, and there is no hurry."),
    msg("The letter is to keep for later. I would be glad to have it by {due}."),
)
WAY_BACK = msg(
    "If it turns out not to fit after all, or a few more days would help, please tell me. Either is quite all right."
)


def compose_ask(facts: AskFacts) -> Composed:
    """The ask as a mail. A missing appreciation leaves a marked place; nothing is invented.

    After a spoken yes it asks nothing: it thanks, says back what was agreed, and holds everything needed.
    """
    return Composed(subject=_subject(facts), paragraphs=tuple(_paragraphs(facts)))


def opening(facts: AskFacts) -> Line:
    """A true appreciation in the applicant's words, or the marked place where it belongs."""
    if not clause(facts.appreciation):
        return say(OPENING_PLACE, name=facts.greeting_name)
    if is_sentence(facts.appreciation):
        return stopped(facts.appreciation)
    if clause(facts.met) or facts.answer is not Spoken.NOT_YET:
        # The mail has thanked for the talk already; twice reads like a form.
        return say("I am grateful for {appreciation}.", appreciation=clause(facts.appreciation))
    return say("Thank you for {appreciation}.", appreciation=clause(facts.appreciation))


def purpose_named(facts: AskFacts) -> str:
    """The opportunity in the applicant's own terms: title and place, either, or nothing."""
    title, place = clause(facts.opportunity), clause(facts.institution)
    return f"{title} ({place})" if title and place else title or place


def how_they_worked(facts: AskFacts) -> str:
    """`in the survey team at Fernway, 2021 to 2023`: what is known of it."""
    return ", ".join(part for part in (clause(facts.worked_together), clause(facts.worked_when)) if part)


def _why_this_person(facts: AskFacts) -> Iterator[Line]:
    voice, how = VOICES[facts.tie], how_they_worked(facts)
    if is_sentence(facts.worked_together):
        yield say(voice.why_bare)
        yield stopped(facts.worked_together)
    else:
        yield say(voice.why, how=how) if how else say(voice.why_bare)
    yield from _what_they_saw(facts)


def _what_they_saw(facts: AskFacts) -> Iterator[Line]:
    voice = VOICES[facts.tie]
    if clause(facts.saw):
        yield stopped(facts.saw) if is_sentence(facts.saw) else say(voice.saw, saw=clause(facts.saw))


def _subject(facts: AskFacts) -> Sentence:
    if facts.answer is Spoken.YES and facts.due is None:
        return say("Thank you, and all you need for {applicant}’s letter", applicant=facts.applicant)
    if facts.answer is Spoken.YES:
        return say(
            "Thank you, and all you need for {applicant}’s letter by {day}",
            applicant=facts.applicant,
            day=facts.due.day if facts.due else "",
        )
    if facts.due is None:
        return say("{applicant} asks you for a letter of recommendation", applicant=facts.applicant)
    return say("{applicant} asks you for a letter by {day}", applicant=facts.applicant, day=facts.due.day)


def _paragraphs(facts: AskFacts) -> Iterator[Line]:
    voice = VOICES[facts.tie]
    yield say("Dear {name},", name=facts.greeting_name)
    yield from _opening_paragraphs(facts)
    if facts.answer is Spoken.YES:
        yield _agreed(facts)
        yield from _what_they_saw(facts)
    else:
        yield _request(facts)
        if how_they_worked(facts) or not clause(facts.suggested_by):  # of a stranger nothing is claimed
            yield from _why_this_person(facts)
    yield from _points(facts)
    yield from _places(facts)
    if attached := ", ".join(clause(item) for item in facts.attachments if clause(item)):
        yield say("I attach what may help: {attached}.", attached=attached)
    if facts.waiver is not None:
        yield say(WAIVER_SENTENCES[facts.waiver])
    if clause(facts.pronouns):
        yield say("My pronouns are {pronouns}.", pronouns=clause(facts.pronouns))
    yield say(WAY_BACK if facts.answer is Spoken.YES else voice.way_out)
    yield facts.applicant.strip()


def _opening_paragraphs(facts: AskFacts) -> Iterator[Line]:
    words = own(facts.own_words)
    yield from words
    if clause(facts.suggested_by):
        yield say(
            "{first}, whom I asked first, can’t write this letter and suggested that I ask you.",
            first=clause(facts.suggested_by),
        )
    yield from _thanks_for_the_word(facts)
    if clause(facts.said):
        yield say("What I took from what you said: {said}.", said=clause(facts.said))
    begun = words or clause(facts.suggested_by)
    if clause(facts.appreciation) or not (begun or clause(facts.met) or facts.answer is not Spoken.NOT_YET):
        yield opening(facts)


def _thanks_for_the_word(facts: AskFacts) -> Iterator[Line]:
    met = clause(facts.met)
    if facts.answer is Spoken.YES:
        yield (
            say("Thank you for saying yes when we spoke {met}.", met=met)
            if met
            else say("Thank you for saying yes.")
        )
    elif facts.answer is Spoken.MAYBE:
        yield (
            say("Thank you for talking with me {met}, and for thinking it over.", met=met)
            if met
            else say("Thank you for thinking it over.")
        )
        yield say("So that you can decide in peace, here is everything in one place.")
    elif met:
        yield say("Thank you for talking with me {met}.", met=met)


def _agreed(facts: AskFacts) -> Sentence:
    what, due = purpose_named(facts), facts.due
    if facts.purpose is Purpose.POCKET and not what:
        return say(AGREED_FOR_LATER[due is not None], due=due)
    return say(AGREED[bool(what), due is not None], what=what, due=due)


def _request(facts: AskFacts) -> Sentence:
    what, due = purpose_named(facts), facts.due
    if facts.purpose is Purpose.POCKET and not what:
        asked = msg("Would you feel able to write me a strong letter of recommendation to keep for later?")
        dated = msg(
            "Would you feel able to write me a strong letter of recommendation to keep for later? "
            "I would be glad to have it by {due}."
        )
    elif not what:
        asked = msg("Would you feel able to write me a strong letter of recommendation?")
        dated = msg(
            "Would you feel able to write me a strong letter of recommendation? "
            "I would be glad to have it by {due}."
        )
    else:
        asked = msg(
            "Would you feel able to write me a strong letter of recommendation? It goes with my application for {what}."
        )
        dated = msg(
            "Would you feel able to write me a strong letter of recommendation? It goes with my application for {what}, "
            "and I would be glad to have it by {due}."
        )
    return say(asked, what=what) if due is None else say(dated, what=what, due=due)


def _points(facts: AskFacts) -> Iterator[Line]:
    points = tuple(point for point in facts.points if clause(point))[:MAX_POINTS]
    if points:
        yield (
            say("If you agree with them, these would help its readers:")
            if len(points) > 1
            else say("If you agree with it, this would help its readers:")
        )
        yield bullets(points)


def _places(facts: AskFacts) -> Iterator[Line]:
    if not facts.places:
        return
    yield say("Where it goes:")
    for place in facts.places:
        yield _place(place, facts.due)


def _place(place: Place, due: Due | None) -> Sentence:
    """A place whose date is the one already asked for does not say it twice."""
    bare, dated = PLACE_SENTENCES[place.method]
    name = clause(place.name)
    return say(bare, place=name) if place.due in (None, due) else say(dated, place=name, due=place.due)
