"""The catalogue's sentences, looked up once in each language and remembered.

Django asks a chain of catalogues for each of them, and a page says hundreds. What is remembered follows from the
language and the English sentence alone: it holds no fact of anybody's, for facts are filled in later.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.core.signals import setting_changed
from django.dispatch import receiver
from django.utils.translation import gettext
from markupsafe import Markup

from vouchsafe.doors.web.ui.speaking import language as spoken

MOST = 16384
"""All catalogues together, with room to spare."""


@lru_cache(maxsize=MOST)
def _in(language: str | None, msgid: str) -> str:
    """`language` is the active one: it is named so that each has a place of its own."""
    return gettext(msgid)


def said(msgid: str) -> str:
    """What `gettext` gives in the active language."""
    return _in(spoken(), msgid)


@lru_cache(maxsize=MOST)
def _whole_in(language: str | None, msgid: str) -> Markup:
    return Markup(gettext(msgid)) % {}  # noqa: S704 - written by us, catalogues included


def whole(msgid: str) -> Markup:
    """The same for a template, of a sentence without places for facts."""
    return _whole_in(spoken(), msgid)


@receiver(setting_changed)
def forget(*, setting: str, **_: Any) -> None:
    """Other catalogues or languages, as tests choose them."""
    if setting in ("LOCALE_PATHS", "LANGUAGES", "LANGUAGE_CODE"):
        _in.cache_clear()
        _whole_in.cache_clear()
