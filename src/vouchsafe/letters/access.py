"""From a key to a letter, for its writer, its readers and the house. An applicant's pages use `access_open`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Subquery
from django.db.models.functions import Coalesce

from vouchsafe.asks.access import Visit
from vouchsafe.asks.models import Answer, Purpose, Request, Waiver
from vouchsafe.core.stages import stage_of_letter
from vouchsafe.ledger import custody
from vouchsafe.ledger.models import Line
from vouchsafe.letters.draft_body import CONTEXT, DraftBody
from vouchsafe.letters.models import (
    Borrowing,
    Draft,
    Letter,
    PlannedSeal,
    Renewal,
    Seal,
    Succession,
    Upload,
)
from vouchsafe.letters.succession import successor_of
from vouchsafe.people.access import NotHere
from vouchsafe.plans.models import Destination, Opportunity


def letter_in_hand(visit: Visit) -> Letter | None:
    """The letter the writer is at, without a seal: the one they named, else the newest of the request's round."""
    drafts = Letter.objects.draft().filter(request=visit.request, removed_at__isnull=True)
    if visit.at:
        return drafts.filter(key=visit.at).first()
    return drafts.in_round().order_by("-id").first()


def is_waived(request: Request) -> bool:
    """Whether the applicant has given up reading the letter that is being made for a request.

    One purpose is enough, for it is one letter. A waived purpose that was set aside after the writer had agreed,
    and stands there again as an open one, still counts: it is the waiver they agreed to.
    """
    purposes = Purpose.objects.filter(request=request)
    waived = purposes.filter(confidentiality=Purpose.Choice.WAIVED)
    standing = purposes.filter(withdrawn_at__isnull=True)
    if standing.filter(confidentiality=Purpose.Choice.WAIVED).exists():
        return True
    if not waived.exists():
        return False
    began: Any = Request.objects.with_facts().get(pk=request.pk)
    yes = Answer.objects.filter(
        request=request, said__in=("yes", "yes_if"), answered_at__gte=began.round_from
    )
    first = yes.order_by("answered_at").values_list("answered_at", flat=True).first()
    again = waived.filter(opportunity__in=standing.values("opportunity"))
    return first is not None and again.filter(added_at__lte=first, withdrawn_at__gt=first).exists()


def keeps_waiver(letter: Letter) -> bool:
    """Whether what the applicant waived closes this letter to them too.

    Only its writer may issue a letter openly after a confidential one, and what is waived after that closes it again.
    """
    if letter.request is None or not is_waived(letter.request):
        return False
    if not Succession.objects.filter(letter=letter, openly=True).exists():
        return True
    # By their places in the journal, for between the two a clock may have been set back.
    lines = Line.objects.filter(chain=letter.applicant.key)
    waived = Waiver.objects.filter(purpose__request=letter.request).values("purpose__key")
    opened = lines.filter(verb="successor_begun", about=letter.key).values("position")
    since = Coalesce(Subquery(opened[:1]), 0)  # without such a line every waiver counts: closed
    return lines.filter(verb="waived", about__in=waived, position__gt=since).exists()


def is_beside(letter: Letter) -> bool:
    """Whether it was begun beside the letter of its request: a version for one place, or a later successor."""
    return not Letter.objects.in_round().filter(pk=letter.pk).exists()


def to_renew(request: Request) -> Letter | None:
    """The letter whose renewal the applicant asks for in this round, if it still stands."""
    since: Any = Request.objects.with_facts().get(pk=request.pk)
    renewal = (
        Renewal.objects.filter(
            purpose__request=request,
            purpose__withdrawn_at__isnull=True,
            purpose__added_at__gte=since.round_from,
        )
        .select_related("letter")
        .order_by("-id")
        .first()
    )
    if renewal is None or successor_of(renewal.letter) is not None:
        return None
    return renewal.letter


def stage_of(letter: Letter) -> str:
    """The letter's stage, from its rows."""
    seal = Seal.objects.select_related("release", "withdrawal").filter(letter=letter, reopening__isnull=True)
    found = seal.order_by("-id").first()
    return stage_of_letter(
        has_seal=found is not None,
        is_released=hasattr(found, "release"),
        is_withdrawn=hasattr(found, "withdrawal"),
        has_successor=successor_of(letter) is not None,
    )


def version_for(letter: Letter, opportunity: Opportunity, destination: Destination | None) -> Letter | None:
    """The version of a letter that its writer sealed for this place: for the destination, else for the purpose."""
    sealed = Letter.objects.sealed().filter(version__base=letter, removed_at__isnull=True)
    here = sealed.filter(version__purpose__opportunity=opportunity).order_by("-id")
    if destination is not None:
        exact = here.filter(version__destination=destination).first()
        if exact is not None:
            return exact
    return here.filter(version__destination__isnull=True).first()


def letters_of(visit: Visit) -> list[Letter]:
    """Every letter of a request, newest first, with its seal if it has one."""
    return list(Letter.objects.with_seal().filter(request=visit.request, removed_at__isnull=True))


def letter_of(visit: Visit, key: str) -> Letter:
    found = Letter.objects.filter(request=visit.request, removed_at__isnull=True, key=key).first()
    if found is None:
        raise NotHere(key)
    return found


def current_upload(letter: Letter) -> Upload | None:
    return Upload.objects.filter(letter=letter, replaced_at__isnull=True).first()


def seal_of(letter: Letter) -> Seal | None:
    """The seal in force: the newest that was not opened again."""
    return Seal.objects.filter(letter=letter, reopening__isnull=True).order_by("-id").first()


def seal_at(visit: Visit) -> Seal | None:
    """The seal in force of the letter they are at, else of the newest of the request that is no version."""
    letters = Letter.objects.sealed().filter(request=visit.request, removed_at__isnull=True)
    here = letters.filter(key=visit.at) if visit.at else letters.filter(version__isnull=True)
    letter = here.order_by("-id").first()
    return seal_of(letter) if letter is not None else None


def seal_by_number(number: str) -> Seal | None:
    return (
        Seal.objects.select_related("letter__applicant", "letter__request", "correspondent")
        .filter(number=number)
        .first()
    )


def seal_by_file(digest: str) -> Seal | None:
    """The seal whose finished PDF has this SHA-256 (hex)."""
    return (
        Seal.objects.select_related("letter__applicant", "letter__request", "correspondent")
        .filter(pdf_digest=digest)
        .first()
    )


def due_releases(sealed_before: datetime, limit: int, *, since: datetime | None = None) -> list[Seal]:
    """For the worker: seals whose hour is over and that nobody was told of yet.

    Without `since` every seal there is is looked through for one, which takes seconds where there are very many.
    """
    due = Seal.objects.filter(
        sealed_at__lte=sealed_before,
        release__isnull=True,
        reopening__isnull=True,
        withdrawal__isnull=True,
    )
    if since is not None:
        due = due.filter(sealed_at__gte=since)
    return list(due.order_by("sealed_at", "id").defer("record", "manifest", "signature")[:limit])


def due_planned_seals(now: datetime, limit: int) -> list[PlannedSeal]:
    """For the worker: files whose hour is over."""
    due = PlannedSeal.objects.filter(due_at__lte=now, ended_at__isnull=True)
    return list(due.select_related("upload__letter__request", "upload__letter__applicant")[:limit])


def is_still_planned(planned: PlannedSeal) -> bool:
    return PlannedSeal.objects.filter(pk=planned.pk, ended_at__isnull=True).exists()


def planned_seal(visit: Visit) -> PlannedSeal | None:
    """The file of this request that is to be sealed when its hour is over."""
    rows = PlannedSeal.objects.filter(upload__letter__request=visit.request, ended_at__isnull=True)
    return rows.select_related("upload").order_by("due_at").first()


def draft_in_hand(visit: Visit) -> tuple[DraftBody | None, int]:
    """The words the writer has typed so far and their revision; None and 0 before the first save."""
    letter = letter_in_hand(visit)
    draft = Draft.objects.filter(letter=letter).first() if letter else None
    if draft is None:
        return None, 0
    demand_desk_for(visit, draft.letter)
    return DraftBody.load(custody.decrypt(draft.sealed_body, context=CONTEXT)), draft.revision


def demand_desk_for(visit: Visit, letter: Letter) -> None:
    """Refuse to show or change a draft that holds sealed words, in a browser where no code was taken."""
    if Borrowing.objects.filter(letter=letter).exists():
        visit.demand_desk()


def remembered_letterhead(visit: Visit) -> dict[str, Any]:
    """What a writer's mailbox remembers of their last letter: letterhead, name and lines; empty for a new one."""
    correspondent = visit.request.correspondent
    return {**correspondent.letterhead, **correspondent.signature} if correspondent else {}
