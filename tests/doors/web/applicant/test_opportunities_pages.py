from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.cast import Cast
from tests.factories import make_contact, make_opportunity, make_purpose

from vouchsafe.adapters.fetch import page as web
from vouchsafe.adapters.fetch.fake import FakeWeb
from vouchsafe.asks.actions.close_request import close_request
from vouchsafe.asks.actions.redraw_plan import redraw_plan
from vouchsafe.ledger.models import Line
from vouchsafe.people.models import Account
from vouchsafe.plans.access import current_plan
from vouchsafe.plans.models import Destination, Opportunity, PhoneReference, Step

PAGE = b"""<!doctype html><html><head><title>Job</title><script type="application/ld+json">
{"@context":"https://schema.org","@type":"JobPosting","title":"Data steward",
 "hiringOrganization":{"@type":"Organization","name":"Vale Trust"},"validThrough":"2099-11-13T17:00:00+01:00",
 "description":"<p>Please send two letters of recommendation with your application.</p>"}
</script></head><body></body></html>"""
BOARD = (
    b'{"jobs":[{"id":1,"title":"Data steward","absolute_url":"https://boards.greenhouse.io/vale/jobs/1","location":{"name":"Leeds"},'
    b'"updated_at":"2026-10-01T10:00:00-04:00"},{"id":2,"title":"Archivist","absolute_url":"https://boards.greenhouse.io/vale/jobs/2",'
    b'"location":{"name":"York"},"updated_at":"2026-10-01T10:00:00-04:00"}],"meta":{"total":2}}'
)


def enter(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def facts(**changed: str) -> dict[str, str]:
    day = timezone.localdate() + timedelta(days=40)
    return {
        "title": "Programme analyst", "organisation": "Harbour & Vale", "kind": "job", "need": "2", "spare": "1",
        "deadline_on": day.isoformat(), "deadline_time": "17:00", "zone": "UTC", "letters": "unknown",
        "level": "", "wanted": "Patience, data", "odd_forms": "", "locations": "Leeds, UK; York", "url": "",
        "published_on": "", "text": "", **changed,
    }  # fmt: skip


def text_of(response: Any) -> str:
    return str(response.content.decode())


def test_opportunity_by_hand_is_kept_and_planned_for(cast: Cast) -> None:
    response = enter(cast.ada).post("/opportunities/new/form/", facts())
    row = Opportunity.objects.get()
    assert response.status_code == 302
    assert response["Location"] == f"/opportunities/{row.key}/"
    assert (row.owner, row.need, row.wanted, row.locations) == (
        cast.ada,
        2,
        ["data", "patience"],
        ["Leeds, UK", "York"],
    )
    plan = current_plan(cast.ada)
    assert plan is not None
    assert row.key in plan.odds


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title": ""}, "Say what the letter is for"),
        ({"need": "eleven"}, "Give a number from 0 to 10"),
        ({"need": "11"}, "Give a number from 0 to 10"),
        ({"need": ""}, "0 is an answer too"),
        ({"deadline_on": "2020-01-01"}, "That day has passed"),
        ({"deadline_on": ""}, "Give the day as well as the time"),
        ({"url": "javascript:alert(1)"}, "begins with https://"),
    ],
)
def test_form_that_cannot_be_kept_says_what_to_mend(cast: Cast, changed: dict[str, str], said: str) -> None:
    response = enter(cast.ada).post("/opportunities/new/form/", facts(**changed))
    assert response.status_code == 422
    assert said in text_of(response)
    assert "There is a problem" in text_of(response)
    assert not Opportunity.objects.exists()


def test_saved_page_is_shown_for_review_before_anything_is_kept(cast: Cast) -> None:
    client = enter(cast.ada)
    response = client.post("/opportunities/new/", {"file": SimpleUploadedFile("job.html", PAGE)})
    page = text_of(response)
    assert response.status_code == 200
    assert 'value="Data steward"' in page
    assert 'value="Vale Trust"' in page
    assert 'value="2099-11-13"' in page
    assert 'value="16:00"' in page  # 17:00+01:00, said in UTC
    assert re.search(r'<input[^>]*name="need"[^>]*value="2"', page)
    assert not Opportunity.objects.exists()


def test_what_the_text_does_not_say_stays_empty(cast: Cast) -> None:
    response = enter(cast.ada).post("/opportunities/new/", {"text": "Come and work with us. We are nice."})
    page = text_of(response)
    assert response.status_code == 200
    for name in ("title", "organisation", "deadline_on", "need"):
        assert re.search(rf'<input[^>]*name="{name}"[^>]*value=""', page), name
    assert "Is this right?" in page
    assert not Opportunity.objects.exists()


def test_board_with_two_openings_asks_which(cast: Cast) -> None:
    client = enter(cast.ada)
    page = text_of(client.post("/opportunities/new/", {"file": SimpleUploadedFile("board.json", BOARD)}))
    assert "2 openings are in there" in page
    held = page.split('name="held" value="')[1].split('"')[0]
    review = text_of(client.post("/opportunities/new/choice/", {"held": held, "which": "1"}))
    assert 'value="Archivist"' in review
    spoilt = client.post("/opportunities/new/choice/", {"held": held + "x", "which": "1"})
    assert spoilt.status_code == 422


def test_address_that_is_refused_says_why_and_what_to_do(cast: Cast) -> None:
    client = enter(cast.ada)
    response = client.post("/opportunities/new/", {"address": "http://127.0.0.1/jobs"})
    assert response.status_code == 422
    assert "paste its text" in text_of(response) or "give us the file" in text_of(response)


def test_address_that_answers_is_read(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    world = FakeWeb({"https://jobs.vale-trust.org/1": PAGE})
    monkeypatch.setattr(web, "fetch_page", world.fetch_page)
    page = text_of(enter(cast.ada).post("/opportunities/new/", {"address": "https://jobs.vale-trust.org/1"}))
    assert 'value="Data steward"' in page
    assert world.asked == ["https://jobs.vale-trust.org/1"]


def test_nothing_given_and_files_that_hold_no_opening_are_refused(cast: Cast) -> None:
    client = enter(cast.ada)
    assert "Give an address" in text_of(client.post("/opportunities/new/", {}))
    for name, data in (
        ("empty.html", b""),
        ("page.html", b"<html><body>Hello</body></html>"),
        ("x.bin", b"\x00\xff\x00"),
    ):
        response = client.post("/opportunities/new/", {"file": SimpleUploadedFile(name, data)})
        assert response.status_code == 422, name
        assert "There is a problem" in text_of(response)


def test_one_for_later_has_no_date_and_no_spare(cast: Cast) -> None:
    client = enter(cast.ada)
    page = text_of(client.get("/opportunities/new/form/?kind=pocket"))
    assert 'value="pocket" selected' in page
    client.post(
        "/opportunities/new/form/",
        facts(kind="pocket", title="For later", need="1", spare="0", deadline_on="", deadline_time=""),
    )
    row = Opportunity.objects.get()
    assert "in your pocket" in text_of(client.get(f"/opportunities/{row.key}/"))


def test_page_gives_the_verdict_with_source_and_quote(cast: Cast) -> None:
    text = "We are hiring. Please send two letters of recommendation with your application."
    row = make_opportunity(cast.ada, letters="unknown", text=text)
    page = text_of(enter(cast.ada).get(f"/opportunities/{row.key}/"))
    assert "Required: they ask for 2 letters." in page
    assert "two letters of recommendation" in page
    assert "Source: the posting" in page


def test_steps_destinations_and_references_are_kept_and_undone(cast: Cast) -> None:
    row = make_opportunity(cast.ada, deadline_on=timezone.localdate() + timedelta(days=40))
    client, here = enter(cast.ada), f"/opportunities/{row.key}/"
    for done, there in (("yes", True), ("yes", True), ("no", False)):
        client.post(here + "steps/", {"step": "resume", "done": done})
        assert Step.objects.filter(opportunity=row, slug="resume").exists() is there
    assert client.post(here + "steps/", {"step": "nonsense", "done": "yes"}).status_code == 404
    place = {
        "way": "mail",
        "label": "The committee",
        "address": "no address",
        "due_on": "",
        "due_time": "",
        "zone": "UTC",
    }
    refused = client.post(here + "destinations/", place)
    assert refused.status_code == 422
    assert "can’t be where the letter goes" in text_of(refused)
    client.post(here + "destinations/", {**place, "address": "committee@vale.example"})
    kept = Destination.objects.get()
    client.post(f"/destinations/{kept.key}/removal/")
    assert "committee@vale.example" not in text_of(client.get(here))
    client.post(f"/destinations/{kept.key}/restoral/")
    assert "committee@vale.example" in text_of(client.get(here))
    client.post(here + "phone-references/", {"contact": cast.ben.key, "named": "yes"})
    assert PhoneReference.objects.filter(contact=cast.ben).exists()
    plan = current_plan(cast.ada)
    assert plan is not None
    assert not plan.slots.filter(choices__contact=cast.ben).exists()
    client.post(here + "phone-references/", {"contact": cast.ben.key, "named": "no"})
    plan = current_plan(cast.ada)
    assert plan is not None
    assert plan.slots.filter(choices__contact=cast.ben).exists()


def test_edit_keeps_and_removal_can_be_undone(cast: Cast) -> None:
    row = make_opportunity(cast.ada)
    client, here = enter(cast.ada), f"/opportunities/{row.key}/"
    assert client.get(here + "edit/").status_code == 200
    client.post(here + "edit/", facts(title="Senior analyst"))
    row.refresh_from_db()
    assert row.title == "Senior analyst"
    client.post(here + "removal/")
    assert client.get(here).status_code == 404
    client.post(here + "restoral/")
    assert client.get(here).status_code == 200


def test_everyone_else_finds_nothing_there(cast: Cast) -> None:
    row = make_opportunity(cast.ada, "CANARY analyst")
    kept = Destination.objects.create(opportunity=row, way="mail", label="CANARY office")
    here = f"/opportunities/{row.key}/"
    gets = [here, here + "edit/"]
    posts = [
        here + "edit/", here + "removal/", here + "restoral/", here + "steps/", here + "destinations/",
        here + "phone-references/", f"/destinations/{kept.key}/removal/", f"/destinations/{kept.key}/restoral/",
    ]  # fmt: skip
    before = (Opportunity.objects.get(), Destination.objects.get(), Line.objects.count())
    eve, nobody = enter(cast.eve), Client()
    for path in gets:
        assert eve.get(path).status_code == 404
        assert nobody.get(path).status_code == 302
    for path in posts:
        body = {
            **facts(),
            "step": "resume",
            "done": "yes",
            "contact": cast.ben.key,
            "named": "yes",
            "way": "by_hand",
        }
        assert eve.post(path, body).status_code == 404
        assert nobody.post(path, body)["Location"].startswith("/accounts/login/")
    assert "CANARY" not in text_of(eve.get("/opportunities/"))
    assert eve.get(posts[1]).status_code == 405
    after = (Opportunity.objects.get(), Destination.objects.get(), Line.objects.count())
    assert [str(each) for each in before] == [str(each) for each in after]
    assert Destination.objects.get().removed_at is None


def test_list_says_safe_once_every_letter_needed_is_and_gives_no_figure_then(cast: Cast) -> None:
    today = timezone.localdate()
    job = make_opportunity(cast.ada, "Archivist", deadline_on=today + timedelta(days=50), need=2)
    mia = make_contact(cast.ada, "Mia Holt", tie="mentor", knows_work=4, warmth=4)
    requests = [make_purpose(writer, job, shown_on=None).request for writer in (cast.ben, mia)]
    redraw_plan(by=cast.ada, today=today, now=timezone.now())
    client = enter(cast.ada)

    def line() -> str:
        page = client.get("/opportunities/")
        rows = re.findall(r'<li class="row".*?</li>', text_of(page), re.S)
        (row,) = (row for row in rows if "Archivist" in row)
        return row

    close_request(request=requests[0], why="sealed", by="writer", now=timezone.now())
    assert "envelope-asked" in line()
    assert "in\N{NO-BREAK SPACE}100" in line()
    close_request(request=requests[1], why="sealed", by="writer", now=timezone.now())
    assert "envelope-sealed" in line()
    assert ">Safe<" in re.sub(r"\s+", "", line())


def test_list_tells_no_figure_that_has_not_proved_true(cast: Cast) -> None:
    today = timezone.localdate()
    make_opportunity(cast.ada, "Archivist", deadline_on=today + timedelta(days=50))
    plan = redraw_plan(by=cast.ada, today=today, now=timezone.now())
    client = enter(cast.ada)
    assert "in\N{NO-BREAK SPACE}100" in text_of(client.get("/opportunities/"))
    plan.trust = {"shown": False, "why": ""}
    plan.save()
    assert "in\N{NO-BREAK SPACE}100" not in text_of(client.get("/opportunities/"))


def test_list_takes_as_many_queries_for_fifty_as_for_one(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    client = enter(cast.ada)
    for count in (1, 49):
        for n in range(count):
            make_opportunity(cast.ada, f"Post {count} {n}")
        with django_assert_max_num_queries(5):  # type: ignore[operator]  # session, account, plan, letters, rows
            assert client.get("/opportunities/").status_code == 200
