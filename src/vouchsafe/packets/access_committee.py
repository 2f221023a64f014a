"""The committee of a call: from a token or a key to a reader's seat, and which letters have come for whom.

Nothing here loads a text. Access is never remembered: each request asks again where call, seat and letters stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Prefetch

from vouchsafe.asks.models import Purpose
from vouchsafe.core.stages import CALL
from vouchsafe.ledger.keys import token_hash
from vouchsafe.ledger.models import Line
from vouchsafe.letters.models import Scope, Seal
from vouchsafe.letters.succession import successors_by_letter
from vouchsafe.packets.access import covers
from vouchsafe.packets.models import Seat, SeatLink
from vouchsafe.people.access import NotHere
from vouchsafe.people.models import Account
from vouchsafe.plans import access_calls
from vouchsafe.plans.models import Application, Call

Pair = tuple[int, int]
"""An application's and a contact's id."""


@dataclass(frozen=True, slots=True)
class SeatVisit:
    """A reader at the table of a call. `is_over` says why it no longer opens: revoked, expired or call_over; else empty."""

    seat: Seat
    is_over: str = ""


@dataclass(frozen=True, slots=True)
class Arrived:
    """The letter that came for a nomination. `gone` says why nobody reads it now: soon (its hour is not over),
    withdrawn, out_of_scope, or openly (the call asks for confidence, and this one is open); else it can be read.
    """

    seal: Seal
    gone: str = ""


def seats(call: Call) -> list[Seat]:
    return list(Seat.objects.filter(call=call))


def seat_of_office(viewer: Account, call_key: str, key: str) -> Seat:
    if not viewer.runs_office:
        raise NotHere(key)
    found = Seat.objects.select_related("call").filter(call__key=call_key, key=key).first()
    if found is None:
        raise NotHere(key)
    return found


def seat_by_token(token: str, now: datetime) -> SeatVisit:
    link = SeatLink.objects.select_related("seat__call").filter(token_hash=token_hash(token)).first()
    if link is None:
        raise NotHere("link")
    return _visit(link.seat, now)


def seat_by_key(key: str, now: datetime) -> SeatVisit:
    """A seat whose browser traded its token for a cookie."""
    found = Seat.objects.select_related("call").filter(key=key).first()
    if found is None:
        raise NotHere(key)
    return _visit(found, now)


def application_at(seat: Seat, key: str) -> Application:
    """One of those who take part in the call of a seat."""
    rows = Application.objects.standing().select_related("call", "applicant", "opportunity", "destination")
    found = rows.filter(call=seat.call_id, key=key).first()
    if found is None:
        raise NotHere(key)
    return found


def _visit(seat: Seat, now: datetime) -> SeatVisit:
    if seat.revoked_at is not None:
        return SeatVisit(seat, "revoked")
    if seat.expires_at <= now:
        return SeatVisit(seat, "expired")
    reads = CALL.allows("read", access_calls.stage(seat.call))
    return SeatVisit(seat, "" if reads else "call_over")


def purposes_for(applications: Sequence[Application]) -> dict[Pair, Purpose]:
    """What each writer was asked for in these calls, by application and contact. One query."""
    by_opportunity = {row.opportunity_id: row.pk for row in applications}
    rows = Purpose.objects.filter(opportunity__in=by_opportunity, withdrawn_at__isnull=True)
    return {
        (by_opportunity[row.opportunity_id], row.request.contact_id): row
        for row in rows.select_related("request").defer("note", "points")
    }


def arrived(
    applications: Sequence[Application], purposes: dict[Pair, Purpose], now: datetime
) -> dict[Pair, Arrived]:
    """The letter that stands for each writer asked: the newest that can be read, else the newest there is.

    It counts if it was sealed after it was asked for here, or is a version its writer made for this place. Five
    queries, however many. `applications` come with call, applicant and opportunity.
    """
    seals = _seals(purposes.values())
    newer = successors_by_letter(seal.letter_id for rows in seals.values() for seal in rows)
    places = _places(purposes.values(), seals)
    by_pk = {row.pk: row for row in applications}
    found: dict[Pair, Arrived] = {}
    for pair, purpose in purposes.items():
        application = by_pk[pair[0]]
        own = [
            seal for seal in seals.get(purpose.request_id, ()) if _is_for(seal, purpose, application, places)
        ]
        own.sort(key=lambda seal: (_nearness(seal, application), seal.pk), reverse=True)
        told = [
            Arrived(seal, _why_gone(seal, application, now)) for seal in own if seal.letter_id not in newer
        ]
        if told:
            found[pair] = next((one for one in told if not one.gone), told[0])
    return found


def _seals(purposes: Iterable[Purpose]) -> dict[int | None, list[Seal]]:
    rows = (
        Seal.objects.filter(
            letter__request__in={purpose.request_id for purpose in purposes},
            letter__removed_at__isnull=True,
            reopening__isnull=True,
        )
        .select_related("letter", "letter__version", "release", "withdrawal")
        .defer("record", "manifest", "signature")
        .prefetch_related(Prefetch("scopes", queryset=Scope.objects.order_by("-set_at", "-id")))
    )
    found: dict[int | None, list[Seal]] = {}
    for seal in rows:
        found.setdefault(seal.letter.request_id, []).append(seal)
    return found


def _places(purposes: Iterable[Purpose], seals: dict[int | None, list[Seal]]) -> dict[str, int]:
    """Where an applicant's journal tells of a purpose and of a seal, by the purpose's key and the file's digest."""
    sealed_for = [purpose.request.key for purpose in purposes if purpose.request_id in seals]
    letters = {seal.letter.key for rows in seals.values() for seal in rows}
    lines = Line.objects.filter(verb__in=("request_opened", "sealed"), about__in={*sealed_for, *letters})
    return dict(lines.values_list("detail", "position"))


def _is_for(seal: Seal, purpose: Purpose, application: Application, places: dict[str, int]) -> bool:
    version = getattr(seal.letter, "version", None)
    if version is None:
        asked, sealed = places.get(purpose.key), places.get(seal.pdf_digest)
        if asked is not None and sealed is not None:  # for between the two a clock may have been set back
            return sealed > asked
        return seal.sealed_at >= purpose.added_at.replace(microsecond=0)  # a seal tells whole seconds
    return version.purpose_id == purpose.pk and version.destination_id in (None, application.destination_id)


def _nearness(seal: Seal, application: Application) -> int:
    """A version for the very place goes before one for the purpose, and that before the letter itself."""
    version = getattr(seal.letter, "version", None)
    if version is None:
        return 0
    return 1 if version.destination_id is None else 2


def _why_gone(seal: Seal, application: Application, now: datetime) -> str:
    if hasattr(seal, "withdrawal"):
        return "withdrawn"
    if not hasattr(seal, "release"):
        return "soon"
    if application.call.confidentiality == Call.Confidentiality.REQUIRED and seal.letter.is_open:
        return "openly"
    today = now.astimezone(ZoneInfo(application.applicant.time_zone)).date()
    scope = next(iter(seal.scopes.all()), None)
    return "" if covers(scope, application.opportunity, today) else "out_of_scope"
