"""How one file is encrypted: AES-256-GCM in chunks of 64 KiB, bound to a header that anyone may read.

    magic  header length  header (JSON)  chunk 0  chunk 1 … last chunk

Each chunk's nonce holds its index and whether it is the last, so chunks cannot be dropped, swapped or cut
off; the header's digest is associated data of every chunk, so neither the header nor the file's name in it
can be exchanged. A data key encrypts one file once, hence the nonce needs no random part.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"VOUCHSAFE-VAULT-1\n"
CHUNK = 64 * 1024
_TAG = 16
_LENGTH_BYTES = 4
_MAX_HEADER = 64 * 1024


def encode_header(header: dict[str, Any]) -> bytes:
    text = json.dumps(header, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def close_envelope(data: bytes, data_key: bytes, header: bytes) -> bytes:
    """Encrypt under the data key, bound to the header."""
    cipher, bound = AESGCM(data_key), sha256(header).digest()
    count = max(1, -(-len(data) // CHUNK))
    view = memoryview(data)
    parts = [MAGIC, len(header).to_bytes(_LENGTH_BYTES, "big"), header]
    parts.extend(
        cipher.encrypt(_nonce(index, index == count - 1), view[index * CHUNK : (index + 1) * CHUNK], bound)
        for index in range(count)
    )
    return b"".join(parts)


def split_envelope(envelope: bytes) -> tuple[bytes, memoryview]:
    """The header's bytes and the chunks; ValueError when this is no envelope. Nothing is believed yet."""
    start = len(MAGIC) + _LENGTH_BYTES
    if not envelope.startswith(MAGIC) or len(envelope) < start:
        raise ValueError("not a file of the vault")
    length = int.from_bytes(envelope[len(MAGIC) : start], "big")
    if length > _MAX_HEADER or len(envelope) < start + length + _TAG:
        raise ValueError("the file was cut off")
    return envelope[start : start + length], memoryview(envelope)[start + length :]


def open_envelope(chunks: memoryview, data_key: bytes, header: bytes) -> bytes:
    """The plain bytes; ValueError if so much as one bit, chunk or the header was changed."""
    cipher, bound = AESGCM(data_key), sha256(header).digest()
    step = CHUNK + _TAG
    count = max(1, -(-len(chunks) // step))
    try:
        return b"".join(
            cipher.decrypt(
                _nonce(index, index == count - 1), chunks[index * step : (index + 1) * step], bound
            )
            for index in range(count)
        )
    except InvalidTag:
        raise ValueError("the file was changed") from None


def _nonce(index: int, last: bool) -> bytes:
    return bytes(7) + index.to_bytes(4, "big") + bytes([last])
