"""`vouchsafe plan` on small files: the answer, the facts, and everything that can be wrong with them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from vouchsafe.doors.cli import main

DATA = Path(__file__).resolve().parents[3] / ".." / "shared" / "data"

CONTACTS = """Name,Email,Company
Ben Okafor,ben@example.org,City Museum
Cleo Marsh,cleo@example.org,City Museum
Dora Lind,,Harbour Press
Emil Novak,emil@example.org,Harbour Press
"""
PAGE = """<html><body><script type="application/ld+json">{"@context":"https://schema.org","@type":"JobPosting",
"title":"%s","hiringOrganization":{"name":"%s"},"validThrough":"%s"}</script></body></html>"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "people.csv").write_text(CONTACTS)
    (tmp_path / "curator.html").write_text(PAGE % ("Curator", "City Museum", "2026-12-18"))
    (tmp_path / "editor.html").write_text(PAGE % ("Editor", "Harbour Press", "2027-01-08"))
    return tmp_path


def plan(files: Path, *more: str, facts: object = None, code: int = 0) -> Any:
    args = ["plan", "--contacts", str(files / "people.csv"), "--today", "2026-11-02", "--json"]
    if facts is not None:
        (files / "facts.json").write_text(json.dumps(facts))
        args += ["--facts", str(files / "facts.json")]
    postings = [] if "--posting" in more else ["--posting", str(files / "curator.html")]
    assert main([*args, *postings, *more]) == code


def answer(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


KNOWN = {
    "contacts": {
        "Ben Okafor": {"tie": "direct_manager", "knows_work": 4, "warmth": 4, "last_worked_on": "2026-05-01"},
        "CLEO@example.org": {"tie": "mentor", "knows_work": 3, "warmth": 3, "phone_reference": True},
        "Dora Lind": {"tie": "colleague", "knows_work": 2, "warmth": 2},
    }
}


def test_plan_of_bare_contacts_is_honest(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan(files)
    found = answer(capsys)
    assert [s["number"] for s in found["slots"]] == [1, 2, 3]
    assert found["opportunities"][0]["need_assumed"]
    for slot in found["slots"]:
        assert not [r for r in slot["reasons"] if r["speaks"] == "for"]
        assert slot["dates"]["deadline"] == "2026-12-18"
    asked = {c["contact"] for c in found["to_complete"] if c["what"] == "knows_work"}
    assert asked >= {s["writer"]["contact"] for s in found["slots"]}
    assert found["problems"] == []


def test_plan_with_facts_keeps_the_phone_reference_out(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan(files, facts=KNOWN)
    found = answer(capsys)
    writers = [s["writer"]["name"] for s in found["slots"]]
    assert writers[:2] == ["Ben Okafor", "Dora Lind"]
    named = [*writers, *(p["name"] for s in found["slots"] for p in s["stand_bys"])]
    assert "Cleo Marsh" not in named


def test_plan_of_a_contact_without_an_address_meets_them(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan(files, facts=KNOWN)
    dora = next(s for s in answer(capsys)["slots"] if s["writer"]["name"] == "Dora Lind")
    assert dora["writer"]["means"] == "in_person"
    assert dora["dates"]["mail"] is None
    assert dora["dates"]["meet"] is not None


def test_plan_takes_the_number_of_letters_from_the_posting(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = PAGE.replace('"title"', '"description":"Three letters of recommendation are required.","title"')
    (files / "curator.html").write_text(page % ("Curator", "City Museum", "2026-12-18"))
    plan(files)
    (opening,) = answer(capsys)["opportunities"]
    assert (opening["need"], opening["need_assumed"], opening["worth"]) == (3, False, "required")


def test_plan_with_need_and_deadline_options_applies_them(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan(files, "--need", "1", "--deadline", "2026-12-01")
    found = answer(capsys)
    assert found["opportunities"][0]["need"] == 1
    assert found["opportunities"][0]["deadline"] == "2026-12-01"
    assert len(found["slots"]) == 2


def test_plan_with_facts_of_one_posting_prefers_them_to_the_options(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = {"postings": {"curator, city museum": {"need": 1, "spare": 0, "deadline": "2026-12-11"}}}
    plan(files, "--need", "3", "--deadline", "2026-12-01", facts=facts)
    found = answer(capsys)
    assert [found["opportunities"][0][k] for k in ("need", "deadline")] == [1, "2026-12-11"]
    assert len(found["slots"]) == 1


def test_plan_for_two_postings_names_both(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan(files, "--posting", str(files / "curator.html"), str(files / "editor.html"), "--need", "1")
    assert {o["title"] for o in answer(capsys)["opportunities"]} == {"Curator", "Editor"}


def test_plan_in_any_order_of_rows_is_the_same(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan(files, facts=KNOWN)
    first = answer(capsys)
    head, *rows = CONTACTS.splitlines()
    (files / "people.csv").write_text("\n".join([head, *reversed(rows)]))
    plan(files, facts=KNOWN)
    assert answer(capsys) == first


def test_plan_with_wishes_says_what_each_cost(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wishes = [
        {"wish": "pin", "contact": "Emil Novak", "posting": "Curator"},
        {
            "wish": "happened",
            "contact": "Ben Okafor",
            "posting": "#1",
            "asked_on": "2026-10-30",
            "answer": "yes",
        },
    ]
    plan(files, facts={**KNOWN, "wishes": wishes})
    found = answer(capsys)
    assert [(w["wish"], w["granted"]) for w in found["wishes"]] == [("pin", True)]
    ben = next(s["writer"] for s in found["slots"] if s["writer"]["name"] == "Ben Okafor")
    assert (ben["asked_on"], ben["answer"]) == ("2026-10-30", "yes")
    assert next(s["writer"] for s in found["slots"] if s["writer"]["name"] == "Emil Novak")["pinned"]


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        ({"people": {}}, "people"),
        ({"contacts": []}, "contacts"),
        ({"contacts": {"Nobody": {}}}, "contacts.Nobody"),
        ({"contacts": {"Ben Okafor": {"knows": 3}}}, "contacts.Ben Okafor.knows"),
        ({"contacts": {"Ben Okafor": {"knows_work": 5}}}, "contacts.Ben Okafor.knows_work"),
        ({"contacts": {"Ben Okafor": {"knows_work": True}}}, "contacts.Ben Okafor.knows_work"),
        ({"contacts": {"Ben Okafor": {"tie": "boss"}}}, "contacts.Ben Okafor.tie"),
        ({"contacts": {"Ben Okafor": {"last_worked_on": "May"}}}, "contacts.Ben Okafor.last_worked_on"),
        ({"contacts": {"Ben Okafor": {"budget_hours": -1}}}, "contacts.Ben Okafor.budget_hours"),
        (
            {"contacts": {"Ben Okafor": {"warmth": 1}, "ben@example.org": {"warmth": 2}}},
            "contacts.ben@example.org.warmth",
        ),
        ({"postings": {"Warden": {}}}, "postings.Warden"),
        ({"postings": {"Curator": {"need": "two"}}}, "postings.Curator.need"),
        ({"wishes": [{"wish": "pin", "contact": "Ben Okafor"}]}, "wishes[0]"),
        ({"wishes": [{"wish": "hope"}]}, "wishes[0]"),
        ({"wishes": [{"wish": "pin", "contact": "Ben Okafor", "posting": "Warden"}]}, "wishes[0]"),
        (
            {"contacts": {"Ben Okafor": {"phone_reference_for": ["Warden"]}}},
            "contacts.Ben Okafor.phone_reference_for",
        ),
    ],
)
def test_plan_with_a_fact_not_understood_lists_it_and_plans_on(
    files: Path, capsys: pytest.CaptureFixture[str], facts: object, where: str
) -> None:
    plan(files, facts=facts, code=1)
    written = capsys.readouterr()
    found = json.loads(written.out)
    assert [p["where"] for p in found["problems"]] == [where]
    assert where in written.err
    assert found["slots"]


def test_plan_with_a_wish_refused_says_why(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wishes = [{"wish": "pin", "contact": "Cleo Marsh", "posting": "Curator"}]
    plan(files, facts={**KNOWN, "wishes": wishes}, code=1)
    found = answer(capsys)
    assert not found["wishes"][0]["granted"]
    assert "takes the reference calls" in found["problems"][0]["why"]


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{", b"\xff\xfe\x00", b'{"contacts":{},"contacts":{}}', b"[" * 9000]
)
def test_plan_with_broken_facts_refuses_in_a_sentence(
    files: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    (files / "broken.json").write_bytes(content)
    plan(files, "--facts", str(files / "broken.json"), code=1)
    assert "is no facts file" in capsys.readouterr().err


def test_plan_without_any_opening_refuses_in_a_sentence(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "plain.html").write_text("<html><body>Nothing here</body></html>")
    plan(files, "--posting", str(files / "plain.html"), code=1)
    assert "There is no opening to plan for" in capsys.readouterr().err


def test_plan_with_one_posting_missing_plans_for_the_other(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan(files, "--posting", str(files / "gone.html"), str(files / "curator.html"), code=1)
    found = answer(capsys)
    assert [o["title"] for o in found["opportunities"]] == ["Curator"]
    assert "gone.html" in found["problems"][0]["where"]


@pytest.mark.parametrize("words", [["--need", "-1"], ["--need", "x"], ["--today", "soon"]])
def test_plan_with_wrong_options_is_wrong_usage(files: Path, words: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        plan(files, *words)
    assert stopped.value.code == 2


def test_plan_to_read_names_people_dates_and_chances(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["plan", "--contacts", str(files / "people.csv"), "--posting", str(files / "curator.html")]
    assert main([*words, "--today", "2026-11-02"]) == 0
    out = capsys.readouterr().out
    assert "Curator (due 2026-12-18)" in out
    assert "in 100 that 2 letters (assumed) arrive in time." in out
    assert "To complete: Tell us how you know Ben Okafor." in out


@pytest.mark.skipif(not DATA.is_dir(), reason="shared test data not present")
def test_plan_of_real_contacts_and_openings_claims_nothing_unknown(
    capsys: pytest.CaptureFixture[str],
) -> None:
    postings = [str(DATA / "jobs" / "api" / name) for name in ("greenhouse.json", "themuse-page.json")]
    for contacts in sorted((DATA / "contacts").glob("*/*.*")):
        words = ["plan", "--contacts", str(contacts), "--deadline", "2026-12-20", "--today", "2026-11-02"]
        assert main([*words, "--json", "--posting", *postings]) in (0, 1), contacts
        found = answer(capsys)
        for slot in found["slots"]:
            assert not [r for r in slot["reasons"] if r["speaks"] == "for" and r["code"] != "adapts"]
            if slot["writer"] and slot["writer"]["means"] == "mail":
                assert "@" in slot["writer"]["contact"]
