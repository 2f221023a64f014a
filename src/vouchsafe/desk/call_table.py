"""The table of a call: each applicant a row, each nominated writer a cell with how far their letter is. Never a text.

What it shows may be read again by whoever asks at that moment: `packets.actions.open_application` decides, not this.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, QuerySet

from vouchsafe.core.spreadsheet import to_csv
from vouchsafe.core.words import Sentence, msg, say
from vouchsafe.desk.cohort import stages_of
from vouchsafe.desk.front_rows import asks_of, purposes_of
from vouchsafe.letters.models import Seal
from vouchsafe.packets.access_committee import Arrived, Pair, arrived, purposes_for
from vouchsafe.packets.models import Seat, Viewing
from vouchsafe.packets.whose_address import reached_by
from vouchsafe.plans.models import Application, Call, Nomination

STATES = {
    "nominated": msg("Nominated"),
    "asked": msg("Asked"),
    "agreed": msg("Said yes"),
    "declined": msg("Said no"),
    "stopped": msg("No longer asked"),
    "arrived": msg("The letter is here"),
    "held": msg("Here, and held"),
    "withdrawn": msg("Taken back by its writer"),
    "out_of_scope": msg("Not for this use"),
    "openly": msg("Not in confidence"),
}
TONES = {
    "arrived": "seal",
    "held": "wait",
    "withdrawn": "stop",
    "out_of_scope": "stop",
    "openly": "stop",
    "agreed": "blue",
}
_FROM_ASKING = {"thinking": "asked", "writing": "agreed", "sealed": "agreed", "withdrawn": "stopped"}
HERE = frozenset(("arrived", "held"))
PAGE = 50


@dataclass(frozen=True, slots=True)
class CallCell:
    """One writer of one applicant. `readers` of the committee have had the letter open."""

    contact_key: str
    writer: str
    state: str
    sealed_at: datetime | None
    readers: int

    @property
    def said(self) -> Sentence:
        return say(STATES[self.state])

    @property
    def tone(self) -> str:
        return TONES.get(self.state, "hush")


@dataclass(frozen=True, slots=True)
class CallRow:
    """One applicant. `is_own`: the address of the reader who looks leads to them, so nothing of theirs opens."""

    key: str
    applicant: str
    address: str
    applied_at: datetime
    is_shortlisted: bool
    is_own: bool
    cells: tuple[CallCell, ...]

    @property
    def here(self) -> int:
        return sum(cell.state in HERE for cell in self.cells)

    @property
    def opens(self) -> int:
        return sum(cell.state == "arrived" for cell in self.cells)

    @property
    def may_open(self) -> bool:
        return not self.is_own and self.opens > 0


@dataclass(frozen=True, slots=True)
class CallTable:
    """All rows or those of one page; the counts are over everybody who takes part."""

    need: int
    holds: bool
    rows: tuple[CallRow, ...]
    total: int
    complete: int
    shortlisted: int
    page: int = 1
    pages: int = 1

    @property
    def most_cells(self) -> int:
        return max((len(row.cells) for row in self.rows), default=0)


def call_table(call: Call, now: datetime, seat: Seat | None = None, *, page: int | None = None) -> CallTable:
    """The table, or one page of it by the alphabet: the last where there are fewer. Always as many queries, however many
    take part: ten for all, and nineteen for a page, whose counts are still over everybody; for a reader on the
    committee three more.
    """
    everybody = Application.objects.standing().filter(call=call).with_shortlisting()
    own = reached_by(seat.address) if seat is not None else set()
    if page is None:
        found = _rows(call, _ready(everybody), own, now)
        return CallTable(
            need=call.need,
            holds=call.holds,
            rows=found,
            total=len(found),
            complete=sum(row.here >= call.need for row in found),
            shortlisted=sum(row.is_shortlisted for row in found),
        )
    listed = sorted(
        everybody.values_list("applicant__name", "applicant__email", "key", "pk", "is_shortlisted"),  # type: ignore[misc]  # annotated by with_shortlisting
        key=lambda one: _place(one[0] or one[1], one[2]),
    )
    pages = max(1, -(-len(listed) // PAGE))
    at = min(page, pages)
    shown = [one[3] for one in listed[(at - 1) * PAGE : at * PAGE]]
    return CallTable(
        need=call.need,
        holds=call.holds,
        rows=_rows(call, _ready(everybody.filter(pk__in=shown)), own, now),
        total=len(listed),
        complete=_complete(call, now),
        shortlisted=sum(one[4] for one in listed),
        page=at,
        pages=pages,
    )


def _ready(rows: QuerySet[Application]) -> list[Application]:
    return list(rows.select_related("applicant", "opportunity", "call").defer("opportunity__text"))


def own_row(application: Application, now: datetime) -> CallRow:
    """One applicant's own row: how far each of their writers is. It tells nothing of a shortlist."""
    rows = Application.objects.filter(pk=application.pk).select_related("applicant", "opportunity", "call")
    return _rows(application.call, list(rows), set(), now, tells_shortlist=False)[0]


def _place(applicant: str, key: str) -> tuple[str, str]:
    return applicant.casefold(), key


def _complete(call: Call, now: datetime) -> int:
    """How many have every letter, told as the rows tell it, but asked only of those for whom enough are sealed."""
    sealed = Seal.objects.filter(
        letter__request__contact=OuterRef("contact"),
        letter__removed_at__isnull=True,
        release__isnull=False,
        withdrawal__isnull=True,
        reopening__isnull=True,
    )
    named = Nomination.objects.filter(withdrawn_at__isnull=True, application__call=call)
    enough = (
        named.filter(Exists(sealed))
        .order_by()
        .values("application")
        .annotate(n=Count("pk"))
        .filter(n__gte=call.need)
    )
    rows = _ready(Application.objects.standing().filter(call=call, pk__in=enough.values("application")))
    letters = arrived(rows, purposes_for(rows), now) if rows else {}
    here = Counter(
        pair[0]
        for pair in set(named.values_list("application", "contact"))
        if pair in letters and not letters[pair].gone
    )
    return sum(n >= call.need for n in here.values())


def _rows(
    call: Call,
    rows: Sequence[Application],
    own: set[int],
    now: datetime,
    *,
    tells_shortlist: bool = True,
) -> tuple[CallRow, ...]:
    people = [row.applicant for row in rows]
    places = [row.opportunity_id for row in rows]
    purposes = list(purposes_of(*people).filter(opportunity__in=places)) if rows else []
    stages = stages_of(purposes, asks_of(*people).filter(opportunity__in=places) if rows else ())
    by_place = {row.opportunity_id: row.pk for row in rows}
    pairs = {(by_place[one.opportunity_id], one.request.contact_id): one for one in purposes}
    letters = arrived(rows, pairs, now) if rows else {}
    seen = _seen(letters.values())
    named: dict[int, list[Nomination]] = defaultdict(list)
    for one in Nomination.objects.filter(application__in=rows, withdrawn_at__isnull=True).select_related(
        "contact"
    ):
        named[one.application_id].append(one)
    found = []
    for row in rows:
        listed = tells_shortlist and bool(getattr(row, "is_shortlisted", False))
        shown = not tells_shortlist or not call.holds or listed
        cells = tuple(_cell(row, one, letters, stages, seen, shown) for one in named[row.pk])
        found.append(
            CallRow(
                key=row.key,
                applicant=str(row.applicant),
                address=row.applicant.email,
                applied_at=row.applied_at,
                is_shortlisted=listed,
                is_own=row.applicant_id in own,
                cells=cells,
            )
        )
    found.sort(key=lambda row: _place(row.applicant, row.key))
    return tuple(found)


def _cell(
    row: Application,
    one: Nomination,
    letters: dict[Pair, Arrived],
    stages: dict[tuple[str, str], str],
    seen: dict[int, int],
    shown: bool,
) -> CallCell:
    came = letters.get((row.pk, one.contact_id))
    if came is not None and came.gone != "soon":
        state = came.gone or ("arrived" if shown else "held")
    else:
        stage = stages.get((one.contact.key, row.opportunity.key), "nominated")
        state = _FROM_ASKING.get(stage, stage)
    seal = came.seal if came is not None and came.gone != "soon" else None
    return CallCell(
        contact_key=one.contact.key,
        writer=one.contact.name,
        state=state,
        sealed_at=seal.sealed_at if seal is not None else None,
        readers=seen.get(seal.pk, 0) if seal is not None else 0,
    )


def _seen(letters: Iterable[Arrived]) -> dict[int, int]:
    """How many of the committee have had each letter open."""
    rows = (
        Viewing.objects.filter(seal__in=[one.seal.pk for one in letters], reader__seat__isnull=False)
        .order_by()
        .values_list("seal")
        .annotate(n=Count("reader__seat", distinct=True))
    )
    return {seal: n for seal, n in rows if seal is not None}


def table_as_csv(call: Call, table: CallTable) -> bytes:
    """States and days for a spreadsheet, no word of a letter; no cell opens as a formula."""
    heads = ["applicant", "address", "applied on", "shortlisted", "letters here", "letters needed"]
    for n in range(1, table.most_cells + 1):
        heads += [f"writer {n}", f"state {n}", f"sealed on {n}"]
    zone = ZoneInfo(call.zone)
    return to_csv(heads, (_line(row, table, zone) for row in table.rows))


def _line(row: CallRow, table: CallTable, zone: ZoneInfo) -> list[object]:
    cells: list[object] = [
        row.applicant, row.address, _day(row.applied_at, zone), "yes" if row.is_shortlisted else "no", row.here, table.need,
    ]  # fmt: skip
    for cell in row.cells:
        cells += [cell.writer, cell.state, _day(cell.sealed_at, zone) or ""]
    return cells


def _day(at: datetime | None, zone: ZoneInfo) -> date | None:
    return at.astimezone(zone).date() if at is not None else None
