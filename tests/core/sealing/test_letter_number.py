import pytest
from hypothesis import given
from hypothesis import strategies as st

from vouchsafe.core.sealing import LetterNumberUnreadable, letter_number, parse_letter_number


@given(st.binary(min_size=5, max_size=5), st.randoms(use_true_random=False))
def test_number_typed_carelessly_reads_as_the_same_number(entropy, luck):
    number = letter_number(entropy)
    typed = number.replace("0", luck.choice("0Oo")).replace("1", luck.choice("1IiLl"))
    typed = luck.choice([str.upper, str.lower])(typed).replace("-", luck.choice(["-", " ", "", " – "]))
    assert parse_letter_number(f" {typed} ") == number


@given(st.binary(min_size=5, max_size=5), st.binary(min_size=5, max_size=5))
def test_number_of_different_entropy_differs(one, other):
    assert (letter_number(one) == letter_number(other)) == (one == other)


def test_number_known_value_stays():
    assert letter_number(b"\x00\x00\x00\x00\x00") == "0000-0000"
    assert letter_number(b"\xff\xff\xff\xff\xff") == "ZZZZ-ZZZZ"
    assert (
        letter_number(bytes([0b10011_001, 0b11_10111_1, 0b0100_0010, 0b0_00010_11, 0b010_11101]))
        == "K7QM-42TX"
    )


@pytest.mark.parametrize(
    "text", ["", "K7QM", "K7QM-42T", "K7QM-42TXX", "K7QM-42TU", "K7QM-42T!", "Ⅷ" * 8, "٣" * 8]
)
def test_number_unreadable_text_is_refused_with_a_hint(text):
    with pytest.raises(LetterNumberUnreadable) as refused:
        parse_letter_number(text)
    assert "K7QM-42TX" in str(refused.value.hint)
