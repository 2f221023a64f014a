import os
import secrets
import time
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.object_store import object_store

from vouchsafe.adapters.keys import Kind
from vouchsafe.adapters.keys.fake import open_fake_keys
from vouchsafe.adapters.vault import (
    Bucket,
    FileInConfidence,
    FolderStorage,
    KeepsVersionsError,
    ObjectStorage,
    Role,
    StorageUnavailableError,
    Vault,
    VaultDamagedError,
    VaultFileMissingError,
    Viewer,
)
from vouchsafe.adapters.vault.envelope import CHUNK
from vouchsafe.adapters.vault.fake import MemoryStorage

ADA = frozenset({"account-ada", "mailbox-ada"})
BEN = Viewer(Role.WRITER, frozenset({"account-ben"}))
CLEO = Viewer(Role.READER, frozenset({"reader-cleo"}))
CANARY = b"canary: Ada is careful" * 9


@pytest.fixture
def keys(tmp_path):
    return open_fake_keys(tmp_path / "keys")


class BucketOnLoopback(ObjectStorage):
    """The real calls to a real store, whose files a test may reach as they lie on its disk."""

    def __init__(self, bucket, root):
        super().__init__(bucket, alone=nullcontext)
        self.root = root


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("store")
    with object_store(folder) as bucket:
        yield bucket, folder


@pytest.fixture
def folder(tmp_path):
    return FolderStorage(tmp_path / "vault")


@pytest.fixture(params=["folder", "bucket"])
def storage(request, folder):
    """What every storage must do; what only a folder does takes `folder`."""
    if request.param == "folder":
        return folder
    bucket, root = request.getfixturevalue("store")
    prefix = secrets.token_hex(4)
    return BucketOnLoopback(replace(bucket, prefix=prefix), root / bucket.name / prefix)


@pytest.fixture
def vault(storage, keys):
    return Vault(storage, keys)


def path_of(storage, file_id, folder="files"):
    return storage.root / folder / file_id[:2] / file_id


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 5])
def test_vault_gives_back_what_was_put(vault, size):
    data = os.urandom(size)
    stored = vault.put(data)
    assert (stored.size, stored.sha256) == (size, sha256(data).digest())
    assert vault.open(stored.file_id, BEN) == data


def test_vault_files_show_nothing_of_their_text(vault, storage):
    stored = vault.put(CANARY, sealed_from=ADA)
    for path in storage.root.rglob("*"):
        if path.is_file():
            assert CANARY[:22] not in path.read_bytes()
    assert vault.open(stored.file_id, CLEO) == CANARY


def test_vault_files_in_a_folder_are_their_owners_alone(folder, keys):
    Vault(folder, keys).put(CANARY)
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.root.rglob("*"))


@pytest.mark.parametrize(
    "viewer",
    [
        Viewer(Role.APPLICANT, ADA),
        Viewer(Role.APPLICANT, frozenset({"someone-else"})),
        Viewer(Role.APPLICANT),
        Viewer(Role.READER, frozenset({"account-ada"})),
        Viewer(Role.READER, frozenset({"second-account", "mailbox-ada"})),
        Viewer(Role.WRITER, frozenset({"mailbox-ada", "account-ben"})),
        Viewer(Role.HOUSE, frozenset({"account-ada"}), purpose="packet"),
        Viewer(Role.OFFICE, frozenset({"account-dana"})),
    ],
)
def test_vault_file_in_confidence_is_refused_to_its_applicant_and_the_office(vault, viewer):
    stored = vault.put(CANARY, sealed_from=ADA)
    with pytest.raises(FileInConfidence):
        vault.open(stored.file_id, viewer)


def test_vault_open_letter_opens_to_its_applicant_but_not_to_nobody(vault):
    stored = vault.put(CANARY)
    assert vault.open(stored.file_id, Viewer(Role.APPLICANT, ADA)) == CANARY
    with pytest.raises(FileInConfidence):
        vault.open(stored.file_id, Viewer(Role.APPLICANT))


def test_vault_house_must_say_what_for(vault):
    with pytest.raises(ValueError, match="what it opens"):
        Viewer(Role.HOUSE)
    stored = vault.put(CANARY, sealed_from=ADA)
    assert vault.open(stored.file_id, Viewer(Role.HOUSE, purpose="packet")) == CANARY


def test_vault_header_without_the_applicant_does_not_open(vault, storage):
    """Somebody who can write the files takes the applicant's key out of the header."""
    stored = vault.put(CANARY, sealed_from=ADA)
    path = path_of(storage, stored.file_id)
    raw = path.read_bytes()
    path.write_bytes(raw.replace(b"account-ada", b"account-eve").replace(b"mailbox-ada", b"mailbox-eve"))
    assert path.read_bytes() != raw
    with pytest.raises(VaultDamagedError):
        vault.open(stored.file_id, Viewer(Role.READER, ADA))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_vault_any_flipped_bit_is_seen(keys, data):
    storage = MemoryStorage()
    vault = Vault(storage, keys)
    stored = vault.put(b"x" * 1000, sealed_from=ADA)
    name = data.draw(st.sampled_from(sorted(storage.kept)))
    raw = bytearray(storage.kept[name])
    place = data.draw(st.integers(0, len(raw) * 8 - 1))
    raw[place // 8] ^= 1 << place % 8
    storage.kept[name] = bytes(raw)
    with pytest.raises(VaultDamagedError):
        vault.open(stored.file_id, BEN)


@pytest.mark.parametrize("cut", [1, 16, 17, CHUNK + 16, 2 * (CHUNK + 16), 3 * CHUNK])
def test_vault_cut_off_file_is_seen(vault, storage, cut):
    stored = vault.put(os.urandom(3 * CHUNK))
    path = path_of(storage, stored.file_id)
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(VaultDamagedError):
        vault.open(stored.file_id, BEN)


def test_vault_lengthened_file_is_seen(vault, storage):
    stored = vault.put(os.urandom(3 * CHUNK))
    path = path_of(storage, stored.file_id)
    raw = path.read_bytes()
    for more in (b"x", raw[-(CHUNK + 16) :]):
        path.write_bytes(raw + more)
        with pytest.raises(VaultDamagedError):
            vault.open(stored.file_id, BEN)


def test_vault_reordered_chunks_are_seen(vault, storage):
    stored = vault.put(os.urandom(4 * CHUNK))
    path = path_of(storage, stored.file_id)
    raw = path.read_bytes()
    step = CHUNK + 16
    head, body = raw[: -4 * step], raw[-4 * step :]
    chunks = [body[i * step : (i + 1) * step] for i in range(4)]
    for order in ([1, 0, 2, 3], [0, 2, 1, 3], [3, 1, 2, 0], [0, 0, 2, 3]):
        path.write_bytes(head + b"".join(chunks[i] for i in order))
        with pytest.raises(VaultDamagedError):
            vault.open(stored.file_id, BEN)


def test_vault_swapped_files_are_seen(vault, storage):
    one, other = vault.put(b"one"), vault.put(b"two")
    for folders in (["files"], ["keys"], ["files", "keys"]):
        for folder in folders:
            a, b = path_of(storage, one.file_id, folder), path_of(storage, other.file_id, folder)
            raw = a.read_bytes()
            a.write_bytes(b.read_bytes())
            b.write_bytes(raw)
        with pytest.raises(VaultDamagedError):
            vault.open(one.file_id, BEN)
        for folder in folders:
            a, b = path_of(storage, one.file_id, folder), path_of(storage, other.file_id, folder)
            raw = a.read_bytes()
            a.write_bytes(b.read_bytes())
            b.write_bytes(raw)
    assert vault.open(one.file_id, BEN) == b"one"


def test_vault_erased_file_cannot_come_back_from_a_copy_of_its_bytes(vault, storage):
    stored = vault.put(CANARY)
    path = path_of(storage, stored.file_id)
    backup = path.read_bytes()
    assert vault.erase(stored.file_id)
    assert not vault.erase(stored.file_id)
    assert not vault.exists(stored.file_id)
    path.parent.mkdir(parents=True, exist_ok=True)  # a store may have cleared the empty folder away
    path.write_bytes(backup)
    with pytest.raises(VaultFileMissingError):
        vault.open(stored.file_id, BEN)


@pytest.mark.parametrize(
    "file_id", ["", "0" * 31, "../keys/00", "0" * 32, "G" * 32, "00/../../../etc/passwd" + "0" * 10]
)
def test_vault_unknown_or_odd_id_is_missing(vault, file_id):
    with pytest.raises(VaultFileMissingError):
        vault.open(file_id, BEN)


def test_vault_sweep_takes_orphans_and_leftovers_but_nothing_young_or_known(vault, storage):
    kept, orphan = vault.put(b"kept"), vault.put(b"orphan")
    leftover = path_of(storage, orphan.file_id).with_name(".0.partial")
    leftover.write_bytes(b"half")
    now = datetime.now(UTC)
    known = {kept.file_id}.__contains__
    assert vault.sweep(is_known=known, before=now - timedelta(hours=1)) == []
    old = time.time() - 7200
    for path in storage.root.rglob("*"):
        if path.is_file():
            os.utime(path, (old, old))
    young = vault.put(b"young")
    assert vault.sweep(is_known=known, before=now - timedelta(hours=1)) == [orphan.file_id]
    assert not leftover.exists()
    assert vault.open(kept.file_id, BEN) == b"kept"
    assert vault.open(young.file_id, BEN) == b"young"


def test_vault_key_left_alone_by_a_crash_is_swept(vault, storage):
    stored = vault.put(b"x")
    path_of(storage, stored.file_id).unlink()
    assert vault.sweep(is_known=lambda _: False, before=datetime.now(UTC) + timedelta(1)) == [stored.file_id]
    assert not path_of(storage, stored.file_id, "keys").exists()


def test_vault_rewrapped_file_opens_without_the_old_master(vault, keys):
    stored = vault.put(CANARY, sealed_from=ADA)
    keys.rotate(Kind.MASTER, now=datetime(2026, 11, 1, tzinfo=UTC))
    vault.rewrap(stored.file_id)
    (keys.folder / "master-0001.key").unlink()
    keys.reload()
    assert vault.open(stored.file_id, BEN) == CANARY
    with pytest.raises(FileInConfidence):
        vault.open(stored.file_id, Viewer(Role.READER, ADA))


def test_vault_put_syncs_file_and_folder_before_it_returns(folder, keys, monkeypatch):
    vault = Vault(folder, keys)
    synced: list[str] = []
    real = os.fsync
    monkeypatch.setattr(
        os, "fsync", lambda fd: (synced.append(os.readlink(f"/proc/self/fd/{fd}")), real(fd))[1]
    )
    stored = vault.put(b"x")
    for folder in ("files", "keys"):
        assert any(f"/{folder}/{stored.file_id[:2]}/.{stored.file_id}" in path for path in synced)
        assert any(path.endswith(f"/{folder}/{stored.file_id[:2]}") for path in synced)
        assert any(path.endswith(f"/{folder}") for path in synced)


def test_vault_put_that_fails_leaves_no_half_file(folder, keys, monkeypatch):
    vault, storage = Vault(folder, keys), folder

    def full(_fd):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        vault.put(b"x")
    assert [path for path in storage.root.rglob("*") if path.is_file()] == []


def test_vault_whose_store_is_gone_or_refuses_says_so_and_quotes_nothing(tmp_path, keys):
    with object_store(tmp_path) as bucket:
        wrong = Vault(ObjectStorage(replace(bucket, secret="another"), alone=nullcontext), keys)
        with pytest.raises(
            StorageUnavailableError, match=r"SignatureDoesNotMatch|Forbidden|AccessDenied|403"
        ) as refused:
            wrong.put(CANARY)
        storage = ObjectStorage(bucket, alone=nullcontext)
        stored = Vault(storage, keys).put(CANARY)
    for attempt in (
        lambda: Vault(storage, keys).open(stored.file_id, BEN),
        lambda: Vault(storage, keys).put(CANARY),
        lambda: Vault(storage, keys).exists(stored.file_id),
        lambda: list(Vault(storage, keys).kept()),
    ):
        with pytest.raises(StorageUnavailableError):
            attempt()
    assert bucket.secret not in str(refused.value)


def test_vault_in_a_bucket_that_keeps_versions_is_refused(keys, monkeypatch):
    """Erased there, a letter would lie one version below. The store of these tests keeps none, so its answer is given here."""
    import boto3

    class Versioned:
        def get_bucket_versioning(self, Bucket):  # noqa: N803 - boto3's own name
            return {"Status": "Suspended"}

    monkeypatch.setattr(boto3, "client", lambda *_, **__: Versioned())
    with pytest.raises(KeepsVersionsError):
        Vault(ObjectStorage(Bucket("letters"), alone=nullcontext), keys).put(b"x")
