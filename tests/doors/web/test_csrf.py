from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests.cast import Cast
from tests.factories import NOW, make_opportunity, make_purpose

from vouchsafe.asks.actions.make_link import make_link, token_of
from vouchsafe.asks.models import Answer, Link


@pytest.fixture
def address(cast: Cast) -> str:
    purpose = make_purpose(cast.ben, make_opportunity(cast.ada))
    link = make_link(request=purpose.request, kind=Link.Kind.MAILED, mailbox="ben@writers.example", now=NOW)
    return f"/r/{token_of(link)}"


def post(address: str, *, token: bool = True, **headers: Any) -> int:
    client = Client(enforce_csrf_checks=True)
    page = client.get(address).content.decode()
    value = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    return client.post(
        address, {"act": "no", **({"csrfmiddlewaretoken": value} if token else {})}, **headers
    ).status_code


def test_form_of_a_page_without_referrer_is_taken(address: str) -> None:
    assert post(address, HTTP_ORIGIN="null", HTTP_SEC_FETCH_SITE="same-origin") == 302


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_form_from_elsewhere_is_refused_though_it_had_the_token(address: str, site: str) -> None:
    assert post(address, HTTP_ORIGIN="null", HTTP_SEC_FETCH_SITE=site) == 403
    assert not Answer.objects.exists()


def test_form_of_a_named_other_site_is_refused(address: str) -> None:
    assert post(address, HTTP_ORIGIN="https://evil.example") == 403


def test_form_without_its_token_is_refused(address: str) -> None:
    assert post(address, token=False, HTTP_ORIGIN="null", HTTP_SEC_FETCH_SITE="same-origin") == 403
