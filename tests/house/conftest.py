from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from catalogues.extracting import Key, Message, messages
from tests.pseudo import CODE, write_pseudo


@pytest.fixture(scope="session")
def sentences() -> dict[Key, Message]:
    """Every marked sentence of the source; reading it all takes seconds."""
    return messages()


@pytest.fixture(scope="session")
def pseudo_folder(sentences: dict[Key, Message], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pseudo(sentences, tmp_path_factory.mktemp("locale"))


@pytest.fixture
def in_pseudo(settings: Any, pseudo_folder: Path) -> None:
    settings.LOCALE_PATHS = [pseudo_folder]
    settings.LANGUAGES = [*settings.LANGUAGES, (CODE, "Pseudo")]


@pytest.fixture(autouse=True)
def no_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    """The walks ask a program's questions faster than any program may."""
    monkeypatch.setattr("vouchsafe.doors.api.tokens.takes_place", lambda *_: True)


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """A walk is answered by thousands of refusals: nobody reads a line of the log about each."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)
