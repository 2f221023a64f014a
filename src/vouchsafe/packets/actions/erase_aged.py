from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.models import Assistant, Document, Offering, Request
from vouchsafe.core.retention import day_of, may_erase
from vouchsafe.ledger import inbox, journal
from vouchsafe.ledger.models import Line, Outgoing
from vouchsafe.letters.models import Letter, Upload
from vouchsafe.packets.access_aged import (
    ENDED_MAILS,
    aged_requests,
    current_rule,
    told_days,
    unused_accounts,
)
from vouchsafe.packets.actions.erase_account import KeepsInstance, destroy, erase_account
from vouchsafe.packets.actions.say_farewell import end_farewell
from vouchsafe.people.models import Account, Farewell, Sweep

AT_ONCE = 20


@transaction.atomic
def erase_aged(*, farewell: Farewell, now: datetime) -> bool:
    """Erase what somebody was told of, twenty requests at a time or the account: if it is still old enough.

    Looks at everything again under the account's lock: whoever signed in, reopened a request or pressed the button
    meanwhile keeps it. Deletes the rows and mails, writes what was erased and a line each; files are destroyed once
    that is certain. Nothing before both mails have left and their days are over. Killed on its way it begins again
    with what is left. False where there is nothing to do yet.
    """
    account = Account.objects.select_for_update().filter(pk=farewell.account_id).first()
    row = Farewell.objects.select_for_update(of=("self",)).filter(pk=farewell.pk).first()
    if account is None or row is None or row.ended_at is not None:
        return False
    row.account = account
    today = day_of(now, account.time_zone)
    told_on, told_again_on = told_days(row)
    if not may_erase(erase_on=row.erase_on, told_on=told_on, told_again_on=told_again_on, today=today):
        return False
    months = current_rule().months(row.kind)
    if months is None:
        end_farewell(row, Farewell.Outcome.OFF, now)
    elif row.kind == Farewell.Kind.ACCOUNTS:
        _account(row, months, now)
    else:
        _requests(row, months, now)
    return True


def _account(row: Farewell, months: int, now: datetime) -> None:
    account = row.account
    if next(unused_accounts(months=months, now=now, only=account), None) is None:
        end_farewell(row, Farewell.Outcome.USED, now)
        return
    try:
        erase_account(account=account, typed_address=account.email, now=now, by="worker")
    except KeepsInstance:  # they were given the office meanwhile
        end_farewell(row, Farewell.Outcome.USED, now)
        return
    Sweep.objects.create(kind="accounts", count=1, keys=[account.key], swept_at=now)


def _requests(row: Farewell, months: int, now: datetime) -> None:
    batch, rest = row.abouts[:AT_ONCE], row.abouts[AT_ONCE:]
    locked = Request.objects.select_for_update(of=("self",)).filter(key__in=batch, contact__owner=row.account)
    found = {request.key: request for request in locked.order_by("pk")}
    old = {one.key for one in aged_requests(months=months, now=now, owner=row.account)}
    gone = [key for key in batch if key in found and key in old]
    for key in gone:
        _erase(found[key], row.account, now)
    if gone:
        Sweep.objects.create(kind="requests", count=len(gone), keys=gone, swept_at=now)
    Farewell.objects.filter(pk=row.pk).update(abouts=rest)
    if not rest:
        was_erased = gone or _anything_erased(row)
        end_farewell(row, Farewell.Outcome.ERASED if was_erased else Farewell.Outcome.USED, now)


def _anything_erased(row: Farewell) -> bool:
    """Whether an earlier batch erased something; each may have been taken up again since the last mail."""
    lines = Line.objects.filter(chain=row.account.key, verb="request_erased", at__gte=row.told_at)
    return lines.exists()


def _erase(request: Request, owner: Account, now: datetime) -> None:
    """Everything of one request but its lines in the journal, and the person who was asked, whom the applicant keeps."""
    letters = list(Letter.objects.filter(request=request).values_list("key", flat=True))
    files = [
        file
        for rows in (
            Upload.objects.filter(letter__request=request),
            Document.objects.filter(request=request),
            Offering.objects.filter(request=request),
        )
        for file in rows.values_list("file", flat=True)
        if file
    ]
    helpers = list(Assistant.objects.filter(request=request).values_list("key", flat=True))
    mails = Outgoing.objects.filter(about__in=[request.key, *letters, *helpers])
    message_ids = list(mails.values_list("message_id", flat=True))
    mails.delete()
    if request.correspondent is not None:
        # A writer's weekly list named the applicant and what the letter was for.
        lists = Outgoing.objects.filter(
            kind__in=("writer_digest", "fresh_link"), about=request.correspondent.key, state__in=ENDED_MAILS
        )
        message_ids += lists.values_list("message_id", flat=True)
        lists.update(sealed_mail=b"")
    inbox.forget([request.key])
    key = request.key
    request.delete()
    journal.note(chain=owner.key, verb="request_erased", about=key, by="worker", now=now)
    transaction.on_commit(lambda: destroy(files, message_ids))
