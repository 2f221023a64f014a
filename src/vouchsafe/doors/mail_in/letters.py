"""A letter that came by reply: its file is inspected and kept, its words become a draft, its writer is answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from vouchsafe.asks.access import Visit, stage
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.asks.actions.write_back import TooManyMails, write_back
from vouchsafe.asks.mailbox import writers_zone
from vouchsafe.asks.reach import is_reachable
from vouchsafe.core.reading.mail.incoming import AttachedFile, Incoming
from vouchsafe.core.words import Sentence, from_plain, say
from vouchsafe.desk.writer_page import writer_page
from vouchsafe.doors.mail_in.ending import Ending, handled
from vouchsafe.letters.actions.plan_seal import plan_seal
from vouchsafe.letters.actions.save_draft import DraftChangedElsewhere, save_draft
from vouchsafe.letters.actions.upload_letter import CheckedFile, upload_letter
from vouchsafe.letters.draft_body import DraftBody
from vouchsafe.letters.inspecting import FileRefused, WordsTaken, inspect_file, names_applicant

if TYPE_CHECKING:
    from vouchsafe.asks.models import Request
    from vouchsafe.ledger.models import Received

ENDINGS = (".pdf", ".docx", ".doc", ".odt", ".rtf", ".pages")
TYPES = ("application/pdf", "application/msword", "application/rtf", "text/rtf")
TYPES_BEGIN = (
    "application/vnd.openxmlformats-officedocument.word",
    "application/vnd.oasis.opendocument.text",
)
AGREED = {"agreed", "writing"}


def files_in(mail: Incoming) -> tuple[AttachedFile, ...]:
    """The attachments that may be a letter; logos, calendar entries and signatures are none."""
    return tuple(part for part in mail.attachments if not part.nested and _may_be_letter(part))


def _may_be_letter(part: AttachedFile) -> bool:
    kind = part.media_type.lower()
    return part.name.lower().endswith(ENDINGS) or kind in TYPES or kind.startswith(TYPES_BEGIN)


def take_file(
    row: Received, visit: Visit, files: Sequence[AttachedFile], *, proven: bool, now: datetime
) -> Ending:
    """Keep the one file as the letter in hand. Proven: sealed in an hour unless stopped; else after one click.

    Sent before any answer it is a yes, as it is on the page. Two files, or one that cannot be taken, are explained.
    """
    request = visit.request
    over = _over(request)
    if over is not None:
        return _not_taken(row, request, "over", now, why=over)
    if len(files) > 1:
        return _not_taken(
            row,
            request,
            "several-files",
            now,
            why=say(
                "Your mail holds {count} files, and we cannot tell which of them is the letter.",
                count=len(files),
            ),
            hint=say("Send the letter alone, as one file."),
        )
    given = files[0]
    try:
        checked = inspect_file(
            given.content, given.name, about=request.contact.owner.name, facts=writer_page(visit).meant
        )
    except FileRefused as refusal:
        why = refusal.facts["reason"]
        hint = say("Save the letter as a PDF and send it again, or write it on the page.")
        return _not_taken(row, request, refusal.code, now, why=why, hint=hint)
    if stage(request) not in AGREED:
        record_answer(visit=visit, said="yes", today=now.date(), now=now)
    if isinstance(checked, WordsTaken):
        return _draft(row, visit, checked.text, now)
    return _keep(row, visit, checked, proven, now)


def take_words(row: Received, visit: Visit, words: str, *, now: datetime) -> Ending:
    """A long text without a file: a draft in the editor. It is no answer yet: long mails explain things, too."""
    over = _over(visit.request)
    if over is not None:
        return _not_taken(row, visit.request, "over", now, why=over)
    return _draft(row, visit, _as_typed(words), now)


def _keep(row: Received, visit: Visit, checked: CheckedFile, proven: bool, now: datetime) -> Ending:
    request = visit.request
    upload = upload_letter(visit=visit, checked=checked, now=now)
    facts: dict[str, Any] = {
        "applicant": request.contact.owner.name,
        "file_name": checked.name,
        "pages": checked.pages,
    }
    named = names_applicant(checked)
    if named and not checked.doubts and (proven or not is_reachable()):
        planned = plan_seal(visit=visit, upload=upload, now=now)
        if planned.ended_at is None:
            facts |= {"seals_at": planned.due_at, "zone": writers_zone(request)}
    elif checked.doubts:  # a letter used twice: its writer looks before anything is sealed
        facts["why"] = from_plain(checked.doubts[0])
    elif not named:
        facts["why"] = say(
            "We could not find the name {name} in it, so please look at it before you seal it.",
            name=request.contact.owner.name,
        )
    return _answered(
        row, request, "received", facts, "sealed-in-an-hour" if "seals_at" in facts else "kept", now
    )


def _draft(row: Received, visit: Visit, text: str, now: datetime) -> Ending:
    try:
        save_draft(visit=visit, body=DraftBody(text=text), based_on=0, now=now)
    except DraftChangedElsewhere as refusal:
        return _not_taken(
            row,
            visit.request,
            refusal.code,
            now,
            why=say("There is a draft of yours already, so we did not put these words in its place."),
            hint=say("Open it on the page, or send the letter as a file."),
        )
    facts = {"applicant": visit.request.contact.owner.name}
    return _answered(row, visit.request, "words_kept", facts, "draft", now)


def _not_taken(
    row: Received, request: Request, outcome: str, now: datetime, *, why: object, hint: Sentence | None = None
) -> Ending:
    return _answered(row, request, "not_taken", {"why": why, "hint": hint}, f"not-taken-{outcome}", now)


def _answered(
    row: Received, request: Request, kind: str, facts: dict[str, Any], outcome: str, now: datetime
) -> Ending:
    try:
        write_back(request=request, kind=kind, facts=facts, to_mail=row.key, now=now)
    except TooManyMails as refusal:
        return handled(f"{outcome}-{refusal.code}")
    return handled(outcome)


def _over(request: Request) -> Sentence | None:
    match stage(request):
        case "sealed":
            return say(
                "Your letter is sealed, so a new file changes nothing by itself. The page says what can be done."
            )
        case "withdrawn":
            return say(
                "{name} does not need this letter any more. Thank you.", name=request.contact.owner.name
            )
    return None


def _as_typed(words: str) -> str:
    """Stars and backslashes are marks in the editor; in a mail they are what somebody typed."""
    return words.replace("\\", "\\\\").replace("*", "\\*")
