"""Who a letter is about, read off its structure: who is recommended, known, praised, spoken for.

A name in such a place is the applicant's. A name beside a kinship of work (`my colleague`), after a
learned title, in a report (`… told me`), or next to the applicant in the same sentence is somebody else's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from vouchsafe.core.lint.institutions import is_organisation
from vouchsafe.core.lint.names import LEARNED, Mention, could_be
from vouchsafe.core.lint.phrases import OTHERS, SUBJECTS
from vouchsafe.core.lint.prose import Zone
from vouchsafe.core.patterns import late

ADVERB = r"(?:\w+ly\s+|very\s+|most\s+|once\s+|also\s+|both\s+|again\s+|first\s+|only\s+|ever\s+|just\s+)*"
DESCRIBED = r"(?:(?:dear|young|dr|mr|mrs|ms|mx|miss|prof(?:essor)?)\.?\s+)?"
PERSON_WORD = (
    r"(?:colleagues?|co-?workers?|supervisors?|managers?|directors?|professors?|teachers?|tutors?|advis[eo]rs?|boss"
    r"|friends?|wife|husband|partners?|spouse|brother|sister|father|mother|son|daughter|mentors?|coach(?:es)?"
    r"|team-?mates?|class-?mates?|room-?mates?|flat-?mates?|assistants?|founders?|co-?founders?|president|dean|chair"
    r"|head|chief|leader|lead|principal|owner|editor|producer|conductor|choreographer|chefs?|clients?|customers?"
    r"|patients?|pupils?|predecessor|successor|counterpart|postdoc|researcher|nurse|doctor|lecturer|instructor"
    r"|investigator|secretary|officer|engineer|technician|captain|neighbou?r|guest|author|poet|critic|CEO|CTO|CFO|PI"
    r"|others|students?|interns?|trainees?|applicants?|candidates?|graduate|fellow)"
)
# Before a name: what is said of the one recommended.
RECOMMENDS = late(
    r"(?:\b(?:recommend(?:ing|ed)?|endors(?:e|ing|ed)|nominat(?:e|ing|ed)|vouch(?:ing)? for|discuss|commend(?:ing)?"
    r"|speak(?:ing)? (?:highly )?(?:of|for|about)|attest(?:ing)? to|praise|support(?:ing)?|introduc(?:e|ing))\s+" + ADVERB + DESCRIBED
    + r"|\b(?:recommendation|reference|testimonial|endorsement|nomination|evaluation|assessment|letter|support)"
    r"(?:\s+letter)?\s+(?:for|of|on behalf of|about|regarding|concerning|supporting|to support)\s+" + DESCRIBED
    + r"|\b(?:on|in)\s+(?:the\s+)?(?:behalf|support|favou?r)\s+of\s+" + DESCRIBED
    + r"|\b(?:information|questions?|enquir\w+|inquir\w+|details?|clarifications?|doubts?|opinion|discuss(?:ion)?|more|faith|confidence|trust)"
    r"\s+(?:about|regarding|concerning|on|in|of)\s+" + DESCRIBED
    + r"|\b(?:most|me|us|special|remarkable|unique|striking|love|admire|enjoy)\s+about\s+" + DESCRIBED
    + r"|(?:^|\n)\s*(?:re|subject|candidate|applicant|name|concerning|regarding)\s*:\s*(?:[\w’' ]*\b(?:for|of)\s+)?" + DESCRIBED
    + r"|\b(?:consider|considering|hire|hiring|admit|admitting|appoint|accept|accepting|welcome|select|employ|interview|reward"
    r"|engage|shortlist|invite|have|having|offer|grant|give|extend)\s+" + DESCRIBED + r")$",
    re.IGNORECASE,
)  # fmt: skip
VAGUE = late(
    r"\b(?:have|having|offer|grant|give|extend|welcome|support(?:ing)?|introduc(?:e|ing)|accept|accepting|invite|interview|employ|hire"
    r"|hiring|details?|praise|discuss(?:ion)?|engage|reward|select|appoint)\s+" + DESCRIBED + r"$",
    re.IGNORECASE,
)  # fmt: skip
"""Places that also take other people (`she was asked to support Ben`): they count, but not alone."""
KNOWS = late(
    r"(?:\b(?:pleasure|privilege|opportunit(?:y|ies)|honou?r|joy|delight|fortune|chance|experience|time|years|months|luck|fortunate|lucky)\b"
    r"[^.;,]{0,30}?\b(?:work(?:ed|ing)?|teach(?:ing)?|taught|supervis(?:e|ed|ing)|mentor(?:ed|ing)?|manag(?:e|ed|ing)|know(?:n|ing)?|knew"
    r"|coach(?:ed|ing)?|direct(?:ed|ing)?|advis(?:e|ed|ing)|watch(?:ed|ing)?|witness(?:ed|ing)?|see(?:n|ing)?|observ(?:e|ed|ing)|hav(?:e|ing)"
    r"|train(?:ed|ing)?|lead(?:ing)?|led|collaborat(?:e|ed|ing)|meet(?:ing)?|met)\s+" + ADVERB + r"(?:with\s+|alongside\s+|beside\s+)?" + DESCRIBED
    + r"|\b(?:honou?red|proud|glad|happy|pleased|lucky|fortunate|thrilled|delighted)\s+to\s+(?:have\s+)?(?:\w+ly\s+)?(?:know|known|worked? with|taught|teach|call|count|supervise|supervised)\s+"
    r"|\b(?:I|we)(?:['’]ve\s+been|\s+have\s+been|\s+was|\s+am|['’]m|\s+were)\s+(?=$)"
    r"|\b(?:having|who\s+ha(?:s|ve))\s+" + ADVERB + r"(?:known|taught|supervised|mentored|managed|coached|worked\s+(?:\w+ly\s+)?(?:with|alongside))\s+" + DESCRIBED
    + r"|\b(?:I|we)(?:['’]ve|\s+have|\s+had|\s+first)?\s+" + ADVERB
    + r"(?:known|know|knew|taught|supervised|hired|managed|mentored|coached|advised|watched|seen|witnessed|worked\s+(?:\w+ly\s+)?(?:with|alongside)|met"
    r"|trained|promoted|recruited|observed|appreciate|trust|admire|encountered)\s+" + DESCRIBED + r")$",
    re.IGNORECASE,
)  # fmt: skip
BELIEVES = late(
    r"\b(?:confident|certain|sure|doubt|convinced|believe|think|feel|say|attest|know|predict|expect|hope|assured?|testify|conclude|confirm|myself|find)"
    r"(?:\s+that)?\s+" + DESCRIBED + r"$",
    re.IGNORECASE,
)
SETS = late(
    r"(?:\b(?:sets?|makes?|made|distinguish\w*|separates?|qualities\s+that|what)\s+"
    + ADVERB
    + r"|\b(?:one|some|many|several|few)\s+of\s+"
    r"|\b(?:impressed|struck|amazed|inspired|moved|won over)\s+(?:by|with)\s+|\b(?:as|like)\s+|\bnot\s+only\s+(?:is|has|does|was)\s+)$",
    re.IGNORECASE,
)
RELATED = late(
    r"\b(?:(?:my|our|his|her|their|xyr|the|a|an|another|fellow|former|late|then|whose|\w+['’]s)\s+(?:[\w-]+\s+){0,3}?)?"
    + PERSON_WORD + r"(?:\s+(?:and\s+\w+|here|at\s+[\w ]+))?,?\s+(?:(?:named|called|like)\s+)?" + DESCRIBED + r"$",
    re.IGNORECASE,
)  # fmt: skip
AS_A = late(r"\bas\s+(?:a|an|the|my|our|his|hers?|their)\s+[^,]*,\s*$", re.IGNORECASE)
"""`As a teacher, …`: the trade of whoever follows, not another person."""
SECOND = late(
    r"\b(?:under|with|by|from|alongside|and|or|than|to|between|against|after|before|for|helped|joined|assisted|met|replaced|succeeded|including|both|of|at|near|opposite|while|when|because|since)\s+"
    + DESCRIBED + r"$",
    re.IGNORECASE,
)  # fmt: skip
# After a name: what is said of somebody.
PRAISED = late(
    r"^,?\s*(?:who\s+)?" + ADVERB + r"(?:is|was|has\s+been|will\s+be|would\s+be|would\s+make|will\s+make|has|had|possesses|demonstrate[sd]|exhibit(?:s|ed)"
    r"|show(?:s|ed)|display(?:s|ed)|brings?|maintains|excel(?:s|led)|stands?|stood|proved|consistently|always|never|truly|would|will|can|could|may|might|did|does"
    r"|possessed|works|worked|brought|became|began|came|joined|led|took|takes|earned|handles?|handled|\w+ed|[a-z]+s)\b",
)  # fmt: skip
PRAISED_FOR = late(
    r"^,?\s*(?:who\s+)?"
    + ADVERB
    + r"(?:(?:is|was|has\s+been|will\s+be|would\s+be|remains|proved|proves)\s+(?!in\s|at\s|on\s|with\s|away|ill\b|there\b|chosen|asked|hired|named|born|late\b|our\b|my\b)"
    r"|(?:has|had|have)\s+"
    + ADVERB
    + r"(?:been|shown|demonstrated|displayed|exhibited|proven|proved|earned|developed|brought|excelled|participated|worked|led|exceeded|contributed|managed|an?|the|excellent|exceptional|strong|great|outstanding|remarkable|extensive|always|never|consistently|training|experience|what|\w{2,}(?:ed|own|oken|iven|itten|aken|osen|une)|(?:[\w-]+\s+){0,2}(?:experience|skills?|knowledge|understanding|abilit(?:y|ies)|talents?|reputation|command|sense|eye|gift|record|attitude|potential))\b"
    r"|possess(?:es|ed)|demonstrate[sd]|exhibit(?:s|ed)|show(?:s|ed)|display(?:s|ed)|brings?|brought|maintain(?:s|ed)|excel(?:s|led)|stands?\s|stood|proved|consistently|always|never|truly|goes\s+above|works|worked|collaborates"
    r"|interacts|handles|understands|knows|takes|strives|thrives|approaches|communicates|contributes|delivers|leads|supports|inspires|launched|carries|monitors|manages|creates|continues|actively|quickly|regularly|naturally"
    r"|(?:would|will|can|could|may|does|did)\s+(?:\w+ly\s+|not\s+|also\s+|always\s+)*(?:be|make|bring|excel|thrive|do|succeed|exceed|continue|contribute|prove|become|serve|flourish|find|add|have|help)\b)",
)
"""What is said of the one a letter is about. A plain event (`came`, `wanted`, `paid`) is anyone's."""
OFFERED = late(
    r"^,?\s*(?:(?:for|to)\s+(?:any|your|the|this|a|an|admission|consideration)\b|without\s+(?:reservation|hesitation|any)|as\s+(?:a|an|the|your|one)\b"
    r"|highly\b|enough\b|a\s+\d\d|an?\s+\w+[- ]year|apart\b|such\b|stand\b|whole|to\s+be\b)",
    re.IGNORECASE,
)
REPORTS = late(
    r"^\s+(?:(?:(?:has|had|have|also|once|often|later|then|even|always|recently|since|already|still|both|long)\s+)*(?:told|tells|said|says|asked|asks|wrote|writes|noted|remarked"
    r"|called|reported|emailed|mentioned|agreed|agrees|thanked|hired|supervised|introduced|described|commented|praised|promoted|recommended|informed|joked|adds?|added"
    r"|recalls?|reviewed|signed|retired|left|talks|speaks|spoke|replaced|named|joined|quotes?|quoted|known|sends?|sent|greets?)"
    r"|(?:would|could|might)\s+have\b|(?:will|would|can|could|may|might)\s+(?:also\s+|gladly\s+|happily\s+)?(?:confirm|tell|agree|say|vouch|attest|send|answer|write))\b",
    re.IGNORECASE,
)
CONSULTED = late(
    r"\b(?:asked?|asking|told|tell|telling|thank(?:ed)?|consult(?:ed)?|contact|call(?:ed)?|quot(?:e|ed|ing)|phone|email|reach|copied|among them|including|namely|such as)\s+"
    + DESCRIBED + r"$",
    re.IGNORECASE,
)  # fmt: skip
APPOSED = late(
    r"^,?\s*(?:\(|,|who\s+(?:was|is)|is|was)?\s*(?:my|our|his|her|their|then|the|a|an|another)\s+(?:[\w-]+\s+){0,3}?"
    + PERSON_WORD
    + r"\b",
    re.IGNORECASE,
)
OF_MINE = late(r"^(?:,|\s+is|\s+was)", re.IGNORECASE)
BELONGINGS = late(
    r"^['’]?s?\s+(?:\w+\s+)?(?:team|lab(?:oratory)?|group|company|firm|department|office|class(?:es|room)?|course|studio|restaurant|kitchen|book|novel|play|plays"
    r"|law|theorem|method|algorithm|syndrome|section|unit|ward|school|house|shop|store|band|orchestra|theory|model|paper|study|lecture|seminar|birthday|sons?|daughters?|child(?:ren)?|wife|husband|mother|father|family|parents?|brother|sister|friends?|colleagues?|advice"
    r"|poems?|works|recipe|desk|account|replacement|successor|predecessor)\b",
    re.IGNORECASE,
)
COORDINATED = late(r"^\s*(?:,\s*)?(?:and|or|&)\s+(?:(?:Dr|Mr|Mrs|Ms|Mx|Prof(?:essor)?)\.?\s+)?(?!I\b)[A-Z]")
"""`X and Y`: two people side by side are others, unless one of them is recommended."""
SECOND_OF_TWO = late(r"\b[A-Z][\w’'-]+\s+(?:and|or|&)\s+" + DESCRIBED + r"$")
APPOSITION = late(
    r"\b(?:my|our|his|hers?|their|xyr)\s+(?:[\w-]+\s+){0,3}[\w-]+,\s+" + DESCRIBED + r"$", re.IGNORECASE
)
OBJECT_AFTER = late(
    r"^\s+(?:\w+\s+){1,3}?(?:him|them|"
    + OTHERS
    + r")\b\s*(?:[.,;]|to\b|for\b|as\b|with\b|that\b|when\b|about\b|at\b|in\b|by\b|on\b|from\b|after\b|before\b|again\b|every\b)",
    re.IGNORECASE,
)
SUBJECT_BEFORE = late(r"\b" + SUBJECTS + r"\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Weight:
    """What one mention says: for the applicant (strong, fitting, or merely the
    subject of its clause), or for somebody else."""

    strong: bool
    fitting: bool
    leading: bool
    other: bool


def weigh(mention: Mention, about: tuple[str, ...], others: Iterable[Mention]) -> Weight:
    """What the place of a mention says. `others` are the mentions of the same sentence."""
    before, after = mention.before, mention.after
    strong = bool(RECOMMENDS.search(before)) and not VAGUE.search(before)
    strong = (
        strong
        or bool(KNOWS.search(before))
        or (bool(OFFERED.search(after)) and not mention.possessive and bool(RECOMMENDS.search(before)))
    )
    believed = bool(BELIEVES.search(before)) and (bool(PRAISED_FOR.search(after)) or mention.possessive)
    fitting = (
        strong
        or believed
        or bool(RECOMMENDS.search(before) or SETS.search(before))
        or bool(BELIEVES.search(before) and OFFERED.search(after))
        or (_leads(before) and bool(mention.possessive or PRAISED_FOR.search(after)))
    )
    other = _is_somebody_else(mention, about, others, strong=strong, before=before, after=after)
    leading = fitting or (_leads(before) and PRAISED.search(after) is not None)
    return Weight(strong and not other, fitting and not other, leading and not other, other)


def _leads(before: str) -> bool:
    """Whether the name is the subject of its clause: first, or after an opening phrase."""
    return before.strip() == "" or bool(
        re.search(
            r"(?:[,;:–—]|\b(?:and|but|that|because|while|when|which|why|how|where|if|since|as))\s+(?:\w+ly\s+)?$",
            before,
        )
    )


def _is_somebody_else(
    mention: Mention,
    about: tuple[str, ...],
    others: Iterable[Mention],
    *,
    strong: bool,
    before: str,
    after: str,
) -> bool:
    if is_organisation(mention.text):
        return True
    if strong:
        return bool(RELATED.search(before) and not RECOMMENDS.search(before) and not KNOWS.search(before))
    if mention.title in LEARNED:
        return True
    if (
        (RELATED.search(before) and not AS_A.search(before))
        or CONSULTED.search(before)
        or COORDINATED.match(after)
        or SECOND_OF_TWO.search(before)
        or (APPOSITION.search(before) and after.startswith(","))
        or REPORTS.search(after)
        or BELONGINGS.search(after)
    ):
        return True
    if APPOSED.search(after) and not re.search(r"^\s*(?:is|was)?,?\s*(?:a|an)\s", after):
        return True
    if OBJECT_AFTER.search(after) and not mention.possessive:
        return True
    beside = any(could_be(one.parts, about) for one in others if one is not mention)
    if beside:
        return True
    return bool(
        SECOND.search(before) and (SUBJECT_BEFORE.search(before) or mention.passage.zone is not Zone.BODY)
    )
