"""One file that holds an instance: a tar stream encrypted with age, ending in a manifest of every member.

Any age tool opens it, so a backup never depends on this program. pyrage streams only to and from keys; under
a passphrase the file therefore begins with a fresh age identity, armoured and locked by the passphrase, and the rest
is encrypted to that identity. Nothing is held in memory but one chunk, whatever the size.
"""

from __future__ import annotations

import json
import os
import tarfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from importlib import import_module
from typing import Any, BinaryIO, Protocol

from vouchsafe.core.words import Refusal, msg

MANIFEST = "manifest.json"
CHUNK = 1 << 20
_HEAD, _TAIL = b"-----BEGIN AGE ENCRYPTED FILE-----", b"-----END AGE ENCRYPTED FILE-----\n"
_LONGEST_HEAD = 16_384
_BLOCK = 512


class ArchiveDamaged(Refusal):
    code = "archive-damaged"
    msgid = msg("This backup is damaged or cut off: {where}. Nothing of it was used.")
    hint_msgid = msg("Take another copy of it, or the backup before it.")


class ArchiveLocked(Refusal):
    code = "archive-locked"
    msgid = msg("This backup does not open with that passphrase or key.")
    hint_msgid = msg("Give the passphrase it was made with, or the identity that belongs to its recipient.")


class RecipientNotUnderstood(Refusal):
    code = "recipient-not-understood"
    msgid = msg("{given} is not a key of age.")
    hint_msgid = msg(
        "A recipient begins with age1, an identity with AGE-SECRET-KEY-1. age-keygen makes both."
    )


@dataclass(frozen=True, slots=True)
class Member:
    """One file on its way in: its name, its exact size, and its bytes in chunks."""

    name: str
    size: int
    chunks: Iterable[bytes]


@dataclass(frozen=True, slots=True)
class Lock:
    """To whom an archive is encrypted, and what stands before it."""

    recipients: tuple[Any, ...]
    head: bytes = b""


Unlock = Callable[[bytes], Any]
"""From the head of an archive (empty where there is none) to the age identity that opens the rest."""


class Sink(Protocol):
    def write(self, data: bytes, /) -> object: ...

    def close(self) -> None: ...


@dataclass(slots=True)
class _Read:
    files: dict[str, dict[str, object]] = field(default_factory=dict)
    manifest: dict[str, Any] | None = None


def lock_by_passphrase(passphrase: str) -> Lock:
    """A fresh identity, locked by the passphrase (scrypt, about a second)."""
    pyrage = _age()

    identity = pyrage.x25519.Identity.generate()
    head = pyrage.passphrase.encrypt(str(identity).encode(), passphrase, armored=True)
    return Lock((identity.to_public(),), head if head.endswith(b"\n") else head + b"\n")


def lock_for(recipients: Sequence[str]) -> Lock:
    """For whoever holds one of the identities: `age1…`."""
    return Lock(tuple(_parsed("Recipient", given) for given in recipients))


def unlock_by_passphrase(passphrase: str) -> Unlock:
    pyrage = _age()

    def unlock(head: bytes) -> Any:
        if not head:
            raise ArchiveLocked
        try:
            return _parsed("Identity", pyrage.passphrase.decrypt(head, passphrase).decode())
        except pyrage.DecryptError:
            raise ArchiveLocked from None

    return unlock


def unlock_with(identity: str) -> Unlock:
    parsed = _parsed("Identity", identity)

    def unlock(head: bytes) -> Any:
        if head:
            raise ArchiveLocked
        return parsed

    return unlock


def write_archive(
    out: BinaryIO, members: Iterable[Member], facts: Callable[[], dict[str, Any]], lock: Lock
) -> dict[str, Any]:
    """Write every member, then the manifest: `facts`, asked when all is read, and each file's size and SHA-256."""
    pyrage = _age()

    kept: dict[str, Any] = {}
    reader, writer = _Pulled(_tar(members, facts, kept)), _Pushed(out)
    out.write(lock.head)
    try:
        pyrage.encrypt_io(reader, writer, list(lock.recipients))
    except pyrage.EncryptError as trouble:  # the library tells only that reading or writing failed
        raise (reader.fault or writer.fault or trouble) from None
    if writer.fault is not None:  # and of the last piece it tells not even that
        raise writer.fault
    return kept


def read_archive(source: BinaryIO, unlock: Unlock, keep: Callable[[str], Sink]) -> dict[str, Any]:
    """Read it through, giving every member's bytes to what `keep` opens for its name; returns the manifest.

    ArchiveDamaged unless every byte is proven: age's own tags, and then size and SHA-256 of every file, with none
    missing and none beyond the manifest. What was kept until then is the caller's to throw away.
    """
    identity = unlock(_take_head(source))
    read = _Read()
    receiving, giving = os.pipe()
    faults: list[BaseException] = []
    with os.fdopen(receiving, "rb") as plain:
        thread = threading.Thread(target=_decrypt, args=(source, giving, identity, faults), daemon=True)
        thread.start()
        try:
            with tarfile.open(mode="r|", fileobj=plain, bufsize=CHUNK) as tar:
                for entry in tar:
                    _take(tar, entry, read, keep)
        except (tarfile.TarError, ValueError) as trouble:
            faults.append(trouble)
        plain.close()  # so that the other side ends
        thread.join()
    if faults:
        raise _refusal(faults[0]) from faults[0]
    return _proven(read)


def _decrypt(source: BinaryIO, giving: int, identity: Any, faults: list[BaseException]) -> None:
    pyrage = _age()

    with os.fdopen(giving, "wb", buffering=CHUNK) as into, suppress(BrokenPipeError):
        try:
            pyrage.decrypt_io(source, into, [identity])
        except BrokenPipeError:
            raise
        except Exception as trouble:  # whatever it is, the reading side says it
            faults.insert(0, trouble)


def _refusal(fault: BaseException) -> BaseException:
    pyrage = _age()

    if isinstance(fault, Refusal):
        return fault
    if isinstance(fault, pyrage.DecryptError) and "No matching keys" in str(fault):
        return ArchiveLocked()
    if isinstance(fault, OSError) and fault.errno is not None:
        return fault  # of the disk, not of the archive
    return ArchiveDamaged(where=str(fault) or type(fault).__name__)


def _take(tar: tarfile.TarFile, entry: tarfile.TarInfo, read: _Read, keep: Callable[[str], Sink]) -> None:
    file = tar.extractfile(entry) if entry.isreg() else None
    if file is None or read.manifest is not None or entry.name in read.files or not _is_tame(entry.name):
        raise ArchiveDamaged(where=entry.name)
    if entry.name == MANIFEST:
        read.manifest = json.loads(file.read())
        return
    digest, size, sink = sha256(), 0, keep(entry.name)
    try:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            sink.write(chunk)
    finally:
        sink.close()
    read.files[entry.name] = {"size": size, "sha256": digest.hexdigest()}


def _proven(read: _Read) -> dict[str, Any]:
    if read.manifest is None:
        raise ArchiveDamaged(where=MANIFEST)
    told = read.manifest.get("files", {})
    for name in sorted(told.keys() | read.files.keys()):
        if told.get(name) != read.files.get(name):
            raise ArchiveDamaged(where=name)
    return read.manifest


def _is_tame(name: str) -> bool:
    """No name may lead out of the folder it is unpacked into."""
    return not name.startswith("/") and all(part not in {"", ".", ".."} for part in name.split("/"))


def _take_head(source: BinaryIO) -> bytes:
    """The locked identity, where there is one, leaving the source just behind it."""
    start = source.tell()
    opening = source.read(_LONGEST_HEAD)
    if not opening.startswith(_HEAD):
        source.seek(start)
        return b""
    end = opening.find(_TAIL)
    if end < 0:
        raise ArchiveDamaged(where="age")
    end += len(_TAIL)
    source.seek(start + end)
    return opening[:end]


def _tar(
    members: Iterable[Member], facts: Callable[[], dict[str, Any]], kept: dict[str, Any]
) -> Iterator[bytes]:
    files: dict[str, dict[str, object]] = {}
    for member in members:
        digest, size = sha256(), 0
        yield _tar_header(member.name, member.size)
        for chunk in member.chunks:
            digest.update(chunk)
            size += len(chunk)
            yield chunk
        if size != member.size:
            raise OSError(f"{member.name} changed its size while it was read")
        yield bytes(-size % _BLOCK)
        files[member.name] = {"size": size, "sha256": digest.hexdigest()}
    kept.update(facts(), files=files)
    told = json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True).encode()
    yield _tar_header(MANIFEST, len(told)) + told + bytes(-len(told) % _BLOCK) + bytes(2 * _BLOCK)


def _tar_header(name: str, size: int) -> bytes:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    return entry.tobuf(tarfile.PAX_FORMAT)


class _Pulled:
    """Chunks as a file to be read from; remembers what went wrong on the other side."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._left = memoryview(b"")
        self.fault: BaseException | None = None

    def read(self, size: int) -> bytes:
        try:
            while not self._left:
                chunk = next(self._chunks, None)
                if chunk is None:
                    return b""
                self._left = memoryview(chunk)
        except BaseException as fault:
            self.fault = fault
            raise
        given, self._left = self._left[:size], self._left[size:]
        return bytes(given)


class _Pushed:
    """What is written to; remembers what went wrong there."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self.fault: BaseException | None = None

    def write(self, data: bytes) -> int:
        try:
            return self._out.write(data)
        except BaseException as fault:
            self.fault = fault
            raise

    def flush(self) -> None:
        self._out.flush()


def _age() -> Any:
    """The library, loaded when it is needed; it ships no types."""
    return import_module("pyrage")


def _parsed(kind: str, given: str) -> Any:
    pyrage = _age()

    try:
        return getattr(pyrage.x25519, kind).from_str(given.strip())
    except (pyrage.RecipientError, pyrage.IdentityError):
        # a secret that was mistyped is not repeated
        shown = given.strip() if kind == "Recipient" else "AGE-SECRET-KEY-…"
        raise RecipientNotUnderstood(given=shown) from None
