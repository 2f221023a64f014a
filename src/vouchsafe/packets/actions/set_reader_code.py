from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import custody, journal
from vouchsafe.packets.actions.make_reader_link import ReaderRevoked
from vouchsafe.packets.models import Reader, Revocation
from vouchsafe.people.models import Account

DIGITS = 6


class NotYourReader(Refusal):
    code = "not-your-reader"
    msgid = msg("Only the applicant or the office can set a code for a reader.")
    hint_msgid = msg("Ask the person who sent you the link.")


@transaction.atomic
def set_reader_code(*, by: Account, reader: Reader, now: datetime) -> str:
    """A fresh code that the reader's link asks for, to be told apart from it. Returned once; a keyed hash is kept.

    Browsers that came in before have to give it too, and wrong tries are counted anew. Refuses a reader whose
    access was ended, and anybody but the applicant and the office.
    """
    _demand(by, reader)
    code = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
    Reader.objects.filter(pk=reader.pk).update(code_hash=hash_of(reader, code), code_tries=0, code_set_at=now)
    _note(by, reader, "set", now)
    return code


@transaction.atomic
def remove_reader_code(*, by: Account, reader: Reader, now: datetime) -> None:
    """The link opens without a code again. Refuses as setting one does."""
    _demand(by, reader)
    if Reader.objects.filter(pk=reader.pk).exclude(code_hash="").update(code_hash="", code_tries=0):
        _note(by, reader, "off", now)


def hash_of(reader: Reader, code: str) -> str:
    return custody.digest("reader-code", f"{reader.key}|{code}")


def _demand(by: Account, reader: Reader) -> None:
    if reader.packet.owner_id != by.pk and not by.runs_office:
        raise NotYourReader
    Reader.objects.select_for_update(of=("self",)).get(pk=reader.pk)
    if Revocation.objects.filter(reader=reader).exists():
        raise ReaderRevoked(reader=reader.name)


def _note(by: Account, reader: Reader, detail: str, now: datetime) -> None:
    chain = reader.packet.owner.key
    journal.note(chain=chain, verb="reader_code_set", about=reader.key, by=by.key, now=now, detail=detail)
