"""What whoever keeps the instance sees: people, invitations, health, whether the journal is whole. Reads only."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version
from itertools import groupby

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from vouchsafe.desk.measures import mails
from vouchsafe.ledger import journal, tallies
from vouchsafe.ledger.models import Line, Outgoing, Root
from vouchsafe.people.models import Account, Instance, Invitation

OVERDUE = timedelta(minutes=10)
TROUBLES = 20
ON_A_PAGE = 100
MANY = 2000
"""Up to here it is counted how many there are."""


@dataclass(frozen=True, slots=True)
class Person:
    key: str
    name: str
    email: str
    role: str
    joined_at: datetime
    has_second_factor: bool


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Some of those who may sign in. `total` counts all that were looked for; None where they are very many."""

    rows: tuple[Person, ...]
    page: int
    has_more: bool
    total: int | None
    sought: str


@dataclass(frozen=True, slots=True)
class Invited:
    key: str
    email: str
    role: str
    invited_at: datetime
    is_old: bool


@dataclass(frozen=True, slots=True)
class Trouble:
    """A mail whose outcome somebody must know: failed, or unknown whether it arrived."""

    kind: str
    state: str
    at: datetime | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Health:
    waiting: int
    overdue: int
    sent: int
    failed: int
    unknown: int
    troubles: tuple[Trouble, ...]
    last_anchor_at: datetime | None
    lines: int
    version: str
    mail_server: str
    free_gb: float
    has_public_address: bool

    @property
    def is_well(self) -> bool:
        return not (self.overdue or self.failed or self.unknown) and self.free_gb >= 1


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking every chain found."""

    chains: int
    lines: int
    breaks: tuple[journal.Break, ...]


def people(page: int = 1, sought: str = "") -> PeoplePage:
    """Everyone who may sign in, a page at a time, by name; or those whose name or address holds a word. Two queries."""
    factors = Authenticator.objects.filter(user=OuterRef("pk")).exclude(
        type=Authenticator.Type.RECOVERY_CODES
    )
    everyone = Account.objects.filter(is_active=True)
    if sought:
        everyone = everyone.filter(Q(email__icontains=sought) | Q(name__icontains=sought))
    start = (page - 1) * ON_A_PAGE
    rows = everyone.annotate(has_factor=Exists(factors)).order_by("name", "email")
    found = [
        Person(row.key, row.name, row.email, row.role, row.joined_at, row.has_factor)
        for row in rows[start : start + ON_A_PAGE + 1]
    ]
    total = everyone.order_by()[: MANY + 1].count()
    return PeoplePage(
        tuple(found[:ON_A_PAGE]), page, len(found) > ON_A_PAGE, total if total <= MANY else None, sought
    )


def advisers() -> tuple[tuple[str, str], ...]:
    """Who may be named for applicants: key and name."""
    rows = Account.objects.filter(is_active=True, role=Account.Role.ADVISER).order_by("name", "email")
    return tuple((row.key, str(row)) for row in rows)


def invited(now: datetime) -> tuple[Invited, ...]:
    """Invitations nobody has answered, newest first."""
    rows = Invitation.objects.filter(accepted_at__isnull=True, withdrawn_at__isnull=True).order_by(
        "-invited_at"
    )
    return tuple(Invited(row.key, row.email, row.role, row.invited_at, row.expires_at <= now) for row in rows)


def health(now: datetime) -> Health:
    """How the instance fares, in as many queries however much mail there is."""
    counts = mails()
    bad = Outgoing.objects.visible_trouble().order_by("-ended_at")[:TROUBLES]
    return Health(
        waiting=counts.get(Outgoing.State.WAITING, 0) + counts.get(Outgoing.State.BEGUN, 0),
        overdue=Outgoing.objects.due(now - OVERDUE).count(),
        sent=counts.get(Outgoing.State.SENT, 0),
        failed=counts.get(Outgoing.State.FAILED, 0),
        unknown=counts.get(Outgoing.State.UNKNOWN, 0),
        troubles=tuple(Trouble(row.kind, row.state, row.ended_at, row.outcome) for row in bad),
        last_anchor_at=Root.objects.order_by("-id").values_list("at", flat=True).first(),
        lines=tallies.of_all(Line.objects.all()),
        version=version("vouchsafe"),
        mail_server=settings.SMTP_HOST or settings.MAIL_PROVIDER,
        free_gb=round(shutil.disk_usage(settings.DATA_FOLDER).free / 1e9, 1),
        has_public_address=settings.PUBLIC_URL is not None,
    )


def check_journal() -> Checked:
    """Walk every chain from its first line; rows stream, so that the length does not matter."""
    rows = Line.objects.order_by("chain", "position").iterator(chunk_size=2000)
    breaks, chains = [], 0
    for _, lines in groupby(rows, key=lambda row: row.chain):
        chains += 1
        found = journal.check_chain(lines)
        if found is not None:
            breaks.append(found)
    return Checked(chains=chains, lines=Line.objects.count(), breaks=tuple(breaks))


def hosts_personally() -> bool:
    return Instance.objects.filter(host=Instance.Host.PERSONAL).exists()
