from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import custody, journal
from vouchsafe.letters.access_open import open_letters
from vouchsafe.letters.models import QUOTE, Quote
from vouchsafe.letters.quoting import sentences_of
from vouchsafe.people.access import NotHere
from vouchsafe.people.models import Account


class QuoteNotInLetter(Refusal):
    code = "quote-not-in-letter"
    msgid = msg("A sentence you chose does not stand in this letter.")
    hint_msgid = msg("Choose again from the sentences as they stand there now.")


def choose_quotes(*, by: Account, letter_key: str, places: Collection[int], now: datetime) -> int:
    """Put the sentences at these places of an open letter on the wall, and take its others off. Returns how many hang.

    Writes a row for each sentence, marks those no longer chosen. The words are read off the letter here and never
    taken from a form, so nobody is made to say what they did not write. Refuses a letter its applicant may not read.
    """
    sentences = sentences_of(by, letter_key)
    if any(not 0 <= place < len(sentences) for place in places):
        raise QuoteNotInLetter
    chosen = {custody.digest(QUOTE, sentences[place]): sentences[place] for place in sorted(set(places))}
    with transaction.atomic():
        letter = open_letters(by).select_for_update().filter(key=letter_key).first()
        if letter is None:
            raise NotHere(letter_key)
        kept = Quote.objects.filter(letter=letter)
        known = set(kept.values_list("digest", flat=True))
        changed = kept.filter(removed_at__isnull=True).exclude(digest__in=chosen).update(removed_at=now)
        changed += kept.filter(removed_at__isnull=False, digest__in=chosen).update(removed_at=None)
        fresh = [
            Quote(
                letter=letter,
                sealed_words=custody.encrypt(words.encode(), context=QUOTE),
                digest=digest,
                chosen_at=now,
            )
            for digest, words in chosen.items()
            if digest not in known
        ]
        Quote.objects.bulk_create(fresh)
        if changed or fresh:
            journal.note(chain=by.key, verb="quotes_chosen", about=letter.key, by=by.key, now=now)
    return len(chosen)
