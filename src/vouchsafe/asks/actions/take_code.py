from __future__ import annotations

from datetime import datetime
from hmac import compare_digest

from django.db import transaction
from django.db.models import F

from vouchsafe.asks.access import Visit
from vouchsafe.asks.actions.send_code import hash_of
from vouchsafe.asks.models import Code, Request
from vouchsafe.core.clocks import SKEW
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal

TRIES = 5


class CodeWrong(Refusal):
    code = "code-wrong"
    msgid = msg("That is not the code we mailed, or it is older than ten minutes.")
    hint_msgid = msg("Look for the newest mail from us, or ask for a fresh code.")


def take_code(*, request: Request, use: str, code: str, now: datetime) -> Visit:
    """Take a mailed code; the visit it returns has proved the writer's mailbox.

    Uses up the newest code on success, counts a wrong try (five spoil the code). Queues nothing.
    """
    visit = _take(request, use, "".join(filter(str.isdigit, code)), now)
    if visit is None:
        raise CodeWrong
    return visit


@transaction.atomic
def _take(request: Request, use: str, code: str, now: datetime) -> Visit | None:
    """The wrong try must be kept, so the refusal is raised outside this transaction."""
    row = (
        Code.objects.select_for_update(of=("self",))
        .filter(request=request, use=use, used_at__isnull=True)
        .order_by("-id")
        .first()
    )
    if row is None or not row.made_at - SKEW <= now < row.expires_at or row.tries >= TRIES:
        return None
    if not compare_digest(row.code_hash, hash_of(request, use, code)):
        Code.objects.filter(pk=row.pk).update(tries=F("tries") + 1)
        return None
    Code.objects.filter(pk=row.pk).update(used_at=now)
    owner = request.contact.owner
    journal.note(chain=owner.key, verb="code_taken", about=request.key, by="visitor", now=now, detail=use)
    return Visit(request, row.mailbox, "mailed_code")
