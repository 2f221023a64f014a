"""From a key to a call and to an applicant's part in it, and until when things may be done there."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Q, Subquery

from vouchsafe.core.stages import CALL, stage_of_call
from vouchsafe.people.access import NotHere
from vouchsafe.people.models import Account, Contact
from vouchsafe.plans.models import (
    Application,
    Call,
    CallInvitation,
    CallQuerySet,
    Nomination,
    Opportunity,
    Shortlisting,
)


def calls(viewer: Account) -> CallQuerySet:
    """Every call of the institution, for its office."""
    if not viewer.runs_office:
        raise NotHere("calls")
    return Call.objects.with_facts()


def call_of_office(viewer: Account, key: str) -> Call:
    found = calls(viewer).filter(key=key).first()
    if found is None:
        raise NotHere(key)
    return found


def call_shown(key: str) -> Call:
    """For whoever holds the call's link: what is only drafted is not here."""
    found = Call.objects.with_facts().filter(key=key).first()
    if found is None or stage(found) == "draft" or not found.is_opened:  # type: ignore[attr-defined]  # annotated
        raise NotHere(key)
    return found


def stage(call: Call) -> str:
    """The call's stage, from its rows; none are asked for on an annotated row."""
    if not hasattr(call, "is_opened"):
        call = Call.objects.with_facts().get(pk=call.pk)
    return stage_of_call(
        is_opened=call.is_opened,  # type: ignore[attr-defined]  # annotated by with_facts
        is_closed=call.is_closed,  # type: ignore[attr-defined]  # annotated by with_facts
        is_withdrawn=call.is_withdrawn,  # type: ignore[attr-defined]  # annotated by with_facts
    )


def locked_call(call: Call, verb: str) -> Call:
    """The call as it stands, locked in the caller's transaction, where `verb` may be done with it."""
    Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    row = Call.objects.with_facts().get(pk=call.pk)
    CALL.demand(verb, stage(row))
    return row


def day_there(call: Call, now: datetime) -> date:
    """Which day it is where the call's days are reckoned."""
    return now.astimezone(ZoneInfo(call.zone)).date()


def application_in(call: Call, viewer: Account) -> Application | None:
    """The viewer's part in a call, also one they have left."""
    rows = Application.objects.select_related("call", "opportunity", "destination")
    return rows.filter(call=call, applicant=viewer).first()


def application_of(opportunity: Opportunity) -> Application | None:
    """The part in a call that an opportunity is, if it is one and still stands."""
    rows = Application.objects.filter(opportunity=opportunity, withdrawn_at__isnull=True)
    return rows.select_related("call", "applicant", "opportunity").first()


def is_of_call(opportunity: Opportunity) -> bool:
    return Application.objects.filter(opportunity=opportunity).exists()


def nominated(application: Application, key: str) -> Contact:
    """A writer whom an applicant has named, also one they took off their list of people since."""
    named = Nomination.objects.filter(application=application, withdrawn_at__isnull=True, contact__key=key)
    found = named.select_related("contact").first()
    if found is None:
        raise NotHere(key)
    return found.contact


def invitation_to(call: Call, mailboxes: set[str]) -> CallInvitation | None:
    return CallInvitation.objects.filter(call=call, mailbox__in=mailboxes).order_by("id").first()


def turned_at(call: Call, at: str) -> list[str]:
    """The applications of a call that one press put on the shortlist, or took off it, at that moment: to undo it.

    Not one that somebody has put on or taken off since: it stays as they left it.
    """
    try:
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None:
            return []
        moment = moment.astimezone(UTC)
    except (ValueError, OverflowError):  # no moment, or one that no clock shows here
        return []
    newest = Shortlisting.objects.filter(application=OuterRef("application")).order_by("-id").values("pk")[:1]
    rows = Shortlisting.objects.filter(pk=Subquery(newest), application__call=call)
    then = Q(listed_at=moment, undone_at__isnull=True) | Q(undone_at=moment)
    return list(rows.filter(then).values_list("application__key", flat=True))
