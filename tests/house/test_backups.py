"""The restore drill: what was backed up while people worked is an instance again elsewhere, or nothing is."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pyrage
import pytest
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone
from tests import factories
from tests.databases import WORK, make_world, new_database, of, rows_of
from tests.factories import NOW
from tests.leash import leashed
from tests.sealing import CANARY, make_sealed

from vouchsafe.adapters.vault import FolderStorage, StorageUnavailableError
from vouchsafe.adapters.vault.archive import lock_for, unlock_with
from vouchsafe.doors.cli import main
from vouchsafe.ledger import outbox
from vouchsafe.ledger.backing_up import BackupFileTaken, back_up
from vouchsafe.ledger.models import Outgoing
from vouchsafe.ledger.restoring import InstanceNotEmpty, demand_empty, doubt_waiting_mail, examine
from vouchsafe.packets.access_vault import known_files

IDENTITY = pyrage.x25519.Identity.generate()


@pytest.fixture
def second_connection(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Django's tests allow connections that stand in the settings; a snapshot opens one of its own."""

    def ensure(wrapper: BaseDatabaseWrapper) -> None:
        if wrapper.connection is None:
            wrapper.connect()

    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", ensure)


def test_backup_of_living_instance_holds_its_rows_files_and_keys_and_shows_none(
    tmp_path: Path, second_connection: None
) -> None:
    factories.make_instance(factories.make_account("Dana Whitlock", role="office"))
    ada = factories.make_account("Ada Marsh")
    seal = make_sealed(factories.make_contact(ada), factories.make_opportunity(ada, deadline_on=None))
    file, lock = tmp_path / "backup.age", lock_for([str(IDENTITY.to_public())])
    done = back_up(to=file, lock=lock, named_files=known_files, now=timezone.now())
    with file.open("rb") as source:
        manifest = examine(source=source, unlock=unlock_with(str(IDENTITY)))
    assert manifest["counts"]["letters_seal"] == 1
    assert sum(manifest["counts"].values()) == done.rows
    assert f"vault/keys/{seal.file[:2]}/{seal.file}" in manifest["files"]
    assert {f"keys/{kind}-0001.key" for kind in ("seal", "pades", "master", "links")} <= set(
        manifest["files"]
    )
    assert done.lost == done.erased == []
    assert CANARY.encode() not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    assert [each.name for each in tmp_path.iterdir()] == ["backup.age"]
    assert not list(settings.DATA_FOLDER.glob(".backup-*"))
    with pytest.raises(BackupFileTaken):
        back_up(to=file, lock=lock, named_files=known_files, now=timezone.now())
    with pytest.raises(InstanceNotEmpty):
        demand_empty()


def test_backup_that_cannot_be_written_says_why_and_leaves_nothing(
    tmp_path: Path,
    second_connection: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("django.setup", lambda: None)  # it runs already
    file = tmp_path / "no such folder" / "backup.age"
    words = ["backup", str(file), "--to", str(IDENTITY.to_public()), "--data", str(settings.DATA_FOLDER)]
    assert main(words) == 1
    assert "can’t be written: No such file or directory" in capsys.readouterr().err
    assert not list(settings.DATA_FOLDER.glob(".backup-*"))


def test_backup_of_a_vault_that_cannot_be_read_blames_the_vault(
    tmp_path: Path,
    second_connection: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def away(self: FolderStorage, name: str) -> bytes:
        raise StorageUnavailableError(f"could not read {name}: Permission denied")

    monkeypatch.setattr("vouchsafe.packets.access_vault.known_files", lambda alias: ["a1" * 16])
    monkeypatch.setattr("django.setup", lambda: None)  # it runs already
    monkeypatch.setattr(FolderStorage, "get", away)
    file = tmp_path / "backup.age"
    words = ["backup", str(file), "--to", str(IDENTITY.to_public()), "--data", str(settings.DATA_FOLDER)]
    assert main(words) == 1
    told = capsys.readouterr().err
    assert "vault" in told
    assert "Permission denied" in told
    assert "written" not in told
    assert not list(tmp_path.iterdir())


def test_check_of_a_backup_leaves_nothing_behind(
    tmp_path: Path,
    second_connection: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    identity: Path,
) -> None:
    monkeypatch.setattr("django.setup", lambda: None)  # it runs already
    monkeypatch.setenv("VOUCHSAFE_DATA", str(tmp_path / "set"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    file, cut = tmp_path / "backup.age", tmp_path / "cut.age"
    back_up(to=file, lock=lock_for([str(IDENTITY.to_public())]), named_files=known_files, now=timezone.now())
    cut.write_bytes(file.read_bytes()[:-40])
    for each, code in ((file, 0), (cut, 1)):
        words = ["restore", str(each), "--check", "--identity", str(identity)]
        assert main([*words, "--data", str(tmp_path / "named")]) == code
        assert main(words) == code
    assert "is whole" in capsys.readouterr().out
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        "backup.age",
        "cut.age",
        "identity.txt",
        "tmp",
    ]
    assert not list((tmp_path / "tmp").iterdir())


def command(*words: object, database: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "vouchsafe", *map(str, words)], env=of(database), capture_output=True, text=True, check=False
    )  # fmt: skip


@pytest.fixture
def identity(tmp_path: Path) -> Path:
    file = tmp_path / "identity.txt"
    file.write_text(f"# made for a drill\n{IDENTITY}\n", encoding="ascii")
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest) -> Iterator[tuple[str, str]]:
    """Where it lives, and an empty one to restore into."""
    with ExitStack() as stack:
        on_postgres = request.param == "postgresql"
        yield tuple(stack.enter_context(new_database()) if on_postgres else "" for _ in range(2))  # type: ignore[misc]  # always two


@pytest.mark.wide
def test_restored_instance_is_the_one_that_was_backed_up(
    tmp_path: Path, identity: Path, databases: tuple[str, str]
) -> None:
    here, there = databases
    make_world(tmp_path / "here", here)
    before = rows_of(tmp_path / "here", here)
    still, living = tmp_path / "still.age", tmp_path / "living.age"
    to = ("--to", str(IDENTITY.to_public()))
    assert command("backup", still, "--data", tmp_path / "here", *to, database=here).returncode == 0
    working = [sys.executable, "-c", WORK, str(tmp_path / "here")]
    with leashed(working, env=of(here), stdout=subprocess.PIPE) as at_work:
        assert at_work.process.stdout is not None
        assert at_work.process.stdout.readline() == b"at work\n"
        done = command("backup", living, "--data", tmp_path / "here", *to, database=here)
        assert done.returncode == 0, done.stderr
        assert at_work.process.poll() is None

    def restore(file: Path, folder: Path, database: str) -> subprocess.CompletedProcess[str]:
        return command("restore", file, "--data", folder, "--identity", identity, database=database)

    whole = still.read_bytes()
    (tmp_path / "cut.age").write_bytes(whole[: len(whole) // 2])
    refused = restore(tmp_path / "cut.age", tmp_path / "there", there)
    assert refused.returncode == 1
    assert "damaged or cut off" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not list((tmp_path / "there").rglob("*.key"))

    if there:  # as a restore leaves it that is killed while it makes the tables
        words = ["manage", "migrate", "people", "0003", "--verbosity=0"]
        where = {**of(there), "VOUCHSAFE_DATA": str(tmp_path / "there")}
        subprocess.run([sys.executable, "-m", "vouchsafe", *words], env=where, check=True)

    # Killed on its way, the same command begins again.
    begin = [sys.executable, "-m", "vouchsafe", "restore", str(still), "--data", str(tmp_path / "there")]
    with leashed([*begin, "--identity", str(identity)], env=of(there)):
        until((tmp_path / "there" / ".restoring" / "begun").exists)
    done = restore(still, tmp_path / "there", there)
    if done.returncode:  # the kill came after the last step
        assert "There is an instance already" in done.stderr
    after: Any = rows_of(tmp_path / "there", there)
    told: Any = before
    assert after["unsound"] == []
    assert after["files"] == told["files"]
    assert after["rows"].pop("ledger_line")[: len(told["rows"]["ledger_line"])] == told["rows"].pop(
        "ledger_line"
    )
    mails, waited = after["rows"].pop("ledger_outgoing"), told["rows"].pop("ledger_outgoing")
    assert [row[0] for row in mails] == [row[0] for row in waited]
    assert after["rows"] == told["rows"]

    again = restore(still, tmp_path / "there", there)
    assert again.returncode == 1
    assert "There is an instance already" in again.stderr

    if not here:  # what was written meanwhile is there to some moment, and holds together
        done = restore(living, tmp_path / "third", "")
        assert done.returncode == 0, done.stderr
        assert "the journal holds together" in done.stdout


def until(held: Any, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not held() and time.monotonic() < end:
        time.sleep(0.005)


def test_mail_that_waited_when_it_was_backed_up_is_unknown_unless_harmless_twice(db: None) -> None:
    for n, delivery in enumerate((outbox.Delivery.AT_MOST_ONCE, outbox.Delivery.AT_LEAST_ONCE)):
        for when in (NOW - timedelta(hours=1), NOW + timedelta(hours=1)):
            queue_mail(f"{n} {when}", delivery, when)
    assert doubt_waiting_mail(now=NOW) == 1
    states = {(row.delivery, row.due_at < NOW): row.state for row in Outgoing.objects.all()}
    assert states == {
        ("at_most_once", True): "unknown",
        ("at_most_once", False): "waiting",
        ("at_least_once", True): "waiting",
        ("at_least_once", False): "waiting",
    }


def queue_mail(once: str, delivery: outbox.Delivery, due_at: datetime) -> None:
    parcel = outbox.Parcel(kind="thanks", to_address="ben@firm.example", to_name="Ben Okafor")
    outbox.queue(parcel, delivery=delivery, chain="c", about="a", once=once, now=due_at)
