"""What is over and grows old, for tests: a rule, a request that was declined, days of the worker."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import F
from tests.cast import Cast
from tests.factories import NOW, TODAY, make_opportunity, make_purpose, proven

from vouchsafe.adapters.post.caught import Caught
from vouchsafe.adapters.post.transport import Parcel
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.models import Document, Purpose
from vouchsafe.core.retention import Rule
from vouchsafe.doors.worker.retaining import retain
from vouchsafe.ledger import custody, inbox
from vouchsafe.ledger.models import Outgoing, Received
from vouchsafe.letters.models import Letter, Upload
from vouchsafe.packets.actions.set_keeping_rule import set_keeping_rule
from vouchsafe.people.models import Account, Contact

CANARY = "numbat-4410"
REQUESTS = Rule(requests=12)
ACCOUNTS = Rule(accounts=12)
A_DAY = timedelta(days=1)


def decide(cast: Cast, rule: Rule, now: datetime = NOW) -> None:
    set_keeping_rule(by=cast.dana, rule=rule, now=now)


def post_goes_out(now: datetime) -> None:
    """The worker sends what waits; here nothing is carried anywhere."""
    Outgoing.objects.filter(state="waiting", due_at__lte=now).update(
        state="sent", ended_at=now, attempts=F("attempts") + 1
    )


def worker_runs(since: datetime, days: int) -> datetime:
    """The worker works for so many days, and its mails leave. Days on which nothing new can happen are passed over."""
    for day in sorted({0, 22, 23, 24, 29, 30, 31, days - 1} & set(range(days))):
        now = since + day * A_DAY
        while retain(now=now):
            post_goes_out(now)
    return now


def declined(contact: Contact, *, at: datetime = NOW, canary: str = CANARY) -> Purpose:
    """Asked by mail, refused; with a document, a draft file and a caught mail."""
    purpose = make_purpose(
        contact,
        make_opportunity(contact.owner, f"Analyst {canary}"),
        shown_on=None,
        note=f"Dear Ben, {canary}",
    )
    mail = send_ask(by=contact.owner, purpose=purpose, now=at, undo=timedelta(0))
    post_goes_out(at)
    record_answer(visit=proven(purpose), said="no", words=f"No, {canary}", today=TODAY, now=at)
    post_goes_out(at)
    file = custody.vault().put(canary.encode()).file_id
    Document.objects.create(
        request=purpose.request, kind="resume", name=f"{canary}.pdf", file=file, pages=1, added_at=at
    )
    letter = Letter.objects.create(
        applicant=contact.owner, request=purpose.request, writer_name="Ben", origin="uploaded",
        confidentiality="waived", begun_at=at,
    )  # fmt: skip
    Upload.objects.create(
        letter=letter, file=custody.vault().put(canary.encode()).file_id, name=f"{canary}.pdf", kind="pdf",
        pages=1, digest="d", given_digest="g", uploaded_at=at,
    )  # fmt: skip
    row = inbox.keep(f"Subject: {canary}\r\n\r\n{canary}".encode(), source="smtp", now=at)
    Received.objects.filter(pk=row.pk).update(about=purpose.request.key, state="aside", handled_at=at)
    caught = Caught(settings.DATA_FOLDER / "mail", lambda raw: custody.encrypt(raw, context="caught-mail"))
    caught.send(Parcel(f"<{mail.message_id}>", "us@example.org", "ben@writers.example", canary.encode()))
    return purpose


def everything_stored() -> str:
    """All rows, and all that is encrypted in them or lies in the folder, opened with the house's own keys."""
    kept = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            kept += [repr(row) for row in cursor.fetchall()]
    kept += [
        custody.decrypt(row.sealed_mail, context="outbox").decode("unicode-escape")
        for row in Outgoing.objects.exclude(sealed_mail=b"")
    ]
    kept += [inbox.read(row).decode() for row in Received.objects.all()]
    for path in (Path(settings.DATA_FOLDER) / "mail").glob("*.sealed"):
        kept.append(custody.decrypt(path.read_bytes(), context="caught-mail").decode("latin-1"))
    return "\n".join(kept)


def age(account: Account, at: datetime) -> None:
    Account.objects.filter(pk=account.pk).update(joined_at=at, last_login=at)
