"""What is old of our own notes is forgotten, and nothing that is still needed: words of mails, addresses and ways in of readers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import connection
from tests.calling import make_call, make_seat
from tests.cast import Cast
from tests.factories import NOW, make_opportunity
from tests.retaining import (
    A_DAY,
    CANARY,
    decide,
    declined,
    worker_runs,
)
from tests.sealing import make_packet_of, make_reader, make_sealed

from vouchsafe.adapters.post.caught import caught_names
from vouchsafe.asks.models import Request
from vouchsafe.core.retention import Rule
from vouchsafe.desk import keeping
from vouchsafe.ledger import inbox, outbox
from vouchsafe.ledger.models import Outgoing, Received
from vouchsafe.packets.actions.forget_aged import forget_aged_mails
from vouchsafe.packets.models import Reader, ReaderLink, Seat, SeatLink, Viewing
from vouchsafe.people.models import Sweep


def test_words_of_old_mails_are_forgotten_and_their_rows_stay(cast: Cast, commits: Any) -> None:
    purpose = declined(cast.ben)
    decide(cast, Rule(mails=12))
    aside = inbox.keep(f"Subject: {CANARY} aside\r\n\r\n".encode(), source="smtp", now=NOW)
    Received.objects.filter(pk=aside.pk).update(state="aside", handled_at=NOW)
    fresh = inbox.keep(b"Subject: new\r\n\r\n", source="smtp", now=NOW + 300 * A_DAY)
    Received.objects.filter(pk=fresh.pk).update(state="aside", handled_at=NOW)
    rows = Outgoing.objects.count()
    kept = set(caught_names(settings.DATA_FOLDER / "mail"))
    with commits():
        worker_runs(datetime(2027, 10, 5, 23, tzinfo=UTC), 1)
        assert not Sweep.objects.exists()  # the day of the mail itself is not over a year ago yet
        worker_runs(datetime(2027, 10, 6, 0, tzinfo=UTC), 1)
    assert Outgoing.objects.count() == rows
    told = {row.kind: outbox.read(row).to_address for row in Outgoing.objects.all()}
    assert told["ask"] == "ben@writers.example"  # the page of the request shows it
    assert told["said_no"] == ""
    aside.refresh_from_db()
    fresh.refresh_from_db()
    assert (inbox.read(aside), aside.state, aside.outcome) == (b"", "dropped", "aged")
    assert fresh.state == "aside"
    assert inbox.read(fresh)
    assert set(caught_names(settings.DATA_FOLDER / "mail")) == kept  # the ask's own
    assert Request.objects.filter(pk=purpose.request.pk).exists()
    assert Sweep.objects.get().kind == "mails"


def test_mail_that_the_office_has_handled_again_at_that_moment_is_not_forgotten(cast: Cast) -> None:
    decide(cast, Rule(mails=12))
    row = inbox.keep(f"Subject: {CANARY}\r\n\r\n".encode(), source="smtp", now=NOW)
    Received.objects.filter(pk=row.pk).update(state="failed", handled_at=NOW)
    later = NOW + 500 * A_DAY

    def office(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = execute(sql, params, many, context)
        if sql.startswith("SELECT") and "ledger_received" in sql:
            inbox.retry(row.key, now=later)
        return found

    with connection.execute_wrapper(office):
        assert not forget_aged_mails(now=later)
    row.refresh_from_db()
    assert row.state == "waiting"
    assert CANARY in inbox.read(row).decode()
    assert not Sweep.objects.exists()


def test_former_readers_lose_address_and_way_in_and_live_ones_nothing(cast: Cast) -> None:
    place = make_opportunity(cast.ada)
    packet = make_packet_of(make_sealed(cast.ben, place, now=NOW), opportunity=place)
    old, live = make_reader(packet), make_reader(packet, "Kim", "kim@readers.example")
    for row in (old, live):
        ReaderLink.objects.create(reader=row, n=9, generation=1, token_hash=row.key, made_at=NOW)
    Reader.objects.filter(pk=old.pk).update(expires_at=NOW, confirmed_at=NOW)
    Reader.objects.filter(pk=live.pk).update(expires_at=NOW + 900 * A_DAY)
    Viewing.objects.create(reader=old, what="read", viewed_at=NOW)
    decide(cast, Rule(readers=12))
    worker_runs(NOW + 400 * A_DAY, 1)
    old.refresh_from_db()
    live.refresh_from_db()
    assert (old.name, old.address, old.mailbox) == ("Cleo Brandt", "", "@readers.example")
    assert (live.address, live.mailbox) == ("kim@readers.example", "kim@readers.example")
    assert [link.reader for link in ReaderLink.objects.all()] == [live]
    assert Viewing.objects.filter(reader=old).exists()
    assert Sweep.objects.get().keys == [old.key]


def test_a_committee_that_is_over_is_forgotten_but_for_names_and_domain(cast: Cast) -> None:
    call = make_call(cast.dana)
    old, second, live = (
        make_seat(cast.dana, call, name) for name in ("Cleo Brandt", "Kim Lund", "Ola Reyes")
    )
    for row in (old, second, live):
        SeatLink.objects.create(seat=row, n=9, generation=1, token_hash=row.key, made_at=NOW)
    Seat.objects.filter(pk__in=[old.pk, live.pk]).update(expires_at=NOW + 900 * A_DAY, code_hash="c")
    Seat.objects.filter(pk=old.pk).update(revoked_at=NOW)
    Seat.objects.filter(pk=second.pk).update(expires_at=NOW)
    rule, now = Rule(readers=12), NOW + 400 * A_DAY
    (row,) = keeping.expected(rule, today=now.date(), now=now)
    assert row.count == 2
    decide(cast, rule)
    worker_runs(now, 1)
    for row in (old, second, live):
        row.refresh_from_db()
    assert (old.name, old.address, old.code_hash) == ("Cleo Brandt", "@committee.example", "")
    assert "cleo" not in old.mailbox
    assert "kim" not in second.mailbox + second.address
    assert (live.address, live.mailbox, live.code_hash) == (
        "ola@committee.example",
        "ola@committee.example",
        "c",
    )
    assert [link.seat for link in SeatLink.objects.all()] == [live]
    assert Sweep.objects.get().keys == [old.key, second.key]
    assert make_seat(cast.dana, call).pk != old.pk  # named again, they sit there anew
