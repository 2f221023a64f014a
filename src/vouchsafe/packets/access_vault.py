"""Files in the vault that no row speaks of: what a killed process or a restored database leaves behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model

from vouchsafe.adapters.vault import Role, VaultDamagedError, VaultFileMissingError, Viewer
from vouchsafe.asks.models import Document, Offering
from vouchsafe.ledger import custody
from vouchsafe.letters.models import Seal, Upload
from vouchsafe.people.models import Correspondent

FILES: tuple[tuple[type[Model], str], ...] = (
    (Seal, "file"),
    (Upload, "file"),
    (Document, "file"),
    (Offering, "file"),
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


def known_files(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """The vault's ids in every row that has one."""
    return [
        file
        for model, column in FILES
        for file in model._default_manager.using(using).values_list(column, flat=True)
        if file
    ]


def unsound_files(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Files that a row names and that are gone, do not open, or are not what was sealed. Opens every one."""
    sealed = dict(Seal.objects.using(using).values_list("file", "pdf_digest"))
    return [file for file in sorted(set(known_files(using))) if not _is_sound(file, sealed.get(file))]


def _is_sound(file: str, digest: str | None) -> bool:
    try:
        data = custody.vault().open(file, Viewer(Role.HOUSE, purpose="check"))
    except (VaultFileMissingError, VaultDamagedError):
        return False
    return digest is None or sha256(data).hexdigest() == digest
