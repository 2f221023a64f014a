"""The vault's calls: put, open, erase, sweep, rewrap, and kept, which lists.

A file may be sealed from some accounts: those of the applicant who has waived the right to read it. Their
keys stand in the file's header, and the header is part of what the file's key and every chunk are
encrypted with. So the rule does not rest on a row of the database: whoever takes the keys out of the
header, or gives the file another header, has a file that no longer opens. There is no call that loosens it.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Protocol

from vouchsafe.adapters.vault.envelope import close_envelope, encode_header, open_envelope, split_envelope
from vouchsafe.adapters.vault.storage import Storage
from vouchsafe.core.words import Refusal, msg

_FILES, _KEYS = "files", "keys"


class Wrapping(Protocol):
    """What the vault needs of the key ring."""

    def wrap(self, data_key: bytes, context: bytes) -> bytes: ...

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes: ...

    def is_present(self, wrapped: bytes) -> bool: ...


class Role(StrEnum):
    """In what part somebody opens a file. `house` is the machinery itself (sealing, making a packet)."""

    APPLICANT = "applicant"
    WRITER = "writer"
    READER = "reader"
    OFFICE = "office"
    HOUSE = "house"


# Whoever runs the instance helps with plans and requests; a letter in confidence is not theirs to read.
_MAY_OPEN_CONFIDENCE = frozenset({Role.WRITER, Role.READER, Role.HOUSE})


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who opens: the part they play, and every opaque key that stands for them.

    `keys` holds the account's key and a keyed digest of each proven address, so that a second account with
    the same address is still the same person. The machinery gives a `purpose` in place of keys.
    """

    role: Role
    keys: frozenset[str] = field(default_factory=frozenset)
    purpose: str = ""

    def __post_init__(self) -> None:
        if self.role is Role.HOUSE and not self.purpose:
            raise ValueError("the house says what it opens a file for")


@dataclass(frozen=True, slots=True)
class Stored:
    """A file as it was put away: its id, and the length and SHA-256 of its plain bytes."""

    file_id: str
    size: int
    sha256: bytes


class FileInConfidence(Refusal):
    code = "file-in-confidence"
    msgid = msg("This letter was written in confidence. It cannot be opened here.")
    hint_msgid = msg("Its writer may send you an open one.")


class VaultFileMissingError(LookupError):
    """No such file, or erased: the vault does not tell which."""


class VaultDamagedError(Exception):
    """The file is there and does not open: changed, cut off, exchanged, or its master key is gone."""


class Vault:
    def __init__(self, storage: Storage, keys: Wrapping) -> None:
        self._storage = storage
        self._keys = keys

    def put(self, data: bytes, *, sealed_from: frozenset[str] = frozenset()) -> Stored:
        """Keep the bytes under a key of their own. When this returns, a power cut no longer loses them."""
        file_id = secrets.token_hex(16)
        header = encode_header({"file": file_id, "sealed_from": sorted(sealed_from), "size": len(data)})
        data_key = secrets.token_bytes(32)
        self._storage.put(_name(_FILES, file_id), close_envelope(data, data_key, header))
        self._storage.put(_name(_KEYS, file_id), self._keys.wrap(data_key, _context(file_id, header)))
        return Stored(file_id, len(data), sha256(data).digest())

    def open(self, file_id: str, viewer: Viewer) -> bytes:
        """The plain bytes for this viewer.

        FileInConfidence when they may not; VaultFileMissingError when it is not there or was erased.
        """
        header, chunks, data_key = self._unlock(file_id)
        told = json.loads(header)
        if told["sealed_from"]:
            if viewer.role not in _MAY_OPEN_CONFIDENCE or viewer.keys.intersection(told["sealed_from"]):
                raise FileInConfidence
        elif viewer.role is not Role.HOUSE and not viewer.keys:
            raise FileInConfidence
        try:
            data = open_envelope(chunks, data_key, header)
        except ValueError as damage:
            raise VaultDamagedError(file_id) from damage
        if len(data) != told["size"]:
            raise VaultDamagedError(file_id)
        return data

    def exists(self, file_id: str) -> bool:
        return self._storage.exists(_name(_KEYS, file_id)) and self._storage.exists(_name(_FILES, file_id))

    def erase(self, file_id: str) -> bool:
        """Destroy the file's key, then its bytes. Copies of the bytes in old backups are then unreadable too,
        as long as the backup of the keys is kept no longer than promised. False when nothing was there."""
        with self._storage.alone():
            had_key = self._storage.delete(_name(_KEYS, file_id))
            had_file = self._storage.delete(_name(_FILES, file_id))
        return had_key or had_file

    def sweep(self, *, is_known: Callable[[str], bool], before: datetime) -> list[str]:
        """Erase files no row speaks of, written before a moment that leaves running actions time to commit."""
        swept: set[str] = set()
        for folder in (_FILES, _KEYS):
            for name, written_at in self._storage.names(folder):
                file_id = name.rsplit("/", 1)[-1]
                if written_at >= before:
                    continue
                if file_id.startswith("."):  # half written when a process was killed
                    self._storage.delete(name)
                elif file_id not in swept and not is_known(file_id):
                    self.erase(file_id)
                    swept.add(file_id)
        return sorted(swept)

    def kept(self) -> Iterator[tuple[str, datetime]]:
        """Every file by id, with the moment it was written. A file without a key, or a key alone, counts too."""
        found: dict[str, datetime] = {}
        for folder in (_FILES, _KEYS):
            for name, written_at in self._storage.names(folder):
                file_id = name.rsplit("/", 1)[-1]
                if not file_id.startswith("."):  # else half written when a process was killed
                    # A key that was wrapped anew is younger than its file.
                    found[file_id] = min(written_at, found.get(file_id, written_at))
        yield from sorted(found.items())

    def rewrap(self, file_id: str) -> bool:
        """Wrap the file's key under the present master key, after a rotation; False when it is already.

        The file itself is read and never written. An erasure meanwhile stays one.
        """
        with self._storage.alone():
            name = _name(_KEYS, file_id)
            try:
                if self._keys.is_present(self._storage.get(name)):
                    return False
            except KeyError:
                raise VaultFileMissingError(file_id) from None
            header, _, data_key = self._unlock(file_id)
            self._storage.put(name, self._keys.wrap(data_key, _context(file_id, header)))
        return True

    def _unlock(self, file_id: str) -> tuple[bytes, memoryview, bytes]:
        try:
            wrapped = self._storage.get(_name(_KEYS, file_id))
            envelope = self._storage.get(_name(_FILES, file_id))
        except KeyError:
            raise VaultFileMissingError(file_id) from None
        try:
            header, chunks = split_envelope(envelope)
            data_key = self._keys.unwrap(wrapped, _context(file_id, header))
        except (ValueError, KeyError) as damage:
            raise VaultDamagedError(file_id) from damage
        return header, chunks, data_key


def places_of(file_id: str) -> tuple[str, str]:
    """Under which names the storage keeps a file's bytes and its wrapped key, as a backup takes both."""
    return _name(_FILES, file_id), _name(_KEYS, file_id)


def _name(folder: str, file_id: str) -> str:
    # An id comes back from rows and addresses: anything but our own form could walk out of the folder.
    if len(file_id) != 32 or not set(file_id) <= set("0123456789abcdef"):
        raise VaultFileMissingError(file_id)
    return f"{folder}/{file_id[:2]}/{file_id}"


def _context(file_id: str, header: bytes) -> bytes:
    return file_id.encode() + sha256(header).digest()
