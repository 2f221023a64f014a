"""What an applicant's pages may know of letters: the text of open ones, the mere facts of the others.

`open_letters` holds no waived letter and none in confidence, so no key can lead to one. Of the others a
`Shelved` tells author, date, number and place, and has no way to their content: not even the encrypted
record of a seal is loaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Mod

from vouchsafe.asks.models import Purpose
from vouchsafe.core.uses import Uses, agreed_words
from vouchsafe.core.words import Sentence
from vouchsafe.ledger import custody
from vouchsafe.letters.models import QUOTE, Letter, LetterQuerySet, Quote, Scope, Seal, Upload
from vouchsafe.letters.succession import successors_of
from vouchsafe.people.access import NotHere
from vouchsafe.people.models import Account, Advising

TEXT = ("record", "manifest", "signature")  # columns of a seal that no page of an applicant needs


@dataclass(frozen=True, slots=True)
class Shelved:
    """A letter as the Safe shows it. `digest` is empty for a brought one: there is no seal to draw."""

    key: str
    number: str
    digest: bytes
    writer_name: str
    contact_key: str
    request_key: str
    title: str
    purposes: tuple[str, ...]
    origin: str
    confidentiality: str
    sealed_at: datetime | None
    released_at: datetime | None
    withdrawn_at: datetime | None
    successor: str
    pages: int | None
    uses: Uses | None

    @property
    def is_open(self) -> bool:
        return self.confidentiality == Letter.Confidentiality.OPEN

    @property
    def is_brought(self) -> bool:
        return self.origin == Letter.Origin.BROUGHT

    @property
    def use_lines(self) -> tuple[Sentence, ...]:
        """What its writer agreed to, in words."""
        return agreed_words(self.uses, self.purposes) if self.uses else ()

    @property
    def letter_for(self) -> str:
        return self.title or ", ".join(self.purposes)


@dataclass(frozen=True, slots=True)
class Quoted:
    """A sentence on the wall, opened for whoever it is about."""

    key: str
    words: str
    writer_name: str
    letter_key: str
    is_brought: bool


def open_letters(applicant: Account) -> LetterQuerySet:
    """Letters this applicant may read; none other can be loaded through it."""
    return Letter.objects.of(applicant).open_to_applicant()


def open_seal(applicant: Account, key: str) -> Seal:
    """The seal of an open letter that has been released to its applicant."""
    found = (
        Seal.objects.select_related("letter")
        .filter(
            letter__in=open_letters(applicant), letter__key=key, reopening__isnull=True, release__isnull=False
        )
        .order_by("-id")
        .first()
    )
    if found is None:
        raise NotHere(key)
    return found


def brought_upload(applicant: Account, key: str) -> Upload:
    """The file of a letter that its applicant brought."""
    found = Upload.objects.filter(
        letter__in=open_letters(applicant),
        letter__key=key,
        letter__origin=Letter.Origin.BROUGHT,
        replaced_at__isnull=True,
    ).first()
    if found is None:
        raise NotHere(key)
    return found


def open_file(applicant: Account, key: str) -> str:
    """The vault's id of the file of an open letter: the sealed PDF, or the file that was brought."""
    letter = open_letters(applicant).filter(key=key).only("origin").first()
    if letter is None:
        raise NotHere(key)
    if letter.origin == Letter.Origin.BROUGHT:
        return brought_upload(applicant, key).file
    return open_seal(applicant, key).file


def shown_letters(advising: Advising) -> LetterQuerySet:
    """Open letters that an applicant shows to an adviser who looks along, until their writer takes them back."""
    withdrawn = Seal.objects.filter(letter=OuterRef("pk"), reopening__isnull=True, withdrawal__isnull=False)
    return open_letters(advising.applicant).filter(~Exists(withdrawn), showings__advising=advising)


def quotes(applicant: Account) -> QuerySet[Quote]:
    """What hangs on the wall: of letters this applicant may read, and that their writers have not taken back."""
    withdrawn = Seal.objects.filter(
        letter=OuterRef("letter"), reopening__isnull=True, withdrawal__isnull=False
    )
    return Quote.objects.filter(
        ~Exists(withdrawn), letter__in=open_letters(applicant), removed_at__isnull=True
    )


def wall(applicant: Account) -> list[Quoted]:
    """Every sentence on the wall, letter by letter, the newest letter first."""
    rows = quotes(applicant).select_related("letter").order_by("-letter__begun_at", "-letter", "id")
    return [opened_quote(row) for row in rows]


def opened_quote(row: Quote) -> Quoted:
    letter = row.letter
    words = custody.decrypt(row.sealed_words, context=QUOTE).decode()
    return Quoted(row.key, words, letter.writer_name, letter.key, letter.origin == Letter.Origin.BROUGHT)


def of_the_day(applicant: Account, today: date) -> QuerySet[Quote]:
    """The wall in an order that turns with the days, for whoever shows one sentence of it."""
    return quotes(applicant).order_by(Mod(F("pk") * 31 + turn_of(today), 97), "pk")


def turn_of(today: date) -> int:
    """How far the wall has turned by a day."""
    return today.toordinal() * 17


def shelf(applicant: Account) -> list[Shelved]:
    """The Safe's rows in five queries, however many: every released letter, newest first, then every one brought."""
    return [_shelved(seal) for seal in _seals(applicant)] + [_brought(letter) for letter in _kept(applicant)]


def shelved(applicant: Account, key: str) -> Shelved:
    """One letter of the Safe, whoever may read it: its facts alone."""
    seal = _seals(applicant).filter(letter__key=key).first()
    if seal is not None:
        return _shelved(seal)
    letter = _kept(applicant).filter(key=key).first()
    if letter is None:
        raise NotHere(key)
    return _brought(letter)


def _kept(applicant: Account) -> QuerySet[Letter]:
    """Letters that were brought, with their file."""
    current = Upload.objects.filter(replaced_at__isnull=True)
    return (
        Letter.objects.of(applicant)
        .filter(origin=Letter.Origin.BROUGHT)
        .prefetch_related(Prefetch("uploads", queryset=current))
    )


def _seals(applicant: Account) -> QuerySet[Seal]:
    """Released seals with what `_shelved` reads, in four queries: seals, purposes and their titles, scopes."""
    successors = successors_of(OuterRef("letter"), OuterRef("letter__version__base"))
    return (
        Seal.objects.filter(
            letter__applicant=applicant,
            letter__removed_at__isnull=True,
            reopening__isnull=True,
            release__isnull=False,
        )
        .select_related("letter__request__contact", "release", "withdrawal")
        .defer(*TEXT)
        .annotate(successor=Subquery(successors.values("number")[:1]))
        .prefetch_related(
            Prefetch("letter__request__purposes", queryset=Purpose.objects.select_related("opportunity")),
            Prefetch("scopes", queryset=Scope.objects.order_by("-set_at", "-id")),
        )
        .order_by("-sealed_at", "-id")
    )


def _shelved(seal: Seal) -> Shelved:
    letter = seal.letter
    scope = next(iter(seal.scopes.all()), None)
    return Shelved(
        key=letter.key,
        number=seal.number,
        digest=bytes.fromhex(seal.digest),
        writer_name=seal.writer_name,
        contact_key=letter.request.contact.key if letter.request else "",
        request_key=letter.request.key if letter.request else "",
        title=letter.title,
        purposes=_purposes(letter, scope),
        origin=letter.origin,
        confidentiality=letter.confidentiality,
        sealed_at=seal.sealed_at,
        released_at=seal.release.released_at,
        withdrawn_at=seal.withdrawal.withdrawn_at if hasattr(seal, "withdrawal") else None,
        successor=seal.successor or "",  # type: ignore[attr-defined]  # annotated by _seals
        pages=seal.pages,
        uses=scope.uses if scope else None,
    )


def _purposes(letter: Letter, scope: Scope | None) -> tuple[str, ...]:
    """What it was sealed for. The request lives on and may have got other purposes since."""
    if letter.request is None:
        return ()
    rows = letter.request.purposes.all()
    if scope is not None and scope.opportunities:
        chosen = [row for row in rows if row.opportunity.key in scope.opportunities]
    else:
        chosen = [row for row in rows if row.withdrawn_at is None]
    return tuple(dict.fromkeys(str(row.opportunity) for row in chosen))


def _brought(letter: Letter) -> Shelved:
    upload = next(iter(letter.uploads.all()), None)
    return Shelved(
        key=letter.key,
        number="",
        digest=b"",
        writer_name=letter.writer_name,
        contact_key="",
        request_key="",
        title=letter.title,
        purposes=(),
        origin=letter.origin,
        confidentiality=letter.confidentiality,
        sealed_at=None,
        released_at=letter.begun_at,
        withdrawn_at=None,
        successor="",
        pages=upload.pages if upload else None,
        uses=None,
    )
