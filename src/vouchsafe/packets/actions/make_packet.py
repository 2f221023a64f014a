from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.letters.access import version_for
from vouchsafe.letters.models import Letter, Seal
from vouchsafe.letters.succession import successor_of
from vouchsafe.packets.access import covers
from vouchsafe.packets.models import Enclosure, Packet
from vouchsafe.people.access import NotHere
from vouchsafe.people.models import Account
from vouchsafe.plans.models import Destination, Opportunity

TWICE = timedelta(minutes=1)


class PacketEmpty(Refusal):
    code = "packet-empty"
    msgid = msg("A packet needs at least one letter.")
    hint_msgid = msg("Choose the letters that go to this reader.")


class LetterNotInScope(Refusal):
    code = "letter-not-in-scope"
    msgid = msg("{writer} did not agree to this use of the letter.")
    hint_msgid = msg("Ask {writer} to widen it; the request’s page has the place for it.")


class LetterNotReady(Refusal):
    code = "letter-not-ready"
    msgid = msg("The letter by {writer} can’t be sent now.")
    hint_msgid = msg("It may have been opened again, withdrawn or replaced. See the Safe.")


class LetterNotSealed(Refusal):
    code = "letter-not-sealed"
    msgid = msg("The letter by {writer} was not sealed by its writer, so it can’t be vouched for.")
    hint_msgid = msg("Ask {writer} to confirm it first. The letter’s page in the Safe has the place for it.")


@transaction.atomic
def make_packet(
    *,
    by: Account,
    opportunity: Opportunity,
    destination: Destination | None,
    letter_keys: Sequence[str],
    title: str,
    cover_words: str = "",
    today: date,
    now: datetime,
) -> Packet:
    """Put sealed letters together for one destination, in the given order.

    Writes the packet and its enclosures; queues nothing. The same packet again within a minute is one. Where its
    writer sealed a version of a letter for this place, that version is put in. Refuses a letter that is not
    released, was withdrawn or replaced, was never sealed, or whose writer did not agree to this use. Never loads a
    text.
    """
    if opportunity.owner_id != by.pk or (destination and destination.opportunity_id != opportunity.pk):
        raise NotHere(opportunity.key)
    if not letter_keys:
        raise PacketEmpty
    found = [_usable(by, key, opportunity, destination, today) for key in letter_keys]
    seals = list({seal.pk: seal for seal in found}.values())
    facts: dict[str, Any] = {
        "owner": by,
        "opportunity": opportunity,
        "destination": destination,
        "title": (title.strip() or opportunity.title)[:300],
        "cover_words": cover_words.strip(),
    }
    Account.objects.select_for_update(of=("self",)).get(pk=by.pk)
    for recent in Packet.objects.own().filter(**facts, made_at__gt=now - TWICE):
        if [row.seal_id for row in recent.enclosures.all()] == [seal.pk for seal in seals]:
            return recent
    packet = Packet.objects.create(**facts, made_at=now)
    Enclosure.objects.bulk_create(
        Enclosure(packet=packet, seal=seal, position=position) for position, seal in enumerate(seals)
    )
    journal.note(chain=by.key, verb="packet_made", about=packet.key, by=by.key, now=now)
    return packet


def _usable(
    by: Account, key: str, opportunity: Opportunity, destination: Destination | None, today: date
) -> Seal:
    letter = Letter.objects.of(by).filter(key=key).first()
    if letter is None:
        raise NotHere(key)
    if letter.origin == Letter.Origin.BROUGHT:
        raise LetterNotSealed(writer=letter.writer_name)
    letter = version_for(letter, opportunity, destination) or letter
    seal = (
        Seal.objects.defer("record", "manifest", "signature")
        .select_related("release", "withdrawal")
        .filter(letter=letter, reopening__isnull=True)
        .order_by("-id")
        .first()
    )
    if (
        seal is None
        or not hasattr(seal, "release")
        or hasattr(seal, "withdrawal")
        or successor_of(letter) is not None
    ):
        raise LetterNotReady(writer=seal.writer_name if seal else letter.writer_name)
    if not covers(seal.scopes.order_by("-set_at", "-id").first(), opportunity, today):
        raise LetterNotInScope(writer=seal.writer_name)
    return seal
