"""From a verdict to what its page says: a true headline, one sentence, facts, four answers, and what stays open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vouchsafe.core.sealing import Known, Outcome, rosette, seal_words
from vouchsafe.core.sealing.seal_picture import Curve
from vouchsafe.core.words import Sentence, msg, say
from vouchsafe.desk.verifying import Checked, SealFacts
from vouchsafe.doors.web.ui.dates import day_words

ICONS = {
    Outcome.CHANGED: ("file-x", "stop"),
    Outcome.REPLACED: ("refresh-cw", "wait"),
    Outcome.WITHDRAWN: ("ban", "wait"),
    Outcome.NOT_FOUND: ("search", "blue"),
    Outcome.NOT_CHECKABLE: ("hourglass", "wait"),
}
PROOFS = {
    "mailed_link": msg("by a link that we mailed to an address at {domain}"),
    "mailed_code": msg("by a code that we mailed to an address at {domain}"),
    "reply": msg("by a mail from an address at {domain}, for which its provider vouched"),
}
CONFIDENCE = {
    "waived": msg("{applicant} had given up the right to read it, and the writer knew"),
    "in_confidence": msg("{writer} gave it in confidence; {applicant} has not been able to read it"),
}


@dataclass(frozen=True, slots=True)
class VerdictPage:
    outcome: str
    icon: str
    tone: str
    headline: Sentence
    sentence: Sentence
    facts: SealFacts | None
    proof: Sentence | None
    confidence: Sentence | None
    checks: tuple[tuple[str, Sentence, Sentence | str], ...]
    """The four answers, and what no seal can answer: sign, sentence, and a word more."""

    curves: tuple[Curve, ...]
    words: tuple[str, ...]
    also: tuple[str, ...]
    see: str
    """The number of the letter to look at instead, or none."""

    reading: str
    """Where this visitor, as a reader, may read it; empty for everyone else."""

    by_file: bool


def verdict_page(checked: Checked, *, asked: str = "", reading: str = "") -> VerdictPage:
    facts, verdict = checked.facts, checked.verdict
    outcome = verdict.outcome
    icon, tone = ICONS.get(outcome, ("", "seal"))
    genuine = outcome is Outcome.GENUINE and facts is not None
    see = facts.successor if facts and outcome is Outcome.REPLACED else ""
    if outcome is Outcome.CHANGED:
        see = facts.number if facts else checked.claimed
    return VerdictPage(
        outcome=str(outcome),
        icon=icon,
        tone=tone,
        headline=_headline(checked, asked),
        sentence=_sentence(checked, asked),
        facts=facts,
        proof=_proof(facts),
        confidence=_confidence(facts),
        # Of a number nobody has there is nothing to answer.
        checks=() if asked and facts is None else (*_answers(checked), *_open_questions(facts)),
        # No outcome but this one shows the picture: it must never stand beside a doubt.
        curves=rosette(facts.digest) if genuine and facts else (),
        words=seal_words(facts.digest) if genuine and facts else (),
        also=checked.also,
        see=see,
        reading=reading if outcome in (Outcome.GENUINE, Outcome.REPLACED) else "",
        by_file=verdict.known.state != Known.NUMBER_ONLY,
    )


def _headline(checked: Checked, asked: str) -> Sentence:
    verdict, facts = checked.verdict, checked.facts
    match verdict.outcome:
        case Outcome.GENUINE if verdict.known.state == Known.NUMBER_ONLY and facts:
            return say("Letter {number} is genuine", number=_unbroken(facts.number))
        case Outcome.GENUINE if verdict.known.state == Known.READING_COPY:
            return say("This is a reading copy of a genuine letter")
        case Outcome.GENUINE if verdict.known.state == Known.CONFORMING_COPY:
            return say("This is a copy of a genuine letter")
        case Outcome.GENUINE:
            return say("This letter is genuine")
        case Outcome.CHANGED if facts and verdict.known.state != Known.NOT_THESE_BYTES:
            return say("The seal of letter {number} no longer fits", number=_unbroken(facts.number))
        case Outcome.CHANGED:
            return say("This file is not the letter we sealed")
        case Outcome.REPLACED:
            return say("This letter was replaced by a newer one")
        case Outcome.WITHDRAWN:
            return say("Its writer has withdrawn this letter")
        case Outcome.NOT_FOUND if asked:
            return say("No letter has the number {number}", number=_unbroken(asked))
        case Outcome.NOT_FOUND:
            return say("We know no letter with these bytes")
        case _:
            return say("This can’t be checked now")


def _sentence(checked: Checked, asked: str) -> Sentence:
    facts, verdict = checked.facts, checked.verdict
    match verdict.outcome:
        case Outcome.GENUINE if facts and verdict.known.state == Known.SEALED_FILE:
            return _told(
                facts, msg("{writer} sealed it for {applicant} on {day}. Not a word has changed since.")
            )
        case Outcome.GENUINE if facts and verdict.known.state == Known.NUMBER_ONLY:
            return _told(
                facts,
                msg(
                    "{writer} sealed it for {applicant} on {day}. Compare the picture and the four words with your copy."
                ),
            )
        case Outcome.GENUINE if facts:
            return _told(
                facts,
                msg(
                    "Letter {number} was sealed by {writer} for {applicant} on {day}. This file was made here from it."
                ),
            )
        case Outcome.CHANGED if checked.claimed:
            return say(
                "It calls itself letter {number}, but its bytes are others. Ask whoever gave it to you for the original.",
                number=checked.claimed,
            )
        case Outcome.CHANGED if facts and verdict.known.state == Known.NOT_THESE_BYTES:
            return say(
                "The bytes of your file are not those of letter {number}. A file that was printed and scanned, saved anew or joined with others is a different one too.",
                number=facts.number,
            )
        case Outcome.CHANGED if facts:
            return say("Something here was altered. Ask the people who run this site.")
        case Outcome.CHANGED:
            return say(
                "It carries our signature, and the signature does not fit. Ask whoever gave it to you for the original."
            )
        case Outcome.REPLACED if facts and facts.successor:
            return _told(facts, msg("{writer} sealed letter {successor} for {applicant} in its place."))
        case Outcome.REPLACED if facts:
            return _told(facts, msg("{writer} opened it again before anyone was told of it."))
        case Outcome.WITHDRAWN if facts:
            return _told(
                facts, msg("{writer} sealed it for {applicant} on {day}, and no longer stands by it.")
            )
        case Outcome.NOT_FOUND if asked:
            return say(
                "Check each character with the foot of the letter. 0 and O are read alike, and so are 1, I and L."
            )
        case Outcome.NOT_FOUND:
            return say(
                "A scan, a print or a file saved anew has other bytes than the one we sealed. If its foot shows a number, look that up. Of a packet, save one of the attached letters and check that."
            )
        case _:
            return say(
                "We can’t reach what we need for it. This says nothing about the letter. Try again later."
            )


def _unbroken(number: str) -> str:
    """A number that no line end divides; the hyphen is read back as any other."""
    return number.replace("-", "\N{NON-BREAKING HYPHEN}")


def _answers(checked: Checked) -> Iterator[tuple[str, Sentence, str]]:
    """The four answers, each for itself; never one tick."""
    signs = {True: "yes", False: "fail", None: "no"}
    verdict = checked.verdict
    for answer in (verdict.known, verdict.signature, verdict.addition, verdict.sender):
        yield signs[answer.good], answer.sentence, ""


def _open_questions(facts: SealFacts | None) -> Iterator[tuple[str, Sentence, Sentence]]:
    if facts is None:
        return
    yield (
        "no",
        say("Whether what it says is true, nobody can seal"),
        say("If it matters, call {writer} on a number you find yourself.", writer=facts.writer_name),
    )
    yield (
        "no",
        say("When it was written is not known, only when it was sealed"),
        say("The moment is that of this site’s own clock."),
    )


def _told(facts: SealFacts, template: str) -> Sentence:
    return say(
        template,
        writer=facts.writer_name,
        applicant=facts.applicant_name,
        day=day_words(facts.sealed_at, "plain"),
        number=facts.number,
        successor=facts.successor,
    )


def _proof(facts: SealFacts | None) -> Sentence | None:
    if facts is None or facts.proven_by not in PROOFS:
        return None
    return say(PROOFS[facts.proven_by], domain=facts.domain)


def _confidence(facts: SealFacts | None) -> Sentence | None:
    if facts is None or facts.confidentiality not in CONFIDENCE:
        return None
    return say(CONFIDENCE[facts.confidentiality], writer=facts.writer_name, applicant=facts.applicant_name)
