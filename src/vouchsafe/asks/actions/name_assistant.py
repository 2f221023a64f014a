from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.access import Visit, demand_writers
from vouchsafe.asks.models import Assistant, Request
from vouchsafe.core.reading.addresses import normalise, same_mailbox
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import custody, journal, outbox
from vouchsafe.ledger.keys import new_key, token_hash
from vouchsafe.people.access import own_addresses
from vouchsafe.people.actions.prove_correspondent import prove_correspondent
from vouchsafe.people.models import Correspondent

PURPOSE = "assistant"
MOST = 5


class AssistantNeedsAddress(Refusal):
    code = "assistant-needs-address"
    msgid = msg("“{address}” is not a mail address.")
    hint_msgid = msg("Enter it like name@example.org; their own link goes there.")


class AssistantIsApplicant(Refusal):
    code = "assistant-is-applicant"
    msgid = msg("{address} is an address of {applicant}, whom the letter is about.")
    hint_msgid = msg("Name somebody else, or nobody.")


class AssistantIsWriter(Refusal):
    code = "assistant-is-writer"
    msgid = msg("{address} is your own address.")
    hint_msgid = msg("Your own link does all of this already.")


class AssistantsEnough(Refusal):
    code = "assistants-enough"
    msgid = msg("{most} people help you already.")
    hint_msgid = msg("Take one of them off first.")


@transaction.atomic
def name_assistant(*, visit: Visit, name: str, address: str, for_all: bool, now: datetime) -> Assistant:
    """A writer lets somebody help: with this request, or with all that their mailbox is asked for.

    Writes the assistant, proves the mailbox, queues the mail with a link of their own, and notes a line. The same
    address twice for the same is once. Refuses a browser in which no code was taken today (the link may have been
    sent on, to the applicant too), an address of the applicant's or of the writer's own, and a sixth.
    """
    visit.demand_desk()
    request = (
        Request.objects.select_for_update(of=("self",))
        .select_related("contact__owner")
        .get(pk=visit.request.pk)
    )
    demand_writers(visit, request)
    mailbox = normalise(address)
    if mailbox is None:
        raise AssistantNeedsAddress(address=address)
    owner = request.contact.owner
    if any(same_mailbox(address, own) for own in own_addresses(owner)):
        raise AssistantIsApplicant(address=address, applicant=owner.name)
    if same_mailbox(address, visit.mailbox):
        raise AssistantIsWriter(address=address)
    writer = prove_correspondent(mailbox=visit.mailbox, contact=request.contact, now=now)
    Correspondent.objects.select_for_update(of=("self",)).get(pk=writer.pk)
    standing = Assistant.objects.filter(correspondent=writer, revoked_at__isnull=True)
    scope = None if for_all else request
    same = standing.filter(mailbox=mailbox, request=scope).first()
    if same is not None:
        return same
    if standing.count() >= MOST:
        raise AssistantsEnough(most=MOST)
    key, generation = new_key(), custody.secret_generation()
    row = Assistant.objects.create(
        key=key,
        correspondent=writer,
        request=scope,
        name=" ".join(name.split()) or address,
        address=address.strip(),
        mailbox=mailbox,
        generation=generation,
        token_hash=token_hash(custody.token(PURPOSE, key, 1, generation)),
        named_at=now,
    )
    page = outbox.TokenLink(path="assistant_path", purpose=PURPOSE, key=key, n=1, generation=generation)
    outbox.queue(
        outbox.Parcel(
            kind="assistant",
            to_address=row.address,
            to_name=row.name,
            facts={
                "writer": writer.name or request.contact.name,
                "applicant": "" if for_all else owner.name,
            },
            links={"page_url": page},
            language=writer.language,
        ),
        delivery=outbox.Delivery.AT_LEAST_ONCE,
        chain=writer.key if for_all else owner.key,
        about=row.key,
        once=f"assistant|{row.key}",
        now=now,
    )
    journal.note(
        chain=owner.key, verb="assistant_named", about=request.key, by=writer.key, now=now, detail=row.key
    )
    return row
