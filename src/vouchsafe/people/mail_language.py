from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vouchsafe.people.models import Contact


def language_of(contact: Contact) -> str:
    """The language of mails to someone: the one in which their mailbox last read a page here, else that of who asks."""
    return contact.correspondent.language if contact.correspondent else contact.owner.language
