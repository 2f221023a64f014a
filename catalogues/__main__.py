"""`make words`: find the sentences, bring every catalogue up to them, compile, and say what is missing."""

from __future__ import annotations

import sys

from catalogues.checking import problems
from catalogues.extracting import messages
from catalogues.keeping import LANGUAGES, compiled, mo_path, po_path, po_text, read, renewed
from catalogues.labels import LABELS, label_entries, label_mo, label_path, label_po

SHOWN = 20


def main() -> int:
    """1 when a language that is offered lacks something; one that is still being translated is only reported."""
    found = messages()
    incomplete = 0
    for language, name in LANGUAGES.items():
        path = po_path(language)
        catalogue = renewed(read(path, language), found, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(po_text(catalogue, name))
        wrong = problems(catalogue, found)
        is_offered = mo_path(language).exists()
        # A language is offered from the day it is complete; from then on it stays, and the tests see to it.
        if is_offered or not wrong:
            mo_path(language).write_bytes(compiled(catalogue))
        incomplete += is_offered and bool(wrong)
        print(f"{name}: {len(found)} sentences, {len(wrong)} to mend.")
        for line in wrong[:SHOWN]:
            print(f"  {line}")
        if len(wrong) > SHOWN:
            print(f"  and {len(wrong) - SHOWN} more")
    for label in LABELS:
        entries = label_entries(found, label)
        label_path(label).parent.mkdir(parents=True, exist_ok=True)
        label_path(label).write_bytes(label_po(entries, label))
        label_path(label).with_suffix(".mo").write_bytes(label_mo(entries))
        print(f"{label}: {len(entries)} English sentences say it instead of writer.")
    return 1 if incomplete else 0


if __name__ == "__main__":
    sys.exit(main())
