"""Whether a clause that names an institution looks ahead to it or back at it.

The destination of a letter is spoken of in the present, in wishes and in modal verbs; places somebody has
been are spoken of in the past. So what is named in no known place is judged by its clause: a past verb, an
affiliation or the writer's own house speaks against, and a clause about the applicant speaks for.
"""

from __future__ import annotations

import re

from vouchsafe.core.patterns import late

ADVERB = r"(?:\w+ly\s+|so\s+|very\s+|most\s+|rarely\s+|never\s+|ever\s+|also\s+|already\s+|since\s+|once\s+|twice\s+|always\s+|often\s+|long\s+|just\s+)*"
BREAK = late(
    r"[;:–—]|,\s+(?:who|whom|which|where|when|and|but|as|so|while|because|although|though)\b", re.IGNORECASE
)
STATES = late(
    r"\b(?:is|are|am|be|being|feels?|seems?|remains?|gets?|as|so|well|very|most|how|the|a|an|his|her|their|my|your|our|its|not|and|or|to|highly|fully)\s+"
    + ADVERB
    + r"\w+ed\b|\b(?:would|will|could|should|might|may|must)\s+"
    + ADVERB
    + r"have\s+(?:been\s+)?\w+\b|\b(?:need|indeed|speed|exceed|succeed|proceed)\b|\b(?:advertised|interested|suited|prepared|qualified|convinced|pleased|delighted|honou?red|based|required|needed|offered\s+(?:by|at)|entitled)\b",
    re.IGNORECASE,
)
"""Words that end like a past and are none: states, and what would have been."""
PAST = late(
    r"\b(?:was|were|had|did|gave|took|came|went|knew|saw|made|led|ran|wrote|taught|won|held|began|left|grew|brought|built|found|kept|met|sat|spent|stood|told"
    r"|learnt|bought|sold|paid|lost|drew|spoke|chose|thought|turned|shared|heard|stayed|lent|rose|became|formerly|ago|since|during|while|former|previous(?:ly)?|earlier|alumn\w+|last\s+(?:year|spring|summer|autumn|winter|term))\b"
    r"|\b(?!(?:need|indeed|speed|exceed|succeed|proceed)\b)[a-z]{2,}ed\b|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)
AHEAD = late(
    r"\b(?:will|would|can|could|may|might|should|shall|hop(?:es?|ing)|wish(?:es)?|wants?|recommend\w*|commend|endorse|support|writ(?:e|ing)|believe|confident|sure|certain|interest|joining|applying|sights|heart|application|to\s+(?:join|attend|enter|study|work|apply))\b",
    re.IGNORECASE,
)
AWAY = r"(?:chosen|decided|applied|asked|set|expressed|shown|named|picked|settled|resolved|made\s+up)"
DONE = late(
    r"\b(?:has|have|['’]s|['’]ve|having)\s+"
    + ADVERB
    + r"(?!"
    + AWAY
    + r"\b)(?:\w+ed|given|been\s+(?:at|with|in|to|on|an?|the|our|my|his|her)|taught|led|held|won|written|known|seen|worked|spent|run|built|made|taken|gone|left|grown|met|had|sat|brought|come|kept|done|become|found|learnt|sold)\b",
    re.IGNORECASE,
)
STRONG_PAST = late(
    r"\b(?:had|was|were)\s+"
    + ADVERB
    + r"(?:been\s+)?(?:admitted|accepted|offered|rejected|refused|recommended|chosen|hired|employed|enrolled|invited|considered|nominated|selected|interviewed)\b"
    r"|\b(?:applied|came|moved|went|returned|transferred)\b|\bwould\s+(?:later|often|then|always|sometimes)\b",
    re.IGNORECASE,
)
"""Past even beside the words that lead to a destination: `had been admitted to`, `applied to … last year`."""
SUBJECT_OF_PAST = late(
    r"^\s+(?:\w+ly\s+|once\s+|then\s+|also\s+|never\s+)?(?:was|were|had|did|gave|took|came|went|knew|saw|made|led|ran|taught|won|held|began|left|brought|built|found|kept|paid|lost|sent|chose|bought|(?!need)[a-z]{2,}ed)\b(?!\s+(?:him|her|them|[A-Z]\w+)\s+an?\s+interview)",
)
NEAR_HOUSE = late(
    r"\b(?:I|we)\s+(?:now\s+|currently\s+|also\s+)?(?:(?:am|are)\s+(?:now\s+|currently\s+|also\s+)?(?:an?|the|at|with|in|on|head|chair|dean|director)\b|work|teach|serve|lead|hold|sit|study|write|live)\b|\bI\s+am\s+writing\s+from\b|\b(?:my|our)\s+(?:own\s+)?(?:days|years|time|friends?|partners?|rivals?|clients?|colleagues?|data|degree|post|department|laborator(?:y|ies)|firm|work)\b|(?:^|[,.]\s*)\s*as\s+(?:a|an|the|his|her|their|former)\b",
    re.IGNORECASE,
)
OTHERS_THERE = late(
    r"\b(?:people|colleagues?|friends?|partners?|rivals?|researchers?|visitors?|guests?|(?:his|her|their|my|our)\s+(?:\w+\s+)?(?:mother|father|sister|brother|parents?|aunt|uncle|wife|husband|partner|work|design|paintings?|paper|thesis|report|book|film|songs?|prize|mentor|former\s+\w+|old\s+\w+))\s+(?:\w+\s+){0,2}(?:at|of|from|with|in|by|for)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
APPLICANT = r"(?:he|she|they|him|her|them|his|hers|their|xe|xem|ze|zir|candidate|applicant)"
ABOUT_APPLICANT = late(rf"\b{APPLICANT}\b", re.IGNORECASE)
WANTS = late(
    r"\b(?:will|would|should|can|could|may|might|must|shall|hopes?|wish(?:es)?|wants?|intends?|plans?|aims?|seeks?|seeking|keen|eager|ready|prepared|sure|certain|confident|convinced|trust|believe|recommend\w*|commend|endorse|support|urge|ask|invite|encourage|beg|welcome|envy|glad|happier|pleased|grateful|admit(?:ting)?|hire|hiring|employ(?:ing)?|appoint(?:ing)?"
    r"|applying|applies|apply|application|candida(?:te|cy)|applicant|admission|employment|interview|first\s+choice|next\s+step|right\s+(?:place|step)|future|match(?:es)?|fit|forward|chance|opportunity|pursu\w+|career|leaves|moves|thinking\s+of|considering|dreams?|longs?|heart|recommendation|wise|best\s+thing|lucky|fortunate|loss|gains?|if|before|whatever|whoever|what|any|prospects?|qualified|ideal|suitable|suited|potential|promise|deserves?|merits?|belongs?|worthy|perfect|best|better|asset|addition|continuing|pursuing|able|proud|wish|next\s+(?:step|stage|chapter|year|autumn|spring|summer|term)|let|worth|place\s+for|home\s+for|made\s+for"
    r"|to\s+(?:\w+ly\s+)?(?:be|serve|work|study|train|continue|pursue|join|take|begin|start|do|make|contribute|learn|teach|lead|grow|help|become|complete|finish|attend|enter|bring|see|find|have))\b",
    re.IGNORECASE,
)
ITS = late(r"\b(?:its|itself)\b", re.IGNORECASE)
HOUSE_NOUN = late(
    r"\b(?:at|within|inside|care\s+of|do)\s+(?:the\s+)?$|\bas\s+an?\s+(?:[\w-]+\s+){1,3}(?:with|for)\s+(?:the\s+)?$|\b(?:programme|program|course|faculty|department|school|team|staff|students|scholars|position|post|role|job|vacancy|place|culture|environment|laboratory|lab|studies|study|research|employment|career|fellowship|scholarship|teaching|standards|demands|ranks|work|intern(?:ship)?|graduate\s+\w+)\s+(?:\w+\s+){0,3}(?:at|of|with|by|in)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
DECIDES = late(
    r"^\s+(?:\w+ly\s+)?(?:(?:decides|admits|hires|accepts|selects|employs|appoints|gains|chooses|enrols|enrolls|recruits)\b|(?:offers|grants|gives|takes)\s+(?:him|her|them|[A-Z]\w+)\s+(?:the|a|an|this|on)\b|(?:(?:will|would|should|could|can|may|might|must)\s+(?:not\s+|never\s+)?)?(?:offer|grant|give|take|admit|accept|hire|employ|choose|select|appoint|consider|want|welcome|have|see|keep|let|miss)\s+(?:on\s+)?(?:him|her|them|his|hers?|their|[A-Z]\w+)\b|(?:could|can)\s+(?:ask|wish|hope)\s+for|(?:could|can|may|will)\s+(?:do|make|take)\b|(?:can|may|will|should)\s+expect\b|(?:is|are)\s+(?:likely|bound|going|lucky|fortunate|about)\s+to\b|(?:demands|needs|wants|asks|expects)\s*[.,;]?\s*$|(?:has|have)\s+(?:chosen|accepted|admitted|hired|appointed|taken|selected)\s+(?:him|her|them|[A-Z]\w+)\b|the\s+(?:chance|opportunity|privilege)\b|(?:turn|pass|let)(?:s|ed)?\s+(?:him|her|them|[A-Z]\w+)\s+(?:down|away|over|by|go)\b|are\s+(?:made|right|meant|good)\s+for\b|is\s+known\s+for\b|(?:gives|offers|awards)\s+(?:would|will|could|is|may|might)\b|says?\s+(?:yes|no)\b|proud\b|should\s+want\b|(?:makes|asks|expects|demands|requires|wants|needs|looks|seeks|values|prizes|hopes)\s+(?:of|for|from|in)\b|is\s+(?:his|her|their|the)\s+(?:first\s+choice|right|natural|dream)\b|(?:granted|offered|gave)\s+(?:him|her|them)\s+an?\s+interview)"
)
SENT = late(
    r"^\s*(?:to\s+(?:the|whom)|dear|attention)\b[^.]{0,60}\b(?:of|at|for)\s+(?:the\s+)?$|\b(?:(?:so|neither|nor)\s+(?:should|would|will|could)|(?:committee|panel|board|admissions|readers|editors|jury)\s+(?:of|at|for)|put\s+(?:[\w’']+\s+){1,2}?(?:name\s+)?forward\s+(?:to|for|at)|forward\s+to|send\s+to|sent\s+to|leaves?\s+us\s+for|moves?\s+on\s+to|employment\s+(?:with|at)|career\s+(?:with|at)|get(?:s|ting)?\s+into|thinking\s+of|set\s+on|has\s+chosen|have\s+chosen|sights\s+on|heart\s+on|decided\s+on|applicants?\s+to|candidates?\s+(?:to|for|at)|introduced?\s+to|credit\s+to|bring\s+to|offered\s+by|(?:school|place|house|firm|company|institution|university|college|team|organi[sz]ation|group|employer)\s+(?:such\s+as|like)|consideration\s+of|care\s+of|represent\w*(?:\s+\w+){0,3}|hands\s+of|attention\s+of|future\s+(?:at|with|in)|success\s+at|(?:decision|loss|win|choice|hire|step|move|fit|match|asset|addition|part|member|place|home|job|post|role|position|spot|credit|benefit|recruit|bet|find|catch|use)\s+(?:for|of|to|at|with|in)|see|want|envy|^\s*may|(?:sure|match|fit)\b[^.]{0,40}\band)\s+(?:the\s+)?$",
    re.IGNORECASE,
)


TOWARDS = late(
    r"\b(?:to|for|into|of|join(?:s|ing)?|enter(?:s|ing)?|attend(?:s|ing)?)\s+(?:the\s+)?$", re.IGNORECASE
)
SUBJECT_TO_BE = late(
    r"(?:^|\b(?:think|believe|sure|certain|confident|hope|trust|know|if|that|questions?))\s*$", re.IGNORECASE
)
WELCOMES = late(
    rf"^\s+(?:will|would|could|can|may|should|might)\s+(?!have\b|also\b|say|tell|confirm|agree|answer|vouch|attest|write)(?:[\w’'-]+\s+){{0,7}}?{APPLICANT}\b"
    rf"|^\s+may\s+have\s+(?:\w+\s+){{0,3}}?about\s+{APPLICANT}\b",
    re.IGNORECASE,
)
PERSONAL = late(
    r"\b(?:look(?:s|ed|ing)?\s+up|listen\w*|talk\w*|speak\w*|explain\w*|married|sing\w*|read\w*|car(?:es?|ing)|stand(?:s|ing)?\s+in|words|children|family|friend|copy|thanks?|said|says|told|tell|like|anything|cook\w*|belong\w*\s+to)\b[^,]{0,25}$",
    re.IGNORECASE,
)
EXPLAINED = late(r"^\s*,\s*(?:an?|the|my|our|his|her|their|who|whom|whose|then|now|as)\b", re.IGNORECASE)
"""What follows a person's name: `Margit, our founder`, `Margit, who …`."""


def looks_ahead(before: str, after: str, name: str, *, organised: bool) -> bool:
    """Whether the clause around an institution is about what is to come, for the applicant."""
    left, right = BREAK.split(before)[-1], BREAK.split(after, 1)[0]
    if SUBJECT_OF_PAST.search(after) and not _would(left):
        return False
    clause = f"{left}{name}{right}"
    if looks_back(left) or OTHERS_THERE.search(left) or DONE.search(clause):
        return False
    if PAST.search(STATES.sub(" ", left)) or _own_house(left):
        return False
    decides = DECIDES.search(after) is not None or SENT.search(left) is not None
    if decides:
        return True
    if not (organised or ITS.search(after) or HOUSE_NOUN.search(before)):
        return _stands_where_a_house_would(left, right)
    about = ABOUT_APPLICANT.search(f"{before} {after}") is not None
    return WANTS.search(clause) is not None and (about or WANTS.search(left) is not None)


def _stands_where_a_house_would(left: str, right: str) -> bool:
    """A bare name (`Siemens`, `Tate`) that no word marks: taken for a destination, not for a person."""
    if PERSONAL.search(left) or EXPLAINED.match(right):
        return False
    if TOWARDS.search(left):
        return WANTS.search(left) is not None and ABOUT_APPLICANT.search(left) is not None
    return SUBJECT_TO_BE.search(left) is not None and WELCOMES.match(right) is not None


def looks_back(clause: str) -> bool:
    """Past, whatever words of a destination stand beside it: no wish comes after the last past verb."""
    if STRONG_PAST.search(clause):
        return True
    plain = STATES.sub(lambda found: "_" * len(found.group()), clause)
    past = [found.start() for found in PAST.finditer(plain)]
    return bool(past) and not AHEAD.search(clause, past[-1])


def _own_house(clause: str) -> bool:
    found = NEAR_HOUSE.search(clause)
    return found is not None and WANTS.search(clause[found.end() :]) is None


def _would(clause: str) -> bool:
    """`I would be glad if X granted …`: past in form only."""
    return re.search(r"\b(?:would|if)\b", clause) is not None
