"""Promise 30, the object store: whatever it does, a file is kept whole or refused, and never given back as another."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterable
from contextlib import nullcontext, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.faulty import door_to
from tests.object_store import object_store
from tests.soak import turns

from vouchsafe.adapters.keys.fake import open_fake_keys
from vouchsafe.adapters.vault import Bucket, ObjectStorage, Role, StorageUnavailableError, Vault, Viewer
from vouchsafe.adapters.vault.objects import TRIES

HOUSE = Viewer(Role.HOUSE, purpose="test")
FAULTS = ("500", "503", "reset", "short", "lost")
FILES_EACH = 2
"""What the vault puts into its store for one file: its bytes and its key."""
ANSWERS = (b"HTTP/1.1 501 Not Implemented\r\nContent-Length: 0\r\n\r\n", b"HTTP/1.1 100 Cont")
"""What a store says that knows no versions; and half a line to whoever brings a file."""
SIZES = (40, 1_000, 70_000, 200_000)
LONGEST = 60
"""Seconds until the last try has failed."""


def go_through(tmp_path: Path, times: Iterable[int]) -> None:
    keys = open_fake_keys(tmp_path / "keys")
    with object_store(tmp_path / "store") as bucket, door_to(bucket.endpoint) as (door, endpoint):
        vault = Vault(ObjectStorage(replace(bucket, endpoint=endpoint), alone=nullcontext), keys)
        old = {vault.put(data).file_id: data for data in map(os.urandom, SIZES)}
        more: dict[str, bytes] = {}
        for turn in times:
            fault, mine = FAULTS[turn % len(FAULTS)], os.urandom(5_000)
            door.slam()
            lay = len(files_below(tmp_path / "store"))
            door.fault, door.came = fault, 0
            began = time.monotonic()
            try:
                more[vault.put(mine).file_id] = mine
                assert (
                    fault == "short"
                )  # an answer that says nothing but "kept" has said it in its first half
            except StorageUnavailableError:
                pass  # whatever the store has of it by now, nobody was told that it is kept
            for file in old:
                with pytest.raises(StorageUnavailableError):
                    vault.open(file, HOUSE)
            assert time.monotonic() - began < 3 * LONGEST, fault
            assert door.came <= TRIES * (1 + len(SIZES)), "it is not tried without end"
            if fault == "lost":
                assert len(files_below(tmp_path / "store")) > lay  # it was done, and nobody knows
            door.fault = "slow"
            assert {file: vault.open(file, HOUSE) for file in old} == old, "slow is not wrong"
            door.fault = ""
        more[vault.put(b"once more").file_id] = b"once more"
        kept = old | more
        assert {file: vault.open(file, HOUSE) for file in kept} == kept
        # What came of a file that was refused belongs to nobody, and is swept away as that; nothing else is.
        vault.sweep(is_known=kept.__contains__, before=datetime.now(UTC) + timedelta(hours=1))
        assert len(files_below(tmp_path / "store")) == FILES_EACH * len(kept)
        assert {file: vault.open(file, HOUSE) for file in kept} == kept


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_store_that_ends_inside_its_first_line_is_given_up_on() -> None:
    """A library that waits for "100 Continue" looked for the rest of that line for ever, with a whole processor."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer_by_half() -> None:
            with suppress(OSError):
                while True:
                    near, _ = listening.accept()
                    with near:
                        asked = near.recv(65536)
                        near.sendall(ANSWERS[asked.startswith(b"PUT")])

        threading.Thread(target=answer_by_half, daemon=True).start()
        bucket = Bucket(
            "letters",
            "",
            f"http://127.0.0.1:{listening.getsockname()[1]}",
            "us-east-1",
            "vouchsafe",
            "secret",
        )
        storage, ended = ObjectStorage(bucket, alone=nullcontext), []

        def put() -> None:
            with pytest.raises(StorageUnavailableError):
                storage.put("files/one", b"a letter")
            ended.append(True)

        trying = threading.Thread(target=put, daemon=True)  # else a fault of ours would hold up the whole run
        trying.start()
        trying.join(LONGEST)
        assert ended


@pytest.mark.wide
def test_store_that_fails_in_any_way_keeps_or_refuses_and_gives_nothing_else_back(tmp_path: Path) -> None:
    """Each fault against one file that is brought and four that are asked for."""
    go_through(tmp_path, range(len(FAULTS)))


@pytest.mark.soak
def test_store_that_fails_in_any_way_fifty_times_each(tmp_path: Path) -> None:
    go_through(tmp_path, list(turns(50 * len(FAULTS))))
