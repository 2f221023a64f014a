"""Yes and no in plain words: a false one is a failure, an unclear one is counted."""

from __future__ import annotations

from collections import Counter
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vouchsafe.core.reading.mail.answers import LANGUAGES, LONGEST, Word, read_answer

NAMES = ("Maya Okafor", "Tomasz Nowak")


def _replies() -> list[tuple[str, Word, str]]:
    rows = (Path(__file__).with_name("replies.txt")).read_text(encoding="utf-8").splitlines()
    found = []
    for row in rows:
        if row and not row.startswith("#"):
            head, words = row.split("|", 1)
            language, word = head.split()
            found.append((language, Word(word), words.replace("\\n", "\n")))
    return found


REPLIES = _replies()


def test_replies_are_enough_in_every_language() -> None:
    plain = Counter(language for language, word, _ in REPLIES if word is not Word.UNCLEAR)
    tricky = Counter(language for language, word, _ in REPLIES if word is Word.UNCLEAR)
    assert {phrases.language for phrases in LANGUAGES} == set(plain)
    assert min(plain.values()) >= 20
    assert min(tricky.values()) >= 20


@pytest.mark.parametrize(("language", "word", "words"), REPLIES)
def test_reply_is_never_taken_for_what_it_is_not(language: str, word: Word, words: str) -> None:
    assert read_answer(words, NAMES).word in (word, Word.UNCLEAR)


def test_plain_replies_are_mostly_understood_and_name_their_evidence() -> None:
    plain = [(language, word, words) for language, word, words in REPLIES if word is not Word.UNCLEAR]
    answers = [(read_answer(words, NAMES), language, words) for language, _, words in plain]
    unclear = [words for answer, _, words in answers if answer.word is Word.UNCLEAR]
    assert len(unclear) <= len(plain) * 0.05, unclear
    for answer, _, words in answers:
        if answer.evidence is not None:
            start, end = answer.evidence
            assert words[start:end].strip()


@pytest.mark.parametrize("language", [phrases.language for phrases in LANGUAGES])
def test_yes_beside_a_no_is_unclear(language: str) -> None:
    said = {
        w: [t for lang, word, t in REPLIES if (lang, word) == (language, w) and "\n" not in t] for w in Word
    }
    for yes, no in product(said[Word.YES][:6], said[Word.NO][:6]):
        assert read_answer(f"{yes} {no}", NAMES).word is Word.UNCLEAR
        assert read_answer(f"{no}\n\n{yes}", NAMES).word is Word.UNCLEAR


@pytest.mark.parametrize(("language", "word", "words"), [r for r in REPLIES if r[1] is not Word.UNCLEAR][::3])
def test_plain_reply_turned_by_what_surrounds_it_is_unclear(language: str, word: Word, words: str) -> None:
    for turned in (
        f"“{words}”",
        f"{words}\n\nP.S. xyz",
        f"{words} ???",
        f"> {words}",
        f"{words}\n" + "bla " * LONGEST,
    ):
        assert read_answer(turned, NAMES).word is Word.UNCLEAR


@pytest.mark.parametrize(
    "words", ["", " ", "\n\n", "...", "👍", "?", "Tomasz", "Best regards\nTomasz", "Hi Maya,"]
)
def test_reply_without_words_that_decide_is_unclear(words: str) -> None:
    assert read_answer(words, NAMES).word is Word.UNCLEAR


def test_answer_says_where_and_in_which_language() -> None:
    words = "Liebe Maya,\n\nvielen Dank für deine Anfrage. Das mache ich gerne.\n\nViele Grüße\nTomasz"
    answer = read_answer(words, NAMES)
    assert answer.language == "de"
    assert answer.evidence is not None
    assert words[slice(*answer.evidence)].strip() == "Das mache ich gerne"


_WORDS = st.sampled_from(
    [
        "yes",
        "no",
        "not",
        "but",
        "if",
        "I",
        "can't",
        "will",
        "write",
        "it",
        "happy",
        "to",
        "sure",
        "ja",
        "nein",
        "nicht",
        "gerne",
        "oui",
        "non",
        "pas",
        "sí",
        "si",
        "no",
        "sim",
        "não",
        "sì",
        "nee",
        "tak",
        "nie",
        "maybe",
        ",",
        ".",
        ";",
        "and",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(_WORDS, max_size=12))
def test_words_in_any_order_never_decide_against_a_turn(words: list[str]) -> None:
    text = " ".join(words)
    if {"but", "if", "maybe"} & set(words) and read_answer(text).word is Word.YES:
        raise AssertionError(text)
