"""One encrypted file for a whole instance: what went in comes out, and nothing else ever does."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vouchsafe.adapters.vault.archive import (
    CHUNK,
    MANIFEST,
    ArchiveDamaged,
    ArchiveLocked,
    Member,
    RecipientNotUnderstood,
    _tar_header,
    lock_by_passphrase,
    lock_for,
    read_archive,
    unlock_by_passphrase,
    unlock_with,
    write_archive,
)

IDENTITY = pyrage.x25519.Identity.generate()
LOCK, UNLOCK = lock_for([str(IDENTITY.to_public())]), unlock_with(str(IDENTITY))
NAMES = st.lists(
    st.text("abz019.-_é", min_size=1, max_size=40).filter(lambda part: part.strip(".")),
    min_size=1,
    max_size=4,
).map("/".join)


class Kept(BytesIO):
    def close(self) -> None:
        """Its bytes are still wanted."""


def packed(files: dict[str, bytes]) -> bytes:
    out = BytesIO()
    members = [Member(name, len(data), (data[:7], data[7:])) for name, data in files.items()]
    write_archive(out, members, lambda: {"made": "now"}, LOCK)
    return out.getvalue()


def unpacked(archive: bytes) -> tuple[dict[str, bytes], dict[str, object]]:
    kept: dict[str, Kept] = {}
    manifest = read_archive(BytesIO(archive), UNLOCK, lambda name: kept.setdefault(name, Kept()))
    return {name: sink.getvalue() for name, sink in kept.items()}, manifest


WHOLE = packed({"keys/seal": b"k" * 32, "vault/a": b"letter" * 900, "empty": b""})


@given(st.dictionaries(NAMES.filter(lambda name: name != MANIFEST), st.binary(max_size=1500), max_size=6))
@settings(max_examples=60)
def test_archive_gives_back_every_file_byte_for_byte(files: dict[str, bytes]) -> None:
    found, manifest = unpacked(packed(files))
    assert found == files
    assert manifest["made"] == "now"
    assert set(manifest["files"]) == set(files)  # type: ignore[call-overload]  # a manifest is plain JSON


def test_file_larger_than_a_chunk_comes_back_whole() -> None:
    data = bytes(range(256)) * 9000
    assert len(data) > 2 * CHUNK
    assert unpacked(packed({"large": data}))[0] == {"large": data}


@given(st.integers(min_value=0, max_value=len(WHOLE) - 1))
@settings(max_examples=80)
def test_archive_cut_anywhere_is_refused(length: int) -> None:
    with pytest.raises(ArchiveDamaged):
        unpacked(WHOLE[:length])


@given(st.integers(min_value=0, max_value=len(WHOLE) - 1), st.integers(min_value=1, max_value=255))
@settings(max_examples=80)
def test_archive_changed_anywhere_is_refused(place: int, change: int) -> None:
    altered = bytearray(WHOLE)
    altered[place] ^= change
    with pytest.raises((ArchiveDamaged, ArchiveLocked)):  # its head names the key it is for
        unpacked(bytes(altered))


def test_archive_shows_nothing_of_what_it_holds() -> None:
    assert b"letter" not in WHOLE
    assert b"vault" not in WHOLE


def test_archive_of_somebody_else_is_refused_as_locked() -> None:
    stranger = unlock_with(str(pyrage.x25519.Identity.generate()))
    with pytest.raises(ArchiveLocked):
        read_archive(BytesIO(WHOLE), stranger, lambda name: Kept())
    with pytest.raises(ArchiveLocked):
        read_archive(BytesIO(WHOLE), unlock_by_passphrase("any passphrase"), lambda name: Kept())


@pytest.mark.parametrize(
    "members",
    [
        [("../outside", b"x")],
        [("/outside", b"x")],
        [("a/../../outside", b"x")],
        [("twice", b"x"), ("twice", b"x")],
    ],
)
def test_names_that_lead_outside_or_come_twice_are_refused(members: list[tuple[str, bytes]]) -> None:
    out = BytesIO()
    write_archive(out, [Member(name, len(data), (data,)) for name, data in members], dict, LOCK)
    kept: list[str] = []
    with pytest.raises(ArchiveDamaged):
        read_archive(BytesIO(out.getvalue()), UNLOCK, lambda name: kept.append(name) or Kept())
    assert not [name for name in kept if "outside" in name]


def test_archive_without_a_manifest_or_with_a_file_beyond_it_is_refused() -> None:
    def encrypted(plain: bytes) -> BytesIO:
        return BytesIO(pyrage.encrypt(plain, list(LOCK.recipients)))

    file = _tar_header("keys/seal", 3) + b"abc" + bytes(509)
    told = _tar_header(MANIFEST, 13) + b'{"files": {}}' + bytes(499)
    for plain in (file + bytes(1024), file + told + bytes(1024), told + file + bytes(1024), bytes(1024)):
        with pytest.raises(ArchiveDamaged):
            read_archive(encrypted(plain), UNLOCK, lambda name: Kept())


def test_file_that_changes_its_size_while_it_is_read_ends_the_backup() -> None:
    with pytest.raises(OSError, match="changed its size"):
        write_archive(BytesIO(), [Member("a", 4, (b"abc",))], dict, LOCK)


def test_disk_that_is_full_is_no_damage_of_the_archive() -> None:
    class Full:
        def write(self, data: bytes, /) -> object:
            raise OSError(28, "No space left on device")

        def close(self) -> None:
            """Nothing was kept."""

    with pytest.raises(OSError, match="No space left"):
        read_archive(BytesIO(WHOLE), UNLOCK, lambda name: Full())


def test_disk_that_is_full_while_it_is_written_is_told_as_that() -> None:
    class Full(BytesIO):
        def write(self, data: Any, /) -> int:
            if data:
                raise OSError(28, "No space left on device")
            return 0

    with pytest.raises(OSError, match="No space left") as told:
        write_archive(Full(), [Member("a", 3, (b"abc",))], dict, LOCK)
    assert told.value.errno == 28


def test_key_that_is_none_is_refused_and_a_secret_one_not_repeated() -> None:
    with pytest.raises(RecipientNotUnderstood, match="age1nothing"):
        lock_for(["age1nothing"])
    with pytest.raises(RecipientNotUnderstood) as refused:
        unlock_with("AGE-SECRET-KEY-1TOOSHORT")
    assert "TOOSHORT" not in str(refused.value)


@pytest.mark.wide  # scrypt takes seconds on purpose
def test_passphrase_opens_what_it_locked_and_another_does_not() -> None:
    out = BytesIO()
    write_archive(out, [Member("a", 3, (b"abc",))], dict, lock_by_passphrase("correct horse battery"))
    archive = out.getvalue()
    with pytest.raises(ArchiveLocked):
        read_archive(BytesIO(archive), unlock_by_passphrase("correct horse"), lambda name: Kept())
    # Any age tool opens it: the locked identity first, then the rest with it.
    end = archive.index(b"-----END AGE ENCRYPTED FILE-----\n") + len(b"-----END AGE ENCRYPTED FILE-----\n")
    identity = unlock_by_passphrase("correct horse battery")(archive[:end])
    assert b"abc" in pyrage.decrypt(archive[end:], [identity])
    kept = Kept()
    read_archive(BytesIO(archive), lambda head: identity, lambda name: kept)
    assert kept.getvalue() == b"abc"
