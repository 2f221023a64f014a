"""From a token or a key to a reader's question, for the writer it was mailed to."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from vouchsafe.ledger import custody
from vouchsafe.ledger.keys import token_hash
from vouchsafe.ledger.models import Outgoing
from vouchsafe.letters.models import Seal
from vouchsafe.packets.access import readable, reader_by_key
from vouchsafe.packets.models import CallBack, CallBackAnswer, Reader
from vouchsafe.people.access import NotHere

CONTEXT = "call-back"


@dataclass(frozen=True, slots=True)
class CallBackVisit:
    """The writer at a reader's question. `is_over`: the reader may no longer read the letter, so nothing is told them."""

    call_back: CallBack
    is_over: bool

    @property
    def owner_key(self) -> int:
        """Whose letter it is: the one person who must never stand here."""
        return self.call_back.reader.packet.owner_id


def call_back_by_token(token: str, now: datetime) -> CallBackVisit:
    return _visit({"token_hash": token_hash(token)}, now)


def call_back_by_key(key: str, now: datetime) -> CallBackVisit:
    """For a browser that traded its token for a cookie, and for a mail that came to the question's own address."""
    return _visit({"key": key}, now)


def asked_by(reader: Reader, seal: Seal) -> list[CallBack]:
    """What this reader has asked about one letter, the newest first."""
    return list(CallBack.objects.filter(reader=reader, seal=seal).prefetch_related("answers"))


def latest_answer(call_back: CallBack) -> CallBackAnswer | None:
    return next(iter(call_back.answers.all()), None)


def due_returns(limit: int) -> list[CallBack]:
    """For the worker: questions whose mail could not be delivered, or came back, and whose reader was not told."""
    failed = Outgoing.objects.filter(kind="call_back", state=Outgoing.State.FAILED).values("about")
    return list(
        CallBack.objects.filter(key__in=failed, returned_at__isnull=True, answers__isnull=True)[:limit]
    )


def waits(call_back: CallBack) -> bool:
    """Is the writer still expected to answer? Not where the question never reached them."""
    return call_back.returned_at is None and latest_answer(call_back) is None


def seal_words(words: str) -> bytes:
    return custody.encrypt(json.dumps(words).encode(), context=CONTEXT)


def words_of(row: CallBack | CallBackAnswer) -> str:
    said: str = json.loads(custody.decrypt(row.sealed_words, context=CONTEXT))
    return said


def _visit(by: dict[str, str], now: datetime) -> CallBackVisit:
    found = (
        CallBack.objects.select_related(
            "reader__packet__owner", "seal__letter__request__contact", "seal__correspondent"
        )
        .filter(reader__packet__owner__is_active=True, **by)
        .first()
    )
    if found is None:
        raise NotHere("call-back")
    reader = reader_by_key(found.reader.key, now)
    over = bool(reader.is_over) or all(seal.pk != found.seal_id for seal in readable(reader.reader, now))
    return CallBackVisit(found, over)
