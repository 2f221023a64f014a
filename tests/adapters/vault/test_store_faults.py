"""Promise 30, the object store: whatever it does, a file is kept whole or refused, and never given back as another."""

from __future__ import annotations

import os
import time
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from tests.faulty import door_to
from tests.object_store import object_store
from tests.soak import turns

from vouchsafe.adapters.keys.fake import open_fake_keys
from vouchsafe.adapters.vault import ObjectStorage, Role, StorageUnavailableError, Vault, Viewer

HOUSE = Viewer(Role.HOUSE, purpose="test")
FAULTS = ("500", "503", "reset", "short")
LONGEST = 60
"""Seconds until the last try has failed."""


def go_through(tmp_path: Path, times: range | list[int]) -> None:
    keys = open_fake_keys(tmp_path / "keys")
    with object_store(tmp_path / "store") as bucket, door_to(bucket.endpoint) as (door, endpoint):
        vault = Vault(ObjectStorage(replace(bucket, endpoint=endpoint), alone=nullcontext), keys)
        kept = {vault.put(data).file_id: data for data in (os.urandom(40), os.urandom(200_000))}
        for turn in times:
            fault = FAULTS[turn % len(FAULTS)]
            door.slam()
            door.fault, door.came = fault, 0
            began = time.monotonic()
            if fault != "short":  # what cuts the answer short has kept the file by then
                with pytest.raises(StorageUnavailableError):
                    vault.put(b"a letter that was never acknowledged")
            for file in kept:
                with pytest.raises(StorageUnavailableError):
                    vault.open(file, HOUSE)
            assert time.monotonic() - began < 3 * LONGEST, fault
            assert door.came <= 12, "it is not tried without end"
            door.fault = "slow"
            assert {file: vault.open(file, HOUSE) for file in kept} == kept, "slow is not wrong"
            door.fault = ""
        again = vault.put(b"once more").file_id
        assert vault.open(again, HOUSE) == b"once more"


@pytest.mark.wide
def test_store_that_fails_in_any_way_keeps_or_refuses_and_gives_nothing_else_back(tmp_path: Path) -> None:
    """Each fault once; with the table of pages, five of each kind in all."""
    go_through(tmp_path, range(len(FAULTS)))


@pytest.mark.soak
def test_store_that_fails_in_any_way_fifty_times_each(tmp_path: Path) -> None:
    go_through(tmp_path, list(turns(50 * len(FAULTS))))
