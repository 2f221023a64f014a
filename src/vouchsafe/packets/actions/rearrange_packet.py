from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.packets.models import Enclosure, Packet, Rearrangement
from vouchsafe.people.models import Account

FAR = 1000  # beyond any place: two letters never hold the same one, not even for a moment


class OtherLetters(Refusal):
    code = "other-letters"
    msgid = msg("The letters of this packet are others by now.")
    hint_msgid = msg("Look at the packet again, and put its letters in order there.")


@transaction.atomic
def rearrange_packet(
    *, by: Account, packet: Packet, title: str, cover_words: str, numbers: Sequence[str], now: datetime
) -> Rearrangement | None:
    """Change the order of a packet's letters and the words of its cover, also after it was handed over.

    `numbers` are those of its letters, in the new order. Writes what it was before, so that it can be undone, and
    queues nothing: readers see it when they look next, and files they saved stay as they are. None where nothing
    changed. Refuses other letters than those inside: what a reader was given is never swapped for something else.
    """
    packet = Packet.objects.select_for_update(of=("self",)).select_related("opportunity").get(pk=packet.pk)
    before = _numbers(packet)
    if sorted(before) != sorted(numbers):
        raise OtherLetters
    title = (title.strip() or packet.opportunity.title)[:300]
    cover_words = cover_words.strip()
    if (packet.title, packet.cover_words, before) == (title, cover_words, list(numbers)):
        return None
    change = Rearrangement.objects.create(
        packet=packet, title=packet.title, cover_words=packet.cover_words, numbers=before, changed_at=now
    )
    _put(packet, title, cover_words, numbers)
    journal.note(chain=by.key, verb="packet_rearranged", about=packet.key, by=by.key, now=now)
    return change


@transaction.atomic
def undo_rearrangement(*, by: Account, packet: Packet, change: int, now: datetime) -> None:
    """Put a packet back as it was before its newest change, and take that change away. A second undo does nothing.

    A change that another followed can't be taken from under it: nothing happens then either.
    """
    packet = Packet.objects.select_for_update(of=("self",)).get(pk=packet.pk)
    newest = packet.rearrangements.first()
    if newest is None or newest.pk != change or sorted(newest.numbers) != sorted(_numbers(packet)):
        return
    _put(packet, newest.title, newest.cover_words, newest.numbers)
    newest.delete()
    journal.note(chain=by.key, verb="packet_rearrangement_undone", about=packet.key, by=by.key, now=now)


def _numbers(packet: Packet) -> list[str]:
    return list(packet.enclosures.order_by("position").values_list("seal__number", flat=True))


def _put(packet: Packet, title: str, cover_words: str, numbers: Sequence[str]) -> None:
    Packet.objects.filter(pk=packet.pk).update(title=title, cover_words=cover_words)
    inside = Enclosure.objects.filter(packet=packet)
    inside.update(position=F("position") + FAR)
    for place, number in enumerate(numbers):
        inside.filter(seal__number=number).update(position=place)
