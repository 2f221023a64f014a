from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.letters.models import Scope, Seal
from vouchsafe.packets.models import Enclosure, Packet
from vouchsafe.people.models import Account
from vouchsafe.plans.models import Destination, Opportunity


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
    hint_msgid = msg("It may have been opened again or withdrawn. See the Safe.")


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

    Writes the packet and its enclosures; queues nothing. Refuses a letter that is not released, was
    withdrawn, or whose writer did not agree to this use. Never loads a letter's text.
    """
    if not letter_keys:
        raise PacketEmpty
    packet = Packet.objects.create(
        owner=by,
        opportunity=opportunity,
        destination=destination,
        title=title.strip() or opportunity.title,
        cover_words=cover_words.strip(),
        made_at=now,
    )
    for position, key in enumerate(dict.fromkeys(letter_keys)):
        Enclosure.objects.create(packet=packet, seal=_usable(by, key, opportunity, today), position=position)
    journal.note(chain=by.key, verb="packet_made", about=packet.key, by=by.key, now=now)
    return packet


def _usable(by: Account, key: str, opportunity: Opportunity, today: date) -> Seal:
    seal = (
        Seal.objects.select_related("letter")
        .filter(
            letter__applicant=by,
            letter__key=key,
            letter__removed_at__isnull=True,
            reopening__isnull=True,
            release__isnull=False,
        )
        .order_by("-id")
        .first()
    )
    if seal is None or hasattr(seal, "withdrawal"):
        raise LetterNotReady(writer=seal.writer_name if seal else "")
    if not covers(Scope.objects.filter(seal=seal).first(), opportunity, today):
        raise LetterNotInScope(writer=seal.writer_name)
    return seal


def covers(scope: Scope | None, opportunity: Opportunity, today: date) -> bool:
    """Does the newest scope of a seal allow this use today? Without a scope nothing is allowed."""
    if scope is None or (scope.last_on is not None and today > scope.last_on):
        return False
    named = not scope.opportunities or opportunity.key in scope.opportunities
    return named and (not scope.kinds or opportunity.kind in scope.kinds)
