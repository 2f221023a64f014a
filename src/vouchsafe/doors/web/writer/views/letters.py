"""From a finished letter to a sealed one: file, review, seal, and what may happen afterwards."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from vouchsafe.asks.access import Visit
from vouchsafe.core.lint import Finding, LetterFacts, Level, check_text
from vouchsafe.core.lint.balance import FEWEST, Balance, balance
from vouchsafe.core.sealing import rosette, seal_words
from vouchsafe.core.words import Refusal, Sentence, from_plain, say
from vouchsafe.desk.uses_page import sealed_of, uses_page
from vouchsafe.desk.writer_letters import written_letter
from vouchsafe.desk.writer_page import WriterPage, writer_page
from vouchsafe.doors.web.ui.shells import plain_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.doors.web.writer.acts import upload_from
from vouchsafe.doors.web.writer.forms import SealForm
from vouchsafe.doors.web.writer.marked import marked
from vouchsafe.doors.web.writer.proof import READING, keep_proof, refuse_applicant, visit_of
from vouchsafe.doors.web.writer.proving import asks_for_proof
from vouchsafe.doors.web.writer.views.codes import ask_for_code
from vouchsafe.doors.web.writer.views.editor import pages_of
from vouchsafe.letters import access as letters
from vouchsafe.letters.access_written import others_written_for
from vouchsafe.letters.actions.mark_in_confidence import mark_in_confidence
from vouchsafe.letters.actions.read_sealed import read_sealed
from vouchsafe.letters.actions.read_upload import page_pictures, read_upload
from vouchsafe.letters.actions.release_seal import release_seal
from vouchsafe.letters.actions.reopen_seal import HOUR, reopen_seal
from vouchsafe.letters.actions.seal_letter import seal_letter
from vouchsafe.letters.actions.withdraw_seal import withdraw_seal
from vouchsafe.letters.draft_body import DraftBody
from vouchsafe.letters.preparing import demand_seen, prepare_seal, what_it_rests_on
from vouchsafe.people.access import hosts_personally


@require_POST
def create_upload(request: HttpRequest, key: str, letter: str = "") -> HttpResponse:
    visit = visit_of(request, key, letter)
    refuse_applicant(request, visit)
    return upload_from(request, visit)


@require_safe
@asks_for_proof
def show_review(request: HttpRequest, key: str, letter: str = "") -> HttpResponse:
    """The pages as they will be sealed, who reads them, and what looks wrong."""
    visit = _proven(request, key, letter)
    page = writer_page(visit)
    if page.is_done:
        return redirect(f"{page.base}/sealed")
    if page.letter is None:
        return redirect(f"{page.base}/write")
    return _review(request, visit, page, SealForm(initial={"writer_name": _name(visit, page)}))


@require_safe
def show_page(request: HttpRequest, key: str, number: int, letter: str = "") -> HttpResponse:
    """One page of an uploaded letter as a picture, before it is sealed."""
    visit = _proven(request, key, letter)
    in_hand = letters.letter_in_hand(visit)
    upload = letters.current_upload(in_hand) if in_hand else None
    if upload is None or not 1 <= number <= upload.pages:
        raise Http404
    pictures = page_pictures(read_upload(visit=visit, upload=upload))
    return HttpResponse(pictures[number - 1], content_type="image/jpeg")


@require_POST
@asks_for_proof
def create_seal(request: HttpRequest, key: str, letter: str = "") -> HttpResponse:
    """Seal the letter in hand. A press too many finds it sealed already.

    The browser that sealed it has just seen it, so for ten minutes it is not asked for a code about it.
    """
    visit = _proven(request, key, letter)
    page = writer_page(visit)
    if page.is_done:
        return redirect(f"{page.base}/sealed")
    form = SealForm(request.POST)
    in_hand = letters.letter_in_hand(visit)
    if in_hand is None:
        return redirect("writer:request", key)
    if not form.is_valid():
        return _review(request, visit, page, form, status=422)
    doubtful = _confirm(_findings(visit, page))
    if doubtful and not form.cleaned_data["sure"]:
        form.add_error("sure", gettext("Change what is marked in red, or tick this to seal it all the same."))
        return _review(request, visit, page, form, ask_again=True, status=422)
    try:
        demand_seen(in_hand, request.POST.get("seen", ""))
        if form.cleaned_data["in_confidence"]:
            mark_in_confidence(visit=visit, letter=in_hand, now=timezone.now())
            in_hand = letters.letter_of(visit, in_hand.key)
        prepared = prepare_seal(
            visit=visit, letter=in_hand, writer_name=form.cleaned_data["writer_name"], now=timezone.now()
        )
        made = seal_letter(visit=visit, prepared=prepared, now=timezone.now())
        if settings.TIME_SERVER and prepared.time_stamped_at is None:
            leave_note(
                request,
                say("The outside time server did not answer, so the moment is by this site’s own clock."),
                tone="wait",
            )
    except Refusal as refusal:
        form.add_error(None, f"{refusal.sentence} {refusal.hint or ''}".strip())
        return _review(request, visit, page, form, status=409)
    response = redirect(f"{page.base}/sealed")
    if made.file == prepared.file:  # another browser's press was first: it was not this one that sealed it
        until = (timezone.now() + READING).timestamp()
        keep_proof(request, response, visit, reads_until=until, sealed=in_hand.key)
    return response


@require_safe
@asks_for_proof
def show_sealed(request: HttpRequest, key: str, letter: str = "") -> HttpResponse:
    visit = _proven(request, key, letter)
    page = writer_page(visit)
    if page.sealed is None:
        return redirect("writer:request", key)
    facts = {
        "shell": plain_shell(request, whose=visit.mailbox),
        "page": page,
        "sealed": page.sealed,
        "written": written_letter(visit, page.sealed.key),
        "curves": rosette(page.sealed.digest),
        "words": seal_words(page.sealed.digest),
        "until": page.sealed.sealed_at + HOUR,
        "uses": () if page.sealed.is_withdrawn else uses_page(visit, sealed_of(visit, page.sealed.key)).lines,
        "may_reopen": not page.sealed.is_released and timezone.now() < page.sealed.sealed_at + HOUR,
    }
    return render(request, "writer/letter/sealed.html", facts)


@require_POST
def create_reopening(request: HttpRequest, key: str, letter: str = "") -> HttpResponse:
    visit = _proven(request, key, letter)
    seal = _seal(visit)
    if not visit.may_open(seal.letter.key):
        return ask_for_code(request, visit, "reopen")
    reopen_seal(visit=visit, seal=seal, now=timezone.now())
    leave_note(request, say("The letter is open again. Its number is gone; sealing gives it a new one."))
    return redirect(f"{writer_page(visit).base}/review")


@require_POST
def create_release(request: HttpRequest, key: str, letter: str = "") -> HttpResponse:
    """Not wait for the hour: tell the applicant now that the letter is safe."""
    visit = _proven(request, key, letter)
    release_seal(seal=_seal(visit), by=visit.by, now=timezone.now())
    leave_note(
        request, say("{applicant} has been told that the letter is safe.", applicant=_applicant(visit))
    )
    return redirect(f"{writer_page(visit).base}/sealed")


@require_POST
def create_withdrawal(request: HttpRequest, key: str, letter: str = "") -> HttpResponse:
    visit = _proven(request, key, letter)
    seal = _seal(visit)
    if not visit.may_open(seal.letter.key):
        return ask_for_code(request, visit, "withdraw")
    withdraw_seal(visit=visit, seal=seal, now=timezone.now())
    leave_note(request, say("The letter is withdrawn. Nobody new can read it."), tone="wait")
    return redirect(f"{writer_page(visit).base}/sealed")


@require_safe
@asks_for_proof
def show_copy(request: HttpRequest, key: str, letter: str = "") -> HttpResponse:
    """The sealed letter for its writer: only within ten minutes of a fresh code."""
    visit = _proven(request, key, letter)
    seal = _seal(visit)
    if not visit.may_open(seal.letter.key):
        return ask_for_code(request, visit, "read")
    response = HttpResponse(read_sealed(visit=visit, seal=seal), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="letter-{seal.number}.pdf"'
    return response


def _proven(request: HttpRequest, key: str, letter: str) -> Visit:
    visit = visit_of(request, key, letter)
    refuse_applicant(request, visit)
    visit.demand_proof()
    return visit


def _seal(visit: Visit) -> Any:
    seal = letters.seal_at(visit)
    if seal is None:
        raise Http404
    return seal


def _applicant(visit: Visit) -> str:
    return visit.request.contact.owner.name


def _name(visit: Visit, page: WriterPage) -> str:
    body, _ = letters.draft_in_hand(visit)
    return (body.name if body else "") or page.writer


def _review(
    request: HttpRequest,
    visit: Visit,
    page: WriterPage,
    form: SealForm,
    *,
    ask_again: bool = False,
    status: int = 200,
) -> HttpResponse:
    letter = page.letter
    if letter is None:
        raise Http404
    body, _ = letters.draft_in_hand(visit)
    typed = letter.origin == "written"
    findings = _findings(visit, page)
    facts = {
        "shell": plain_shell(request, whose=visit.mailbox),
        "page": page,
        "letter": letter,
        "form": form,
        "marked": marked(body.page().plain_text, findings) if body and findings else None,
        "word_balance": _word_balance(body) if typed else None,
        "ask_again": ask_again or bool(_confirm(findings)),
        "may_confide": letter.is_open and not hosts_personally(),
        "seen": what_it_rests_on(letters.letter_of(visit, letter.key)),
        "hints": [from_plain(hint) for hint in letter.hints],
        "page_numbers": range(1, (letter.pages or 0) + 1),
        **(pages_of(body or DraftBody(), page) if typed else {"pictures": (), "refusal": None}),
    }
    return render(request, "writer/letter/review.html", facts, status=status)


def _findings(visit: Visit, page: WriterPage) -> list[Finding]:
    """Substance lint over the typed words, for the writer alone."""
    body, _ = letters.draft_in_hand(visit)
    if body is None or page.letter is None or page.letter.origin != "written" or body.is_empty:
        return []
    first = page.first
    facts = LetterFacts(
        about=page.applicant,
        pronouns=page.applicant_pronouns,
        institution=first.organisation if first else "",
        opportunity=first.title if first else "",
        writer=page.writer,
        other_people=others_written_for(visit),
        applicant_points=tuple(point for purpose in page.purposes for point in purpose.points),
    )
    return list(check_text(body.page().plain_text, facts))


def _word_balance(body: DraftBody | None) -> Balance | None:
    """The kinds of words in a letter, for its writer to look at; none under the length that says anything."""
    counted = balance(body.page().plain_text) if body is not None else None
    return counted if counted is not None and counted.words >= FEWEST else None


def _confirm(findings: list[Finding]) -> list[Sentence]:
    said = {str(finding.sentence): finding.sentence for finding in findings if finding.level is Level.CONFIRM}
    return list(said.values())
