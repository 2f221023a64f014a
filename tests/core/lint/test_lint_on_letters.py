"""The lint on the research corpus: what must not slip through, and the same findings for everyone.

The measuring lives in `bench/lint.py`; these tests hold it to the promise at smaller sizes.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench import lint as measured

from vouchsafe.core.lint import Finding, LetterFacts, check_text
from vouchsafe.core.lint.balance import balance

FOLDER = Path(__file__).resolve().parents[3] / ".." / "shared" / "data" / "letter-texts"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="shared test data not present")
PROMISED = 0.98
SWAP = {
    "he": "she",
    "him": "her",
    "his": "her",
    "himself": "herself",
    "man": "woman",
    "male": "female",
    "mr": "ms",
    "she": "he",
    "her": "his",
    "hers": "his",
    "herself": "himself",
    "woman": "man",
    "female": "male",
    "ms": "mr",
    "kelly": "Joseph",
    "joseph": "Kelly",
    "joe": "Kel",
    "jospeh": "Kelyl",
    "罗生": "罗梅",
    "罗梅": "罗生",
}
SWAPPED = re.compile(
    r"(?<![\w-])(?:" + "|".join(sorted(SWAP, key=len, reverse=True)) + r")(?![\w-])|罗生|罗梅", re.IGNORECASE
)


def texts() -> Iterator[tuple[str, str]]:
    """Every text of the folder, with the name it is about."""
    for path in sorted((FOLDER / "corpus").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                text = row.get("chatgpt_gen") or row.get("deepseek_gen") or ""
                yield row["name"], text.replace("<return>", "\n")
    for path in sorted((FOLDER / "letters").glob("*.txt")):
        yield "Kelly", path.read_text(encoding="utf-8")


def swapped(text: str) -> tuple[str, list[tuple[int, int, int]]]:
    """The text with names and pronouns swapped, and where each piece went: old end, new end, shift inside."""
    out, at, moves = "", 0, [(0, 0, 0)]
    for found in SWAPPED.finditer(text):
        new = SWAP[found.group().lower()]
        new = new.capitalize() if found.group()[0].isupper() else new
        out += text[at : found.start()] + new
        at = found.end()
        moves.append((at, len(out), found.start()))
    return out + text[at:], moves


def carried(offset: int, moves: list[tuple[int, int, int]]) -> int:
    """Where an offset of the text lies in the swapped one. Offsets never fall inside a swapped word."""
    old, new, _ = max((move for move in moves if move[0] <= offset), key=lambda move: move[0])
    return new + offset - old


def shape(finding: Finding, move: list[tuple[int, int, int]] | None) -> tuple[str, str, int, int]:
    start = carried(finding.start, move) if move else finding.start
    end = carried(finding.end, move) if move else finding.end
    return finding.code, str(finding.level), start, end


@pytest.mark.parametrize("stated", [False, True])
def test_findings_names_and_pronouns_swapped_are_identical(stated: bool) -> None:
    counted = 0
    for name, text in texts():
        other, moves = swapped(text)
        female = len(re.findall(r"\b(?:she|her)\b", text, re.IGNORECASE)) > len(
            re.findall(r"\b(?:he|his)\b", text, re.IGNORECASE)
        )
        pronouns = ("she/her", "he/him") if female else ("he/him", "she/her")
        here = check_text(
            text, LetterFacts(about=name, institution="Fernway", pronouns=pronouns[0] if stated else "")
        )
        there = check_text(
            other,
            LetterFacts(
                about=SWAP.get(name.lower(), name),
                institution="Fernway",
                pronouns=pronouns[1] if stated else "",
            ),
        )
        assert [shape(one, moves) for one in here] == [shape(one, None) for one in there], text[:80]
        counted += 1
    assert counted == 80 + 40 + 3


def test_balance_names_and_pronouns_swapped_is_identical() -> None:
    for _, text in texts():
        assert balance(text) == balance(swapped(text)[0])


def test_findings_every_text_lie_within_it() -> None:
    for name, text in texts():
        for finding in check_text(text, LetterFacts(about=name, pronouns="they/them", institution="Fernway")):
            assert 0 <= finding.start <= finding.end <= len(text)
            assert "{" not in str(finding.hint)


def test_letters_as_they_were_hold_no_wrong_name_place_or_pronoun() -> None:
    for letter in measured.letters():
        facts = LetterFacts(about=letter.name, pronouns=letter.pronouns, institution="University of Turku")
        codes = {finding.code for finding in check_text(letter.text, facts)}
        assert not codes & {"S01", "S02", "S03", "S04", "S05", "S06"}


def test_wrong_name_throughout_is_found_by_letter_and_by_mention() -> None:
    by_letter, by_mention = measured.replaced_names(rounds=1)
    assert by_letter.recall >= PROMISED
    assert by_mention.recall >= PROMISED


def test_wrong_name_throughout_with_the_letters_own_people_is_precise() -> None:
    tally = measured.replaced_names(rounds=1, others=0)[1]
    assert tally.precision >= PROMISED


def test_wrong_name_left_in_one_place_is_found() -> None:
    tally = measured.one_name_left()
    assert tally.recall >= PROMISED
    assert tally.precision >= PROMISED


def test_sentences_about_other_people_draw_no_alarm() -> None:
    false, tried = measured.other_people(measured.SEEN_OTHERS)
    assert false <= (1 - PROMISED) * tried


def test_placeholder_left_is_found_and_nothing_else_is() -> None:
    tally = measured.left_placeholders()
    assert tally.recall >= PROMISED
    assert tally.precision >= PROMISED


def test_wrong_institution_in_the_letters_own_sentences_is_found() -> None:
    for tally in measured.own_sentences(rounds=3, looks_back=False):
        assert tally.put > 150
        assert tally.recall >= PROMISED
        assert tally.precision >= PROMISED


def test_wrong_institution_is_found_and_places_looked_back_on_are_not() -> None:
    tallies = [measured.wrong_institutions(*sentences, each=1) for sentences in measured.SETS.values()]
    put, found, false = (sum(getattr(one, name) for one in tallies) for name in ("put", "found", "false"))
    assert found >= PROMISED * put
    assert false <= (1 - PROMISED) * found


def test_wrong_pronouns_throughout_are_found_and_right_ones_are_not() -> None:
    every, one = measured.wrong_pronouns()
    assert every.recall >= PROMISED
    assert one.recall >= PROMISED
    assert (every.false, one.false) == (0, 0)
