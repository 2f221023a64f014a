"""Dates, numbers and sentences as they are said."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import get_args

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment
from jinja2.exceptions import UndefinedError

from vouchsafe.core.words import Refusal, say, say_n
from vouchsafe.doors.web.ui.dates import Style, clock_words, day, day_words, moment
from vouchsafe.doors.web.ui.environment import environment
from vouchsafe.doors.web.ui.numbers import hundredths, in_100
from vouchsafe.doors.web.ui.sentences import listed, translate

_FRIDAY = date(2026, 11, 13)


@pytest.mark.parametrize(
    ("style", "said"),
    [
        ("day", "Fri 13 Nov"),
        ("short", "13 Nov"),
        ("long", "Friday 13 November"),
        ("full", "Friday 13 November 2026"),
        ("plain", "13 November 2026"),
    ],
)
def test_day_in_british_english_reads_as_the_house_writes_it(style: Style, said: str) -> None:
    with translation.override("en-gb"):
        assert day_words(_FRIDAY, style).replace("\xa0", " ") == said


def test_day_never_breaks_between_number_and_month() -> None:
    with translation.override("en-gb"):
        for style in get_args(Style):
            assert "13\xa0Nov" in day_words(_FRIDAY, style)


@pytest.mark.parametrize(
    ("language", "said"), [("de", "Fr., 13. Nov."), ("en-us", "Fri, Nov 13"), ("fr", "ven. 13 nov.")]
)
def test_day_in_another_language_keeps_that_languages_order(language: str, said: str) -> None:
    with translation.override(language):
        assert day_words(_FRIDAY).replace("\xa0", " ") == said


@pytest.mark.parametrize(
    ("language", "style", "said"),
    [
        ("de", "long", "Freitag, 13. November"), ("fr", "long", "vendredi 13 novembre"), ("es", "long", "viernes, 13 de noviembre"),
        ("de", "full", "Freitag, 13. November 2026"), ("es", "full", "viernes, 13 de noviembre de 2026"),
        ("de", "plain", "13. November 2026"), ("fr", "plain", "13 novembre 2026"), ("es", "plain", "13 de noviembre de 2026"),
        ("de", "short", "13. Nov."), ("en-us", "long", "Friday, November 13"),
    ],
)  # fmt: skip
def test_long_day_in_another_language_names_weekday_and_month_in_full(
    language: str, style: Style, said: str
) -> None:
    with translation.override(language):
        assert day_words(_FRIDAY, style).replace("\xa0", " ") == said


def test_list_in_spanish_says_e_before_an_i() -> None:
    with translation.override("es"):
        assert listed(["Ana", "Inés"]) == "Ana e Inés"
        assert listed(["Eva", "Ana", "Hilda"]) == "Eva, Ana e Hilda"
        assert not listed(["agua", "hielo"]).endswith("e hielo")


def test_day_marks_the_date_for_machines() -> None:
    with translation.override("en-gb"):
        assert day(_FRIDAY) == '<time datetime="2026-11-13">Fri\xa013\xa0Nov</time>'


def test_moment_in_the_readers_zone_names_it_when_asked() -> None:
    with translation.override("en-gb"), timezone.override("America/New_York"):
        shown = moment(datetime(2026, 10, 27, 2, 8, tzinfo=UTC), zone=True)
    assert "26\xa0October 2026, 22:08\xa0EDT" in shown
    assert 'datetime="2026-10-27T02:08+00:00"' in shown


def test_clock_follows_the_language() -> None:
    at = datetime(2026, 10, 27, 16, 8)
    with translation.override("en-gb"):
        assert clock_words(at) == "16:08"
    with translation.override("en-us"):
        assert "4:08" in clock_words(at)


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        (0.853, "85 in 100"),
        (0.02, "under 5 in 100"),
        (0.0, "under 5 in 100"),
        (0.97, "over 95 in 100"),
        (0.9999, "over 95 in 100"),
        (1.0, "100 in 100"),
    ],
)
def test_chance_in_100_never_says_more_than_we_know(chance: float, said: str) -> None:
    with translation.override("en-gb"):
        assert in_100(chance) == said.replace(" ", "\xa0")


@given(st.floats(0, 1), st.floats(0, 1))
def test_hundredths_keep_the_order_of_chances(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= hundredths(low).value <= hundredths(high).value <= 100


@pytest.mark.parametrize("chance", [-0.01, 1.01, 85, float("nan")])
def test_chance_outside_its_range_is_a_fault(chance: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        hundredths(chance)


def test_sentence_with_facts_says_dates_lists_and_other_sentences() -> None:
    with translation.override("en-gb"):
        said = translate(
            say(
                "{who} by {day}: {why}",
                who=["Ann", "Ben", "Cleo"],
                day=_FRIDAY,
                why=say_n("{n} letter", "{n} letters", 2),
            )
        )
    assert said == "Ann, Ben and Cleo by Fri\xa013\xa0Nov: 2 letters"


def test_sentence_that_counts_picks_its_form() -> None:
    assert [translate(say_n("{n} letter", "{n} letters", n)) for n in (0, 1, 2)] == [
        "0 letters",
        "1 letter",
        "2 letters",
    ]


def test_refusal_is_said_like_its_sentence() -> None:
    class LetterLost(Refusal):
        code = "letter-lost"
        msgid = "The letter of {name} is lost."

    assert translate(LetterLost(name="Ben")) == "The letter of Ben is lost."


@pytest.mark.parametrize(("things", "said"), [((), ""), (("Ann",), "Ann"), (("Ann", "Ben"), "Ann and Ben")])
def test_list_is_said_with_and(things: tuple[str, ...], said: str) -> None:
    assert listed(things) == said


def test_sentence_with_hostile_fact_is_escaped_on_the_page(env: Environment) -> None:
    page = env.from_string("{{ s | t }}").render(s=say("Hello {name}", name="<script>"))
    assert page == "Hello &lt;script&gt;"


def test_misspelt_name_in_a_template_fails(env: Environment) -> None:
    with pytest.raises(UndefinedError):
        env.from_string("{{ pgae }}").render(page=1)


def test_numbers_of_things_have_their_thousands_apart_and_years_have_not() -> None:
    with translation.override("en-gb"):
        assert translate(say_n("{n} person", "{n} people", 30_000)) == "30,000 people"
        assert translate(say("{n} of {year}", n=999, year=2026)) == "999 of 2026"
        page = environment().from_string(
            '{{ ngettext("%(num)s person", "%(num)s people", 30000) }}, {{ _("%(num)s in %(year)s", num=1200, year=2026) }}'
        )
        assert page.render() == "30,000 people, 1,200 in 2026"
        page = environment().from_string(
            '{{ ngettext("One person helps you", "%(num)d people help you", 30000) }}'
        )
        assert page.render() == "30,000 people help you"


def test_fact_that_ends_in_a_stop_ends_its_sentence() -> None:
    """ "Nov." of a German date, "Ltd." of a firm: one stop, in the core's sentences and in templates."""
    with translation.override("de"):
        assert translate(say("Safe since {day}.", day=_FRIDAY)).endswith("13.\xa0Nov.")
        assert not translate(say("Safe since {day}.", day=_FRIDAY)).endswith("..")
    assert translate(say("For {place}. {place} pays.", place="Vale Ltd.")) == "For Vale Ltd. Vale Ltd. pays."
    assert translate(say("And so on{dots}", dots="...")) == "And so on..."
    page = environment().from_string('{{ _("Sealed %(day)s. Now.", day=day|day) }}')
    with translation.override("de"):
        assert page.render(day=_FRIDAY).endswith("13.\xa0Nov.</time> Now.")
    with translation.override("en-gb"):
        assert page.render(day=_FRIDAY).endswith("13\xa0Nov</time>. Now.")


def test_none_is_never_said_as_one_in_french() -> None:
    """French takes the first form for none; where that form says "Une", the other is true."""
    one, many = "One letter is safe.", "{count} letters are safe."
    page = environment().from_string('{{ ngettext("One person helps you", "%(num)d people help you", n) }}')
    with translation.override("fr"):
        assert "0" in translate(say_n(one, many, 0, count=0))
        assert "Une" in translate(say_n(one, many, 1, count=1))
        assert page.render(n=0).startswith("0 ")
        assert page.render(n=1).startswith("Une ")
