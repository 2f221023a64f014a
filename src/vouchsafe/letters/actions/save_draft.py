from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from vouchsafe.asks.access import Visit
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import custody
from vouchsafe.letters.access import demand_desk_for
from vouchsafe.letters.actions.begin_letter import begin_letter
from vouchsafe.letters.draft_body import CONTEXT, DraftBody
from vouchsafe.letters.models import Draft, Letter


class DraftChangedElsewhere(Refusal):
    code = "draft-changed-elsewhere"
    msgid = msg("This letter was changed in another window at {time}.")
    hint_msgid = msg("Both versions are here. Choose the one to go on with, or copy from one to the other.")


@transaction.atomic
def save_draft(*, visit: Visit, body: DraftBody, based_on: int, now: datetime) -> Draft:
    """Keep what the writer has typed. Writes the draft, encrypted, and begins the letter on first use.

    `based_on` is the revision the window started from (0: none yet). Refuses to overwrite a newer one, so a
    second window never loses the first one's words; the same words again are no conflict. Queues nothing.
    A body without the picture of a signature leaves the one there; `sign_draft` takes it off.
    Where sealed words were put into the draft it refuses a browser in which no code was taken.
    """
    letter = begin_letter(visit=visit, origin=Letter.Origin.WRITTEN, now=now)
    demand_desk_for(visit, letter)
    draft = Draft.objects.select_for_update(of=("self",)).filter(letter=letter).first()
    if draft is None:
        return Draft.objects.create(letter=letter, sealed_body=encrypted(body), revision=1, saved_at=now)
    before = read_draft(draft)
    body = replace(body, picture=body.picture or before.picture)
    if before == body:
        return draft
    if draft.revision != based_on:
        raise DraftChangedElsewhere(time=f"{draft.saved_at:%H:%M}", revision=draft.revision)
    draft.sealed_body = encrypted(body)
    draft.revision += 1
    draft.saved_at = now
    draft.save(update_fields=["sealed_body", "revision", "saved_at"])
    return draft


def read_draft(draft: Draft) -> DraftBody:
    """The words of a draft, for its writer."""
    return DraftBody.load(custody.decrypt(draft.sealed_body, context=CONTEXT))


def encrypted(body: DraftBody) -> bytes:
    """What a draft's column holds of its words."""
    return custody.encrypt(body.dump(), context=CONTEXT)
