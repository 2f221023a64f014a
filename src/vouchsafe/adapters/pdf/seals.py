"""The seal inside the PDF: put it in, and read what a file's signatures say."""

from __future__ import annotations

import atexit
import logging
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Protocol

from vouchsafe.adapters.pdf.processes import ChildFailed, StandingChild, run_limited
from vouchsafe.core.sealing.verdict import Addition, SignatureState

log = logging.getLogger("vouchsafe.pdf")
SILENCE_SECONDS = 60.0
_silent_until: dict[str, float] = {}
_signer = StandingChild("sign")
atexit.register(_signer.close)


class Identity(Protocol):
    """The RSA key that signs: PKCS 8 and certificates, all DER."""

    @property
    def private_key(self) -> bytes: ...

    @property
    def certificate(self) -> bytes: ...

    @property
    def chain(self) -> tuple[bytes, ...]: ...


@dataclass(frozen=True, slots=True)
class SignatureReading:
    """Two of the verdict's four answers, as far as the file itself can tell, and the times it claims.

    `time_stamped_at` is set when a time server's stamp inside the signature is intact. `ours` says that the
    signature names our certificate, even where it no longer fits the file: what a changed letter of ours shows.
    """

    state: SignatureState
    addition: Addition
    signatures: int = 0
    signed_at: datetime | None = None
    time_stamped_at: datetime | None = None
    ours: bool = False


@dataclass(frozen=True, slots=True)
class SignedPdf:
    """The signed file, and what an outside time server says of the moment, if one was asked and answered."""

    pdf: bytes
    time_stamped_at: datetime | None


def seal_pdf(
    pdf: bytes,
    identity: Identity,
    *,
    when: datetime,
    reason: str = "",
    name: str = "",
    location: str = "",
    time_server: str | None = None,
) -> bytes:
    """The file with its certifying signature: PAdES B-B, nothing may be added. About 30 ms once warm.

    With `time_server` (RFC 3161) a stamp goes into the signature; a server that does not answer is a fault.
    """
    return _signed(pdf, identity, when, reason, name, location, time_server).pdf


def seal_pdf_in_time(
    pdf: bytes, identity: Identity, *, when: datetime, reason: str, name: str, time_server: str
) -> SignedPdf:
    """The same, with a time server's stamp if it answers within seconds, and without one if it does not.

    A letter must not be lost, nor wait, because a third party is away; and a stamp can't be added later, for the
    signature covers the whole file. A server that failed is left alone for a minute, so that a day on which it
    is away costs the first writer some seconds and the others nothing.
    """
    if time_server and monotonic() >= _silent_until.get(time_server, 0.0):
        try:
            signed = _signed(pdf, identity, when, reason, name, "", time_server)
            if signed.time_stamped_at is not None:
                return signed
            log.warning("the stamp of the time server %s does not fit its signature", time_server)
        except (ChildFailed, RuntimeError) as trouble:
            log.warning("the time server %s gave no stamp: %s", time_server, trouble)
        _silent_until[time_server] = monotonic() + SILENCE_SECONDS
    return _signed(pdf, identity, when, reason, name, "", None)


def _signed(
    pdf: bytes,
    identity: Identity,
    when: datetime,
    reason: str,
    name: str,
    location: str,
    time_server: str | None,
) -> SignedPdf:
    head = {
        "when": when.isoformat(),
        "reason": reason,
        "name": name,
        "location": location,
        "time_server": time_server,
    }
    blobs = [pdf, identity.private_key, identity.certificate, *identity.chain]
    signed, stamped_at = _signer.ask(head, blobs)
    return SignedPdf(signed, _moment(stamped_at.decode()))


def read_signature(pdf: bytes, certificates: tuple[bytes, ...]) -> SignatureReading:
    """What the file's own signature says, judged by our `certificates` of every generation.

    Bytes no reader understands have no signature that could be sound; so does a file that breaks the reader. Where its
    time ran out nothing is said of the signature: that may be the machine's fault and not the file's.
    """
    try:
        told, _ = run_limited("read-signature", {}, [pdf, *certificates])
    except ChildFailed as failure:
        if failure.why == "time":
            return SignatureReading(SignatureState.NOT_CHECKED, Addition.NOT_CHECKED)
        return SignatureReading(
            SignatureState.BROKEN if b"/ByteRange" in pdf else SignatureState.NONE, Addition.NOT_CHECKED
        )
    if not told["signatures"]:
        return SignatureReading(SignatureState.NONE, Addition.NOT_CHECKED)
    if not told["sound"]:
        state = SignatureState.BROKEN
    elif told["ours"]:
        state = SignatureState.SOUND_AND_OURS
    else:
        state = SignatureState.NOT_OURS
    return SignatureReading(
        state,
        Addition.NOTHING if told["whole"] else Addition.SOMETHING,
        told["signatures"],
        _moment(told["signed_at"]),
        _moment(told["time_stamped_at"]),
        bool(told["ours"]),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
