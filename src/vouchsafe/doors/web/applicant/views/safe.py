"""The Safe: every letter that is safe, and the page of one. Of a confidential one there is nothing here but facts."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vouchsafe.core.sealing import rosette, seal_words
from vouchsafe.core.sealing.seal_picture import Curve
from vouchsafe.core.words import Sentence, say, say_n
from vouchsafe.desk.safe import SafeLetter, proposed_thanks, safe_letter
from vouchsafe.doors.web.applicant.forms.safe import ThanksForm
from vouchsafe.doors.web.applicant.views.viewer import applicant_of
from vouchsafe.doors.web.ui.shells import applicant_shell
from vouchsafe.letters.access_open import Shelved, shelf
from vouchsafe.letters.actions.read_open import read_open
from vouchsafe.letters.page_views import page_views


@dataclass(frozen=True, slots=True)
class Row:
    """One letter of the list; its small seal is drawn from the outermost curve."""

    letter: Shelved
    href: str
    curves: tuple[Curve, ...]
    status: Sentence
    tone: str


@dataclass(frozen=True, slots=True)
class SafePage:
    headline: Sentence
    below: Sentence | str
    rows: tuple[Row, ...]
    is_empty: bool
    sought: str


@login_required
@require_safe
def show_safe(request: HttpRequest) -> HttpResponse:
    letters = shelf(applicant_of(request))
    sought = request.GET.get("find", "").strip()[:100]
    found = [letter for letter in letters if _speaks_of(letter, sought)]
    sealed = [letter for letter in letters if letter.number]
    hidden = sum(not letter.is_open for letter in sealed)
    page = SafePage(
        headline=say_n("One letter is safe.", "{count} letters are safe.", len(sealed), count=len(sealed))
        if sealed
        else say("No letter is safe yet."),
        below=_below(len(sealed), hidden),
        rows=tuple(_row(letter) for letter in found),
        is_empty=not letters,
        sought=sought,
    )
    return render(
        request, "applicant/safe/safe.html", {"shell": applicant_shell(request, "safe"), "page": page}
    )


@login_required
@require_safe
def show_letter(request: HttpRequest, key: str) -> HttpResponse:
    return letter_page(request, safe_letter(applicant_of(request), key))


@login_required
@require_safe
def show_page(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """One page of an open letter as a picture."""
    views = page_views(read_open(by=applicant_of(request), letter_key=key))
    if not 1 <= number <= len(views):
        raise Http404
    return HttpResponse(views[number - 1].picture, content_type="image/jpeg")


@login_required
@require_safe
def show_file(request: HttpRequest, key: str) -> HttpResponse:
    """The PDF of an open letter, byte for byte."""
    account = applicant_of(request)
    data = read_open(by=account, letter_key=key)
    letter = safe_letter(account, key).letter
    response = HttpResponse(data, content_type="application/pdf")
    name = f"letter-{letter.number}.pdf" if letter.number else "letter-not-sealed.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def letter_page(
    request: HttpRequest, found: SafeLetter, form: ThanksForm | None = None, *, status: int = 200
) -> HttpResponse:
    """The page of one letter: pages for an open one, the envelope for a confidential one."""
    letter = found.letter
    account = applicant_of(request)
    if form is None and letter.number:
        form = ThanksForm(initial={"words": proposed_thanks(account, letter)})
    facts = {
        "shell": applicant_shell(request, "safe"),
        "page": found,
        "letter": letter,
        "form": form,
        "views": page_views(read_open(by=account, letter_key=letter.key)) if letter.is_open else (),
        "curves": rosette(letter.digest) if letter.digest else (),
        "words": seal_words(letter.digest) if letter.digest else (),
    }
    name = "brought" if letter.is_brought else "letter"
    return render(request, f"applicant/safe/{name}.html", facts, status=status)


def _below(sealed: int, hidden: int) -> Sentence | str:
    if not hidden:
        return ""
    if hidden == sealed:
        return say_n(
            "It was written in confidence: you send it on, its readers read it.",
            "They were written in confidence: you send them on, their readers read them.",
            hidden,
        )
    return say_n(
        "One was written in confidence: you send it on, its readers read it.",
        "{n} were written in confidence: you send them on, their readers read them.",
        hidden,
    )


def _speaks_of(letter: Shelved, sought: str) -> bool:
    words = f"{letter.writer_name} {letter.letter_for} {letter.number}".casefold()
    return all(word in words for word in sought.casefold().split())


def _row(letter: Shelved) -> Row:
    status, tone = _status(letter)
    curves = rosette(letter.digest) if letter.digest else ()
    return Row(letter, f"/safe/{letter.key}/", curves, status, tone)


def _status(letter: Shelved) -> tuple[Sentence, str]:
    if letter.is_brought:
        return say("Not sealed by its writer"), "wait"
    if letter.withdrawn_at is not None:
        return say("Withdrawn by its writer"), "stop"
    if letter.successor:
        return say("Replaced by a newer one"), "wait"
    return (say("You may read it"), "seal") if letter.is_open else (say("In confidence"), "hush")
