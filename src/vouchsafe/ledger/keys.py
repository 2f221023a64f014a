"""Random public keys and capability tokens. Integer ids never leave the house; keys do."""

from __future__ import annotations

import hashlib
import secrets


def new_key() -> str:
    """A random public name for a row: 96 bits, safe in a URL, not a secret by itself."""
    return secrets.token_hex(12)


def new_token() -> str:
    """A bearer token of 256 random bits as 43 URL-safe characters."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What a column may hold of a token: its SHA-256 in hex. Tokens are random, so no salt is needed."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
