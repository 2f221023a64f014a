"""The key ring: one file a key and generation, in a folder only its owner can read.

A file is named by kind and generation (`seal-0001.key`). The highest generation of a kind is the one in
use; older ones stay, so that everything they signed or wrapped can still be checked and opened. A file is
written whole, synced, then renamed into place under a lock, so two processes that start together make one
ring, and a power cut leaves either no key or a good one.
"""

from __future__ import annotations

import fcntl
import hmac
import os
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from vouchsafe.core.words import Refusal, msg

if TYPE_CHECKING:
    from vouchsafe.adapters.keys.certificates import PadesIdentity

_FILE = re.compile(r"^(?P<kind>[a-z]+)-(?P<generation>\d{4,})\.key$")
_NONCE_BYTES = 12


class Kind(StrEnum):
    """What a key is for. `seal`: Ed25519 manifests; `pades`: RSA signatures in PDFs; `master`: wraps the
    vault's data keys; `links`: keyed digests of tokens, addresses and journal entries."""

    SEAL = "seal"
    PADES = "pades"
    MASTER = "master"
    LINKS = "links"


class KeysUnreadable(Refusal):
    code = "keys-unreadable"
    msgid = msg("The key file {file} cannot be read.")
    hint_msgid = msg(
        "Restore the folder of keys from your backup. Without it, sealed letters cannot be opened."
    )


@dataclass(frozen=True, slots=True)
class _Key:
    generation: int
    raw: bytes


class Keys:
    """The ring in memory. Reading is free of locks; `rotate` adds a generation and keeps the old ones."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        self._name = name
        self._ring: dict[Kind, dict[int, bytes]] = {}
        self._identities: dict[int, PadesIdentity] = {}
        self._read_at = 0
        self._read()

    # -- the seal's manifests

    def sign(self, data: bytes) -> tuple[str, bytes]:
        """Sign with the present seal key; returns its key id and the 64-byte Ed25519 signature."""
        key = self._current(Kind.SEAL)
        private = Ed25519PrivateKey.from_private_bytes(key.raw)
        return _key_id(key.generation, _public(private)), private.sign(data)

    def verify(self, key_id: str, data: bytes, signature: bytes) -> bool:
        """Was this signed by the seal key of that id, of whatever generation? Unknown ids are False."""
        public = self.public_keys().get(key_id)
        if public is None:
            return False
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
        except InvalidSignature:
            return False
        return True

    def public_keys(self) -> dict[str, bytes]:
        """Every generation's public seal key by key id: 32 raw bytes each, safe to publish."""
        found = {}
        for generation, raw in self._ring[Kind.SEAL].items():
            public = _public(Ed25519PrivateKey.from_private_bytes(raw))
            found[_key_id(generation, public)] = public
        return found

    # -- signatures inside PDFs

    def pades(self) -> PadesIdentity:
        """The RSA key and certificate in use."""
        return self._identity(self._current(Kind.PADES).generation)

    def pades_certificates(self) -> tuple[bytes, ...]:
        """The signing certificates of every generation, DER, oldest first."""
        return tuple(self._identity(g).certificate for g in sorted(self._ring[Kind.PADES]))

    # -- the vault's data keys

    def wrap(self, data_key: bytes, context: bytes) -> bytes:
        """Wrap a data key for `context` (the file it opens) under the present master key."""
        key = self._current(Kind.MASTER)
        nonce = secrets.token_bytes(_NONCE_BYTES)
        head = key.generation.to_bytes(4, "big")
        return head + nonce + AESGCM(key.raw).encrypt(nonce, data_key, head + context)

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """The data key, or KeyError when the master key's generation is gone, ValueError when it was changed."""
        head, nonce, sealed = wrapped[:4], wrapped[4 : 4 + _NONCE_BYTES], wrapped[4 + _NONCE_BYTES :]
        generation = int.from_bytes(head, "big")
        if generation not in self._ring[Kind.MASTER]:
            self.reload()  # another process may have rotated the key a moment ago
        raw = self._ring[Kind.MASTER][generation]
        try:
            return AESGCM(raw).decrypt(nonce, sealed, head + context)
        except InvalidTag:
            raise ValueError("the wrapped key was changed, or belongs to another file") from None

    def is_present(self, wrapped: bytes) -> bool:
        """Was this wrapped under the master key in use now?"""
        return int.from_bytes(wrapped[:4], "big") == self._current(Kind.MASTER).generation

    # -- keyed digests

    def keyed_digest(self, purpose: str, data: bytes, generation: int | None = None) -> bytes:
        """HMAC-SHA256 under the instance's secret, kept apart by purpose. Without a generation, the present one."""
        key = self._current(Kind.LINKS).raw if generation is None else self._ring[Kind.LINKS][generation]
        return hmac.digest(hmac.digest(key, purpose.encode(), "sha256"), data, "sha256")

    def generation(self, kind: Kind) -> int:
        return self._current(kind).generation

    def generations(self, kind: Kind) -> tuple[int, ...]:
        return tuple(sorted(self._ring[kind]))

    # -- rotation

    def rotate(self, kind: Kind, *, now: datetime) -> int:
        """Add a generation and use it from now on; the old ones stay. Returns the new generation."""
        with _locked(self.folder):
            self._read()
            fresh = max(self._ring[kind], default=0) + 1
            _write(self.folder / f"{kind}-{fresh:04d}.key", _MAKERS[kind](self._name, now))
            self._read()
        return fresh

    def reload(self) -> None:
        """Read the folder again: another process may have rotated a key."""
        self._read()

    def follow(self) -> None:
        """Read the folder again if anything in it changed since it was read: one look at its date."""
        if self.folder.stat().st_mtime_ns != self._read_at:
            self._read()

    def _read(self) -> None:
        self._read_at = (
            self.folder.stat().st_mtime_ns
        )  # before reading: what comes meanwhile is read next time
        ring: dict[Kind, dict[int, bytes]] = {kind: {} for kind in Kind}
        for path in sorted(self.folder.iterdir()):
            named = _FILE.match(path.name)
            if named is None or named["kind"] not in list(Kind):
                continue
            kind, raw = Kind(named["kind"]), _read_key(path)
            if kind is not Kind.PADES and len(raw) != 32:
                raise KeysUnreadable(file=path.name)
            ring[kind][int(named["generation"])] = raw
        self._ring = ring

    def _current(self, kind: Kind) -> _Key:
        generation = max(self._ring[kind])
        return _Key(generation, self._ring[kind][generation])

    def _identity(self, generation: int) -> PadesIdentity:
        if generation not in self._identities:
            from vouchsafe.adapters.keys.certificates import read_identity

            self._identities[generation] = read_identity(self._ring[Kind.PADES][generation])
        return self._identities[generation]


def open_keys(folder: Path, *, name: str = "Vouchsafe", now: datetime | None = None) -> Keys:
    """Open the ring, making whatever kind is missing. `name` is written into a new certificate."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    moment = now or datetime.now(UTC)
    with _locked(folder):
        keys = Keys(folder, name)
        missing = [kind for kind in Kind if not keys.generations(kind)]
        for kind in missing:
            _write(folder / f"{kind}-0001.key", _MAKERS[kind](name, moment))
    return Keys(folder, name) if missing else keys


def _random_key(_name: str, _now: datetime) -> bytes:
    return secrets.token_bytes(32)


def _seal_key(_name: str, _now: datetime) -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())


def _identity_key(name: str, now: datetime) -> bytes:
    from vouchsafe.adapters.keys.certificates import make_identity  # X.509 is slow to load

    return make_identity(name, now)


_MAKERS: dict[Kind, Callable[[str, datetime], bytes]] = {
    Kind.SEAL: _seal_key,
    Kind.PADES: _identity_key,
    Kind.MASTER: _random_key,
    Kind.LINKS: _random_key,
}


def _public(private: Ed25519PrivateKey) -> bytes:
    return private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def _key_id(generation: int, public: bytes) -> str:
    return f"seal-{generation:04d}-{sha256(public).hexdigest()[:8]}"


def _read_key(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise KeysUnreadable(file=path.name) from None


def _write(path: Path, raw: bytes) -> None:
    partial = path.with_suffix(f".{os.getpid()}.partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        partial.rename(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    descriptor = os.open(folder / ".lock", os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
