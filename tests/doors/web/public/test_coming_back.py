"""Whoever comes back with a session: known again, also from before, and nobody who was turned off."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.cast import Cast

from vouchsafe.doors.web.public.coming_back import ComingBack
from vouchsafe.people.models import Account

OURS, OLDER = settings.AUTHENTICATION_BACKENDS


def test_account_is_the_row_itself_by_one_query(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ComingBack().get_user(cast.eve.pk)
    with django_assert_num_queries(1):
        found = ComingBack().get_user(cast.ada.pk)
    assert found is not None
    fresh = Account.objects.get(pk=cast.ada.pk)
    assert {k: v for k, v in vars(found).items() if k != "_state"} == {
        k: v for k, v in vars(fresh).items() if k != "_state"
    }
    found.name = "Ada the Second"
    found.save()
    assert Account.objects.get(pk=cast.ada.pk).name == "Ada the Second"


@pytest.mark.parametrize("backend", [OURS, OLDER])
def test_session_is_known_again_whoever_began_it(cast: Cast, backend: str) -> None:
    client = Client()
    client.force_login(cast.ada, backend=backend)
    assert client.get("/account/").status_code == 200
    cast.ada.is_active = False
    cast.ada.save()
    assert client.get("/account/").status_code == 302


def test_nobody_is_found_by_a_number_that_is_nobodys(cast: Cast) -> None:
    assert ComingBack().get_user(0) is None


def test_wrong_password_is_tried_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []
    asked = AuthenticationBackend.authenticate

    def counted(self: Any, request: HttpRequest | None, **credentials: Any) -> Any:
        tried.append(type(self).__name__)
        return asked(self, request, **credentials)

    monkeypatch.setattr(AuthenticationBackend, "authenticate", counted)
    cast.ada.set_password("right and long enough")
    cast.ada.save()
    for password, found in (("wrong", None), ("right and long enough", cast.ada)):
        assert authenticate(HttpRequest(), email=cast.ada.email, password=password) == found
    assert tried == ["ComingBack", "ComingBack"]
