from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.cast import Cast
from tests.factories import make_opportunity, make_purpose
from tests.mailroom import DOMAIN, SERVER, Mailroom

from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.models import Purpose
from vouchsafe.ledger.models import Outgoing


@pytest.fixture(autouse=True)
def mail_comes_in(settings: Any) -> None:
    settings.MAIL_IN_DOMAIN = DOMAIN
    settings.MAIL_TRUSTED_SERVERS = [SERVER]
    settings.BASE_URL = settings.PUBLIC_URL = "https://letters.vouchsafe.test"


@pytest.fixture
def ask_ben(cast: Cast) -> Callable[..., Mailroom]:
    def ask(**facts: object) -> Mailroom:
        purpose = make_purpose(cast.ben, make_opportunity(cast.ada), **facts)
        now = timezone.now()
        Purpose.objects.filter(pk=purpose.pk).update(shown_on=now.date() + timedelta(days=28))
        row = send_ask(by=cast.ada, purpose=purpose, now=now, undo=timedelta(0), ask_anyway=True)
        Outgoing.objects.filter(pk=row.pk).update(state="sent", ended_at=now)
        row.refresh_from_db()
        return Mailroom(purpose, row)

    return ask


@pytest.fixture
def room(ask_ben: Callable[..., Mailroom]) -> Mailroom:
    return ask_ben()
