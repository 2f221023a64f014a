"""Substance: the rules for a letter, in the order of their codes. A code is never used again."""

from __future__ import annotations

from vouchsafe.core.lint.facts import LetterFacts
from vouchsafe.core.lint.findings import Rule
from vouchsafe.core.lint.rules.letter_adjective_list import RULE as LETTER_ADJECTIVE_LIST
from vouchsafe.core.lint.rules.letter_applicants_words import RULE as LETTER_APPLICANTS_WORDS
from vouchsafe.core.lint.rules.letter_doubt_raiser import RULE as LETTER_DOUBT_RAISER
from vouchsafe.core.lint.rules.letter_hedge import RULE as LETTER_HEDGE
from vouchsafe.core.lint.rules.letter_how_known import RULE as LETTER_HOW_KNOWN
from vouchsafe.core.lint.rules.letter_how_long import RULE as LETTER_HOW_LONG
from vouchsafe.core.lint.rules.letter_long import RULE as LETTER_LONG
from vouchsafe.core.lint.rules.letter_misspelt_name import RULE as LETTER_MISSPELT_NAME
from vouchsafe.core.lint.rules.letter_no_comparison import RULE as LETTER_NO_COMPARISON
from vouchsafe.core.lint.rules.letter_no_contact import RULE as LETTER_NO_CONTACT
from vouchsafe.core.lint.rules.letter_no_episode import RULE as LETTER_NO_EPISODE
from vouchsafe.core.lint.rules.letter_no_figures import RULE as LETTER_NO_FIGURES
from vouchsafe.core.lint.rules.letter_placeholder import RULE as LETTER_PLACEHOLDER
from vouchsafe.core.lint.rules.letter_short import RULE as LETTER_SHORT
from vouchsafe.core.lint.rules.letter_undated import RULE as LETTER_UNDATED
from vouchsafe.core.lint.rules.letter_unnamed import RULE as LETTER_UNNAMED
from vouchsafe.core.lint.rules.letter_unsigned import RULE as LETTER_UNSIGNED
from vouchsafe.core.lint.rules.letter_wrong_institution import RULE as LETTER_WRONG_INSTITUTION
from vouchsafe.core.lint.rules.letter_wrong_name import RULE as LETTER_WRONG_NAME
from vouchsafe.core.lint.rules.letter_wrong_opportunity import RULE as LETTER_WRONG_OPPORTUNITY
from vouchsafe.core.lint.rules.letter_wrong_pronoun import RULE as LETTER_WRONG_PRONOUN

SUBSTANCE: tuple[Rule[LetterFacts], ...] = (
    LETTER_PLACEHOLDER,
    LETTER_WRONG_NAME,
    LETTER_WRONG_PRONOUN,
    LETTER_WRONG_INSTITUTION,
    LETTER_WRONG_OPPORTUNITY,
    LETTER_MISSPELT_NAME,
    LETTER_UNNAMED,
    LETTER_HOW_KNOWN,
    LETTER_HOW_LONG,
    LETTER_NO_EPISODE,
    LETTER_NO_FIGURES,
    LETTER_ADJECTIVE_LIST,
    LETTER_NO_COMPARISON,
    LETTER_HEDGE,
    LETTER_DOUBT_RAISER,
    LETTER_UNDATED,
    LETTER_UNSIGNED,
    LETTER_NO_CONTACT,
    LETTER_SHORT,
    LETTER_LONG,
    LETTER_APPLICANTS_WORDS,
)
