"""The one address a writer is written to, and the refusals that keep it the writer's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vouchsafe.core.reading.addresses import same_mailbox
from vouchsafe.core.words import Refusal, msg
from vouchsafe.people.access import has_stopped, own_addresses
from vouchsafe.people.models import Account

if TYPE_CHECKING:
    from vouchsafe.asks.models import Request


class NoAddress(Refusal):
    code = "no-address"
    msgid = msg("We have no mail address for {writer}.")
    hint_msgid = msg("Add one to the contact, or hand over the link in person.")


class OwnAddress(Refusal):
    code = "own-address"
    msgid = msg("{address} is your own address, so nobody else would read it.")
    hint_msgid = msg("Enter the address of {writer}. A letter counts because someone else wrote it.")


class StopsMail(Refusal):
    code = "stops-mail"
    msgid = msg("{writer} has asked not to be mailed by Vouchsafe.")
    hint_msgid = msg("Speak in person and hand over the link.")


class MailPaused(Refusal):
    code = "mail-paused"
    msgid = msg("The last mail to {writer} did not arrive, so nothing more is sent there.")
    hint_msgid = msg("Change the address, or hand over the link.")


class PausedByYou(Refusal):
    code = "paused-by-you"
    msgid = msg("You have paused the request to {writer}, so nothing is sent there.")
    hint_msgid = msg("Go on with it first, on the page that says how it ended.")


BY_APPLICANT = "applicant"
"""Why a request is paused: its applicant wished it, and may go on."""


class WritersMailbox(NamedTuple):
    """Where mail goes, as written, and the normalised form that a link sent there proves."""

    address: str
    mailbox: str


def refuse_own(owner: Account, address: str, writer: str) -> None:
    """Refuse an address that reaches the applicant, in whatever disguise."""
    if any(same_mailbox(address, own) for own in own_addresses(owner)):
        raise OwnAddress(address=address, writer=writer)


def writers_mailbox(request: Request) -> WritersMailbox:
    """Where links and codes for this request's writer go.

    Until someone has proved a mailbox it is the contact's first address. From then on it is the proven one,
    whatever the applicant changes in the contact: a link with the writer's powers must not follow the
    applicant's pen. Refuses a contact without an address, and the applicant's own.
    """
    contact = request.contact
    known = list(contact.addresses.all())
    proven = request.correspondent.mailbox if request.correspondent else ""
    chosen = (
        next((row for row in known if row.mailbox == proven), None) if proven else next(iter(known), None)
    )
    if chosen is None and not proven:
        raise NoAddress(writer=contact.name)
    found = WritersMailbox(chosen.address, chosen.mailbox) if chosen else WritersMailbox(proven, proven)
    refuse_own(contact.owner, found.address, contact.name)
    return found


def writers_zone(request: Request) -> str:
    """The clock a writer lives by: their own word, else what the applicant knows, else the applicant's own."""
    contact, writer = request.contact, request.correspondent
    return (writer.time_zone if writer else "") or contact.time_zone or contact.owner.time_zone or "UTC"


def demand_mailable(request: Request) -> WritersMailbox:
    """The same, for mail the applicant causes: refuses also a writer who stopped mails, and one whose mail bounced."""
    if request.correspondent is not None and request.correspondent.no_mail_at is not None:
        raise StopsMail(writer=request.contact.name)
    if request.paused_at is not None and request.paused_why == BY_APPLICANT:
        raise PausedByYou(writer=request.contact.name)
    if request.paused_at is not None:
        raise MailPaused(writer=request.contact.name)
    to = writers_mailbox(request)
    # Whoever stopped mails is not mailed by the next applicant either, nor after a change of address and back.
    if request.correspondent is None and has_stopped(to.mailbox):
        raise StopsMail(writer=request.contact.name)
    return to
