"""What is old enough to be erased: looked for in SQL with some slack, then told to the day in its owner's zone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import DateTimeField, Exists, F, Max, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat, Greatest

from vouchsafe.adapters.post.caught import STEP
from vouchsafe.asks.models import (
    Answer,
    Closing,
    Document,
    Link,
    Offering,
    Opening,
    Purpose,
    Reminder,
    Request,
)
from vouchsafe.core.retention import (
    KEEPS_ALL,
    TOLD_BEFORE,
    Rule,
    day_of,
    due_on,
    ended_by,
    months_after,
    rule_from,
)
from vouchsafe.ledger import outbox
from vouchsafe.ledger.keys import token_hash
from vouchsafe.ledger.models import Line, Outgoing, Received
from vouchsafe.letters.models import Draft, Letter, PlannedSeal, Seal, Upload
from vouchsafe.packets.models import Reader, ReaderLink, Seat, SeatLink, Viewing
from vouchsafe.people.access import NotHere, hosts_personally
from vouchsafe.people.models import Account, Farewell, Instance, KeepingRule, ProgramToken
from vouchsafe.plans.models import Application

NOES = (Answer.Said.NO, Answer.Said.TAKEN_BACK, Answer.Said.NOT_MINE)
ENDED_MAILS = (
    Outgoing.State.SENT,
    Outgoing.State.FAILED,
    Outgoing.State.UNKNOWN,
    Outgoing.State.WITHDRAWN,
)
WINDOW = 2000
IN_THE_STORY = ("ask", "cancelled", "reminder")
"""Mails that their applicant can read on the page of the request: they go with it."""


@dataclass(frozen=True, slots=True)
class Aged:
    """A request or an account, and the first day on which it is old enough."""

    pk: int
    key: str
    owner: int
    due_on: date


def current_rule() -> Rule:
    """What the office decided last; without a decision everything is kept."""
    months = KeepingRule.objects.values_list("months", flat=True).first()
    return KEEPS_ALL if months is None else rule_from(months)


def aged_requests(
    *,
    months: int,
    now: datetime,
    ahead: timedelta = timedelta(0),
    owner: Account | None = None,
    among: tuple[int, int] | None = None,
) -> Iterator[Aged]:
    """Requests that ended without a letter and are old enough today, or within `ahead`."""
    rows = _closed_requests(ended_by(now, months, ahead=ahead))
    if owner is not None:
        rows = rows.filter(contact__owner=owner)
    if among is not None:
        rows = rows.filter(pk__range=among)
    kept = _kept_requests(owner)
    for row in rows.select_related("contact__owner").order_by("contact__owner", "pk").iterator():
        holder, facts = row.contact.owner, vars(row)  # annotated by _closed_requests
        over_at, wanted_on = facts["over_at"], facts["wanted_on"]
        due = due_on(max(over_at, kept.get(row.key, over_at)), months, holder.time_zone)
        if wanted_on is not None:
            due = max(due, months_after(wanted_on, months))
        if due <= day_of(now, holder.time_zone) + ahead:
            yield Aged(row.pk, row.key, holder.pk, due)


def unused_accounts(
    *,
    months: int,
    now: datetime,
    ahead: timedelta = timedelta(0),
    only: Account | None = None,
    among: tuple[int, int] | None = None,
) -> Iterator[Aged]:
    """Accounts that nobody came back to, and that nobody else counts on, old enough today or within `ahead`."""
    rows = _unused(ended_by(now, months, ahead=ahead))
    if only is not None:
        rows = rows.filter(pk=only.pk)
    if among is not None:
        rows = rows.filter(pk__range=among)
    for row in rows.order_by("pk").iterator():
        due = due_on(vars(row)["last_used_at"], months, row.time_zone)  # annotated by _unused
        if due <= day_of(now, row.time_zone) + ahead:
            yield Aged(row.pk, row.key, row.pk, due)


def aged_mails(*, months: int, now: datetime) -> QuerySet[Outgoing]:
    """Mails that ended so long ago and still hold their words, but those a request's own page shows."""
    told = Request.objects.filter(key=OuterRef("about"))
    return (
        Outgoing.objects.filter(state__in=ENDED_MAILS, ended_at__lt=_cut_off(now, months))
        .exclude(sealed_mail=b"")
        .exclude(Q(kind__in=IN_THE_STORY) & Exists(told))
    )


def aged_received(*, months: int, now: datetime) -> QuerySet[Received]:
    """Mails that came so long ago, which nobody could place and nobody has looked at."""
    aside = Received.objects.unhandled().filter(received_at__lt=_cut_off(now, months))
    return aside.exclude(sealed_raw=b"")


def aged_readers(*, months: int, now: datetime) -> QuerySet[Reader]:
    """Readers whose access ended so long ago, and of whom an address or a way in is still kept."""
    cut_off = _cut_off(now, months)
    over = Q(expires_at__lt=cut_off) | Q(revocation__revoked_at__lt=cut_off)
    left = ~Q(address="") | ~Q(code_hash="") | Exists(ReaderLink.objects.filter(reader=OuterRef("pk")))
    return Reader.objects.filter(over).filter(left)


def aged_seats(*, months: int, now: datetime) -> QuerySet[Seat]:
    """Readers on a committee whose access ended so long ago, and of whom an address or a way in is still kept."""
    cut_off = _cut_off(now, months)
    over = Q(expires_at__lt=cut_off) | Q(revoked_at__lt=cut_off)
    left = (
        ~Q(address__startswith="@") | ~Q(code_hash="") | Exists(SeatLink.objects.filter(seat=OuterRef("pk")))
    )
    return Seat.objects.filter(over).filter(left)


def to_be_told(kind: str, now: datetime, after: int) -> tuple[list[Account], int]:
    """Whose things are old enough in thirty days and who was told of nothing yet, among the next two thousand rows.

    Gives them and where to go on, 0 at the end: however much is kept, one look takes a moment.
    """
    months = current_rule().months(kind)
    model = Account if kind == Farewell.Kind.ACCOUNTS else Request
    rows = list(
        model._default_manager.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:WINDOW]
    )
    if months is None or not rows:
        return [], 0
    find = unused_accounts if kind == Farewell.Kind.ACCOUNTS else aged_requests
    found = {one.owner for one in find(months=months, now=now, ahead=TOLD_BEFORE, among=(rows[0], rows[-1]))}
    told = open_farewells().filter(account__in=found).values("account")
    accounts = Account.objects.filter(pk__in=found).exclude(pk__in=told).order_by("pk")
    return list(accounts), rows[-1] if len(rows) == WINDOW else 0


def open_farewells() -> QuerySet[Farewell]:
    return Farewell.objects.select_related("account").filter(ended_at__isnull=True)


def due_farewells(now: datetime) -> Iterator[Farewell]:
    """Those whose second mail or whose day may have come, in some zone; each is asked again under its lock.

    No bound: one that is not due after all must not keep the others waiting. One whose mails have not both left is
    not among them, however long that lasts: nothing may be erased, and asking it again every hour would lock its
    account for nothing.
    """
    first, again = (
        Exists(_told().filter(once=Concat(Value("farewell|"), OuterRef("key"), Value(f"|{which}"))))
        for which in ("first", "again")
    )
    rows = open_farewells().filter(
        Q(told_again_at__isnull=True, erase_on__lte=(now + timedelta(days=8)).date())
        | Q(first, again, told_again_at__isnull=False, erase_on__lte=(now + timedelta(days=1)).date())
    )
    return rows.order_by("erase_on", "pk").iterator()


def farewell_by_token(token: str) -> Farewell:
    found = Farewell.objects.select_related("account").filter(token_hash=token_hash(token)).first()
    if found is None:
        raise NotHere("farewell")
    return found


def told_days(farewell: Farewell) -> tuple[date | None, date | None]:
    """The days on which the two mails left, in the zone of whom they went to; none while one has not, or failed."""
    sent = dict(_told().filter(about=farewell.key).values_list("once", "ended_at"))
    days = [sent.get(once_of(farewell, again=again)) for again in (False, True)]
    first, second = (day_of(one, farewell.account.time_zone) if one else None for one in days)
    return first, second


def _told() -> QuerySet[Outgoing]:
    """Mails that have left. One that was caught, where no server carries any, has told only the owner of a personal
    host, who looks there.
    """
    left = Outgoing.objects.filter(state=Outgoing.State.SENT)
    return left if hosts_personally() else left.exclude(outcome=STEP)


def once_of(farewell: Farewell, *, again: bool) -> str:
    return f"farewell|{farewell.key}|{'again' if again else 'first'}"


def _closed_requests(until: datetime) -> QuerySet[Request]:
    """Declined, withdrawn or never answered; without a seal, with nothing under way; last touched before `until`."""
    own = {"request": OuterRef("pk")}
    letters = {"letter__request": OuterRef("pk")}
    silent = Q(was_closed=False, was_mailed=True, latest_answer__isnull=True)
    given = Exists(Upload.objects.filter(**letters)) | Exists(Offering.objects.filter(**own))
    under_way = (
        Exists(Seal.objects.filter(**letters))
        | Exists(Letter.objects.filter(**own, origin=Letter.Origin.BROUGHT))
        | Exists(PlannedSeal.objects.filter(upload__letter__request=OuterRef("pk"), ended_at__isnull=True))
        | Exists(Outgoing.objects.filter(outbox.STILL_HERE, about=OuterRef("key")))
        | Exists(
            Received.objects.filter(
                about=OuterRef("key"),
                state__in=(Received.State.WAITING, Received.State.BEGUN, Received.State.HELD),
            )
        )
        | Exists(Purpose.objects.filter(**own, withdrawn_at__isnull=True, shown_on__gt=until.date()))
    )
    over = (
        Q(closed_why=Closing.Why.WITHDRAWN)
        | Q(was_closed=False, latest_answer__in=NOES)
        | (silent & ~Q(given))
    )
    touched = Greatest(
        F("opened_by_applicant_at"),
        *(
            Coalesce(_newest(model, field, **by), F("opened_by_applicant_at"))
            for model, field, by in (
                (Answer, "answered_at", own),
                (Closing, "closed_at", own),
                (Closing, "lifted_at", own),
                (Document, "added_at", own),
                (Offering, "offered_at", own),
                (Link, "made_at", own),
                (Opening, "opened_at", own),
                (Purpose, "added_at", own),
                (Purpose, "withdrawn_at", own),
                (Reminder, "sent_at", own),
                (Upload, "uploaded_at", letters),
                (Draft, "saved_at", letters),
            )
        ),
    )
    wanted = Purpose.objects.filter(**own, withdrawn_at__isnull=True, shown_on__isnull=False)
    return (
        Request.objects.with_facts()
        .filter(opened_by_applicant_at__lte=until)
        .filter(over)
        .exclude(under_way)
        .annotate(over_at=touched, wanted_on=Subquery(wanted.order_by("-shown_on").values("shown_on")[:1]))
        .filter(over_at__lte=until)
    )


def _unused(until: datetime) -> QuerySet[Account]:
    """Nobody signed in, no program did; no reader may still read, no call still takes letters, and no writer gave anything since."""
    mine = OuterRef("pk")
    committee = Seat.objects.filter(call=OuterRef("call"), revoked_at__isnull=True, expires_at__gt=until)
    applying = Application.objects.filter(applicant=mine, withdrawn_at__isnull=True).filter(
        Q(call__due_on__gt=until.date()) | Exists(committee)
    )
    writing = Purpose.objects.filter(
        request__contact__owner=mine, withdrawn_at__isnull=True, shown_on__gt=until.date()
    )
    lines = Line.objects.filter(chain=OuterRef("key"), by=OuterRef("key"))
    used = Greatest(
        F("joined_at"),
        Coalesce(F("last_login"), F("joined_at")),
        *(
            Coalesce(one, F("joined_at"))
            for one in (
                _newest(ProgramToken, "used_at", account=mine),
                _newest(Reader, "expires_at", packet__owner=mine, revocation__isnull=True),
                _newest(Viewing, "viewed_at", reader__packet__owner=mine),
                _newest(Seal, "sealed_at", letter__applicant=mine),
                _newest(Upload, "uploaded_at", letter__applicant=mine),
                _newest(Draft, "saved_at", letter__applicant=mine),
                _newest(Answer, "answered_at", request__contact__owner=mine),
                _newest(Farewell, "ended_at", account=mine, kind="accounts", outcome="kept"),
                Subquery(lines.order_by("-at").values("at")[:1], output_field=DateTimeField()),
            )
        ),
    )
    return (
        Account.objects.filter(joined_at__lte=until)
        .filter(Q(last_login__isnull=True) | Q(last_login__lte=until))
        .exclude(role=Account.Role.OFFICE)
        .exclude(pk__in=Instance.objects.values("owner"))
        .exclude(Exists(writing))
        .exclude(Exists(applying))
        .annotate(last_used_at=used)
        .filter(last_used_at__lte=until)
    )


def _newest(model: type[Model], field: str, **of: Any) -> Subquery:
    rows = model._default_manager.filter(**of, **{f"{field}__isnull": False})
    group = next(iter(of))
    found = rows.order_by().values(group).annotate(newest=Max(field)).values("newest")
    return Subquery(found, output_field=DateTimeField())


def _kept_requests(owner: Account | None) -> dict[str, datetime]:
    """Requests whose applicant kept them, and when last."""
    rows = Farewell.objects.filter(kind=Farewell.Kind.REQUESTS, outcome=Farewell.Outcome.KEPT)
    if owner is not None:
        rows = rows.filter(account=owner)
    return {key: row.ended_at for row in rows.order_by("ended_at") if row.ended_at for key in row.kept}


def _cut_off(now: datetime, months: int) -> datetime:
    """The beginning of the day, in UTC, before which something is old enough."""
    return datetime.combine(months_after(day_of(now, "UTC"), -months), time(), UTC)
