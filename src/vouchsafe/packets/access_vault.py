"""Files in the vault that no row speaks of: what a killed process or a restored database leaves behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model

from vouchsafe.asks.models import Document
from vouchsafe.ledger import custody
from vouchsafe.letters.models import Seal, Upload
from vouchsafe.people.models import Correspondent

FILES: tuple[tuple[type[Model], str], ...] = (
    (Seal, "file"),
    (Upload, "file"),
    (Document, "file"),
    (Correspondent, "signature_file"),
)
"""Every column that names a file of the vault. What is missing here would look like an orphan."""


@dataclass(frozen=True, slots=True)
class Orphan:
    """A file no letter, upload or document names. Nothing here tells what is in it."""

    file: str
    written_at: datetime


def orphans(before: datetime) -> tuple[Orphan, ...]:
    """Orphans written before a moment. The vault is listed first: a row written meanwhile makes no orphan."""
    kept = list(custody.vault().kept())
    known = set(known_files())
    return tuple(
        Orphan(file, written_at) for file, written_at in kept if written_at < before and file not in known
    )


def known_files() -> list[str]:
    """The vault's ids in every row that has one."""
    return [
        file
        for model, column in FILES
        for file in model._default_manager.values_list(column, flat=True)
        if file
    ]
