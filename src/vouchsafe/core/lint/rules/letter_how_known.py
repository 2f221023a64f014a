"""S08: the letter does not say how the writer knows the applicant."""

from __future__ import annotations

from collections.abc import Iterator

from vouchsafe.core.lint.facts import LetterFacts
from vouchsafe.core.lint.findings import Level, Rule, Spot
from vouchsafe.core.lint.phrases import is_negated, phrases, said_in
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.words import msg

WORK = r"(?:work(?:ed|ing|s)?|collaborat(?:ed|ing)|co-?operat(?:ed|ing)|train(?:ed|ing)?|serv(?:ed|ing))"
LED = (
    r"(?:taught|teach(?:ing)?|supervis(?:ed?|ing)|manag(?:ed?|ing)|mentor(?:ed|ing)?|coach(?:ed|ing)?|advis(?:ed?|ing)|direct(?:ed|ing)?|led|train(?:ed|ing)|tutor(?:ed|ing)?"
    r"|employ(?:ed|ing)?|hir(?:ed|ing)|instruct(?:ed|ing)|oversaw|overseen|recruit(?:ed|ing)?|examin(?:ed|ing)|conduct(?:ed|ing)|choreograph(?:ed|ing))"
)
ROLE = (
    r"(?:supervisor|manager|teacher|professor|lecturer|tutor|advis[eo]r|coach|mentor|boss|employer|director|colleague|co-?worker|instructor|head|principal|dean|lead|leader|editor"
    r"|choreographer|agent|trainer|team-?mate|partner|client|landlord|conductor|producer|photographer|chef|neighbou?r|captain|examiner|president|chair(?:man|woman|person)?|owner|counsellor)"
)
HOW = phrases(
    rf"(?:I|we|myself)(?:'ve| have| had)?(?: \w+)?(?: had)? (?:the \w+ of |the \w+ to |an? \w+ to )?(?:\w+ly )?{LED}",
    rf"(?:I|we)(?:'ve| have| had)?(?: \w+ly| also| first| often)? {WORK}(?: \w+)? (?:with|alongside|beside|under|for|together)",
    rf"{WORK}(?: \w+ly| side by side)? (?:with|alongside|beside|under|for) (?:me|us|my|our)",
    rf"(?:pleasure|privilege|honou?r|opportunity|joy|fortune|delight|chance)[^.;]{{0,40}}? (?:{WORK}|{LED}|watch(?:ing)?|observ(?:e|ing)|have|having)",
    rf"(?:as|was|am|been|being|is|became|were) (?:\w+ ){{0,4}}?(?:{{his}}|\w+'s) (?:\w+ ){{0,4}}?{ROLE}",
    rf"as (?:an?|the|one of) (?:\w+ ){{0,4}}?{ROLE} (?:of|at|in|for|who|with)[^.]{{0,80}}?(?:{{he}}|{{his}}|team|class|course|lab)",
    r"my (?:\w+ ){0,3}?(?:student|pupil|colleague|assistant|employee|intern|trainee|apprentice|advisee|co-?worker|team-?mate|report|supervision|class(?:room|es)?|team|lab(?:oratory)?|group|course|seminar|department|office|studio|company|firm|leadership|guidance|mentorship|direction|kitchen|restaurant|workshop|ensemble|tutorial)",
    r"(?:{he}|\w+) (?:has |had |was |is |took |attended |joined )(?:\w+ ){0,5}?(?:in|of|for|to|on|at) (?:my|our) (?:\w+ ){0,3}?(?:class(?:es|room)?|team|lab(?:oratory)?|group|course|seminar|department|office|studio|company|firm|kitchen|restaurant|workshop|organi[sz]ation|school|agency|production|staff|unit|ward|shop|band|club|community)",
    r"report(?:ed|s|ing) (?:directly )?to me",
    r"(?:I|we)(?:'ve| have)? (?:first )?(?:met|got to know|came to know|come to know|encountered|known) [^.;]{0,80}?(?:when|as|while|through|during|in|at|since|for)",
    r"(?:we|both of us) (?:\w+ ){0,2}?(?:shared|ran|built|wrote|worked|studied|served|played|danced|performed)",
)


def find(prose: Prose, facts: LetterFacts) -> Iterator[Spot]:
    if prose.body_words and not any(not is_negated(prose, found.start(), 3) for found in said_in(prose, HOW)):
        yield Spot(prose.body_start, prose.body_start, {"about": facts.about})


RULE: Rule[LetterFacts] = Rule(
    code="S08",
    slug="letter-how-known",
    level=Level.ADVICE,
    sentence=msg("It is not said how you know {about}."),
    hint=msg("One line does it: in which role, and what of their work you saw."),
    find=find,
)
