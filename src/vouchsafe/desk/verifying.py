"""Checking a letter somebody holds: by its number, by its file, or by the file's SHA-256 alone.

Reads only. The four answers and the bottom line are `core.sealing.judge`'s; here the evidence is gathered.
A number or a file proves a letter; it never opens one.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db.models import QuerySet

from vouchsafe.adapters.pdf.seals import read_signature
from vouchsafe.core.sealing import (
    COPIES,
    Addition,
    Evidence,
    Holding,
    Known,
    SignatureState,
    Standing,
    Verdict,
    evidence_of,
    judge,
    parse_letter_number,
)
from vouchsafe.ledger import custody
from vouchsafe.letters.models import RECORD, Copy, Letter, Seal
from vouchsafe.letters.succession import successor_of

# The reason that stands in plain letters in the signature we make; a changed file still says whose place it takes.
CLAIM = re.compile(
    rb"Sealed as letter ([0-9A-Z]{4})(?:-|\\055)([0-9A-Z]{4})"
)  # a hyphen may be written as octal


@dataclass(frozen=True, slots=True)
class SealFacts:
    """What the verify page may tell of a seal: facts, never the text, and of the writer's address the domain alone."""

    number: str
    writer_name: str
    writer_lines: tuple[str, ...]
    applicant_name: str
    domain: str
    sealed_at: datetime
    time_stamped_at: datetime | None
    pages: int
    confidentiality: str
    proven_by: str
    digest: bytes
    file_sha256: str
    successor: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The verdict, and the facts of the letter it is about, if there is one."""

    verdict: Verdict
    facts: SealFacts | None
    claimed: str = ""
    """The number that a file which is not ours, or is changed, gives itself."""

    also: tuple[str, ...] = ()
    """Other letters in the same reading copy, by number."""


def check_number(text: str) -> Checked:
    """What is known of a letter by its number, in any case and spacing. Refuses what is no number."""
    number = parse_letter_number(text)
    seal = _seals().filter(number=number).first()
    if seal is None:
        return Checked(judge(Evidence(Known.NOTHING)), None)
    return _checked(seal, Known.NUMBER_ONLY)


def check_file(data: bytes) -> Checked:
    """What is known of the bytes of a file: looked up by its SHA-256, and its own signature read.

    A machine too busy to read the signature in time changes nothing for a file whose bytes are known, and accuses none.
    """
    found = _by_digest(sha256(data).hexdigest())
    if found is not None and found[1] is not Known.SEALED_FILE:
        return _checked(*found)
    try:
        certificates = custody.keys().pades_certificates()
    except OSError:
        return _not_checkable()
    reading = read_signature(data, certificates)
    if found is not None:
        return _checked(*found, reading.state, reading.addition)
    claim = CLAIM.search(data)
    evidence = Evidence(
        Known.NOTHING,
        signature=reading.state,
        addition=reading.addition,
        carries_our_mark=reading.ours
        or reading.state is SignatureState.SOUND_AND_OURS
        or (claim is not None and reading.state in (SignatureState.BROKEN, SignatureState.NOT_CHECKED)),
    )
    return Checked(judge(evidence), None, claimed=b"-".join(claim.groups()).decode() if claim else "")


def check_digest(digest: str, *, number: str = "") -> Checked:
    """What is known of a file whose SHA-256 was computed in the browser; the bytes never came here.

    Equal digests mean equal bytes, so the signature inside is the one this house put there. `number` is the letter
    it was held against, if any.
    """
    found = _by_digest(digest.strip().lower())
    if found is None:
        seal = _seals().filter(number=number).first() if number else None
        return (
            _checked(seal, Known.NOT_THESE_BYTES) if seal else Checked(judge(Evidence(Known.NOTHING)), None)
        )
    if found[1] is not Known.SEALED_FILE:
        return _checked(*found)
    return _checked(*found, SignatureState.SOUND_AND_OURS, Addition.NOTHING)


def _checked(
    seal: Seal,
    known: Known,
    signature: SignatureState = SignatureState.NOT_CHECKED,
    addition: Addition = Addition.NOT_CHECKED,
) -> Checked:
    try:
        evidence = _evidence(seal, known, signature, addition)
    except OSError:
        return _not_checkable()
    others: tuple[str, ...] = ()
    if known is Known.READING_COPY:
        copies = Copy.objects.filter(digest__in=seal.copies.values("digest")).exclude(seal=seal)
        others = tuple(copies.values_list("seal__number", flat=True).distinct())
    return Checked(judge(evidence), _facts(seal), also=others)


def _not_checkable() -> Checked:
    """The keys can't be read now: nothing is said of the letter, neither good nor bad."""
    return Checked(judge(Evidence(Known.NOT_ASKED, reachable=False)), None)


def _seals() -> QuerySet[Seal]:
    return Seal.objects.select_related("letter__applicant", "withdrawal", "reopening")


def _by_digest(digest: str) -> tuple[Seal, Known] | None:
    seal = _seals().filter(pdf_digest=digest).first()
    if seal is not None:
        return seal, Known.SEALED_FILE
    copy = Copy.objects.filter(digest=digest).select_related("seal__letter__applicant").first()
    return (copy.seal, COPIES[copy.kind]) if copy is not None else None


def _evidence(
    seal: Seal,
    known: Known,
    signature: SignatureState = SignatureState.NOT_CHECKED,
    addition: Addition = Addition.NOT_CHECKED,
) -> Evidence:
    holding = Holding(
        number=seal.number,
        pdf_digest=seal.pdf_digest,
        manifest=bytes(seal.manifest),
        signature=bytes(seal.signature),
        key_id=seal.key_id,
        record=_record(seal),
        proven_by=seal.proven_by,
        writer=seal.writer_name,
        sealed_at=seal.sealed_at,
        standing=_standing(seal),
    )
    return evidence_of(holding, known, signature, addition, verify=custody.keys().verify)


def _record(seal: Seal) -> bytes:
    """The canonical bytes; nothing where the column was altered, which then fits no manifest."""
    try:
        return custody.decrypt(seal.record, context=RECORD)
    except (ValueError, KeyError):
        return b""


def _writer_lines(seal: Seal) -> tuple[str, ...]:
    """Title and institution as they stand under the letter; of an altered record nothing is told."""
    record = _record(seal)
    return tuple(json.loads(record)["writer"]["lines"]) if record else ()


def _standing(seal: Seal) -> Standing:
    if hasattr(seal, "withdrawal"):
        return Standing.WITHDRAWN
    if hasattr(seal, "reopening") or _successor(seal):
        return Standing.REPLACED
    return Standing.CURRENT


def _successor(seal: Seal) -> str:
    """The number of the letter that took this one's place, once its hour is over; or nothing."""
    later = successor_of(seal.letter)
    return later.number if later is not None else ""


def _facts(seal: Seal) -> SealFacts:
    letter: Letter = seal.letter
    return SealFacts(
        number=seal.number,
        writer_name=seal.writer_name,
        writer_lines=_writer_lines(seal),
        applicant_name=letter.applicant.name,
        domain=seal.proven_domain,
        sealed_at=seal.sealed_at,
        time_stamped_at=seal.time_stamped_at,
        pages=seal.pages,
        confidentiality=letter.confidentiality,
        proven_by=seal.proven_by,
        digest=bytes.fromhex(seal.digest),
        file_sha256=seal.pdf_digest,
        successor=_successor(seal),
    )
