"""SAML 2.0, Web Browser SSO: a request by redirect, an answer by POST, as python3-saml reads it and we demand besides.

Only an assertion that the provider signed is believed, meant for us alone, sent to our address, in time, and an answer to
a request of ours. Requests are not signed, and encrypted assertions are not read: both go over TLS.
"""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from vouchsafe.adapters.sign_on.refusals import (
    ClocksDisagree,
    NothingLasting,
    ProviderAway,
    ProviderNotBelieved,
    SignOnStopped,
)
from vouchsafe.adapters.sign_on.wire import MAX_BYTES, NoAnswer, Wire, ask, is_safe
from vouchsafe.core.sign_on import Arrival

PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
UNSPECIFIED = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"
REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
NAMES = {"saml": "urn:oasis:names:tc:SAML:2.0:assertion", "samlp": "urn:oasis:names:tc:SAML:2.0:protocol"}
ADDRESSES = (
    "urn:oid:0.9.2342.19200300.100.1.3", "mail", "email",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
)  # fmt: skip
PERSONS = (
    "urn:oid:2.16.840.1.113730.3.1.241", "displayName", "http://schemas.microsoft.com/identity/claims/displayname",
    "urn:oid:2.5.4.3", "cn",
)  # fmt: skip
MAX_ANSWER = 200_000
MAX_SUBJECT = 255
KEPT_FOR = timedelta(minutes=10)
STILL_GOOD_FOR = timedelta(hours=12)
"""Where the metadata can't be had for a while, what was had last serves."""

REST = timedelta(seconds=20)
"""Where it did not answer, nobody waits for it again so soon: anybody may post an answer, and each would wait."""

_kept: dict[str, tuple[datetime, str]] = {}
_silent: dict[str, datetime] = {}


@dataclass(frozen=True, slots=True)
class ServiceProvider:
    """How this instance is known to its provider, and where that says what it is."""

    name: str
    """What people call the provider."""
    entity_id: str
    answer_url: str
    metadata: str
    """The provider's own description: a file, or an address."""
    idp: str = ""
    """Which provider, where the metadata holds several."""
    subject: str = ""
    """The attribute that is the lasting subject; else the persistent NameID."""
    address: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A checked assertion, and the request it answers."""

    arrival: Arrival
    request_id: str


def describe(us: ServiceProvider) -> str:
    """What a provider must know of us, as SAML metadata."""
    wanted = UNSPECIFIED if us.subject else PERSISTENT
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID={quoteattr(us.entity_id)}>\n'
        '  <md:SPSSODescriptor AuthnRequestsSigned="false" WantAssertionsSigned="true"'
        f' protocolSupportEnumeration="{NAMES["samlp"]}">\n'
        f"    <md:NameIDFormat>{escape(wanted)}</md:NameIDFormat>\n"
        f'    <md:AssertionConsumerService Binding="{POST}" Location={quoteattr(us.answer_url)} index="0"'
        ' isDefault="true"/>\n'
        "  </md:SPSSODescriptor>\n"
        "</md:EntityDescriptor>\n"
    )


def begin(us: ServiceProvider, *, now: datetime, wire: Wire = ask) -> tuple[str, str]:
    """Where the visitor is sent, and the request that must be answered. Refuses when the metadata can't be had."""
    from onelogin.saml2.auth import OneLogin_Saml2_Auth
    from onelogin.saml2.errors import OneLogin_Saml2_Error

    try:
        auth = OneLogin_Saml2_Auth(_request(us), old_settings=_settings(us, now, wire))
        there = auth.login(return_to="")
    except OneLogin_Saml2_Error as error:
        raise ProviderNotBelieved(provider=us.name, why=_why(error)) from None
    return str(there), str(auth.get_last_request_id())


def read_answer(us: ServiceProvider, posted: str, *, now: datetime, wire: Wire = ask) -> Answer:
    """Who the provider says came, from the field SAMLResponse. Refuses whatever can't be proved.

    The times are held against this machine's clock, give or take five minutes, by the library.
    """
    from lxml.etree import LxmlError
    from onelogin.saml2.errors import OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError
    from onelogin.saml2.response import OneLogin_Saml2_Response
    from xmlsec import Error as XmlsecError

    if len(posted) > MAX_ANSWER:
        raise ProviderNotBelieved(provider=us.name, why="too long")
    try:
        settings = _settings(us, now, wire)
        response = OneLogin_Saml2_Response(settings, posted)
        response.is_valid(_request(us, posted), raise_exceptions=True)
        request_id = _confirmed(us, response)
        attributes = response.get_attributes()
        subject = _subject(us, response, attributes)
    except OneLogin_Saml2_ValidationError as error:
        raise _refusal(us, error) from None
    except (
        OneLogin_Saml2_Error,
        LxmlError,
        XmlsecError,
        NotBase64,
        ValueError,
        LookupError,
        AttributeError,
        TypeError,
    ) as error:
        # what is posted is anybody's, and the library meets odd shapes with more than its own errors
        raise ProviderNotBelieved(provider=us.name, why=_why(error)) from None
    arrival = Arrival(
        provider=us.name,
        issuer=settings.get_idp_data()["entityId"],
        subject=subject,
        address=_first(attributes, (us.address,) if us.address else ADDRESSES)[:320],
        name=_first(attributes, (us.person,) if us.person else PERSONS)[:200],
    )
    return Answer(arrival, request_id)


def metadata_of(us: ServiceProvider, *, now: datetime, wire: Wire = ask) -> dict[str, Any]:
    """What the provider says of itself: `entityId`, where one signs in, its certificates. Refuses what has none."""
    from lxml.etree import LxmlError
    from onelogin.saml2.errors import OneLogin_Saml2_Error
    from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser

    try:
        parsed = OneLogin_Saml2_IdPMetadataParser.parse(
            _text(us, now, wire), required_sso_binding=REDIRECT, entity_id=us.idp or None
        )
    except (OneLogin_Saml2_Error, LxmlError, ValueError) as error:
        raise ProviderNotBelieved(
            provider=us.name, why=f"its metadata can’t be read ({_why(error)})"
        ) from None
    idp: dict[str, Any] = parsed.get("idp", {})
    if not idp.get("entityId") or not idp.get("singleSignOnService", {}).get("url"):
        raise ProviderNotBelieved(provider=us.name, why="its metadata names no sign-in by HTTP-Redirect")
    if not is_safe(idp["singleSignOnService"]["url"]):
        raise ProviderNotBelieved(provider=us.name, why="its sign-in is not over https")
    if not certificates(idp):
        raise ProviderNotBelieved(provider=us.name, why="its metadata holds no certificate that signs")
    return idp


def certificates(idp: Mapping[str, Any]) -> list[str]:
    """The certificates that its assertions may be signed with, in base64."""
    many = idp.get("x509certMulti", {}).get("signing", [])
    return [*many, *([idp["x509cert"]] if idp.get("x509cert") else [])]


def valid_until(certificate: str) -> datetime:
    """When a certificate in base64 ends. Raises `ValueError` where it is none."""
    from cryptography.x509 import load_der_x509_certificate

    return load_der_x509_certificate(b64decode("".join(certificate.split()))).not_valid_after_utc


def forget() -> None:
    """Ask the provider anew what it says of itself."""
    _kept.clear()
    _silent.clear()


def _text(us: ServiceProvider, now: datetime, wire: Wire) -> str:
    if not us.metadata.startswith(("https://", "http://")):
        try:
            return Path(us.metadata).read_text(encoding="utf-8")[:MAX_BYTES]
        except (OSError, UnicodeDecodeError) as error:
            raise ProviderAway(provider=us.name, why=f"its metadata file: {type(error).__name__}") from None
    kept = _kept.get(us.metadata)
    if kept is None or abs(now - kept[0]) >= KEPT_FOR:
        rests = us.metadata in _silent and abs(now - _silent[us.metadata]) < REST
        try:
            if rests:
                raise NoAnswer("no answer a moment ago")
            kept = (now, wire(us.metadata).body.decode())
        except NoAnswer as error:
            if not rests:
                _silent[us.metadata] = now
            if kept is not None and abs(now - kept[0]) < STILL_GOOD_FOR:
                return kept[1]
            raise ProviderAway(provider=us.name, why=f"its metadata: {error}") from None
        except UnicodeDecodeError:
            raise ProviderNotBelieved(provider=us.name, why="its metadata is no text") from None
        _kept[us.metadata] = kept
    return kept[1]


def _settings(us: ServiceProvider, now: datetime, wire: Wire) -> Any:
    from onelogin.saml2.settings import OneLogin_Saml2_Settings

    return OneLogin_Saml2_Settings(
        {
            "strict": True,
            "sp": {
                "entityId": us.entity_id,
                "assertionConsumerService": {"url": us.answer_url, "binding": POST},
                "NameIDFormat": UNSPECIFIED if us.subject else PERSISTENT,
            },
            "idp": metadata_of(us, now=now, wire=wire),
            "security": {
                "wantAssertionsSigned": True,
                "wantNameId": False,
                "wantAttributeStatement": False,
                "requestedAuthnContext": False,
                "allowRepeatAttributeName": True,
                "rejectDeprecatedAlgorithm": True,
                "allowSingleLabelDomains": True,
            },
        }
    )


def _request(us: ServiceProvider, posted: str = "") -> dict[str, Any]:
    """The request as the library wants it: always to our one address, whatever host it was sent to."""
    parts = urlsplit(us.answer_url)
    return {
        "https": "on" if parts.scheme == "https" else "off",
        "http_host": parts.netloc,
        "script_name": parts.path,
        "get_data": {},
        "post_data": {"SAMLResponse": posted} if posted else {},
    }


def _confirmed(us: ServiceProvider, response: Any) -> str:
    """The request that the signed assertion itself answers, for us alone (saml-profiles 4.1.4.2, 4.1.4.3).

    The library lets an assertion name no audience, recipient or request, and takes the request from the frame
    around it, which nobody need have signed.
    """
    (assertion,) = response.document.iterfind("saml:Assertion", NAMES)
    audiences = [
        one.text
        for one in assertion.iterfind("saml:Conditions/saml:AudienceRestriction/saml:Audience", NAMES)
    ]
    if us.entity_id not in audiences:
        raise ProviderNotBelieved(provider=us.name, why="meant for another party")
    for one in assertion.iterfind("saml:Subject/saml:SubjectConfirmation", NAMES):
        told = one.find("saml:SubjectConfirmationData", NAMES)
        if (
            one.get("Method") == BEARER
            and told is not None
            and told.get("Recipient") == us.answer_url
            and told.get("NotOnOrAfter")
            and told.get("InResponseTo")
            and told.get("InResponseTo") == response.get_in_response_to()
        ):
            return str(told.get("InResponseTo"))
    raise ProviderNotBelieved(provider=us.name, why="it answers no request of ours")


def _subject(us: ServiceProvider, response: Any, attributes: Mapping[str, Sequence[str]]) -> str:
    """What the provider will always call this person. A transient or reusable name is none."""
    if us.subject:
        found = _first(attributes, (us.subject,))
    else:
        found = response.get_nameid() or "" if response.get_nameid_format() == PERSISTENT else ""
    if not 0 < len(found) <= MAX_SUBJECT:
        raise NothingLasting(provider=us.name, why="no persistent NameID, nor the attribute that is set")
    return found


def _first(attributes: Mapping[str, Sequence[str]], names: Sequence[str]) -> str:
    for name in names:
        for value in attributes.get(name, ()):
            if isinstance(value, str) and value.strip():
                return value.strip()
    return ""


def _refusal(us: ServiceProvider, error: Any) -> SignOnStopped:
    late = (error.ASSERTION_TOO_EARLY, error.ASSERTION_EXPIRED, error.RESPONSE_EXPIRED, error.SESSION_EXPIRED)
    kind: type[SignOnStopped] = ClocksDisagree if error.code in late else ProviderNotBelieved
    if error.code == error.STATUS_CODE_IS_NOT_SUCCESS:
        kind = SignOnStopped
    return kind(provider=us.name, why=_why(error))


def _why(error: Exception) -> str:
    """What was wrong, without anything of what was sent."""
    code = getattr(error, "code", "")
    return f"{type(error).__name__} {code}".strip()
