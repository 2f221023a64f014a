"""How long the commands that scripts call take to start, run and end, against a bare interpreter.

Processor time of the whole process tree, the least of nine, the two measured in turn. The contract (issue 2)
is at most 8 bare starts. A PDF that is really opened can't be: its child loads pikepdf and PDFium under its
limits, and the two imports alone are given as that command's floor.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LETTER = "Dear Ms Whitcombe,\n\nI have known Ada for three years and recommend her for the course at KAIST.\n\nYours,\nBen\n"
SHARED = ROOT.parent / "shared" / "data"
SAMPLES = {
    "read contacts": ("contacts/vcard/*",),
    "read posting": ("jobs/html/*",),
    "read resume": ("resumes/json-resume/*",),
    "read mail": ("email/*/*",),
    "check letter": ("documents/pdf/*",),
    "worth --posting": ("jobs/html/*",),
}


def rows() -> Iterator[tuple[str, float, str]]:
    with tempfile.TemporaryDirectory() as folder:
        letter = Path(folder) / "letter.txt"
        letter.write_text(LETTER, encoding="utf-8")
        calls = [
            ("check ask", ["check", "ask", str(letter)]),
            ("check text", ["check", "text", str(letter), "--about", "Ada", "--for", "KAIST"]),
            ("check letter, refused", ["check", "letter", str(letter)]),
        ]
        for name, patterns in SAMPLES.items():
            found = [path for pattern in patterns for path in sorted(SHARED.glob(pattern)) if path.is_file()]
            if found:
                calls.append((name, [*name.split(), str(found[0])]))
        for name, words in calls:
            bare, taken = _least(["-c", "pass"], ["-m", "vouchsafe", *words])
            yield name, taken / bare, f"x a bare start of {1000 * bare:.0f} ms"
        bare, taken = _least(["-c", "pass"], ["-c", "import pikepdf"])
        second = _least(["-c", "pass"], ["-c", "import pypdfium2"])[1]
        yield "  the two libraries of check letter, imported and no more", (taken + second) / bare, "x"


def _least(one: list[str], other: list[str], times: int = 9) -> tuple[float, float]:
    taken = [(_cpu(one), _cpu(other)) for _ in range(times)]
    return min(first for first, _ in taken), min(second for _, second in taken)


def _cpu(words: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
