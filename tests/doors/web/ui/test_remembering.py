"""What is remembered between pages: the same words as worked out anew, each language by itself, and never without end."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import get_args

import pytest
from django.test import Client, override_settings
from django.utils import timezone, translation
from jinja2 import Environment
from markupsafe import Markup
from tests.cast import Cast
from tests.factories import make_contact, make_opportunity
from tests.pages import words_of

from vouchsafe.asks.actions.record_ask import record_ask
from vouchsafe.asks.actions.redraw_plan import redraw_plan
from vouchsafe.core.words import say
from vouchsafe.desk.plan_chances import by_day
from vouchsafe.doors.web.ui import catalogue, dates, remembering, speaking
from vouchsafe.doors.web.ui.charts import odds_spark
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
        said: dict[str, str] = {}
        for language in LANGUAGES:
            with translation.override(language):
                said.setdefault(language, dates.day_words(FRIDAY, style))
                assert dates.day_words(FRIDAY, style) == said[language]
        assert len(set(said.values())) > 2, style


def test_numbers_and_djangos_own_sentences_are_shown_as_they_are(env: Environment) -> None:
    page = env.from_string("{{ n | t }} {{ later | t }}")
    with translation.override("de"):
        assert (
            page.render(n=3, later=translation.gettext_lazy("Your move"))
            == f"3 {translation.gettext('Your move')}"
        )


def test_page_drawn_within_a_page_speaks_its_own_language_and_gives_the_outer_one_back(
    env: Environment,
) -> None:
    inner = env.from_string("{{ s | t }}")

    def drawn(language: str) -> str:
        with translation.override(language):
            return inner.render(s=say("Your move"))

    outer = env.from_string("{{ s | t }}|{{ drawn('de') }}|{{ s | t }}|{{ day | day_words('long') }}")
    with translation.override("fr"):
        before, within, after, day = outer.render(s=say("Your move"), drawn=drawn, day=FRIDAY).split("|")
        assert before == after == translation.gettext("Your move")
        assert day == dates.day_words(FRIDAY, "long") == "vendredi 13\N{NO-BREAK SPACE}novembre"
    with translation.override("de"):
        assert within == translation.gettext("Your move") == drawn("de") != before
    assert speaking.language() == translation.get_language()


def test_language_of_a_page_that_fails_ends_with_it(env: Environment) -> None:
    with translation.override("de"), pytest.raises(ZeroDivisionError):
        env.from_string("{{ 1 // 0 }}").render()
    assert speaking.language() == translation.get_language() != "de"


def test_forms_of_one_page_share_a_token_and_those_of_the_next_have_another(cast: Cast) -> None:
    """A page whose token never changed could be guessed at by how well it compresses."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.ada)
    seen = []
    for _ in range(2):
        tokens = re.findall(
            r'name="csrfmiddlewaretoken" value="(\w+)"', client.get("/account/").content.decode()
        )
        assert len(tokens) > 1
        assert len(set(tokens)) == 1
        seen.append(tokens[0])
    assert seen[0] != seen[1]
    assert client.post("/plan/drawing/").status_code == 403
    assert client.post("/plan/drawing/", {"csrfmiddlewaretoken": seen[0]}).status_code == 302


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
    for remembered in (
        catalogue._in,
        catalogue._whole_in,
        dates._day_words,
        remembering._drawn,
        by_day,
        odds_spark,
    ):
        assert remembered.cache_info().maxsize is not None
    for n in range((dates._day_words.cache_info().maxsize or 0) + 20):
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


TRAIL = '{% from "ui/components/trail.html" import trail %}'


def test_drawing_is_the_macros_own_in_every_language_and_for_everything_given(env: Environment) -> None:
    page = env.from_string(TRAIL + "{{ remembered(trail, step, tone) }}|{{ trail(step, tone) }}")
    seen = set()
    for language in LANGUAGES:
        for step, tone in ((5, "blue"), (4, "wait"), (5, "blue"), (1, "")):
            with translation.override(language):
                kept, anew = page.render(step=step, tone=tone).split("|")
            assert kept == anew
            seen.add((language, step, tone, kept))
    assert len(seen) == len({kept for *_, kept in seen}) == 12


def test_text_is_escaped_though_markup_of_the_same_letters_was_drawn_before(env: Environment) -> None:
    page = env.from_string(
        "{% macro said(words) %}<p>{{ words }}</p>{% endmacro %}{{ remembered(said, words) }}"
    )
    for _ in range(2):
        assert page.render(words=Markup("<b>")) == "<p><b></p>"
        assert page.render(words="<b>") == "<p>&lt;b&gt;</p>"
        assert page.render(words=1) == "<p>1</p>"
        assert page.render(words=True) == "<p>True</p>"


def test_drawings_are_bounded(env: Environment) -> None:
    page = env.from_string(TRAIL + "{% for n in range(most) %}{{ remembered(trail, 1, n) }}{% endfor %}")
    page.render(most=remembering.MOST + 20)
    assert remembering._drawn.cache_info().currsize == remembering.MOST
    remembering._drawn.cache_clear()


def test_desks_of_two_people_shown_in_turn_never_mix(cast: Cast) -> None:
    """Whatever is remembered of one page is asked for by the other, in another language."""
    today = timezone.localdate()
    clients = {}
    for owner, name, language in ((cast.ada, "Berta Quill", "de"), (cast.eve, "Cyril Knope", "en-gb")):
        owner.language = language
        owner.save()
        writer = make_contact(owner, name, tie="mentor", knows_work=4, warmth=4)
        place = make_opportunity(owner, f"Place for {name}", need=2, deadline_on=today + timedelta(days=40))
        record_ask(
            by=owner, contact=writer, opportunity=place, channel="phone", said="maybe", asked_on=today,
            maybe_until=today + timedelta(days=3), today=today, now=cast.instance.set_up_at,
        )  # fmt: skip
        redraw_plan(by=owner, today=today, now=cast.instance.set_up_at)
        clients[name] = Client()
        clients[name].force_login(owner)
    for _ in range(3):
        berta, cyril = (words_of(clients[name].get("/desk/")) for name in ("Berta Quill", "Cyril Knope"))
        assert "Berta Quill" in berta
        assert "Überlegt noch" in berta
        assert "Cyril" not in berta
        assert "Cyril Knope" in cyril
        assert "Thinking it over" in cyril
        assert "Berta" not in cyril
