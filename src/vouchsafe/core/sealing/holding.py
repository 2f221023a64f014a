"""What an instance keeps of one seal, and the evidence it gives about bytes somebody holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from vouchsafe.core.sealing.stages import Verify, is_sound, read_sealed
from vouchsafe.core.sealing.verdict import Addition, Evidence, Known, SenderProof, SignatureState, Standing

PROOFS = {
    "mailed_link": SenderProof.MAILED_LINK,
    "mailed_code": SenderProof.MAILED_CODE,
    "reply": SenderProof.REPLY_BY_MAIL,
}
COPIES = {"reading": Known.READING_COPY, "conforming": Known.CONFORMING_COPY}
"""A copy's kind, as it is kept."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A seal as it is kept. `record` holds the canonical bytes; nothing where they cannot be opened."""

    number: str
    pdf_digest: str
    manifest: bytes
    signature: bytes
    key_id: str
    record: bytes
    proven_by: str
    writer: str
    sealed_at: datetime
    standing: Standing


def evidence_of(
    holding: Holding,
    known: Known,
    signature: SignatureState = SignatureState.NOT_CHECKED,
    addition: Addition = Addition.NOT_CHECKED,
    *,
    verify: Verify,
) -> Evidence:
    """The evidence of a kept seal, together with what was seen in the file itself, if one was read."""
    return Evidence(
        known=known,
        signature=signature,
        addition=addition,
        manifest_sound=_manifest_sound(holding, verify),
        standing=holding.standing,
        sender=PROOFS.get(holding.proven_by, SenderProof.NOT_KNOWN),
        number=holding.number,
        writer=holding.writer,
        sealed_at=holding.sealed_at,
        carries_our_mark=True,
    )


def _manifest_sound(holding: Holding, verify: Verify) -> bool:
    """Signed by a key of this house, and the row says what the manifest says."""
    sealed = read_sealed(holding.manifest, holding.signature, holding.key_id)
    return (
        is_sound(sealed, verify=verify)
        and sealed.number == holding.number
        and sealed.file_digest.hex() == holding.pdf_digest
        and sealed.record_digest == sha256(holding.record).digest()
    )
