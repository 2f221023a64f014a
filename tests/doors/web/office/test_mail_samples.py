"""What mails say: a page for every kind, for whoever keeps the instance, and nothing is sent by looking."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.cast import Cast

from vouchsafe.adapters.post.kinds.samples import samples
from vouchsafe.desk.mail_samples import LOOKS, TO_THE_HOUSE, mail_samples
from vouchsafe.doors.worker.carrying import KINDS
from vouchsafe.ledger.models import Outgoing
from vouchsafe.people.models import Account, Instance


def as_(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def test_every_kind_that_the_worker_sends_and_no_other_has_a_page_with_both_bodies(cast: Cast) -> None:
    dana = as_(cast.dana)
    listed = dana.get("/office/mails/").content.decode()
    for sample in mail_samples():
        page = dana.get(f"/office/mails/{sample.slug}/")
        assert page.status_code == 200
        assert f'href="/office/mails/{sample.slug}/"' in listed
    kinds = {mail.kind.replace("-", "_") for mail in samples()}
    assert kinds == {*KINDS, "trial"}  # a trial is sent by the doctor alone
    assert {mail.kind for mail in samples()} >= TO_THE_HOUSE
    assert not Outgoing.objects.exists()


def test_samples_are_signed_by_who_keeps_this_instance(cast: Cast) -> None:
    Instance.objects.update(name="Harbour Guild")
    text = as_(cast.dana).get("/office/mails/ask/").content.decode()
    assert "kept by Harbour Guild" in text
    assert "Sent for Maya Okafor by Vouchsafe, kept by Kestrel" not in text


@pytest.mark.parametrize("look", LOOKS)
def test_looks_are_the_mail_itself_and_nothing_in_it_can_act(cast: Cast, look: str) -> None:
    answer = as_(cast.dana).get(f"/office/mails/ask/{look}")
    body = answer.content.decode()
    assert answer["Content-Security-Policy"].startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert ("prefers-color-scheme:dark" in body) is ("dark" not in look)
    assert ("max-width:390px" in body) is ("phone" in look)
    assert not re.search(r"<script|<img|<link|url\(", body)


def test_unknown_kind_or_look_is_not_there(cast: Cast) -> None:
    dana = as_(cast.dana)
    assert dana.get("/office/mails/nothing/").status_code == 404
    assert dana.get("/office/mails/ask/upside-down").status_code == 404


def test_samples_are_for_who_keeps_the_instance(cast: Cast) -> None:
    for path in ("/office/mails/", "/office/mails/ask/", "/office/mails/ask/wide"):
        assert Client().get(path)["Location"].startswith("/accounts/login/")
        assert as_(cast.eve).get(path).status_code == 404
