"""Read the signatures of a PDF somebody holds. Loads pyHanko on bytes of a stranger: for the limited child only."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from asn1crypto import core, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext


def read_signatures(pdf: bytes, ours: list[bytes]) -> dict[str, Any]:
    """What the signatures say; `ours` are our signing certificates, DER. Plain values, ready for a frame."""
    reader = PdfFileReader(BytesIO(pdf), strict=False)
    signatures = list(reader.embedded_regular_signatures)
    told: dict[str, Any] = {"signatures": len(signatures), "ours": False, "sound": False, "whole": False}
    if not signatures:
        return told
    mine = [one for one in signatures if one.signer_cert.dump() in ours]
    judged = (mine or signatures)[0]
    context = ValidationContext(
        trust_roots=[x509.Certificate.load(der) for der in ours],
        allow_fetching=False,
        revocation_mode="soft-fail",
    )
    status = validate_pdf_signature(judged, context)
    certified = judged.docmdp_level is MDPPerm.NO_CHANGES
    told["ours"] = bool(mine)
    told["sound"] = bool(status.intact and status.valid)
    # One signature, over every byte but its own, certified at "no changes": anything else is an addition.
    told["whole"] = (
        status.coverage is SignatureCoverageLevel.ENTIRE_FILE
        and len(signatures) == 1
        and certified
        and _gap_is_tidy(pdf, [int(value) for value in judged.byte_range])
    )
    told["signed_at"] = judged.self_reported_timestamp.isoformat() if judged.self_reported_timestamp else None
    stamp = status.timestamp_validity
    told["time_stamped_at"] = stamp.timestamp.isoformat() if stamp is not None and stamp.intact else None
    return told


def _gap_is_tidy(pdf: bytes, byte_range: list[int]) -> bool:
    """The one stretch a signature does not cover is its own value. It must hold that value in its plain form,
    padded with noughts: otherwise something could be hidden, or changed, in the padding."""
    start, before, after, rest = byte_range
    gap = pdf[before:after]
    if start != 0 or after + rest != len(pdf) or gap[:1] != b"<" or gap[-1:] != b">":
        return False
    try:
        value = bytes.fromhex(gap[1:-1].decode("ascii"))
        content = core.Sequence.load(value)
    except ValueError:
        return False
    padding = value[len(content.dump()) :]
    plain = value.hex().encode()
    return gap[1:-1] in (plain, plain.upper()) and not any(padding)
