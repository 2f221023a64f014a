"""A ring for other rooms' tests: the real one in a temporary folder, its slow RSA key made once."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from vouchsafe.adapters.keys.certificates import make_identity
from vouchsafe.adapters.keys.ring import Keys, open_keys

MADE_AT = datetime(2026, 1, 5, tzinfo=UTC)


@cache
def _identity() -> bytes:
    return make_identity("Test instance", MADE_AT)


def open_fake_keys(folder: Path) -> Keys:
    """A real, complete ring in `folder`; only the RSA identity is shared between the tests of a run."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    identity = folder / "pades-0001.key"
    if not identity.exists():
        identity.write_bytes(_identity())
        identity.chmod(0o600)
    return open_keys(folder, name="Test instance", now=MADE_AT)
