"""How a process and its child talk: a JSON head with lengths, then the bytes. Nothing is ever unpickled."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, BinaryIO

_LENGTH_BYTES = 4
_MAX_HEAD = 64 * 1024 * 1024


class ChildSilent(EOFError):
    """The other side ended before it had said everything."""


def write_frame(stream: BinaryIO, head: dict[str, Any], blobs: Sequence[bytes] = ()) -> None:
    text = json.dumps({**head, "blobs": [len(blob) for blob in blobs]}).encode()
    stream.write(len(text).to_bytes(_LENGTH_BYTES, "big") + text)
    for blob in blobs:
        stream.write(blob)
    stream.flush()


def read_frame(stream: BinaryIO) -> tuple[dict[str, Any], list[bytes]]:
    length = int.from_bytes(_exactly(stream, _LENGTH_BYTES), "big")
    if length > _MAX_HEAD:
        raise ChildSilent("not a frame")
    head = json.loads(_exactly(stream, length))
    return head, [_exactly(stream, size) for size in head.pop("blobs")]


def _exactly(stream: BinaryIO, count: int) -> bytes:
    data = stream.read(count)
    if len(data) != count:
        raise ChildSilent("the child ended early")
    return data
