from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import Cast
from tests.factories import NOW, TODAY, make_contact, make_opportunity, make_purpose, proven
from tests.pages import words_of

from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.asks.models import Ask
from vouchsafe.people.models import Contact
from vouchsafe.plans.models import Wish

CANARY = "canary-7f3a"
SOON = timezone.localdate() + timedelta(days=40)


@pytest.fixture
def ada(client: Client, cast: Cast) -> Client:
    client.force_login(cast.ada)
    return client


def every_route(contact: Contact) -> list[tuple[str, str]]:
    base = f"/people/{contact.key}/"
    return [
        ("get", base),
        ("get", f"{base}edit/"),
        ("post", f"{base}edit/"),
        ("post", f"{base}remove/"),
        ("post", f"{base}restore/"),
        ("post", f"{base}choose/"),
    ]


def test_eve_finds_nothing_of_adas(client: Client, cast: Cast) -> None:
    Contact.objects.filter(pk=cast.ben.pk).update(notes=CANARY, organisation=CANARY)
    client.force_login(cast.ada)
    assert CANARY in client.get(f"/people/{cast.ben.key}/").content.decode()
    assert CANARY in client.get("/people/").content.decode()
    client.force_login(cast.eve)
    before = Contact.objects.filter(pk=cast.ben.pk).values().get()
    for method, address in every_route(cast.ben):
        response = getattr(client, method)(address, {"name": "Taken over"})
        assert response.status_code == 404, address
        assert CANARY not in response.content.decode()
    assert CANARY not in client.get("/people/").content.decode()
    assert CANARY not in client.get(f"/people/?q={CANARY}").content.decode().replace(f'value="{CANARY}"', "")
    assert Contact.objects.filter(pk=cast.ben.pk).values().get() == before


def test_signed_out_is_led_to_sign_in(client: Client, cast: Cast) -> None:
    routes = [*every_route(cast.ben), ("get", "/people/"), ("get", "/people/new/"), ("get", "/people/sort/")]
    for method, address in routes:
        response = getattr(client, method)(address)
        assert response.status_code == 302, address
        assert "/people/" not in response["Location"].partition("?")[0]


@pytest.mark.parametrize("people", [1, 60])
def test_list_takes_the_same_few_queries_at_one_and_at_many(
    ada: Client, cast: Cast, people: int, django_assert_num_queries: Any
) -> None:
    make_opportunity(cast.ada, deadline_on=SOON)
    for n in range(people - 1):
        make_contact(cast.ada, f"Person {n:02}", email=f"p{n}@many.example", knows_work=n % 5, warmth=3)
    ada.get("/people/")  # whose instance this is, is read once a process
    with django_assert_num_queries(8):  # session, account, and six of the list's own
        response = ada.get("/people/")
    assert response.content.decode().count('class="row"') == min(people, 50)


def test_list_is_sorted_by_advice_and_says_why(ada: Client, cast: Cast) -> None:
    make_opportunity(cast.ada, deadline_on=SOON)
    make_contact(cast.ada, "Sir Vale", email="", knows_work=0, warmth=1, seniority=4, tie="weak")
    make_contact(cast.ada, "Ann Early")
    make_contact(cast.ada, "Mo Lund", knows_work=3, warmth=2, tie="mentor", last_worked_on=TODAY)
    said = words_of(ada.get("/people/"))
    places = [said.index(name) for name in ("Ben Okafor", "Mo Lund", "Sir Vale", "Ann Early")]
    assert places == sorted(places)
    assert "2 people could tell a story about your work." in said
    assert "Sir Vale has a senior name but little knowledge of your work" in said
    assert "Mo Lund could tell a story about something you did." in said


def test_phone_reference_is_kept_for_calls(ada: Client, cast: Cast) -> None:
    make_opportunity(cast.ada, deadline_on=SOON)
    Contact.objects.filter(pk=cast.ben.pk).update(phone_reference=True)
    said = words_of(ada.get("/people/"))
    assert "Also a reference: keep for calls" in said
    assert "Ben Okafor takes the reference calls, so another should write." in said


def test_list_finds_by_word_in_name_place_and_address(ada: Client, cast: Cast) -> None:
    make_contact(cast.ada, "Mina Holt", email="mina@vale.example", organisation="Holt & Co")
    for word, found in (("mina", True), ("holt co", True), ("VALE", True), ("okafor", False)):
        assert ("Mina Holt" in words_of(ada.get("/people/", {"q": word}))) is found, word
    nothing = ada.get("/people/", {"q": "nobody at all"})
    assert "Nobody fits that." in words_of(nothing)


def test_people_without_address_and_with_unknown_facts_are_listed_to_complete(
    ada: Client, cast: Cast
) -> None:
    bare = make_contact(cast.ada, "Jo Vale", email="")
    page = ada.get("/people/").content.decode().partition("<aside")[2]
    assert page.count(f'href="/people/{bare.key}/edit/"') == 2
    only = words_of(ada.get("/people/?missing=address"))
    assert "Jo Vale" in only
    assert "Ben Okafor" not in only


def test_first_visit_asks_who_and_leads_to_import(client: Client, cast: Cast) -> None:
    client.force_login(cast.dana)
    page = client.get("/people/")
    assert "Who has watched you do something hard?" in words_of(page)
    assert 'action="/people/import/"' in page.content.decode()
    answer = client.post("/people/import/", {"text": "Mina Holt <mina@holt.example>\nJo Vale"})
    review = client.get(answer["Location"])
    assert "2 people here are new to your list." in words_of(review)


def whole_form(**facts: str) -> dict[str, str]:
    return {
        "name": "Dr Amara Nwosu",
        "addresses": "amara@uni.example\na.nwosu@home.example",
        "tie": "adviser",
        "knows_work": "4",
        "warmth": "3",
        "last_worked_on_month": "5",
        "last_worked_on_year": "2024",
        "qualities": "Reliability, clear writing",
        "meets_regularly": "on",
        "phone_reference": "on",
        "seniority": "3",
        "budget_hours": "4.5",
        "country": "GB",
        "time_zone": "Europe/London",
        "salutation": "Dear Dr Nwosu",
        "organisation": "University of Aldermouth",
        "title": "Senior lecturer",
        "how_you_know": "She marked my dissertation.",
        "profile": "https://uni.example/nwosu",
        "notes": "Room 2.14",
        **facts,
    }


def test_everything_said_is_kept_and_shown_again(ada: Client, cast: Cast) -> None:
    assert ada.post("/people/new/", whole_form()).status_code == 302
    kept = Contact.objects.of(cast.ada).get(name="Dr Amara Nwosu")
    assert [row.address for row in kept.addresses.all()] == ["amara@uni.example", "a.nwosu@home.example"]
    assert (kept.tie, kept.knows_work, kept.warmth, kept.seniority) == ("adviser", 4, 3, 3)
    assert kept.last_worked_on == date(2024, 5, 1)
    assert kept.qualities == ["clear writing", "reliability"]
    assert (kept.meets_regularly, kept.phone_reference, float(kept.budget_hours)) == (True, True, 4.5)
    assert (kept.country, kept.time_zone) == ("GB", "Europe/London")
    said = words_of(ada.get(f"/people/{kept.key}/"))
    for words in (
        "They advised me", "Knows it in depth", "May 2024", "clear writing", "Room 2.14",
        "You added Dr Amara Nwosu.",
    ):  # fmt: skip
        assert words in said, words
    assert "a.nwosu@home.example" in ada.get(f"/people/{kept.key}/").content.decode()
    form = ada.get(f"/people/{kept.key}/edit/").content.decode()
    assert ada.post(f"/people/{kept.key}/edit/", whole_form()).status_code == 302
    again = Contact.objects.get(pk=kept.pk)
    assert Contact.objects.filter(pk=kept.pk).values().get() == {
        **{field.attname: getattr(kept, field.attname) for field in Contact._meta.concrete_fields}
    }
    assert again.addresses.count() == 2
    assert 'value="2024"' in form


def test_only_a_name_is_needed(ada: Client, cast: Cast) -> None:
    assert ada.post("/people/new/", {"name": "Jo Vale"}).status_code == 302
    kept = Contact.objects.of(cast.ada).get(name="Jo Vale")
    assert (kept.tie, kept.knows_work, kept.warmth, kept.last_worked_on) == ("", None, None, None)
    assert float(kept.budget_hours) == 6


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"name": ""}, "Enter their name."),
        ({"addresses": "no address"}, "“no address” is not a mail address."),
        ({"addresses": "ada@example.org"}, "ada@example.org is your own address."),
        ({"last_worked_on_month": "13"}, "Enter the month and the year as numbers, like 5 and 2024."),
        ({"last_worked_on_month": "", "last_worked_on_year": "2024"}, "Enter the month and the year"),
        ({"last_worked_on_year": "2999"}, "This must be a month that has come already."),
        ({"time_zone": "London"}, "Enter a zone like Europe/London"),
        ({"knows_work": "5"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_lost(
    ada: Client, cast: Cast, facts: dict[str, str], said: str
) -> None:
    response = ada.post("/people/new/", whole_form(**facts))
    assert response.status_code == 422
    page = words_of(response)
    assert said in page
    assert "There is a problem" in page
    assert "She marked my dissertation." in page
    assert not Contact.objects.of(cast.ada).filter(title="Senior lecturer").exists()


def test_same_person_twice_is_noticed_with_a_way_to_them(ada: Client, cast: Cast) -> None:
    twice = whole_form(name="B. Okafor", addresses="ben@writers.example")
    response = ada.post("/people/new/", twice)
    assert response.status_code == 422
    assert "You have Ben Okafor already." in words_of(response)
    assert f'href="/people/{cast.ben.key}/"' in response.content.decode()
    assert Contact.objects.of(cast.ada).count() == 1
    assert ada.post("/people/new/", {**twice, "someone_else": "yes"}).status_code == 302
    assert Contact.objects.of(cast.ada).count() == 2


def test_changing_a_person_keeps_the_parts_of_their_name_until_it_changes(ada: Client, cast: Cast) -> None:
    Contact.objects.filter(pk=cast.ben.pk).update(given="Ben", family="Okafor")
    ada.post(f"/people/{cast.ben.key}/edit/", whole_form(name="Ben Okafor", addresses="ben@writers.example"))
    cast.ben.refresh_from_db()
    assert (cast.ben.given, cast.ben.family, cast.ben.title) == ("Ben", "Okafor", "Senior lecturer")


def test_removing_offers_undo_and_undo_brings_back(ada: Client, cast: Cast) -> None:
    response = ada.post(f"/people/{cast.ben.key}/remove/", follow=True)
    page = response.content.decode()
    assert "Ben Okafor is off your list." in page
    assert f'action="/people/{cast.ben.key}/restore/"' in page
    assert ada.get(f"/people/{cast.ben.key}/").status_code == 404
    assert (
        "Ben Okafor is back on your list."
        in ada.post(f"/people/{cast.ben.key}/restore/", follow=True).content.decode()
    )


def test_acts_are_not_done_by_looking(ada: Client, cast: Cast) -> None:
    for act in ("remove", "restore", "choose"):
        assert ada.get(f"/people/{cast.ben.key}/{act}/").status_code == 405


@pytest.mark.parametrize("times", [1, 8])
def test_person_tells_what_has_happened_in_the_same_queries_however_much(
    ada: Client, cast: Cast, times: int, django_assert_num_queries: Any
) -> None:
    for n in range(times):
        opportunity = make_opportunity(cast.ada, f"Post {n}", deadline_on=SOON)
        Ask.objects.create(
            contact=cast.ben,
            opportunity=opportunity,
            channel="in_person",
            said="maybe",
            asked_on=TODAY,
            note="After the seminar",
            recorded_at=NOW + timedelta(minutes=n),
        )
        purpose = make_purpose(cast.ben, opportunity)
    record_answer(visit=proven(purpose), said="yes", words="With pleasure.", today=TODAY, now=NOW)
    ada.get("/people/")
    with django_assert_num_queries(15):
        page = ada.get(f"/people/{cast.ben.key}/")
    said = words_of(page)
    assert "You asked Ben Okafor in person for Post 0. They said maybe." in said
    assert "“After the seminar”" in said
    assert "Ben Okafor said yes." in said
    assert "“With pleasure.”" in said
    assert "Said yes" in said


def test_choosing_pins_the_person_and_undo_leaves_it_to_the_plan(ada: Client, cast: Cast) -> None:
    opportunity = make_opportunity(cast.ada, deadline_on=SOON)
    mo = make_contact(cast.ada, "Mo Lund", knows_work=2, warmth=2)
    address = f"/people/{mo.key}/choose/"
    page = ada.post(address, {"opportunity": opportunity.key, "wish": "pin"}, follow=True)
    assert "You chose Mo Lund for Programme analyst." in page.content.decode()
    assert "Chosen to write" in words_of(page)
    assert Wish.objects.get().kind == "pin"
    ada.post(address, {"opportunity": opportunity.key, "wish": ""})
    assert not Wish.objects.exists()


def test_nobody_is_chosen_for_somebody_elses_opportunity(ada: Client, cast: Cast) -> None:
    theirs = make_opportunity(cast.eve)
    answer = ada.post(f"/people/{cast.ben.key}/choose/", {"opportunity": theirs.key, "wish": "pin"})
    assert answer.status_code == 404
    assert not Wish.objects.exists()


def test_names_are_shown_as_text_not_as_markup(ada: Client, cast: Cast) -> None:
    make_contact(cast.ada, "<script>alert(1)</script>", email="", knows_work=3)
    assert "<script>alert" not in ada.get("/people/").content.decode()


@pytest.mark.parametrize(
    ("facts", "foremost"),
    [({}, "/asks/new/"), ({"meets_regularly": True}, "/brief/")],
)
def test_person_leads_to_asking_and_in_person_first_where_they_meet(
    ada: Client, cast: Cast, facts: dict[str, bool], foremost: str
) -> None:
    make_opportunity(cast.ada, deadline_on=SOON)
    Contact.objects.filter(pk=cast.ben.pk).update(**facts)
    page = ada.get(f"/people/{cast.ben.key}/").content.decode()
    primary = re.findall(r'data-kind="primary" href="([^"]+)"', page)
    assert len(primary) == 1
    assert primary[0].startswith(foremost)
    assert ada.get(primary[0].replace("&amp;", "&")).status_code == 200


def test_person_who_was_asked_leads_to_the_request(ada: Client, cast: Cast) -> None:
    purpose = make_purpose(cast.ben, make_opportunity(cast.ada, deadline_on=SOON))
    page = ada.get(f"/people/{cast.ben.key}/").content.decode()
    assert f'data-kind="primary" href="/asks/{purpose.request.key}/"' in page


def test_half_a_date_comes_back_to_be_mended(ada: Client, cast: Cast) -> None:
    page = ada.post("/people/new/", whole_form(last_worked_on_month="")).content.decode()
    assert 'name="last_worked_on_year" value="2024"' in page
