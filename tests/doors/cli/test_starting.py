"""The commands that scripts call load neither Django nor, where it is not needed, a PDF library."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("django", "pikepdf", "pypdfium2", "typst", "pyhanko", "allauth")
COMMAND = f"""
import contextlib, io, sys
from vouchsafe.doors.cli import main
with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    main(sys.argv[1:])
print([name for name in {HEAVY!r} if name in sys.modules])
"""
LETTER = "Dear Ms Whitcombe,\n\nI recommend Ada for the course at KAIST.\n\nYours,\nBen\n"
CONTACTS = "First Name,Last Name,Email\nBen,Okafor,ben@example.org\n"
MAIL = "From: ben@example.org\nTo: ada@example.org\nSubject: Re: a letter\n\nYes, gladly.\n"


@pytest.mark.parametrize(
    ("words", "content"),
    [
        (("read", "contacts"), CONTACTS),
        (("read", "posting"), "<html><p>Analyst wanted</p></html>"),
        (("read", "resume"), '{"basics": {"name": "Ada"}}'),
        (("read", "mail"), MAIL),
        (("check", "ask"), LETTER),
        (("check", "text", "--about", "Ada", "--for", "KAIST"), LETTER),
        (("check", "letter"), LETTER),
        (("worth", "--posting"), "<html><p>Two letters of reference are required.</p></html>"),
        (("odds",), "{}"),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, tuple) else "",
)
def test_a_command_for_scripts_starts_without_what_is_heavy(
    words: tuple[str, ...], content: str, tmp_path: Path
) -> None:
    file = tmp_path / "given"
    file.write_text(content, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, *words, str(file)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
