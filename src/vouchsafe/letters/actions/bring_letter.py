from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import custody, journal
from vouchsafe.letters.actions.upload_letter import CheckedFile
from vouchsafe.letters.models import Letter, Upload
from vouchsafe.people.models import Account


class WriterNotNamed(Refusal):
    code = "writer-not-named"
    msgid = msg("The letter has no writer yet.")
    hint_msgid = msg("Enter the name that stands under it.")


def bring_letter(
    *, by: Account, writer_name: str, title: str = "", checked: CheckedFile, now: datetime
) -> Letter:
    """Keep a letter that its applicant already has, from before. It is open, and was not sealed by its writer.

    Puts the inspected file into the vault, then writes the letter and its file; queues nothing. It gets no
    number, is never verified, and can't go into a packet until its writer has confirmed it. The same file
    again is the same letter. Refuses a letter without a writer's name.
    """
    name = writer_name.strip()
    if not name:
        raise WriterNotNamed
    already = _brought(by, checked.digest)
    if already is not None:
        return already
    stored = custody.vault().put(checked.clean)
    with transaction.atomic():
        Account.objects.select_for_update(of=("self",)).get(pk=by.pk)
        already = _brought(by, checked.digest)
        if already is not None:
            return already
        letter = Letter.objects.create(
            applicant=by,
            writer_name=name[:200],
            title=title.strip()[:300],
            origin=Letter.Origin.BROUGHT,
            confidentiality=Letter.Confidentiality.OPEN,
            begun_at=now,
        )
        Upload.objects.create(
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
            chain=by.key, verb="letter_brought", about=letter.key, by=by.key, now=now, detail=checked.digest
        )
    return letter


def _brought(by: Account, digest: str) -> Letter | None:
    return (
        Letter.objects.of(by)
        .filter(origin=Letter.Origin.BROUGHT, uploads__digest=digest, uploads__replaced_at__isnull=True)
        .first()
    )
