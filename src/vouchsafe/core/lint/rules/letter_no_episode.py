"""S10: the letter tells no specific episode."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vouchsafe.core.lint.facts import LetterFacts
from vouchsafe.core.lint.findings import Level, Rule, Spot
from vouchsafe.core.lint.phrases import is_negated, phrases, said_in
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.patterns import late
from vouchsafe.core.words import msg

DID = (
    r"(?:built|rebuilt|wrote|rewrote|led|designed|redesigned|organi[sz]ed|reorgani[sz]ed|launched|founded|created|developed|solved|fixed|found|discovered|proposed|presented|published"
    r"|won|saved|cut|reduced|doubled|tripled|halved|increased|raised|trained|taught|persuaded|convinced|negotiated|noticed|spotted|caught|stayed|drove|ran|staged|directed|composed|painted"
    r"|cooked|replaced|introduced|set up|took over|stepped in|turned|finished|completed|delivered|translated|repaired|planned|drafted|coded|programmed|analy[sz]ed|measured|tested|sold|recruited"
    r"|started|began|made|gave|came|went|spent|asked|called|walked|sat|put|brought|moved|opened|closed|spoke|performed|danced|played|sang|scored|choreographed|interviewed|recorded|hosted|filled|sewed|carried|calmed|rescued|helped|shadowed|managed|sought|invited)"
)
SCENE = phrases(
    r"(?:for example|for instance|on one occasion|one (?:day|evening|morning|night|afternoon|weekend|friday|monday|winter|summer|spring|autumn|time|memorable|particular|project|example|case)|to give (?:one|an) example|I (?:still |well |vividly )?(?:remember|recall)|I will (?:never|not) forget|a case in point|once,)",
    rf"(?:when|after|before|as|while|within|during|in|on|by|last|that|at|until) (?:(?!any\b|every\b|all\b)[^\s.;:]+ ){{1,14}}?(?:{{he}}|[A-Z]\w+)(?:,)? (?:\w+ly |also |alone |once |then |had |and \w+ )?{DID}",
    rf"(?:{{he}}|who|[A-Z]\w+|and|then) (?:\w+ly |also |alone |once |then |even |had |single-handedly )?{DID} (?:[^\s.;:]+ ){{0,14}}?(?:when|after|before|within|during|in (?:\w+ )?(?:19|20)\d\d|on (?:the|a|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|last|at (?:the|our|a)|overnight|over (?:a|one|the|two)|in (?:one|two|three|four|five|six|a|the|under|less)|by (?:\d|half|two|a)|from|until|so that|which|because|for the|for our|of our|to (?:\w+ )?(?:\d|us|me))",
    rf"(?:{{he}}|who) (?:\w+ly |also |alone |once |then |even )?{DID} (?:\w+ ){{0,4}}?(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|fifteen|twenty|thirty|forty|fifty|hundred|a hundred|dozens|hundreds)",
)


def find(prose: Prose, facts: LetterFacts) -> Iterator[Spot]:
    for found in said_in(prose, SCENE, start=prose.body_start, end=prose.closing_start):
        if not is_negated(prose, found.start(), 2) and not GENERAL.search(found.group()):
            return
    if prose.body_words:
        yield Spot(prose.body_end, prose.body_end, {"about": facts.about})


GENERAL = late(
    r"^(?!I will)(?:.*)\b(?:always|often|usually|whenever|would|can|will|never|consistently|regularly)\b",
    re.IGNORECASE,
)


RULE: Rule[LetterFacts] = Rule(
    code="S10",
    slug="letter-no-episode",
    level=Level.ADVICE,
    sentence=msg("No single thing {about} did is told."),
    hint=msg("One moment you saw, with what came of it, says more than praise."),
    find=find,
)
