from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from vouchsafe.asks.access import ask_mail
from vouchsafe.asks.actions.ask_facts import facts_of, note_after
from vouchsafe.asks.actions.open_request import POINTS
from vouchsafe.asks.models import Purpose
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.people.models import Account


class AskHasLeft(Refusal):
    code = "ask-has-left"
    msgid = msg("The mail to {writer} has left, so its words stay as they are.")
    hint_msgid = msg(
        "Look at the request: you can still move the date, or write a reminder in your own words."
    )


@transaction.atomic
def edit_purpose(
    *,
    by: Account,
    purpose: Purpose,
    note: str | None = None,
    subject: str | None = None,
    points: Sequence[str] | None = None,
    now: datetime,
) -> Purpose:
    """Change the note, the subject or the points of an ask before it is mailed; None leaves a part alone.

    New points are carried into the note, around the applicant's own words. Writes the purpose and a line,
    or nothing where nothing changed; queues nothing. Refuses once the mail waits or has left.
    """
    row = locked_purpose(purpose)
    before = facts_of(row)
    was = (row.note, row.subject, row.points)
    if note is not None:
        row.note = note.replace("\r\n", "\n").strip()
    if subject is not None:
        row.subject = " ".join(subject.split())
    if points is not None:
        row.points = [" ".join(point.split()) for point in points if point.strip()][:POINTS]
        row.note = note_after(row, before)
    if was != (row.note, row.subject, row.points):
        row.save(update_fields=["note", "subject", "points"])
        journal.note(chain=by.key, verb="ask_edited", about=row.key, by=by.key, now=now)
    return row


def locked_purpose(purpose: Purpose) -> Purpose:
    """The purpose as it stands, locked, with all its note rests on. Refuses one whose mail waits or has left."""
    row = (
        Purpose.objects.select_for_update(of=("self",))
        .select_related("request__contact__owner", "opportunity")
        .get(pk=purpose.pk)
    )
    if ask_mail(row) is not None:
        raise AskHasLeft(writer=row.request.contact.name)
    return row
