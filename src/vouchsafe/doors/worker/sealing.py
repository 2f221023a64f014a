"""Files that came by a proven reply are sealed once their hour is over."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import TYPE_CHECKING

from vouchsafe.asks.access import visit_by_proof
from vouchsafe.asks.actions.write_back import TooManyMails, write_back
from vouchsafe.core.words import Refusal
from vouchsafe.doors.worker.turns import in_turn
from vouchsafe.letters import access
from vouchsafe.letters.actions.begin_planned_seal import begin_planned_seal
from vouchsafe.letters.actions.end_planned_seal import end_planned_seal
from vouchsafe.letters.actions.seal_letter import seal_letter
from vouchsafe.letters.preparing import prepare_seal
from vouchsafe.people.access import NotHere

if TYPE_CHECKING:
    from vouchsafe.asks.models import Request
    from vouchsafe.letters.models import PlannedSeal

log = logging.getLogger("vouchsafe.worker")
BATCH = 5  # each is signed, which takes a moment


def seal_planned(*, now: datetime) -> int:
    """Seal what is due; returns how many were begun. Claimed first, so that no two workers sign one letter."""
    begun = [row for row in access.due_planned_seals(now, BATCH) if begin_planned_seal(planned=row, now=now)]
    in_turn(begun, lambda planned: _seal(planned, now))
    return len(begun)


def _seal(planned: PlannedSeal, now: datetime) -> None:
    upload, request = planned.upload, planned.upload.letter.request
    if request is None:  # a letter that its applicant brought; nobody replied with it
        end_planned_seal(planned=planned, outcome="gone", now=now)
        return
    try:
        visit = visit_by_proof(request.key, planned.mailbox, "reply")
        letter = access.letter_of(visit, upload.letter.key)
    except NotHere:
        end_planned_seal(planned=planned, outcome="gone", now=now)
        return
    if access.seal_of(letter) is not None:
        end_planned_seal(planned=planned, outcome="sealed-by-hand", now=now)
        return
    if letter.origin != letter.Origin.UPLOADED or access.current_upload(letter) != upload:
        end_planned_seal(planned=planned, outcome="replaced", now=now)
        return
    try:
        prepared = prepare_seal(visit=visit, letter=letter, writer_name=letter.writer_name, now=now)
        if not access.is_still_planned(planned):  # its writer stopped it meanwhile
            return
        seal_letter(visit=visit, prepared=prepared, now=now)
    except Refusal as refusal:
        end_planned_seal(planned=planned, outcome=refusal.code, now=now)
        _tell(request, upload.key, refusal, now)
        return
    end_planned_seal(planned=planned, outcome="sealed", now=now)


def _tell(request: Request, about: str, refusal: Refusal, now: datetime) -> None:
    """The writer counts on it being sealed, so they hear that it was not."""
    facts = {"why": refusal.sentence, "hint": refusal.hint}
    try:
        write_back(request=request, kind="not_taken", facts=facts, to_mail=about, now=now)
    except TooManyMails:
        log.warning("the writer of request %s was not told that sealing was refused", request.key)
