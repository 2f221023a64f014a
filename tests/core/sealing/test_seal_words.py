import re
from hashlib import sha256
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from vouchsafe.core.sealing import seal_words, word_list

FROZEN = "5f47653c029c98338f88503af7c5ed47f4fc9ae54d13a1e6ad4afa63a566096d"


def test_word_list_is_frozen_because_sealed_letters_rest_on_it():
    assert sha256("\n".join(word_list()).encode()).hexdigest() == FROZEN


def test_word_list_words_are_short_plain_and_sorted():
    words = word_list()
    assert len(words) == len(set(words)) == 2048
    assert list(words) == sorted(words)
    assert all(re.fullmatch("[a-z]{3,7}", word) for word in words)


def test_word_list_words_differ_in_their_first_four_letters():
    assert len({word[:4] for word in word_list()}) == 2048


def test_word_list_no_two_words_are_one_wrong_letter_apart():
    by_shape: dict[str, str] = {}
    for word in word_list():
        for place in range(len(word)):
            shape = f"{word[:place]}?{word[place + 1 :]}"
            assert shape not in by_shape, (word, by_shape.get(shape))
            by_shape[shape] = word


@given(st.binary(min_size=32, max_size=32))
def test_seal_words_hold_the_first_44_bits_and_nothing_else(digest):
    words = word_list()
    bits = 0
    for word in seal_words(digest):
        bits = bits << 11 | words.index(word)
    assert bits == int.from_bytes(digest, "big") >> (256 - 44)
    assert seal_words(digest[:6] + bytes(26)) == seal_words(digest)


def test_seal_words_of_close_digests_differ():
    one = sha256(b"a letter").digest()
    nearby = [bytes([*one[:place], one[place] ^ 0x80, *one[place + 1 :]]) for place in range(5)]
    assert all(seal_words(a) != seal_words(b) for a, b in combinations([one, *nearby], 2))
