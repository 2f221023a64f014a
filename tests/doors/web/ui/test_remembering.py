"""What is remembered between pages: the same words as worked out anew, each language by itself, and never without end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import get_args

from django.test import override_settings
from django.utils import translation
from jinja2 import Environment

from vouchsafe.core.words import say
from vouchsafe.doors.web.ui import catalogue, dates
from vouchsafe.doors.web.ui.sentences import translate

LANGUAGES = ("en-gb", "de", "fr", "es", "de", "en-gb")
FRIDAY = date(2026, 11, 13)


def test_sentence_asked_in_every_language_in_turn_is_said_in_each(env: Environment) -> None:
    page = env.from_string('{{ _("Your move") }}|{{ "Your move" }}|{{ s | t }}')
    for language in LANGUAGES:
        with translation.override(language):
            shown, _, told = page.render(s=say("Your move")).split("|")
            assert shown == told == translation.gettext("Your move")
            assert (shown == "Your move") == (language == "en-gb")


def test_days_asked_in_every_language_in_turn_are_said_in_each() -> None:
    for style in get_args(dates.Style):
        said = {}
        for language in LANGUAGES:
            with translation.override(language):
                said.setdefault(language, dates.day_words(FRIDAY, style))
                assert dates.day_words(FRIDAY, style) == said[language]
        assert len(set(said.values())) > 2, style


def test_facts_are_never_remembered(env: Environment) -> None:
    page = env.from_string('{{ _("Thank %(name)s", name=name) }} {{ s | t }}')
    for name in ("Ben", "<b>", "Ben"):
        shown = page.render(name=name, s=say("Thank {name}", name=name))
        assert shown.count(str(name.replace("<b>", "&lt;b&gt;"))) == 2
    kept = catalogue._in.cache_info().currsize
    for n in range(50):
        translate(say("Thank {name}", name=f"Ben {n}"))
    assert catalogue._in.cache_info().currsize == kept


def test_what_is_remembered_is_bounded() -> None:
    for remembered in (catalogue._in, catalogue._whole_in, dates._day_words):
        assert remembered.cache_info().maxsize is not None
    for n in range(dates._day_words.cache_info().maxsize + 20):
        dates._day_words(FRIDAY + timedelta(days=n), "plain", "en-gb")
    info = dates._day_words.cache_info()
    assert info.currsize == info.maxsize


def test_other_catalogues_are_looked_up_anew() -> None:
    with translation.override("de"):
        known = catalogue.said("Your move")
    with override_settings(LOCALE_PATHS=[]), translation.override("de"):
        assert catalogue._in.cache_info().currsize == 0
        assert catalogue.said("Your move") == "Your move"
    with translation.override("de"):
        assert catalogue.said("Your move") == known != "Your move"
