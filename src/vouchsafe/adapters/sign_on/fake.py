"""A provider of OpenID Connect in memory: what it says can be bent for a test, one piece at a time."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec

from vouchsafe.adapters.sign_on.wire import NoAnswer, Told

ISSUER = "https://login.example.edu"


@cache
def a_key(name: str = "first") -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@dataclass
class FakeProvider:
    """Give it as `wire`. `sign_in` is what its own page would do; `claims` and `head` change what it then tells."""

    now: datetime
    client_id: str = "vouchsafe"
    issuer: str = ISSUER
    claims: dict[str, Any] = field(default_factory=dict)
    head: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] | None = None
    document: dict[str, Any] = field(default_factory=dict)
    key: Any = None
    away: bool = False
    token: str | None = None
    asked: list[tuple[str, Mapping[str, str] | None, Mapping[str, str] | None]] = field(default_factory=list)
    _codes: dict[str, dict[str, Any]] = field(default_factory=dict)

    def sign_in(self, there: str, **claims: Any) -> dict[str, str]:
        """What comes back in the address after somebody has signed in there."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(there).query).items()}
        code = hashlib.sha256(asked["state"].encode()).hexdigest()
        self._codes[code] = {**asked, "claims": claims}
        return {"code": code, "state": asked["state"]}

    def __call__(
        self, url: str, *, form: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> Told:
        self.asked.append((url, form, headers))
        if self.away:
            raise NoAnswer("ConnectionRefusedError")
        answers: dict[str, Callable[[], object]] = {
            "/.well-known/openid-configuration": self._document,
            "/keys": self._keys,
            "/token": lambda: self._token(dict(form or {})),
            "/userinfo": lambda: self.userinfo,
        }
        return Told(json.dumps(answers[urlsplit(url).path]()).encode())

    def _document(self) -> dict[str, Any]:
        said = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "code_challenge_methods_supported": ["S256"],
            "claims_supported": ["sub", "email", "email_verified", "name"],
        }
        return {
            **said,
            **({"userinfo_endpoint": f"{self.issuer}/userinfo"} if self.userinfo else {}),
            **self.document,
        }

    def _keys(self) -> dict[str, Any]:
        public = jwt.algorithms.ECAlgorithm.to_jwk(a_key().public_key(), as_dict=True)
        return {"keys": [{**public, "kid": "1", "use": "sig", "alg": "ES256"}]}

    def _token(self, form: dict[str, str]) -> dict[str, Any]:
        asked = self._codes.pop(form["code"], None)
        made = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=")
        if (
            asked is None
            or asked["code_challenge"] != made.decode()
            or asked["redirect_uri"] != form["redirect_uri"]
        ):
            raise NoAnswer("answered 400 invalid_grant", refused=True)
        told = {
            "iss": self.issuer,
            "sub": "u-1",
            "aud": self.client_id,
            "iat": int(self.now.timestamp()),
            "exp": int(self.now.timestamp()) + 300,
            "nonce": asked["nonce"],
            **asked["claims"],
            **self.claims,
        }
        head = {"kid": "1", **self.head}
        algorithm = head.pop("alg", "ES256")
        token = self.token or jwt.encode(
            {name: value for name, value in told.items() if value is not None},
            self.key if self.key is not None or algorithm == "none" else a_key(),
            algorithm=algorithm,
            headers=head,
        )
        return {"access_token": "a", "token_type": "Bearer", "id_token": token}
