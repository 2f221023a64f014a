from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.db import transaction

from vouchsafe.core.addresses import office_path
from vouchsafe.core.words import Sentence, say, say_n
from vouchsafe.ledger import journal, outbox
from vouchsafe.ledger.models import Outgoing, Received
from vouchsafe.packets.models import Reader
from vouchsafe.people.models import Account, Instance

KIND = "office_alert"
APART = timedelta(hours=12)
LITTLE_SPACE = 1_000_000_000
NEVER = datetime(2000, 1, 1, tzinfo=UTC)


@transaction.atomic
def alert_office(*, free_bytes: int, by: str, now: datetime) -> list[Outgoing]:
    """Mail whoever looks after the instance what needs a person, everything since the last such mail in one.

    Queues one mail for each of them and writes one line; nothing where there is nothing new, or where the last one
    is less than twelve hours old. Events are counted, never described: names and letters stay out of it.
    """
    earlier = Outgoing.objects.filter(kind=KIND).order_by("-id").values_list("due_at", flat=True).first()
    if earlier is not None and abs(now - earlier) < APART:
        return []
    if earlier is not None and earlier > now:  # the clock was set back
        earlier = now - APART
    things = list(_things(earlier or NEVER, free_bytes))
    keepers = _keepers() if things else []
    if not keepers:
        return []
    journal.note(
        chain=journal.OFFICE, verb="office_alerted", about="office", by=by, now=now, detail=str(len(things))
    )
    return [
        outbox.queue(
            outbox.Parcel(
                kind=KIND,
                to_address=keeper.email,
                to_name=keeper.name,
                facts={"things": things},
                links={"page_url": outbox.PlainLink(office_path())},
                language=keeper.language,
            ),
            delivery=outbox.Delivery.AT_LEAST_ONCE,
            chain=journal.OFFICE,
            about=keeper.key,
            once=f"{KIND}|{keeper.key}|{now.isoformat()}",
            now=now,
        )
        for keeper in keepers
    ]


def _things(since: datetime, free_bytes: int) -> Iterator[Sentence]:
    readers = Reader.objects.exclude(held_why="").filter(revocation__isnull=True, added_at__gt=since).count()
    if readers:
        yield say_n(
            "One reader waits for you to say that they are not the applicant.",
            "{n} readers wait for you to say that they are not the applicant.",
            readers,
        )
    ended = Outgoing.objects.filter(ended_at__gt=since).exclude(kind=KIND)
    unknown = ended.filter(state=Outgoing.State.UNKNOWN).count()
    if unknown:
        yield say_n(
            "Of one mail nobody knows whether it arrived. It is not sent again by itself.",
            "Of {n} mails nobody knows whether they arrived. They are not sent again by themselves.",
            unknown,
        )
    failed = ended.filter(state=Outgoing.State.FAILED).count()
    if failed:
        yield say_n(
            "One mail could not be sent. The office shows what the server said.",
            "{n} mails could not be sent. The office shows what the server said.",
            failed,
        )
    came = Received.objects.filter(received_at__gt=since)
    returned = came.filter(state=Received.State.ASIDE, outcome__startswith="bounce-of-").count()
    if returned:
        yield say_n(
            "One mail to a reader came back. Its applicant may have a better address.",
            "{n} mails to readers came back. Their applicants may have better addresses.",
            returned,
        )
    faults = came.filter(state=Received.State.FAILED).count()
    if faults:
        yield say_n(
            "One mail that came in could not be handled, for a fault of ours. Try it again.",
            "{n} mails that came in could not be handled, for a fault of ours. Try them again.",
            faults,
        )
    if free_bytes < LITTLE_SPACE:
        yield say("The disk is nearly full. Make room, or letters cannot be taken in.")


def _keepers() -> list[Account]:
    """The office; on a personal host its owner."""
    rows = list(Account.objects.filter(role=Account.Role.OFFICE, is_active=True).order_by("joined_at", "id"))
    host = Instance.objects.select_related("owner").filter(host=Instance.Host.PERSONAL).first()
    return rows or ([host.owner] if host is not None else [])
