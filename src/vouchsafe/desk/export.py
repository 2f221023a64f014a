"""Leaving with one's data: a ZIP of JSON, of tables for a spreadsheet, and of the letters one may read.

Of a waived letter it holds the facts the Safe shows, never a file or a word of it.
"""

from __future__ import annotations

import io
import json
import logging
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from allauth.account.models import EmailConfirmation
from django.db.models import BinaryField, Field, ForeignKey, Model

from vouchsafe.adapters.vault import Role, VaultDamagedError, VaultFileMissingError, Viewer
from vouchsafe.asks import models as asks
from vouchsafe.core.spreadsheet import to_csv
from vouchsafe.ledger import custody
from vouchsafe.ledger.models import Hook, Line, Outgoing
from vouchsafe.letters import models as letters
from vouchsafe.letters.access_open import open_letters, opened_quote
from vouchsafe.packets.actions.belongings import OWNED, belongings
from vouchsafe.packets.models import CallBack, CallBackAnswer, Reader, ReaderLink
from vouchsafe.people.access import viewer_keys
from vouchsafe.people.models import Account, CalendarFeed, ProgramToken, SignInLink
from vouchsafe.plans.models import Shortlisting

WITHHELD: dict[type[Model], str] = {
    SignInLink: "a one-time way in: only its hash is kept",
    ProgramToken: "lets a program in: only its hash is kept",
    CalendarFeed: "an address that is a secret: only its hash is kept",
    EmailConfirmation: "unused: addresses are confirmed by codes",
    asks.Code: "a short-lived code: only its hash is kept",
    asks.Link: "the writer's way in: only its hash is kept",
    asks.Offering: "what an assistant laid before the writer: the writer's alone",
    letters.Draft: "the writer's, until it is sealed",
    letters.Upload: "the writer's, until it is sealed; then the sealed PDF counts",
    letters.Succession: "the writer's, until it is sealed; the Safe shows what took a letter's place",
    letters.Version: "the writer's, until it is sealed; the Safe shows what a letter is for",
    letters.Borrowing: "where a writer's words came from",
    letters.PlannedSeal: "what is to happen to the writer's file",
    letters.Scope: "what the writer said about the use of a letter; the Safe shows what it means",
    letters.Copy: "digests of copies made for readers",
    ReaderLink: "a reader's way in: only its hash is kept",
    Shortlisting: "what a call's committee decided: told by its office, not by us",
    CallBack: "said between a reader and the writer, in confidence",
    CallBackAnswer: "said between a reader and the writer, in confidence",
}
HIDDEN = frozenset(
    {
        "id", "password", "token_hash", "code_hash", "subject_digest", "file", "digest", "pdf_digest", "given_digest", "key_id",
        "proven_mailbox_digest", "data", "generation", "before", "once", "message_id", "begun_by", "last_login",
    }
)  # fmt: skip

Row = dict[str, Any]
log = logging.getLogger("vouchsafe.export")


def export(account: Account) -> bytes:
    """Everything that is someone's, as one ZIP."""
    tables = dict(_tables(account))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("everything.json", json.dumps(tables, ensure_ascii=False, indent=1))
        for name, rows in tables.items():
            if rows:
                heads = list(rows[0])
                cells = ([_cell(row[head]) for head in heads] for row in rows)
                bundle.writestr(f"tables/{name}.csv", to_csv(heads, cells))
        lost = []
        for name, file, viewer in _open_pdfs(account):
            try:
                bundle.writestr(f"letters/{name}", custody.vault().open(file, viewer))
            except (VaultFileMissingError, VaultDamagedError):
                log.exception("letter %s could not be read for an export", name)
                lost.append(name)
        if lost:  # one lost file keeps nobody from all the rest, and is not passed over in silence
            bundle.writestr("letters/could-not-be-read.txt", "\n".join(lost) + "\n")
    return out.getvalue()


def _tables(account: Account) -> Iterator[tuple[str, list[Row]]]:
    for model in OWNED:
        if model not in WITHHELD:
            yield model._meta.model_name or "", [_row(each) for each in belongings(model, account)]
    own_mail = Outgoing.objects.filter(chain=account.key)
    yield "mail", [_row(each) for each in own_mail]
    yield "hook", [_row(each) for each in Hook.objects.filter(chain=account.key)]
    yield "journal", [_row(each) for each in Line.objects.filter(chain=account.key)]


def _row(row: Model) -> Row:
    """A row without secrets, its neighbours named by their keys."""
    told = {
        field.name: _value(row, field)
        for field in row._meta.concrete_fields
        if field.name not in HIDDEN and not isinstance(field, BinaryField)
    }
    if isinstance(row, asks.Answer) and not row.reason_shared:
        told["reason"] = ""  # said to us alone
    if isinstance(row, letters.Quote):
        told["words"] = opened_quote(row).words if row.letter.is_open else ""
    if isinstance(row, Reader) and row.seat_id is not None:
        told["address"] = told["mailbox"] = ""  # of a call's committee applicants are told the names
    return told


def _value(row: Model, field: Field[Any, Any]) -> Any:
    value = getattr(row, field.name)
    if isinstance(field, ForeignKey):
        return getattr(value, "key", None)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def _open_pdfs(account: Account) -> Iterator[tuple[str, str, Viewer]]:
    """The finished PDFs of letters the account may read, released and in force: name, file in the vault, and who opens it."""
    viewer = Viewer(Role.APPLICANT, viewer_keys(account))
    seals = letters.Seal.objects.filter(
        letter__in=open_letters(account), reopening__isnull=True, release__isnull=False
    )
    for seal in seals:
        yield f"{seal.number}.pdf", seal.file, viewer
    brought = letters.Upload.objects.filter(
        letter__in=open_letters(account),
        letter__origin=letters.Letter.Origin.BROUGHT,
        replaced_at__isnull=True,
    )
    for upload in brought.select_related("letter"):
        yield f"brought-{upload.letter.key}.pdf", upload.file, viewer
