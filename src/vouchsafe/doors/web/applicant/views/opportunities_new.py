"""A new opportunity: read from an address, a file or pasted text, shown for review, then kept; or by hand."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vouchsafe.adapters.fetch import page as web
from vouchsafe.core import worth
from vouchsafe.core.reading.posting import PostingRead, PostingsRead, read_pasted, read_posting
from vouchsafe.core.words import Refusal, Sentence, say, say_n
from vouchsafe.doors.web.applicant.views.opportunities_forms import OpportunityForm, SourceForm, day_and_time
from vouchsafe.doors.web.applicant.views.plan_drawing import draw_after
from vouchsafe.doors.web.applicant.views.viewer import applicant_of
from vouchsafe.doors.web.ui.sentences import translate
from vouchsafe.doors.web.ui.shells import applicant_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.plans.actions.add_opportunity import add_opportunity

HELD = "vouchsafe.opportunities.held"
MOST_SHOWN = 60
KEPT_TEXT = 200_000


@dataclass(frozen=True, slots=True)
class NewPage:
    """Where an opportunity can be read from."""

    form: SourceForm
    problems: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class ChoicePage:
    """Several openings in one file: which one?"""

    headline: Sentence
    choices: tuple[tuple[str, str, str, bool], ...]
    held: str
    problems: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class FormPage:
    """The form, empty or filled with what was read."""

    form: OpportunityForm
    title: Sentence
    hint: Sentence | None
    action: str
    back_href: str
    back_label: Sentence
    button: Sentence
    problems: tuple[Sentence, ...] = ()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create_opportunity_from_source(request: HttpRequest) -> HttpResponse:
    """The ways in; and reading what was given, which keeps nothing yet."""
    if request.method != "POST":
        return _show_new(request, SourceForm())
    form = SourceForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show_new(request, form)
    try:
        read = _read(form.cleaned_data)
    except Refusal as refusal:
        form.add_error(_field_given(form), _said(refusal))
        return _show_new(request, form)
    problems = tuple(problem.why for problem in read.problems)
    if not read.postings:
        form.add_error(_field_given(form), " ".join(translate(why) for why in problems))
        return _show_new(request, form)
    if len(read.postings) > 1:
        return _show_choice(request, read, problems)
    return _show_review(request, read.postings[0], problems)


@login_required
@require_POST
def choose_opportunity(request: HttpRequest) -> HttpResponse:
    """One of several openings that a file held. What was read travels signed in the form; nothing is kept."""
    try:
        postings = signing.loads(request.POST.get("held", ""), salt=HELD, max_age=86_400)
        chosen = postings[int(request.POST.get("which", ""))]
    except (signing.BadSignature, ValueError, IndexError):
        form = SourceForm()
        return _show_new(request, form, (say("Choose one of the openings, or give the page again."),), 422)
    posting = PostingRead(**{**chosen, "locations": tuple(chosen["locations"])})
    return _show_review(request, posting, ())


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create_opportunity(request: HttpRequest) -> HttpResponse:
    account = applicant_of(request)
    if request.method != "POST":
        for_later = request.GET.get("kind") == "pocket"
        initial = {"kind": "pocket", "title": _("For later"), "need": 1, "spare": 0} if for_later else {}
        return _show_form(request, OpportunityForm(initial=initial, zone=account.time_zone))
    form = OpportunityForm(request.POST, zone=account.time_zone)
    if not form.is_valid():
        return _show_form(request, form, status=422)
    now = timezone.now()
    try:
        opportunity = add_opportunity(by=account, facts=form.facts(), now=now)
    except Refusal as refusal:
        form.add_error(None, _said(refusal))
        return _show_form(request, form, status=422)
    draw_after(account, now)
    leave_note(
        request,
        say("{title} is kept.", title=opportunity.title),
        undo_href=f"/opportunities/{opportunity.key}/removal/",
    )
    return redirect("applicant:opportunity", key=opportunity.key)


def _read(given: dict[str, Any]) -> PostingsRead:
    if given["file"]:
        return read_posting(given["file"].read(), name=given["file"].name)
    if given["address"]:
        fetched = web.fetch_page(given["address"])
        return read_posting(fetched.data)
    return read_pasted(given["text"])


def _field_given(form: SourceForm) -> str:
    data = form.cleaned_data
    return "file" if data.get("file") else "address" if data.get("address") else "text"


def _said(refusal: Refusal) -> str:
    hint = f" {translate(refusal.hint)}" if refusal.hint else ""
    return translate(refusal) + hint


def _show_new(
    request: HttpRequest, form: SourceForm, problems: tuple[Sentence, ...] = (), status: int = 0
) -> HttpResponse:
    facts = {"shell": applicant_shell(request, "plan"), "page": NewPage(form, problems)}
    status = status or (422 if form.errors else 200)
    return render(request, "applicant/opportunities/new.html", facts, status=status)


def _show_choice(request: HttpRequest, read: PostingsRead, problems: tuple[Sentence, ...]) -> HttpResponse:
    shown = read.postings[:MOST_SHOWN]
    if len(read.postings) > MOST_SHOWN:
        note = say(
            "The file holds {n} openings; the first {shown} are here.", n=len(read.postings), shown=MOST_SHOWN
        )
        problems = (note, *problems)
    page = ChoicePage(
        headline=say_n(
            "{n} opening is in there.", "{n} openings are in there. Which one?", len(read.postings)
        ),
        choices=tuple(
            (
                str(number),
                posting.title or _("An opening without a title"),
                " · ".join(filter(None, (posting.company, ", ".join(posting.locations), posting.deadline))),
                False,
            )
            for number, posting in enumerate(shown)
        ),
        held=signing.dumps([asdict(posting) for posting in shown], salt=HELD, compress=True),
        problems=problems,
    )
    facts = {"shell": applicant_shell(request, "plan"), "page": page}
    return render(request, "applicant/opportunities/choice.html", facts)


def _show_review(request: HttpRequest, posting: PostingRead, problems: tuple[Sentence, ...]) -> HttpResponse:
    """What was read, in the form; what the data does not say is empty there."""
    account = applicant_of(request)
    facts = worth.from_posting(posting)
    weighed = worth.weigh(facts)
    day, clock, zone = day_and_time(posting.deadline)
    initial = {
        "title": posting.title or "",
        "organisation": posting.company or "",
        "kind": facts.kind,
        "locations": "; ".join(posting.locations),
        "url": posting.url or "",
        "published_on": day_and_time(posting.published)[0],
        "deadline_on": day,
        "deadline_time": clock,
        "zone": zone or account.time_zone,
        "letters": weighed.letters or "unknown",
        "need": weighed.need if weighed.need is not None else "",
        "spare": 1,
        "text": (posting.description or "")[:KEPT_TEXT],
    }
    form = OpportunityForm(initial=initial, zone=account.time_zone)
    return _show_form(request, form, read=True, problems=problems)


def _show_form(
    request: HttpRequest,
    form: OpportunityForm,
    *,
    status: int = 200,
    read: bool = False,
    problems: tuple[Sentence, ...] = (),
) -> HttpResponse:
    page = FormPage(
        form=form,
        title=say("Is this right?") if read else say("What are the letters for?"),
        hint=say("This is what the posting says. What it does not say is empty. Nothing is kept yet.")
        if read
        else None,
        action="/opportunities/new/form/",
        back_href="/opportunities/new/",
        back_label=say("Another way in"),
        button=say("Keep it"),
        problems=problems,
    )
    facts = {"shell": applicant_shell(request, "plan"), "page": page}
    return render(request, "applicant/opportunities/form.html", facts, status=status)
