"""Every file of the shared test data gives what its manifest says."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from vouchsafe.core.reading.posting import PostingsRead, read_posting

DATA = Path(__file__).resolve().parents[5] / "shared" / "data" / "jobs"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="shared test data not present")

# From the manifest's words: (title, company, locations, published, deadline); ... where it is silent.
EXPECTED: dict[str, list[tuple[object, ...]]] = {
    "api/ashby.json": [
        ("Senior Technical Recruiter", None, ("Canada",), ..., None),
        ("Senior Site Reliability Engineer", None, ("Toronto, Ontario",), ..., None),
    ],
    "api/greenhouse.json": [
        ("Customer Data Scientist - Experimentation", "Amplitude", ("London, UK",), ..., None),
        ("Emerging Account Executive (India)", "Amplitude", ("Bangalore, India",), ..., None),
    ],
    "api/lever.json": [
        (
            "(1099 Contract) Nonprofit Salesforce Consultant: Enterprise Project Manager",
            None,
            ("Chicago, IL",),
            ...,
            None,
        ),
        (
            "(1099 Contract) Salesforce for Nonprofits: Solution Architect",
            None,
            ("Washington, D.C.",),
            ...,
            None,
        ),
    ],
    "api/smartrecruiters.json": [
        (
            "CNA  / LPN - Consistent Hours. Start Next Week.",
            "Knight Gayles",
            ("St. Louis, MO",),
            "2018-06-08T02:11:28.000Z",
            None,
        )
    ],
    "api/workable.json": [
        ("Business Analyst - Spanish Speaking", "Zaelab", ("Spain",), "2026-08-05", None),
        ("Business Analyst - Spanish Speaking", "Zaelab", ("Portugal",), "2026-08-05", None),
    ],
    "html/extruct-jsonld-with-control-characters.html": [],
    "html/extruct-jsonld-with-js-comment.html": [],
    "html/icims-list.html": [],
    "html/jobvite-list.html": [],
    "html/paylocity-list.html": [],
    "html/schema-org-plain-page.html": [],
    "html/page-greenhouse-style.html": [
        ("Senior Python Engineer", "Acme Corp", ("San Francisco, CA",), None, None)
    ],
    "html/page-with-deadline.html": [
        ("Senior TypeScript Engineer", "Acme Labs", ("Remote",), None, "2026-09-01")
    ],
    "html/schema-org-contact-point.html": [("Systems Research Engineer", None, (), None, None)],
    "html/schema-org-electrician.html": [("electrician", None, (), None, None)],
    "html/schema-org-employment-unit.html": [("Junior software developer", "ACME Corp.", (), None, None)],
    "html/schema-org-name-not-title.html": [("Mobile App Developer", "ACME Software", (), None, None)],
    "html/schema-org-skills-jsonld.html": [("Junior software developer", None, (), None, None)],
    "html/schema-org-software-engineer-jsonld.html": [
        ("Software Engineer", None, ("Kirkland, WA",), "2011-10-31", None)
    ],
    "html/schema-org-software-engineer-microdata.html": [
        ("Software Engineer", "ABC Company Inc.", ("Kirkland, WA",), "2011-10-31", None)
    ],
    "html/usda-postdoc-jsonld.json": [
        (
            "Postdoc Computational Biology",
            "United States Department of Agriculture, Agricultural Research Service",
            ("Gainesville, FL",),
            "2020-07-10",
            "2020-09-10",
        )
    ],
    "json-resume-job.json": [("Web Developer", "Microsoft", ("Berlin",), None, None)],
    "text/usda-postdoc-advertisement.md": [(..., None, ("Gainesville, FL",), ..., "2020-08-01")],
}


def read(name: str) -> PostingsRead:
    return read_posting((DATA / name).read_bytes(), name=Path(name).name)


def manifest() -> list[str]:
    if not DATA.is_dir():
        return []
    with (DATA / "MANIFEST.tsv").open(newline="") as file:
        return [row["file"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def test_every_file_of_the_manifest_has_an_expectation() -> None:
    assert set(manifest()) == {*EXPECTED, "api/themuse-page.json"}


@pytest.mark.parametrize("name", EXPECTED)
def test_shared_file_gives_what_its_manifest_says(name: str) -> None:
    postings = read(name).postings

    assert len(postings) == len(EXPECTED[name])
    for posting, wanted in zip(postings, EXPECTED[name], strict=True):
        got = (posting.title, posting.company, posting.locations, posting.published, posting.deadline)
        for one, other in zip(got, wanted, strict=True):
            assert other is ... or one == other


@pytest.mark.parametrize("name", [name for name, wanted in EXPECTED.items() if not wanted])
def test_shared_file_without_an_opening_says_so(name: str) -> None:
    problems = read(name).problems

    assert any("No opening is marked" in str(each.why) for each in problems)


def test_plain_page_offers_its_words() -> None:
    text = read("html/schema-org-plain-page.html").text

    assert text is not None
    assert text.startswith("Software Engineer\n")
    assert "- Highly motivated." in text


def test_the_muse_page_gives_its_expected_openings() -> None:
    wanted = json.loads((DATA / "expected.json").read_text())["api/themuse-page.json"]

    got = [
        {
            "company": each.company,
            "deadline": each.deadline,
            "landing_page": each.url,
            "locations": list(each.locations),
            "published": each.published,
            "title": each.title,
        }
        for each in read("api/themuse-page.json").postings
    ]

    assert got == wanted


def test_lever_dates_are_counted_in_milliseconds() -> None:
    assert read("api/lever.json").postings[0].published == "2025-11-27T01:02:41.939Z"


def test_greenhouse_description_is_unescaped_twice() -> None:
    description = read("api/greenhouse.json").postings[0].description

    assert description is not None
    assert description.startswith("Amplitude is the leading AI analytics platform")
    assert "&lt;" not in description
    assert "</p>" not in description
