"""What a writer's lasting page shows: who asks, for what, by when; what was answered; how far the letter is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from vouchsafe.asks.access import Visit
from vouchsafe.asks.models import Document, Purpose, Request
from vouchsafe.core.lint import LetterFacts
from vouchsafe.core.stages import stage_of_request
from vouchsafe.ledger.prepared import Prepared, PreparedFacts
from vouchsafe.letters.models import Letter, LetterQuerySet, Seal, Upload, Version
from vouchsafe.letters.succession import STANDING
from vouchsafe.people.access import NotHere
from vouchsafe.plans.models import Destination


class Place(NamedTuple):
    """One destination as the writer sees it."""

    label: str
    way: str
    address: str
    due_on: date | None
    due_time: time | None
    zone: str
    opportunity_id: int


@dataclass(frozen=True, slots=True)
class WriterPurpose:
    key: str
    title: str
    organisation: str
    kind: str
    note: str
    points: tuple[str, ...]
    shown_on: date | None
    shown_time: time | None
    zone: str
    is_waived: bool
    waiver_words: str
    places: tuple[Place, ...]
    call_key: str = ""
    """Of the call for letters that it is the applicant's part in; else empty."""

    guidance: str = ""
    """What its office tells every writer."""


class WriterDocument(NamedTuple):
    key: str
    name: str
    kind: str
    pages: int


@dataclass(frozen=True, slots=True)
class LetterInHand:
    """The letter being made: typed or a file. `pages` is known for a file."""

    key: str
    origin: str
    is_open: bool
    saved_at: datetime | None
    revision: int
    file_name: str
    pages: int | None
    hints: tuple[list[object], ...]


@dataclass(frozen=True, slots=True)
class SealedLetter:
    key: str
    number: str
    digest: bytes
    pages: int
    sealed_at: datetime
    writer_name: str
    is_open: bool
    is_released: bool
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class Renewed:
    """The sealed letter that the applicant asks this writer to write anew."""

    key: str
    number: str
    sealed_at: datetime


@dataclass(frozen=True, slots=True)
class WriterPage:
    """One page object for every writer's view; which parts a visitor sees depends on `is_proven`."""

    request_key: str
    applicant: str
    applicant_pronouns: str
    writer: str
    organisation: str
    stage: str
    is_proven: bool
    mailbox: str
    purposes: tuple[WriterPurpose, ...]
    documents: tuple[WriterDocument, ...]
    answer: str
    answer_words: str
    promised_on: date | None
    letter: LetterInHand | None
    sealed: SealedLetter | None
    renews: Renewed | None = None
    at: str = ""

    @property
    def base(self) -> str:
        """Where the pages of the letter they are at begin."""
        here = f"/requests/{self.request_key}"
        return f"{here}/letters/{self.at}" if self.at else here

    @property
    def is_done(self) -> bool:
        """Whether the letter they are at is sealed, and nothing is asked for since."""
        return self.sealed is not None and (bool(self.at) or self.stage == "sealed")

    @property
    def first(self) -> WriterPurpose | None:
        """The purpose whose date comes first."""
        return self.purposes[0] if self.purposes else None

    @property
    def is_waived(self) -> bool:
        return any(purpose.is_waived for purpose in self.purposes)

    @property
    def points(self) -> tuple[str, ...]:
        """What the applicant hopes will be mentioned, over all purposes, each once."""
        return tuple(dict.fromkeys(point for purpose in self.purposes for point in purpose.points))

    @property
    def meant(self) -> LetterFacts:
        """Whom and what a file should be about: other names in it are worth a look before it is sealed."""
        first = self.first
        places = {name for each in self.purposes for name in (each.organisation, each.title) if name}
        return LetterFacts(
            about=self.applicant,
            institution=first.organisation if first else "",
            opportunity=first.title if first else "",
            writer=self.writer,
            known_names=tuple(sorted({*places, self.organisation} - {""})),
        )

    @property
    def letter_for(self) -> str:
        return ", ".join(purpose.title for purpose in self.purposes)


def writer_page(visit: Visit) -> WriterPage:
    """The page in at most five queries beside the visit's own, however many purposes there are."""
    request: Any = visit.request
    if not hasattr(request, "closed_why"):
        request = Request.objects.with_facts().select_related("contact__owner").get(pk=request.pk)
    rows: list[Any] = _PURPOSES(request)
    if visit.at and (version := Version.objects.filter(letter__key=visit.at).first()) is not None:
        rows = [row for row in rows if row.pk == version.purpose_id]  # a version is for its own place alone
    contact = request.contact
    places = _PLACES(request)
    shown = tuple(_purpose(row, places) for row in rows)
    waived = [row.added_at for row in rows if row.confidentiality == Purpose.Choice.WAIVED]
    letter, sealed = _letter(request, visit.at, waived)
    return WriterPage(
        request_key=request.key,
        applicant=contact.owner.name,
        applicant_pronouns=contact.owner.pronouns,
        writer=contact.name,
        organisation=contact.organisation,
        stage=stage_of_request(
            was_mailed=request.was_mailed,
            latest_answer=request.latest_answer,
            was_started=request.was_started,
            closed_why=request.closed_why,
        ),
        is_proven=visit.is_proven,
        mailbox=visit.mailbox,
        purposes=shown,
        documents=tuple(_DOCUMENTS(request)),
        answer=request.latest_answer or "",
        answer_words=request.latest_words or "",
        promised_on=request.latest_promise,
        letter=letter,
        sealed=sealed,
        renews=None if visit.at else _renewed(rows, request.round_from),
        at=visit.at,
    )


def _purposes(request: Request) -> QuerySet[Purpose]:
    """With the sealed letter that each purpose asks to renew, if nothing has taken its place yet."""
    newer = Seal.objects.filter(STANDING, letter__predecessor=OuterRef("letter"))
    old = (
        Seal.objects.filter(letter__renewals__purpose=OuterRef("pk"), reopening__isnull=True)
        .exclude(Exists(newer))
        .order_by("-id")
    )
    return (
        Purpose.objects.filter(request=request, withdrawn_at__isnull=True)
        .select_related("opportunity__application__call", "waiver")
        .order_by("shown_on", "id")
        .annotate(
            renews_key=Subquery(old.values("letter__key")[:1]),
            renews_number=Subquery(old.values("number")[:1]),
            renews_sealed_at=Subquery(old.values("sealed_at")[:1]),
        )
    )


def _letters(request: Request) -> LetterQuerySet:
    """Newest first, with what each of their pages needs."""
    letters = Letter.objects.with_newest().filter(request=request, removed_at__isnull=True)
    return letters.select_related("draft", "succession").order_by("-id")


def _letters_in_round(request: Request) -> LetterQuerySet:
    """A successor begun beside a sealed letter counts once it is sealed itself."""
    return (
        _letters(request)
        .filter(version__isnull=True)
        .filter(Q(succession__isnull=True) | Q(succession__beside=False) | Q(seal_id__isnull=False))
    )


def _places(request: Request) -> QuerySet[Destination]:
    asked = Purpose.objects.filter(request=request, withdrawn_at__isnull=True).values("opportunity")
    return Destination.objects.filter(opportunity__in=asked, removed_at__isnull=True)


def _documents(request: Request) -> QuerySet[Document]:
    return Document.objects.filter(request=request, removed_at__isnull=True)


def _which(request: Request) -> tuple[int]:
    return (request.pk,)


_NONE = Request(pk=-(10**12) - 7)
_PURPOSES = Prepared(_purposes, _which, _NONE)
_LETTERS_IN_ROUND = Prepared(_letters_in_round, _which, _NONE)
_PLACES = PreparedFacts(Place, {}, _places, _which, _NONE)
_DOCUMENTS = PreparedFacts(WriterDocument, {}, _documents, _which, _NONE)


def _renewed(rows: list[Any], since: datetime) -> Renewed | None:
    """What this round asks to renew: the newest such wish."""
    asked = [row for row in rows if row.renews_key and row.added_at >= since]
    if not asked:
        return None
    newest = max(asked, key=lambda row: (row.added_at, row.pk))
    return Renewed(newest.renews_key, newest.renews_number, newest.renews_sealed_at)


def _purpose(row: Purpose, places: Iterable[Place]) -> WriterPurpose:
    opportunity = row.opportunity
    call = opportunity.application.call if hasattr(opportunity, "application") else None
    return WriterPurpose(
        key=row.key,
        title=opportunity.title,
        organisation=opportunity.organisation,
        kind=opportunity.kind,
        note=row.note,
        points=tuple(row.points),
        shown_on=row.shown_on,
        shown_time=row.shown_time,
        zone=row.zone,
        is_waived=row.confidentiality == Purpose.Choice.WAIVED,
        waiver_words=row.waiver.words if hasattr(row, "waiver") else "",
        places=tuple(place for place in places if place.opportunity_id == opportunity.pk),
        call_key=call.key if call is not None else "",
        guidance=call.guidance if call is not None else "",
    )


def _letter(
    request: Request, at: str, waived: list[datetime]
) -> tuple[LetterInHand | None, SealedLetter | None]:
    """The letter they are at, else the newest of the request's round, in hand or sealed. Three queries."""
    letters = list(_letters(request).filter(key=at)) if at else _LETTERS_IN_ROUND(request)
    letter: Any = next(iter(letters), None)
    if letter is None and at:
        raise NotHere(at)
    if letter is None:
        return None, None
    if letter.seal_id is not None:
        seal = Seal.objects.select_related("release", "withdrawal").get(pk=letter.seal_id)
        return None, SealedLetter(
            key=letter.key,
            number=seal.number,
            digest=bytes.fromhex(seal.digest),
            pages=seal.pages,
            sealed_at=seal.sealed_at,
            writer_name=seal.writer_name,
            is_open=letter.is_open,
            is_released=hasattr(seal, "release"),
            is_withdrawn=hasattr(seal, "withdrawal"),
        )
    uploaded = letter.origin == Letter.Origin.UPLOADED and letter.upload_id is not None
    upload = Upload.objects.get(pk=letter.upload_id) if uploaded else None
    draft = getattr(letter, "draft", None)
    in_hand = LetterInHand(
        key=letter.key,
        origin=letter.origin,
        is_open=letter.is_open and not _is_closed_by(letter, waived),
        saved_at=draft.saved_at if draft else None,
        revision=draft.revision if draft else 0,
        file_name=upload.name if upload else "",
        pages=upload.pages if upload else None,
        hints=tuple(upload.hints) if upload else (),
    )
    return in_hand, None


def _is_closed_by(letter: Any, waived: list[datetime]) -> bool:
    """A waiver given since it was begun holds when it is sealed; one given before its writer issued it openly does not."""
    succession = getattr(letter, "succession", None)
    since = succession.begun_at if succession is not None and succession.openly else None
    return any(since is None or at > since for at in waived)
