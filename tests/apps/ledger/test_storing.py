"""Where encrypted files lie is a setting; erasing and wrapping anew are one at a time over all processes."""

from __future__ import annotations

import threading
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from tests.object_store import object_store

from vouchsafe.adapters.vault import FolderStorage, Role, Viewer
from vouchsafe.ledger import custody


@pytest.fixture
def fresh_custody() -> Any:
    custody._vault.cache_clear()
    yield custody
    custody._vault.cache_clear()


def test_files_lie_in_the_data_folder_unless_a_bucket_is_named(
    fresh_custody: Any, settings: Any, tmp_path: Path
) -> None:
    assert isinstance(custody.storage(), FolderStorage)
    with object_store(tmp_path) as bucket:
        settings.VAULT_BUCKET = {
            "name": bucket.name, "prefix": "ours", "endpoint": bucket.endpoint, "region": "us-east-1",
            "key_id": bucket.key_id, "secret": bucket.secret,
        }  # fmt: skip
        kept = custody.vault().put(b"a letter").file_id
        assert (tmp_path / f"letters/ours/files/{kept[:2]}/{kept}").is_file()
        assert custody.vault().open(kept, Viewer(Role.HOUSE, purpose="test")) == b"a letter"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("inside", [False, True], ids=["alone", "inside a transaction"])
def test_alone_lets_one_in_at_a_time_and_the_next_after_a_fault(inside: bool) -> None:
    came_in = threading.Event()

    def other() -> None:
        with custody.alone():
            came_in.set()
        connection.close()

    waiting = threading.Thread(target=other)
    with pytest.raises(OSError, match="the store"):
        _hold(waiting, came_in, transaction.atomic() if inside else nullcontext())
    waiting.join(20)
    assert came_in.is_set()


def _hold(
    waiting: threading.Thread, came_in: threading.Event, around: AbstractContextManager[object]
) -> None:
    with around, custody.alone():
        waiting.start()
        waiting.join(0.3)
        assert not came_in.is_set()
        raise OSError("the store")
