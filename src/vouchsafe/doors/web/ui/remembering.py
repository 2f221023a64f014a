"""What a macro draws over and over, drawn once: the trail in each row, the list of commands on every page.

    {{ remembered(trail, step, tone) }}

Only for macros that draw from the language and what they are given, and only given what is ours: states, steps,
commands. Nobody's name or words belong here, for they would stay in memory after they are erased.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.core.signals import setting_changed
from django.dispatch import receiver
from jinja2.runtime import Macro
from markupsafe import Markup

from vouchsafe.doors.web.ui.speaking import language as spoken

MOST = 1024
"""The drawings of all macros in all languages, of which a few hundred exist."""


# By type too: text that is to be escaped equals markup of the same letters.
@lru_cache(maxsize=MOST, typed=True)
def _drawn(language: str | None, macro: Macro, *given: Any) -> Markup:
    """`language` is the active one, and each macro stands for its template as it was read."""
    return Markup(macro(*given))  # noqa: S704 - a macro escapes what it is given


def remembered(macro: Macro, *given: Any) -> Markup:
    """What the macro draws in the active language."""
    return _drawn(spoken(), macro, *given)


@receiver(setting_changed)
def forget(*, setting: str, **_: Any) -> None:
    """Other catalogues or languages, as tests choose them."""
    if setting in ("LOCALE_PATHS", "LANGUAGES", "LANGUAGE_CODE"):
        _drawn.cache_clear()
