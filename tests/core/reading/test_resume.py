"""Résumés: the shared files and the schema project's own cases, FRESH, and whatever is no résumé."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vouchsafe.core.reading.resume import (
    MAX_ENTRIES,
    ResumeEmpty,
    ResumeKind,
    ResumeNotFound,
    ResumeNotJson,
    ResumeTooLarge,
    WorkRead,
    read_resume,
)
from vouchsafe.core.words import Refusal

FOLDER = Path(__file__).resolve().parents[3] / ".." / "shared" / "data" / "resumes"
needs_data = pytest.mark.skipif(not FOLDER.is_dir(), reason="shared test data not present")

EXPECTED = json.loads((FOLDER / "expected.json").read_text()) if FOLDER.is_dir() else {}
CASES = [
    (path.stem, name, fragment)
    for path in sorted((FOLDER / "schema-cases").glob("*.json"))
    if path.stem != "dates"
    for name, fragment in json.loads(path.read_text()).items()
]
DATES = json.loads((FOLDER / "schema-cases" / "dates.json").read_text()) if FOLDER.is_dir() else {}


@needs_data
@pytest.mark.parametrize("file", sorted(EXPECTED))
def test_shared_resume_read_gives_what_is_expected(file: str) -> None:
    expected, found = EXPECTED[file], read_resume((FOLDER / file).read_bytes())
    assert (found.name, found.email) == (expected["name"], expected["email"])
    assert [[work.organisation, work.position] for work in found.work] == expected["work"]
    assert [study.institution for study in found.education] == expected["education"]
    assert (found.problems == ()) == expected["valid_against_schema"]
    reported = {
        problem.where.replace("[", "/").replace("]", "").replace(".", "/") for problem in found.problems
    }
    named = {line.partition(":")[0] for line in expected["schema_errors"]}
    assert {place for place in named if place.startswith(("work/", "education/", "basics/"))} <= reported


@needs_data
@pytest.mark.parametrize(("section", "name", "fragment"), CASES, ids=[f"{s}-{n}" for s, n, _ in CASES])
def test_schema_case_has_problems_only_where_it_is_invalid(section: str, name: str, fragment: object) -> None:
    found = read_resume(json.dumps(fragment).encode())
    assert bool(found.problems) == ("Invalid" in name)
    assert all(problem.where.startswith(section) for problem in found.problems)


@needs_data
@pytest.mark.parametrize("name", sorted(DATES))
def test_schema_date_case_is_judged_as_named(name: str) -> None:
    found = read_resume(json.dumps({"work": [{"name": "Acme", "startDate": DATES[name]}]}).encode())
    assert bool(found.problems) == (name == "invalid")
    assert found.work[0].from_ == DATES[name]


@needs_data
@pytest.mark.parametrize(
    "path", sorted(FOLDER.glob("*schema*.json")) + sorted((FOLDER / "schema-cases").glob("*"))
)
def test_shared_json_that_is_no_resume_is_refused(path: Path) -> None:
    with pytest.raises(ResumeNotFound):
        read_resume(path.read_bytes())


FRESH = {
    "name": "Ada Byron",
    "meta": {"format": "FRESH@0.6.0"},
    "contact": {"email": "ada@example.org"},
    "employment": {
        "history": [
            {"employer": "Analytical Works", "position": "Analyst", "start": "1842-10", "end": "current"},
            {"employer": "Court", "start": "1833"},
        ]
    },
    "education": {"history": [{"institution": "At home", "title": "Mathematics", "start": "1828"}]},
}


def test_fresh_resume_gives_posts_and_studies_in_file_order() -> None:
    found = read_resume(json.dumps(FRESH).encode())
    assert found.kind is ResumeKind.FRESH
    assert (found.name, found.email) == ("Ada Byron", "ada@example.org")
    assert found.work[0] == WorkRead("Analytical Works", "Analyst", "1842-10", "current")
    assert found.work[1] == WorkRead("Court", None, "1833", None)
    assert (found.education[0].institution, found.education[0].study_type) == ("At home", "Mathematics")


def test_shortest_fresh_resume_gives_the_name_alone() -> None:
    found = read_resume(b'{"name": "Ada", "meta": {"format": "FRESH@0.6.0"}}')
    assert (found.name, found.work, found.education, found.problems) == ("Ada", (), (), ())


@pytest.mark.parametrize(
    ("document", "where"),
    [
        ({"basics": []}, "basics"),
        ({"basics": {"name": 7}}, "basics.name"),
        ({"work": {"name": "Acme"}}, "work"),
        ({"work": ["Acme"]}, "work[0]"),
        ({"work": [{}, {"position": ["Head"]}]}, "work[1].position"),
        ({"work": [{"endDate": "last year"}]}, "work[0].endDate"),
        ({"education": "Oxford", "basics": {}}, "education"),
        ({"employment": {"history": "Acme"}}, "employment.history"),
        ({"education": [{"courses": [1]}]}, "education[0].courses"),
    ],
)
def test_wrong_type_is_a_problem_with_its_place(document: object, where: str) -> None:
    found = read_resume(json.dumps(document).encode())
    assert [problem.where for problem in found.problems] == [where]


def test_older_key_names_are_read_as_the_present_ones() -> None:
    found = read_resume(
        b'{"work": [{"company": "Acme", "website": "https://acme.example", "position": "Head"}]}'
    )
    assert found.work == (WorkRead("Acme", "Head", None, None),)
    assert found.problems == ()


def test_more_entries_than_anyone_has_are_cut_and_said() -> None:
    found = read_resume(json.dumps({"work": [{"name": "Acme"}] * (MAX_ENTRIES + 1)}).encode())
    assert len(found.work) == MAX_ENTRIES
    assert [problem.where for problem in found.problems] == ["work"]


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", ResumeEmpty),
        (b"\n ", ResumeEmpty),
        (b"%PDF-1.7", ResumeNotJson),
        (b'{"basics": {"name": "Ad', ResumeNotJson),
        (b'{"basics": {"name": "\xe9"}}', ResumeNotJson),
        (b"[" * 200_000, ResumeNotJson),
        (b'{"work": ' + b"9" * 10_000 + b"}", ResumeNotJson),
        (b"[]", ResumeNotFound),
        (b"null", ResumeNotFound),
        (b'{"name": "left-pad", "version": "1.0.0"}', ResumeNotFound),
    ],
    ids=["empty", "blank", "pdf", "cut", "latin", "deep", "number", "list", "null", "package"],
)
def test_file_that_is_no_resume_is_refused(data: bytes, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        read_resume(data)


def test_resume_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vouchsafe.core.reading.resume.MAX_BYTES", 10)
    with pytest.raises(ResumeTooLarge):
        read_resume(b'{"basics": {}}')


KEYS = st.sampled_from(
    [
        "basics",
        "work",
        "education",
        "employment",
        "history",
        "name",
        "email",
        "contact",
        "startDate",
        "end",
        "meta",
        "format",
        "courses",
    ]
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(codec=None), max_size=8)
    | st.just("FRESH"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=15,
)


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(KEYS, JSON, max_size=5).map(lambda each: json.dumps(each).encode())
    | st.binary(max_size=200)
)
def test_arbitrary_json_or_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        found = read_resume(data)
    except Refusal as refusal:
        _ = str(refusal.sentence), str(refusal.hint)
        return
    for value in (found.name, found.email, *(work.position for work in found.work)):
        assert value is None or value.encode("utf-8") is not None
    for problem in found.problems:
        assert problem.where
        assert str(problem.why)
