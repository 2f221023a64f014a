"""Acts that a writer may do from two pages: the one with the token and the one without."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from vouchsafe.asks.access import Visit, stage
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.core.words import Refusal, say
from vouchsafe.desk.writer_page import writer_page
from vouchsafe.doors.web.ui.shells import plain_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.doors.web.writer.forms import AnswerForm
from vouchsafe.letters.actions.save_draft import save_draft
from vouchsafe.letters.actions.upload_letter import upload_letter
from vouchsafe.letters.draft_body import DraftBody
from vouchsafe.letters.inspecting import FileRefused, WordsTaken, inspect_file, inspect_pictures

AGREED = {"agreed", "writing"}


def answer_from(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Record the answer a button carries, then show the page without its token."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _again(request, visit, [str(errors[0]) for errors in form.errors.values()])
    said = form.cleaned_data
    try:
        record_answer(
            visit=visit,
            said=said["act"],
            words=_with_instead(said["words"], said["instead"]),
            reason=said["reason"],
            reason_shared=said["reason_shared"],
            promised_on=said["promised_on"],
            instead=(said["instead"], said["instead_address"]) if said["instead_address"] else None,
            today=timezone.localdate(),
            now=timezone.now(),
        )
    except Refusal as refusal:
        return _refused(request, visit, refusal)
    if said["act"] == "yes" and said["promised_on"]:
        leave_note(request, say("Promised by {day}. Thank you.", day=said["promised_on"]))
    return redirect("writer:request", visit.request.key)


def _with_instead(words: str, name: str) -> str:
    """A no may name somebody else to ask. It goes to the applicant alone, who decides; nobody else is written to."""
    meant = " ".join(name.split())
    return "\n\n".join(
        filter(None, (words.strip(), gettext("Perhaps ask %(name)s.") % {"name": meant} if meant else ""))
    )


def upload_from(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Take a file, or photographed pages, and show its pages. A file from someone who has not answered yet is a yes."""
    given = request.FILES.getlist("file")
    if not given:
        return _again(request, visit, [say("Choose the file with your letter.")])
    try:
        visit.demand_proof()
        applicant = visit.request.contact.owner.name
        blobs = [one.read() for one in given]
        name = given[0].name or "letter"
        facts = writer_page(visit).meant
        checked = (
            inspect_file(blobs[0], name, about=applicant, facts=facts)
            if len(blobs) == 1
            else inspect_pictures(blobs, name, about=applicant, facts=facts)
        )
        _say_yes(visit)
        now = timezone.now()
        if isinstance(checked, WordsTaken):
            body = DraftBody(text=checked.text, name=visit.request.contact.name)
            save_draft(visit=visit, body=body, based_on=0, now=now)
            leave_note(
                request, say("We took the words into the editor. The letterhead did not come with them.")
            )
            return redirect(f"{writer_page(visit).base}/write")
        upload_letter(visit=visit, checked=checked, now=now)
    except Refusal as refusal:
        return _refused(request, visit, refusal)
    return redirect(f"{writer_page(visit).base}/review")


def _say_yes(visit: Visit) -> None:
    if not visit.at and stage(visit.request) not in AGREED:
        record_answer(visit=visit, said="yes", today=timezone.localdate(), now=timezone.now())


def _refused(request: HttpRequest, visit: Visit, refusal: Refusal) -> HttpResponse:
    """A refused file is told beside the drop area; a browser without proof is asked for the code."""
    if refusal.code == "mailbox-not-proven":
        facts = {"shell": plain_shell(request), "page": writer_page(visit), "refusal": refusal}
        return render(request, "writer/request/prove.html", facts, status=409)
    problems = [refusal.facts["reason"] if isinstance(refusal, FileRefused) else refusal.sentence]
    return _again(request, visit, problems + ([refusal.hint] if refusal.hint else []))


def _again(request: HttpRequest, visit: Visit, problems: list[object]) -> HttpResponse:
    facts = {
        "shell": plain_shell(request, whose=visit.mailbox),
        "page": writer_page(visit),
        "problems": [("", problem) for problem in problems],
        "action": request.path,
    }
    return render(request, "writer/request/problem.html", facts, status=422)
