import pytest
from hypothesis import given
from hypothesis import strategies as st

from vouchsafe.core.sealing.scripts import language_of, runs_right_to_left, scripts_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I have known Ada for two years.", "en-GB"),
        ("Γνωρίζω την Άντα δύο χρόνια.", "el"),
        ("Я знаю Аду два года.", "ru"),
        ("Я знаю її два роки, і вона ґречна.", "uk"),
        ("أعرف آدا منذ عامين.", "ar"),
        ("من آدا را دو سال است که می‌شناسم، چگونه؟", "fa"),
        ("میں آڈا کو دو سال سے جانتا ہوں۔", "ur"),
        ("אני מכיר את עדה שנתיים.", "he"),
        ("मैं आदा को दो साल से जानता हूँ।", "hi"),
        ("我认识艾达两年了。", "zh"),
        ("私はエイダを二年間知っています。", "ja"),
        ("저는 에이다를 2년 동안 알았습니다.", "ko"),
        ("저는 推薦 서신을 씁니다.", "ko"),
        ("I recommend 艾达 to you.", "en-GB"),
        ("", "en-GB"),
        ("12. 3", "en-GB"),
    ],
)
def test_language_follows_from_the_letters(text, language):
    assert language_of(text) == language


def test_language_that_fits_another_writing_is_believed():
    assert language_of("Я знаю Аду", "bg") == "bg"
    assert language_of("我認識艾達兩年了", "zh-TW") == "zh-TW"


@given(st.text())
def test_every_letter_is_counted_once_and_some_language_is_found(text):
    assert scripts_of(text).total() == sum(letter.isalpha() for letter in text)
    assert language_of(text)


def test_direction_is_that_of_the_first_letter_that_has_one():
    assert runs_right_to_left(["12. ", "שלום Ada"]) is True
    assert runs_right_to_left(["Ada שלום"]) is False
    assert runs_right_to_left(["", "12 - 3"]) is None
