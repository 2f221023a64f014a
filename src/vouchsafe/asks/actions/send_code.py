from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from vouchsafe.asks.mailbox import NoAddress, writers_mailbox
from vouchsafe.asks.models import Code, Request
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import custody, journal, outbox
from vouchsafe.people.mail_language import language_of

LIFE = timedelta(minutes=10)
PER_HOUR = 5
DIGITS = 8


class TooManyCodes(Refusal):
    code = "too-many-codes"
    msgid = msg("We have sent {count} codes within the hour.")
    hint_msgid = msg("The newest one still works for ten minutes; otherwise try again in an hour.")


class NoAddressToProve(Refusal):
    code = "no-address-to-prove"
    msgid = msg("There is no mail address for {writer} yet.")
    hint_msgid = msg("Ask {applicant} to add it.")


@transaction.atomic
def send_code(*, request: Request, use: str, now: datetime) -> None:
    """Mail a fresh code to the writer's own address: to prove the mailbox, or to read a sealed text.

    Writes a code row, whose hash is keyed, and queues the mail at once. The address is the proven
    one, else the contact's first; whoever asks for the code never chooses it. Refuses a sixth code within the
    hour, and an address that reaches the applicant.
    """
    contact = request.contact
    try:
        to = writers_mailbox(request)
    except NoAddress:
        raise NoAddressToProve(writer=contact.name, applicant=contact.owner.name) from None
    Request.objects.select_for_update(of=("self",)).get(pk=request.pk)
    hour = timedelta(hours=1)  # and not beyond, where a clock was set back
    recent = Code.objects.filter(request=request, made_at__gt=now - hour, made_at__lt=now + hour).count()
    if recent >= PER_HOUR:
        raise TooManyCodes(count=recent)
    code = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
    row = Code.objects.create(
        request=request,
        use=use,
        mailbox=to.mailbox,
        code_hash=hash_of(request, use, code),
        made_at=now,
        expires_at=now + LIFE,
    )
    outbox.queue(
        outbox.Parcel(
            kind="writer_code",
            to_address=to.address,
            to_name=contact.name,
            facts={"applicant": contact.owner.name, "code": code, "minutes": int(LIFE.total_seconds() // 60)},
            language=language_of(contact),
        ),
        delivery=outbox.Delivery.AT_LEAST_ONCE,
        chain=contact.owner.key,
        about=request.key,
        once=f"code|{request.key}|{row.pk}",
        now=now,
    )
    journal.note(
        chain=contact.owner.key, verb="code_sent", about=request.key, by="visitor", now=now, detail=use
    )


def hash_of(request: Request, use: str, code: str) -> str:
    """A keyed hash, since eight digits could be tried out against a plain one."""
    return custody.digest("code", f"{request.key}|{use}|{code}")
