"""OpenID Connect, authorization code flow with state, nonce and PKCE (OpenID Connect Core 1.0, RFC 7636, 9207, 9700)."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from vouchsafe.adapters.sign_on.refusals import (
    ClocksDisagree,
    NothingLasting,
    ProviderAway,
    ProviderNotBelieved,
    SignOnStopped,
)
from vouchsafe.adapters.sign_on.wire import NoAnswer, Wire, ask, is_safe
from vouchsafe.core.sign_on import Arrival

SCOPES = "openid email profile"
KEPT_FOR = timedelta(minutes=10)
LEEWAY = timedelta(seconds=90)
SIGNED_BY = frozenset(
    ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
)
"""Signatures by a private key alone: never `none`, never a secret that we hold too."""
MAX_SUBJECT = 255

_kept: dict[str, tuple[datetime, dict[str, Any]]] = {}


@dataclass(frozen=True, slots=True)
class Client:
    """How this instance is known to its provider."""

    issuer: str
    client_id: str
    name: str
    """What people call the provider."""
    back_url: str
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Round:
    """What one sign-in must come back with. Kept in the visitor's session until then."""

    state: str
    nonce: str
    verifier: str = field(repr=False)


def begin(client: Client, *, now: datetime, wire: Wire = ask) -> tuple[str, Round]:
    """Where the visitor is sent, and what must come back. Refuses when the provider can't be reached."""
    provider = discover(client, now=now, wire=wire)
    one = Round(*(secrets.token_urlsafe(32) for _ in range(3)))
    challenge = base64.urlsafe_b64encode(hashlib.sha256(one.verifier.encode()).digest()).rstrip(b"=")
    asked = {
        "response_type": "code",
        "client_id": client.client_id,
        "redirect_uri": client.back_url,
        "scope": SCOPES,
        "state": one.state,
        "nonce": one.nonce,
        "code_challenge": challenge.decode("ascii"),
        "code_challenge_method": "S256",
    }
    there = provider["authorization_endpoint"]
    return f"{there}{'&' if urlsplit(there).query else '?'}{urlencode(asked)}", one


def redeem(
    client: Client, one: Round, back: Mapping[str, str], *, now: datetime, wire: Wire = ask
) -> Arrival:
    """Who came back, from what the provider put into the address (`back`). Refuses whatever can't be proved."""
    provider = discover(client, now=now, wire=wire)
    told_by = back.get("iss")
    if told_by is not None and told_by != provider["issuer"]:
        raise ProviderNotBelieved(provider=client.name, why="another issuer came back")
    if "error" in back or not back.get("code"):
        raise SignOnStopped(provider=client.name, why=_code(back.get("error", "no code")))
    tokens = _tokens(client, provider, back["code"], one, wire)
    claims = _checked(client, provider, str(tokens.get("id_token", "")), one, now, wire)
    if "email" not in claims and "userinfo_endpoint" in provider and tokens.get("access_token"):
        claims = {
            **claims,
            **_told_beside(client, provider, str(tokens["access_token"]), claims["sub"], wire),
        }
    return Arrival(
        provider=client.name,
        issuer=provider["issuer"],
        subject=claims["sub"],
        address=str(claims.get("email") or "")[:320],
        address_proved=_yes_or_no(claims.get("email_verified")),
        name=str(claims.get("name") or "")[:200],
    )


def discover(client: Client, *, now: datetime, wire: Wire = ask) -> dict[str, Any]:
    """What the provider says of itself, kept for ten minutes. Refuses one that goes by another name."""
    kept = _kept.get(client.issuer)
    if kept is not None and abs(now - kept[0]) < KEPT_FOR:
        return kept[1]
    said = _json(client, wire, f"{client.issuer.rstrip('/')}/.well-known/openid-configuration")
    if str(said.get("issuer", "")).rstrip("/") != client.issuer.rstrip("/"):
        raise ProviderNotBelieved(provider=client.name, why="it goes by another issuer than is set")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if not is_safe(str(said.get(name, ""))):
            raise ProviderNotBelieved(provider=client.name, why=f"{name} is missing or not over https")
    _kept[client.issuer] = (now, said)
    return said


def keys_of(client: Client, provider: dict[str, Any], wire: Wire = ask) -> list[dict[str, Any]]:
    """The keys that it may sign with."""
    keys = _json(client, wire, provider["jwks_uri"]).get("keys", [])
    return [one for one in keys if isinstance(one, dict) and one.get("use", "sig") == "sig"]


def forget() -> None:
    """Ask the provider anew what it says of itself."""
    _kept.clear()


def _tokens(client: Client, provider: dict[str, Any], code: str, one: Round, wire: Wire) -> dict[str, Any]:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": client.back_url,
        "code_verifier": one.verifier,
    }
    headers = {}
    ways = provider.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    if client.secret and "client_secret_basic" in ways:
        pair = f"{quote(client.client_id, safe='')}:{quote(client.secret, safe='')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode('ascii')}"
    else:
        form["client_id"] = client.client_id
        if client.secret:
            form["client_secret"] = client.secret
    return _json(client, wire, provider["token_endpoint"], form=form, headers=headers)


def _checked(
    client: Client, provider: dict[str, Any], token: str, one: Round, now: datetime, wire: Wire
) -> dict[str, Any]:
    """The claims of an ID token whose signature, issuer, audience, nonce and times hold (Core 1.0, 3.1.3.7)."""
    import jwt

    try:
        head = jwt.get_unverified_header(token)
        if head.get("alg") not in SIGNED_BY:
            raise ProviderNotBelieved(provider=client.name, why="signed in a way that proves nothing")
        key = _key(keys_of(client, provider, wire), head)
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=[head["alg"]],
            audience=client.client_id,
            issuer=provider["issuer"],
            # the times are looked at below, by the clock that was handed in
            options={
                "require": ["iss", "sub", "aud", "exp", "iat"],
                "verify_exp": False,
                "verify_iat": False,
                "verify_nbf": False,
            },
        )
    except (jwt.PyJWTError, ValueError, TypeError, KeyError) as error:
        raise ProviderNotBelieved(provider=client.name, why=_what(error)) from None
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", client.client_id if not several else None) != client.client_id:
        raise ProviderNotBelieved(provider=client.name, why="meant for another party")
    if claims.get("nonce") != one.nonce:
        raise ProviderNotBelieved(provider=client.name, why="it answers another round")
    _in_time(client, claims, now)
    if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= MAX_SUBJECT:
        raise NothingLasting(provider=client.name, why="no subject")
    return claims


def _key(keys: list[dict[str, Any]], head: dict[str, Any]) -> Any:
    """The one key that may have signed: named by the token, or the only one of its kind."""
    import jwt

    family = {"R": "RSA", "P": "RSA", "ES": "EC", "Ed": "OKP"}
    kind = family.get(head["alg"][:2]) or family[head["alg"][0]]
    fit = [
        one for one in keys if one.get("kty") == kind and ("kid" not in head or one.get("kid") == head["kid"])
    ]
    if len(fit) != 1:
        raise KeyError("no such key")
    return jwt.PyJWK(fit[0], algorithm=head["alg"])


def _in_time(client: Client, claims: dict[str, Any], now: datetime) -> None:
    here, drift = now.timestamp(), LEEWAY.total_seconds()
    try:
        over, made = float(claims["exp"]), float(claims["iat"])
        since = float(claims.get("nbf", made))
    except (TypeError, ValueError, OverflowError):
        raise ProviderNotBelieved(provider=client.name, why="its times can’t be read") from None
    if not (over > here - drift and made < here + drift and since < here + drift):  # so that NaN fails too
        raise ClocksDisagree(
            provider=client.name, why=f"made {made - here:+.0f} s, over {over - here:+.0f} s"
        )


def _told_beside(
    client: Client, provider: dict[str, Any], access: str, subject: str, wire: Wire
) -> dict[str, Any]:
    """The claims that a provider tells only at its userinfo endpoint, of the same subject."""
    url = str(provider["userinfo_endpoint"])
    said = _json(client, wire, url, headers={"Authorization": f"Bearer {access}"})
    if said.get("sub") != subject:
        raise ProviderNotBelieved(provider=client.name, why="userinfo is of somebody else")
    return {name: said[name] for name in ("email", "email_verified", "name") if name in said}


def _json(client: Client, wire: Wire, url: str, **asked: Any) -> dict[str, Any]:
    try:
        said = json.loads(wire(url, **asked).body)
    except NoAnswer as error:
        kind = SignOnStopped if error.refused else ProviderAway
        raise kind(provider=client.name, why=f"{urlsplit(url).path}: {error}") from None
    except ValueError:
        raise ProviderNotBelieved(provider=client.name, why=f"{urlsplit(url).path}: not JSON") from None
    if not isinstance(said, dict):
        raise ProviderNotBelieved(provider=client.name, why=f"{urlsplit(url).path}: not an object")
    return said


def _yes_or_no(said: object) -> bool | None:
    """Some providers write the truth as a word."""
    return {"true": True, "false": False}.get(str(said).lower())


def _code(error: str) -> str:
    """An error as OAuth spells them, for the log; anything else is not repeated."""
    return error if error.replace("_", "").isalpha() and len(error) <= 40 else "an error of its own"


def _what(error: Exception) -> str:
    """What was wrong with a token, without anything of what it says."""
    return " ".join(filter(None, (type(error).__name__, getattr(error, "claim", ""))))
