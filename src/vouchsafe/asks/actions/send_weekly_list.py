from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, OuterRef

from vouchsafe.asks.access import asked_of, stage
from vouchsafe.asks.actions.make_link import make_link, token_link
from vouchsafe.asks.actions.plan_weekly_list import A_WEEK, monday
from vouchsafe.asks.mailbox import WritersMailbox, demand_mailable
from vouchsafe.asks.models import Link, Mute, Purpose, Reminder, Request
from vouchsafe.asks.reach import is_reachable
from vouchsafe.asks.spacing import APART, KINDS, left_lately
from vouchsafe.core.timing import decent_hour
from vouchsafe.core.words import Refusal
from vouchsafe.ledger import journal, outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.people.access import working_days_with
from vouchsafe.people.models import Correspondent, WeeklyList

KIND = "writer_digest"
FEWEST = 2  # for one letter its own reminders are enough
MOST = 20
LONGEST = 2 * A_WEEK  # without a list, however many reminders there are
WAITS = {"asked", "agreed", "writing"}


@transaction.atomic
def send_weekly_list(*, row: WeeklyList, by: str, now: datetime) -> bool:
    """Queue one writer's list of open letters, nearest date first, if there are two or more.

    Claims the row and moves it to next week; writes a mailed link and a line for every letter on the list. Waits
    instead, to a decent hour, where any ask or reminder reached this mailbox less than 48 hours ago or is due within
    48 hours. Of a mailbox with very many letters there is always one: after two weeks without a list it goes all the
    same, without the letters that had a mail of their own just now, and stands for the reminders that are due. Leaves
    out whoever muted, paused or stopped.
    """
    claimed = (
        WeeklyList.objects.select_for_update(of=("self",)).select_related("correspondent").get(pk=row.pk)
    )
    if claimed.stopped_at is not None or claimed.due_at > now:
        return False
    writer = claimed.correspondent
    open_letters = _open(writer)
    first = open_letters[0][0] if open_letters else None
    if writer.no_mail_at is not None or first is None or len(open_letters) < FEWEST:
        _move(claimed, monday(writer, first, now, timedelta(days=1)))
        return False
    free_at = _free_from(writer, now)
    zone = ZoneInfo(writer.time_zone or first.contact.time_zone or "UTC")
    days = working_days_with(first.contact, now.date())
    if free_at > now and _has_waited(writer, now):
        rested = [each for each in open_letters if not left_lately(each[0], now)]
        if len(rested) >= FEWEST:
            open_letters, free_at = rested, now
    decent = decent_hour(max(now, free_at), zone, days)
    if decent > now:
        _move(claimed, decent)
        return False
    _queue(writer, open_letters, claimed.due_at, now)
    for request, _, _ in open_letters[:MOST]:
        owner = request.contact.owner.key
        journal.note(chain=owner, verb="weekly_list_queued", about=request.key, by=by, now=now)
    _move(claimed, monday(writer, first, now, A_WEEK))
    return True


Open = tuple[Request, WritersMailbox, date | None]


def _open(writer: Correspondent) -> list[Open]:
    """Every request that waits for this writer and may be mailed, nearest date first, those without one last.

    Those that were mailed to this mailbox and not answered yet are among them: its holder has proved it elsewhere.
    """
    muted = Mute.objects.filter(request=OuterRef("pk"), lifted_at__isnull=True)
    rows = (
        asked_of(writer.mailbox)
        .filter(~Exists(muted))
        .select_related("contact__owner", "correspondent")
        .prefetch_related("purposes__opportunity")
    )
    found: list[Open] = []
    for request in rows:
        shown = [each.shown_on for each in _purposes(request) if each.shown_on is not None]
        if stage(request) not in WAITS or not _purposes(request):
            continue
        try:
            to = demand_mailable(request)
        except Refusal:
            continue
        if to.mailbox != writer.mailbox:  # the applicant knows another address by now
            continue
        promised = request.latest_promise  # type: ignore[attr-defined]  # annotated by with_facts
        found.append((request, to, promised or min(shown, default=None)))
    return sorted(found, key=lambda each: (each[2] is None, each[2] or date.min, each[0].pk))


def _purposes(request: Request) -> list[Purpose]:
    return [each for each in request.purposes.all() if each.withdrawn_at is None]


def _free_from(writer: Correspondent, now: datetime) -> datetime:
    """When 48 hours lie between this list and every other mail that asks or reminds; `now` if they do already."""
    keys = list(asked_of(writer.mailbox).values_list("key", flat=True))
    spent = (Outgoing.State.WITHDRAWN, Outgoing.State.FAILED)
    left = Outgoing.objects.filter(
        about__in=[*keys, writer.key], kind__in=KINDS, due_at__gt=now - APART
    ).exclude(state__in=spent)
    planned = Reminder.objects.filter(
        request__key__in=keys, sent_at__isnull=True, dropped_at__isnull=True, due_at__lt=now + APART
    )
    moments = [*left.values_list("due_at", flat=True), *planned.values_list("due_at", flat=True)]
    return max((each + APART for each in moments), default=now)


def _has_waited(writer: Correspondent, now: datetime) -> bool:
    """Whether the last list, or else the proof of the mailbox, is two weeks old."""
    spent = (Outgoing.State.WITHDRAWN, Outgoing.State.FAILED)
    lists = Outgoing.objects.filter(about=writer.key, kind=KIND).exclude(state__in=spent)
    last = lists.order_by("-due_at").values_list("due_at", flat=True).first()
    return now - (last or writer.proven_at) >= LONGEST


def _queue(writer: Correspondent, letters: list[Open], week: datetime, now: datetime) -> None:
    links: dict[str, outbox.TokenLink | outbox.PlainLink] = {}
    rows = []
    for number, (request, to, by) in enumerate(letters[:MOST]):
        titles = ", ".join(each.opportunity.title for each in _purposes(request))
        rows.append([request.contact.owner.name, titles, by])
        if is_reachable():
            link = make_link(request=request, kind=Link.Kind.MAILED, mailbox=to.mailbox, now=now)
            links[f"page_url_{number}"] = token_link(link)
            links.setdefault("page_url", token_link(link, "queue_path"))
            links.setdefault("stop_url", token_link(link, "stop_weekly_path"))
    first, to, _ = letters[0]
    outbox.queue(
        outbox.Parcel(
            kind=KIND,
            to_address=to.address,
            to_name=writer.name or first.contact.name,
            facts={"rows": rows, "more": len(letters) - len(rows)},
            links=links,
            language=writer.language,
        ),
        delivery=outbox.Delivery.AT_MOST_ONCE,
        chain=writer.key,
        about=writer.key,
        once=f"weekly_list|{writer.key}|{week.isoformat()}",
        now=now,
    )


def _move(row: WeeklyList, due_at: datetime) -> None:
    WeeklyList.objects.filter(pk=row.pk).update(due_at=due_at)
