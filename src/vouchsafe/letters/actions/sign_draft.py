from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from vouchsafe.asks.access import Visit, demand_writers
from vouchsafe.asks.models import Request
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import custody, journal
from vouchsafe.letters.access import demand_desk_for, letter_in_hand
from vouchsafe.letters.actions.save_draft import encrypted, read_draft
from vouchsafe.letters.models import Draft
from vouchsafe.people.access import viewer_keys
from vouchsafe.people.actions.prove_correspondent import prove_correspondent
from vouchsafe.people.models import Correspondent


class NothingToSign(Refusal):
    code = "nothing-to-sign"
    msgid = msg("There is no letter to sign yet.")
    hint_msgid = msg("Write the first words, then sign.")


def sign_draft(*, visit: Visit, picture: bytes, remember: bool, now: datetime) -> Draft:
    """Put a clean picture of a signature under the letter in hand, or take it off (empty).

    Writes the draft, encrypted; with `remember` the picture is kept for the writer's next letters, in the vault
    under a key of its own, and replaces the one kept before. Refuses a browser that has not proved the writer's
    mailbox, and where nothing is written yet. Queues nothing.
    """
    visit.demand_proof()
    applicant = visit.request.contact.owner
    kept = (
        custody.vault().put(picture, sealed_from=viewer_keys(applicant)).file_id
        if picture and remember
        else ""
    )
    try:
        return _sign(visit, picture, kept, now)
    except Refusal:
        if kept:
            custody.vault().erase(kept)
        raise


@transaction.atomic
def _sign(visit: Visit, picture: bytes, kept: str, now: datetime) -> Draft:
    request = (
        Request.objects.select_for_update(of=("self",))
        .select_related("contact__owner")
        .get(pk=visit.request.pk)
    )
    demand_writers(visit, request)
    letter = letter_in_hand(visit)
    draft = Draft.objects.select_for_update(of=("self",)).filter(letter=letter).first() if letter else None
    if letter is None or draft is None:
        raise NothingToSign
    demand_desk_for(visit, letter)
    # The revision stays: a window that goes on typing meanwhile is in no conflict with a signature.
    draft.sealed_body = encrypted(replace(read_draft(draft), picture=picture))
    draft.saved_at = now
    draft.save(update_fields=["sealed_body", "saved_at"])
    if kept:
        writer = prove_correspondent(mailbox=visit.mailbox, contact=request.contact, now=now)
        keep_file(writer, kept)
        journal.note(
            chain=letter.applicant.key, verb="signature_kept", about=letter.key, by=writer.key, now=now
        )
    return draft


def keep_file(writer: Correspondent, file: str) -> None:
    """Let a file be the remembered one, or none; the one before is destroyed once that is certain."""
    before = Correspondent.objects.select_for_update().get(pk=writer.pk).signature_file
    Correspondent.objects.filter(pk=writer.pk).update(signature_file=file)
    if before:
        transaction.on_commit(lambda: custody.vault().erase(before))
