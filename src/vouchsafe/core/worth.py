"""Is a letter worth asking for here?

Employers rarely demand letters; they ask for phone references. So the usual answer for a job is
“not here”, and every other answer has its reason, with its source and how sure we are of it.
The advice is lines 2 to 5 of The Muse, “How to ask for a letter of recommendation (and actually get
one)”; the customs of programmes come from faculty pages and career offices.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from vouchsafe.core.reading.posting.letter_terms import Letters, LetterTerms, Means, read_letter_terms
from vouchsafe.core.reading.posting.level import THIN_YEARS, Level, LevelRead, read_level
from vouchsafe.core.reading.posting.phrases import Phrases
from vouchsafe.core.reading.posting.records import PostingRead
from vouchsafe.core.words import Sentence, msg, say, say_n

Kind = Literal["job", "programme", "scholarship", "pocket"]
Verdict = Literal["required", "worth_it", "pocket", "not_here"]
Confidence = Literal["high", "medium", "low"]

LABELS: dict[Verdict, str] = {
    "required": msg("required"),
    "worth_it": msg("worth it"),
    "pocket": msg("keep one in the pocket"),
    "not_here": msg("not here"),
}

POSTING = say("the posting")
YOU = say("what you told us")
MUSE = say("The Muse, “How to ask for a letter of recommendation (and actually get one)”")
FACULTY = say("faculty pages and career offices")
GUESS = say("our own reading, a guess")


@dataclass(frozen=True, slots=True)
class OpportunityFacts:
    """What is known of an opportunity. None means nobody has said it; the text may still say it.

    `years_experience` are the years the opening asks for. `unreachable_referees` are former
    supervisors nobody can call any more. `letters` and `need` told by a person outrank the text.
    """

    kind: Kind = "job"
    title: str | None = None
    text: str | None = field(default=None, repr=False)
    level: Level | None = None
    years_experience: int | None = None
    letters: Letters | None = None
    need: int | None = None
    unreachable_referees: tuple[str, ...] = ()
    experience: str | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, where it comes from, how sure we are, and the posting's words it rests on."""

    sentence: Sentence
    source: Sentence
    confidence: Confidence
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Worth:
    """The answer. `need` is the number of letters demanded, if one is named."""

    verdict: Verdict
    headline: Sentence
    reasons: tuple[Reason, ...]
    need: int | None = None
    letters: Letters | None = None
    means: tuple[Means, ...] = ()
    address: str | None = None

    @property
    def label(self) -> str:
        return LABELS[self.verdict]


_SCHOLARSHIP = Phrases(r"\b(?:scholarships?|bursar(?:y|ies)|stipendium|stipendien|bourses?|becas?)\b")
_PROGRAMME = Phrases(
    r"\b(?:(?:master(?:['’]?s)?|doctoral|ph\.?d|graduate|degree|mba|undergraduate|summer)\s+program(?:me)?|masterstudiengang|promotionsstudium)\b"
)

_ACADEMIC = Phrases(
    r"\b(?:post-?\s?doc\w*|professor\w*|lecturer|research fellow|tenure[- ]track|faculty position|ph\.?d\.? (?:student|position|candidate)"
    r"|doktorand\w*|wissenschaftliche\w* mitarbeiter\w*|doctorante?|maître de conférences|investigador\w* postdoctoral)"
)


def from_posting(
    posting: PostingRead,
    *,
    kind: Kind | None = None,
    level: Level | None = None,
    unreachable_referees: tuple[str, ...] = (),
) -> OpportunityFacts:
    """The facts a posting states. Its kind is read from its title alone; else it is a job."""
    title = posting.title or ""
    read: Kind = (
        "scholarship" if _SCHOLARSHIP.search(title) else "programme" if _PROGRAMME.search(title) else "job"
    )
    return OpportunityFacts(
        kind=kind or read,
        title=posting.title,
        text=posting.description,
        level=level,
        experience=posting.experience,
        unreachable_referees=unreachable_referees,
    )


def weigh(facts: OpportunityFacts) -> Worth:
    """The verdict on one opportunity, with every reason that led to it."""
    terms = read_letter_terms(facts.text or "")
    told = _told(facts)
    stance = told or terms.stance
    need = facts.need if facts.need is not None else terms.need
    reasons = list(_reasons_of_terms(facts, terms, told))
    if facts.kind == "pocket":
        return _answer(
            "pocket", say("Keep this letter in your pocket: it has no destination yet."), _pocket(reasons)
        )
    if stance == "required":
        return _answer("required", _required(need), reasons, terms, need, "required")
    if stance == "required_later":
        return _answer("pocket", _later(need), reasons, terms, need, "required")
    if stance in ("not_taken", "not_yet"):
        reasons += _instead_of_the_unreachable(facts)
        headline = (
            say("Not here, for now: they want no letters at this stage. Have your phone references ready.")
            if stance == "not_yet"
            else say("Not here: they take no letters. Give phone references if they ask.")
        )
        return _answer("not_here", headline, reasons, terms, None, "not_taken")
    if stance == "accepted":
        reasons.append(Reason(say("Few people send one, so a letter can set you apart."), MUSE, "medium"))
        reasons += _exceptions(facts)
        return _answer("worth_it", say("Worth it: they take letters."), reasons, terms, None, "accepted")
    return _silent(facts, terms, reasons, need)


def _told(facts: OpportunityFacts) -> Literal["required", "accepted", "not_taken"] | None:
    if facts.letters is not None:
        return facts.letters
    return "required" if facts.need else None


def _reasons_of_terms(facts: OpportunityFacts, terms: LetterTerms, told: Letters | None) -> list[Reason]:
    reasons: list[Reason] = []
    if told is not None:
        reasons.append(Reason(_TOLD[told], YOU, "high"))
    quote = terms.quotes[0] if terms.quotes else None
    if terms.stance is not None:
        sure: Confidence = "high" if terms.certain and not terms.conditional else "low"
        if told is not None and terms.letters is not None and told != terms.letters:
            reasons.append(
                Reason(say("The posting reads otherwise; we went by what you said."), POSTING, sure, quote)
            )
        elif told is None:
            reasons.append(Reason(_SAID[terms.stance], POSTING, sure, quote))
        if terms.conditional and told is None:
            reasons.append(
                Reason(say("It names a condition: see whether it holds for you."), POSTING, "medium", quote)
            )
        if not terms.certain and len(terms.quotes) > 1 and told is None:
            reasons.append(
                Reason(
                    say("Its words do not agree with each other; ask them."), POSTING, "low", terms.quotes[1]
                )
            )
    if terms.at_most is not None:
        reasons.append(
            Reason(
                say_n("They take at most {n} letter.", "They take at most {n} letters.", terms.at_most),
                POSTING,
                "high",
                quote,
            )
        )
    if terms.referees:
        reasons.append(Reason(_referees(terms), POSTING, "high", terms.referees_quote))
    return reasons


_TOLD: dict[Letters, Sentence] = {
    "required": say("You said that letters are required."),
    "accepted": say("You said that letters are accepted."),
    "not_taken": say("You said that letters are not taken."),
}
_SAID: dict[str, Sentence] = {
    "required": say("The posting asks for letters."),
    "required_later": say("The posting asks for letters later, from those it shortlists."),
    "accepted": say("The posting takes letters without demanding them."),
    "not_required": say("The posting says that letters are not required."),
    "not_yet": say("The posting wants no letters at this stage."),
    "not_taken": say("The posting says that letters are not taken."),
}


def _referees(terms: LetterTerms) -> Sentence:
    if terms.referees_named is not None:
        return say_n(
            "They want {n} person they can ask about you, not a letter.",
            "They want {n} people they can ask about you, not letters.",
            terms.referees_named,
        )
    return say("They speak of references they can ask about you, not of letters.")


def _required(need: int | None) -> Sentence:
    if need is None:
        return say("Required: they ask for letters. How many, they do not say.")
    return say_n("Required: they ask for one letter.", "Required: they ask for {n} letters.", need)


def _later(need: int | None) -> Sentence:
    if need is None:
        return say("Keep letters ready: they are asked for only later, if you are shortlisted.")
    return say_n(
        "Keep {n} letter ready: it is asked for only later, if you are shortlisted.",
        "Keep {n} letters ready: they are asked for only later, if you are shortlisted.",
        need,
    )


def _pocket(reasons: list[Reason]) -> list[Reason]:
    why = say("A letter kept for later serves when an opening comes up quickly, and on days of doubt.")
    return [Reason(why, MUSE, "medium"), *reasons]


def _exceptions(facts: OpportunityFacts) -> list[Reason]:
    """Where a letter nobody demanded still weighs: thin experience, a senior role, a lost supervisor."""
    reasons = [
        Reason(
            say("{name} can no longer be called, and a letter can speak instead.", name=name),
            MUSE,
            "medium",
        )
        for name in facts.unreachable_referees
        if name.strip()
    ]
    read = _level(facts)
    source_is_yours = facts.level is not None or facts.years_experience is not None
    sure: Confidence = "medium" if source_is_yours or read.quote == facts.title else "low"
    if read.level == "junior":
        why = say("This is a junior role: where experience is thin, a letter says what a résumé cannot.")
        reasons.append(Reason(why, MUSE, sure, None if source_is_yours else read.quote))
    elif read.level == "senior":
        why = say("This is a senior role: character weighs as much as skill, and a letter can speak of it.")
        reasons.append(Reason(why, MUSE, sure, None if source_is_yours else read.quote))
    return reasons


def _level(facts: OpportunityFacts) -> LevelRead:
    if facts.level is not None:
        return LevelRead(facts.level)
    read = read_level(facts.title, facts.experience, facts.text)
    if facts.years_experience is not None and facts.years_experience <= THIN_YEARS:
        return LevelRead("junior", facts.years_experience)
    return read


def _instead_of_the_unreachable(facts: OpportunityFacts) -> list[Reason]:
    return [
        Reason(
            say("{name} cannot be called: name someone else who saw the same work.", name=name), GUESS, "low"
        )
        for name in facts.unreachable_referees
        if name.strip()
    ]


def _silent(facts: OpportunityFacts, terms: LetterTerms, reasons: list[Reason], need: int | None) -> Worth:
    """The posting demands nothing, offers nothing and refuses nothing."""
    if facts.kind in ("programme", "scholarship") and terms.stance is None:
        usual = say(
            "Programmes and scholarships usually ask for 2 to 3 letters; this text does not say. Look it up."
        )
        reasons.append(Reason(usual, FACULTY, "medium"))
        headline = say("Worth it: letters are usual here, though this text does not ask for them.")
        return _answer("worth_it", headline, reasons, terms, need, None)
    if facts.kind == "job" and terms.stance is None and _ACADEMIC.search(facts.title or ""):
        usual = say("Academic posts usually ask for 3 to 4 letters; this text does not say. Look it up.")
        reasons += [Reason(usual, FACULTY, "medium"), *_exceptions(facts)]
        headline = say("Worth it: letters are usual here, though this text does not ask for them.")
        return _answer("worth_it", headline, reasons, terms, need, None)
    exceptions = _exceptions(facts)
    if exceptions and facts.kind == "job":
        reasons += exceptions
        reasons.append(
            Reason(
                say("They did not ask for it: offer the letter, and name phone references as well."),
                MUSE,
                "medium",
            )
        )
        return _answer(
            "worth_it", say("Worth it, though they do not ask for one."), reasons, terms, need, None
        )
    reasons.append(
        Reason(
            say("Employers rarely ask for letters; they call two or three people you name."), MUSE, "medium"
        )
        if facts.kind == "job"
        else Reason(say("Nobody here asks for a letter, so nobody need write one."), POSTING, "medium")
    )
    if facts.kind == "job" and _level(facts).level is None:
        reasons.append(
            Reason(
                say("We could not tell how senior this role is. For a junior or a very senior one, say so."),
                GUESS,
                "low",
            )
        )
    headline = (
        say("Not here: give phone references instead.")
        if facts.kind == "job"
        else say("Not here: they ask for no letters.")
    )
    return _answer("not_here", headline, reasons, terms, None, None)


def _answer(
    verdict: Verdict,
    headline: Sentence,
    reasons: list[Reason],
    terms: LetterTerms | None = None,
    need: int | None = None,
    letters: Letters | None = None,
) -> Worth:
    return Worth(
        verdict=verdict,
        headline=headline,
        reasons=tuple(reasons),
        need=need,
        letters=letters,
        means=terms.means if terms else (),
        address=terms.address if terms else None,
    )
