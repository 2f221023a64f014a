from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.core.retention import TOLD_BEFORE, day_of, erase_on, is_to_be_told_again
from vouchsafe.ledger import custody, journal, outbox
from vouchsafe.ledger.keys import new_key, token_hash
from vouchsafe.letters.models import Seal
from vouchsafe.packets.access_aged import aged_requests, current_rule, once_of, unused_accounts
from vouchsafe.people.models import Account, Farewell

PURPOSE = "keep"


@transaction.atomic
def say_farewell(*, account: Account, kind: str, now: datetime) -> Farewell | None:
    """Tell somebody that what is theirs and old enough will be erased in thirty days, unless they press once.

    Looks again under the account's lock, writes the row and a line, queues the mail. None where they were told
    already, where the office keeps such things now, or where nothing is old enough.
    """
    months = current_rule().months(kind)
    locked = Account.objects.select_for_update().filter(pk=account.pk).first()
    if months is None or locked is None:
        return None
    if Farewell.objects.filter(account=locked, ended_at__isnull=True).exists():
        return None  # one at a time; an account that goes takes its requests along
    abouts = _abouts(locked, kind, months, now)
    if abouts is None:
        return None
    key, generation = new_key(), custody.secret_generation()
    row = Farewell.objects.create(
        key=key,
        account=locked,
        kind=kind,
        abouts=abouts,
        erase_on=erase_on(day_of(now, locked.time_zone)),
        generation=generation,
        token_hash=token_hash(custody.token(PURPOSE, key, 1, generation)),
        told_at=now,
    )
    _mail(row, now, again=False)
    journal.note(chain=locked.key, verb="farewell_said", about=key, by="worker", now=now, detail=kind)
    return row


@transaction.atomic
def say_farewell_again(*, farewell: Farewell, now: datetime) -> bool:
    """A week before its day: the second and last mail, about what is still old enough.

    Whoever came back meanwhile is told nothing more. Writes the time and queues the mail; nothing where it is not
    time yet or was said already.
    """
    account = Account.objects.select_for_update().filter(pk=farewell.account_id).first()
    row = Farewell.objects.select_for_update(of=("self",)).filter(pk=farewell.pk).first()
    if account is None or row is None or row.ended_at is not None or row.told_again_at is not None:
        return False
    today = day_of(now, account.time_zone)
    if not is_to_be_told_again(erase_on=row.erase_on, today=today):
        return False
    months = current_rule().months(row.kind)
    still = _abouts(account, row.kind, months, now) if months is not None else None
    left = [key for key in row.abouts if still and key in still]
    if still is None or (row.kind == Farewell.Kind.REQUESTS and not left):
        end_farewell(row, Farewell.Outcome.USED, now)
        return True
    Farewell.objects.filter(pk=row.pk).update(told_again_at=now, abouts=left)
    row.abouts = left
    _mail(row, now, again=True)
    return True


def end_farewell(row: Farewell, outcome: str, now: datetime) -> None:
    """It is over, whatever became of it; a mail of it that has not left stays here."""
    outbox.withdraw_about(row.key, kinds=("farewell",), now=now)
    Farewell.objects.filter(pk=row.pk, ended_at__isnull=True).update(ended_at=now, outcome=outcome)


def _abouts(account: Account, kind: str, months: int, now: datetime) -> list[str] | None:
    """The keys of the requests that are old enough by then; none of an account; None where nothing is."""
    if kind == Farewell.Kind.ACCOUNTS:
        found = next(unused_accounts(months=months, now=now, ahead=TOLD_BEFORE, only=account), None)
        return None if found is None else []
    keys = [one.key for one in aged_requests(months=months, now=now, ahead=TOLD_BEFORE, owner=account)]
    return keys or None


def _mail(row: Farewell, now: datetime, *, again: bool) -> None:
    account = row.account
    sealed = Seal.objects.filter(letter__applicant=account, reopening__isnull=True)
    outbox.queue(
        outbox.Parcel(
            kind="farewell",
            to_address=account.email,
            to_name=account.name,
            facts={
                "requests": len(row.abouts),
                "letters": sealed.count() if row.kind == Farewell.Kind.ACCOUNTS else 0,
                "on": row.erase_on,
                "again": again,
            },
            links={"page_url": outbox.TokenLink("keep_path", PURPOSE, row.key, 1, row.generation)},
            language=account.language,
        ),
        delivery=outbox.Delivery.AT_LEAST_ONCE,
        chain=account.key,
        about=row.key,
        once=once_of(row, again=again),
        now=now,
    )
