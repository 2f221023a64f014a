"""A SAML provider on paper: its metadata, and answers that are right but for the one piece a test bends."""

from __future__ import annotations

import base64
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from lxml import etree
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Constants
from onelogin.saml2.utils import OneLogin_Saml2_Utils

ENTITY = "https://idp.example.edu/metadata"
MAIL = "urn:oid:0.9.2342.19200300.100.1.3"
NAME = "urn:oid:2.16.840.1.113730.3.1.241"


@cache
def a_key(name: str) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def identity(name: str = "first", days: int = 30) -> tuple[str, str]:
    """A key and its own certificate, as PEM."""
    key = a_key(name)
    called = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(called).issuer_name(called).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - timedelta(days=400)).not_valid_after(now + timedelta(days=days))
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = serialization.Encoding.PEM
    plain = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return plain.decode(), certificate.public_bytes(pem).decode()


def metadata(entity: str = ENTITY, *, name: str = "first", days: int = 30) -> str:
    bare = "".join(identity(name, days)[1].splitlines()[1:-1])
    return f"""<?xml version="1.0"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{entity}">
  <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data>
      <ds:X509Certificate>{bare}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.edu/sso"/>
  </md:IDPSSODescriptor>
</md:EntityDescriptor>"""


def asked(there: str) -> etree._Element:
    """The request in the address that a visitor is sent to."""
    packed = parse_qs(urlsplit(there).query)["SAMLRequest"][0]
    return etree.fromstring(zlib.decompress(base64.b64decode(packed), -15))


@dataclass
class Assertion:
    """One answer. Every field can be bent; `answer` is the form field that a browser posts."""

    request_id: str
    audience: str
    recipient: str
    issuer: str = ENTITY
    subject: str = "p-1"
    kind: str = Constants.NAMEID_PERSISTENT
    attributes: dict[str, str] = field(default_factory=dict)
    confirms: str | None = None
    """The request that the signed part answers; else that of the frame."""
    seconds: int = 300
    begins: int = -10
    signer: str | None = "first"
    digest: str = Constants.SHA256
    signature: str = Constants.RSA_SHA256
    status: str = Constants.STATUS_SUCCESS
    destination: str | None = None
    audiences: bool = True
    ends: bool = True
    """The confirmation says until when; the conditions do so always."""

    def assertion(self, name: str = "_a1") -> str:
        now = datetime.now(UTC)
        until, since = _at(now, self.seconds), _at(now, self.begins)
        confirms = self.request_id if self.confirms is None else self.confirms
        answers = f' InResponseTo="{confirms}"' if confirms else ""
        ending = f' NotOnOrAfter="{until}"' if self.ends else ""
        restriction = (
            f"<saml:AudienceRestriction><saml:Audience>{self.audience}</saml:Audience></saml:AudienceRestriction>"
            if self.audiences else ""
        )  # fmt: skip
        stated = "".join(
            f'<saml:Attribute Name="{key}"><saml:AttributeValue>{value}</saml:AttributeValue></saml:Attribute>'
            for key, value in self.attributes.items()
        )
        statement = f"<saml:AttributeStatement>{stated}</saml:AttributeStatement>" if stated else ""
        text = (
            f'<saml:Assertion xmlns:saml="{Constants.NS_SAML}" ID="{name}" Version="2.0" IssueInstant="{_at(now, 0)}">'
            f"<saml:Issuer>{self.issuer}</saml:Issuer>"
            f'<saml:Subject><saml:NameID Format="{self.kind}">{self.subject}</saml:NameID>'
            f'<saml:SubjectConfirmation Method="{Constants.CM_BEARER}"><saml:SubjectConfirmationData'
            f'{answers} Recipient="{self.recipient}"{ending}/></saml:SubjectConfirmation></saml:Subject>'
            f'<saml:Conditions NotBefore="{since}" NotOnOrAfter="{until}">{restriction}</saml:Conditions>'
            f'<saml:AuthnStatement AuthnInstant="{_at(now, 0)}"><saml:AuthnContext><saml:AuthnContextClassRef>'
            f"{Constants.AC_PASSWORD}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>"
            f"{statement}</saml:Assertion>"
        )
        if self.signer is None:
            return text
        key, certificate = identity(self.signer)
        signed = OneLogin_Saml2_Utils.add_sign(
            text, key, certificate, sign_algorithm=self.signature, digest_algorithm=self.digest
        )
        return signed.decode() if isinstance(signed, bytes) else str(signed)

    def frame(self, inside: str) -> str:
        destination = self.recipient if self.destination is None else self.destination
        answers = f' InResponseTo="{self.request_id}"' if self.request_id else ""
        return (
            f'<samlp:Response xmlns:samlp="{Constants.NS_SAMLP}" xmlns:saml="{Constants.NS_SAML}" ID="_r1" Version="2.0"'
            f' IssueInstant="{_at(datetime.now(UTC), 0)}" Destination="{destination}"{answers}>'
            f'<saml:Issuer>{self.issuer}</saml:Issuer><samlp:Status><samlp:StatusCode Value="{self.status}"/></samlp:Status>'
            f"{inside}</samlp:Response>"
        )

    def answer(self) -> str:
        return packed(self.frame(self.assertion() if self.status == Constants.STATUS_SUCCESS else ""))


def packed(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _at(now: datetime, seconds: int) -> str:
    return (now + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")
