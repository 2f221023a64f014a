"""A storage in memory, for other rooms' tests: the vault above it is the real one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime


class MemoryStorage:
    """Keeps bytes in a dictionary; `written_at` is what every name is said to be written at."""

    def __init__(self, written_at: datetime = datetime(2026, 1, 5, tzinfo=UTC)) -> None:
        self.kept: dict[str, bytes] = {}
        self.written_at = written_at

    def put(self, name: str, data: bytes) -> None:
        self.kept[name] = data

    def get(self, name: str) -> bytes:
        return self.kept[name]

    def delete(self, name: str) -> bool:
        return self.kept.pop(name, None) is not None

    def exists(self, name: str) -> bool:
        return name in self.kept

    def alone(self) -> AbstractContextManager[None]:
        return nullcontext()

    def names(self, folder: str) -> Iterator[tuple[str, datetime]]:
        for name in sorted(self.kept):
            if name.startswith(f"{folder}/"):
                yield name, self.written_at
