from __future__ import annotations

from datetime import datetime
from hmac import compare_digest

from django.db import transaction
from django.db.models import F

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.packets.actions.set_reader_code import hash_of
from vouchsafe.packets.models import Reader

TRIES = 5


class ReaderCodeWrong(Refusal):
    code = "reader-code-wrong"
    msgid = msg("That is not the code for this link.")
    hint_msgid = msg("It has six digits and came apart from the link. Ask {applicant} for it.")


class ReaderCodeSpent(Refusal):
    code = "reader-code-spent"
    msgid = msg("Too many wrong codes were tried, so this link is closed for now.")
    hint_msgid = msg("Ask {applicant} for a new code; the link stays the same.")


def take_reader_code(*, reader: Reader, code: str, now: datetime) -> None:
    """Let a reader in who knows the code, where their link asks for one.

    Counts a wrong try, and five close the link until a new code is set: six digits can't be tried out. Refuses a
    wrong code and a closed link. Whoever needs none passes.
    """
    applicant = reader.packet.owner.name
    known, tries = _try(reader, "".join(filter(str.isdigit, code)), now)
    if known:
        return
    if tries >= TRIES:
        raise ReaderCodeSpent(applicant=applicant)
    raise ReaderCodeWrong(applicant=applicant)


@transaction.atomic
def _try(reader: Reader, code: str, now: datetime) -> tuple[bool, int]:
    """The wrong try must be kept, so the refusal is raised outside this transaction."""
    row = Reader.objects.select_for_update(of=("self",)).get(pk=reader.pk)
    if not row.code_hash:
        return True, 0
    if row.code_tries >= TRIES:
        return False, row.code_tries
    if compare_digest(row.code_hash, hash_of(row, code)):
        Reader.objects.filter(pk=row.pk).update(code_tries=0)
        return True, 0
    Reader.objects.filter(pk=row.pk).update(code_tries=F("code_tries") + 1)
    journal.note(
        chain=reader.packet.owner.key, verb="reader_code_wrong", about=row.key, by="visitor", now=now
    )
    return False, row.code_tries + 1
