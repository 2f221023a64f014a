from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vouchsafe.core.destination_rules import (
    FileNameUnreadable,
    LetterSeen,
    Rules,
    breaks,
    check_pattern,
    file_name,
    laid_over,
    rule_lines,
    rules_from,
    to_plain,
)

ON = date(2026, 11, 30)
NAMES = st.text('aZ9 .-_{}\u00e9\u0141\u738b\u0639/\\:*?"<>|\n\r\t\0', max_size=200)
COUNTS = st.none() | st.integers(1, 5000)
RULES = st.builds(
    Rules,
    most_letters=COUNTS, most_days=COUNTS, most_bytes=COUNTS, most_pages=COUNTS,
    paper=st.sampled_from(["", "a4", "us-letter"]), form=NAMES, no_stored=st.booleans(),
    file_name=st.sampled_from(["", "{applicant}_{writer}.pdf", "{number}"]),
)  # fmt: skip
LETTERS = st.lists(
    st.builds(
        LetterSeen,
        writer=NAMES,
        sealed_on=st.none() | st.dates(date(2020, 1, 1), ON),
        pages=COUNTS,
        size=COUNTS,
        is_stored=st.booleans(),
    ),
    max_size=4,
)


@given(RULES)
def test_rules_come_back_as_they_were_kept(rules: Rules) -> None:
    assert rules_from(to_plain(rules)) == rules
    assert laid_over(rules, Rules()) == laid_over(Rules(), rules) == rules
    assert bool(rules) == bool(rule_lines(rules))


@given(RULES, RULES)
def test_own_rule_counts_before_the_shared_one(own: Rules, shared: Rules) -> None:
    both = laid_over(own, shared)
    for name in Rules.__dataclass_fields__:
        assert getattr(both, name) == (getattr(own, name) or getattr(shared, name))


@given(LETTERS)
def test_nothing_known_breaks_nothing(letters: list[LetterSeen]) -> None:
    assert breaks(Rules(), letters, ON) == ()


@given(RULES, LETTERS)
def test_fewer_letters_break_no_more(rules: Rules, letters: list[LetterSeen]) -> None:
    counts = [len(breaks(rules, letters[:n], ON)) for n in range(len(letters) + 1)]
    assert counts == sorted(counts)


def test_each_rule_is_seen_at_its_edge() -> None:
    at = LetterSeen("Ben", ON - timedelta(days=365), 2, 5_000_000)
    rules = Rules(most_letters=1, most_days=365, most_pages=2, most_bytes=5_000_000)
    assert breaks(rules, [at], ON) == ()
    over = LetterSeen("Ben", ON - timedelta(days=366), 3, 5_000_001, is_stored=True)
    assert len(breaks(rules, [over], ON)) == 3
    assert len(breaks(rules, [at, at], ON)) == 1
    assert len(breaks(Rules(no_stored=True, form="RD12"), [over], ON)) == 2


@pytest.mark.parametrize("junk", [{"most_letters": -1}, {"most_pages": True}, {"paper": "a5"}, {"form": 7}])
def test_row_that_makes_no_sense_is_no_rule(junk: dict[str, object]) -> None:
    assert rules_from(junk) == Rules()


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("", "Zoe Marsh - letter by Jose Nunez.pdf"),
        ("{applicant}_{writer}.pdf", "Zoe Marsh_Jose Nunez.pdf"),
        ("LOR-{number}", "LOR-K7QM-42TX.pdf"),
    ],
)
def test_file_is_called_as_they_want_it(pattern: str, name: str) -> None:
    made = file_name(Rules(file_name=pattern), applicant="Zoë Marsh", writer="José Núñez", number="K7QM-42TX")
    assert made == name


def test_name_without_latin_letters_is_called_by_its_number() -> None:
    rules = Rules(file_name="{applicant}")
    assert file_name(rules, applicant="王小明", writer="李", number="K7QM-42TX") == "letter-K7QM-42TX.pdf"


@given(NAMES, NAMES)
def test_any_name_gives_a_safe_file_name(applicant: str, writer: str) -> None:
    made = file_name(Rules(), applicant=applicant, writer=writer, number="K7QM-42TX")
    assert made.endswith(".pdf")
    assert made.isascii()
    assert not set(made) & set('/\\:*?"<>|\n\r\t\0')
    assert not made.startswith(".")
    assert len(made) <= 104


@pytest.mark.parametrize("pattern", ["../{writer}", "{email}.pdf", "a/b", "x\ny"])
def test_pattern_that_no_file_system_takes_is_refused(pattern: str) -> None:
    with pytest.raises(FileNameUnreadable):
        check_pattern(pattern)
