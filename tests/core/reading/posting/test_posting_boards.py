"""Boards' answers in the shapes the shared files do not show."""

from __future__ import annotations

import json

import pytest

from vouchsafe.core.reading.posting import PostingRead, PostingsRead, read_posting


def read(answer: object) -> PostingsRead:
    return read_posting(json.dumps(answer).encode(), name="answer.json")


def one(answer: object) -> PostingRead:
    postings = read(answer).postings
    assert len(postings) == 1
    return postings[0]


GREENHOUSE = {
    "absolute_url": "https://boards.example.org/1",
    "title": "Archivist",
    "location": {"name": "Hull"},
}
LEVER = {"text": "Archivist", "hostedUrl": "https://boards.example.org/1", "categories": {"location": "Hull"}}
ASHBY = {"title": "Archivist", "jobUrl": "https://boards.example.org/1", "location": "Hull"}
WORKABLE = {"title": "Archivist", "shortcode": "A1", "url": "https://boards.example.org/1", "city": "Hull"}
SMART = {"name": "Archivist", "releasedDate": "2026-01-02T03:04:05.000Z", "location": {"city": "Hull"}}
MUSE = {
    "name": "Archivist",
    "company": {"name": "Hull Library"},
    "refs": {"landing_page": "https://boards.example.org/1"},
    "publication_date": "2026-01-02",
    "locations": [{"name": "Hull"}],
}


@pytest.mark.parametrize("answer", [GREENHOUSE, LEVER, ASHBY, WORKABLE, SMART, MUSE])
def test_answer_about_a_single_opening_gives_it(answer: dict[str, object]) -> None:
    posting = one(answer)

    assert (posting.title, posting.locations, posting.deadline) == ("Archivist", ("Hull",), None)


def test_greenhouse_deadline_is_read() -> None:
    assert (
        one({**GREENHOUSE, "application_deadline": "2026-05-01T23:59:00-04:00"}).deadline
        == "2026-05-01T23:59:00-04:00"
    )


def test_greenhouse_date_nobody_can_read_is_said() -> None:
    answer = read({**GREENHOUSE, "application_deadline": "whenever"})

    assert answer.postings[0].deadline is None
    assert "“whenever” in application_deadline" in str(answer.problems[0].why)


def test_greenhouse_edit_is_no_publication() -> None:
    assert one({**GREENHOUSE, "updated_at": "2026-01-01"}).published is None


def test_lever_lists_belong_to_the_description() -> None:
    lists = [{"text": "You bring", "content": "<li>Two letters of recommendation</li>"}]

    assert one({**LEVER, "descriptionPlain": "Hello", "lists": lists}).description == (
        "Hello\n\nYou bring\n\n- Two letters of recommendation"
    )


def test_ashby_second_places_are_kept() -> None:
    assert one({**ASHBY, "secondaryLocations": [{"location": "York"}, {"location": "Hull"}]}).locations == (
        "Hull",
        "York",
    )


def test_workable_hidden_place_is_not_shown() -> None:
    places = [{"city": "Hull", "hidden": True}, {"city": "York", "country": "UK", "hidden": False}]

    assert one({**WORKABLE, "city": "", "locations": places}).locations == ("York, UK",)


def test_workable_beginning_is_no_publication() -> None:
    assert one({**WORKABLE, "created_at": "2026-01-01"}).published is None


def test_smartrecruiters_details_give_page_and_words() -> None:
    posting = one(
        {
            **SMART,
            "postingUrl": "https://jobs.example.org/1",
            "ref": "https://api.example.org/1",
            "jobAd": {"sections": {"jobDescription": {"title": "Job", "text": "<p>Hello</p>"}}},
        }
    )

    assert (posting.url, posting.description) == ("https://jobs.example.org/1", "Hello")


def test_muse_levels_are_kept_as_said() -> None:
    assert one({**MUSE, "levels": [{"name": "Senior Level"}]}).experience == "Senior Level"


def test_opening_without_a_title_is_none() -> None:
    assert read({"jobs": [{**ASHBY, "title": None}]}).postings == ()


@pytest.mark.parametrize(
    "answer", [{}, [], {"jobs": []}, {"jobs": 7}, [[ASHBY]], {"results": [None, 3, "x"]}, {"title": "x"}]
)
def test_answer_without_openings_says_so(answer: object) -> None:
    got = read(answer)

    assert got.postings == ()
    assert "no opening in a form we know" in str(got.problems[-1].why)
