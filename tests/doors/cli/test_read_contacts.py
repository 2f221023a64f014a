"""The two reading commands as a script uses them: JSON, exit codes, and a sentence for whatever goes wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from vouchsafe.doors.cli import main


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    file = tmp_path / "people.csv"
    file.write_text("Wer;Firma;E-Mail\nBen Ito;Acme;b@x.org\n", encoding="utf-8")
    return file


def test_contacts_as_json_have_every_field_and_null_where_silent(
    sheet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", "contacts", str(sheet), "--json", "--map", "Wer=name"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer == {
        "contacts": [
            {"name": "Ben Ito", "given": None, "family": None, "emails": ["b@x.org"],
             "organisation": "Acme", "title": None, "profile": None}
        ],
        "problems": [],
    }  # fmt: skip


def test_contacts_summary_shows_columns_and_people(sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "contacts", str(sheet)]) == 0
    out = capsys.readouterr().out
    assert "column #2   Firma: organisation" in out
    assert "b@x.org" in out


def test_problem_row_gives_exit_one_and_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "people.csv"
    file.write_text("Name,Email\nBen,b@x.org\nCleo,c@x.org,x\n")
    assert main(["read", "contacts", str(file), "--json"]) == 1
    said = capsys.readouterr()
    assert len(json.loads(said.out)["contacts"]) == 1
    assert json.loads(said.out)["problems"] == [
        {"where": "line 3", "why": "This row has 1 value more than there are columns."}
    ]
    assert said.err.startswith("line 3: ")


@pytest.mark.parametrize("command", ["contacts", "resume"])
@pytest.mark.parametrize("content", [None, b"", b"\0\1\2\3" * 50, b"PK\x03\x04zip", b"%PDF-1.7\n"], ids=repr)
def test_input_that_cannot_be_read_gives_exit_one_and_a_sentence(
    command: str, content: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "input"
    if content is not None:
        file.write_bytes(content)
    assert main(["read", command, str(file), "--json"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines()[0].endswith((".", "!"))


@pytest.mark.parametrize("command", ["contacts", "resume"])
def test_folder_in_place_of_a_file_gives_a_sentence(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", command, str(tmp_path)]) == 1
    assert "could not be read" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", ["Name", "=name", "Name=colour"])
def test_mapping_that_makes_no_sense_is_wrong_usage(wrong: str, sheet: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["read", "contacts", str(sheet), "--map", wrong])
    assert ended.value.code == 2


def test_unknown_column_names_the_columns_there_are(sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "contacts", str(sheet), "--map", "Who=name"]) == 1
    assert "Wer, Firma, E-Mail" in capsys.readouterr().err


def test_resume_as_json_has_every_field(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "resume.json"
    file.write_text(
        json.dumps(
            {
                "basics": {"name": "Ada", "email": "ada@example.org"},
                "work": [{"name": "Acme", "position": "Head", "startDate": "2020-01"}],
                "education": [
                    {"institution": "Oxford", "area": "Maths", "studyType": "BA", "endDate": "2019"}
                ],
            }
        )
    )
    assert main(["read", "resume", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "name": "Ada",
        "email": "ada@example.org",
        "work": [{"organisation": "Acme", "position": "Head", "from": "2020-01", "to": None}],
        "education": [
            {"institution": "Oxford", "area": "Maths", "study_type": "BA", "from": None, "to": "2019"}
        ],
        "problems": [],
    }
    assert main(["read", "resume", str(file)]) == 0
    assert "2020-01 to now  Head, Acme" in capsys.readouterr().out


def test_resume_with_a_wrong_type_gives_exit_one_and_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "resume.json"
    file.write_text('{"basics": {"name": ["Ada"]}}')
    assert main(["read", "resume", str(file), "--json"]) == 1
    said = capsys.readouterr()
    assert json.loads(said.out)["problems"] == [{"where": "basics.name", "why": "This should be text."}]
    assert said.err == "basics.name: This should be text.\n"


@pytest.mark.parametrize(
    ("command", "text"), [("contacts", "Ben Ito <b@x.org>\n"), ("resume", '{"basics": {}}')]
)
def test_reading_command_loads_nothing_heavy_and_takes_standard_input(command: str, text: str) -> None:
    script = (
        "import sys; from vouchsafe.doors.cli import main; code = main(['read', sys.argv[1], '-']);"
        "heavy = {'django', 'idna', 'numpy', 'lxml', 'asyncio', 'email', 'unittest'} & sys.modules.keys();"
        "sys.exit(f'loaded {heavy}' if heavy else code)"
    )
    done = subprocess.run([sys.executable, "-c", script, command], input=text, text=True, capture_output=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_terminal_without_unicode_gets_plain_json(tmp_path: Path) -> None:
    file = tmp_path / "people.txt"
    file.write_text("Zoë Ünsal\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "vouchsafe", "read", "contacts", str(file), "--json"],
        capture_output=True,
        env={"PYTHONIOENCODING": "ascii", "PATH": ""},
    )
    assert done.returncode == 0
    assert json.loads(done.stdout)["contacts"][0]["name"] == "Zoë Ünsal"
