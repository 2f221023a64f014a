from __future__ import annotations

from datetime import date

from django.utils.translation import get_language, gettext

from vouchsafe.asks.access import ask_mail
from vouchsafe.asks.models import Ask, Document, Purpose
from vouchsafe.core import composing
from vouchsafe.core.composing import AskFacts, Due
from vouchsafe.core.composing.carry_over import carry_over
from vouchsafe.core.composing.due_words import due_sentence
from vouchsafe.core.composing.facts import Spoken
from vouchsafe.core.day_words import near_day
from vouchsafe.core.words import Sentence, msg, say
from vouchsafe.people.access import hosts_personally
from vouchsafe.people.models import Account, Contact
from vouchsafe.plans.models import Destination, Opportunity

TIES = {
    "direct_manager": composing.Tie.MANAGER,
    "adviser": composing.Tie.PROFESSOR,
    "professor_small": composing.Tie.PROFESSOR,
    "professor_large": composing.Tie.PROFESSOR,
    "mentor": composing.Tie.MENTOR,
    "colleague": composing.Tie.PEER,
    "peer": composing.Tie.PEER,
}
PURPOSES = {
    "job": composing.Purpose.JOB,
    "scholarship": composing.Purpose.SCHOLARSHIP,
    "pocket": composing.Purpose.POCKET,
}
SPOKE = (Ask.Said.YES, Ask.Said.MAYBE)
ANSWERS: dict[str, Spoken] = {Ask.Said.YES: Spoken.YES, Ask.Said.MAYBE: Spoken.MAYBE}


def ask_facts(
    *,
    owner: Account,
    contact: Contact,
    opportunity: Opportunity,
    purpose: Purpose | None = None,
    shown_on: date | None = None,
) -> AskFacts:
    """What is known of one ask, in the core's words, from rows. Reads only.

    Without a purpose (nothing is prepared yet) `shown_on` is the date proposed. A true deadline is not among
    the facts: the writer is shown one date.
    """
    shown_on = purpose.shown_on if purpose else shown_on
    spoke = (
        Ask.objects.filter(contact=contact, opportunity=opportunity, undone_at__isnull=True, said__in=SPOKE)
        .exclude(channel=Ask.Channel.MAIL)
        .last()
    )
    documents = (
        Document.objects.filter(request=purpose.request_id, removed_at__isnull=True) if purpose else ()
    )
    return AskFacts(
        applicant=owner.name or owner.email,
        writer=contact.name,
        salutation=contact.salutation.strip().removeprefix("Dear ").rstrip(","),
        pronouns=owner.pronouns,
        tie=TIES.get(contact.tie, composing.Tie.OTHER),
        worked_together=contact.how_you_know,
        worked_when=str(contact.last_worked_on.year) if contact.last_worked_on else "",
        purpose=PURPOSES.get(opportunity.kind, composing.Purpose.PROGRAMME),
        opportunity=opportunity.title,
        institution=opportunity.organisation,
        due=Due(shown_on, purpose.shown_time if purpose else None, (purpose or opportunity).zone)
        if shown_on
        else None,
        places=tuple(
            composing.Place(place.label, composing.Method(place.way))
            for place in Destination.objects.filter(opportunity=opportunity, removed_at__isnull=True)
        ),
        points=tuple(purpose.points) if purpose else (),
        attachments=tuple(
            gettext(DOCUMENT_WORDS[row.kind]) if row.kind in DOCUMENT_WORDS else row.name for row in documents
        ),
        waiver=_waiver(purpose),
        met=_met(spoke),
        answer=ANSWERS[spoke.said] if spoke else Spoken.NOT_YET,
        meets_weekly=contact.meets_regularly,
    )


DOCUMENT_WORDS: dict[str, str] = {
    Document.Kind.RESUME: msg("my résumé"),
    Document.Kind.POSTING: msg("the posting"),
}


def _waiver(purpose: Purpose | None) -> composing.Waiver:
    """An ask begins open; the sentence follows the choice."""
    if purpose is not None and purpose.confidentiality == Purpose.Choice.WAIVED:
        return composing.Waiver.WAIVED
    # Where no waiver can be given, none is named; what can be done instead is.
    return composing.Waiver.OWN if hosts_personally() else composing.Waiver.OPEN


def _met(spoke: Ask | None) -> str:
    if spoke is None:
        return ""
    how = msg("on the phone on {day}") if spoke.channel == Ask.Channel.PHONE else msg("on {day}")
    return speak(say(how, day=near_day(spoke.asked_on, get_language() or "en")))


def facts_of(purpose: Purpose) -> AskFacts:
    """The facts of an ask that is being prepared."""
    contact = purpose.request.contact
    return ask_facts(owner=contact.owner, contact=contact, opportunity=purpose.opportunity, purpose=purpose)


def composed_note(facts: AskFacts) -> str:
    """The note as we would propose it, in the active language."""
    return composing.compose_ask(facts).text(speak)


def composed_subject(facts: AskFacts) -> str:
    return speak(composing.compose_ask(facts).subject)


def speak(sentence: Sentence) -> str:
    """A composed sentence in the active language, its date with it."""
    language = get_language() or "en"
    facts = {
        name: speak(due_sentence(fact, language)) if isinstance(fact, Due) else fact
        for name, fact in sentence.facts.items()
    }
    return gettext(sentence.msgid).format_map(facts)


def drafts_to(contact: Contact, opportunity: Opportunity) -> list[tuple[Purpose, AskFacts]]:
    """Asks of this person for this opportunity whose mail has not left, each with its facts as they stand."""
    rows = (
        Purpose.objects.select_for_update(of=("self",))
        .select_related("request__contact__owner", "opportunity")
        .filter(request__contact=contact, opportunity=opportunity)
        .order_by("id")
    )
    return [(row, facts_of(row)) for row in rows if ask_mail(row) is None]


def follow_a_word(drafts: list[tuple[Purpose, AskFacts]]) -> None:
    """Bring notes and subjects up to date after a word in person or its undo: a yes is not asked for again."""
    for row, before in drafts:
        was = (row.note, row.subject)
        row.note = note_after(row, before)
        if row.subject == composed_subject(before):
            row.subject = composed_subject(facts_of(row))
        if was != (row.note, row.subject):
            row.save(update_fields=["note", "subject"])


def note_after(purpose: Purpose, before: AskFacts) -> str:
    """The purpose's note once its facts have changed, with the applicant's own words kept.

    A note that was never begun stays empty: it is composed when its applicant first looks at it.
    """
    if not purpose.note:
        return ""
    return carry_over(purpose.note, composed_note(before), composed_note(facts_of(purpose)))
