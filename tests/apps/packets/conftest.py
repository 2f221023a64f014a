from __future__ import annotations

from typing import Any

import pytest
from tests import factories
from tests.cast import Cast
from tests.sealing import make_sealed

from vouchsafe.letters.models import Seal
from vouchsafe.plans.models import Opportunity


@pytest.fixture
def commits(django_capture_on_commit_callbacks: Any) -> Any:
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def seal(cast: Cast, opportunity: Opportunity) -> Seal:
    return make_sealed(cast.ben, opportunity)


@pytest.fixture
def waived(cast: Cast, opportunity: Opportunity) -> Seal:
    dora = factories.make_contact(cast.ada, "Dora Lindqvist")
    return make_sealed(dora, opportunity, confidentiality="waived")
