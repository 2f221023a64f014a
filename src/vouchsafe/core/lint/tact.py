"""Tact: the rules for an ask, in the order of their codes. A code is never used again."""

from __future__ import annotations

from vouchsafe.core.composing.facts import AskFacts
from vouchsafe.core.lint.findings import Rule
from vouchsafe.core.lint.rules.ask_again_soon import RULE as ASK_AGAIN_SOON
from vouchsafe.core.lint.rules.ask_attachments_unsaid import RULE as ASK_ATTACHMENTS_UNSAID
from vouchsafe.core.lint.rules.ask_by_mail_though_near import RULE as ASK_BY_MAIL_THOUGH_NEAR
from vouchsafe.core.lint.rules.ask_flattery import RULE as ASK_FLATTERY
from vouchsafe.core.lint.rules.ask_late import RULE as ASK_LATE
from vouchsafe.core.lint.rules.ask_long import RULE as ASK_LONG
from vouchsafe.core.lint.rules.ask_no_appreciation import RULE as ASK_NO_APPRECIATION
from vouchsafe.core.lint.rules.ask_no_date import RULE as ASK_NO_DATE
from vouchsafe.core.lint.rules.ask_no_purpose import RULE as ASK_NO_PURPOSE
from vouchsafe.core.lint.rules.ask_no_way_out import RULE as ASK_NO_WAY_OUT
from vouchsafe.core.lint.rules.ask_no_zone import RULE as ASK_NO_ZONE
from vouchsafe.core.lint.rules.ask_not_strong import RULE as ASK_NOT_STRONG
from vouchsafe.core.lint.rules.ask_placeholder import RULE as ASK_PLACEHOLDER
from vouchsafe.core.lint.rules.ask_pressure import RULE as ASK_PRESSURE
from vouchsafe.core.lint.rules.ask_waiver_loaded import RULE as ASK_WAIVER_LOADED
from vouchsafe.core.lint.rules.ask_waiver_unsaid import RULE as ASK_WAIVER_UNSAID
from vouchsafe.core.lint.rules.ask_why_you import RULE as ASK_WHY_YOU
from vouchsafe.core.lint.rules.ask_wrong_name import RULE as ASK_WRONG_NAME

TACT: tuple[Rule[AskFacts], ...] = (
    ASK_PLACEHOLDER,
    ASK_WRONG_NAME,
    ASK_NO_APPRECIATION,
    ASK_WHY_YOU,
    ASK_NO_PURPOSE,
    ASK_NOT_STRONG,
    ASK_NO_DATE,
    ASK_NO_ZONE,
    ASK_NO_WAY_OUT,
    ASK_ATTACHMENTS_UNSAID,
    ASK_WAIVER_UNSAID,
    ASK_WAIVER_LOADED,
    ASK_PRESSURE,
    ASK_FLATTERY,
    ASK_LONG,
    ASK_LATE,
    ASK_AGAIN_SOON,
    ASK_BY_MAIL_THOUGH_NEAR,
)
