"""Is a letter worth asking for here?"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vouchsafe.core.reading.posting import PostingRead
from vouchsafe.core.reading.posting.level import Level, read_level
from vouchsafe.core.worth import LABELS, OpportunityFacts, Verdict, Worth, from_posting, weigh


def job(text: str = "", **facts: Any) -> Worth:
    return weigh(OpportunityFacts(text=text, **facts))


def sentences(worth: Worth) -> str:
    return " ".join(str(each.sentence) for each in worth.reasons)


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        (OpportunityFacts(), "not_here"),
        (OpportunityFacts(level="mid"), "not_here"),
        (OpportunityFacts(level="junior"), "worth_it"),
        (OpportunityFacts(level="senior"), "worth_it"),
        (OpportunityFacts(years_experience=0), "worth_it"),
        (OpportunityFacts(years_experience=2), "worth_it"),
        (OpportunityFacts(years_experience=3), "not_here"),
        (OpportunityFacts(level="mid", unreachable_referees=("Ben",)), "worth_it"),
        (OpportunityFacts(level="mid", unreachable_referees=("  ",)), "not_here"),
        (OpportunityFacts(letters="required"), "required"),
        (OpportunityFacts(need=2), "required"),
        (OpportunityFacts(letters="accepted"), "worth_it"),
        (OpportunityFacts(letters="not_taken", level="senior"), "not_here"),
        (OpportunityFacts(letters="not_taken", unreachable_referees=("Ben",)), "not_here"),
        (OpportunityFacts(kind="pocket"), "pocket"),
        (OpportunityFacts(kind="programme"), "worth_it"),
        (OpportunityFacts(kind="scholarship"), "worth_it"),
        (OpportunityFacts(kind="programme", text="Letters of recommendation are not required."), "not_here"),
        (OpportunityFacts(title="Postdoc in Biology"), "worth_it"),
        (OpportunityFacts(title="Archivist", text="Two letters of recommendation are required."), "required"),
        (OpportunityFacts(text="Letters of recommendation are welcome."), "worth_it"),
        (OpportunityFacts(text="Please do not send letters of recommendation."), "not_here"),
        (OpportunityFacts(text="No references at this stage."), "not_here"),
        (OpportunityFacts(text="Shortlisted candidates provide two letters of recommendation."), "pocket"),
        (OpportunityFacts(text="Letters of recommendation are not required."), "not_here"),
        (OpportunityFacts(level="junior", text="Letters of recommendation are not required."), "worth_it"),
        (OpportunityFacts(text="References available on request."), "not_here"),
        (OpportunityFacts(text="Please give the names of three referees."), "not_here"),
        (OpportunityFacts(text="Send a cover letter and a letter of motivation."), "not_here"),
        (OpportunityFacts(level="mid", text="Interns receive a letter of recommendation."), "not_here"),
    ],
)
def test_facts_give_their_verdict(facts: OpportunityFacts, verdict: Verdict) -> None:
    worth = weigh(facts)

    assert worth.verdict == verdict
    assert worth.label == LABELS[verdict]
    assert worth.reasons


def test_ordinary_job_is_told_the_truth() -> None:
    worth = job(level="mid")

    assert str(worth.headline) == "Not here: give phone references instead."
    assert "Employers rarely ask for letters" in sentences(worth)


def test_required_letters_keep_number_quote_and_means() -> None:
    worth = job("We are a library. Two letters of recommendation must be emailed to jobs@example.org.")

    assert str(worth.headline) == "Required: they ask for 2 letters."
    assert (worth.need, worth.letters, worth.means, worth.address) == (
        2,
        "required",
        ("mail",),
        "jobs@example.org",
    )
    assert worth.reasons[0].quote == "Two letters of recommendation must be emailed to jobs@example.org."
    assert worth.reasons[0].confidence == "high"


def test_one_letter_is_said_in_the_singular() -> None:
    assert (
        str(job("One letter of recommendation is required.").headline) == "Required: they ask for one letter."
    )


def test_conditional_demand_is_required_with_low_confidence() -> None:
    worth = job("Two letters of recommendation are required unless you are staff.")

    assert worth.verdict == "required"
    assert worth.reasons[0].confidence == "low"
    assert "names a condition" in sentences(worth)


def test_what_a_person_says_outranks_the_text() -> None:
    worth = job("Two letters of recommendation are required.", letters="not_taken")

    assert worth.verdict == "not_here"
    assert "The posting reads otherwise" in sentences(worth)


def test_told_number_outranks_the_read_one() -> None:
    assert job("Two letters of recommendation are required.", need=3).need == 3


def test_unreachable_supervisor_is_named() -> None:
    assert "Ben can no longer be called, and a letter can speak instead." in sentences(
        job(level="mid", unreachable_referees=("Ben",))
    )


def test_unreachable_supervisor_where_letters_are_refused_needs_another_person() -> None:
    worth = job("We do not accept letters of recommendation.", unreachable_referees=("Ben",))

    assert "Ben cannot be called: name someone else" in sentences(worth)


def test_unknown_level_is_admitted() -> None:
    assert "could not tell how senior" in sentences(job("We seek an archivist."))
    assert "could not tell how senior" not in sentences(job(level="mid"))


def test_referees_are_explained() -> None:
    assert "They want 3 people they can ask about you, not letters." in sentences(
        job("Please give the names of three referees.")
    )


def test_posting_gives_its_facts() -> None:
    facts = from_posting(
        PostingRead(
            title="PhD scholarship in history", description="Two letters of recommendation required."
        ),
        unreachable_referees=("Ben",),
    )

    assert (facts.kind, facts.unreachable_referees) == ("scholarship", ("Ben",))
    assert weigh(facts).need == 2


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Master's programme in archives", "programme"),
        ("Programme manager", "job"),
        ("Scholarship officer's friend", "scholarship"),
        ("Archivist", "job"),
        (None, "job"),
    ],
)
def test_kind_is_read_from_the_title_alone(title: str | None, kind: str) -> None:
    assert from_posting(PostingRead(title=title)).kind == kind


@pytest.mark.parametrize(
    ("title", "experience", "text", "level"),
    [
        ("Senior Python Engineer", None, None, "senior"),
        ("Head of Archives", None, None, "senior"),
        ("Director, Collections", None, None, "senior"),
        ("Abteilungsleiterin Archiv", None, None, "senior"),
        ("Junior software developer", None, None, "junior"),
        ("Archive Intern", None, None, "junior"),
        ("Werkstudent (w/m/d) im Archiv", "Mid Level", None, "junior"),
        ("Stagiaire archives", None, None, "junior"),
        ("Software Engineer", "Senior Level", None, "senior"),
        ("Software Engineer", "Entry Level", None, "junior"),
        ("Software Engineer", "Mid-level", None, "mid"),
        ("Archivist", None, "No experience required.", "junior"),
        ("Archivist", None, "You bring 1-2 years of experience.", "junior"),
        ("Archivist", None, "3+ years of experience in web development", "mid"),
        ("Archivist", None, "at least twelve years' professional experience", "senior"),
        ("Archivist", "Minumum 3 years experience as a software engineer", None, "mid"),
        ("Archivist", "24 months of experience", None, "junior"),
        ("Archivist", None, "2 years of Python experience. 6 years of experience in all.", "mid"),
        # near misses
        ("Caregiver, Senior Living", None, None, None),
        ("Senior Care Aide", None, None, None),
        ("Assistant to the Director", None, None, None),
        ("Executive Assistant, Director's office", None, None, None),
        ("Lead Generation Specialist", None, None, None),
        ("Teacher, Junior High School", None, None, None),
        ("Internal Auditor", None, None, None),
        ("International Sales", None, None, None),
        ("Backstage crew", None, None, None),
        ("Archivist", None, "We have 50 years of experience in archives.", None),
        ("Archivist", None, "Our team brings 25 years of experience.", None),
        ("Archivist", None, "You must be 18 years old.", None),
        (None, None, None, None),
    ],
)
def test_level_is_read_as_said(
    title: str | None, experience: str | None, text: str | None, level: Level | None
) -> None:
    assert read_level(title, experience, text).level == level


FACTS = st.builds(
    OpportunityFacts,
    kind=st.sampled_from(["job", "programme", "scholarship", "pocket"]),
    title=st.none() | st.sampled_from(["Archivist", "Senior Archivist", "Intern", "Postdoc"]),
    text=st.none()
    | st.sampled_from(
        [
            "Two letters of recommendation are required.",
            "Please do not send letters of recommendation.",
            "Letters of recommendation are welcome.",
            "Finalists send three letters of recommendation.",
            "No references at this stage.",
            "References available on request.",
        ]
    ),
    level=st.sampled_from([None, "junior", "mid", "senior"]),
    years_experience=st.none() | st.integers(0, 30),
    letters=st.sampled_from([None, "required", "accepted", "not_taken"]),
    need=st.none() | st.integers(0, 5),
    unreachable_referees=st.lists(st.sampled_from(["Ben", "Cleo"]), unique=True).map(tuple),
)


@settings(max_examples=200, deadline=None)
@given(FACTS)
def test_every_answer_has_reasons_and_a_source(facts: OpportunityFacts) -> None:
    worth = weigh(facts)

    assert worth.reasons
    for reason in worth.reasons:
        assert str(reason.sentence).endswith(".")
        assert str(reason.source)
        assert reason.quote is None or reason.quote in f"{facts.text} {facts.title}"


@settings(max_examples=200, deadline=None)
@given(FACTS)
def test_refused_letters_are_never_worth_it(facts: OpportunityFacts) -> None:
    worth = weigh(facts)

    if facts.letters == "not_taken" and facts.kind != "pocket":
        assert worth.verdict == "not_here"
    if facts.letters == "required" and facts.kind != "pocket":
        assert worth.verdict == "required"


@settings(max_examples=200, deadline=None)
@given(FACTS)
def test_one_more_lost_supervisor_never_lowers_the_verdict(facts: OpportunityFacts) -> None:
    from dataclasses import replace

    rank = {"not_here": 0, "pocket": 1, "worth_it": 2, "required": 3}

    more = weigh(replace(facts, unreachable_referees=(*facts.unreachable_referees, "Dana")))

    assert rank[more.verdict] >= rank[weigh(facts).verdict]
