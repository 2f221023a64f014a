"""Word-balance: how a letter's words of praise are shared between four kinds. A picture, never a score.

The kinds are published concepts: agency and communion (Bakan 1966), counted in letters of
recommendation by Madera, Hebl and Martin (2009); standout and grindstone words (Trix and Psenka 2003;
Schmader, Whitehead and Wysocki 2007). The words below are our own, written from what those concepts
mean; none of the published lists was copied. Measured figures and limits stand in docs/lint.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from vouchsafe.core.lint.prose import WORD, Prose
from vouchsafe.core.lint.wordsets import word_set
from vouchsafe.core.patterns import late
from vouchsafe.core.words import Sentence, msg, say


class Kind(StrEnum):
    AGENTIC = "agentic"
    """Takes charge: sets out, decides, dares, stands alone, gets there."""
    COMMUNAL = "communal"
    """Holds together: cares, helps, listens, shares, is kind."""
    STANDOUT = "standout"
    """Beyond the usual: rare, first, without equal."""
    GRINDSTONE = "grindstone"
    """Keeps at it: works hard, carefully, on time."""


STEMS = {
    Kind.AGENTIC: word_set(
        """
        ambiti* assert* autonom* bold* confiden* courag* daring decisi* determin* domina* driv* entrepren* fearless* forceful*
        independen* initiat* influen* innovat* leader* leads leading led intrepid* master* negotiat* outspoken pioneer* persua* powerful*
        proactiv* resolut* self-assur* self-confiden* self-direct* self-motivat* self-relian* self-start* strateg* strong-minded
        spearhead* tenaci* unafraid vision* challeng* command* compet* conquer* captain* champion* direct*
        """
    ),
    Kind.COMMUNAL: word_set(
        """
        affection* agreeab* approachab* attentive* care* caring* cheer* collabor* comfort* compassion* considerate* cooperat* co-operat*
        delight* empath* encourag* friend* generos* generous* gentle* giving gracious* harmon* help* hospit* humble* inclusive* kind* listen*
        loving* loyal* mentor* modest* nurtur* patien* pleasant* polite* respectful* sensitiv* shar* sincer* support* sympath* tact* teamwork*
        thoughtful* tolerant* understanding warm* welcom* kind-hearted selfless* team-player warm-hearted
        """
    ),
    Kind.STANDOUT: word_set(
        """
        amaz* astonish* best brilliant* distinguish* exceptional* extraordinar* exemplar* finest flawless* genius gifted impeccab* incomparab*
        incredib* magnificen* marvel* matchless* outstanding* peerless* perfect* phenomen* prodig* rare* remarkab* singular* sensational* spectacular*
        star stellar sublime superb* superior* superlativ* terrific* top transcend* unequal* unique* unmatched unparallel* unprecedented unrival*
        unsurpass* wonderful* world-class fantastic* awe-inspiring tremendous*
        """
    ),
    Kind.GRINDSTONE: word_set(
        """
        accura* assidu* careful* commit* conscientious* consisten* dedicat* dependab* detail* devot* diligen* disciplin* dutif* effort*
        exact* hard-work* hardwork* industrious* labor* labour* methodic* meticulous* orderl* organis* organiz* painstak* persever* persist*
        precis* prepar* prompt* punctual* reliab* responsib* rigor* stamina steadfast* steady steadily studious* thorough* tireless* toil* trustworth*
        unflagging unwavering well-organised well-organized well-prepared work-ethic
        """
    ),
}
"""Stems; a star stands for any ending. Words that name a sex, a family or a role at home are in none."""
EXCEPT = word_set(
    """
    car card cards careful carefully careless carelessly career careers cargo carol carpet carpenter carries carried carry carrying cars
    cart carton carbon cardiac cardiology carve carved carving challenge challenges challenging championship championships committee
    committees competence competencies competency competent competently delighted direct directed direction directions directive directly
    director directors directory driver drivers effortless effortlessly entrepreneur entrepreneurs exactly helpless influenza kindergarten kindle kinds listener listeners laboratories
    laboratory master's masters organisation organisational organisations organism organisms organist organization organizational
    organizations patients preparation preparatory prompting prompts rarely share shareholder shareholders shares shark sharp sharpen
    sharply  tactic tactical tactically tactics tactile
    """
)
"""Words that begin like a stem and mean something else."""
SOURCE = msg(
    "Kinds of words from research on letters of recommendation (Trix and Psenka 2003, Madera and others 2009); "
    "the word lists are our own."
)
LIMITS = msg(
    "Differences of this kind were found on average between groups of letters, and not everywhere. "
    "They say nothing about one letter or one person. Words are counted without their sense, in English only."
)
WRITERS_OWN = late(
    r"\b(?:I|we)(?:['’]m|\s+am|\s+are|\s+feel|\s+remain|\s+can|\s+could|\s+would)?\s+(?:\w+\s+)?(?:confident(?:ly)?|delighted|pleased|happy|sure)\b"
    r"|\bone\s+of\s+a\s+kind\b|\bkind\s+of\b|\b(?:best|kind)\s+(?:regards|wishes)\b",
    re.IGNORECASE,
)
"""`I am confident that …` says how sure the writer is, not what the applicant is like."""
FEWEST = 100
"""Words. In a shorter text one word more or less turns the picture over (our assumption)."""


@dataclass(frozen=True, slots=True)
class Share:
    """One kind: how many words, how many in a thousand, and which."""

    kind: Kind
    count: int
    per_thousand: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Balance:
    """The picture of one text. `words` is the length counted; under `FEWEST` no picture should be drawn."""

    words: int
    shares: tuple[Share, ...]
    source: Sentence
    limits: Sentence

    @property
    def most(self) -> int:
        """The count that the longest bar stands for; never 0."""
        return max(1, *(share.count for share in self.shares))

    def share(self, kind: Kind) -> Share:
        return next(share for share in self.shares if share.kind is kind)


def balance(text: str) -> Balance | None:
    """The picture of a text; nothing where it is not English, for the words are."""
    prose = Prose(text)
    if not prose.is_english:
        return None
    spoken = WRITERS_OWN.sub(" ", prose.body)
    words = [found.group().lower().replace("’", "'") for found in WORD.finditer(spoken)]
    return Balance(
        words=len(words),
        shares=tuple(_share(kind, words) for kind in Kind),
        source=say(SOURCE),
        limits=say(LIMITS),
    )


def _share(kind: Kind, words: list[str]) -> Share:
    found = tuple(word for word in words if word not in EXCEPT and PATTERNS[kind].fullmatch(word))
    return Share(kind, len(found), 1000 * len(found) / len(words) if words else 0.0, found)


def _pattern(stems: frozenset[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(stem).replace(r"\*", r"[\w'-]*") for stem in sorted(stems)))


PATTERNS = {kind: _pattern(stems) for kind, stems in STEMS.items()}
