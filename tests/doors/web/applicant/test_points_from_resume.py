"""What a résumé says can be ticked as a point to mention; nothing is taken silently and nothing of the file is kept."""

from __future__ import annotations

import json
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.cast import Cast
from tests.factories import make_opportunity

from vouchsafe.asks.models import Document, Purpose

RESUME: dict[str, Any] = {
    "basics": {"name": "Ada Marsh"},
    "work": [
        {
            "name": "Fernway",
            "position": "Survey lead",
            "startDate": "2021-03",
            "endDate": "2023-09",
            "highlights": [
                "Rebuilt the tide tables in nine days",
                "Ran the night desk",
                "Trained six people",
            ],
        }
    ],
    "projects": [
        {"name": "Reed", "description": "A free gauge reader", "highlights": ["Read 400 gauges <b>"]}
    ],
}


@pytest.fixture
def ada(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.ada)
    return client


@pytest.fixture
def here(cast: Cast, ada: Client) -> str:
    opportunity = make_opportunity(
        cast.ada, "Programme analyst", deadline_on=timezone.localdate() + timedelta(days=40)
    )
    where = f"/asks/new/?contact={cast.ben.key}&opportunity={opportunity.key}"
    ada.post(where, {"subject": "A letter", "note": "Dear Ben,\n\nWould you write? No is fine.\n\nAda"})
    return f"/purposes/{Purpose.objects.get().key}/points/"


def given(content: bytes, name: str = "resume.json") -> dict[str, object]:
    return {"resume": SimpleUploadedFile(name, content), "read": "yes"}


def test_points_of_a_resume_are_offered_with_where_they_stand_and_none_is_ticked(
    ada: Client, here: str
) -> None:
    page = ada.post(here, {"point_1": "The returns report", **given(json.dumps(RESUME).encode())})
    assert page.status_code == 200
    text = unescape(page.text)
    assert "Survey lead, Fernway, 2021 to 2023" in text
    assert "Rebuilt the tide tables in nine days" in text
    assert "Read 400 gauges &lt;b&gt;" in page.text
    assert 'name="tick"' in text
    assert " checked" not in text
    assert "The returns report" in text
    assert Purpose.objects.get().points == []
    assert not Document.objects.exists()


def test_ticked_points_are_kept_behind_typed_ones_in_the_applicants_words(ada: Client, here: str) -> None:
    offered = [point for entry in RESUME["work"] for point in entry["highlights"]]
    sent = {
        "point_1": "The returns report",
        "tick": [offered[1]],
        "offered": offered,
        "offered_where": [""] * 3,
    }
    assert ada.post(here, sent).status_code == 302
    assert Purpose.objects.get().points == ["The returns report", "Ran the night desk"]


def test_more_than_three_are_refused_and_the_ticks_stay(ada: Client, here: str) -> None:
    offered = [point for entry in RESUME["work"] for point in entry["highlights"]]
    sent = {"point_1": "The returns report", "tick": offered, "offered": offered, "offered_where": [""] * 3}
    page = ada.post(here, sent)
    assert page.status_code == 422
    assert "more than three" in page.text
    assert page.text.count(" checked") == 3
    assert Purpose.objects.get().points == []


@pytest.mark.parametrize("content", [b"%PDF-1.7\n...", b"", b"[]", b'{"basics": {"name": "Ada"}}'])
def test_file_without_points_offers_nothing_and_says_so(ada: Client, here: str, content: bytes) -> None:
    page = ada.post(here, given(content, "resume.pdf"))
    assert page.status_code == 422
    assert "offers no points to choose from" in page.text
    assert 'name="tick"' not in page.text


def test_eve_gets_no_points_page(cast: Cast, here: str) -> None:
    eve = Client()
    eve.force_login(cast.eve)
    assert eve.post(here, given(json.dumps(RESUME).encode())).status_code == 404
