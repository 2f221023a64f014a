"""The wall: sentences one may read, chosen from open letters; to look at on a bad day, and to print as cards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vouchsafe.core.words import Refusal, Sentence, say, say_n
from vouchsafe.doors.web.applicant.views.viewer import applicant_of
from vouchsafe.doors.web.ui.shells import applicant_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.letters.access_open import Quoted, Shelved, shelf, shelved, wall
from vouchsafe.letters.actions.choose_quotes import choose_quotes
from vouchsafe.letters.actions.remove_quote import remove_quote
from vouchsafe.letters.actions.restore_quote import restore_quote
from vouchsafe.letters.quoting import sentences_of

if TYPE_CHECKING:
    from vouchsafe.people.models import Account


@dataclass(frozen=True, slots=True)
class Choice:
    """A sentence of a letter, as a box to tick."""

    place: int
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class WallPage:
    headline: Sentence
    quotes: tuple[Quoted, ...]
    open_letters: tuple[Shelved, ...]
    """Where sentences may be chosen from."""

    has_letters: bool


@dataclass(frozen=True, slots=True)
class ChoicePage:
    letter: Shelved
    choices: tuple[Choice, ...]
    problems: tuple[tuple[str, Sentence], ...] = ()


@login_required
@require_safe
def show_wall(request: HttpRequest) -> HttpResponse:
    account = applicant_of(request)
    quotes, letters = wall(account), shelf(account)
    page = WallPage(
        headline=_headline(len(quotes)),
        quotes=tuple(quotes),
        open_letters=tuple(letter for letter in letters if letter.is_open and letter.withdrawn_at is None),
        has_letters=bool(letters),
    )
    return render(
        request, "applicant/safe/wall.html", {"shell": applicant_shell(request, "safe"), "page": page}
    )


@login_required
@require_safe
def show_cards(request: HttpRequest) -> HttpResponse:
    """The wall for paper; `?only=` one sentence of it."""
    only = request.GET.get("only", "")
    quotes = [quote for quote in wall(applicant_of(request)) if only in ("", quote.key)]
    facts = {"shell": applicant_shell(request, "safe"), "quotes": quotes}
    return render(request, "applicant/safe/cards.html", facts, status=200 if quotes else 404)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_quotes(request: HttpRequest, key: str) -> HttpResponse:
    """Which sentences of one letter hang on the wall."""
    account = applicant_of(request)
    if request.method != "POST":
        return _choices(request, account, key)
    places = [int(place) for place in request.POST.getlist("place") if place.isdecimal() and len(place) < 6]
    try:
        hung = choose_quotes(by=account, letter_key=key, places=places, now=timezone.now())
    except Refusal as refusal:
        return _choices(request, account, key, refusal)
    note = say_n("One sentence of it hangs on your wall.", "{n} sentences of it hang on your wall.", hung)
    leave_note(request, note if hung else say("No sentence of it hangs on your wall."))
    return redirect("applicant:wall")


@login_required
@require_POST
def remove_from_wall(request: HttpRequest, key: str, quote_key: str) -> HttpResponse:
    remove_quote(by=applicant_of(request), quote_key=quote_key, now=timezone.now())
    undo = f"/safe/{key}/quotes/{quote_key}/restoral"
    leave_note(request, say("The sentence is off your wall."), undo_href=undo, tone="wait")
    return redirect("applicant:wall")


@login_required
@require_POST
def restore_to_wall(request: HttpRequest, key: str, quote_key: str) -> HttpResponse:
    restore_quote(by=applicant_of(request), quote_key=quote_key, now=timezone.now())
    leave_note(request, say("The sentence hangs on your wall again."))
    return redirect("applicant:wall")


def _choices(
    request: HttpRequest, account: Account, key: str, refusal: Refusal | None = None
) -> HttpResponse:
    hanging = {quote.words for quote in wall(account) if quote.letter_key == key}
    sentences = sentences_of(account, key)
    page = ChoicePage(
        letter=shelved(account, key),
        choices=tuple(Choice(n, words, words in hanging) for n, words in enumerate(sentences)),
        problems=(("", refusal.sentence),) if refusal else (),
    )
    facts = {"shell": applicant_shell(request, "safe"), "page": page}
    return render(request, "applicant/safe/quotes.html", facts, status=409 if refusal else 200)


def _headline(count: int) -> Sentence:
    if not count:
        return say("Nothing hangs on your wall yet.")
    return say_n("One sentence to come back to.", "{n} sentences to come back to.", count)
