from __future__ import annotations

from pathlib import Path

import pytest
from tests import factories
from tests.cast import Cast

DATA = Path(__file__).resolve().parents[1] / ".." / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real files of third parties; they stay outside the repository."""
    if not DATA.is_dir():
        pytest.skip("shared test data not present")
    return DATA.resolve()


@pytest.fixture
def cast(db: None) -> Cast:
    dana = factories.make_account("Dana Whitlock", role="office")
    ada = factories.make_account("Ada Marsh")
    eve = factories.make_account("Eve Tarn")
    return Cast(
        instance=factories.make_instance(dana),
        ada=ada,
        dana=dana,
        eve=eve,
        ben=factories.make_contact(ada, tie="direct_manager", knows_work=4, warmth=4),
        ben_to_eve=factories.make_contact(eve),
    )
