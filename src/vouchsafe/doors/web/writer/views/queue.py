"""A writer's queue: all that is asked of their mailbox, by date, over everybody who asks.

It names other applicants, so a mailed link, which may have been forwarded, is never enough: a code taken in this
browser is. What is done from it to another request is done as its own writer, by the same actions as on its page.
"""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from vouchsafe.asks.access import FreshCodeNeeded, Visit, other_visit, visit_by_token
from vouchsafe.asks.actions.move_own_reminder import move_own_reminder
from vouchsafe.asks.actions.mute_reminders import mute_reminders
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.asks.actions.record_opening import record_opening
from vouchsafe.asks.actions.send_code import send_code
from vouchsafe.asks.actions.stop_mail import stop_mail
from vouchsafe.asks.actions.want_mail import want_mail
from vouchsafe.core.words import Refusal, Sentence, say
from vouchsafe.desk.queue_page import Queued, writers_queue
from vouchsafe.doors.web.ui.dates import day_words
from vouchsafe.doors.web.ui.shells import plain_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.doors.web.writer.forms import QueueForm
from vouchsafe.doors.web.writer.proof import keep_proof, refuse_applicant, visit_of
from vouchsafe.doors.web.writer.proving import asks_for_proof
from vouchsafe.doors.web.writer.views.codes import ask_for_code, type_the_code
from vouchsafe.people.access import NotHere, away_said

LOOK = ("GET", "HEAD", "POST")


@require_http_methods(LOOK)
def show_queue_landing(request: HttpRequest, token: str) -> HttpResponse:
    """From the weekly mail. A press mails a code; before it nothing is told but that a list is here."""
    visit = visit_by_token(token)
    visit.demand_proof()
    if request.method != "POST":
        return render(request, "writer/queue/landing.html", {"shell": plain_shell(request)})
    refuse_applicant(request, visit)
    record_opening(request=visit.request, now=timezone.now())
    send_code(request=visit.request, use="read", now=timezone.now())
    response = type_the_code(request, visit, "queue")
    keep_proof(request, response, visit)
    return response


@require_http_methods(LOOK)
@asks_for_proof
def show_queue(request: HttpRequest, key: str) -> HttpResponse:
    visit = at_home(request, key)
    return _mails(request, visit) if request.method == "POST" else queue_of(request, visit)


def queue_of(request: HttpRequest, visit: Visit, problems: list[object] | None = None) -> HttpResponse:
    """The page of it, also with what was wrong about days away."""
    word = request.GET.get("q", "").strip()[:100]
    try:
        queue = writers_queue(visit, today=timezone.localdate(), word=word)
    except FreshCodeNeeded:
        return ask_for_code(request, visit, "queue")
    facts = {
        "shell": replace(plain_shell(request, whose=visit.mailbox), your_move=bool(queue.total)),
        "queue": queue,
        "word": word,
        "week_bars": [(day_words(week.begins, "short"), week.count, week.is_heavy) for week in queue.weeks],
        "home": f"/requests/{visit.request.key}",
        "away": away_said(visit.mailbox, timezone.localdate()),
        "today": timezone.localdate(),
        "problems": [("", problem) for problem in problems or []],
    }
    return render(request, "writer/queue/queue.html", facts, status=422 if problems else 200)


@require_http_methods(LOOK)
@asks_for_proof
def edit_queued(request: HttpRequest, key: str, row_key: str) -> HttpResponse:
    """One request of the queue, with what its writer may do about it from here."""
    visit = at_home(request, key)
    try:
        other = other_visit(visit, row_key)
    except FreshCodeNeeded:
        return ask_for_code(request, visit, "queue")
    refuse_applicant(request, other)
    if request.method != "POST":
        return _row(request, visit, row_key)
    form = QueueForm(request.POST)
    if not form.is_valid():
        return _row(request, visit, row_key, [str(errors[0]) for errors in form.errors.values()])
    if form.cleaned_data["act"] == "open":
        record_opening(request=other.request, now=timezone.now())
        response = redirect("writer:request", row_key)
        keep_proof(request, response, other)
        return response
    try:
        note = _act(form, other)
    except Refusal as refusal:
        return _row(request, visit, row_key, [refusal.sentence, *([refusal.hint] if refusal.hint else [])])
    leave_note(request, note)
    return redirect("writer:queue", key)


def _mails(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Stop every mail to this mailbox, or want them again."""
    try:
        visit.demand_desk()
    except FreshCodeNeeded:
        return ask_for_code(request, visit, "queue")
    if request.POST.get("act") == "want":
        want_mail(visit=visit, now=timezone.now())
        leave_note(request, say("Mails come to you again."))
    elif request.POST.get("act") == "stop":
        stop_mail(visit=visit, now=timezone.now())
        leave_note(request, say("Nothing more is mailed to you from here."))
    return redirect("writer:queue", visit.request.key)


def _act(form: QueueForm, other: Visit) -> Sentence:
    said, now, today = form.cleaned_data, timezone.now(), timezone.localdate()
    name = other.request.contact.owner.name
    act = said["act"]
    if act in QueueForm.ANSWERS:
        record_answer(
            visit=other,
            said=act,
            words=said["words"],
            promised_on=said["promised_on"] if act == "yes" else None,
            today=today,
            now=now,
        )
        if act != "yes":
            return say("{name} is told, and has time to ask someone else.", name=name)
        if said["promised_on"]:
            return say("Promised to {name} by {day}. Thank you.", name=name, day=said["promised_on"])
        return say("You said yes to {name}. Thank you.", name=name)
    if act == "move":
        move_own_reminder(visit=other, key=said["reminder"], day=said["day"], today=today, now=now)
        return say("The reminder about {name} comes on {day}.", name=name, day=said["day"])
    mute_reminders(visit=other, muted=act == "mute", now=now)
    return (
        say("No reminders about {name} any more.", name=name)
        if act == "mute"
        else say("Reminders about {name} are planned again.", name=name)
    )


def _row(
    request: HttpRequest, visit: Visit, row_key: str, problems: list[object] | None = None
) -> HttpResponse:
    row = next((one for one in _rows(visit) if one.key == row_key), None)
    if row is None:
        raise NotHere(row_key)
    facts = {
        "shell": plain_shell(request, whose=visit.mailbox),
        "row": row,
        "home": f"/requests/{visit.request.key}",
        "today": timezone.localdate(),
        "problems": [("", problem) for problem in problems or []],
    }
    return render(request, "writer/queue/queued.html", facts, status=422 if problems else 200)


def _rows(visit: Visit) -> tuple[Queued, ...]:
    return writers_queue(visit, today=timezone.localdate()).rows


def at_home(request: HttpRequest, key: str) -> Visit:
    """The visit the queue is looked at from: one of its own requests, for whoever proved the mailbox."""
    visit = visit_of(request, key)
    refuse_applicant(request, visit)
    visit.demand_proof()
    return visit
