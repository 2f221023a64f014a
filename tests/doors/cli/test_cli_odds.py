"""`vouchsafe odds`: the contract for scripts."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from vouchsafe.doors.cli import main

SCENARIO = {
    "today": "2026-10-01",
    "deadline": "2026-10-04",
    "shown": "2026-10-04",
    "need": 1,
    "slots": [{"chain": [{"p": 1, "r": 1, "l": 0, "channel": "in_person", "ask_on": "2026-10-01"}]}],
}


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    path = tmp_path / "scenario.json"
    path.write_text(json.dumps(SCENARIO), encoding="utf-8")
    return path


def test_odds_as_json_give_the_headline_and_every_day(
    scenario: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["odds", str(scenario), "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["odds"] == pytest.approx(1)
    assert [row["day"] for row in printed["by_day"]] == [0, 1, 2, 3]
    assert [row["on"] for row in printed["by_day"]] == [
        "2026-10-01",
        "2026-10-02",
        "2026-10-03",
        "2026-10-04",
    ]
    assert [row["p"] for row in printed["by_day"]] == pytest.approx([0.12, 0.28, 0.52, 1])


def test_odds_as_text_say_the_sentence_and_the_last_day(
    scenario: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["odds", str(scenario)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("over 95 in 100 that enough letters are there by 2026-10-04.")
    assert "  2026-10-03  52\n" in out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no JSON"),
        (b"\xff\xfe\x00\x01", "UTF-8"),
        (b"{", "no JSON"),
        (b"[" * 100_000, "bounds"),
        (b"1" * 5_000, "bounds"),
        (b"[]", "JSON object"),
        (json.dumps({**SCENARIO, "shown": "2026-10-05"}).encode(), "No date later than the deadline"),
    ],
)
def test_odds_of_a_bad_file_are_refused_with_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, said: str
) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    assert main(["odds", str(path), "--json"]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert said in printed.err


def test_odds_of_a_missing_file_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["odds", str(tmp_path / "none.json")]) == 1
    assert "none.json could not be read" in capsys.readouterr().err


def test_odds_start_without_numpy_or_django(scenario: Path) -> None:
    code = (
        "import sys; from vouchsafe.doors.cli import main; main(sys.argv[1:]); "
        "print([name for name in ('numpy', 'django', 'holidays') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "odds", str(scenario), "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_odds_over_five_years_and_with_much_patience_still_come(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mail = {"p": 0.5, "r": 0.9, "l": 0.1, "channel": "mail"}
    chain = [{**mail, "ask_on": "2026-10-01"}, mail, mail, mail]
    path = tmp_path / "long.json"
    path.write_text(
        json.dumps({**SCENARIO, "deadline": "2031-10-01", "patience": 100, "slots": [{"chain": chain}] * 4})
    )
    assert main(["odds", str(path), "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["by_day"]) == 1827
