"""Where a letter is going: the institutions it addresses, told apart from those it looks back on.

`An asset to X`, `admission to X`, `Dear X Admissions Committee` look forward; `worked at X`, `my years at
X`, `as a professor at X` look back or speak of the writer. Only the first kind can be the wrong address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vouchsafe.core.lint.facts import LetterFacts
from vouchsafe.core.lint.institutions import ORGANISED, distinctive, is_organisation, same_institution
from vouchsafe.core.lint.names import Mention, could_be, mentions
from vouchsafe.core.lint.people import right_names
from vouchsafe.core.lint.placeholders import is_placeholder
from vouchsafe.core.lint.presumed import comes_from, is_presumed
from vouchsafe.core.lint.prose import Passage, Prose, Zone
from vouchsafe.core.lint.tenses import looks_ahead, looks_back
from vouchsafe.core.lint.wordsets import word_set
from vouchsafe.core.patterns import late

PLACE = (
    r"(?:position|role|post|job|vacancy|opening|place|seat|spot|internship|fellowship|scholarship|studentship|residency|residence|apprenticeship|traineeship"
    r"|program(?:me)?s?|course|degree|studies|study|opportunit(?:y|ies)|admission|admittance|acceptance|application|candidacy|candidate|applicant|appointment|enrolment|enrollment"
    r"|entry|career|work|team|faculty|staff|community|department|project|MBA|MFA|PhD|MSc|MA|BA|BSc|JD|MD|doctorate|master['’]?s)"
)
LEADING = late(
    r"(?:\b" + PLACE + r"\s+(?:\w+\s+){0,5}?(?:at|to|with|by|of|in|from|into)\s+(?:the\s+)?"
    r"|\b(?:apply|applying|applies|applied|application|commend\w*|recommend(?:ed|ing)?|recommendation|endorse\w*|nominat\w+|support\w*|admission|admit\w*|consider\w*|suited|suitable|fit|match|choice|candidate|interest(?:ed)?|aptitude|ready|right"
    r"|well|best|asset|addition|contribution|contribut\w+|credit|value|valuable|benefit|gift|boon|gain|hire|success|succeed|thrive|flourish|excel|welcome|bring\w*|commit\w*|dedicat\w*|serve)\s+"
    r"(?:[\w’'-]+\s+){0,6}?(?:at|to|for|with|in|into|by)\s+(?:the\s+)?"
    r"|\b(?:join|joining|attend|attending|enter|entering|enrich|strengthen|represent|serve|work for|work at|work with|study at|studying at|train at|training at|employed by|considered by|accepted by|hired by|admitted to|what|(?:expectations|standards|needs|requirements|mission|values|goals|ranks|halls)\s+of|delight\s+for|for\s+work\s+at)\s+(?:the\s+)?)$",
    re.IGNORECASE,
)  # fmt: skip
FORTUNE = late(
    r"^\s+(?:\w+ly\s+)?(?:(?:would|will|could)\s+(?:\w+ly\s+)?(?:be\s+(?:\w+ly\s+)?(?:fortunate|lucky|wise|right|glad|proud|pleased|delighted|happy|better|enriched)|(?:not|never)\s+(?:regret|be\s+(?:disappointed|sorry)|make\s+a|find|hope)|find\s+(?:in\s+)?(?:him|her|them|a|an|no)|gain|benefit|do\s+well"
    r"|(?:give|offer|admit|accept|consider|welcome|hire|take|grant)\s+(?:him|her|them|xem|zir)\b)|(?:is|are)\s+(?:looking|seeking|searching|fortunate|lucky)|seeks?\b|needs\b)"
)
URGED = late(r"\b(?:urge|encourage|advise|ask|invite|beg|would\s+like)\s+(?:the\s+)?$", re.IGNORECASE)
TAKES = late(
    r"^\s+to\s+(?:\w+ly\s+)?(?:give|offer|admit|accept|consider|welcome|hire|have|take|grant|choose|select|appoint)\b"
)
TO_HAVE = late(r"\b(?:for|to)\s+(?:the\s+)?$", re.IGNORECASE)
WANTED = late(
    r"\b(?:(?:candidate|choice|fit|match|asset|hire|addition|delight|applicant|gain)\s+for|(?:accepted|admitted|hired|chosen|employed|considered|interviewed|invited)\s+by"
    r"|(?:expectations|standards|needs|requirements|mission|values|goals|ranks|halls)\s+of)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
"""Places before which `for` and `of` can only lead to a firm, even where its name has no word that says so."""
FORTUNATE = late(
    r"^\s+(?:\w+ly\s+)?(?:would|will|could|should|can|may|might|is\s+(?:looking|seeking|searching|fortunate|lucky)|needs?|seeks?|values?|looks?\s+for|stands\s+to)\b"
)
FORWARD = late(
    r"\b(?:commend\w*|recommend\w*|ready|right\s+for|(?:sort|kind|type)\s+of\s+(?:person|student|colleague|mind)|vacanc(?:y|ies)|encourage|seek(?:s|ing)?|trust|certain|sure|gain|endors\w+|nominat\w+|support|supporting|appl(?:y|ying|ication|icant)|admission|admit|admitted|admittance|accept|acceptance|candida\w+|consider\w*|consideration"
    r"|will|would|can|could|may|wish(?:es)?|hopes?|intends?|plans?|wants?|eager|heart|dreams?|look(?:s|ing)?\s+forward|confident|asset|fit|choice|match|excel|thrive|flourish|succeed|expectations|standards|addition|suited|for\s+your|to\s+your|if\s+{he}\s+joins?|on\s+behalf\s+of|in\s+support\s+of|reference|letter)\b".replace(
        "{he}", r"\w+"
    ),
    re.IGNORECASE,
)
AWAITED = late(r"\b(?:look(?:ing)?\s+forward\s+to|hope\s+to)\s+(?:hear|see|learn|read)\w*\b", re.IGNORECASE)
"""`I look forward to hearing that she has been accepted by X`: past in form, to come in fact."""
BACKWARD = late(
    r"\b(?:worked|served|joined|studied|graduated|completed|earned|received|obtained|attended|taught|led|left|was|were|been|had\s+the|teaching|knowing|supervising|managing|mentoring|coaching|advising|began|started|spent|held|managed|ran|founded|published"
    r"|during|while|when|since|formerly|previous(?:ly)?|earlier|past|alumn\w+|graduate\s+of|degree\s+from|returned|came|moved|trained|supervised|employed|interned|volunteered|visited|presented|won|coached|hired)\b",
    re.IGNORECASE,
)
OWN = late(
    r"\b(?:I\s+(?:am|was|work|teach|serve|lead|have)|I['’]m|I['’]ve|my|our|we|here|as\s+(?:a|an|the|her|his|their)|under\s+my|me)\b[^.;]{0,60}?\b(?:at|of|in|for|with|from|by)\s+(?:the\s+)?(?:[\w,]+\s+){0,3}$",
    re.IGNORECASE,
)
OWN_TARGET = late(
    r"\b(?:recommend\w*|endorse|support\w*|nominate|writing|write|recommendation|reference|confident|doubt|application|candidacy|candidate|admission|letter|pleasure|endorsement)\b",
    re.IGNORECASE,
)
ADDRESSED = late(
    r"(?i:^\s*(?:dear|to|attn:?|attention:?|hello|members\s+of)\s+(?:(?:the|members\s+of|hiring|admissions?|selection|search|recruitment|committee|team|manager|at|of|and|,)\s+)*)(?P<name>.+?)\s*[,:;]?\s*$",
    re.DOTALL,
)
OFFICE = late(
    r"\b(?:admissions?|hiring|selection|search|graduate|recruitment|recruiting|recruiters?|scholarship|fellowship|human\s+resources|HR|committee|team|office|manager|panel|board|staff|department|director|dean|editors?|members|colleagues)\b.*$",
    re.IGNORECASE,
)
NOT_INSTITUTIONS = word_set(
    """
    sir madam whom it may concern hiring manager committee admissions search selection team
    recruiter employer potential prospective human resources recipient colleague colleagues dr prof
    professor mr mrs ms mx miss members director dean chair editor friend friends all
    """
)
OPPORTUNITY_HEAD = late(
    r"\b(?:scholarships?|fellowships?|studentships?|awards?|prizes?|grants?|positions?|roles?|internships?|residency|program(?:me)?s?|degree|analyst|manager|engineer|assistant|officer|chef|director|designer|developer|scientist|editor|professor|lecturer|coordinator|associate|fellow|intern|teacher|nurse)$",
    re.IGNORECASE,
)
DEGREE = late(
    r"^(?:Bachelor|Master|Doctor|PhD|Ph\.D|MBA|MFA|MSc|MA|BA|BSc|JD|MD|LLM|MPhil|DPhil|MPH|MEng|BEng)\b"
)


AT = late(r"\b(?:at|than|go\s+to|move\s+to|change\s+to)\s+(?:the\s+)?$", re.IGNORECASE)
WISHES = late(
    r"\b(?:recommend\w*|commend\w*|support\w*|endors\w*|nominat\w*|back|appl(?:y|ying|ies|ication)|candida\w+|bid|admission|admitted|considered|consideration|deserves?|belongs?|merits?"
    r"|will|would|can|could|may|might|should|shall|hopes?|wish(?:es)?|wants?|intends?|plans?|dreams?|eager|ready|keen|aims?|seeks?|seeking|interest(?:ed)?\s+in|future|next\s+(?:year|step|stage|chapter|autumn|spring|summer|winter|fall|term)|chance|place|seat|letting|cannot)\b",
    re.IGNORECASE,
)
AFFILIATED = late(
    r"\b(?:works?|working|teaches|teaching|studies|studying|serves|serving|volunteers|lives|is\s+(?:currently|now|presently|already)?\s*(?:an?|the|at|with|in|on|enrolled|employed|based)\s*(?:[\w-]+\s+){0,4}(?:at|of|with|for|in)?"
    r"|currently|colleagues?|sister|brother|father|mother|husband|wife|friends?|researchers?|experts?|doctors?|tells?|told)\s+(?:at|of|with|for|in|from)?\s*(?:the\s+)?$",
    re.IGNORECASE,
)
BELONGS = late(
    r"^\s+is\s+(?:where|the\s+(?:right|best|natural|ideal)\s+(?:place|home|choice|next\s+step))\b",
    re.IGNORECASE,
)


def wrong_addresses(prose: Prose, facts: LetterFacts) -> Iterator[tuple[int, int, str]]:
    """Institutions the letter is going to which are not the one it is for: start, end, name."""
    if not distinctive(facts.institution):
        return
    yield from _greeted(prose, facts)
    every = tuple(_with_place(prose, mentions(prose)))
    for mention in every:
        beside = [one for one in every if one.passage is mention.passage and one is not mention]
        if (
            mention.passage.zone is Zone.BODY
            and _is_target(mention, beside, facts)
            and not _is_right(mention.text, facts)
        ):
            yield mention.start, mention.end, mention.text


def _greeted(prose: Prose, facts: LetterFacts) -> Iterator[tuple[int, int, str]]:
    """The institution in the greeting: `Dear Admissions Committee at X`, `Dear X Hiring Team`."""
    start, end = prose.greeting_span
    addressed = ADDRESSED.match(prose.text[start:end])
    if addressed is None:
        return
    name = OFFICE.sub("", addressed.group("name")).strip(" ,:;")
    words = {word.lower().strip(".,:/") for word in name.split()}
    has_office = OFFICE.search(prose.text[start:end]) is not None
    if (
        not name
        or not (has_office or is_organisation(name))
        or words & NOT_INSTITUTIONS
        or not name[:1].isupper()
    ):
        return
    at = start + addressed.start("name")
    if not _is_right(name, facts) and not is_placeholder(prose, at, at + len(name)):
        yield at, at + len(name), name


def _with_place(prose: Prose, every: tuple[Mention, ...]) -> Iterator[Mention]:
    """Joins what `of`, `for`, `and` or a comma parts: `University of X`, `Institute of Art and Design`."""
    skip = -1
    for index, mention in enumerate(every):
        if mention.start < skip:
            continue
        joined = mention
        for following in every[index + 1 :]:
            gap = prose.text[joined.end : following.start]
            if (
                not re.fullmatch(r"\s+(?:of|for|in)\s+(?:the\s+)?|\s+and\s+|['’]s?\s+", gap)
                or following.passage is not joined.passage
            ):
                break
            if not ORGANISED.search((following if joined.possessive else joined).text):
                break
            joined = Mention(
                prose.text[mention.start : following.end], mention.start, following.end, mention.lead, mention.title,
                (*joined.parts, *following.parts), mention.passage, mention.opens, following.possessive,
            )  # fmt: skip
            skip = joined.end
        yield joined


def _is_target(mention: Mention, beside: list[Mention], facts: LetterFacts) -> bool:
    before, after = mention.before, mention.after
    if mention.title or any(could_be(mention.parts, name) for name in right_names(facts)):
        return False
    if DEGREE.match(mention.text) or OPPORTUNITY_HEAD.search(mention.text):
        return False
    if comes_from(before, after):
        return False
    named = any(could_be(one.parts, name) for one in beside for name in right_names(facts))
    organised = (
        is_organisation(mention.text)
        or re.match(r"['’]?s?\s+(?:University|College|School)\b", after) is not None
    )
    if looks_back(_clause(before)):
        return AWAITED.search(_clause(before)) is not None or is_presumed(
            before, after, organised=organised, named=named
        )
    return (
        _in_a_known_place(mention, organised=organised)
        or looks_ahead(before, after, mention.text, organised=organised)
        or is_presumed(before, after, organised=organised, named=named)
    )


def _in_a_known_place(mention: Mention, *, organised: bool) -> bool:
    """After words that lead to a destination, or before what only a firm or a school does."""
    before, after = mention.before, mention.after
    if FORTUNATE.match(after) and (organised or _takes_the_applicant(after)):
        return not BACKWARD.search(before)
    if URGED.search(before) and TAKES.match(after):
        return True
    leading = LEADING.search(before)
    if leading is None:
        return (organised or AT.search(before) is not None) and _is_wished_for(before, after)
    if not organised and TO_HAVE.search(before) and TAKES.match(after):
        return True
    if not organised and re.search(r"\b(?:of|in|for|by|from)\s+(?:the\s+)?$", before):
        return WANTED.search(before) is not None
    return _looks_forward(mention.passage, before, leading.group())


def _is_wished_for(before: str, after: str) -> bool:
    """In no known place, yet its clause wishes, recommends or looks ahead, and nothing looks back."""
    clause = _clause(before)
    if OWN.search(clause) and not OWN_TARGET.search(clause):
        return False
    if BACKWARD.search(clause) or AFFILIATED.search(clause):
        return False
    return WISHES.search(clause) is not None or BELONGS.match(after) is not None


def _clause(before: str) -> str:
    return re.split(r"[;:–—]|,\s+(?:who|whom|which|where|when|and|but|as)\b", before)[-1]


def _takes_the_applicant(after: str) -> bool:
    """What only a firm or a school does: it would be fortunate, will admit or hire, is looking for."""
    return FORTUNE.search(after[:80]) is not None


def _looks_forward(passage: Passage, before: str, leading: str) -> bool:
    """Forward words lead to the name and no backward word stands nearer to it."""
    clause = _clause(before)
    near = before[-len(leading) - 45 :] if len(leading) < len(before) else before
    if OWN.search(clause) and not OWN_TARGET.search(clause):
        return False
    if AWAITED.search(clause):
        return True
    backward = [found.start() for found in BACKWARD.finditer(near)]
    forward = [found.start() for pattern in (FORWARD, WISHES) for found in pattern.finditer(near)]
    if backward and (not forward or backward[-1] > max(forward)):
        return False
    return bool(forward) or (FORWARD.search(passage.text) is not None and not BACKWARD.search(clause))


def _is_right(name: str, facts: LetterFacts) -> bool:
    if any(same_institution(name, known) for known in (facts.institution, *facts.known_names) if known):
        return True
    ours = distinctive(name)
    return bool(ours) and ours <= distinctive(facts.opportunity)
