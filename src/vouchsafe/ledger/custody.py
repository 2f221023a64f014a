"""The instance's keys and vault, opened once a process from the settings."""

from __future__ import annotations

import fcntl
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.conf import settings
from django.db import connection

from vouchsafe.adapters.keys import Keys, Kind, open_keys
from vouchsafe.adapters.vault import Bucket, FolderStorage, ObjectStorage, Storage, Vault

_VAULT_LOCK = 0x766F756368  # one number for the whole instance: PostgreSQL's own locks go by number


def keys() -> Keys:
    """The ring as it is now: keys rotated by a command are used by running servers from the next call on."""
    ring = _ring()
    ring.follow()
    return ring


def vault() -> Vault:
    _ring().follow()
    return _vault()


@cache
def _ring() -> Keys:
    return open_keys(settings.DATA_FOLDER / "keys")


@cache
def _vault() -> Vault:
    return Vault(storage(), _ring())


def storage() -> Storage:
    """Where the encrypted bytes lie, as the settings say."""
    if settings.VAULT_BUCKET is None:
        return FolderStorage(settings.DATA_FOLDER / "vault")
    return ObjectStorage(Bucket(**settings.VAULT_BUCKET), alone=alone)


@contextmanager
def alone() -> Iterator[None]:
    """One at a time over every process of the instance: by the database they share, on SQLite by its machine's folder."""
    if connection.vendor != "postgresql":
        with (settings.DATA_FOLDER / ".vault-lock").open("wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_VAULT_LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_VAULT_LOCK])


def encrypt(data: bytes, *, context: str) -> bytes:
    """Encrypt what a column may hold only in secret: a mail, a draft. `context` names what it is."""
    return keys().wrap(data, context.encode())


def decrypt(sealed: bytes | memoryview, *, context: str) -> bytes:
    """What `encrypt` gave; a database may hand a column back as a view of its bytes."""
    return keys().unwrap(bytes(sealed), context.encode())


def digest(purpose: str, value: str) -> str:
    """A keyed digest in hex: equal for equal values, useless without the instance's secret."""
    return keys().keyed_digest(purpose, value.encode()).hex()


def secret_generation() -> int:
    """The generation of the link secret that new tokens are made from."""
    return keys().generation(Kind.LINKS)


def token(purpose: str, key: str, n: int, generation: int) -> str:
    """The nth token of one row: 256 bits as 43 URL-safe characters, made again whenever it is needed.

    It is put into a mail only at the moment of sending; the database holds no more than its hash.
    """
    mac = keys().keyed_digest(f"token:{purpose}", f"{key}|{n}".encode(), generation)
    return urlsafe_b64encode(mac).rstrip(b"=").decode("ascii")


def mail_domain() -> str:
    """The domain this instance writes from."""
    return str(settings.MAIL_FROM).rpartition("@")[2]
