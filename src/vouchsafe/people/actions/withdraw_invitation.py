from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal, outbox
from vouchsafe.people.actions.invite_person import NotYours
from vouchsafe.people.models import Account, Invitation


class InvitationAnswered(Refusal):
    code = "invitation-answered"
    msgid = msg("That invitation was accepted or withdrawn already.")
    hint_msgid = msg("Load the page again to see how things stand.")


@transaction.atomic
def withdraw_invitation(*, by: Account, invitation: Invitation, now: datetime) -> None:
    """Take an invitation back: its link no longer works, and its mail stays here if it has not left.

    Writes its time and a line. Refuses one that was answered.
    """
    if not by.runs_office:
        raise NotYours
    taken = Invitation.objects.filter(
        pk=invitation.pk, accepted_at__isnull=True, withdrawn_at__isnull=True
    ).update(withdrawn_at=now)
    if not taken:
        raise InvitationAnswered
    outbox.withdraw_about(invitation.key, kinds=("invitation",), now=now)
    journal.note(chain=journal.OFFICE, verb="invitation_withdrawn", about=invitation.key, by=by.key, now=now)
