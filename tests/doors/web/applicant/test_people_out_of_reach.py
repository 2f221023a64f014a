"""Someone who can't be reached any more: said once, and heeded by worth, plan and phone references."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import Cast
from tests.factories import make_contact, make_opportunity

from vouchsafe.asks.actions.redraw_plan import redraw_plan
from vouchsafe.people.models import Contact
from vouchsafe.plans.models import Choice, PhoneReference


@pytest.fixture
def ada(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.ada)
    return client


def page_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return str(response.content.decode())


def test_saying_so_on_the_opportunity_makes_a_letter_worth_it_and_is_undone(cast: Cast, ada: Client) -> None:
    lost = make_contact(cast.ada, "Mina Holt", tie="direct_manager", knows_work=4)
    job = make_opportunity(cast.ada, letters="unknown", text="We look for an analyst.", title="Analyst")
    here = f"/opportunities/{job.key}/"
    assert "Not here: give phone references instead." in page_of(ada, here)
    assert ada.post(f"{here}unreachable/", {"contact": lost.key})["Location"] == here
    page = page_of(ada, here)
    assert "Worth it, though they do not ask for one." in page
    assert "Mina Holt can no longer be called, and a letter can speak instead." in page
    ada.post(f"/people/{lost.key}/reach/", {"unreachable": "no", "opportunity": job.key})
    assert "Not here: give phone references instead." in page_of(ada, here)


def test_where_letters_are_not_taken_someone_else_is_named(cast: Cast, ada: Client) -> None:
    make_contact(cast.ada, "Mina Holt", tie="direct_manager", unreachable=True)
    job = make_opportunity(cast.ada, letters="not_taken")
    page = page_of(ada, f"/opportunities/{job.key}/")
    assert "Mina Holt cannot be called: name someone else who saw the same work." in page


def test_a_friend_out_of_reach_is_no_reason_for_a_letter(cast: Cast, ada: Client) -> None:
    make_contact(cast.ada, "Mina Holt", tie="friend", unreachable=True)
    job = make_opportunity(cast.ada, letters="unknown", title="Analyst")
    page = page_of(ada, f"/opportunities/{job.key}/")
    assert "Mina Holt can no longer be called" not in page
    assert "An employer would hardly have called them, so it speaks for no letter." in page
    Contact.objects.filter(name="Mina Holt").update(knows_work=3)
    assert "Mina Holt can no longer be called" in page_of(ada, f"/opportunities/{job.key}/")


def test_plan_asks_nobody_out_of_reach_and_the_page_offers_them_for_nothing(cast: Cast, ada: Client) -> None:
    job = make_opportunity(cast.ada, deadline_on=timezone.localdate() + timedelta(days=40))
    other = make_contact(cast.ada, "Mina Holt", tie="mentor", knows_work=3, warmth=3)
    redraw_plan(by=cast.ada, today=timezone.localdate(), now=timezone.now())
    assert Choice.objects.filter(contact=cast.ben).exists()
    ada.post(f"/people/{cast.ben.key}/reach/", {"unreachable": "yes"})
    current = Choice.objects.filter(slot__plan__replaced_at__isnull=True)
    assert {choice.contact for choice in current} == {other}
    person = page_of(ada, f"/people/{cast.ben.key}/")
    assert "Can be reached again" in person
    assert "Prepare the ask" not in person
    assert cast.ben.key not in page_of(ada, f"/plan/?for={job.key}").split("<main")[1]
    assert f"{cast.ben.name} can’t be reached any more." in page_of(ada, "/people/")


def test_nobody_out_of_reach_is_proposed_or_taken_as_phone_reference(cast: Cast, ada: Client) -> None:
    job = make_opportunity(cast.ada)
    here = f"/opportunities/{job.key}/"
    ada.post(f"{here}phone-references/", {"contact": cast.ben.key, "named": "yes"})
    ada.post(f"/people/{cast.ben.key}/reach/", {"unreachable": "yes"})
    assert "Can’t be reached any more: name someone else" in page_of(ada, here)
    ada.post(f"{here}phone-references/", {"contact": cast.ben.key, "named": "no"})
    calls = page_of(ada, here).split("Who takes the calls")[1]
    assert cast.ben.key not in calls
    refused = ada.post(f"{here}phone-references/", {"contact": cast.ben.key, "named": "yes"})
    assert refused.status_code == 409
    assert "can’t be reached any more, so can’t take calls" in refused.content.decode()
    assert not PhoneReference.objects.exists()


def test_form_and_quick_table_keep_it(cast: Cast, ada: Client) -> None:
    ada.post(f"/people/{cast.ben.key}/edit/", {"name": cast.ben.name, "unreachable": "on"})
    cast.ben.refresh_from_db()
    assert cast.ben.unreachable
    assert 'name="unreachable" checked' in page_of(ada, f"/people/{cast.ben.key}/edit/").replace(
        ' id="id_unreachable"', ""
    ).replace(' value="on"', "")
    other = make_contact(cast.ada, "Mina Holt")
    assert f'name="{other.key}-unreachable"' in page_of(ada, "/people/sort/")
    ada.post("/people/sort/", {"person": [other.key], f"{other.key}-unreachable": "yes"})
    other.refresh_from_db()
    assert other.unreachable
    assert other.key not in page_of(ada, "/people/sort/")


def test_eve_and_strangers_say_nothing_about_adas_people(cast: Cast) -> None:
    job = make_opportunity(cast.ada)
    eve = Client()
    eve.force_login(cast.eve)
    for path, body in (
        (f"/people/{cast.ben.key}/reach/", {"unreachable": "yes"}),
        (f"/opportunities/{job.key}/unreachable/", {"contact": cast.ben.key}),
        (f"/opportunities/{job.key}/unreachable/", {"contact": cast.ben_to_eve.key}),
        (f"/people/{cast.ben_to_eve.key}/reach/", {"unreachable": "yes", "opportunity": job.key}),
    ):
        assert eve.post(path, body).status_code == 404
        assert Client().post(path, body)["Location"].startswith("/accounts/login/")
    assert not Contact.objects.filter(owner=cast.ada, unreachable=True).exists()
