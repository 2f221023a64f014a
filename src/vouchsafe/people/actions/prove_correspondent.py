from __future__ import annotations

from datetime import datetime

from vouchsafe.people.models import Contact, Correspondent


def prove_correspondent(*, mailbox: str, contact: Contact, now: datetime) -> Correspondent:
    """The holder of `mailbox` acted with proof of it: from now on the mailbox has its own row.

    Writes the correspondent on first proof and lets the contact point to it. Call it inside the
    transaction of the act that proved the mailbox. Queues and refuses nothing.
    """
    correspondent, _ = Correspondent.objects.get_or_create(
        mailbox=mailbox,
        defaults={
            "name": contact.name,
            "title": contact.title,
            "organisation": contact.organisation,
            "time_zone": contact.time_zone,
            "language": contact.owner.language,
            "proven_at": now,
        },
    )
    if contact.correspondent_id != correspondent.pk:
        Contact.objects.filter(pk=contact.pk).update(correspondent=correspondent)
        contact.correspondent = correspondent
    return correspondent
