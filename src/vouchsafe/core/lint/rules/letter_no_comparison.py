"""S13: the letter compares the applicant with nobody; noted, not demanded."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vouchsafe.core.lint.facts import LetterFacts
from vouchsafe.core.lint.findings import Level, Rule, Spot
from vouchsafe.core.lint.phrases import phrases, said_in
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.patterns import late
from vouchsafe.core.words import msg

COMPARED = phrases(
    r"(?:one|two|among|amongst|some|the (?:two|three|five)) (?:of )?(?:the )?(?:\w+ ){0,5}?(?:best|most|finest|strongest|brightest|ablest|greatest|top|few|rare|hardest|smartest|quickest|\w{3,}est)\b",
    r"the (?:single |very )?(?:(?!latest|rest|interest|request|honest|test|guest|least|highest standards)\w{3,}est|most \w+|best|only) (?:[\w-]+ ){0,4}?(?:I|we|of|in|among|on|that|to|ever|this|at)\b",
    r"(?:best|finest|strongest|brightest|ablest) (?:\w+ ){0,3}?(?:I|we)(?:'ve| have)?\b",
    r"(?:top|first|upper|highest) (?:\d+|one|two|three|five|ten|few|quarter|tenth|half|third|decile|quartile|percent\w*|per cent|fifth)\b",
    r"(?:ranks?|ranked|ranking|placed|stands?|stood) (?:\w+ ){0,4}?(?:first|second|third|top|highest|above|among|in the|with|\d+\w*|out)",
    r"(?:compar(?:ed|es|ing|able)|in comparison|relative) (?:\w+ ){0,3}?(?:to|with)\b",
    r"(?:better|more \w+|\w{3,}er|faster|further|beyond|above|ahead) (?:[\w-]+ ){0,3}?(?:than|of) (?:\w+ ){0,3}?(?:any|most|all|other|others|{his} (?:peers|classmates|colleagues)|everyone|anyone|students|colleagues|average|year|years|age|level|every|those|the rest|class)",
    r"(?:out of|of|among|amongst|unlike) (?:all )?(?:the |my |our |{his} )?(?:\w+ ){0,3}?(?:students|colleagues|interns|trainees|people|peers|classmates|applicants|candidates|employees|assistants|members|others|individuals|pupils|graduates|postgraduates|players|apprentices) (?:I|we|in|that|who|whom|of|under)\b",
    r"(?:apart|distinguish\w+|stands? out|stood out|sets {him}|exception(?:al)? among|unique among|second to none|surpass\w+|outperform\w*|outshone|exceed(?:s|ed) (?:{his} peers|those)|unlike (?:most|many|other)|few (?:people|students|colleagues|others|of)|rarely (?:have I|do I|seen|met|encounter\w*|had)|seldom (?:have I|met|seen)|never (?:met|seen|had|known|worked with|taught) (?:a|an|any|some|so|such)|no other|nobody else|none of|head and shoulders)",
    r"in (?:all )?my (?:\w+ )?(?:years|career|time|experience) (?:of|as|in|at|teaching)",
)
DENIED = late(
    r"\b(?:hard|difficult|impossible|unable|unfair|hesitate|decline|cannot|can['’]t|will\s+not|won['’]t)\b[^.;]{0,20}$",
    re.IGNORECASE,
)


def find(prose: Prose, facts: LetterFacts) -> Iterator[Spot]:
    for found in said_in(prose, COMPARED, start=prose.body_start, end=prose.closing_start):
        if not DENIED.search(prose.text[max(0, found.start() - 40) : found.start()]):
            return
    if prose.body_words:
        yield Spot(prose.body_end, prose.body_end)


RULE: Rule[LetterFacts] = Rule(
    code="S13",
    slug="letter-no-comparison",
    level=Level.NOTE,
    sentence=msg("There is no comparison with others you have known."),
    hint=msg(
        "Some readers look for one (“among the three best of the forty I taught”). Leave it out if it does not help."
    ),
    find=find,
)
