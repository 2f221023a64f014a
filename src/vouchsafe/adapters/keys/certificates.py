"""The RSA key and certificate that sign PDFs: RSA-3072 under a small authority of the instance's own.

RSA, because P-256 and Ed25519 raise a file to PDF 2.0 and so contradict its archive standard. One file
holds the signer's key, its certificate and the authority's certificate. The authority's own key signs
once and is then forgotten: nothing else can ever be issued in its name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID, ObjectIdentifier

KEY_BITS = 3072
VALID_FOR = timedelta(days=20 * 365)
# "Document signing" (RFC 9336): a viewer may show what the certificate is for.
_DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")


@dataclass(frozen=True, slots=True)
class PadesIdentity:
    """What signs a PDF: the private key (PKCS 8, DER), its certificate and the authority's (DER)."""

    private_key: bytes
    certificate: bytes
    chain: tuple[bytes, ...]


def make_identity(name: str, now: datetime) -> bytes:
    """A new key with its certificate and authority, as PEM."""
    authority_key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    signer_key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    authority_name = _named(f"{name} letters authority", name)
    authority = (
        _certificate(authority_name, authority_name, authority_key.public_key(), now)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(authority_key.public_key()), critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    signer = (
        _certificate(_named(f"{name} letter seal", name), authority_name, signer_key.public_key(), now)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([_DOCUMENT_SIGNING]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(signer_key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False
        )
        .sign(authority_key, hashes.SHA256())
    )
    private = signer_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private + signer.public_bytes(Encoding.PEM) + authority.public_bytes(Encoding.PEM)


def read_identity(pem: bytes) -> PadesIdentity:
    """Read a kept identity back; an office may put its own authority's PEM in the same order."""
    private = load_pem_private_key(pem, password=None)
    certificate, *chain = x509.load_pem_x509_certificates(pem)
    return PadesIdentity(
        private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),
        certificate.public_bytes(Encoding.DER),
        tuple(above.public_bytes(Encoding.DER) for above in chain),
    )


def _named(common: str, organisation: str) -> x509.Name:
    # X.520 allows 64 characters in either.
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, common[-64:]),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation[:64]),
        ]
    )


def _certificate(
    subject: x509.Name, issuer: x509.Name, public: rsa.RSAPublicKey, now: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        # A day back, so a reader's clock that runs late does not call the certificate not yet valid.
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + VALID_FOR)
    )


def _usage(*, certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certificates,
        content_commitment=not certificates,
        key_cert_sign=certificates,
        crl_sign=certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
