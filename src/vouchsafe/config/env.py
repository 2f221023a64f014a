"""Settings from the environment, typed, and loud when they are wrong."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import Env

env = Env()


def data_folder() -> Path:
    """Where this instance keeps everything: `VOUCHSAFE_DATA`, by default `./data`."""
    return Path(env.str("VOUCHSAFE_DATA", "data")).expanduser().resolve()


def secret_key(folder: Path) -> str:
    """Django's secret: from the environment, else made once and kept beside the other keys."""
    given = env.str("VOUCHSAFE_SECRET_KEY", "")
    if given:
        return str(given)
    kept = folder / "keys" / "django-secret"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = kept.with_name(f"{kept.name}.{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48), encoding="ascii")
        try:
            kept.hardlink_to(fresh)  # the first of several starting processes wins; the others read its value
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return kept.read_text(encoding="ascii").strip()


def _domains(given: list[str]) -> frozenset[str]:
    """Mail domains, however they were parted and written: `a.example, @B.example`."""
    bare = (one.strip().removeprefix("@").lower() for one in given)
    return frozenset(one for one in bare if one)


def sign_on() -> dict[str, dict[str, Any]]:
    """The organisation's own identity providers, at most one of a kind: none where none is set."""
    found = {}
    issuer = env.str("VOUCHSAFE_OIDC_ISSUER", "").removesuffix("/.well-known/openid-configuration")
    if issuer:
        found["oidc"] = {
            "issuer": issuer,
            "client_id": env.str("VOUCHSAFE_OIDC_CLIENT_ID", ""),
            "secret": env.str("VOUCHSAFE_OIDC_CLIENT_SECRET", ""),
            "name": env.str("VOUCHSAFE_OIDC_NAME", "") or urlsplit(issuer).hostname or issuer,
            "domains": _domains(env.list("VOUCHSAFE_OIDC_DOMAINS", [])),
            "authoritative": env.bool("VOUCHSAFE_OIDC_AUTHORITATIVE", False),
            "joins": env.bool("VOUCHSAFE_OIDC_JOIN", False),
        }
        if not found["oidc"]["client_id"]:
            raise ImproperlyConfigured(
                "VOUCHSAFE_OIDC_ISSUER needs VOUCHSAFE_OIDC_CLIENT_ID: what the provider calls this instance."
            )
    metadata = env.str("VOUCHSAFE_SAML_METADATA", "")
    if metadata:
        found["saml"] = {
            "metadata": metadata,
            "idp": env.str("VOUCHSAFE_SAML_IDP", ""),
            "entity_id": env.str("VOUCHSAFE_SAML_ENTITY_ID", ""),
            "name": env.str("VOUCHSAFE_SAML_NAME", "") or urlsplit(metadata).hostname or "SAML",
            "subject": env.str("VOUCHSAFE_SAML_SUBJECT", ""),
            "address": env.str("VOUCHSAFE_SAML_ADDRESS", ""),
            "person": env.str("VOUCHSAFE_SAML_PERSON", ""),
            "domains": _domains(env.list("VOUCHSAFE_SAML_DOMAINS", [])),
            "authoritative": True,  # SAML has no word for an address that was checked
            "joins": env.bool("VOUCHSAFE_SAML_JOIN", False),
        }
    return found
