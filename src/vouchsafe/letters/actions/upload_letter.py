from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from vouchsafe.asks.access import Visit
from vouchsafe.ledger import custody, journal
from vouchsafe.letters.actions.begin_letter import begin_letter
from vouchsafe.letters.models import Letter, Upload
from vouchsafe.people.access import viewer_keys


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that was inspected and cleaned, before any transaction. `clean` is the one revision that is kept."""

    name: str
    kind: str
    pages: int
    clean: bytes
    digest: str  # SHA-256 of `clean`, hex
    given_digest: str
    hints: Sequence[Any] = ()
    doubts: Sequence[Any] = ()  # those of the hints that speak of another person or place


def upload_letter(*, visit: Visit, checked: CheckedFile, now: datetime) -> Upload:
    """Keep a file as the letter in hand. The file is synced to the vault before its row is written.

    Writes the upload, replacing the one before it; the same bytes again are the same upload. Refuses a
    browser that has not proved the writer's mailbox. A process killed in between leaves a file without a row;
    where the file can't be kept, nothing is written and the applicant is not told that its writer began.
    """
    with transaction.atomic():
        letter = begin_letter(visit=visit, origin=Letter.Origin.UPLOADED, now=now)
        same = Upload.objects.filter(letter=letter, replaced_at__isnull=True, digest=checked.digest).first()
        transaction.set_rollback(same is None)  # where the file can't be kept, nothing has begun
    if same is not None:
        return same
    # The applicant never sees an unsealed file, so it is kept from them whatever the letter will be.
    stored = custody.vault().put(checked.clean, sealed_from=viewer_keys(letter.applicant))
    with transaction.atomic():
        letter = begin_letter(visit=visit, origin=Letter.Origin.UPLOADED, now=now)
        Upload.objects.filter(letter=letter, replaced_at__isnull=True).update(replaced_at=now)
        upload = Upload.objects.create(
            letter=letter,
            file=stored.file_id,
            name=checked.name[:200],
            kind=checked.kind,
            pages=checked.pages,
            digest=checked.digest,
            given_digest=checked.given_digest,
            hints=list(checked.hints),
            uploaded_at=now,
        )
        journal.note(
            chain=letter.applicant.key,
            verb="file_uploaded",
            about=letter.key,
            by=visit.by,
            now=now,
            detail=checked.digest,
        )
    return upload
