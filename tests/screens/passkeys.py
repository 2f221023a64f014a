"""A passkey as a browser would have registered it, of a device that there is not."""

from __future__ import annotations

from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

NAME = b"a passkey of the tests"


def registered_passkey() -> dict[str, Any]:
    """What is kept of it: enough for pages to name it and ask for it, and no device answers."""
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT
    data = AuthenticatorData.create(
        bytes(32), flags, 0, AttestedCredentialData.create(Aaguid.NONE, NAME, key)
    )
    told = b'{"type":"webauthn.create","challenge":"AAAA","origin":"http://localhost"}'
    response = {
        "clientDataJSON": websafe_encode(told),
        "attestationObject": websafe_encode(bytes(AttestationObject.create("none", data, {}))),
    }
    name = websafe_encode(NAME)
    return {
        "name": "Phone",
        "credential": {"id": name, "rawId": name, "type": "public-key", "response": response},
    }
