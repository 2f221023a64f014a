"""What the operator may do for one account: the same as its owner, and the journal says who did it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from tests import factories
from tests.cast import Cast
from tests.sealing import CANARY, make_sealed

from vouchsafe.doors.cli import main
from vouchsafe.ledger.models import Line
from vouchsafe.people.models import Account


@pytest.fixture(autouse=True)
def started(monkeypatch: pytest.MonkeyPatch) -> None:
    """Django runs already; starting it again would give its log a stream that ends with this test."""
    monkeypatch.setattr("django.setup", lambda: None)


def command(*words: object) -> int:
    return main([str(word) for word in words])


def test_export_gives_what_is_theirs_once_and_the_journal_says_so(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_sealed(cast.ben, factories.make_opportunity(cast.ada, deadline_on=None), confidentiality="waived")
    file = tmp_path / "ada.zip"
    assert command("export", cast.ada.email.upper(), file, "--data", settings.DATA_FOLDER) == 0
    with zipfile.ZipFile(file) as bundle:
        held = {name: bundle.read(name) for name in bundle.namelist()}
    told = json.loads(held["everything.json"])
    assert told["account"][0]["key"] == cast.ada.key
    assert cast.eve.key not in held["everything.json"].decode()
    assert not [name for name, data in held.items() if CANARY.encode() in data]
    assert file.stat().st_mode & 0o077 == 0
    assert Line.objects.filter(chain=cast.ada.key, verb="exported", by="command").count() == 1
    assert command("export", cast.ada.email, file, "--data", settings.DATA_FOLDER) == 1
    assert "can’t be written" in capsys.readouterr().err
    assert Line.objects.filter(verb="exported").count() == 1


def test_erase_wants_the_address_twice_and_takes_that_account_alone(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ("--data", settings.DATA_FOLDER)
    assert command("erase", cast.ada.email, *data, "--sure", cast.eve.email) == 1
    assert command("erase", "nobody@nowhere.example", *data, "--sure", "x") == 1
    assert "Nobody here signs in" in capsys.readouterr().err
    assert Account.objects.count() == 3
    assert command("erase", cast.ada.email, *data, "--sure", cast.ada.email) == 0
    assert set(Account.objects.values_list("key", flat=True)) == {cast.dana.key, cast.eve.key}
    assert Line.objects.get(verb="erased").by == "command"


def test_neither_begins_an_instance(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (("export", "a@b.example", tmp_path / "x.zip"), ("erase", "a@b.example")):
        assert command(*words, "--data", tmp_path / "none") == 1
    assert not (tmp_path / "none").exists()


def test_whoever_was_erased_before_a_backup_came_back_is_erased_again_by_a_list_of_keys(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ("--data", settings.DATA_FOLDER)
    kept = {field.attname: getattr(cast.ada, field.attname) for field in Account._meta.concrete_fields}
    assert command("erase", cast.ada.email, *data, "--sure", cast.ada.email) == 0
    capsys.readouterr()
    assert command("erase", "--list", *data) == 0
    listed = capsys.readouterr().out
    assert listed.split() == [cast.ada.key]
    Account.objects.create(**kept)  # as a restored backup brings it back
    file = tmp_path / "erased.txt"
    file.write_text(f"{listed}\n{cast.dana.key}\n{'0' * 24}\nno key at all\n", encoding="utf-8")
    assert command("erase", "--again", file, *data) == 1
    told = capsys.readouterr()
    assert "Erased again: 1." in told.out
    assert cast.dana.key in told.err, "who alone keeps the instance is named, and kept"
    assert set(Account.objects.values_list("key", flat=True)) == {cast.dana.key, cast.eve.key}
    file.write_text(listed, encoding="utf-8")
    assert command("erase", "--again", file, *data) == 0
    assert "Erased again: 0." in capsys.readouterr().out, "twice is once"
    assert command("erase", "--again", tmp_path / "none.txt", *data) == 1
    assert command("erase", *data) == 2
    assert command("erase", cast.eve.email, "--list", *data) == 2
    assert Account.objects.filter(pk=cast.eve.pk).exists()
