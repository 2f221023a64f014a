"""Numbers for a monitor: to whom, which, and nothing about anybody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, RequestFactory, override_settings
from django.utils import timezone
from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import DjangoAssertNumQueries
from tests.cast import Cast

from vouchsafe.desk.measures import measures
from vouchsafe.doors.web.public.views.health import _may_ask
from vouchsafe.doors.web.ui.durations import Durations
from vouchsafe.ledger import journal, outbox

TOKEN = "a-token-of-twenty-characters"


def ask(**headers: Any) -> int:
    return Client().get("/metrics", **headers).status_code


def test_metrics_are_not_there_unless_they_are_asked_for(db: None) -> None:
    assert ask() == 404
    with override_settings(METRICS=True):
        assert ask() == 200


@override_settings(METRICS=True)
def test_without_a_token_this_machine_alone_may_ask_and_nobody_behind_a_proxy() -> None:
    here = RequestFactory()
    assert _may_ask(here.get("/metrics"))
    assert _may_ask(here.get("/metrics", REMOTE_ADDR="::1"))
    others: list[dict[str, Any]] = [
        {"REMOTE_ADDR": "10.0.0.7"}, {"REMOTE_ADDR": ""}, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
    ]  # fmt: skip
    for meta in others:
        assert not _may_ask(here.get("/metrics", **meta))
    with override_settings(BEHIND_PROXY=True):
        assert not _may_ask(here.get("/metrics"))


@override_settings(METRICS=True, METRICS_TOKEN=TOKEN)
def test_with_a_token_only_who_brings_it_may_ask(db: None) -> None:
    assert ask() == 404
    assert ask(HTTP_AUTHORIZATION=f"Bearer {TOKEN}x") == 404
    assert ask(HTTP_AUTHORIZATION=f"Bearer {TOKEN}é") == 404
    assert ask(HTTP_AUTHORIZATION=f"Bearer {TOKEN}", REMOTE_ADDR="10.0.0.7") == 200


@override_settings(METRICS=True)
def test_metrics_count_what_waits_and_name_nobody(cast: Cast) -> None:
    now = timezone.now()
    parcel = outbox.Parcel(kind="thanks", to_address="ben@firm.example", to_name="Ben Okafor")
    once = outbox.Delivery.AT_MOST_ONCE
    for n in range(3):
        outbox.queue(parcel, delivery=once, chain="c", about="a", once=str(n), now=now - timedelta(minutes=n))
    journal.anchor(now)
    text = Client().get("/metrics").content.decode()
    found = {
        (sample.name, sample.labels.get("state", "")): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    assert found["vouchsafe_outbox_mails", "waiting"] == 3
    assert found["vouchsafe_outbox_mails", "unknown"] == 0
    assert 120 <= found["vouchsafe_outbox_oldest_due_seconds", ""] < 1000
    assert found["vouchsafe_reminders_due", ""] == 0
    assert found["vouchsafe_worker_anchor_timestamp_seconds", ""] == pytest.approx(now.timestamp())
    for name in ("Ben", "Ada", "example", cast.ada.key, cast.ben.key):
        assert name not in text


def test_measures_take_nine_queries_whatever_there_is(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(9):
        measures(timezone.now())


def test_durations_are_kept_by_kind_of_page_and_never_by_address(db: None) -> None:
    token = "t" * 43
    client = Client()
    client.handler.load_middleware()
    client.handler._middleware_chain = Durations(client.handler._middleware_chain)  # type: ignore[attr-defined]  # private to Django
    client.get(f"/r/{token}")
    client.get("/healthz")
    client.get(f"/nowhere/{token}")
    labels = [
        sample.labels
        for family in REGISTRY.collect()
        for sample in family.samples
        if "duration" in family.name
    ]
    assert {"method": "GET", "page": "health", "status": "2xx"} in [
        {name: value for name, value in each.items() if name != "le"} for each in labels
    ]
    assert {each["page"] for each in labels} >= {"health", "none"}
    assert token not in str(labels)
