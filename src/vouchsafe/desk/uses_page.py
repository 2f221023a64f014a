"""What a writer sees of the uses of a sealed letter, and what narrowing them would end. Reads only, never a text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Prefetch

from vouchsafe.asks.access import Visit
from vouchsafe.asks.models import Purpose
from vouchsafe.core.uses import Uses, agreed_words
from vouchsafe.core.words import Sentence
from vouchsafe.letters.models import Letter, Seal
from vouchsafe.packets.models import Enclosure, Reader
from vouchsafe.people.access import NotHere


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A purpose the letter was asked for, now or before. `is_new` came after the writer last spoke."""

    key: str
    title: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class UsesPage:
    base: str
    number: str
    applicant: str
    uses: Uses
    lines: tuple[Sentence, ...]
    asked: tuple[AskedFor, ...]
    is_released: bool


@dataclass(frozen=True, slots=True)
class Ending:
    """A packet that would lose the letter, or the right to save it, and how many readers have it now.

    Its readers are not named to the writer: to whom the applicant applies is theirs to tell.
    """

    purpose: str
    readers: int
    only_saving: bool


def sealed_of(visit: Visit, letter_key: str = "") -> Seal:
    """The sealed letter that is spoken of: the one named, else the newest of the request that stands."""
    letters = Letter.objects.filter(request=visit.request, removed_at__isnull=True)
    seals = Seal.objects.filter(
        letter__in=letters.filter(key=letter_key) if letter_key else letters,
        reopening__isnull=True,
        withdrawal__isnull=True,
    )
    found = (
        seals.defer("record", "manifest", "signature")
        .select_related("letter__applicant", "release")
        .order_by("-id")
        .first()
    )
    if found is None:
        raise NotHere(letter_key or visit.request.key)
    return found


def uses_page(visit: Visit, seal: Seal) -> UsesPage:
    """The page in two queries beside the seal's own."""
    newest = seal.scopes.first()
    uses = newest.uses if newest else Uses()
    rows = (
        Purpose.objects.filter(request=visit.request).select_related("opportunity").order_by("shown_on", "id")
    )
    titles: dict[str, str] = {}
    asked: list[AskedFor] = []
    for row in rows:
        key = row.opportunity.key
        kept = key in uses.opportunities
        if key in titles or (row.withdrawn_at is not None and not kept):
            continue
        titles[key] = str(row.opportunity)
        asked.append(
            AskedFor(
                key, titles[key], is_new=newest is not None and row.added_at > newest.set_at and not kept
            )
        )
    named = [titles[key] for key in uses.opportunities if key in titles]
    return UsesPage(
        base=f"/requests/{visit.request.key}" + (f"/letters/{visit.at}" if visit.at else ""),
        number=seal.number,
        applicant=seal.letter.applicant.name,
        uses=uses,
        lines=agreed_words(uses, named),
        asked=tuple(asked),
        is_released=hasattr(seal, "release"),
    )


def endings(seal: Seal, before: Uses, after: Uses, now: datetime) -> tuple[Ending, ...]:
    """What the packets that hold the letter would lose. Two queries, however many there are."""
    live = Reader.objects.filter(revocation__isnull=True, expires_at__gt=now, held_why="")
    rows = (
        Enclosure.objects.filter(seal=seal)
        .select_related("packet__opportunity")
        .prefetch_related(Prefetch("packet__readers", queryset=live))
        .order_by("packet_id")
    )
    today = now.astimezone(ZoneInfo(seal.letter.applicant.time_zone)).date()
    found = []
    for row in rows:
        opportunity = row.packet.opportunity
        lost = _lost(before, after, opportunity.key, opportunity.kind, today)
        if lost:
            readers = len(row.packet.readers.all())
            found.append(Ending(str(opportunity), readers, only_saving=lost == "file"))
    return tuple(found)


def _lost(before: Uses, after: Uses, key: str, kind: str, today: date) -> str:
    where = {"opportunity": key, "kind": kind}
    # A last day ends a packet that can be read today only once it has passed, and then the page has said so.
    if before.covers(**where, today=today) and not after.covers(**where, today=today):
        return "all"
    if before.covers_file(**where, today=today) and not after.covers_file(**where, today=today):
        return "file"
    return ""
