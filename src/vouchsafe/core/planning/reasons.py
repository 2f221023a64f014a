"""Why this person, in sentences: what speaks for them, what against, and what nobody has told us.

Nothing is claimed that was not stated. Where a fact is missing the sentence says that it is missing.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from vouchsafe.core.planning.facts import Contact, Opportunity, Tie
from vouchsafe.core.planning.fit import STALE_DAYS, STORY, is_distant_senior
from vouchsafe.core.planning.plan import Reason
from vouchsafe.core.words import Month, Sentence, msg, say

TIES = {
    Tie.DIRECT_MANAGER: msg("{name} was responsible for your work, which readers trust most."),
    Tie.ADVISER: msg("{name} advised you, and can speak about how you work over time."),
    Tie.PROFESSOR_SMALL: msg("{name} taught you in a small class, where a teacher sees each person’s work."),
    Tie.PROFESSOR_LARGE: msg(
        "{name} taught you in a large class, where a teacher sees little of each person."
    ),
    Tie.MENTOR: msg("{name} is a mentor, and has followed how you grow."),
    Tie.COLLEAGUE: msg("{name} worked beside you."),
    Tie.CLIENT: msg("{name} was a client, and can say what your work was worth to them."),
    Tie.PEER: msg("{name} is a peer; readers give more weight to people who were responsible for you."),
    Tie.FRIEND: msg("{name} is a friend, and readers give little weight to a friend’s letter."),
    Tie.FAMILY: msg("{name} is family, and readers give a letter from family next to no weight."),
    Tie.WEAK: msg("{name} knows you only slightly."),
}
AGAINST_FOR_ANY = frozenset({Tie.PROFESSOR_LARGE, Tie.PEER, Tie.FRIEND, Tie.FAMILY, Tie.WEAK})

KNOWLEDGE = (
    msg("{name} has not seen your work."),
    msg("{name} has seen little of your work."),
    msg("{name} has seen some of your work."),
    msg("{name} could tell a story about something you did."),
    msg("{name} knows your work in depth, with stories to tell."),
)
WARMTH = (
    msg("There is no warmth between you and {name} that you know of."),
    msg("You and {name} know each other a little."),
    msg("You and {name} get on."),
    msg("You had a good connection with {name}."),
    msg("You had a very good connection with {name}."),
)


def reasons(
    contact: Contact, opportunity: Opportunity, today: date, written_for: Collection[str] = ()
) -> tuple[Reason, ...]:
    """Everything worth saying about this choice. `written_for` are titles they already write for in this plan."""
    found = [*_closeness(contact), *_time(contact, today), *_qualities(contact, opportunity)]
    found += [*_tie(contact), *_cautions(contact, opportunity)]
    if contact.written_kinds:
        found.append(_for("has_letter", say("{name} has written for you before.", name=contact.name)))
    elif written_for:
        sentence = say(
            "{name} would write for {title} too, and one letter is soon adapted for the other.",
            name=contact.name,
            title=min(written_for),
        )
        found.append(_for("adapts", sentence))
    return tuple(found)


def _closeness(contact: Contact) -> list[Reason]:
    name = contact.name
    found = []
    if contact.knows_work is None:
        missing = say("You have not said how well {name} knows your work, so we count on nothing.", name=name)
        found.append(Reason("knows_work", "unknown", missing))
    else:
        speaks = "for" if contact.knows_work >= STORY else "against" if contact.knows_work < 2 else "neutral"
        found.append(Reason("knows_work", speaks, say(KNOWLEDGE[contact.knows_work], name=name)))
    if contact.warmth is None:
        found.append(
            Reason("warmth", "unknown", say("You have not said how well you and {name} got on.", name=name))
        )
    else:
        speaks = "for" if contact.warmth >= 2 else "against"
        found.append(Reason("warmth", speaks, say(WARMTH[contact.warmth], name=name)))
    return found


def _time(contact: Contact, today: date) -> list[Reason]:
    last = contact.last_worked_on
    if last is None:
        sentence = say("You have not said when you last worked with {name}.", name=contact.name)
        return [Reason("last_worked_on", "unknown", sentence)]
    if (today - last).days >= STALE_DAYS:
        sentence = say(
            "You last worked with {name} in {year}, which is long ago.", name=contact.name, year=last.year
        )
        return [Reason("last_worked_on", "against", sentence)]
    sentence = say("You last worked with {name} in {month}.", name=contact.name, month=Month(last))
    return [_for("last_worked_on", sentence)]


def _qualities(contact: Contact, opportunity: Opportunity) -> list[Reason]:
    if not opportunity.wanted:
        return []
    seen = sorted(contact.qualities & opportunity.wanted)
    if seen:
        sentence = say(
            "{name} has seen what {title} asks for: {seen}.",
            name=contact.name,
            title=opportunity.title,
            seen=", ".join(seen),
        )
        return [_for("qualities", sentence)]
    sentence = say(
        "Nothing says that {name} has seen what {title} asks for.",
        name=contact.name,
        title=opportunity.title,
    )
    return [Reason("qualities", "unknown", sentence)]


def _tie(contact: Contact) -> list[Reason]:
    if contact.tie is None:
        return [Reason("tie", "unknown", say("You have not said how {name} knows you.", name=contact.name))]
    speaks = "against" if contact.tie in AGAINST_FOR_ANY else "for"
    return [Reason("tie", speaks, say(TIES[contact.tie], name=contact.name))]


def _cautions(contact: Contact, opportunity: Opportunity) -> list[Reason]:
    found = []
    if is_distant_senior(contact):
        sentence = say(
            "{name} has a senior name but little knowledge of your work; such a letter can do harm.",
            name=contact.name,
        )
        found.append(Reason("distant_senior", "against", sentence))
    if contact.takes_calls and not contact.takes_calls_for(opportunity):
        sentence = say(
            "{name} also takes reference calls for you elsewhere; don’t ask too much of one person.",
            name=contact.name,
        )
        found.append(Reason("phone_reference_elsewhere", "against", sentence))
    if not contact.emails:
        sentence = say("There is no address for {name}, so this one is asked in person.", name=contact.name)
        found.append(Reason("no_address", "against", sentence))
    return found


def takes_calls_yet_writes(contact: Contact, opportunity: Opportunity) -> Reason:
    """For someone who has been asked already although they take the calls for the same opportunity."""
    sentence = say(
        "{name} has been asked already, and also takes the reference calls for {title}.",
        name=contact.name,
        title=opportunity.title,
    )
    return Reason("phone_reference", "against", sentence)


def _for(code: str, sentence: Sentence) -> Reason:
    return Reason(code, "for", sentence)
