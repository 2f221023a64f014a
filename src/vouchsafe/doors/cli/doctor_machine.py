"""The machine side of `vouchsafe doctor`: database, keys, vault, clock, worker, disk, public address."""

from __future__ import annotations

import http.client
import os
import shutil
import ssl
import stat
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from vouchsafe.adapters.keys import Kind
from vouchsafe.adapters.vault import KeepsVersionsError, Role, Viewer
from vouchsafe.core.checkup import Finding, State
from vouchsafe.core.words import Refusal, Sentence, say
from vouchsafe.desk import keeping, office
from vouchsafe.ledger import custody
from vouchsafe.ledger.versions import demand_own_database

LITTLE_SPACE_GB = 1.0
SOME_SPACE_GB = 5.0
SECONDS = 8.0
CLOCK_OFF = timedelta(minutes=2)
WORKER_SILENT = timedelta(hours=2)  # it writes an anchor every hour


def findings(now: datetime) -> Iterator[Finding]:
    database = _database()
    yield database
    yield _keys()
    if not _missing_keys():  # opening the vault would make them, and the loss would be seen no more
        yield _vault()
    if database.state is State.FINE:
        yield _cache()
        yield from _worker_and_clock(now)
        yield Finding("keeping", State.FINE, keeping.next_sweep())
    yield _disk()
    yield from _address(now)


def _database() -> Finding:
    try:
        executor = MigrationExecutor(connection)
        ahead = executor.migration_plan(executor.loader.graph.leaf_nodes())
        demand_own_database()
    except DatabaseError as trouble:
        return Finding(
            "database",
            State.WRONG,
            say("The database does not answer: {why}.", why=" ".join(str(trouble).split()).rstrip(".")),
            say("Check DATABASE_URL, or the folder in VOUCHSAFE_DATA."),
        )
    except Refusal as refusal:
        return Finding("database", State.WRONG, refusal.sentence, refusal.hint)
    if ahead:
        return Finding(
            "database",
            State.WRONG,
            say("The database is older than the program by {n} steps.", n=len(ahead)),
            say("Run vouchsafe manage migrate, or start vouchsafe serve, which does."),
        )
    return Finding("database", State.FINE, say("The database answers, and is up to date."))


def _keys() -> Finding:
    folder = settings.DATA_FOLDER / "keys"
    if missing := _missing_keys():
        return Finding(
            "keys",
            State.WRONG,
            say("Keys are missing in {folder}: {kinds}.", folder=folder, kinds=", ".join(missing)),
            say("Bring them back from a backup. On a new instance, start vouchsafe serve once."),
        )
    files = [each for each in folder.rglob("*") if each.is_file()]
    open_ones = [each for each in (folder, *files) if _mode(each) & (stat.S_IRWXG | stat.S_IRWXO)]
    if open_ones:
        return Finding(
            "keys",
            State.WRONG,
            say("{file} can be read by others on this machine.", file=open_ones[0]),
            say("Run chmod -R go= {folder}", folder=folder),
        )
    foreign = [each for each in files if each.stat().st_uid != os.geteuid()]
    if foreign:
        return Finding(
            "keys",
            State.LOOK,
            say("{file} belongs to another user than the one who runs this.", file=foreign[0]),
            say("Run the doctor as the user who runs vouchsafe serve."),
        )
    return Finding("keys", State.FINE, say("The keys are there, and only their owner can read them."))


def _missing_keys() -> list[str]:
    """Which kinds of keys are not there, without making them as opening the ring would."""
    folder = settings.DATA_FOLDER / "keys"
    return [kind.value for kind in Kind if not any(folder.glob(f"{kind}-*.key"))]


def _cure_of_the_vault(trouble: OSError) -> Sentence:
    if isinstance(trouble, KeepsVersionsError):
        return say("Make a bucket without versioning and move the files there: what is erased must be gone.")
    if settings.VAULT_BUCKET is not None:
        return say(
            "Look at VOUCHSAFE_VAULT and the VOUCHSAFE_S3_ settings, and whether the bucket {name} lets us read, write, delete and list.",
            name=settings.VAULT_BUCKET["name"],
        )
    return say("Let the user who runs this write to {folder}.", folder=settings.DATA_FOLDER / "vault")


def _vault() -> Finding:
    """A file goes in and comes out again, and is destroyed."""
    try:
        kept = custody.vault().put(b"doctor").file_id
        same = custody.vault().open(kept, Viewer(Role.HOUSE, purpose="mail")) == b"doctor"
        custody.vault().erase(kept)
    except OSError as trouble:
        return Finding(
            "vault",
            State.WRONG,
            say(
                "Files cannot be kept: {why}.", why=trouble.strerror or str(trouble) or type(trouble).__name__
            ),
            _cure_of_the_vault(trouble),
        )
    if not same:
        return Finding(
            "vault",
            State.WRONG,
            say("A file came back from the vault other than it was kept."),
            say("Check the disk, and whether the keys belong to this data folder."),
        )
    return Finding("vault", State.FINE, say("Files are kept encrypted, and come back."))


def _cache() -> Finding:
    """What all processes count together: a number goes in and comes out again."""
    from redis.exceptions import RedisError

    try:
        cache.set("doctor", "looked", timeout=60)
        same = cache.get("doctor") == "looked"
        cache.delete("doctor")
    except (DatabaseError, RedisError) as trouble:
        same, why = False, type(trouble).__name__
    else:
        why = "what was kept did not come back"
    if same:
        return Finding("cache", State.FINE, say("Presses are counted, over all processes together."))
    return Finding(
        "cache",
        State.WRONG,
        say("Presses cannot be counted, so the limits do not hold: {why}.", why=why),
        say("Check VOUCHSAFE_CACHE_URL and whether that server runs. Without it, run vouchsafe prepare."),
    )


def _worker_and_clock(now: datetime) -> Iterator[Finding]:
    health = office.health(now)
    anchored = health.last_anchor_at
    if anchored is not None and anchored > now + CLOCK_OFF:
        yield Finding(
            "clock",
            State.WRONG,
            say("The clock runs behind what was written at {when}.", when=anchored),
            say("Set it by a time server, for example with timedatectl set-ntp true."),
        )
    else:
        yield Finding("clock", State.FINE, say("The clock is not behind anything that was written."))
    silent = anchored is None or now - anchored > WORKER_SILENT
    if silent or health.overdue:
        yield Finding(
            "worker",
            State.WRONG,
            say("The worker is not running: {n} mails have waited for ten minutes.", n=health.overdue)
            if health.overdue
            else say("The worker has not been at work for two hours."),
            say("Start vouchsafe serve, or vouchsafe worker beside it."),
        )
    else:
        yield Finding("worker", State.FINE, say("The worker is at work."))


def _disk() -> Finding:
    free = shutil.disk_usage(settings.DATA_FOLDER).free / 1e9
    said = say("{n} GB are free for {folder}.", n=f"{free:.1f}", folder=settings.DATA_FOLDER)
    if free >= SOME_SPACE_GB:
        return Finding("disk", State.FINE, said)
    state = State.WRONG if free < LITTLE_SPACE_GB else State.LOOK
    return Finding("disk", state, said, say("Make room, or letters cannot be taken in."))


def _address(now: datetime) -> Iterator[Finding]:
    url = settings.PUBLIC_URL
    if url is None:
        yield Finding(
            "address",
            State.SKIPPED,
            say("There is no public address, so only this machine is served."),
            say("Set VOUCHSAFE_URL, and others can reach it."),
        )
        return
    if urlsplit(url).scheme != "https":
        yield Finding(
            "address",
            State.WRONG,
            say("{url} is not encrypted.", url=url),
            say("Put a server with a certificate before it, and write https into VOUCHSAFE_URL."),
        )
        return
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=SECONDS) as answer:  # noqa: S310 - https, checked above
            status, date = answer.status, answer.headers.get("Date")
    except (URLError, OSError, http.client.HTTPException) as trouble:
        why = getattr(trouble, "reason", None) or trouble
        certificate = isinstance(why, ssl.SSLCertVerificationError)
        yield Finding(
            "address",
            State.WRONG,
            say("{url} does not answer from here: {why}.", url=url, why=str(why).rstrip(".")),
            say("Renew the certificate.")
            if certificate
            else say("Check the name, the proxy and the firewall."),
        )
        return
    yield Finding("address", State.FINE, say("{url} answers with {status}.", url=url, status=status))
    there = parsedate_to_datetime(date) if date else now
    if abs((there if there.tzinfo else there.replace(tzinfo=UTC)) - now) > CLOCK_OFF:
        yield Finding(
            "clock",
            State.WRONG,
            say("This machine's clock and that of {url} differ.", url=url),
            say("Set both by a time server."),
        )


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)
