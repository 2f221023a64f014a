"""One letter in the Safe as its own page shows it: facts, thanks, and the packets it lies in. Never a text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from vouchsafe.asks.access import stage
from vouchsafe.asks.actions.ask_facts import ask_facts, speak
from vouchsafe.asks.models import Purpose
from vouchsafe.core.composing import AskFacts, compose_renewal, compose_thanks
from vouchsafe.ledger.models import Outgoing
from vouchsafe.letters.access_open import Shelved, shelved
from vouchsafe.letters.actions.send_thanks import thanks_mails
from vouchsafe.letters.models import Confirmation, Release, Renewal, Version
from vouchsafe.packets.models import Packet
from vouchsafe.people.models import Account, Contact
from vouchsafe.plans.models import Opportunity


@dataclass(frozen=True, slots=True)
class Thanks:
    """What became of the thanks for a letter: waiting, begun, sent, unknown or failed."""

    state: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HeldIn:
    key: str
    title: str


@dataclass(frozen=True, slots=True)
class AskedToConfirm:
    """Where the request to confirm a brought letter stands. `sealed` is the key of what its writer sealed since."""

    request_key: str
    writer: str
    asked_at: datetime
    stage: str
    sealed: str


@dataclass(frozen=True, slots=True)
class SafeLetter:
    letter: Shelved
    thanks: Thanks | None
    packets: tuple[HeldIn, ...]
    confirmation: AskedToConfirm | None = None
    may_renew: bool = False
    renewal_asked: str = ""
    """The key of the request on which a newer letter is asked for."""


def safe_letter(applicant: Account, key: str) -> SafeLetter:
    """The facts of one letter. NotHere for anyone else's, and for one that is not safe yet."""
    letter = shelved(applicant, key)
    mails = [mail for mail in thanks_mails(letter.key) if mail.state != Outgoing.State.WITHDRAWN]
    inside = Packet.objects.own().filter(owner=applicant, enclosures__seal__letter__key=letter.key).distinct()
    asked = _renewal_asked(key)
    return SafeLetter(
        may_renew=_may_renew(letter) and not asked,
        renewal_asked=asked if not letter.successor else "",
        letter=letter,
        thanks=Thanks(mails[-1].state, mails[-1].ended_at or mails[-1].due_at) if mails else None,
        packets=tuple(HeldIn(packet.key, packet.title) for packet in inside),
        confirmation=_confirmation(key) if letter.is_brought else None,
    )


def _renewal_asked(letter_key: str) -> str:
    """The request on which a newer letter is asked for, if one is."""
    asked = Renewal.objects.filter(letter__key=letter_key, purpose__withdrawn_at__isnull=True)
    return asked.values_list("purpose__request__key", flat=True).last() or ""


def _may_renew(letter: Shelved) -> bool:
    """A letter of a request that nothing has replaced; a version goes with the letter it was made from."""
    if letter.is_brought or letter.successor or not letter.request_key:
        return False
    return not Version.objects.filter(letter__key=letter.key).exists()


def proposed_renewal(applicant: Account, letter: Shelved) -> str:
    """The ask for a newer letter as we would write it, in the language of the page."""
    facts = _facts(applicant, letter)
    return compose_renewal(facts).text(speak) if facts is not None else ""


def what_for(applicant: Account, letter: Shelved) -> list[tuple[str, str]]:
    """Opportunities that this writer is not asked for yet: (key, name) each."""
    asked = Purpose.objects.filter(request__key=letter.request_key, withdrawn_at__isnull=True)
    rows = Opportunity.objects.of(applicant).exclude(pk__in=asked.values("opportunity"))
    return [(row.key, _named(row)) for row in rows]


def _confirmation(letter_key: str) -> AskedToConfirm | None:
    asked = (
        Confirmation.objects.filter(letter__key=letter_key, purpose__withdrawn_at__isnull=True)
        .select_related("purpose__request__contact")
        .last()
    )
    if asked is None:
        return None
    request = asked.purpose.request
    sealed = Release.objects.filter(
        seal__letter__request=request, seal__sealed_at__gte=asked.asked_at, seal__reopening__isnull=True
    )
    return AskedToConfirm(
        request_key=request.key,
        writer=request.contact.name,
        asked_at=asked.asked_at,
        stage=stage(request),
        sealed=sealed.order_by("-id").values_list("seal__letter__key", flat=True).first() or "",
    )


def proposed_thanks(applicant: Account, letter: Shelved) -> str:
    """Two lines of thanks as we would write them, in the language of the page."""
    facts = _facts(applicant, letter)
    return compose_thanks(facts).text(speak) if facts is not None else ""


def _facts(applicant: Account, letter: Shelved) -> AskFacts | None:
    """What the newest purpose of the letter's request gives to speak of."""
    purpose = (
        Purpose.objects.filter(request__key=letter.request_key, request__contact__owner=applicant)
        .select_related("opportunity", "request__contact__owner")
        .order_by("-id")
        .first()
    )
    if purpose is None:
        return None
    return ask_facts(
        owner=applicant, contact=purpose.request.contact, opportunity=purpose.opportunity, purpose=purpose
    )


def who_could_confirm(applicant: Account) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Contacts with an address, and opportunities: (key, name) each."""
    contacts = Contact.objects.of(applicant).filter(addresses__isnull=False).distinct()
    opportunities = Opportunity.objects.of(applicant)
    return (
        list(contacts.values_list("key", "name")),
        [(row.key, _named(row)) for row in opportunities],
    )


def _named(row: Opportunity) -> str:
    return f"{row.title}, {row.organisation}" if row.organisation else row.title
