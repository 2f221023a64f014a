"""`vouchsafe worth`: the verdict as JSON and as words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from vouchsafe.doors.cli import main


def page(tmp_path: Path, *postings: dict[str, object]) -> str:
    file = tmp_path / "page.html"
    blocks = (
        f'<script type="application/ld+json">{json.dumps({"@type": "JobPosting", **each})}</script>'
        for each in postings
    )
    file.write_text("".join(blocks))
    return str(file)


def answer(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    return dict(json.loads(capsys.readouterr().out))


def test_posting_that_asks_for_letters_is_required(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = page(
        tmp_path, {"title": "Archivist", "description": "<p>Two letters of recommendation are required.</p>"}
    )

    assert main(["worth", "--posting", file, "--json"]) == 0
    got = answer(capsys)
    assert (got["verdict"], got["label"], got["need"]) == ("required", "required", 2)
    assert got["reasons"] == [
        {
            "sentence": "The posting asks for letters.",
            "source": "the posting",
            "confidence": "high",
            "quote": "Two letters of recommendation are required.",
        }
    ]


@pytest.mark.parametrize(
    ("options", "verdict"),
    [
        ([], "not_here"),
        (["--level", "junior"], "worth_it"),
        (["--level", "mid"], "not_here"),
        (["--unreachable", "Ben Ray"], "worth_it"),
        (["--kind", "programme"], "worth_it"),
        (["--kind", "pocket"], "pocket"),
    ],
)
def test_options_change_the_verdict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], verdict: str
) -> None:
    assert main(["worth", "--posting", page(tmp_path, {"title": "Archivist"}), "--json", *options]) == 0
    assert answer(capsys)["verdict"] == verdict


def test_several_postings_each_have_an_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = page(tmp_path, {"title": "Archivist"}, {"title": "Senior Archivist"})

    assert main(["worth", "--posting", file, "--json"]) == 0
    got = answer(capsys)
    assert got["verdict"] == "not_here"
    assert [each["verdict"] for each in got["others"]] == ["worth_it"]


def test_page_without_a_marked_opening_is_judged_by_its_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "page.html"
    file.write_text(
        "<html><body><h1>Fellow</h1><p>Three letters of recommendation are required.</p></body></html>"
    )

    assert main(["worth", "--posting", str(file), "--json"]) == 0
    got = answer(capsys)
    assert (got["verdict"], got["need"]) == ("required", 3)
    assert got["problems"]


def test_summary_gives_reason_source_and_quote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = page(tmp_path, {"title": "Archivist", "description": "No references at this stage."})

    assert main(["worth", "--posting", file]) == 0
    out = capsys.readouterr().out
    assert "Not here, for now" in out
    assert "(the posting; high confidence)" in out
    assert "“No references at this stage.”" in out


def test_data_without_words_is_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "data.json"
    file.write_text('{"a": 1}')

    assert main(["worth", "--posting", str(file), "--json"]) == 1
    assert "no opening in a form we know" in capsys.readouterr().err


def test_missing_file_is_refused_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["worth", "--posting", str(tmp_path / "none")]) == 1
    assert "cannot be read" in capsys.readouterr().err


def test_posting_is_needed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["worth"])

    assert stopped.value.code == 2
