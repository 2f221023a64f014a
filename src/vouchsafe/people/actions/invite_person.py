from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import custody, journal, outbox
from vouchsafe.ledger.keys import new_key, token_hash
from vouchsafe.people.models import Account, Invitation

LIFE = timedelta(days=14)
PURPOSE = "invitation"


class NotYours(Refusal):
    code = "office-only"
    msgid = msg("Only the office may invite people.")
    hint_msgid = msg("Ask whoever runs this instance.")


@transaction.atomic
def invite_person(
    *,
    by: Account,
    email: str,
    role: str,
    instance_name: str,
    now: datetime,
    name: str = "",
    adviser: Account | None = None,
    batch: str = "",
    wait: timedelta = timedelta(0),
) -> Invitation:
    """Invite someone with a role. Writes the invitation and queues its mail, which leaves after `wait`.

    An open invitation to the same address is replaced, so the newest mail is the one that works. Whether the
    address has an account already is not told here: the mail says so to its owner alone.
    """
    if not by.runs_office:
        raise NotYours
    address = email.strip().lower()
    Invitation.objects.filter(email=address, accepted_at__isnull=True, withdrawn_at__isnull=True).update(
        withdrawn_at=now
    )
    key = new_key()
    generation = custody.secret_generation()
    invitation = Invitation.objects.create(
        key=key,
        email=address,
        name=name,
        role=role,
        adviser=adviser,
        batch=batch,
        token_hash=token_hash(custody.token(PURPOSE, key, 1, generation)),
        invited_by=by,
        invited_at=now,
        expires_at=now + LIFE,
    )
    outbox.queue(
        outbox.Parcel(
            kind="invitation",
            to_address=address,
            to_name=name,
            facts={"inviter": by.name, "instance": instance_name, "role": role},
            links={
                "page_url": outbox.TokenLink(
                    path="invitation_path", purpose=PURPOSE, key=key, n=1, generation=generation
                )
            },
            language=by.language,
        ),
        delivery=outbox.Delivery.AT_LEAST_ONCE,
        chain=journal.OFFICE,
        about=key,
        once=f"invitation|{key}",
        now=now,
        wait=wait,
    )
    journal.note(chain=journal.OFFICE, verb="invited", about=key, by=by.key, now=now, detail=role)
    return invitation
