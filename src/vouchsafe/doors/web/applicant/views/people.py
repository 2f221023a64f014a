"""The applicant's people: the list, one person, and what is known of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vouchsafe.core.words import Refusal, Sentence, say
from vouchsafe.desk import people as desk
from vouchsafe.desk.person import PersonPage, person
from vouchsafe.doors.web.applicant.forms.contact import QUALITIES, ContactForm
from vouchsafe.doors.web.applicant.views.people_words import (
    STAGES,
    NextAct,
    PersonLine,
    events_of,
    known_of,
    line,
)
from vouchsafe.doors.web.applicant.views.viewer import applicant_of, redraw
from vouchsafe.doors.web.ui.sentences import listed, translate
from vouchsafe.doors.web.ui.shells import applicant_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.people import access
from vouchsafe.people.actions.add_contact import add_contact
from vouchsafe.people.actions.edit_contact import edit_contact
from vouchsafe.people.actions.remove_contact import remove_contact
from vouchsafe.people.actions.restore_contact import restore_contact
from vouchsafe.people.actions.say_reach import say_reach
from vouchsafe.people.contact_facts import USUAL_HOURS, ContactKnownAlready
from vouchsafe.plans import access as plans
from vouchsafe.plans.actions.wish_for import wish_for


@dataclass(frozen=True, slots=True)
class PeoplePage:
    lines: tuple[PersonLine, ...]
    people: desk.PeopleList
    word: str
    missing: str
    person_href: str
    """The list's own address; a person's is this, the key and a slash."""
    pager: tuple[str, str, str]


@require_GET
@login_required
def show_people(request: HttpRequest) -> HttpResponse:
    word = request.GET.get("q", "").strip()[:200]
    missing = request.GET.get("missing", "")
    found = desk.people(
        applicant_of(request),
        word=word,
        missing=missing if missing in ("address", "facts") else "",
        reader=request.GET.get("for", ""),
        page=number(request.GET.get("page", "")),
        today=timezone.localdate(),
    )
    here = reverse("applicant:people")
    facts = {"shell": applicant_shell(request, "people")}
    if not found.everyone:
        return render(request, "applicant/people/first_visit.html", facts)
    page = PeoplePage(
        lines=tuple(line(row, here) for row in found.rows),
        people=found,
        word=word,
        missing=missing,
        person_href=here,
        pager=pager(request, found.page, found.pages),
    )
    return render(request, "applicant/people/list.html", {**facts, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def create_person(request: HttpRequest) -> HttpResponse:
    form = ContactForm(
        request.POST if request.method == "POST" else None,
        today=timezone.localdate(),
        initial={"name": request.GET.get("name", "")[:200], "knows_work": "", "warmth": ""},
    )
    known: ContactKnownAlready | None = None
    if request.method == "POST" and form.is_valid():
        try:
            now = timezone.now()
            contact = add_contact(
                by=applicant_of(request),
                facts=form.facts(),
                someone_else="someone_else" in request.POST,
                now=now,
            )
            redraw(applicant_of(request), now)
        except Refusal as refusal:
            known = _told(form, refusal)
        else:
            leave_note(
                request,
                say("{name} is on your list.", name=contact.name),
                undo_href=reverse("applicant:remove_person", args=[contact.key]),
            )
            if "another" in request.POST:
                return redirect("applicant:new_person")
            return redirect("applicant:people")
    return _form_page(request, form, known)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit_person(request: HttpRequest, key: str) -> HttpResponse:
    contact = access.contact(applicant_of(request), key)
    form = ContactForm(
        request.POST if request.method == "POST" else None,
        today=timezone.localdate(),
        initial=_as_kept(contact),
    )
    known: ContactKnownAlready | None = None
    if request.method == "POST" and form.is_valid():
        facts = form.facts()
        if facts.name == contact.name:  # the parts of a name come from a file; a new name makes them void
            facts = replace(facts, given=contact.given, family=contact.family)
        try:
            now = timezone.now()
            edit_contact(
                by=applicant_of(request),
                contact=contact,
                facts=facts,
                someone_else="someone_else" in request.POST,
                now=now,
            )
            redraw(applicant_of(request), now)
        except Refusal as refusal:
            known = _told(form, refusal)
        else:
            leave_note(request, say("Kept what you changed of {name}.", name=facts.name))
            return redirect("applicant:person", key=key)
    return _form_page(request, form, known, name=contact.name, key=key)


@require_GET
@login_required
def show_person(request: HttpRequest, key: str) -> HttpResponse:
    today = timezone.localdate()
    found = person(applicant_of(request), key, today=today)
    facts = {
        "shell": applicant_shell(request, "people"),
        "page": found,
        "standing": STAGES[found.stage],
        "known": known_of(found),
        "events": events_of(found, today),
        "choose_href": reverse("applicant:choose_person", args=[key]),
        "next": next_of(found),
    }
    return render(request, "applicant/people/person.html", facts)


@require_POST
@login_required
def remove_person(request: HttpRequest, key: str) -> HttpResponse:
    contact = access.contact(applicant_of(request), key)
    now = timezone.now()
    remove_contact(by=applicant_of(request), contact=contact, now=now)
    redraw(applicant_of(request), now)
    leave_note(
        request,
        say("{name} is off your list. Letters and requests stay.", name=contact.name),
        undo_href=reverse("applicant:restore_person", args=[key]),
    )
    return redirect("applicant:people")


@require_POST
@login_required
def restore_person(request: HttpRequest, key: str) -> HttpResponse:
    contact = access.removed_contact(applicant_of(request), key)
    now = timezone.now()
    restore_contact(by=applicant_of(request), contact=contact, now=now)
    redraw(applicant_of(request), now)
    leave_note(request, say("{name} is back on your list.", name=contact.name))
    return redirect("applicant:person", key=key)


@require_POST
@login_required
def edit_reach(request: HttpRequest, key: str) -> HttpResponse:
    """Say that someone can't be reached any more, or again; from their own page, or from an opportunity's."""
    account = applicant_of(request)
    contact = access.contact(account, key)
    here = request.POST.get("opportunity", "")
    back = plans.opportunity(account, here) if here else None
    unreachable = request.POST.get("unreachable") == "yes"
    now = timezone.now()
    say_reach(by=account, contact=contact, unreachable=unreachable, now=now)
    redraw(account, now)
    said = (
        say("{name} can’t be reached any more, so is asked for nothing.", name=contact.name)
        if unreachable
        else say("{name} can be reached again.", name=contact.name)
    )
    fields = {"unreachable": "no" if unreachable else "yes", "opportunity": here}
    leave_note(request, said, undo_href=reverse("applicant:person_reach", args=[key]), fields=fields)
    if back is not None:
        return redirect("applicant:opportunity", key=back.key)
    return redirect("applicant:person", key=key)


@require_POST
@login_required
def choose_person(request: HttpRequest, key: str) -> HttpResponse:
    """Choose someone for an opportunity, keep them out of it, or leave it to the plan again."""
    contact = access.contact(applicant_of(request), key)
    opportunity = plans.opportunity(applicant_of(request), request.POST.get("opportunity", ""))
    wish = request.POST.get("wish", "")
    kind = wish if wish in ("pin", "forbid") else None
    now = timezone.now()
    wish_for(by=applicant_of(request), opportunity=opportunity, contact=contact, kind=kind, now=now)
    redraw(applicant_of(request), now)
    said = {
        "pin": say("You chose {name} for {title}.", name=contact.name, title=opportunity.title),
        "forbid": say("{name} is left out of {title}.", name=contact.name, title=opportunity.title),
        None: say("The plan decides about {name} again.", name=contact.name),
    }[kind]
    undo = reverse("applicant:choose_person", args=[key]) if kind else ""
    leave_note(request, said, undo_href=undo, fields={"opportunity": opportunity.key, "wish": ""})
    return redirect("applicant:person", key=key)


def next_of(found: PersonPage) -> tuple[NextAct, ...]:
    """What to do about this person, the first of it foremost: open the request, or ask."""
    if found.request_key:
        href = reverse("applicant:request", args=[found.request_key])
        return (NextAct(gettext("Open the request"), href, "mail-open"),)
    askable = [part for part in found.parts if part.role in ("writes", "stands_by", "none")]
    chosen = next((part for part in askable if part.role == "writes"), next(iter(askable), None))
    if chosen is None or found.contact.unreachable:
        return ()
    asked = urlencode({"contact": found.contact.key, "opportunity": chosen.key})
    mail = NextAct(gettext("Prepare the ask"), f"{reverse('applicant:new-ask')}?{asked}", "pencil-line")
    brief = NextAct(
        gettext("Open the one-page brief"),
        reverse("applicant:brief", args=[found.contact.key, chosen.key]),
        "file-text",
    )
    in_person = found.contact.meets_regularly or not found.addresses
    return (brief, mail) if in_person else (mail, brief)


def pager(request: HttpRequest, page: int, pages: int) -> tuple[str, str, str]:
    """Addresses of the pages before and after, with everything else asked for, and where this one stands."""

    def href(number: int) -> str:
        asked = request.GET.copy()
        asked["page"] = str(number)
        return f"?{asked.urlencode()}" if 1 <= number <= pages else ""

    position = gettext("{page} of {pages}").format(page=page, pages=pages)
    return href(page - 1), href(page + 1), position


def number(said: str) -> int:
    return int(said) if said.isdecimal() and len(said) < 7 else 1


def _told(form: ContactForm, refusal: Refusal) -> ContactKnownAlready | None:
    """Put a refusal where it can be mended; someone known already gets a way to them instead."""
    if isinstance(refusal, ContactKnownAlready):
        return refusal
    field = {"contact-needs-name": "name", "contact-is-you": "addresses", "address-unreadable": "addresses"}
    hint: Sentence | None = refusal.hint
    said = " ".join(translate(part) for part in (refusal.sentence, hint) if part)
    form.add_error(field.get(refusal.code), said)
    return None


def _form_page(
    request: HttpRequest,
    form: ContactForm,
    known: ContactKnownAlready | None,
    *,
    name: str = "",
    key: str = "",
) -> HttpResponse:
    wanted = {word for row in plans.opportunities(applicant_of(request)) for word in row.wanted}
    facts = {
        "shell": applicant_shell(request, "people"),
        "form": form,
        "name": name,
        "suggested": listed(sorted(wanted or {gettext(word) for word in QUALITIES})[:12]),
        "known": known,
        "known_href": reverse("applicant:person", args=[known.key]) if known else "",
        "back_href": reverse("applicant:person", args=[key]) if key else reverse("applicant:people"),
    }
    status = 422 if form.errors or known else 200
    return render(request, "applicant/people/form.html", facts, status=status)


def _as_kept(contact: Any) -> dict[str, Any]:
    kept = {name: getattr(contact, name) for name in ContactForm.base_fields if name != "addresses"}
    kept |= {grade: "" for grade in ("knows_work", "warmth", "seniority") if kept[grade] is None}
    kept["addresses"] = "\n".join(row.address for row in contact.addresses.all())
    kept["qualities"] = ", ".join(contact.qualities)
    kept["budget_hours"] = contact.budget_hours if contact.budget_hours != USUAL_HOURS else None
    return kept
