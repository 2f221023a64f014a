"""The verify page says by whose clock a letter was sealed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from tests import factories
from tests.cast import Cast
from tests.house.world import ask, browser_of_writer, write
from tests.sealing import make_sealed

from vouchsafe.adapters.pdf import seals
from vouchsafe.letters import preparing
from vouchsafe.letters.models import Seal

STAMPED = datetime(2026, 10, 27, 12, 0, 4, tzinfo=UTC)


def test_seal_without_a_time_server_says_whose_clock_it_was(cast: Cast) -> None:
    seal = make_sealed(cast.ben, factories.make_opportunity(cast.ada, deadline_on=None))
    page = Client().get(f"/verify/{seal.number}").content.decode()
    assert "no outside time server vouches for it" in page


def test_seal_with_a_time_server_names_the_moment_of_its_stamp(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.TIME_SERVER = "https://time.example/"

    def stamped(*pdf: Any, **named: Any) -> seals.SignedPdf:
        assert named["time_server"] == "https://time.example/"
        return replace(seals.seal_pdf_in_time(*pdf, **{**named, "time_server": ""}), time_stamped_at=STAMPED)

    monkeypatch.setattr(preparing, "seal_pdf_in_time", stamped)
    seal = make_sealed(cast.ben, factories.make_opportunity(cast.ada, deadline_on=None))
    assert seal.time_stamped_at == STAMPED
    page = Client().get(f"/verify/{seal.number}").content.decode()
    assert "An outside time server vouches for it" in page
    assert "12:00" in page


def test_writer_is_told_that_the_time_server_did_not_answer(cast: Cast, settings: Any) -> None:
    settings.TIME_SERVER = "http://127.0.0.1:9/"
    seals._silent_until.clear()
    purpose = ask(cast, cast.ben, "waived")
    ben = browser_of_writer(purpose)
    write(ben, purpose, "I trust Ada.")
    sealed = ben.post(
        f"/requests/{purpose.request.key}/seal", {"writer_name": "Ben Okafor", "sure": "on"}, follow=True
    )
    seals._silent_until.clear()
    assert "The outside time server did not answer" in sealed.content.decode()
    assert Seal.objects.get().time_stamped_at is None
