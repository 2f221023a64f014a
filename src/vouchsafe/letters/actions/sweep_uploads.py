from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from vouchsafe.asks.models import Answer, Closing
from vouchsafe.ledger import custody, journal
from vouchsafe.letters.models import Letter, Seal, Upload

REPLACED_FOR = timedelta(days=7)
ENDED_FOR = timedelta(days=30)
LEFT_FOR = timedelta(days=365)
_AT_ONCE = 100


@transaction.atomic
def sweep_uploads(*, now: datetime) -> int:
    """Destroy files that will never be a letter; returns how many.

    Those another took the place of a week ago; those of a request that its applicant ended, or its writer said no to,
    a month ago without a seal; and those that nobody sealed within a year. A file that is the letter in hand, was
    sealed, or was brought by its applicant, which is never sealed, stays. Writes one line each; the bytes are destroyed once that is certain. Queues and refuses nothing.
    """
    ended = Closing.objects.filter(
        request=OuterRef("letter__request"),
        why=Closing.Why.WITHDRAWN,
        lifted_at__isnull=True,
        closed_at__lt=now - ENDED_FOR,
    )
    newer = Answer.objects.filter(request=OuterRef("request"), pk__gt=OuterRef("pk"))
    declined = Answer.objects.filter(
        ~Exists(newer),
        request=OuterRef("letter__request"),
        said__in=(Answer.Said.NO, Answer.Said.TAKEN_BACK, Answer.Said.NOT_MINE),
        answered_at__lt=now - ENDED_FOR,
    )
    over = Q(Exists(ended)) | Q(Exists(declined)) | Q(uploaded_at__lt=now - LEFT_FOR)
    sealed = Seal.objects.filter(letter=OuterRef("letter"), reopening__isnull=True)
    given = Upload.objects.exclude(letter__origin=Letter.Origin.BROUGHT)
    abandoned = given.filter(Q(replaced_at__lt=now - REPLACED_FOR) | over & ~Q(Exists(sealed)))
    rows = list(
        abandoned.order_by("pk").values_list("pk", "file", "letter__key", "letter__applicant__key")[:_AT_ONCE]
    )
    for _, _, letter, applicant in rows:
        journal.note(chain=applicant, verb="file_swept", about=letter, by="worker", now=now)
    Upload.objects.filter(pk__in=[pk for pk, _, _, _ in rows]).delete()
    transaction.on_commit(lambda: [custody.vault().erase(file) for _, file, _, _ in rows])
    return len(rows)
