"""Names in a text, found by their shape and matched by their parts. No list of names is consulted.

A name is a run of capitalised words, with particles and initials between them. Whether two names may
be the same person is decided by their parts: given name, family name, initials, short forms.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from vouchsafe.core.lint.prose import Passage, Prose, Zone
from vouchsafe.core.lint.wordsets import word_set
from vouchsafe.core.patterns import late

TOKEN = late(r"[^\W\d_](?:[\w]|['’\-‐‑.](?=\w))*\.?")
TITLES = word_set(
    """
    mr mrs ms miss mx dr prof professor sir dame madam rev fr sr mme frau herr señor señora
    """
)
LEARNED = word_set(
    """
    dr prof professor rev sir dame
    """
)
PARTICLES = word_set(
    """
    van von der den de del della di da dos du la le bin ibn al el ter ten af av zu y
    """
)
POSSESSIVE = late(r"['’]s?$")
IRREGULAR = {
    frozenset(pair.split())
    for pair in (
        "bill william", "billy william", "will william", "bob robert", "bobby robert", "rob robert",
        "dick richard", "rick richard", "jack john", "ted edward", "ted theodore", "ned edward",
        "peggy margaret", "meg margaret", "maggie margaret", "liz elizabeth", "beth elizabeth",
        "betty elizabeth", "libby elizabeth", "tom thomas", "tony anthony", "joe joseph", "jo joanna",
        "jim james", "jimmy james", "harry henry", "hank henry", "chuck charles", "polly mary",
        "molly mary", "sally sarah", "kit christopher", "mike michael", "mick michael", "nick nicholas",
        "becky rebecca", "sasha alexander", "sasha alexandra", "misha mikhail", "vanya ivan",
        "pepe jose", "paco francisco", "lola dolores", "tina christina", "drew andrew", "ed edward",
    )
}  # fmt: skip
"""Short forms that do not begin like their name; those that do are told by spelling."""
DIMINUTIVE = frozenset(("", "e", "y", "i", "ie", "ey", "a", "o"))


def folded(word: str) -> str:
    """Lower case without accents, so that `Zoë` and `Zoe` are one."""
    plain = unicodedata.normalize("NFKD", word.replace("’", "'")).casefold()
    return "".join(mark for mark in plain if not unicodedata.combining(mark))


@lru_cache(maxsize=256)
def parts_of(name: str) -> tuple[str, ...]:
    """The parts of a name, folded, without titles, commas or the particles between them."""
    tokens = [folded(POSSESSIVE.sub("", found.group())).rstrip(".") for found in TOKEN.finditer(name)]
    return tuple(token for token in tokens if token and token not in TITLES and token not in PARTICLES)


SHORTEST, LONGEST = 3, 5
"""Letters of a short form that is the beginning of a name: `Sam`, `Chris`; longer ones are names of their own."""


def is_short_form(one: str, other: str) -> bool:
    """Whether one given name is a usual short form of the other (`Kate`, `Katherine`)."""
    short, full = sorted((one, other), key=len)
    if frozenset((short, full)) in IRREGULAR:
        return True
    if full.startswith(short) and SHORTEST <= len(short) <= LONGEST:
        return len(full) > len(short)
    shared = len(_common_prefix(short, full))
    rest = short[shared:]
    doubled = rest[:1] == short[shared - 1 : shared] and rest[1:] in DIMINUTIVE
    return shared >= 3 and shared < len(full) - 1 and (rest in DIMINUTIVE or doubled)


def _common_prefix(one: str, other: str) -> str:
    at = 0
    while at < min(len(one), len(other)) and one[at] == other[at]:
        at += 1
    return one[:at]


def same_part(one: str, other: str) -> bool:
    """Whether two parts may be the same: equal, an initial of the other, joined by a hyphen, or a short form."""
    if one == other:
        return True
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    pieces_one, pieces_other = set(re.split(r"[-'‐‑]", one)), set(re.split(r"[-'‐‑]", other))
    if len(pieces_one | pieces_other) > 2 and (pieces_one <= pieces_other or pieces_other <= pieces_one):
        return True
    return is_short_form(one, other)


def could_be(said: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether a name as said could mean the person called `name`.

    Every part said must be found in the name, or every part of the name in what is said (a middle
    name more). Initials alone (`K.J.`) count when they are the name's.
    """
    if not said or not name:
        return False
    initials = "".join(part[0] for part in name)
    if len(name) >= 2 and len(said) == 1 and said[0].replace(".", "") == initials:
        return True
    if all(any(same_part(part, known) for known in name) for part in said):
        return True
    return all(any(same_part(part, known) for part in said) for known in name)


def is_misspelling(said: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether the one part that does not fit is a slip of the pen: one letter off, or two swapped."""
    strange = [part for part in said if not any(same_part(part, known) for known in name)]
    return len(strange) == 1 and any(_one_slip(strange[0], known) for known in name if known not in said)


def _one_slip(one: str, other: str) -> bool:
    if min(len(one), len(other)) < 5 or one[0] != other[0] or abs(len(one) - len(other)) > 1:
        return False
    at = len(_common_prefix(one, other))
    left, right = one[at:], other[at:]
    if len(left) == len(right):
        if len(left) <= 4 or sorted(left[:3]) == sorted(right[:3]):
            moved = sorted(left) == sorted(right)
            if moved:
                return True
        return left[1:] == right[1:] or (left[:2] == right[1::-1] and left[2:] == right[2:])
    longer, shorter = (left, right) if len(left) > len(right) else (right, left)
    return longer[1:] == shorter


@dataclass(frozen=True, slots=True)
class Mention:
    """A run of capitalised words: a person, an institution, or a title of something."""

    text: str
    start: int
    end: int
    lead: int
    """Where its title begins, or the name itself."""
    title: str
    parts: tuple[str, ...]
    passage: Passage
    opens: bool
    """Whether it stands first in its sentence, where any word is capitalised."""
    possessive: bool

    @property
    def before(self) -> str:
        return self.passage.text[: self.lead - self.passage.start]

    @property
    def after(self) -> str:
        return self.passage.text[self.end - self.passage.start :]


@dataclass(frozen=True, slots=True)
class Habits:
    """How this text uses capitals: what it also writes small, and what it capitalises in mid-sentence."""

    small: frozenset[str]
    capital: frozenset[str]


@lru_cache(maxsize=32)
def mentions(prose: Prose) -> tuple[Mention, ...]:
    """Every run of capitalised words in the text, in order, outside quotations."""
    habits = _habits(prose)
    return tuple(
        mention
        for passage in prose.passages
        for mention in _mentions_in(passage, habits)
        if not prose.is_quoted(mention.start, mention.end)
    )


def _habits(prose: Prose) -> Habits:
    small: set[str] = set()
    capital: set[str] = set()
    for passage in prose.sentences:
        words = [POSSESSIVE.sub("", found.group()).rstrip(".") for found in TOKEN.finditer(passage.text)]
        small.update(word for word in words if word[:1].islower())
        capital.update(word for word in words[1:] if word[:1].isupper())
    return Habits(frozenset(small), frozenset(capital))


def _mentions_in(passage: Passage, habits: Habits) -> Iterator[Mention]:
    run: list[re.Match[str]] = []
    pending: list[re.Match[str]] = []
    for token in TOKEN.finditer(passage.text):
        joined = not run or _is_gap(passage.text[(pending or run)[-1].end() : token.start()], run[-1].group())
        if run and not joined:
            yield from _mention(passage, run, habits)
            run, pending = [], []
        if token.group()[0].isupper():
            run += [*pending, token]
            pending = []
        elif run and folded(token.group()) in PARTICLES:
            pending.append(token)
        elif run:
            yield from _mention(passage, run, habits)
            run, pending = [], []
        if run and not pending and POSSESSIVE.search(run[-1].group()):
            yield from _mention(passage, run, habits)
            run, pending = [], []
    if run:
        yield from _mention(passage, run, habits)


def _is_gap(gap: str, last: str) -> bool:
    """Only spaces join a name (`A. B. Smith`), or an ampersand the name of a firm."""
    if last.endswith(".") and len(last) > 3 and folded(last.rstrip(".")) not in TITLES:
        return False
    return bool(re.fullmatch(r"[ \t\n]+(?:&[ \t]+)?", gap)) and gap.count("\n") <= 1


def _mention(passage: Passage, run: list[re.Match[str]], habits: Habits) -> Iterator[Mention]:
    opens = passage.text[: run[0].start()].strip(" \t\"“‘'’(*-•–") == ""
    if opens and passage.zone is Zone.BODY and _is_ordinary_opening(run, habits):
        run, opens = run[1:], False
    while run and folded(run[0].group()) in LITTLE:
        run = run[1:]
    title, lead = "", run[0].start() if run else 0
    while run and (word := folded(run[0].group()).rstrip(".")) in TITLES:
        title, run = word, run[1:]
    if not run or run[0].group() in ("I", "I'm", "I’m", "I've", "I’ve", "I'd", "I’d", "I'll", "I’ll"):
        return
    start, end = run[0].start(), run[-1].end()
    text = passage.text[start:end]
    if text.endswith(".") and not (len(run[-1].group()) == 2 and passage.text[end : end + 2].strip()):
        text, end = text[:-1], end - 1
    possessive = POSSESSIVE.search(text)
    if possessive:
        text = text[: possessive.start()]
    parts = parts_of(text)
    if parts:
        at = passage.start + start
        yield Mention(
            text, at, at + len(text), passage.start + lead, title, parts, passage, opens, bool(possessive)
        )


def _is_ordinary_opening(run: list[re.Match[str]], habits: Habits) -> bool:
    """Whether the capital is only the sentence's: a small word of English, or one the text writes small."""
    word = run[0].group()
    plain = POSSESSIVE.sub("", word).rstrip(".")
    lowered = plain[0].lower() + plain[1:]
    if folded(plain) in TITLES:
        return False
    following = run[0].string[run[0].end() :]
    if lowered in MODAL and len(run) == 1 and FINITE.match(run[0].string[run[0].start() + len(plain) :]):
        return False
    if POSSESSIVE.search(word) and lowered not in OPENERS and not CONTRACTED.match(following):
        return False
    if lowered.lower() in OPENERS:
        return True
    if len(run) == 1 and ANIMATE.match(following):
        return False
    if lowered in habits.small:
        return True
    return len(run) == 1 and plain not in habits.capital and is_abstract(plain)


MODAL = frozenset(("will", "may", "can"))
FINITE = late(r"(?:['’]s|\s+(?:is|was|has|had|does|did|\w{3,}s|\w{3,}ed|also|always)\b)")
"""What cannot follow a modal verb: `Will is`, `May has`."""
ANIMATE = late(
    r"^\s+(?:(?:also\s+|always\s+|\w+ly\s+)?(?:has|had)\s+(?:also\s+|always\s+|\w+ly\s+)?(?:been\s+working|been\s+an?\s+(?:\w+\s+){0,3}\w+(?:er|or|ist|ete|ian|ent|ant)\b"
    r"|(?:shown|displayed|demonstrated|exhibited|mastered|worked|an?|excellent|exceptional|strong)\s+(?!me\b|us\b|that\b|place|role))"
    r"|possesses\b|maintains\s|goes\s+above|worked\s+(?:with|for|under|as)\b"
    r"|is\s+(?:\d+\s+years|(?:not\s+only\s+|also\s+|truly\s+|always\s+|indeed\s+)?an?\s+(?:[\w,-]+\s+){0,4}?(?:\w+(?:cer|her|der|ser|ner|ter|yer|wer|eer|ker|ler|tor|ist|ete|ian)|person|individual|professional|student|model|chef|who)\b))",
    re.IGNORECASE,
)
"""What only a person does or is: it tells `Constance has shown …` from `Excellence is …`."""
CONTRACTED = late(r"^\s+(?:a|an|the|been|not|\w+ing)\b")
"""After `It's`, `That's`: not a possessive."""


LITTLE = word_set(
    """
    a an the this that these those it he she they we you i his her their our my your its to of in at
    on and or
    """
)
"""Never the start of a name, wherever it is capitalised."""
OPENERS = word_set(
    """
    give ask let hire meet tell put watch see take consider admit read call trust make offer invite accept send bring
    show leave welcome think imagine picture remember working knowing teaching supervising watching seeing reading
    a an the this that these those it its he she they we you i his her their our your my one each
    every any some all both many most more much few several such no not nor none there here what
    when where which while who whom whose why how if unless although though even despite because
    since as at by for from in into of off on onto out over to under until up upon with within
    without before after during between beyond about above across against along alongside amid among
    around behind below beneath beside besides through throughout toward towards via and but or so
    yet also additionally again furthermore moreover however therefore thus hence indeed instead
    likewise meanwhile nevertheless nonetheless otherwise overall rather similarly still then
    thereafter too first second third last lastly next now once soon today later recently currently
    perhaps maybe please thank thanks regarding concerning considering given apart aside whether
    whenever wherever whatever whoever never always often sometimes rarely seldom having being do
    does did is are was were has have had can could may might must shall should will would let just
    only very quite well good great another other others someone anyone everyone everybody nobody
    something nothing everything anything either neither people students colleagues in-depth
    sincerely dear yours best kind regards specifically especially particularly generally typically
    finally ultimately initially subsequently simply notably clearly certainly undoubtedly truly
    personally professionally academically highly extremely consistently equally importantly outside
    inside like unlike based known armed thanks feel should kindly than
    """
)
ABSTRACT = late(
    r"(?:tion|sion|ness|ment|ship|ity|ance|ence|ism|ology|ics|ing|ful|less|ous|ive|able|ible|ally|edly|ably|ward|wise|ers|ors)$"
)


def is_abstract(word: str) -> bool:
    """Whether a lone capitalised word is ordinary English by its ending (`Creativity is…`)."""
    return len(word) > 5 and ABSTRACT.search(word.lower()) is not None
