from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from vouchsafe.core.grants import OFFICE, known
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.ledger.keys import new_token, token_hash
from vouchsafe.people.models import Account, ProgramToken

PREFIX = "vouchsafe_"
"""Scanners of published code know a leaked token by it."""
MOST = 30


class TokenNeedsName(Refusal):
    code = "token-needs-name"
    msgid = msg("The token has no name yet.")
    hint_msgid = msg("Name the program that will use it, so that you know it again.")


class TokenNeedsGrant(Refusal):
    code = "token-needs-grant"
    msgid = msg("A token that may do nothing opens nothing.")
    hint_msgid = msg("Tick what the program may do.")


class GrantNotYours(Refusal):
    code = "grant-not-yours"
    msgid = msg("Only who runs the office can let a program see everyone’s requests.")
    hint_msgid = msg("Leave that one out.")


class TooManyTokens(Refusal):
    code = "too-many-tokens"
    msgid = msg("You have {most} tokens already.")
    hint_msgid = msg("Revoke one that no program uses any more.")


@transaction.atomic
def make_program_token(
    *, by: Account, name: str, grants: Iterable[str], days: int | None, now: datetime
) -> tuple[ProgramToken, str]:
    """Let a program in. Writes the token's hash and a line; queues nothing. Answers the row, and the token itself once.

    `days` is how long it opens; None: until it is revoked. Refuses one without a name or a grant, a grant of the
    office for anyone else, and more than 30.
    """
    Account.objects.select_for_update().get(pk=by.pk)
    chosen = known(grants)
    if not name.strip():
        raise TokenNeedsName
    if not chosen:
        raise TokenNeedsGrant
    if OFFICE.intersection(chosen) and not by.runs_office:
        raise GrantNotYours
    if ProgramToken.objects.alive(now).filter(account=by).count() >= MOST:
        raise TooManyTokens(most=MOST)
    shown = PREFIX + new_token()
    row = ProgramToken.objects.create(
        account=by,
        name=" ".join(name.split())[:80],
        grants=chosen,
        token_hash=token_hash(shown),
        tail=shown[-4:],
        made_at=now,
        expires_at=now + timedelta(days=days) if days else None,
    )
    journal.note(chain=by.key, verb="token_made", about=row.key, by=by.key, now=now)
    return row, shown
