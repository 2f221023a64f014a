"""Every file of the shared data gives exactly the people its `expected.json` lists, and nothing is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vouchsafe.core.reading.contacts import read_contacts

FOLDER = Path(__file__).resolve().parents[3] / ".." / "shared" / "data" / "contacts"

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="shared test data not present")

EXPECTED = json.loads((FOLDER / "expected.json").read_text()) if FOLDER.is_dir() else {}


@pytest.mark.parametrize("file", sorted(EXPECTED))
def test_shared_file_read_gives_exactly_the_expected_people(file: str) -> None:
    read = read_contacts((FOLDER / file).read_bytes(), name=file)
    found = [
        {
            "name": contact.name,
            "given": contact.given,
            "family": contact.family,
            "emails": list(contact.emails),
            "organisation": contact.organisation,
            "title": contact.title,
            "url": contact.profile,
        }
        for contact in read.contacts
    ]
    assert found == [{"url": None, **person} for person in EXPECTED[file]]
    assert read.problems == ()


def test_shared_folder_holds_no_file_without_an_expectation() -> None:
    files = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.*") if path.parent != FOLDER}
    assert files == set(EXPECTED)
