"""The writer's checklist: every place their letter goes to, by when, what it takes, and what is done already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Prefetch

from vouchsafe.asks.access import Visit
from vouchsafe.asks.models import Purpose
from vouchsafe.core.destination_rules import LetterSeen, breaks, file_name, rule_lines
from vouchsafe.core.words import Sentence
from vouchsafe.letters.models import Scope, Seal
from vouchsafe.packets.access import covers
from vouchsafe.packets.models import PortalUpload
from vouchsafe.people.access import NotHere
from vouchsafe.plans.models import Destination, Opportunity


@dataclass(frozen=True, slots=True)
class PlaceToDo:
    """One destination. `number` is the letter that goes there, empty while none is sealed that may."""

    key: str
    label: str
    purpose: str
    way: str
    address: str
    due_on: date | None
    due_time: time | None
    zone: str
    rules: tuple[Sentence, ...]
    warnings: tuple[Sentence, ...]
    number: str
    file_name: str
    ticked_at: datetime | None

    @property
    def by_portal(self) -> bool:
        return self.way == Destination.Way.PORTAL


@dataclass(frozen=True, slots=True)
class PlacesPage:
    request_key: str
    applicant: str
    places: tuple[PlaceToDo, ...]

    @property
    def to_do(self) -> tuple[PlaceToDo, ...]:
        return tuple(place for place in self.places if place.by_portal and place.ticked_at is None)


def places_page(visit: Visit, today: date) -> PlacesPage:
    """The whole list in five queries, however many places there are."""
    owner = visit.request.contact.owner
    rows = [
        (purpose.opportunity, place)
        for purpose in _purposes(visit)
        for place in purpose.opportunity.going  # type: ignore[attr-defined]  # prefetched
    ]
    seals = _seals(visit)
    ticked = {
        (tick.seal_id, tick.destination_id): tick.ticked_at
        for tick in PortalUpload.objects.filter(destination__in=[place for _, place in rows])
    }
    places = [_place(opportunity, place, seals, ticked, owner.name, today) for opportunity, place in rows]
    return PlacesPage(
        visit.request.key,
        owner.name,
        tuple(sorted(places, key=lambda place: (place.ticked_at is not None, place.due_on or date.max))),
    )


def place_of(visit: Visit, key: str, today: date) -> tuple[Destination, Seal]:
    """A destination of this request, and the sealed letter that goes there."""
    place = (
        Destination.objects.select_related("rule_book", "opportunity")
        .filter(
            key=key,
            removed_at__isnull=True,
            way=Destination.Way.PORTAL,
            opportunity__in=Purpose.objects.filter(request=visit.request, withdrawn_at__isnull=True).values(
                "opportunity"
            ),
        )
        .first()
    )
    seal = _seal_for(place.opportunity, place, _seals(visit), today) if place else None
    if place is None or seal is None:
        raise NotHere(key)
    return place, seal


def _purposes(visit: Visit) -> list[Purpose]:
    going = Destination.objects.filter(removed_at__isnull=True).select_related("rule_book")
    return list(
        Purpose.objects.filter(request=visit.request, withdrawn_at__isnull=True)
        .select_related("opportunity")
        .prefetch_related(Prefetch("opportunity__destinations", queryset=going, to_attr="going"))
    )


def _seals(visit: Visit) -> list[Seal]:
    """Sealed letters of this request that stand, the newest first."""
    return list(
        Seal.objects.filter(
            letter__request=visit.request,
            letter__removed_at__isnull=True,
            reopening__isnull=True,
            withdrawal__isnull=True,
        )
        .defer("record", "manifest", "signature")
        .select_related("letter__applicant", "letter__version__purpose")
        .prefetch_related(Prefetch("scopes", queryset=Scope.objects.order_by("-set_at", "-id")))
        .order_by("-id")
    )


def _seal_for(opportunity: Opportunity, place: Destination, seals: list[Seal], today: date) -> Seal | None:
    """A version made for this very place comes first, then one for its purpose, then the general letter."""
    fitting = [seal for seal in seals if covers(next(iter(seal.scopes.all()), None), opportunity, today)]

    def rank(seal: Seal) -> int:
        version = getattr(seal.letter, "version", None)
        if version is None:
            return 2
        if version.destination_id is not None:
            return 0 if version.destination_id == place.pk else 9
        return 1 if version.purpose.opportunity_id == opportunity.pk else 9

    ranked = sorted(((rank(seal), -seal.pk, seal) for seal in fitting), key=lambda one: one[:2])
    return ranked[0][2] if ranked and ranked[0][0] < 9 else None


def _place(
    opportunity: Opportunity,
    place: Destination,
    seals: list[Seal],
    ticked: dict[tuple[int, int], datetime],
    applicant: str,
    today: date,
) -> PlaceToDo:
    seal, rules = _seal_for(opportunity, place, seals, today), place.all_rules
    seen = []
    if seal is not None:
        scope = next(iter(seal.scopes.all()), None)
        named = set(scope.uses.opportunities) if scope else set()
        seen = [
            LetterSeen(
                seal.writer_name, seal.sealed_at.date(), seal.pages, is_stored=named != {opportunity.key}
            )
        ]
    return PlaceToDo(
        key=place.key,
        label=place.label,
        purpose=str(opportunity),
        way=place.way,
        address=place.address,
        due_on=place.due_on,
        due_time=place.due_time,
        zone=place.zone,
        rules=rule_lines(rules),
        warnings=breaks(rules, seen, max(place.due_on or today, today)),
        number=seal.number if seal else "",
        file_name=file_name(rules, applicant=applicant, writer=seal.writer_name, number=seal.number)
        if seal
        else "",
        ticked_at=ticked.get((seal.pk, place.pk)) if seal else None,
    )
