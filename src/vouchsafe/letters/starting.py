"""What the ways to begin a letter from words that are there already share."""

from __future__ import annotations

from datetime import datetime

from vouchsafe.core.words import Refusal, msg
from vouchsafe.letters.access_written import has_words
from vouchsafe.letters.actions.save_draft import encrypted
from vouchsafe.letters.draft_body import DraftBody
from vouchsafe.letters.models import Borrowing, Draft, Letter


class WordsThere(Refusal):
    code = "words-there"
    msgid = msg("There are words in this letter already.")
    hint_msgid = msg("Nothing was changed. To begin from another text, empty the letter first and save it.")


class NoWordsInFile(Refusal):
    code = "no-words-in-file"
    msgid = msg("The pages of that letter are pictures, so there are no words to begin from.")
    hint_msgid = msg("Write the letter here, or give us a newer file.")


def put_words(letter: Letter, body: DraftBody, *, borrowed: bool, now: datetime) -> Draft:
    """Let a letter begin with these words, in the caller's transaction. Refuses to push words aside.

    `borrowed` says that they were sealed: from then on the draft is shown only where a code was taken.
    """
    if has_words(letter):
        raise WordsThere
    if borrowed:
        Borrowing.objects.get_or_create(letter=letter, defaults={"borrowed_at": now})
    draft = Draft.objects.filter(letter=letter).first()
    if draft is None:
        return Draft.objects.create(letter=letter, sealed_body=encrypted(body), revision=1, saved_at=now)
    draft.sealed_body, draft.saved_at = encrypted(body), now
    draft.revision += 1
    draft.save(update_fields=["sealed_body", "revision", "saved_at"])
    return draft
