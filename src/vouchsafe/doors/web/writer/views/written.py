"""All that a writer wrote for one applicant: its list, a newer letter in the place of another, versions for places."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vouchsafe.asks.access import Visit
from vouchsafe.core.differences import are_equal
from vouchsafe.core.words import say
from vouchsafe.desk.writer_letters import places_of, what_differs, written_letter, written_letters
from vouchsafe.desk.writer_page import writer_page
from vouchsafe.doors.web.ui.shells import plain_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.doors.web.writer.proof import refuse_applicant, visit_of
from vouchsafe.doors.web.writer.proving import asks_for_proof
from vouchsafe.doors.web.writer.views.editor import first_body
from vouchsafe.letters.access import is_beside, letter_of
from vouchsafe.letters.access_written import own_letter
from vouchsafe.letters.actions.begin_successor import begin_successor
from vouchsafe.letters.actions.begin_version import begin_version
from vouchsafe.letters.actions.drop_letter import drop_letter
from vouchsafe.letters.actions.take_up_letter import take_up_letter
from vouchsafe.letters.file_words import words_in_file


@require_safe
@asks_for_proof
def show_written(request: HttpRequest, key: str) -> HttpResponse:
    """Every letter for this applicant with its state: facts alone, so a mailed link is enough."""
    visit = proven_at(request, key)
    facts = {
        "shell": plain_shell(request, whose=visit.mailbox),
        "page": writer_page(visit),
        "letters": written_letters(visit),
    }
    return render(request, "writer/letter/written.html", facts)


@require_POST
@asks_for_proof
def create_successor(request: HttpRequest, key: str, letter: str) -> HttpResponse:
    """Begin the letter that takes this one's place; the old one stands until the new one is sealed."""
    visit = proven_at(request, key)
    begun = begin_successor(
        visit=visit,
        letter_key=letter,
        openly=request.POST.get("openly") == "on",
        first=first_body(visit, writer_page(visit)),
        now=timezone.now(),
        of_file=words_in_file(visit, own_letter(visit, letter)),
    )
    leave_note(
        request, say("The old words are here to go on from. The old letter stands until you seal this one.")
    )
    here = f"/requests/{key}/letters/{begun.key}" if is_beside(begun) else f"/requests/{key}"
    return redirect(f"{here}/write")


@require_http_methods(["GET", "HEAD", "POST"])
@asks_for_proof
def edit_versions(request: HttpRequest, key: str, letter: str) -> HttpResponse:
    """Where one letter goes, and which of the places have a version of their own. POST begins one."""
    visit = proven_at(request, key)
    written = written_letter(visit, letter)
    if written.base_key:
        raise Http404
    if request.method == "POST":
        purpose, _, destination = request.POST.get("place", "").partition(":")
        begun = begin_version(
            visit=visit,
            letter_key=letter,
            purpose_key=purpose,
            destination_key=destination,
            first=first_body(visit, writer_page(visit)),
            now=timezone.now(),
            of_file=words_in_file(visit, letter_of(visit, letter)),
        )
        return redirect("writer:letter_write", key, begun.key)
    facts = {
        "shell": plain_shell(request, whose=visit.mailbox),
        "page": writer_page(visit),
        "letter": written,
        "places": places_of(visit, written),
    }
    return render(request, "writer/letter/versions.html", facts)


@require_safe
@asks_for_proof
def show_differences(request: HttpRequest, key: str, letter: str) -> HttpResponse:
    """What a version says otherwise than its base, or a newer letter than the one it replaces."""
    visit = proven_at(request, key)
    written, against, passages = what_differs(visit, letter)
    facts = {
        "shell": plain_shell(request, whose=visit.mailbox),
        "page": writer_page(visit),
        "letter": written,
        "against": against,
        "passages": passages,
        "is_equal": are_equal(passages),
    }
    return render(request, "writer/letter/differences.html", facts)


@require_POST
@asks_for_proof
def remove_letter(request: HttpRequest, key: str, letter: str) -> HttpResponse:
    """Give up a version or a newer letter that was only begun."""
    visit = proven_at(request, key)
    drop_letter(visit=visit, letter_key=letter, now=timezone.now())
    leave_note(
        request,
        say("You gave that letter up. Nothing that was sealed has changed."),
        undo_href=f"/requests/{key}/letters/{letter}/restoral",
        tone="wait",
    )
    return redirect("writer:written", key)


@require_POST
@asks_for_proof
def restore_letter(request: HttpRequest, key: str, letter: str) -> HttpResponse:
    visit = proven_at(request, key)
    take_up_letter(visit=visit, letter_key=letter, now=timezone.now())
    leave_note(request, say("The letter is here again, as you left it."))
    return redirect("writer:written", key)


def proven_at(request: HttpRequest, key: str, letter: str = "") -> Visit:
    """The writer's own visit; the applicant in person, and whoever came by a handed-over link, are turned away."""
    visit = visit_of(request, key, letter)
    refuse_applicant(request, visit)
    visit.demand_proof()
    if letter:
        letter_of(visit, letter)
    return visit
