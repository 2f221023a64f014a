"""The slow half of attaching a document, done before any transaction: inspect, clean, encrypt, sync."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from vouchsafe.adapters.pdf.inspection import Taken, inspect_upload
from vouchsafe.adapters.words import WordReader
from vouchsafe.core.words import Refusal, Sentence, msg, say
from vouchsafe.ledger import custody

MAX_BYTES = 5_000_000  # it travels in the mail, and mailboxes refuse heavy ones


class DocumentNotTaken(Refusal):
    code = "document-not-taken"
    msgid = msg("We can’t send this file along. {why}")
    hint_msgid = msg("Save it as a PDF and choose it again.")


@dataclass(frozen=True, slots=True)
class PreparedDocument:
    """A clean PDF in the vault that no row speaks of yet."""

    name: str
    file: str
    pages: int


def prepare_document(*, data: bytes, name: str) -> PreparedDocument:
    """Inspect and clean one file and keep it in the vault. Refuses what can't be read or is too heavy to mail."""
    found = inspect_upload(data, name, words=WordReader())
    if found.clean is None or found.pages is None or found.verdict is Taken.REFUSED:
        raise DocumentNotTaken(why=_why(found.reasons))
    if len(found.clean) > MAX_BYTES:
        raise DocumentNotTaken(
            why=say("It is larger than {most} MB, and mailboxes refuse that.", most=MAX_BYTES // 1_000_000)
        )
    stem = PurePath(name.replace("\\", "/")).stem.strip() or "document"
    stored = custody.vault().put(found.clean)
    return PreparedDocument(stem[:180], stored.file_id, found.pages)


def _why(reasons: tuple[Sentence, ...]) -> Sentence:
    return reasons[0] if reasons else say("Its words can be read, but not its pages.")
