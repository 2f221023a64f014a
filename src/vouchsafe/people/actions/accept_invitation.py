from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.people.actions.name_adviser import name_adviser
from vouchsafe.people.actions.prove_address import prove_address
from vouchsafe.people.models import Account, Invitation


class InvitationOver(Refusal):
    code = "invitation-over"
    msgid = msg("This invitation was used, replaced or withdrawn, or is older than two weeks.")
    hint_msgid = msg("Ask whoever invited you for a new one.")


@transaction.atomic
def accept_invitation(*, invitation: Invitation, name: str, now: datetime) -> Account:
    """Join by a mailed invitation, which proves the address.

    Writes the account (or raises an existing one's role, never lowers it), its address as proved, and marks
    the invitation; an adviser named in it is named for them. Refuses one that was used, withdrawn or is too old.
    """
    taken = Invitation.objects.filter(
        pk=invitation.pk, accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now
    ).update(accepted_at=now)
    if not taken:
        raise InvitationOver
    account = Account.objects.filter(email__iexact=invitation.email, is_active=True).first()
    if account is None:
        account = Account.objects.create_user(invitation.email, None, name=name.strip(), role=invitation.role)
    elif invitation.role != Account.Role.APPLICANT and account.role != Account.Role.OFFICE:
        account.role = invitation.role
        account.save(update_fields=["role"])
    prove_address(account=account, address=invitation.email, now=now)
    journal.note(
        chain=journal.OFFICE,
        verb="joined",
        about=account.key,
        by=account.key,
        now=now,
        detail=invitation.role,
    )
    _name_adviser(invitation, account, now)
    return account


def _name_adviser(invitation: Invitation, account: Account, now: datetime) -> None:
    """The adviser named in the invitation is asked for as any other, where both roles still hold."""
    adviser, inviter = invitation.adviser, invitation.invited_by
    if adviser is None or not adviser.is_active or not adviser.advises or adviser.pk == account.pk:
        return
    if inviter.runs_office:
        name_adviser(by=inviter, adviser=adviser, applicant=account, now=now)
