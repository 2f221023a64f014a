"""A session counts until its day, and no longer."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from tests.cast import Cast


def test_session_past_its_day_or_taken_away_signs_nobody_in(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.ada)
    assert client.get("/desk/").status_code == 200
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get("/desk/").status_code == 302
    Session.objects.update(expire_date=timezone.now() + timedelta(days=1))
    assert client.get("/desk/").status_code == 200
    Session.objects.all().delete()
    assert client.get("/desk/").status_code == 302
