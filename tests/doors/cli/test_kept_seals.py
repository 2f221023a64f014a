"""`vouchsafe verify` by the kept seals alone: the same answers, or the long way."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from tests import factories
from tests.cast import Cast
from tests.sealing import make_sealed

from vouchsafe.adapters.vault import Role, Viewer
from vouchsafe.desk.verifying import check_file
from vouchsafe.doors.cli import kept_seals
from vouchsafe.ledger import custody
from vouchsafe.letters.models import RECORD, Copy, Reopening, Seal, Withdrawal

pytestmark = pytest.mark.skipif(
    settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3",
    reason="the quick way is SQLite's",
)
COMMAND = """
import sys
from vouchsafe.doors.cli import main
code = main(sys.argv[1:])
print("django" in sys.modules, file=sys.stderr)
sys.exit(code)
"""


@pytest.fixture
def seal(cast: Cast) -> Seal:
    return make_sealed(cast.ben, factories.make_opportunity(cast.ada, deadline_on=None))


@pytest.fixture
def pdf(seal: Seal) -> bytes:
    return custody.vault().open(seal.file, Viewer(Role.HOUSE, purpose="test"))


def kept_in(folder: Path) -> Path:
    """A data folder with the rows as they stand now, and the keys."""
    file = folder / "vouchsafe.sqlite3"
    file.unlink(missing_ok=True)
    connection.ensure_connection()
    said = "\n".join(
        connection.connection.iterdump()
    )  # a backup would wait for the end of the test's transaction
    with sqlite3.connect(file) as copy:
        copy.executescript(said)
    copy.close()
    if not (folder / "keys").exists():
        (folder / "keys").symlink_to(settings.DATA_FOLDER / "keys")
    return folder


def test_sealed_file_gets_the_answers_of_the_long_way_without_django(
    pdf: bytes, seal: Seal, tmp_path: Path
) -> None:
    folder = kept_in(tmp_path)
    assert kept_seals.quick_verdict(pdf, folder) == check_file(pdf).verdict
    file = tmp_path / "letter.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, "verify", str(file), "--data", str(folder), "--json"],
        capture_output=True, text=True, check=False, env={"PATH": ""},
    )  # fmt: skip
    assert (done.returncode, done.stderr.strip()) == (0, "False")
    told = json.loads(done.stdout)
    assert (told["outcome"], told["number"], told["sound"]) == ("genuine", seal.number, True)


def test_copy_made_here_gets_the_answers_of_the_long_way(seal: Seal, tmp_path: Path) -> None:
    from hashlib import sha256

    data = b"%PDF-1.7 a copy of it"
    Copy.objects.create(
        seal=seal, kind="reading", digest=sha256(data).hexdigest(), made_for="r", made_at=timezone.now()
    )
    verdict = kept_seals.quick_verdict(data, kept_in(tmp_path))
    assert verdict == check_file(data).verdict
    assert verdict is not None
    assert verdict.is_sound


def test_whatever_is_not_plain_goes_the_long_way(pdf: bytes, seal: Seal, tmp_path: Path) -> None:
    folder = kept_in(tmp_path)
    assert kept_seals.quick_verdict(pdf + b"\n", folder) is None
    assert kept_seals.quick_verdict(pdf, tmp_path / "nowhere") is None
    later = timezone.now() + timedelta(minutes=1)
    happened = Withdrawal.objects.create(seal=seal, withdrawn_at=later, withdrawn_by="w")
    assert kept_seals.quick_verdict(pdf, kept_in(tmp_path)) is None
    Withdrawal.objects.filter(pk=happened.pk).delete()
    Reopening.objects.create(seal=seal, reopened_at=later, reopened_by="w")
    assert kept_seals.quick_verdict(pdf, kept_in(tmp_path)) is None


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE letters_seal SET number = 'AAAA-BBBB'",
        "UPDATE letters_seal SET signature = zeroblob(64)",
        "UPDATE letters_seal SET record = zeroblob(80)",
        "UPDATE letters_seal SET key_id = 'seal-0009-00000000'",
        "UPDATE letters_seal SET manifest = x'7b7d'",
    ],
)
def test_altered_row_is_never_believed(pdf: bytes, tmp_path: Path, change: str) -> None:
    folder = kept_in(tmp_path)
    with sqlite3.connect(folder / "vouchsafe.sqlite3") as altered:
        for (name,) in altered.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            altered.execute(f'DROP TRIGGER "{name}"')
        altered.execute(change)
    altered.close()
    assert kept_seals.quick_verdict(pdf, folder) is None


def test_looking_writes_nothing_and_the_record_bears_the_same_name(pdf: bytes, tmp_path: Path) -> None:
    folder = kept_in(tmp_path)
    before = sorted((path.name, path.stat().st_mtime_ns) for path in folder.iterdir() if path.name != "keys")
    kept_seals.quick_verdict(pdf, folder)
    assert (
        sorted((path.name, path.stat().st_mtime_ns) for path in folder.iterdir() if path.name != "keys")
        == before
    )
    assert RECORD.encode() == kept_seals.RECORD
