from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal, outbox
from vouchsafe.packets.access_committee import seat_by_key
from vouchsafe.packets.actions.mail_seat import mails_of, queue_link
from vouchsafe.packets.models import Seat, SeatLink
from vouchsafe.people.models import Account
from vouchsafe.plans.access_calls import locked_call
from vouchsafe.plans.models import Application, Call, Shortlisting


class ShortlistNotYours(Refusal):
    code = "shortlist-not-yours"
    msgid = msg("Only the office, and readers it gave that right, shortlist applicants.")
    hint_msgid = msg("Ask the office of the call.")


@transaction.atomic
def shortlist_applicants(
    *,
    by: Account | Seat,
    call: Call,
    keys: Sequence[str],
    listed: bool,
    undo: timedelta,
    now: datetime,
) -> list[str]:
    """Put applicants of a call on its shortlist, or take them off. Returns the keys of those for whom that changed.

    Writes a shortlisting each, or ends it: where the call holds letters, they can be read or no longer be read from that
    moment. Then its readers are mailed once `undo` is over that letters can be read; taking off before takes that mail
    back, or tells of fewer where others of the same press stay. Nobody who has left is listed. Refuses whoever neither
    runs the office nor was given the right, and a call that is over.
    """
    row = locked_call(call, "shortlist")
    _demand_right(by, row, now)
    seats = _seats_to_tell(row, by, now) if row.holds else []  # locked before the applicants, as reading does
    rows = list(
        Application.objects.standing()
        .select_for_update(of=("self",))
        .filter(call=row, key__in=list(keys))
        .order_by("id")
    )
    before = Shortlisting.objects.filter(application__in=rows, undone_at__isnull=True)
    presses = set(before.values_list("listed_at", flat=True))
    changed = [one for one in rows if _turn(one, listed, by.key, now)]
    for one in changed:
        verb = "applicant_listed" if listed else "applicant_unlisted"
        journal.note(chain=journal.OFFICE, verb=verb, about=one.key, by=by.key, now=now, detail=row.key)
    if changed and listed:
        _tell(seats, len(changed), by, undo, now)
    elif changed:
        _take_back(seats, presses, by, now)
    return [one.key for one in changed]


def _demand_right(by: Account | Seat, call: Call, now: datetime) -> None:
    if isinstance(by, Account):
        if not by.runs_office:
            raise ShortlistNotYours
        return
    seat = Seat.objects.select_for_update(of=("self",)).get(pk=by.pk)
    if seat.call_id != call.pk or not seat.may_shortlist or seat_by_key(seat.key, now).is_over:
        raise ShortlistNotYours


def _turn(application: Application, listed: bool, by: str, now: datetime) -> bool:
    standing = Shortlisting.objects.filter(application=application, undone_at__isnull=True)
    if not listed:
        return bool(standing.update(undone_at=now))
    if standing.exists():
        return False
    Shortlisting.objects.create(application=application, listed_at=now, listed_by=by)
    return True


def _seats_to_tell(call: Call, by: Account | Seat, now: datetime) -> list[Seat]:
    """Whoever reads in the call; whoever pressed as a reader knows already."""
    seats = Seat.objects.select_for_update(of=("self",)).select_related("call").order_by("id")
    live = seats.filter(call=call, revoked_at__isnull=True, expires_at__gt=now)
    return [seat for seat in live if not (isinstance(by, Seat) and seat.pk == by.pk)]


def _tell(seats: Sequence[Seat], ready: int, by: Account | Seat, undo: timedelta, now: datetime) -> None:
    """Each reader once for a whole press."""
    language = by.language if isinstance(by, Account) else settings.LANGUAGE_CODE
    for seat in seats:
        queue_link(seat=seat, by=by.key, language=language, ready=ready, undo=undo, now=now)


def _take_back(seats: Sequence[Seat], presses: set[datetime], by: Account | Seat, now: datetime) -> None:
    """The mails of those presses that still wait. A link that the office mailed by itself, or for others, goes."""
    for seat in seats:
        links = SeatLink.objects.filter(seat=seat, made_at__in=presses)
        for link, mail in mails_of(seat, links):
            told = outbox.read(mail)
            if not told.facts.get("ready") or not outbox.withdraw(mail.key, now=now):
                continue
            stay = Shortlisting.objects.filter(
                application__call=seat.call, listed_at=link.made_at, undone_at__isnull=True
            ).count()
            if stay:
                wait = max(mail.due_at - now, timedelta(0))
                queue_link(seat=seat, by=by.key, language=told.language, ready=stay, undo=wait, now=now)
