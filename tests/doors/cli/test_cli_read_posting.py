"""`vouchsafe read posting`: exit codes, JSON, sentences."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from vouchsafe.doors.cli import main

PAGE = """<script type="application/ld+json">{"@type":"JobPosting","title":"Archivist",
"hiringOrganization":"Hull Library","validThrough":"2026-04-30"}</script>"""


def test_page_with_an_opening_prints_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGE)

    assert main(["read", "posting", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "postings": [
            {
                "title": "Archivist",
                "company": "Hull Library",
                "locations": [],
                "published": None,
                "deadline": "2026-04-30",
                "url": None,
            }
        ],
        "problems": [],
    }


def test_page_without_an_opening_says_so_and_is_fine(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "page.html"
    file.write_text("<html><body><h1>Archivist</h1></body></html>")

    assert main(["read", "posting", str(file), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["postings"] == []
    assert answer["problems"][0]["why"].startswith("No opening is marked in this page.")


def test_summary_names_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGE)

    assert main(["read", "posting", str(file)]) == 0
    assert "place      (not given)" in capsys.readouterr().out


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"x" * 2_000_001, b'{"a": '])
def test_file_that_cannot_be_read_exits_one_with_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)

    assert main(["read", "posting", str(file), "--json"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 2


@pytest.mark.parametrize("path", ["missing.html", ".", "a\x00b"])
def test_file_that_is_not_there_exits_one_with_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.chdir(tmp_path)

    assert main(["read", "posting", path]) == 1
    assert "cannot be read" in capsys.readouterr().err


def seconds_of(command: list[str]) -> float:
    """Processor time of one run: what else the machine does meanwhile doesn't count."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_start_is_at_most_eight_times_a_bare_interpreter(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGE)
    bare = [sys.executable, "-c", "pass"]
    command = [sys.executable, "-m", "vouchsafe", "read", "posting", str(file), "--json"]

    turns = [(seconds_of(bare), seconds_of(command)) for _ in range(5)]

    assert min(took for _, took in turns) <= 8 * min(took for took, _ in turns), turns
