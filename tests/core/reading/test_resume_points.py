"""Points read out of a résumé: word for word, each with where it stands, none twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vouchsafe.core.reading.resume_points import LONGEST, MOST, ResumeRefusal, points_to_offer, resume_points

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "resumes"


def test_highlights_come_word_for_word_with_role_house_and_years() -> None:
    fresh = {
        "name": "Ada",
        "meta": {"format": "FRESH@0.6"},
        "employment": {
            "history": [
                {"employer": "Fernway", "position": "Lead", "start": "2021-03", "highlights": ["Ran it."]}
            ]
        },
    }
    (point,) = resume_points(json.dumps(fresh).encode())
    assert (point.text, point.where) == ("Ran it.", "Lead, Fernway, 2021")


def test_summary_stands_in_where_there_are_no_highlights_and_nothing_comes_twice() -> None:
    entries = [
        {"name": "A", "summary": "Kept the books"},
        {"name": "B", "highlights": ["Kept the books", "x" * 201]},
    ]
    points = resume_points(json.dumps({"work": entries}).encode())
    assert [point.text for point in points] == ["Kept the books"]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"{}", b"[1]", b'{"work": [{"highlights": [1, null]}]}'])
def test_what_holds_no_points_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(ResumeRefusal):
        points_to_offer(data)


@pytest.mark.skipif(not DATA.is_dir(), reason="shared test data not present")
def test_every_shared_resume_gives_points_of_its_own_words_or_none() -> None:
    offered = 0
    for path in sorted(DATA.rglob("*.json")):
        data = path.read_bytes()
        try:
            points = points_to_offer(data)
        except ResumeRefusal:
            continue
        offered += 1
        plain = " ".join(data.decode("utf-8").split())
        assert len(points) <= MOST
        for point in points:
            assert len(point.text) <= LONGEST
            assert (
                point.text in plain
                or json.dumps(point.text)[1:-1] in plain
                or json.dumps(point.text, ensure_ascii=False)[1:-1] in plain
            )
    assert offered >= 3
