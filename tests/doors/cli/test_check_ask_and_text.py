"""`vouchsafe check ask` and `vouchsafe check text`: findings as JSON or lines, and no file that trips them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vouchsafe.doors.cli import main

LETTER = "To Whom It May Concern,\n\nI recommend Priya without hesitation. He is “née” Zoë’s peer.\n\nYours,\nBen Ashdown\n"
ASK = "Dear Ben,\n\nPlease write me a letter asap.\n\nAda\n"


def findings(out: str) -> list[dict[str, object]]:
    return list(json.loads(out)["findings"])


def test_check_text_wrong_name_points_at_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "letter.txt"
    file.write_text(LETTER, encoding="utf-8")
    assert main(["check", "text", str(file), "--about", "Kelly Brandt", "--json"]) == 1
    found = findings(capsys.readouterr().out)
    wrong = next(one for one in found if one["code"] == "S02")
    assert set(wrong) == {"code", "slug", "level", "sentence", "hint", "start", "end"}
    assert LETTER[int(str(wrong["start"])) : int(str(wrong["end"]))] == "Priya"
    assert wrong["level"] == "confirm"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_check_text_every_encoding_reads_the_same(
    encoding: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "letter.txt"
    file.write_bytes(LETTER.encode(encoding))
    main(["check", "text", str(file), "--about", "Priya", "--pronouns", "she/her", "--json"])
    spots = [(one["code"], one["start"], one["end"]) for one in findings(capsys.readouterr().out)]
    at = LETTER.index("He is")
    assert ("S03", at, at + 2) in spots


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n\t",
        b"%PDF-1.7 x",
        b"PK\x03\x04docx",
        b"\x00\x01\x02\x03" * 50,
        b"\x89PNG\r\n",
        b"a" * 200_001,
    ],
)
def test_check_text_no_text_is_refused_in_a_sentence(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "letter.bin"
    file.write_bytes(content)
    assert main(["check", "text", str(file), "--about", "Kelly"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "cannot be read" in err


@pytest.mark.parametrize("where", ["missing.txt", ".", "a\0b"])
def test_check_text_no_such_file_is_refused_in_a_sentence(
    where: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = where if "\0" in where else str(tmp_path / where)
    assert main(["check", "text", path, "--about", "Kelly"]) == 1
    assert "cannot be read" in capsys.readouterr().err


def test_check_text_blank_about_is_wrong_usage(tmp_path: Path) -> None:
    assert main(["check", "text", str(tmp_path), "--about", " "]) == 2


def test_check_text_institution_and_points_are_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    letter, points = tmp_path / "letter.txt", tmp_path / "points.txt"
    letter.write_text(
        "Kelly would be an asset to Acumen. She wrote the handbook that the whole department still uses."
    )
    points.write_text("I wrote the handbook that the whole department still uses.")
    args = [
        "check",
        "text",
        str(letter),
        "--about",
        "Kelly",
        "--for",
        "University of Leeds",
        "--points",
        str(points),
    ]
    assert main([*args, "--json"]) == 1
    assert {"S04", "S21"} <= {str(one["code"]) for one in findings(capsys.readouterr().out)}


def test_check_ask_facts_are_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ask, facts = tmp_path / "ask.txt", tmp_path / "facts.json"
    ask.write_text(ASK)
    facts.write_text('{"applicant": "Ada", "writer": "Cleo Marsh", "meets_weekly": true}')
    assert main(["check", "ask", str(ask), "--facts", str(facts), "--json"]) == 1
    assert {"T02", "T13", "T18"} <= {str(one["code"]) for one in findings(capsys.readouterr().out)}


def test_check_ask_without_facts_reads_as_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ask = tmp_path / "ask.txt"
    ask.write_text(ASK)
    assert main(["check", "ask", str(ask)]) == 1
    assert "T13  line 3" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ("{", "not JSON"),
        ("[]", "not an object"),
        ('{"colour": "red"}', "colour"),
        ('{"due": "soon"}', "due"),
        ('{"due": {"at": "17:00"}}', "due"),
        ('{"places": [{"method": "mail"}]}', "places"),
        ('{"points": "one"}', "points"),
        ('{"meets_weekly": 1}', "meets_weekly"),
        ('{"now": "2026-10-01T09:00"}', "zone"),
        ('{"waiver": "perhaps"}', "waiver"),
        ("[" * 20000, "not JSON"),
    ],
)
def test_check_ask_facts_that_do_not_fit_are_named(
    facts: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ask, given = tmp_path / "ask.txt", tmp_path / "facts.json"
    ask.write_text(ASK)
    given.write_text(facts)
    assert main(["check", "ask", str(ask), "--facts", str(given)]) == 1
    assert said in capsys.readouterr().err
