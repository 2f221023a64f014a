"""Writing the journal: one line per act, each chained to the one before it in its applicant's chain."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction
from django.db.models import OuterRef, Subquery

from vouchsafe.ledger.models import Line, Root

OFFICE = "office"
START = "0" * 64


def note(*, chain: str, verb: str, about: str, by: str, now: datetime, detail: str = "") -> Line:
    """Add one line to a chain. Call it inside the action's transaction.

    `chain` is the applicant's key or `OFFICE`; `about` a row's key; `detail` a code or keyed digest.
    Who writes to one chain in the same moment waits for the other's transaction to end.
    """
    _wait_for_turn(chain)
    head = Line.objects.filter(chain=chain).order_by("-position").first()
    position = head.position + 1 if head else 1
    before = head.digest if head else START
    line = Line(
        chain=chain, position=position, at=now, by=by, verb=verb, about=about, detail=detail, before=before
    )
    line.digest = digest_of(line)
    line.save(force_insert=True)
    return line


def _wait_for_turn(chain: str) -> None:
    """On SQLite whoever writes is alone already. On PostgreSQL locking the head would not do.

    Whoever waits for a row is given that row, and not the one that became the head meanwhile.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"journal {chain}"])


def digest_of(line: Line) -> str:
    """SHA-256 over the canonical line and the digest before it, in hex."""
    facts = [
        line.chain,
        line.position,
        line.at.astimezone(UTC).isoformat(),
        line.by,
        line.verb,
        line.about,
        line.detail,
        line.before,
    ]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain no longer fits together."""

    chain: str
    position: int
    why: str


def check_chain(lines: Iterable[Line], *, kept_head: tuple[int, str] | None = None) -> Break | None:
    """The first break in one chain, or None. `kept_head` (position, digest) shows a cut tail too."""
    before, position, chain = START, 0, ""
    heads: dict[int, str] = {}
    for line in lines:
        chain = line.chain
        position += 1
        if line.position != position:
            return Break(chain, position, "a line is missing")
        if line.before != before or digest_of(line) != line.digest:
            return Break(chain, position, "a line was changed")
        before = heads[position] = line.digest
    if kept_head is not None:
        kept_position, kept_digest = kept_head
        if kept_position > position:
            return Break(chain, position + 1, "the end is missing")
        if kept_position and heads.get(kept_position) != kept_digest:
            return Break(chain, kept_position, "a line was changed")
    return None


ANCHOR_EVERY = timedelta(hours=1)


def anchor_if_due(now: datetime) -> Root | None:
    """Write the hourly root once its hour has come, or where the clock was set back by more than that."""
    last = Root.objects.order_by("-id").values_list("at", flat=True).first()
    return anchor(now) if last is None or abs(now - last) >= ANCHOR_EVERY else None


@transaction.atomic
def anchor(now: datetime) -> Root:
    """Write a root over the heads of all chains."""
    last = Root.objects.order_by("-id").first()
    newest = Line.objects.filter(chain=OuterRef("chain")).order_by("-position")
    chains = Line.objects.order_by("chain").values_list("chain").distinct()
    heads = hashlib.sha256()
    count = 0
    for chain, digest in chains.annotate(head=Subquery(newest.values("digest")[:1])).iterator():
        heads.update(f"{chain}:{digest}\n".encode())
        count += 1
    before = last.digest if last else START
    digest = hashlib.sha256(f"{now.isoformat()}|{count}|{heads.hexdigest()}|{before}".encode()).hexdigest()
    return Root.objects.create(at=now, chains=count, heads=heads.hexdigest(), before=before, digest=digest)


def abouts(*, chain: str, verb: str) -> list[str]:
    """What the lines of one kind in a chain are about, in their order."""
    return list(
        Line.objects.filter(chain=chain, verb=verb).order_by("position").values_list("about", flat=True)
    )
