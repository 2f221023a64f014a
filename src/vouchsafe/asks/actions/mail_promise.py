from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import translation

from vouchsafe.asks.actions.ask_facts import speak
from vouchsafe.asks.actions.make_link import make_link, token_link
from vouchsafe.asks.mailbox import demand_mailable
from vouchsafe.asks.models import Answer, Closing, Link, Purpose, Request
from vouchsafe.asks.reach import is_reachable
from vouchsafe.core.timing import Entry, Method, Organiser, write_calendar
from vouchsafe.core.words import Refusal, say
from vouchsafe.ledger import outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.people.mail_language import language_of

HOST = "vouchsafe"
KINDS = ("promise", "promise_off")
SETTLES = timedelta(minutes=1)  # two dates chosen within it make one mail
DAY_BEFORE = timedelta(hours=15)  # of a whole day, which begins at midnight: nine in the morning before


def mail_promise(*, request: Request, now: datetime) -> Outgoing | None:
    """Tell the writer what they have just promised, with the day as a calendar file.

    Queues one mail, in the caller's transaction, and takes back one that still waits. No mail to a writer who
    has no date to keep, wants none, or cannot be reached; their answer stands all the same.
    """
    outbox.withdraw_about(request.key, kinds=KINDS, now=now)
    answer = Answer.objects.filter(request=request).order_by("-answered_at", "-id").first()
    by = (answer.promised_on if answer else None) or _first_shown(request)
    if answer is None or by is None:
        return None
    entry = promised(request)
    facts = {"applicant": request.contact.owner.name, "by": by, "chosen": answer.promised_on is not None}
    # A yes without its day takes the day out again that an earlier mail put in.
    method = Method.CANCEL if entry is not None and entry.cancelled else Method.PUBLISH
    enclosed = (_file(entry, method, language_of(request.contact)),) if entry is not None else ()
    return _queue(request, "promise", facts, enclosed, f"promise|{request.key}|{answer.pk}", now)


def call_off_promise(*, request: Request, now: datetime) -> Outgoing | None:
    """The writer cannot after all: thank them for saying so, and take the day out of their calendar.

    Queues one mail, in the caller's transaction, to a writer whose calendar may hold the day; nobody else is
    mailed about their own no.
    """
    file = calling_off(request=request, now=now)
    if file is None:
        return None
    answer = Answer.objects.filter(request=request).order_by("-answered_at", "-id").first()
    facts = {"applicant": request.contact.owner.name}
    once = f"promise_off|{request.key}|{answer.pk if answer else 0}"
    return _queue(request, "promise_off", facts, (file,), once, now)


def calling_off(*, request: Request, now: datetime) -> outbox.Enclosed | None:
    """The file that takes a promised day out of a calendar, if a mail put one in. Takes back one that waits."""
    outbox.withdraw_about(request.key, kinds=KINDS, now=now)
    entry = promised(request)
    spent = (Outgoing.State.WITHDRAWN, Outgoing.State.FAILED)
    rows = Outgoing.objects.filter(about=request.key, kind__in=KINDS).exclude(state__in=spent)
    newest = rows.order_by("-id").first()
    if entry is None or newest is None or newest.kind != "promise":
        return None
    return _file(
        entry if entry.cancelled else entry.called_off(now), Method.CANCEL, language_of(request.contact)
    )


def promised(request: Request) -> Entry | None:
    """The promised day as one calendar entry, through all answers of this round.

    It has a uid of its own, apart from the writer's feed, so that neither undoes the other. Its SEQUENCE rises with
    every move; a letter for a new purpose is another promise.
    """
    rounds = Closing.objects.filter(request=request, lifted_why="purpose_added").order_by("lifted_at")
    since = [row.lifted_at for row in rounds if row.lifted_at is not None]
    key = f"{request.key}-promise-{len(since)}"
    summary = say("You promised the letter for {name} by today", name=request.contact.owner.name)
    answers = Answer.objects.filter(request=request).order_by("answered_at", "id")
    entry: Entry | None = None
    for answer in answers.filter(answered_at__gte=since[-1]) if since else answers:
        if answer.promised_on is None:
            entry = entry.called_off(answer.answered_at) if entry is not None else None
        elif entry is None:
            entry = Entry(key, answer.promised_on, summary, answer.answered_at, remind_before=DAY_BEFORE)
        else:
            entry = entry.revised(answer.answered_at, begins=answer.promised_on, cancelled=False)
    return entry


def _first_shown(request: Request) -> date | None:
    rows = Purpose.objects.filter(request=request, withdrawn_at__isnull=True, shown_on__isnull=False)
    return rows.order_by("shown_on").values_list("shown_on", flat=True).first()


def _file(entry: Entry, method: Method, language: str) -> outbox.Enclosed:
    with translation.override(language):
        content = write_calendar(
            (entry,),
            name="Vouchsafe",
            host=HOST,
            organiser=Organiser("Vouchsafe", settings.MAIL_FROM),
            method=method,
            speak=speak,
        )
    return outbox.Enclosed("letter.ics", f"text/calendar; charset=utf-8; method={method}", content=content)


def _queue(
    request: Request,
    kind: str,
    facts: Mapping[str, object],
    enclosed: tuple[outbox.Enclosed, ...],
    once: str,
    now: datetime,
) -> Outgoing | None:
    try:
        to = demand_mailable(request)
    except Refusal:
        return None  # the page says that mails are stopped or paused; the answer itself is recorded
    links = {}
    if is_reachable():
        link = make_link(request=request, kind=Link.Kind.MAILED, mailbox=to.mailbox, now=now)
        links = {"page_url": token_link(link), "stop_url": token_link(link, "stop_path")}
    owner = request.contact.owner
    return outbox.queue(
        outbox.Parcel(
            kind=kind,
            to_address=to.address,
            to_name=request.contact.name,
            facts=facts,
            links=links,
            enclosed=enclosed,
            reply_key=request.key,
            thread=request.key,
            language=language_of(request.contact),
        ),
        delivery=outbox.Delivery.AT_LEAST_ONCE,
        chain=owner.key,
        about=request.key,
        once=once,
        now=now,
        wait=SETTLES,
    )
