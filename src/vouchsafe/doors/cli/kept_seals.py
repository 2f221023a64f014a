"""The quick way to a verdict: the seals kept in a data folder, read without the program around them.

Bytes whose SHA-256 stands in a manifest that this house signed are the bytes that were sealed, so the
signature inside them is the one put there then: nothing in them needs to be read. Whatever is not so
plain (unknown bytes, a letter replaced or withdrawn, a manifest that does not fit) goes the long way. See
docs/why/verifying-quickly.md.
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from vouchsafe.adapters.keys import Keys, KeysUnreadable
from vouchsafe.core.sealing.holding import COPIES, Holding, evidence_of
from vouchsafe.core.sealing.verdict import Addition, Known, SignatureState, Standing, Verdict, judge

RECORD = b"record"
"""What the key ring calls a seal's encrypted column; the same as `letters.models.RECORD`, and a test holds that."""
_SEAL = """
    SELECT s.id, s.letter_id, s.number, s.pdf_digest, s.manifest, s.signature, s.key_id, s.record, s.proven_by,
           s.writer_name, s.sealed_at
      FROM letters_seal s
"""
_BY_FILE = f"{_SEAL} WHERE s.pdf_digest = ?"
_BY_COPY = f"{_SEAL} JOIN letters_copy c ON c.seal_id = s.id WHERE c.digest = ? ORDER BY c.id LIMIT 1"
_COPY_KIND = "SELECT kind FROM letters_copy WHERE digest = ? ORDER BY id LIMIT 1"
_TOUCHED = """
    SELECT 1 WHERE EXISTS (SELECT 1 FROM letters_letter WHERE predecessor_id = :letter)
        OR EXISTS (SELECT 1 FROM letters_reopening WHERE seal_id = :seal)
        OR EXISTS (SELECT 1 FROM letters_withdrawal WHERE seal_id = :seal)
        OR EXISTS (SELECT 1 FROM letters_version WHERE letter_id = :letter)
"""
"""Whether anything at all happened to a letter since: what became of it then is for the long way to say."""


def quick_verdict(data: bytes, folder: Path) -> Verdict | None:
    """The verdict on bytes this house knows, or None where the long way must be gone."""
    try:
        kept = sqlite3.connect(f"file:{quote(str(folder / 'vouchsafe.sqlite3'))}?mode=ro", uri=True)
        try:
            return _verdict(kept, sha256(data).hexdigest(), Keys(folder / "keys", ""))
        finally:
            kept.close()
    except (sqlite3.Error, OSError, KeysUnreadable, ValueError, KeyError):
        return None  # the long way says what is the matter


def _verdict(kept: sqlite3.Connection, digest: str, keys: Keys) -> Verdict | None:
    known = Known.SEALED_FILE
    row = kept.execute(_BY_FILE, (digest,)).fetchone()
    if row is None:
        row = kept.execute(_BY_COPY, (digest,)).fetchone()
        if row is None:
            return None
        known = COPIES[kept.execute(_COPY_KIND, (digest,)).fetchone()[0]]
    seal_id, letter_id, number, pdf_digest, manifest, signature, key_id, record, proven_by, writer, at = row
    if kept.execute(_TOUCHED, {"letter": letter_id, "seal": seal_id}).fetchone():
        return None
    holding = Holding(
        number=number,
        pdf_digest=pdf_digest,
        manifest=bytes(manifest),
        signature=bytes(signature),
        key_id=key_id,
        record=keys.unwrap(bytes(record), RECORD),
        proven_by=proven_by,
        writer=writer,
        sealed_at=datetime.fromisoformat(at).replace(tzinfo=UTC),
        standing=Standing.CURRENT,
    )
    if known is Known.SEALED_FILE:
        seen = (SignatureState.SOUND_AND_OURS, Addition.NOTHING)
    else:
        seen = (SignatureState.NOT_CHECKED, Addition.NOT_CHECKED)
    evidence = evidence_of(holding, known, *seen, verify=keys.verify)
    return judge(evidence) if evidence.manifest_sound else None
