"""New keys for the instance, and every letter's own key wrapped under the new master. No letter is touched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from vouchsafe.adapters.keys import Kind
from vouchsafe.adapters.vault import VaultDamagedError, VaultFileMissingError
from vouchsafe.ledger import custody, journal

# The secret of links is not among them: files in confidence name their applicant by digests under it.
ROTATED = (Kind.SEAL, Kind.PADES, Kind.MASTER)


@dataclass(frozen=True, slots=True)
class Rotated:
    """What a rotation did. `fresh`: kind and new generation; `damaged`: files whose key could not be wrapped anew."""

    fresh: tuple[tuple[str, int], ...]
    wrapped: int
    already: int
    damaged: tuple[str, ...]


def rotate_keys(
    *,
    kinds: Sequence[Kind] = ROTATED,
    now: datetime,
    tell: Callable[[int, int], None] = lambda done, of: None,
) -> Rotated:
    """Make a new generation of each kind, then wrap every file's key under the newest master key.

    Killed at any moment, every file still opens: older generations stay. Called again with no kinds it goes on
    where it was. Writes new key files, the wrapped keys, and one line in the journal for each new key.
    """
    ring = custody.keys()
    fresh = []
    for kind in kinds:
        generation = ring.rotate(kind, now=now)
        fresh.append((str(kind), generation))
        with transaction.atomic():
            journal.note(
                chain=journal.OFFICE,
                verb="key_rotated",
                about="keys",
                by="command",
                now=now,
                detail=f"{kind}-{generation:04d}",
            )
    vault = custody.vault()
    files = [file_id for file_id, _ in vault.kept()]
    wrapped, damaged = 0, []
    for place, file_id in enumerate(files, start=1):
        try:
            wrapped += vault.rewrap(file_id)
        except VaultFileMissingError:
            continue  # erased since it was listed, or a file whose key is gone: nothing to wrap
        except VaultDamagedError:
            damaged.append(file_id)
        tell(place, len(files))
    return Rotated(tuple(fresh), wrapped, len(files) - wrapped - len(damaged), tuple(damaged))
