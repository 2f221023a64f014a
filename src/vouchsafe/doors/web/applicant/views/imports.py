"""People read from a file: given, reviewed, corrected, kept or dropped."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vouchsafe.core.reading.contacts import Field
from vouchsafe.core.words import Refusal, Sentence, say, say_n
from vouchsafe.desk.imports import Review, ReviewRow, review, rows_meant, written_in
from vouchsafe.doors.web.applicant.forms.contact_file import ContactFileForm
from vouchsafe.doors.web.applicant.views.people import number, pager
from vouchsafe.doors.web.applicant.views.people_words import place
from vouchsafe.doors.web.applicant.views.viewer import applicant_of, redraw
from vouchsafe.doors.web.ui.sentences import listed, translate
from vouchsafe.doors.web.ui.shells import applicant_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.people import access
from vouchsafe.people.actions.drop_contact_import import drop_contact_import
from vouchsafe.people.actions.keep_contacts import Kept, keep_contacts
from vouchsafe.people.actions.read_again import read_again
from vouchsafe.people.actions.read_contact_file import read_contact_file
from vouchsafe.people.actions.undo_keeping import undo_keeping

KINDS = {
    "vcard": _("address book cards (vCard)"),
    "linkedin": _("connections from LinkedIn"),
    "google": _("contacts from Google"),
    "outlook": _("contacts from Outlook"),
    "table": _("a table"),
    "names": _("names"),
    "references": _("references of a résumé"),
}
FIELDS = {
    "name": _("Name"),
    "given": _("First name"),
    "middle": _("Middle name"),
    "family": _("Last name"),
    "prefix": _("Title before the name"),
    "suffix": _("Addition after the name"),
    "email": _("Email address"),
    "organisation": _("Where they work"),
    "title": _("What they do there"),
    "profile": _("Their page"),
    "ignore": _("Leave this column out"),
}
ENCODINGS = (
    "utf-8", "windows-1252", "windows-1250", "windows-1251", "windows-1253", "windows-1254", "iso-8859-15",
    "macintosh", "utf-16", "shift_jis", "gb18030", "big5", "euc-kr",
)  # fmt: skip
CHANGED = {
    "name": _("name"),
    "given": _("first name"),
    "family": _("last name"),
    "organisation": _("where they work"),
    "title": _("what they do there"),
    "profile": _("page"),
    "emails": _("address"),
}


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One person of the file, ready to show."""

    row: ReviewRow
    place: str
    addresses: str
    changes: tuple[str, ...]
    flags: tuple[str, ...]
    known_href: str
    ticked: bool


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def create_import(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _import_page(request, ContactFileForm())
    form = ContactFileForm(request.POST, request.FILES)
    if form.is_valid():
        data, name = form.contents()
        try:
            row = read_contact_file(by=applicant_of(request), data=data, name=name, now=timezone.now())
        except Refusal as refusal:
            said = " ".join(translate(part) for part in (refusal.sentence, refusal.hint) if part)
            form.add_error("file" if name else "text", said)
        else:
            return redirect("applicant:import", key=row.key)
    return _import_page(request, form, status=422)


@require_GET
@login_required
def show_import(request: HttpRequest, key: str) -> HttpResponse:
    return _review_page(request, key)


@require_POST
@login_required
def edit_columns(request: HttpRequest, key: str) -> HttpResponse:
    """Read the same file again, with the columns or the writing corrected."""
    row = access.contact_import(applicant_of(request), key)
    columns = {column for column, *_rest in row.columns}
    known = {field.value for field in Field}
    mapping = {
        column: value
        for column in columns
        if (value := request.POST.get(f"column-{column}", "")) and value in known
    }
    encoding = request.POST.get("encoding", "")
    # A card may name a writing for each of its fields: it is left to them unless somebody chose another.
    said = encoding if row.columns or encoding != written_in(row.encoding) else ""
    try:
        read_again(contact_import=row, mapping=mapping, encoding=said)
    except Refusal as refusal:
        return _review_page(request, key, refusal=refusal)
    leave_note(request, say("Read again as you said. Nobody is kept yet."))
    return redirect("applicant:import", key=key)


@require_POST
@login_required
def keep_import(request: HttpRequest, key: str) -> HttpResponse:
    """Keep the people ticked; of those not shown, as `rest` says. `go_on` leaves the review open."""
    row = access.contact_import(applicant_of(request), key)
    ticked = _lines(request.POST.getlist("keep"))
    shown = _lines(request.POST.get("shown", "").split(","))
    rest = request.POST.get("rest", "none")
    go_on = "go_on" in request.POST
    chosen = rows_meant(row, ticked=ticked, shown=shown, rest="none" if go_on else rest)
    now = timezone.now()
    kept = keep_contacts(
        by=applicant_of(request),
        contact_import=row,
        chosen=chosen,
        as_new=_lines(request.POST.getlist("as_new")),
        finish=not go_on,
        now=now,
    )
    undo = {"undo_href": reverse("applicant:undo_import"), "fields": {"kept_at": now.isoformat()}}
    leave_note(request, kept_words(kept), **(undo if kept.new else {}))  # type: ignore[arg-type]  # one of two shapes
    if go_on:
        word = request.POST.get("q", "")
        here = reverse("applicant:import", args=[key])
        return redirect(f"{here}?{_asked(word)}" if word else here)
    redraw(applicant_of(request), now)
    return redirect("applicant:ratings" if kept.new else "applicant:people")


@require_POST
@login_required
def remove_import(request: HttpRequest, key: str) -> HttpResponse:
    row = access.contact_import(applicant_of(request), key)
    drop_contact_import(by=applicant_of(request), contact_import=row, now=timezone.now())
    leave_note(request, say("Nobody was kept, and the file is forgotten."))
    return redirect("applicant:people")


@require_POST
@login_required
def remove_imported(request: HttpRequest) -> HttpResponse:
    """Take off the list again whom an import has just added."""
    kept_at = parse_datetime(request.POST.get("kept_at", "")[:40])
    if kept_at is None or timezone.is_naive(kept_at):
        return HttpResponseBadRequest()
    count = undo_keeping(by=applicant_of(request), kept_at=kept_at, now=timezone.now())
    leave_note(
        request, say_n("{n} person is off your list again.", "{n} people are off your list again.", count)
    )
    return redirect("applicant:people")


def kept_words(kept: Kept) -> Sentence:
    """ "12 people added, 3 brought up to date, 5 you had already."."""
    parts = []
    if kept.new:
        parts.append(say_n("{n} person added", "{n} people added", kept.new))
    if kept.updated:
        parts.append(say_n("{n} brought up to date", "{n} brought up to date", kept.updated))
    if kept.same:
        parts.append(say_n("{n} you had already", "{n} you had already", kept.same))
    return say("{parts}.", parts=parts) if parts else say("Nobody was ticked, so nobody was kept.")


def _import_page(request: HttpRequest, form: ContactFileForm, status: int = 200) -> HttpResponse:
    facts = {"shell": applicant_shell(request, "people"), "form": form}
    return render(request, "applicant/people/import.html", facts, status=status)


def _review_page(request: HttpRequest, key: str, refusal: Refusal | None = None) -> HttpResponse:
    word = request.GET.get("q", "").strip()[:200]
    found = review(applicant_of(request), key, word=word, page=number(request.GET.get("page", "")))
    people_href = reverse("applicant:people")
    tick = request.GET.get("tick") != "none"
    facts = {
        "shell": applicant_shell(request, "people"),
        "page": found,
        "lines": tuple(_line(row, people_href, tick) for row in found.rows),
        "tick": tick,
        "tick_href": f"?{_asked(word, page=found.page, tick='all' if not tick else 'none')}",
        "shown": ",".join(str(where) for row in found.rows for where in row.places),
        "word": word,
        "kind": str(KINDS[found.kind]),
        "fields": [(value, str(said)) for value, said in FIELDS.items()],
        "encodings": [(name, name) for name in dict.fromkeys((found.encoding, *ENCODINGS)) if name],
        "headline": headline(found),
        "pager_hrefs": pager(request, found.page, found.pages),
        "refusal": refusal,
    }
    return render(request, "applicant/people/review.html", facts, status=422 if refusal else 200)


def headline(found: Review) -> Sentence:
    """How many of those read are new: the sentence over the review."""
    if not found.everyone:
        return say("Nobody could be read from this file.")
    if not found.new:
        return say("You have everybody in this file already.")
    return say_n(
        "{n} person here is new to your list.",
        "{n} people here are new to your list.",
        found.new,
    )


def _line(row: ReviewRow, people_href: str, tick: bool) -> ReviewLine:
    flags = [
        gettext("“{address}” is no address; it stays as it stands, for you to mend").format(address=address)
        for address in row.not_addresses
    ]
    if row.by_name_only and row.outcome in ("update", "same"):
        flags.append(gettext("Recognised by name and place of work alone"))
    return ReviewLine(
        row=row,
        place=place(row.title, row.organisation),
        addresses=", ".join(row.emails),
        changes=tuple(
            gettext("{what}: {after}").format(what=CHANGED[change.field], after=_said(change.after))
            if not change.before
            else gettext("{what}: {after}, before {before}").format(
                what=CHANGED[change.field], after=_said(change.after), before=_said(change.before)
            )
            for change in row.changes
        ),
        flags=tuple(flags),
        known_href=f"{people_href}{row.known_key}/" if row.known_key else "",
        ticked=tick and row.outcome in ("new", "update"),
    )


def _said(value: str | tuple[str, ...] | None) -> str:
    return listed(value) if isinstance(value, tuple) else value or ""


def _lines(said: list[str]) -> set[int]:
    return {int(one) for one in said if one.isdecimal() and len(one) < 9}


def _asked(word: str, *, page: int = 1, tick: str = "all") -> str:
    said = {"q": word[:200], "page": str(page) if page > 1 else "", "tick": tick if tick == "none" else ""}
    return urlencode({name: value for name, value in said.items() if value})
