from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.access import Visit, demand_writers, stage
from vouchsafe.asks.actions.note_started import note_started
from vouchsafe.asks.models import Request
from vouchsafe.core.stages import LETTER, REQUEST
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.letters.access import letter_in_hand, stage_of
from vouchsafe.letters.access_written import has_words, own_letter, poured, words_of
from vouchsafe.letters.actions.begin_letter import first_confidentiality
from vouchsafe.letters.draft_body import DraftBody
from vouchsafe.letters.models import Letter, Succession, Version
from vouchsafe.letters.starting import WordsThere, put_words
from vouchsafe.letters.succession import successor_of
from vouchsafe.people.access import NotHere


class ReplacedAlready(Refusal):
    code = "replaced-already"
    msgid = msg("Letter {number} has taken its place already.")
    hint_msgid = msg("Begin from that one: only the newest letter can be replaced.")


@transaction.atomic
def begin_successor(
    *,
    visit: Visit,
    letter_key: str,
    openly: bool,
    first: DraftBody,
    now: datetime,
    of_file: DraftBody | None = None,
) -> Letter:
    """Begin the letter that takes the place of a sealed one, with its words. Until it is sealed the old one stands.

    Writes the letter, its draft, the succession, and that sealed words stand in it; `of_file` are those of a letter
    that is a file, read beforehand. Begun twice it is one. While
    the request is closed the new letter stands beside it; in a new round it is the letter of that round. `openly`
    lets the applicant read it though they may not read the old one: for the writer alone to say, so everything here
    refuses without a code just taken. Refuses a letter of another request, and one that has a successor.
    """
    old = own_letter(visit, letter_key)
    if old.request_id != visit.request.pk:
        raise NotHere(letter_key)
    request = (
        Request.objects.select_for_update(of=("self",))
        .select_related("contact__owner", "correspondent")
        .get(pk=visit.request.pk)
    )
    demand_writers(visit, request)
    newer = successor_of(old)
    if newer is not None:
        raise ReplacedAlready(number=newer.number)
    LETTER.demand("succeed", stage_of(old))
    standing = stage(request)
    version = Version.objects.filter(letter=old).first()
    beside = standing == "sealed" or version is not None
    REQUEST.demand("write_beside" if beside else "write", standing)
    begun = Letter.objects.draft().filter(predecessor=old, removed_at__isnull=True).first()
    if begun is not None:
        return begun if openly else _closed_again(begun, request, old)
    if not beside:
        _make_way(visit, now)
    openly = openly and not old.is_open
    letter = Letter.objects.create(
        applicant=old.applicant,
        request=request,
        writer_name=old.writer_name,
        title=old.title,
        origin=Letter.Origin.WRITTEN,
        confidentiality=Letter.Confidentiality.OPEN if openly else first_confidentiality(request, old),
        predecessor=old,
        begun_at=now,
    )
    Succession.objects.create(letter=letter, beside=beside, openly=openly, begun_at=now, begun_by=visit.by)
    if version is not None:
        Version.objects.create(
            letter=letter,
            base=version.base,
            purpose=version.purpose,
            destination=version.destination,
            begun_at=now,
        )
    words = words_of(visit, old) or of_file
    if words is not None:
        put_words(letter, poured(words, first), borrowed=True, now=now)
    if not beside:
        note_started(request=request, by=visit.by, now=now)
    journal.note(
        chain=old.applicant.key,
        verb="successor_begun",
        about=letter.key,
        by=visit.by,
        now=now,
        detail=old.key,
    )
    return letter


def _closed_again(begun: Letter, request: Request, old: Letter) -> Letter:
    """Begun openly, and now said without: the closer word holds. What is closed is never opened by a second press."""
    if Succession.objects.filter(letter=begun, openly=True).update(openly=False):
        begun.confidentiality = first_confidentiality(request, old)
        Letter.objects.filter(pk=begun.pk).update(confidentiality=begun.confidentiality)
    return begun


def _make_way(visit: Visit, now: datetime) -> None:
    """A letter that was begun in this round and holds nothing yet is set aside; one with words is not."""
    in_hand = letter_in_hand(visit)
    if in_hand is None:
        return
    if has_words(in_hand):
        raise WordsThere
    Letter.objects.filter(pk=in_hand.pk).update(removed_at=now)
