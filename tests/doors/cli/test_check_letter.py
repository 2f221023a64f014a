import json
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest


def check(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "vouchsafe", "check", "letter", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root["/OpenAction"] = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        pdf.save(path)
    return path


def test_check_letter_cleans_and_says_what_it_took_out(letter, tmp_path):
    out = tmp_path / "clean.pdf"
    done = check(str(letter), "--clean-to", str(out), "--json")
    assert done.returncode == 0
    told = json.loads(done.stdout)
    assert set(told) == {"verdict", "kind", "pages", "reasons"}
    assert (told["verdict"], told["kind"], told["pages"]) == ("cleaned", "pdf", 1)
    assert b"JavaScript" not in out.read_bytes()
    summary = check(str(letter)).stdout
    assert summary.startswith("Cleaned: pdf, 1 page.")
    assert "Scripts were taken out." in summary


@pytest.mark.parametrize("content", [b"", b"\x00\xff\xfe", b"%PDF-1.7", b"plain words"])
def test_check_letter_refuses_with_a_sentence_and_writes_nothing(tmp_path, content):
    path, out = tmp_path / "x.pdf", tmp_path / "out.pdf"
    path.write_bytes(content)
    done = check(str(path), "--json", "--clean-to", str(out))
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert (told["verdict"], told["pages"]) == ("refused", None)
    assert done.stderr.strip() == told["reasons"][0]
    assert not out.exists()


@pytest.mark.parametrize("path", ["missing.pdf", "."])
def test_check_letter_unreadable_file_is_a_sentence(path, tmp_path):
    done = check(str(tmp_path / path))
    assert done.returncode == 1
    assert "cannot be read" in done.stderr
    assert "Traceback" not in done.stderr


def test_check_letter_without_a_file_is_wrong_usage():
    assert check().returncode == 2


def test_check_letter_loads_no_pdf_library_itself(letter):
    script = (
        "import sys; from vouchsafe.doors.cli import main; main(['check', 'letter', sys.argv[1], '--json']);"
        "print(sorted(m for m in ('pikepdf', 'pypdfium2', 'pyhanko', 'typst', 'django', 'mammoth', 'lxml') if m in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(letter)], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
