"""The journal as sentences, looked through by person, kind and days; and taken out as a table or as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from vouchsafe.core.spreadsheet import to_csv
from vouchsafe.core.words import Sentence
from vouchsafe.desk.journal_kinds import KINDS
from vouchsafe.desk.journal_words import line_words
from vouchsafe.ledger.models import Line
from vouchsafe.people.models import Account

ON_A_PAGE = 100
AT_MOST = 100_000
"""Lines taken out at once, the newest: older ones by naming days."""
FIRST, LAST = date(1900, 1, 1), date(2999, 12, 31)
HEADS = ("when", "what", "who", "verb", "about", "detail", "chain", "line", "fingerprint")


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for; everything empty finds every line. Days are the viewer's own, both included."""

    person: str = ""  # an address
    kind: str = ""
    from_on: date | None = None
    until_on: date | None = None

    @property
    def is_all(self) -> bool:
        return not (self.person or self.kind or self.from_on or self.until_on)


@dataclass(frozen=True, slots=True)
class JournalLine:
    at: datetime
    sentence: Sentence
    chain: str
    position: int
    digest: str


@dataclass(frozen=True, slots=True)
class JournalPage:
    lines: tuple[JournalLine, ...]
    page: int
    has_older: bool


def journal_page(number: int, sought: Sought | None = None) -> JournalPage:
    """One page of the journal, newest first, with the names that are still known. Two queries, three for a person."""
    start = (number - 1) * ON_A_PAGE
    rows = list(_lines(sought or Sought())[start : start + ON_A_PAGE + 1])
    shown = rows[:ON_A_PAGE]
    names = _names(shown)
    return JournalPage(
        lines=tuple(
            JournalLine(
                row.at,
                line_words(row.verb, _who(row, names), row.detail),
                row.chain,
                row.position,
                row.digest[:12],
            )
            for row in shown
        ),
        page=number,
        has_older=len(rows) > ON_A_PAGE,
    )


def as_table(sought: Sought, said: Callable[[Sentence], str]) -> bytes:
    """The lines found as CSV, newest first; no cell opens as a formula."""
    return to_csv(HEADS, (tuple(row.values()) for row in _told(sought, said)))


def as_json(sought: Sought, said: Callable[[Sentence], str]) -> bytes:
    """The same lines as one JSON array."""
    return json.dumps(list(_told(sought, said)), ensure_ascii=False, indent=1).encode()


def _told(sought: Sought, said: Callable[[Sentence], str]) -> Iterator[dict[str, str]]:
    rows = list(_lines(sought)[:AT_MOST])
    names = _names(rows)
    for row in rows:
        sentence = said(line_words(row.verb, _who(row, names), row.detail))
        facts = (
            row.at.astimezone(UTC).isoformat(timespec="seconds"), sentence, names.get(row.by, row.by), row.verb,
            row.about, row.detail, row.chain, str(row.position), row.digest,
        )  # fmt: skip
        yield dict(zip(HEADS, facts, strict=True))


def _lines(sought: Sought) -> QuerySet[Line]:
    rows = Line.objects.order_by("-id")
    if sought.person:
        account = Account.objects.filter(email__iexact=sought.person).first()
        if account is None:
            return rows.none()
        rows = rows.filter(Q(chain=account.key) | Q(by=account.key) | Q(about=account.key))
    if sought.kind in KINDS:
        rows = rows.filter(verb__in=KINDS[sought.kind].verbs)
    if sought.from_on is not None:
        rows = rows.filter(at__gte=_midnight(sought.from_on))
    if sought.until_on is not None:
        rows = rows.filter(at__lt=_midnight(min(sought.until_on, LAST) + timedelta(days=1)))
    return rows


def _midnight(day: date) -> datetime:
    """When a day begins for the viewer; days no journal can hold stand for the first and the last one that can be told."""
    return timezone.make_aware(datetime.combine(min(max(day, FIRST), LAST), time.min))


def _names(rows: Iterable[Line]) -> dict[str, str]:
    """The names that are still known, five hundred to a query."""
    keys = sorted({key for row in rows for key in (row.by, row.chain)})
    found: dict[str, str] = {}
    for start in range(0, len(keys), 500):
        found.update((row.key, str(row)) for row in Account.objects.filter(key__in=keys[start : start + 500]))
    return found


def _who(row: Line, names: dict[str, str]) -> str:
    """Who did it; in a chain of their own the applicant stands for the house's acts."""
    return names.get(row.by) or names.get(row.chain) or "Somebody"
