"""Writes docs/refusals.md from the refusals themselves: `python -m tests.write_refusals`."""

from __future__ import annotations

import os
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")


def main() -> None:
    import django

    django.setup()
    from tests.house.test_docs import refusals

    lines = [
        "# Refusals",
        "",
        "What can't be done, and what to do about it. A refusal is expected: a page shows it beside the form, the command line on stderr with exit code 1, a mail in plain",
        "words. The code is stable. `{…}` stands for what it names. Written by `python -m tests.write_refusals`.",
        "",
        "| code | what it says | what to do |",
        "|---|---|---|",
    ]
    for code, kind in sorted(refusals().items()):
        lines.append(f"| `{code}` | {_cell(kind.msgid)} | {_cell(kind.hint_msgid)} |")
    path = Path(__file__).resolve().parents[1] / "docs" / "refusals.md"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    main()
