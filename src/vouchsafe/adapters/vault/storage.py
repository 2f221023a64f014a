"""Where encrypted bytes lie: a folder here, a bucket in `objects`, through the same six calls."""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol


class StorageUnavailableError(OSError):
    """The bytes could not be kept or had just now: no connection, no permission, no room."""


class Storage(Protocol):
    """Names are relative, made of lower-case letters, digits, `/` and `.`; bytes are already encrypted."""

    def put(self, name: str, data: bytes) -> None:
        """Keep the bytes under the name, whole or not at all, surviving a power cut once this returns."""

    def get(self, name: str) -> bytes:
        """The bytes, or KeyError."""

    def delete(self, name: str) -> bool:
        """Destroy the bytes; False when there were none."""

    def exists(self, name: str) -> bool: ...

    def alone(self) -> AbstractContextManager[None]:
        """One at a time over all processes: an erasure and the wrapping of a key anew must not cross."""

    def names(self, folder: str) -> Iterator[tuple[str, datetime]]:
        """Every name under the folder with the moment it was written, in UTC."""


class FolderStorage:
    """Files under one root, written beside their place, synced, then renamed into it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(mode=0o700, parents=True, exist_ok=True)

    def put(self, name: str, data: bytes) -> None:
        try:
            self._write(self.root / name, data)
        except OSError as problem:
            raise StorageUnavailableError(
                problem.errno, f"could not keep {name}: {problem.strerror}"
            ) from problem

    def _write(self, path: Path, data: bytes) -> None:
        self._make_folder(path.parent)
        partial = path.with_name(f".{path.name}.{secrets.token_hex(4)}.partial")
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            partial.rename(path)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)

    def get(self, name: str) -> bytes:
        try:
            return (self.root / name).read_bytes()
        except FileNotFoundError:
            raise KeyError(name) from None
        except OSError as problem:
            raise StorageUnavailableError(
                problem.errno, f"could not read {name}: {problem.strerror}"
            ) from problem

    def delete(self, name: str) -> bool:
        path = self.root / name
        try:
            # Overwritten in place first: on ordinary disks the old block is then gone too, not only its name.
            with path.open("r+b") as file:
                file.write(bytes(path.stat().st_size))
                file.flush()
                os.fsync(file.fileno())
            path.unlink()
        except FileNotFoundError:
            return False
        _sync_folder(path.parent)
        return True

    def exists(self, name: str) -> bool:
        return (self.root / name).is_file()

    @contextmanager
    def alone(self) -> Iterator[None]:
        descriptor = os.open(self.root / ".lock", os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def names(self, folder: str) -> Iterator[tuple[str, datetime]]:
        for path in sorted((self.root / folder).rglob("*")):
            try:
                if path.is_file():
                    yield (
                        path.relative_to(self.root).as_posix(),
                        datetime.fromtimestamp(path.stat().st_mtime, UTC),
                    )
            except FileNotFoundError:
                continue  # renamed into place or erased since the folder was listed

    def _make_folder(self, folder: Path) -> None:
        if folder.is_dir():
            return
        self._make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
