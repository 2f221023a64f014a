"""S15: a remark that raises a doubt, often without meaning to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vouchsafe.core.lint.facts import LetterFacts
from vouchsafe.core.lint.findings import Level, Rule, Spot
from vouchsafe.core.lint.phrases import phrases
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.lint.seeking import said
from vouchsafe.core.patterns import late
from vouchsafe.core.words import msg

FAULT = r"(?:late|slow|shy|quiet|weak|careless|absent|difficult|stubborn|nervous|disorgani[sz]ed|unreliable|impatient|inexperienced|hesitant|unprepared|timid|abrasive|blunt|anxious|immature|messy|rough|awkward|reserved|distracted|inconsistent|uneven|untidy|forgetful)"
DOUBTS = phrases(
    rf"(?:although|though|while|whilst|despite the fact that|even though|admittedly,?|granted,?|true,?) (?:{{he}}|[A-Z]\w+) (?:\w+ ){{0,3}}?(?:is|was|can be|could be|has been|had been|may be|might be|seems?|appear\w*|lacks?|lacked|struggl\w+|did not|does not|has not|had|needs?|needed|started|began) (?:\w+ ){{0,4}}?(?:{FAULT}|struggl\w+|difficult\w*|trouble|weak\w*|not|lack\w*|little experience|no experience|problems?|behind|improv\w+|guidance|help|experience|slowly|skills|confidence)",
    r"(?:despite|notwithstanding|in spite of|apart from|except for) (?:{his}|some|a few|occasional|certain|initial|earlier|the|a lack) (?:\w+ ){0,3}?(?:problems?|difficult(?:y|ies)|weakness(?:es)?|shortcomings?|lack|absences?|lateness|grades?|issues?|struggles?|mistakes?|shyness|limitations?|flaws?|setbacks?|lapses?|record|temper|inexperience|of (?:experience|skill|confidence))",
    rf"(?:{{he}}|[A-Z]\w+) (?:is|was|can be|could be|has been|tends to be|may be|might be|gets|got) (?:\w+ ){{0,2}}?(?:a bit |a little |somewhat |sometimes |occasionally |at times |often |rather |too |overly |quite )(?:\w+ )?{FAULT}",
    rf"(?:sometimes|occasionally|at times|now and then|on occasion) (?:{{he}} )?(?:\w+ )?(?:{FAULT}|lacks?|forgets?|forgot|misses|missed|struggles|struggled|needs|needed|fails|failed|argues|argued|arrived late|loses|lost)",
    r"(?:needs?|needed|requires?|required|could use|would benefit from|will need|must still) (?:\w+ ){0,2}?(?:only )?(?:minimal |little |some |more |further |much |close |constant |a lot of |occasional |a little )(?:\w+ )?(?:supervision|guidance|help|support|training|prompting|reminding|reminders|direction|practice|polish|experience|encouragement|work on|time to)",
    r"(?:still|yet) (?:has|needs|had|lacks) (?:\w+ )?(?:to (?:learn|improve|develop|grow|gain|work on|master)|much to learn|a way to go|some way to go|room)",
    r"room (?:for|to) (?:improve\w*|growth|grow)",
    r"(?:did|does|do|has|have) (?:not|n't) (?:always|often|usually|fully|quite|yet) (?:\w+ )?(?:meet|finish|reach|manage|succeed|deliver|live up|show|understand|met|finished|reached|managed|mastered|shown|arrive|follow|listen|get along|work well|complete)",
    r"(?:has|had|have|caused|gave|given) (?:us |me )?(?:never |no |few |not |n't )?(?:\w+ )?(?:major|serious|real|significant|big|disciplinary|obvious|great) (?:problems?|complaints?|issues?|trouble|concerns?|difficult(?:y|ies)|conflicts?)",
    r"(?:my|our|the|one|only|a minor|a small|some|few|a few|any) (?:\w+ )?(?:reservations?|concerns?|hesitations?|misgivings?|criticisms?|caveats?) (?:is|was|about|that|would|are|I|we|concerning|regarding|with)",
    r"(?:lacks?|lacked|lacking|lack of) (?:\w+ )?(?:confidence|experience|maturity|focus|discipline|patience|skills?|initiative|polish|depth|organi[sz]ation|attention|tact|self-confidence|motivation|drive|follow-through|consistency)",
    r"(?:adequate|adequately|satisfactory|satisfactorily|acceptable|average|mediocre|passable|sufficient|competent enough|good enough|nothing special|as good as can be expected|did what was asked|did {his} (?:job|work|best)|within {his} (?:abilities|limits)|means well|tries {his} best|tried {his} best)",
    r"(?:in|given) (?:the right|a suitable|a supportive) (?:environment|circumstances|conditions|setting|supervision)",
    r"(?:with|under|given) (?:\w+ )?(?:close|proper|enough|sufficient|more|adequate|the right|some) (?:supervision|guidance|support|training|supervisor)\b",
    r"(?:{he}|[A-Z]\w+) (?:struggled|struggles|failed|fails|had trouble|has trouble|had difficult\w+|has difficult\w+) (?:with|to|in|at|keeping|meeting|getting)",
    r"not (?:the|my|our) (?:best|strongest|most \w+|brightest|quickest|easiest)",
    r"responsibilities at home|family obligations|personal problems|health (?:problems|issues)|{his} (?:\w+ )?(?:pregnancy|illness|disability|divorce|accent)",
)
REFUTED = late(
    r"\b(?:would|could|can|cannot|nobody|no\s+one|few|some|critics?|others|if|unless|whether|never|people|you\s+might)\b[^.;:]{0,40}$",
    re.IGNORECASE,
)
OVERCOME = late(
    r"\b(?:overc[ao]me|turned\s+(?:it|this|that)\s+(?:around|into)|and\s+then|but\s+by|now\s+the|ever\s+since|since\s+then)\b",
    re.IGNORECASE,
)
ABOUT_THINGS = late(
    r"^[^.;]{0,3}\s*(?:sample|score|rainfall|speed|temperature|size|cost|price|time|response|income|supply|evidence|funds|funding|power|number)\b",
    re.IGNORECASE,
)
LITOTES = late(
    r"\b(?:was|is|has|have)\s+(?:never|not|anything\s+but|far\s+from)\b[^.;]{0,20}$|\b(?:without|beyond|above|no|never|not|nothing|hardly|far\s+from|anything\s+but|none)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)


def find(prose: Prose, facts: LetterFacts) -> Iterator[Spot]:
    """What is denied, quoted, conditional or overcome in the same sentence raises no doubt."""
    for spot in said(prose, DOUBTS, negation_words=0):
        sentence = prose.passage_at(spot.start)
        before_it, after_it = (
            sentence.text[: spot.start - sentence.start],
            prose.text[spot.end : sentence.end],
        )
        if not (
            REFUTED.search(before_it)
            or LITOTES.search(before_it)
            or OVERCOME.search(after_it)
            or ABOUT_THINGS.match(after_it)
        ):
            yield spot


RULE: Rule[LetterFacts] = Rule(
    code="S15",
    slug="letter-doubt-raiser",
    level=Level.ADVICE,
    sentence=msg("“{said}” can raise a doubt."),
    hint=msg(
        "Readers look for what is between the lines. Keep it if you mean it, and then say what came of it."
    ),
    find=find,
)
