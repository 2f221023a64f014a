"""What a writer may begin a letter from: their own sealed letters, for anybody, and texts they keep."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vouchsafe.asks.access import Visit
from vouchsafe.core.words import Refusal, say
from vouchsafe.desk.writer_page import writer_page
from vouchsafe.desk.writer_texts import sources_of
from vouchsafe.doors.web.ui.shells import plain_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.doors.web.writer.forms import TextForm
from vouchsafe.doors.web.writer.proving import asks_for_proof
from vouchsafe.doors.web.writer.views.editor import first_body
from vouchsafe.doors.web.writer.views.written import proven_at
from vouchsafe.letters.access import draft_in_hand
from vouchsafe.letters.access_written import own_letter, template_of, templates_of
from vouchsafe.letters.actions.edit_template import edit_template
from vouchsafe.letters.actions.keep_template import keep_template
from vouchsafe.letters.actions.remove_template import remove_template
from vouchsafe.letters.actions.restore_template import restore_template
from vouchsafe.letters.actions.start_from_letter import start_from_letter
from vouchsafe.letters.actions.start_from_template import start_from_template
from vouchsafe.letters.draft_body import DraftBody
from vouchsafe.letters.file_words import words_in_file, words_or_file


@require_http_methods(["GET", "HEAD", "POST"])
@asks_for_proof
def edit_sources(request: HttpRequest, key: str) -> HttpResponse:
    """What to begin from. It names other people too, so it is shown for ten minutes after a code. POST begins."""
    visit = proven_at(request, key)
    visit.demand_own_code()
    if request.method != "POST":
        return _sources(request, visit)
    kind, _, chosen = request.POST.get("source", "").partition(":")
    first = first_body(visit, writer_page(visit))
    try:
        if kind == "template":
            start_from_template(visit=visit, template_key=chosen, first=first, now=timezone.now())
        else:
            start_from_letter(
                visit=visit,
                letter_key=chosen,
                first=first,
                now=timezone.now(),
                of_file=words_in_file(visit, own_letter(visit, chosen)),
            )
    except Refusal as refusal:
        return _sources(request, visit, refusal)
    leave_note(
        request,
        say("The words are here to go on from. Names and places may still be the old ones: read them all."),
    )
    return redirect("writer:write", key)


@require_http_methods(["GET", "HEAD", "POST"])
@asks_for_proof
def edit_texts(request: HttpRequest, key: str) -> HttpResponse:
    """The texts a writer keeps. POST keeps another: the letter in hand, a sealed one, or what is typed here."""
    visit = proven_at(request, key)
    visit.demand_desk()
    source = request.POST.get("source", request.GET.get("source", ""))
    if request.method != "POST":
        return _texts(request, visit, TextForm(initial={"text": _words(visit, source).text}), source)
    form = TextForm(request.POST)
    if not form.is_valid():
        return _texts(request, visit, form, source, status=422)
    body = form.onto(_words(visit, source))
    try:
        keep_template(visit=visit, name=form.cleaned_data["name"], body=body, now=timezone.now())
    except Refusal as refusal:
        form.add_error(None, f"{refusal.sentence} {refusal.hint or ''}".strip())
        return _texts(request, visit, form, source, status=409)
    leave_note(request, say("Kept. Only you see it, whoever asks you for a letter."))
    return redirect("writer:texts", key)


@require_http_methods(["GET", "HEAD", "POST"])
@asks_for_proof
def edit_text(request: HttpRequest, key: str, text: str) -> HttpResponse:
    visit = proven_at(request, key)
    kept = template_of(visit, text)
    if request.method != "POST":
        return _text(request, visit, text, TextForm(initial={"name": kept.name, "text": kept.body.text}))
    form = TextForm(request.POST)
    if not form.is_valid():
        return _text(request, visit, text, form, status=422)
    said = form.cleaned_data
    edit_template(visit=visit, template_key=text, name=said["name"], text=said["text"], now=timezone.now())
    leave_note(request, say("The text is kept as it is now. Letters begun from it stay as they are."))
    return redirect("writer:texts", key)


@require_POST
@asks_for_proof
def remove_text(request: HttpRequest, key: str, text: str) -> HttpResponse:
    visit = proven_at(request, key)
    remove_template(visit=visit, template_key=text, now=timezone.now())
    undo = f"/requests/{key}/texts/{text}/restoral"
    leave_note(request, say("The text is removed."), undo_href=undo, tone="wait")
    return redirect("writer:texts", key)


@require_POST
@asks_for_proof
def restore_text(request: HttpRequest, key: str, text: str) -> HttpResponse:
    visit = proven_at(request, key)
    restore_template(visit=visit, template_key=text, now=timezone.now())
    leave_note(request, say("The text is here again."))
    return redirect("writer:texts", key)


@require_safe
@asks_for_proof
def show_text(request: HttpRequest, key: str, letter: str) -> HttpResponse:
    """A sealed letter's words, to look at before one begins from them."""
    visit = proven_at(request, key)
    visit.demand_own_code()
    found = own_letter(visit, letter)
    facts = {
        "shell": plain_shell(request, whose=visit.mailbox),
        "page": writer_page(visit),
        "letter": found,
        "body": words_or_file(visit, found),
    }
    return render(request, "writer/texts/words.html", facts)


def _words(visit: Visit, source: str) -> DraftBody:
    """What a text is kept from: the letter in hand, one of their sealed letters, or an empty page."""
    if source == "draft":
        return draft_in_hand(visit)[0] or DraftBody()
    kind, _, chosen = source.partition(":")
    if kind == "letter" and chosen:
        return words_or_file(visit, own_letter(visit, chosen)) or DraftBody()
    return DraftBody()


def _sources(request: HttpRequest, visit: Visit, refusal: Refusal | None = None) -> HttpResponse:
    facts = {
        "shell": plain_shell(request, whose=visit.mailbox),
        "page": writer_page(visit),
        "sources": sources_of(visit),
        "texts": templates_of(visit),
        "refusal": refusal,
    }
    return render(request, "writer/texts/sources.html", facts, status=409 if refusal else 200)


def _texts(
    request: HttpRequest, visit: Visit, form: TextForm, source: str, *, status: int = 200
) -> HttpResponse:
    facts = {
        "shell": plain_shell(request, whose=visit.mailbox),
        "page": writer_page(visit),
        "texts": templates_of(visit),
        "form": form,
        "source": source,
    }
    return render(request, "writer/texts/texts.html", facts, status=status)


def _text(
    request: HttpRequest, visit: Visit, text: str, form: TextForm, *, status: int = 200
) -> HttpResponse:
    facts = {
        "shell": plain_shell(request, whose=visit.mailbox),
        "page": writer_page(visit),
        "text_key": text,
        "form": form,
    }
    return render(request, "writer/texts/text.html", facts, status=status)
