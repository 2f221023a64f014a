"""The uses a writer agreed to: one rule, whoever asks."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from vouchsafe.core.uses import KINDS, Uses, agreed_words, readers_words

DAY = date(2026, 11, 2)
KEYS = ["a1", "b2", "c3"]
kinds = st.sampled_from([*KINDS, "pocket"])
some_uses = st.builds(
    Uses,
    opportunities=st.lists(st.sampled_from(KEYS), unique=True).map(tuple),
    kinds=st.lists(st.sampled_from(list(KINDS)), unique=True).map(tuple),
    last_on=st.none() | st.integers(-3, 3).map(lambda n: DAY + timedelta(days=n)),
    on_screen_only=st.booleans(),
)


@given(some_uses, st.sampled_from(KEYS), kinds)
def test_uses_cover_what_every_limit_allows_and_nothing_else(uses: Uses, key: str, kind: str) -> None:
    allowed = (
        (not uses.opportunities or key in uses.opportunities)
        and (not uses.kinds or kind in uses.kinds)
        and (uses.last_on is None or uses.last_on >= DAY)
    )
    assert uses.covers(opportunity=key, kind=kind, today=DAY) == allowed


@given(some_uses, st.sampled_from(KEYS), kinds)
def test_a_file_is_never_allowed_where_reading_is_not(uses: Uses, key: str, kind: str) -> None:
    where = {"opportunity": key, "kind": kind, "today": DAY}
    assert uses.covers_file(**where) == (uses.covers(**where) and not uses.on_screen_only)


@given(some_uses, st.sampled_from(KEYS), kinds)
def test_uses_that_end_do_not_begin_again(uses: Uses, key: str, kind: str) -> None:
    days = [uses.covers(opportunity=key, kind=kind, today=DAY + timedelta(days=n)) for n in range(-5, 6)]
    assert days == sorted(days, reverse=True)


def test_last_day_is_a_day_on_which_it_may_be_read() -> None:
    uses = Uses(last_on=DAY)
    assert uses.covers(opportunity="a1", kind="job", today=DAY)
    assert not uses.covers(opportunity="a1", kind="job", today=DAY + timedelta(days=1))


def test_reader_is_never_told_where_else_the_applicant_applies() -> None:
    uses = Uses(("a1", "b2"), (), DAY, on_screen_only=True)
    named = ["Analyst, Harbour", "Analyst, Rival"]
    assert [str(line) for line in agreed_words(uses, named)][:2] == named
    assert not any(name in str(line) for line in readers_words(uses) for name in named)
    assert len(readers_words(uses)) == 3


def test_uses_without_limits_are_any_use() -> None:
    assert [str(line) for line in agreed_words(Uses(), [])] == ["Any use"]
    assert [str(line) for line in readers_words(Uses(kinds=("job", "scholarship")))] == [
        "Any job",
        "Any scholarship",
    ]
