"""Checking a letter, for anyone: by number, or by its file. It proves; it never opens."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from vouchsafe.core.sealing import LetterNumberUnreadable, parse_letter_number
from vouchsafe.core.words import Refusal
from vouchsafe.desk.verifying import Checked, check_digest, check_file, check_number
from vouchsafe.doors.web.reader.forms import FileForm, NumberForm
from vouchsafe.doors.web.reader.pace import TooManyLookUps, count_miss, count_press, refuse_after_misses
from vouchsafe.doors.web.reader.proof import READER_COOKIE
from vouchsafe.doors.web.reader.verdicts import verdict_page
from vouchsafe.doors.web.ui.sentences import translate
from vouchsafe.doors.web.ui.shells import plain_shell
from vouchsafe.packets.access import reader_of_letter

DIGEST = re.compile(r"[0-9a-fA-F]{64}")


@require_http_methods(["GET", "HEAD", "POST"])
def show_verify(request: HttpRequest) -> HttpResponse:
    """The box for a number and the place for a file.

    With scripts a file is compared in the browser and only its SHA-256 comes here (GET, `digest`). Without, the form
    uploads it, and says so; it is read in memory and not kept.
    """
    if request.method != "POST":
        digest = request.GET.get("digest", "")
        if DIGEST.fullmatch(digest):
            checked = check_digest(digest, number=_number(request.GET.get("number", "")))
            return _verdict(request, checked)
        return _ask(request, NumberForm(), FileForm())
    by_file = "file" in request.FILES or "number" not in request.POST
    number_form = NumberForm() if by_file else NumberForm(request.POST)
    file_form = FileForm(request.POST, request.FILES) if by_file else FileForm()
    form = file_form if by_file else number_form
    try:
        count_press(request, timezone.now())
        if form.is_valid():
            if by_file:
                return _verdict(request, check_file(form.cleaned_data["file"].read()))
            return redirect("reader:verify_number", parse_letter_number(form.cleaned_data["number"]))
    except Refusal as refusal:
        form.is_valid()
        form.add_error("file" if by_file else "number", _said(refusal))
        return _ask(
            request, number_form, file_form, status=429 if isinstance(refusal, TooManyLookUps) else 422
        )
    return _ask(request, number_form, file_form, status=422)


@require_safe
def show_number(request: HttpRequest, number: str) -> HttpResponse:
    """Where the QR code leads. Facts only; reading needs a reader's link."""
    now = timezone.now()
    form = NumberForm({"number": number})
    form.is_valid()
    try:
        refuse_after_misses(request, now)
        checked = check_number(number)
    except TooManyLookUps as refusal:
        form.add_error("number", _said(refusal))
        return _ask(request, form, FileForm(), status=429)
    except LetterNumberUnreadable as refusal:
        form.add_error("number", _said(refusal))
        return _ask(request, form, FileForm(), status=404)
    if checked.facts is None:
        count_miss(request, now)
    return _verdict(request, checked, asked=parse_letter_number(number))


def _verdict(request: HttpRequest, checked: Checked, *, asked: str = "") -> HttpResponse:
    now = timezone.now()
    reading = ""
    keys = READER_COOKIE.keys_of(request, now)
    if keys and checked.facts is not None:
        reading = reader_of_letter(tuple(keys), checked.facts.number, now)
    facts = {
        "shell": plain_shell(request),
        "page": verdict_page(checked, asked=asked, reading=reading),
        "form": NumberForm(),
    }
    status = 404 if checked.verdict.outcome == "not_found" else 200
    return render(request, "reader/verify/verdict.html", facts, status=status)


def _ask(
    request: HttpRequest, number_form: NumberForm, file_form: FileForm, *, status: int = 200
) -> HttpResponse:
    facts = {"shell": plain_shell(request), "form": number_form, "file_form": file_form}
    return render(request, "reader/verify/ask.html", facts, status=status)


def _number(text: str) -> str:
    try:
        return parse_letter_number(text)
    except LetterNumberUnreadable:
        return ""


def _said(refusal: Refusal) -> str:
    return f"{translate(refusal)} {translate(refusal.hint or '')}".strip()
