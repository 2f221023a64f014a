from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests.cast import Cast
from tests.factories import make_contact

from vouchsafe.people.models import Contact


@pytest.fixture
def ada(client: Client, cast: Cast) -> Client:
    client.force_login(cast.ada)
    return client


def many(cast: Cast, count: int) -> list[Contact]:
    return [make_contact(cast.ada, f"Person {n:03}", email="") for n in range(count)]


@pytest.mark.parametrize("people", [1, 60])
def test_sorting_takes_the_same_few_queries_at_one_and_at_many(
    ada: Client, cast: Cast, people: int, django_assert_num_queries: Any
) -> None:
    many(cast, people)
    ada.get("/people/sort/")
    with django_assert_num_queries(4):  # session, account, how many, which
        page = ada.get("/people/sort/").content.decode()
    assert page.count('name="person"') == min(people, 40)


def test_forty_people_are_sorted_by_one_press(
    ada: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    people = many(cast, 40)
    said: dict[str, Any] = {"person": [one.key for one in people]}
    for n, one in enumerate(people[:30]):
        said |= {f"{one.key}-tie": "mentor", f"{one.key}-knows_work": str(n % 5), f"{one.key}-warmth": "3"}
    with django_assert_max_num_queries(12):
        answer = ada.post("/people/sort/", said)
    assert answer["Location"] == "/people/"
    assert Contact.objects.of(cast.ada).filter(warmth=3, tie="mentor").count() == 30
    assert Contact.objects.of(cast.ada).filter(knows_work__isnull=True).count() == 10
    assert "30 people sorted." in ada.get("/people/").content.decode()


def test_next_forty_come_after_those_left_unsaid(ada: Client, cast: Cast) -> None:
    people = many(cast, 50)
    answer = ada.post("/people/sort/", {"person": [one.key for one in people[:40]], "more": "yes"})
    page = ada.get(answer["Location"]).content.decode()
    assert "Person 039" not in page
    assert "Person 040" in page
    assert page.count('name="person"') == 10


def test_sorting_is_narrowed_by_a_word(ada: Client, cast: Cast) -> None:
    many(cast, 3)
    page = ada.get("/people/sort/?q=002").content.decode()
    assert page.count('name="person"') == 1


def test_eve_sorts_nobody_of_adas(client: Client, cast: Cast) -> None:
    mo = make_contact(cast.ada, "Mo Lund")
    client.force_login(cast.eve)
    assert "Mo Lund" not in client.get("/people/sort/").content.decode()
    assert "Mo Lund" not in client.get(f"/people/sort/?after={cast.ben.key}").content.decode()
    client.post("/people/sort/", {"person": mo.key, f"{mo.key}-knows_work": "0"})
    mo.refresh_from_db()
    assert mo.knows_work is None


def test_a_grade_that_does_not_exist_changes_nobody(ada: Client, cast: Cast) -> None:
    one, two = many(cast, 2)
    said = {"person": [one.key, two.key], f"{one.key}-knows_work": "3", f"{two.key}-knows_work": "9"}
    assert ada.post("/people/sort/", said).status_code == 400
    assert (
        not Contact.objects.of(cast.ada).filter(name__startswith="Person", knows_work__isnull=False).exists()
    )
