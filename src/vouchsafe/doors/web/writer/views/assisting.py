"""The pages of a writer's assistant: what is asked, by when, and what they may do about it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vouchsafe.asks import access
from vouchsafe.asks.access_assistants import AssistantVisit, assistant_by_token
from vouchsafe.asks.actions.read_document import read_document
from vouchsafe.core.words import Refusal, say
from vouchsafe.desk.assistants import assisting_page, helped_page
from vouchsafe.desk.places_page import place_of
from vouchsafe.desk.writer_page import writer_page
from vouchsafe.doors.web.ui.shells import initials, plain_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.doors.web.writer.assistant_proof import KEPT, assistant_of, helping_visit
from vouchsafe.doors.web.writer.forms_assistants import WordsForm
from vouchsafe.letters.actions.offer_file import offer_file
from vouchsafe.letters.actions.offer_words import offer_words
from vouchsafe.letters.inspecting import FileRefused, WordsTaken, inspect_file, inspect_pictures
from vouchsafe.packets.actions.tick_upload import tick_upload


@require_http_methods(["GET", "HEAD", "POST"])
def show_assist(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows, and changes nothing. A press trades the token for a cookie."""
    assistant = assistant_by_token(token)
    if request.method == "POST":
        response = redirect("writer:assisting", assistant.key)
        KEPT.keep(request, response, assistant.key)
        return response
    facts = {"shell": plain_shell(request, whose=assistant.mailbox), "page": assisting_page(assistant)}
    return render(request, "writer/assisting/landing.html", facts)


@require_safe
def show_assisting(request: HttpRequest, key: str) -> HttpResponse:
    assistant = assistant_of(request, key)
    facts = {"shell": plain_shell(request, whose=assistant.mailbox), "page": assisting_page(assistant)}
    return render(request, "writer/assisting/list.html", facts)


@require_safe
def show_helped(request: HttpRequest, key: str, request_key: str) -> HttpResponse:
    return _page(request, helping_visit(request, key, request_key))


@require_POST
def create_words(request: HttpRequest, key: str, request_key: str) -> HttpResponse:
    """Words for the writer, who takes them up or not."""
    visit = helping_visit(request, key, request_key)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _page(request, visit, problems=[str(errors[0]) for errors in form.errors.values()])
    try:
        offer_words(visit=visit, text=form.cleaned_data["text"], now=timezone.now())
    except Refusal as refusal:
        return _page(request, visit, problems=[refusal.sentence, refusal.hint])
    leave_note(request, say("{writer} sees your words on their page.", writer=visit.request.contact.name))
    return redirect("writer:helped", key, request_key)


@require_POST
def create_file(request: HttpRequest, key: str, request_key: str) -> HttpResponse:
    """A file for the writer. One of which only the words can be taken is laid there as words."""
    visit = helping_visit(request, key, request_key)
    given = request.FILES.getlist("file")
    if not given:
        return _page(request, visit, problems=[say("Choose the file with the letter.")])
    about, name = visit.request.contact.owner.name, given[0].name or "letter"
    meant = writer_page(visit.as_seen).meant
    try:
        blobs = [one.read() for one in given]
        checked = (
            inspect_file(blobs[0], name, about=about, facts=meant)
            if len(blobs) == 1
            else inspect_pictures(blobs, name, about=about, facts=meant)
        )
        if isinstance(checked, WordsTaken):
            offer_words(visit=visit, text=checked.text, now=timezone.now())
        else:
            offer_file(visit=visit, checked=checked, now=timezone.now())
    except Refusal as refusal:
        reason = refusal.facts["reason"] if isinstance(refusal, FileRefused) else refusal.sentence
        return _page(request, visit, problems=[reason, refusal.hint])
    leave_note(request, say("{writer} sees the file on their page.", writer=visit.request.contact.name))
    return redirect("writer:helped", key, request_key)


@require_POST
def edit_tick(request: HttpRequest, key: str, request_key: str, place_key: str) -> HttpResponse:
    visit = helping_visit(request, key, request_key)
    place, seal = place_of(visit.as_seen, place_key, timezone.localdate())
    done = request.POST.get("done") == "yes"
    tick_upload(visit=visit, seal=seal, destination=place, done=done, now=timezone.now())
    leave_note(
        request,
        say("{label} is done.", label=place.label)
        if done
        else say("{label} is open again.", label=place.label),
        undo_href=request.path,
        fields={"done": "no" if done else "yes"},
    )
    return redirect("writer:helped", key, request_key)


@require_safe
def show_document(request: HttpRequest, key: str, request_key: str, document_key: str) -> HttpResponse:
    """A résumé or posting that the applicant put on the request."""
    visit = helping_visit(request, key, request_key).as_seen
    document = access.document(visit.request, document_key)
    response = HttpResponse(read_document(visit=visit, document=document), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{document.kind}.pdf"'
    return response


def _page(
    request: HttpRequest, visit: AssistantVisit, *, problems: list[object] | None = None
) -> HttpResponse:
    page = helped_page(visit, timezone.localdate())
    facts = {
        "shell": plain_shell(request, whose=visit.assistant.mailbox),
        "helped": page,
        "page": page.asked,
        "by_token": False,
        "initials": initials(page.asked.applicant),
        "typed": request.POST.get("text", "") or page.words,
        "back": f"/assisting/{visit.assistant.key}/",
        "problems": [("text", problem) for problem in problems or [] if problem],
    }
    return render(request, "writer/assisting/helped.html", facts, status=422 if problems else 200)
