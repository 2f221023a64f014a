"""Sign a PDF by the rules of PAdES B-B, certified at "no changes". Loads pyHanko: for the child only.

RSA, because other keys raise a file to PDF 2.0. The stock signer parses and checks the RSA key at every
call, which costs ten times the signature; here the key is read once and kept.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from io import BytesIO
from time import monotonic
from typing import Any, cast

import requests
from asn1crypto import tsp, x509
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_private_key
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

FIELD = "Vouchsafe"
SERVER_SECONDS = 4.0
MOST_OF_A_STAMP = 64 * 1024


class HeldKeySigner(signers.Signer):
    """Signs with an RSA key that is already in memory."""

    def __init__(
        self, key: RSAPrivateKey, certificate: x509.Certificate, chain: list[x509.Certificate]
    ) -> None:
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # pyHanko leaves it untyped
        store.register_multiple([certificate, *chain])
        super().__init__(signing_cert=certificate, cert_registry=store)
        self._key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if digest_algorithm != "sha256":
            raise ValueError(f"seals are made with SHA-256, not {digest_algorithm}")
        if dry_run:
            return bytes(self._key.key_size // 8)
        return self._key.sign(data, PKCS1v15(), SHA256())


class _TimedSigner(signers.PdfSigner):
    """Signs at the moment it is given instead of the machine's own."""

    def __init__(self, *args: Any, when: datetime, **named: Any) -> None:
        super().__init__(*args, **named)
        self._when = when

    def init_signing_session(self, *args: Any, **named: Any) -> Any:
        session = super().init_signing_session(*args, **named)
        session.system_time = self._when
        return session


class _QuietWriter(IncrementalPdfFileWriter):
    """Appends the signature and nothing else: the file's own dates and metadata stay as they were typeset."""

    def _update_meta(self) -> None:
        return


class _BoundedStamper(TimeStamper):
    """Asks a time server (RFC 3161) over HTTP, and never longer than `SERVER_SECONDS` for one answer.

    pyHanko's own client bounds each read alone: a server that sends a byte now and then would hold a seal for ever.
    """

    def __init__(self, url: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # pyHanko leaves it untyped
        self._url = url

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        end = monotonic() + SERVER_SECONDS
        headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
        with requests.post(
            self._url,
            req.dump(),
            headers=headers,
            timeout=SERVER_SECONDS / 2,
            stream=True,
            allow_redirects=False,
        ) as answer:
            answer.raise_for_status()
            if answer.headers.get("Content-Type", "").partition(";")[0] != "application/timestamp-reply":
                raise ValueError("the time server did not answer with a time stamp")
            got = b""
            # As it comes: a larger piece would be waited for until it is whole.
            while piece := answer.raw.read1(4096):
                got += piece
                if monotonic() > end or len(got) > MOST_OF_A_STAMP:
                    raise TimeoutError("the time server took too long, or said too much")
        return tsp.TimeStampResp.load(got)


def sign_pdf(
    pdf: bytes,
    *,
    private_key: bytes,
    certificate: bytes,
    chain: tuple[bytes, ...],
    when: datetime,
    reason: str,
    name: str,
    location: str,
    time_server: str | None,
) -> bytes:
    """The signed file: the given bytes, untouched, with one revision appended."""
    meta = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        reason=reason or None,
        name=name or None,
        location=location or None,
    )
    stamper = _stamper(time_server) if time_server else None
    signer = _TimedSigner(
        meta, signer=_signer(private_key, certificate, chain), timestamper=stamper, when=when
    )
    out = signer.sign_pdf(_QuietWriter(BytesIO(pdf), strict=False))
    return cast("BytesIO", out).getvalue()


@lru_cache(maxsize=2)
def _stamper(url: str) -> _BoundedStamper:
    """Kept, for it learns from its first answer how much room a stamp needs."""
    return _BoundedStamper(url)


@lru_cache(maxsize=4)
def _signer(private_key: bytes, certificate: bytes, chain: tuple[bytes, ...]) -> HeldKeySigner:
    key = load_der_private_key(private_key, password=None)
    if not isinstance(key, RSAPrivateKey):
        raise TypeError("a PDF is sealed with an RSA key")
    load = x509.Certificate.load
    return HeldKeySigner(key, load(certificate), [load(above) for above in chain])
