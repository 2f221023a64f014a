"""Keys rotated by command: old seals stay verifiable, letters stay as they are, a kill leaves nothing closed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db.models import CharField
from django.utils import timezone
from tests import factories
from tests.cast import Cast
from tests.sealing import make_sealed

from vouchsafe.adapters.keys import Kind, certificates
from vouchsafe.adapters.keys.fake import open_fake_keys
from vouchsafe.adapters.vault import FileInConfidence, Role, Viewer
from vouchsafe.core.sealing import Outcome
from vouchsafe.desk.verifying import check_file, check_number
from vouchsafe.doors.cli import main
from vouchsafe.ledger import custody
from vouchsafe.ledger.models import Line
from vouchsafe.ledger.rotating import rotate_keys
from vouchsafe.letters.models import Seal
from vouchsafe.packets.access_vault import FILES, orphans
from vouchsafe.packets.actions.erase_orphans import OrphansTooYoung, erase_orphans
from vouchsafe.people.access import viewer_keys

HOUSE = Viewer(Role.HOUSE, purpose="test")


@pytest.fixture
def instance(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """An instance with keys and vault of its own, as a server that started before the rotation sees it."""
    open_fake_keys(tmp_path / "keys")
    settings.DATA_FOLDER = tmp_path
    custody._ring.cache_clear()
    custody._vault.cache_clear()
    yield tmp_path
    custody._ring.cache_clear()
    custody._vault.cache_clear()


def sealed(cast: Cast, count: int = 1, confidentiality: str = "open") -> list[Seal]:
    return [
        make_sealed(
            factories.make_contact(cast.ada, f"Writer{number} Holt"),
            factories.make_opportunity(cast.ada, f"Place {number}", deadline_on=None),
            confidentiality=confidentiality,
        )
        for number in range(count)
    ]


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "vault/files").rglob("*") if path.is_file()}


def test_rotation_keeps_old_seals_verifiable_and_touches_no_letter(
    instance: Path, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(certificates, "KEY_BITS", 2048)  # two new RSA keys of the product's size take seconds
    (seal,) = sealed(cast)
    letter = custody.vault().open(seal.file, HOUSE)
    before = bytes_of(instance)
    done = rotate_keys(now=timezone.now())
    assert dict(done.fresh) == {"seal": 2, "pades": 2, "master": 2}
    assert (done.wrapped, done.already, done.damaged) == (1, 0, ())
    assert bytes_of(instance) == before
    assert custody.vault().open(seal.file, HOUSE) == letter
    verdict = check_file(letter).verdict
    assert (verdict.outcome, verdict.signature.good) == (Outcome.GENUINE, True)
    assert check_number(seal.number).verdict.outcome is Outcome.GENUINE
    (newer,) = sealed(cast)
    assert newer.key_id.startswith("seal-0002-")
    assert check_file(custody.vault().open(newer.file, HOUSE)).verdict.outcome is Outcome.GENUINE
    details = set(Line.objects.filter(verb="key_rotated").values_list("detail", flat=True))
    assert details == {"seal-0002", "pades-0002", "master-0002"}


def test_rotation_killed_half_way_leaves_every_letter_open_and_goes_on(instance: Path, cast: Cast) -> None:
    seals = sealed(cast, 3)

    class Killed(BaseException):
        """As a kill: nothing after it runs."""

    def die(done: int, of: int) -> None:
        raise Killed

    with pytest.raises(Killed):
        rotate_keys(kinds=[Kind.MASTER], now=timezone.now(), tell=die)
    for seal in seals:
        assert custody.vault().open(seal.file, HOUSE).startswith(b"%PDF")
    done = rotate_keys(kinds=(), now=timezone.now())
    assert (done.wrapped, done.already) == (2, 1)
    # Now the old master opens nothing of the vault any more: the letters do not need it.
    (instance / "keys/master-0001.key").rename(instance / "old-master")
    for seal in seals:
        assert custody.vault().open(seal.file, HOUSE).startswith(b"%PDF")


def test_confidence_holds_after_a_rotation(instance: Path, cast: Cast) -> None:
    (seal,) = sealed(cast, confidentiality="waived")
    rotate_keys(kinds=[Kind.MASTER], now=timezone.now())
    with pytest.raises(FileInConfidence):
        custody.vault().open(seal.file, Viewer(Role.READER, viewer_keys(cast.ada)))


def test_file_that_does_not_open_is_named_and_left_as_it_is(instance: Path, cast: Cast) -> None:
    (seal,) = sealed(cast)
    path = instance / "vault/keys" / seal.file[:2] / seal.file
    raw = bytearray(path.read_bytes())
    raw[-1] ^= 1
    path.write_bytes(raw)
    assert rotate_keys(kinds=[Kind.MASTER], now=timezone.now()).damaged == (seal.file,)
    assert path.read_bytes() == bytes(raw)


def test_server_that_was_running_uses_the_new_keys_at_once(instance: Path, cast: Cast) -> None:
    """The server's ring is in memory; the command runs in another process and has one of its own."""
    (seal,) = sealed(cast)
    theirs = open_fake_keys(instance / "keys")
    theirs.rotate(Kind.MASTER, now=timezone.now())
    theirs.rotate(Kind.SEAL, now=timezone.now())
    vault = custody._vault()
    vault._keys = theirs  # type: ignore[assignment]  # the command's own vault
    assert vault.rewrap(seal.file)
    vault._keys = custody._ring()
    assert custody.vault().open(seal.file, HOUSE).startswith(b"%PDF")
    assert custody.keys().sign(b"x")[0].startswith("seal-0002-")


def test_command_says_what_it_did(
    instance: Path, cast: Cast, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed(cast)
    monkeypatch.setenv("VOUCHSAFE_DATA", str(instance))
    assert main(["rotate-keys", "--only", "master", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "fresh": {"master": 2},
        "wrapped": 1,
        "already": 0,
        "damaged": [],
    }
    assert main(["rotate-keys", "--resume"]) == 0
    assert "Already under the newest key: 1" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["rotate-keys", "orphans"])
def test_command_on_an_empty_folder_begins_no_instance(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, "--data", str(tmp_path / "none")]) == 1
    assert "no Vouchsafe data" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


def test_orphan_is_listed_and_erased_only_with_an_age(
    instance: Path, cast: Cast, capsys: pytest.CaptureFixture[str], django_capture_on_commit_callbacks: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    (seal,) = sealed(cast)
    lost = custody.vault().put(b"what a killed process left behind")
    monkeypatch.setenv("VOUCHSAFE_DATA", str(instance))
    soon = timezone.now() + timedelta(seconds=5)
    assert [one.file for one in orphans(soon)] == [lost.file_id]
    assert main(["orphans"]) == 0
    assert "Every file in the vault belongs" in capsys.readouterr().out  # it is younger than a day
    assert main(["orphans", "--erase"]) == 2
    assert main(["orphans", "--erase", "--older-than", "0"]) == 1
    assert custody.vault().exists(lost.file_id)
    with pytest.raises(OrphansTooYoung):
        erase_orphans(older_than=timedelta(hours=23), now=soon)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # a fixture without a type
        found = erase_orphans(older_than=timedelta(days=2), now=soon + timedelta(days=3))
    assert [one.file for one in found] == [lost.file_id]
    assert not custody.vault().exists(lost.file_id)
    assert custody.vault().exists(seal.file)
    assert Line.objects.filter(verb="orphan_erased", about=lost.file_id).exists()


def test_every_column_that_names_a_file_of_the_vault_is_known() -> None:
    """One left out would make its files look like orphans, and an operator would erase them."""
    naming = {
        (model, field.name)
        for model in apps.get_models()
        if model.__module__.startswith("vouchsafe.")
        for field in model._meta.get_fields()
        if isinstance(field, CharField) and (field.name == "file" or field.name.endswith("_file"))
    }
    assert naming == set(FILES)
