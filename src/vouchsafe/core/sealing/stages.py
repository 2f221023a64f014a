"""The three stages of a seal: Draft, then Sealable (canonical bytes), then Sealed (signed, timed).

Each is frozen, and nothing takes a Draft where a Sealed is due. The record is the canonical account of
what is sealed; the manifest is what the instance signs. Both are JSON in one fixed form, so that the
same letter gives the same bytes on every machine: keys sorted, no white space, UTF-8, text in
normal form C, whole numbers only. The forms are described in docs/seal.md.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from vouchsafe.core.sealing.letter import Block, Foot, LetterPage, Paragraph, Run, UploadedPages
from vouchsafe.core.sealing.seal_words import seal_words
from vouchsafe.core.words import Refusal, msg

RECORD_VERSION = 1
MANIFEST_VERSION = 1

Canonical = None | bool | int | str | list["Canonical"] | dict[str, "Canonical"]
Sign = Callable[[bytes], tuple[str, bytes]]
Verify = Callable[[str, bytes, bytes], bool]


class LetterEmpty(Refusal):
    code = "letter-empty"
    msgid = msg("This letter has no words yet.")
    hint_msgid = msg("Write at least one paragraph before you seal it.")


class LetterUnsigned(Refusal):
    code = "letter-unsigned"
    msgid = msg("This letter does not say who signs it.")
    hint_msgid = msg("Give the name that stands under the letter.")


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter that may still change: who wrote it, about whom, what for, on which terms, and its content.

    `terms` are the confidentiality words exactly as all three people were shown them, empty when the
    letter is open.
    """

    number: str
    applicant: str
    writer: str
    writer_lines: tuple[str, ...]
    purpose: str
    in_confidence: bool
    terms: str
    content: LetterPage | UploadedPages


@dataclass(frozen=True, slots=True)
class Sealable:
    """A letter in its canonical bytes. `digest` is what the picture and the words are drawn from."""

    number: str
    record: bytes
    digest: bytes

    @property
    def words(self) -> tuple[str, str, str, str]:
        return seal_words(self.digest)

    def foot(self, address: str) -> Foot:
        """What the foot of each page says; `address` is where the number can be checked."""
        return Foot(self.digest, self.number, self.words, address)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed letter: the manifest the instance signed, and everything needed to check it."""

    number: str
    digest: bytes
    record_digest: bytes
    file_digest: bytes
    sealed_at: datetime
    key_id: str
    manifest: bytes
    signature: bytes

    @property
    def words(self) -> tuple[str, str, str, str]:
        return seal_words(self.digest)


def canonical(value: Canonical) -> bytes:
    """The one form of a value. Text is put in normal form C, so that é typed in two ways is one é."""
    text = json.dumps(
        _settled(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )
    return text.encode("utf-8")


def make_sealable(draft: Draft) -> Sealable:
    """Fix a draft's bytes, or refuse a letter that says nothing or names nobody."""
    content = draft.content
    if not draft.writer.strip():
        raise LetterUnsigned
    if isinstance(content, LetterPage):
        if not content.signature.name.strip():
            raise LetterUnsigned
        if not any(run.text.strip() for block in content.body for run in _block_runs(block)):
            raise LetterEmpty
    elif content.pages < 1 or content.size < 1:
        raise LetterEmpty
    record = canonical(
        {
            "kind": "vouchsafe-letter",
            "version": RECORD_VERSION,
            "number": draft.number,
            "applicant": draft.applicant,
            "writer": {"name": draft.writer, "lines": list(draft.writer_lines)},
            "purpose": draft.purpose,
            "in_confidence": draft.in_confidence,
            "terms": draft.terms,
            "content": _content(content),
        }
    )
    digest = content.sha256 if isinstance(content, UploadedPages) else sha256(record).digest()
    return Sealable(draft.number, record, digest)


def seal(sealable: Sealable, *, file_digest: bytes, sealed_at: datetime, issuer: str, sign: Sign) -> Sealed:
    """Seal: `file_digest` is the SHA-256 of the finished PDF; `sign` returns (key id, Ed25519 signature).

    The time is kept to the second, in UTC.
    """
    if len(file_digest) != 32:
        raise ValueError("a file digest has 32 bytes")
    moment = sealed_at.astimezone(UTC).replace(microsecond=0)
    manifest = canonical(
        {
            "kind": "vouchsafe-seal",
            "version": MANIFEST_VERSION,
            "number": sealable.number,
            "digest": sealable.digest.hex(),
            "record_sha256": sha256(sealable.record).hexdigest(),
            "file_sha256": file_digest.hex(),
            "sealed_at": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "issuer": issuer,
        }
    )
    key_id, signature = sign(manifest)
    return read_sealed(manifest, signature, key_id)


def read_sealed(manifest: bytes, signature: bytes, key_id: str) -> Sealed:
    """Read a kept manifest back. It says what the manifest claims; `is_sound` says whether to believe it."""
    told = json.loads(manifest)
    if told.get("kind") != "vouchsafe-seal" or told.get("version") != MANIFEST_VERSION:
        raise ValueError("not a seal's manifest of a known version")
    return Sealed(
        number=told["number"],
        digest=bytes.fromhex(told["digest"]),
        record_digest=bytes.fromhex(told["record_sha256"]),
        file_digest=bytes.fromhex(told["file_sha256"]),
        sealed_at=datetime.strptime(told["sealed_at"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC),
        key_id=key_id,
        manifest=manifest,
        signature=signature,
    )


def is_sound(sealed: Sealed, *, verify: Verify) -> bool:
    """Is the manifest signed by one of the instance's keys, and do the fields say what it says?

    `verify(key id, data, signature)` is the key ring's; an unknown key id is simply not sound.
    """
    try:
        told = read_sealed(sealed.manifest, sealed.signature, sealed.key_id)
    except (ValueError, KeyError, TypeError, AttributeError):
        return False
    return told == sealed and verify(sealed.key_id, sealed.manifest, sealed.signature)


def _settled(value: Canonical) -> Canonical:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, list):
        return [_settled(item) for item in value]
    if isinstance(value, dict):
        return {key: _settled(item) for key, item in value.items()}
    if isinstance(value, float):
        raise TypeError("a canonical record holds whole numbers only")
    return value


def _content(content: LetterPage | UploadedPages) -> dict[str, Canonical]:
    if isinstance(content, UploadedPages):
        return {
            "form": "uploaded",
            "kind": content.kind,
            "sha256": content.sha256.hex(),
            "size": content.size,
            "pages": content.pages,
        }
    signature = content.signature
    return {
        "form": "written",
        "paper": content.paper.value,
        "language": content.language,
        "letterhead": list(content.letterhead),
        "dated": content.dated,
        "addressee": list(content.addressee),
        "opening": content.opening,
        "body": [_block(block) for block in content.body],
        "closing": content.closing,
        "signature": {
            "name": signature.name,
            "lines": list(signature.lines),
            "typed": signature.typed,
            "picture_sha256": sha256(signature.picture).hexdigest() if signature.picture else None,
        },
    }


def _block(block: Block) -> dict[str, Canonical]:
    if isinstance(block, Paragraph):
        return {"block": "paragraph", "runs": [_run(run) for run in block.runs]}
    return {
        "block": "list",
        "numbered": block.numbered,
        "items": [[_run(run) for run in item] for item in block.items],
    }


def _run(run: Run) -> dict[str, Canonical]:
    return {"text": run.text, "bold": run.bold, "italic": run.italic}


def _block_runs(block: Block) -> tuple[Run, ...]:
    return block.runs if isinstance(block, Paragraph) else tuple(run for item in block.items for run in item)
