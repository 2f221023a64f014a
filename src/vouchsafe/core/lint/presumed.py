"""Where no known phrase decides: a house named in a clause that neither looks back nor speaks of the writer's own.

A letter of recommendation speaks ahead, so what it names as a house (a word of the name says so, or the place it
stands in: `at …`, `the post that … offers`, `… has a vacancy`) is presumed to be where the letter goes, unless
something in the clause says otherwise: a past, an origin, a present affiliation, somebody else's place.
"""

from __future__ import annotations

import re

from vouchsafe.core.lint.tenses import (
    ABOUT_APPLICANT,
    BREAK,
    DONE,
    EXPLAINED,
    OTHERS_THERE,
    PAST,
    PERSONAL,
    STATES,
    SUBJECT_OF_PAST,
    WANTS,
    looks_back,
)
from vouchsafe.core.patterns import late

OFFERED = (
    r"(?:position|role|post|job|vacancy|opening|place|seat|spot|scheme|rotation|traineeship|apprenticeship|internship|residency|fellowship|scholarship|bursary|stipend|award|grant|prize"
    r"|program(?:me)?|course|degree|year|criteri(?:a|on)|standards?|requirements|qualities|skills|list|terms|advert(?:isement)?|notice|training|duties|tasks|challenges?|shifts?)s?"
)
PEOPLE_THERE = (
    r"(?:nobody|no\s+one|anyone|anybody|everyone|everybody|someone|those|people|staff|team|teams|crew|partners|directors|editors|owners|patients?|residents|guests|customers|clients|pupils|students|colleagues|committee|panel|board|jury"
    r"|wards?|floor|bench|desk|kitchen|workshop|shop|site|studio|stage|department|faculty|school|college|office|group|class|library|laboratory|lab|clinic|field|doors?|ranks|name|hiring|recruiting|admissions?|applicants?|applications?|candidates?|charge)"
)
HOUSED = late(
    rf"\b(?:at|within|inside)\s+(?:the\s+)?$|\b{OFFERED}\s+(?:\w+\s+){{0,3}}?(?:at|of|with|in|for|from|by|that|which)\s+(?:the\s+)?$"
    rf"|\b{PEOPLE_THERE}\s+(?:of|at|with|in)\s+(?:the\s+)?$|\b(?:any|every|each|what|whatever|which|all|all\s+that|whichever|the)\s+(?:[\w-]+\s+)?(?:{OFFERED}|{PEOPLE_THERE})\s+(?:the\s+)?$"
    r"|\b(?:employ(?:er|ment)|firm|company|house|organi[sz]ation|school|university|hospital|practice|charity|employer)s?\s+(?:such\s+as|like|as)\s+(?:the\s+)?$"
    rf"|\b{OFFERED}\b[^,;.]{{0,30}}\bthat\s+(?:the\s+)?$|\b(?:application|apply|applying|applies|applicants?|applications)\s+(?:to|for|with)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
"""Before a name: places in which a house stands and a person hardly ever."""
ACTS = late(
    r"^\s+(?:thrilled|richer|stronger|prouder|happier)\b|^\s+(?:is|are)\s+(?:(?:now|currently|still|also)\s+)?(?:hiring|recruiting|advertising|seeking|looking\s+(?:for|to)|lucky|fortunate|offering|opening)\b"
    r"|^\s+(?:has|have)\s+(?:an?|one|two|three|some|several)\s+(?:[\w-]+\s+){0,3}(?:open\w*|free|vacan\w+|place|post|job|position|role|seat|need|reputation)\b"
    r"|^\s+(?:now\s+|also\s+)?(?:offers|runs|lists|advertises|requires|recruits|demands|sets|awards|expects|asks\s+(?:of|for)|sends|puts|weighs|reviews|considers|gets|wins|gains|selects|chooses|looks\s+(?:for|after)|trains|stands\s+for|does\s+best|prides)\b"
    r"|^\s+(?:has|have)\s+(?:asked|invited|requested|written\s+to)\s+(?:me|us)\b"
    r"|^\s+(?:(?:gave|give|offered|offer|granted|grant|made|make|found|find|said|say|took|take)|had\s+said|has\s+said|sees?|saw|finds?|would|could|might)\s+(?:(?:yes|no)\b|(?:him|her|them)\s+(?:the|a|an|room|time|on|what)\b|in\s+(?:him|her|them|[A-Z])|learn|benefit|profit|gain|want)"
    r"|^\s+(?:wants?|wishes|wish|requires?|needs?|should)\s+(?:(?:any|some|want|need|wish|require|know)\s+)*(?:more|further|to\s+know|another|details?|a\s+)\b"
    r"|^\s*,\s*(?:take|hire|admit|accept|have|give|choose|employ|appoint)\s+(?:him|her|them|this|[A-Z])"
    r"|^\s+(?:(?:will|would|can|could|may|should|might|must)\s+(?:not\s+|never\s+|always\s+|safely\s+|also\s+)?(?:rely|count|depend|expect|miss|lack|regret|profit|gain|benefit|ask|learn|have(?!\s+(?:\w+ly\s+)?(?:\w+ed|been|gone|left|come|\w+en)\b)|do|stretch|get|want|need|build|put))\b",
    re.IGNORECASE,
)
"""After a name: what a house does that takes people in."""
HEADED = late(
    r"\b(?:reference|references|testimonial|letter|recommendation|endorsement|application)\s+(?:for|to)\s+(?:the\s+)?$"
    r"|\b(?:made|meant|right|good|built)\s+for\s+(?:the\s+)?$|\b(?:gain|benefit|gift|good\s+fortune|assets?|additions?|contributions?|delight|joy|pleasure|credit|fortune|luck)\s+(?:of|to|for|in|at)\s+(?:the\s+)?$"
    r"|\b(?:leave|leaving|leaves|swap|trade|depart|lose)\s+(?:\w+\s+){1,2}?(?:for|to)\s+(?:the\s+)?$|\b(?:can|could|would|will|may|might)\s+(?:\w+\s+){1,5}?for\s+(?:the\s+)?$"
    r"|\b(?:say|said|recommend|commend|suggest|introduce|present|propose|offer|address|write|writing|speak)\s+(?:[\w’'-]+\s+){0,3}?to\s+(?:the\s+(?:\w+\s+of\s+)?)?$"
    r"|\brecommend(?:ing)?\s+(?:(?!who\b)[\w’',-]+\s+){1,12}?(?:to|for)\s+(?:the\s+)?$|\b(?:of|to)\s+\w+\s+and\s+(?:of|to)\s+(?:the\s+)?$|\b(?:suit\w*|match\w*|pair)\b.{0,20}\band\s+(?:the\s+)?$",
    re.IGNORECASE,
)
"""Before a name: words that send somebody or something there, a person's name being less likely than a house's."""
ASKED = late(
    r"\b(?:been|was|were|am)\s+(?:asked|invited|requested)\s+(?:\w+\s+)?by\s+(?:the\s+)?$", re.IGNORECASE
)
ASKED_TO = late(r"^\s+(?:to|for|about|whether|if)\b", re.IGNORECASE)
ORIGIN = late(
    r"(?<!hear )(?<!hearing )(?<!offer )(?<!reply )(?<!news )(?<!yes )(?<!request )\bfrom\s+(?:the\s+)?$"
    r"|\b(?:stays?|staying|remains?|remaining|leaves|finish\w*|rests?|follows|following|replaces|succeeds)\b[^,;]{0,30}\b(?:at|with|in)\s+(?:the\s+)?$"
    r"|\b(?:firm|company|supplier|rival|customer|client|neighbou?r|competitor|charity|employer|alma\s+mater|hospital|school|college|university)\s*,\s*(?:the\s+)?$"
    r"|\b(?:holds?|licensed|certified|trained|educated|lent|known|sits?\s+on|keeps?\s+the|based)\b[^,;]{0,40}\b(?:by|at|of|with|for|to|in)\s+(?:the\s+)?$|\b(?:back|again)\s+(?:at|to|with)\s+(?:the\s+)?$"
    r"|\bwe\s+(?:here\s+)?at\s+(?:the\s+)?$|\b(?:buy|bought|borrow|order|take\s+over|hire)\s+(?:\w+\s+)?(?:by|from)\s+(?:the\s+)?$|\bunlike\b[^,;]*$"
    r"|\b(?:he|she|they|now|also|currently|still)\s+(?:works?|teach(?:es)?|serves?|studies|lives?|volunteers?)\s+(?:[\w-]+\s+){0,3}?(?:at|for|with|in)\s+(?:the\s+)?$"
    r"|\b(?:I|we)\s+(?:now\s+|also\s+|currently\s+)?(?:work|teach|serve|live|(?:am|are)\s+(?:now\s+|currently\s+)?(?:an?|the|at|with|in|head|based))\s+(?:[\w-]+\s+){0,4}?(?:at|for|with|in|of)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
"""Before a name: where somebody or something comes from, or is now and stays."""
DENIED = late(
    r"(?:\b(?:not|never|no\s+longer)|n['’]t)\s+(?:(?:want|wish|going|mean|plan|intend)s?\s+to\s+)?(?:apply(?:ing)?|join(?:ing)?|go(?:ing)?|mov(?:e|ing)|attend(?:ing)?)\s+(?:to\s+|for\s+|at\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
"""`She will not apply to X`: said of a place the letter does not go to."""
HERE = late(
    r"\b(?:we|I)\s+(?:do\s+not\s+|only\s+|now\s+|also\s+)*(?:have\s+(?:an?|our|my|some|\d+|two|three|several|the)|teach|work|run|see|take|train|hand|keep|teach)\b(?!\s+(?:no\b|[A-Z]))",
    re.IGNORECASE,
)
"""The writer's own house at work: `we take four students a year`."""
RELATIVE = late(r"^\s*,\s+where\s+(?:I|we|he|she|they)\b", re.IGNORECASE)
SUPPOSED = late(r"(?:^|(?<=[,;]\s))\s*(?:were|had)\s+(?=I\b|we\b|he\b|she\b|they\b|[A-Z])", re.IGNORECASE)
"""`Were I in charge at X`: a supposition, not a past."""
MODAL = late(
    r"^\s+(?:would|will|could|can|may|might|should)\s+(?:\w+ly\s+)?be\s+(?:\w+ly\s+)?(?:lucky|fortunate|wise|glad|privileged|proud|thrilled|delighted|pleased|right|blessed|happy|enriched|better)\b"
)
PAIRED = late(
    r"^\s+(?:\w+\s+){0,4}?(?:made\s+for|match|fit|suit|suited|belong|good\s+for|right\s+for)\b", re.IGNORECASE
)
SOMEONE = late(
    r"\b(?:students?|candidates?|applicants?|apprentices?|colleagues?|nurses?|persons?|recruits?|scholars?|trainees?)\b",
    re.IGNORECASE,
)
PERHAPS = late(r"\bcan\s+have\s+(?:been\s+|had\s+)?\w+\b")
HOPES = late(
    r"\b(?:nominat\w+|reservations?|hesitat\w+|going\s+to|expect\w*|assets?|advantage)\b", re.IGNORECASE
)
SUPPOSING = late(r"\b(?:would|if|hear|say|hope)\b", re.IGNORECASE)


def is_presumed(before: str, after: str, *, organised: bool, named: bool) -> bool:
    """Whether an institution is to be taken for the destination. `named`: the sentence names the applicant."""
    if ASKED.search(before) and ASKED_TO.match(after):
        return True
    about = named or ABOUT_APPLICANT.search(f"{before} {after}") is not None
    left, right = BREAK.split(before)[-1], BREAK.split(after, 1)[0]
    if comes_from(before, after) or EXPLAINED.match(after) or PERSONAL.search(left):
        return False
    if MODAL.match(after):
        return about or organised
    near = PERHAPS.sub("", SUPPOSED.sub(" if ", re.split(r",\s+", left)[-1]))
    acts, headed = ACTS.search(after) is not None, HEADED.search(left) is not None
    if OTHERS_THERE.search(left) and not re.search(r"\bto\s+(?:the\s+)?\w+\s+\w+\s+(?:the\s+)?$", left):
        return False
    if SUBJECT_OF_PAST.search(after) and not (acts and SUPPOSING.search(before)):
        return False
    if looks_back(near) or DONE.search(near) or PAST.search(STATES.sub(" ", near)):
        return False
    if re.search(r"\band\s+$", left) and PAIRED.match(after):
        return about
    if not (organised or acts or headed or HOUSED.search(left)):
        return False
    if acts or headed:
        return about or WANTS.search(f"{left} {right}") is not None
    if HERE.search(f"{left} {right}") or PAST.search(STATES.sub(" ", PERHAPS.sub("", right))):
        return False
    someone = about or SOMEONE.search(f"{before} {after}") is not None
    ahead = f"{before} {after}"
    return someone and (WANTS.search(ahead) is not None or HOPES.search(ahead) is not None)


def comes_from(before: str, after: str) -> bool:
    """Whether the place is where somebody comes from, or is and stays, or what somebody else is said to be."""
    left = BREAK.split(before)[-1]
    return bool(RELATIVE.match(after) or ORIGIN.search(left) or DENIED.search(left))
