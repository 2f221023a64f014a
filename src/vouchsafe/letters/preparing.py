"""The slow half of sealing, done before any transaction: set the pages, draw the foot, sign, encrypt, sync.

What comes out rests on one revision of the letter; `seal_letter` checks that it is still the one before it
writes. It destroys what did not become the letter.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.db.models import QuerySet

from vouchsafe.adapters.pdf.foot import add_foot
from vouchsafe.adapters.pdf.seals import seal_pdf_in_time
from vouchsafe.adapters.pdf.typesetting import typeset
from vouchsafe.adapters.vault import Role, Viewer
from vouchsafe.asks.access import Visit
from vouchsafe.asks.models import Purpose, Waiver
from vouchsafe.core.addresses import verify_path
from vouchsafe.core.sealing import Draft as DraftStage
from vouchsafe.core.sealing import LetterPage, Sealed, UploadedPages, letter_number, make_sealable, seal
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import custody
from vouchsafe.letters.access import current_upload, keeps_waiver
from vouchsafe.letters.actions.save_draft import read_draft
from vouchsafe.letters.models import Draft, Letter, Version
from vouchsafe.people.access import viewer_keys

MOST_ADDRESSEES = 30  # remembered for one writer; the oldest goes first


class NothingToSeal(Refusal):
    code = "nothing-to-seal"
    msgid = msg("There is no letter here yet.")
    hint_msgid = msg("Write it, or give us the file.")


class LetterChanged(Refusal):
    code = "letter-changed"
    msgid = msg("The letter was changed while it was being sealed.")
    hint_msgid = msg("Look at the pages again, then seal them.")


@dataclass(frozen=True, slots=True)
class PreparedSeal:
    """A finished, signed PDF in the vault, and which revision of the letter it was made from."""

    letter_key: str
    rests_on: str  # what `what_it_rests_on` said
    sealed: Sealed
    record: bytes
    file: str
    pages: int
    writer_name: str
    time_stamped_at: datetime | None = (
        None  # what an outside time server says, where one is asked and answered
    )
    remembered: dict[str, dict[str, object]] = field(
        default_factory=dict
    )  # letterhead and signature, for next time


def prepare_seal(*, visit: Visit, letter: Letter, writer_name: str, now: datetime) -> PreparedSeal:
    """Make the sealed PDF of a letter in hand and put it into the vault, kept from its applicant where it must be.

    Refuses an empty letter, a missing name, and a character no font can draw. Writes no row.
    """
    visit.demand_proof()
    content, rests_on, clean = _content(visit, letter)
    is_open = _stays_open(letter)
    number = letter_number(secrets.token_bytes(5))
    name = writer_name.strip() or letter.writer_name
    purposes = list(purposes_of(letter).select_related("opportunity"))
    sealable = make_sealable(
        DraftStage(
            number=number,
            applicant=letter.applicant.name,
            writer=name,
            writer_lines=content.signature.lines if isinstance(content, LetterPage) else (),
            purpose="; ".join(str(purpose.opportunity) for purpose in purposes),
            in_confidence=not is_open,
            terms="" if is_open else _terms(letter),
            content=content,
        )
    )
    foot = sealable.foot(f"{settings.BASE_URL}{verify_path(number)}")
    title = f"Letter of recommendation for {letter.applicant.name}"
    if isinstance(content, LetterPage):
        made = typeset(content, foot=foot, title=title, when=now)
        unsigned, pages = made.pdf, made.pages
    else:
        footed = add_foot(clean, foot, title=title, when=now)
        unsigned, pages = footed.pdf, footed.pages
    keys = custody.keys()
    signed = seal_pdf_in_time(
        unsigned,
        keys.pades(),
        when=now,
        reason=f"Sealed as letter {number}",
        name=name,
        time_server=settings.TIME_SERVER,
    )
    finished = signed.pdf
    sealed = seal(
        sealable,
        file_digest=sha256(finished).digest(),
        sealed_at=now,
        issuer=settings.BASE_URL,
        sign=keys.sign,
    )
    kept_from = frozenset() if is_open else viewer_keys(letter.applicant)
    stored = custody.vault().put(finished, sealed_from=kept_from)
    remembered = _remembered(content, letter, purposes) if isinstance(content, LetterPage) else {}
    return PreparedSeal(
        letter_key=letter.key,
        rests_on=rests_on,
        sealed=sealed,
        record=sealable.record,
        file=stored.file_id,
        pages=pages,
        writer_name=name,
        time_stamped_at=signed.time_stamped_at,
        remembered=remembered,
    )


def what_it_rests_on(letter: Letter) -> str:
    """Everything that sealing now would settle: the words, who may read them, and for which purposes.

    Words made under other terms, or for fewer purposes than the writer saw, must be looked at again.
    """
    if letter.origin == Letter.Origin.UPLOADED:
        upload = current_upload(letter)
        words = f"upload:{upload.key}" if upload else ""
    else:
        draft = Draft.objects.filter(letter=letter).first()
        words = f"draft:{draft.revision}:{_signed(draft)}" if draft else ""
    purposes = purposes_of(letter).order_by("id")
    waived = letter.is_open and not _stays_open(letter)
    terms = Letter.Confidentiality.WAIVED if waived else letter.confidentiality
    return "|".join([words, terms, *purposes.values_list("key", flat=True)])


def _signed(draft: Draft) -> str:
    """Which picture of a signature stands under a draft: it changes beside the words, not with them."""
    return sha256(read_draft(draft).picture).hexdigest()[:16]


def purposes_of(letter: Letter) -> QuerySet[Purpose]:
    """What a letter is for: every purpose of its request, or the one place a version was made for."""
    standing = Purpose.objects.filter(request=letter.request, withdrawn_at__isnull=True)
    version = Version.objects.filter(letter=letter).first()
    return standing if version is None else standing.filter(pk=version.purpose_id)


def demand_seen(letter: Letter, seen: str) -> None:
    """Refuse to seal what the writer has not looked at. Empty where nobody looks: a file that came by a reply."""
    if seen and seen != what_it_rests_on(letter):
        raise LetterChanged


def _content(visit: Visit, letter: Letter) -> tuple[LetterPage | UploadedPages, str, bytes]:
    rests_on = what_it_rests_on(letter)
    if letter.origin == Letter.Origin.UPLOADED:
        upload = current_upload(letter)
        if upload is None:
            raise NothingToSeal
        clean = custody.vault().open(upload.file, Viewer(Role.HOUSE, purpose="sealing"))
        return UploadedPages(bytes.fromhex(upload.digest), len(clean), upload.pages), rests_on, clean
    draft = Draft.objects.filter(letter=letter).first()
    if draft is None:
        raise NothingToSeal
    return read_draft(draft).page(), rests_on, b""


def _stays_open(letter: Letter) -> bool:
    """Whether its applicant may read it, by the row and by what they have waived since it was begun."""
    return letter.is_open and not keeps_waiver(letter)


def _terms(letter: Letter) -> str:
    """The confidentiality words exactly as they were given."""
    waivers = Waiver.objects.filter(purpose__request=letter.request)
    standing = waivers.filter(purpose__withdrawn_at__isnull=True)
    in_confidence = letter.confidentiality == Letter.Confidentiality.IN_CONFIDENCE
    waiver = standing.first() or (None if in_confidence else waivers.last())
    return waiver.words if waiver else "Given in confidence by its writer."


def _remembered(page: LetterPage, letter: Letter, purposes: list[Purpose]) -> dict[str, dict[str, object]]:
    """So that nobody retypes their own title and address for the next letter, or whom a place writes to."""
    signature = page.signature
    writer = letter.request.correspondent if letter.request else None
    addressees = dict(writer.letterhead.get("addressees", {})) if writer else {}
    places = {purpose.opportunity.organisation for purpose in purposes} - {""}
    if page.addressee and len(places) == 1:  # of a letter for several places nobody knows whose it is
        place = places.pop()
        addressees.pop(place, None)
        addressees[place] = list(page.addressee)
    return {
        "letterhead": {
            "letterhead": list(page.letterhead),
            "paper": page.paper.value,
            "addressees": dict(list(addressees.items())[-MOST_ADDRESSEES:]),
        },
        "signature": {"name": signature.name, "lines": list(signature.lines), "typed": signature.typed},
    }
