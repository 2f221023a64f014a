"""Files in the vault that no row speaks of: what a killed process or a restored database leaves behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model

from vouchsafe.asks.models import Document
from vouchsafe.ledger import custody
from vouchsafe.letters.models import Seal, Upload

WITH_FILES: tuple[type[Model], ...] = (Seal, Upload, Document)


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
    return [file for model in WITH_FILES for file in model._default_manager.values_list("file", flat=True)]
