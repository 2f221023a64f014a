from __future__ import annotations

import pytest
from tests import factories
from tests.cast import Cast

from vouchsafe.plans.models import Opportunity


@pytest.fixture
def opportunity(cast: Cast) -> Opportunity:
    return factories.make_opportunity(cast.ada, deadline_on=None)
