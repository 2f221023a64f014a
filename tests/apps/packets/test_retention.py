"""What is over goes after the time that the office set: told twice, kept by one press, and nothing of others' with it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast
from tests.factories import NOW, TODAY, make_account, make_contact, make_opportunity, make_purpose, proven
from tests.retaining import (
    A_DAY,
    REQUESTS,
    age,
    decide,
    declined,
    everything_stored,
    post_goes_out,
    worker_runs,
)
from tests.sealing import make_sealed

from vouchsafe.adapters.post.caught import STEP, Caught
from vouchsafe.adapters.post.transport import Parcel
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.asks.actions.restore_request import restore_request
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.actions.withdraw_request import withdraw_request
from vouchsafe.asks.models import Document, Request
from vouchsafe.core.retention import KEEPS_ALL, Rule, SpanNotOffered
from vouchsafe.desk import keeping
from vouchsafe.doors.worker import retaining
from vouchsafe.doors.worker.retaining import Walk, retain
from vouchsafe.ledger import custody, inbox, outbox
from vouchsafe.ledger.models import Line, Outgoing, Received
from vouchsafe.letters.models import Upload
from vouchsafe.packets import access_aged
from vouchsafe.packets.access_aged import aged_requests, due_farewells
from vouchsafe.packets.actions import erase_aged as erasing
from vouchsafe.packets.actions.keep_longer import keep_longer
from vouchsafe.packets.actions.set_keeping_rule import OfficeDecidesKeeping, set_keeping_rule
from vouchsafe.people.models import Account, Contact, Correspondent, Farewell, Instance, KeepingRule, Sweep

ITS_OWN = "quoll-9002"  # the folder of caught mails outlives a test


def test_nothing_goes_while_everything_is_kept(cast: Cast) -> None:
    declined(cast.ben)
    age(cast.ada, NOW)
    assert worker_runs(NOW + 5000 * A_DAY, 3)
    assert not Farewell.objects.exists()
    assert not Sweep.objects.exists()


def test_a_request_that_ended_long_ago_leaves_nothing_but_its_lines(cast: Cast, commits: Any) -> None:
    purpose = declined(cast.ben, canary=ITS_OWN)
    mine = declined(cast.ben_to_eve, canary="wombat-1188")
    decide(cast, REQUESTS)
    Outgoing.objects.filter(kind="said_no").update(state="sent", ended_at=NOW)
    files = [*Document.objects.filter(request=purpose.request).values_list("file", flat=True)]
    files += Upload.objects.filter(letter__request=purpose.request).values_list("file", flat=True)
    lines = Line.objects.filter(chain=cast.ada.key).count()
    start = datetime(2027, 9, 5, 1, tzinfo=UTC)  # thirty days before 5 October, to the day
    # Eve kept hers open: she opened it again.
    restore = NOW + 100 * A_DAY
    record_answer(visit=proven(mine), said="yes", today=TODAY, now=restore)
    post_goes_out(restore)
    assert ITS_OWN in everything_stored()
    with commits():
        worker_runs(start - A_DAY, 1)
        assert not Farewell.objects.exists()
        worker_runs(start, 30)
        assert Request.objects.filter(pk=purpose.request.pk).exists()
        worker_runs(start + 30 * A_DAY, 1)
    assert not Request.objects.filter(pk=purpose.request.pk).exists()
    # The opportunity is the applicant's own, and stays with its title.
    titles = [row for row in everything_stored().splitlines() if ITS_OWN in row]
    assert all(f"Analyst {ITS_OWN}" in row for row in titles), titles
    assert not any(custody.vault().exists(file) for file in files)
    assert Contact.objects.get(pk=cast.ben.pk).name == "Ben Okafor"
    assert Request.objects.get() == mine.request
    assert "wombat-1188" in everything_stored()
    told = Line.objects.filter(chain=cast.ada.key)[lines:]
    assert [line.verb for line in told] == ["farewell_said", "request_erased"]
    assert Sweep.objects.get().keys == [purpose.request.key]
    assert [row.kind for row in Outgoing.objects.filter(chain=cast.ada.key, kind="farewell")] == [
        "farewell",
        "farewell",
    ]


@pytest.mark.parametrize("way", ["withdrawn", "silent"])
def test_withdrawn_and_never_answered_requests_go_too(cast: Cast, way: str, commits: Any) -> None:
    purpose = make_purpose(cast.ben, make_opportunity(cast.ada))
    send_ask(by=cast.ada, purpose=purpose, now=NOW, undo=timedelta(0))
    post_goes_out(NOW)
    if way == "withdrawn":
        withdraw_request(by=cast.ada, request=purpose.request, now=NOW)
        post_goes_out(NOW)
    decide(cast, REQUESTS)
    # The date the letter was for counts where it is later: 2 November.
    assert not list(aged_requests(months=12, now=datetime(2027, 11, 1, 23, tzinfo=UTC)))
    assert len(list(aged_requests(months=12, now=datetime(2027, 11, 2, 1, tzinfo=UTC)))) == 1
    with commits():
        worker_runs(datetime(2027, 11, 2, 1, tzinfo=UTC), 31)
    assert not Request.objects.exists()


def test_what_is_under_way_or_sealed_is_never_a_closed_request(cast: Cast) -> None:
    far = NOW + 3000 * A_DAY
    waiting = make_purpose(cast.ben, make_opportunity(cast.ada), shown_on=None)
    assert not list(aged_requests(months=12, now=far))  # only prepared
    send_ask(by=cast.ada, purpose=waiting, now=NOW, undo=timedelta(0))
    assert not list(aged_requests(months=12, now=far))  # its mail has not left
    post_goes_out(NOW)
    assert len(list(aged_requests(months=12, now=far))) == 1
    held = inbox.keep(b"Subject: x\r\n\r\nx", source="smtp", now=NOW)
    Received.objects.filter(pk=held.pk).update(about=waiting.request.key, state="held", handled_at=NOW)
    assert not list(aged_requests(months=12, now=far))  # a mail waits for its writer's word
    Received.objects.all().delete()
    record_answer(visit=proven(waiting), said="yes", today=TODAY, now=NOW)
    assert not list(aged_requests(months=12, now=far))  # its writer said yes
    sealed = make_sealed(make_contact(cast.ada, "Ann Reed"), make_opportunity(cast.ada, "Grant"), now=NOW)
    request = sealed.letter.request
    assert request is not None
    assert not [one for one in aged_requests(months=12, now=far) if one.pk == request.pk]


def test_a_press_keeps_requests_for_as_long_again(cast: Cast) -> None:
    purpose = declined(cast.ben)
    decide(cast, REQUESTS)
    told = worker_runs(datetime(2027, 9, 5, 1, tzinfo=UTC), 10)
    row = Farewell.objects.get()
    assert row.abouts == [purpose.request.key]
    assert keep_longer(farewell=row, now=told)
    assert not keep_longer(farewell=row, now=told)
    worker_runs(told, 40)
    assert Request.objects.filter(pk=purpose.request.pk).exists()
    assert Farewell.objects.count() == 1
    again = datetime(2028, 8, 15, 1, tzinfo=UTC)  # a year after 14 September, but thirty days
    worker_runs(again - A_DAY, 1)
    assert Farewell.objects.count() == 1
    worker_runs(again, 1)
    assert Farewell.objects.count() == 2
    assert Line.objects.filter(verb="kept_longer", chain=cast.ada.key).count() == 1


def test_a_request_taken_up_again_between_the_mails_and_the_day_stays(cast: Cast) -> None:
    purpose = make_purpose(cast.ben, make_opportunity(cast.ada), shown_on=None)
    withdraw_request(by=cast.ada, request=purpose.request, now=NOW)
    decide(cast, REQUESTS)
    start = datetime(2027, 9, 5, 1, tzinfo=UTC)
    now = worker_runs(start, 29)  # both mails have left; the day is tomorrow
    assert Outgoing.objects.filter(kind="farewell", state="sent").count() == 2
    restore_request(by=cast.ada, request=purpose.request, now=now)
    worker_runs(now, 5)
    assert Request.objects.filter(pk=purpose.request.pk).exists()
    assert not Sweep.objects.exists()
    assert Farewell.objects.get().outcome == "used"  # and the page behind the mail says that everything stays


def test_nothing_goes_while_a_mail_that_told_of_it_has_not_arrived(cast: Cast) -> None:
    declined(cast.ben)
    decide(cast, REQUESTS)
    start = datetime(2027, 9, 5, 1, tzinfo=UTC)
    retain(now=start)
    Outgoing.objects.filter(kind="farewell").update(state="failed", ended_at=start)
    late = worker_runs(start, 400)
    (stuck,) = Farewell.objects.all()
    assert stuck.told_again_at
    assert Request.objects.exists()
    assert not Sweep.objects.exists()
    assert not list(due_farewells(late)), "nor is it asked of again every hour"
    assert Outgoing.objects.filter(kind="farewell").count() == 2, "nor told again"
    Outgoing.objects.filter(kind="farewell").update(state="sent", ended_at=late)
    assert list(due_farewells(late)) == [stuck]


def test_nothing_goes_while_mails_are_caught_but_at_the_home_of_who_looks_at_them(
    cast: Cast, commits: Any
) -> None:
    declined(cast.ben)
    decide(cast, REQUESTS)
    start = datetime(2027, 9, 5, 1, tzinfo=UTC)
    with commits():
        for days in (0, 23, 40):
            retain(now=start + days * A_DAY)
            waiting = Outgoing.objects.filter(state="waiting")
            waiting.update(state="sent", ended_at=start + days * A_DAY, outcome=STEP)
        assert Request.objects.exists()
        Instance.objects.update(host="personal")
        retain(now=start + 41 * A_DAY)
    assert not Request.objects.exists()


def test_killed_between_batches_it_goes_on_with_what_is_left(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, commits: Any
) -> None:
    monkeypatch.setattr(erasing, "AT_ONCE", 1)
    for name in ("Ben", "Ann", "Cal"):
        declined(make_contact(cast.ada, f"{name} Reed"))
    decide(cast, REQUESTS)
    now = worker_runs(datetime(2027, 9, 5, 1, tzinfo=UTC), 30) + A_DAY
    real, calls = erasing._erase, []

    def dies(*args: Any, **kwargs: Any) -> None:
        calls.append(args)
        real(*args, **kwargs)
        if len(calls) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(erasing, "_erase", dies)
    (row,) = Farewell.objects.all()
    with commits():
        assert erasing.erase_aged(farewell=row, now=now)
        with pytest.raises(KeyboardInterrupt):
            erasing.erase_aged(farewell=row, now=now)
        assert Request.objects.count() == 2  # the second was rolled back, whole
        assert Document.objects.count() == 2
        monkeypatch.setattr(erasing, "_erase", real)
        worker_runs(now, 1)
    assert not Request.objects.exists()
    assert sum(row.count for row in Sweep.objects.all()) == 3
    row.refresh_from_db()
    assert (row.outcome, row.abouts) == ("erased", [])


def test_one_that_cannot_be_erased_or_told_keeps_nobody_else_waiting(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    declined(cast.ben)
    declined(cast.ben_to_eve)
    decide(cast, REQUESTS)
    start = datetime(2027, 9, 5, 1, tzinfo=UTC)

    served: list[str] = []

    def failing_for_ada(act: Any) -> Any:
        def one(**facts: Any) -> Any:
            if cast.ada in (facts.get("account"), getattr(facts.get("farewell"), "account", None)):
                raise RuntimeError("a fault")
            served.append(act.__name__)
            return act(**facts)

        return one

    for name, days in (("say_farewell", 0), ("say_farewell_again", 23), ("erase_aged", 30)):
        with monkeypatch.context() as broken:
            broken.setattr(retaining, name, failing_for_ada(getattr(retaining, name)))
            for _ in range(2):
                with pytest.raises(RuntimeError):
                    retain(now=start + days * A_DAY)
            post_goes_out(start + days * A_DAY)
        assert name in served
        retain(now=start + days * A_DAY)
        post_goes_out(start + days * A_DAY)
    assert not Request.objects.filter(contact__owner__in=[cast.ada, cast.eve]).exists()


def test_one_press_by_the_office_calls_everything_off(cast: Cast) -> None:
    declined(cast.ben)
    decide(cast, REQUESTS)
    now = worker_runs(datetime(2027, 9, 5, 1, tzinfo=UTC), 1)
    decide(cast, KEEPS_ALL, now)
    assert Farewell.objects.get().outcome == "off"
    worker_runs(now, 60)
    assert Request.objects.exists()
    decide(cast, REQUESTS, now)  # on again: they are told anew
    worker_runs(now, 1)
    assert Farewell.objects.count() == 2
    assert KeepingRule.objects.count() == 3


def test_only_who_keeps_the_instance_decides_and_only_offered_spans(cast: Cast) -> None:
    for by in (cast.ada, cast.eve):
        with pytest.raises(OfficeDecidesKeeping):
            set_keeping_rule(by=by, rule=REQUESTS, now=NOW)
    with pytest.raises(SpanNotOffered):
        decide(cast, Rule(accounts=1))
    assert not KeepingRule.objects.exists()
    decide(cast, REQUESTS)
    decide(cast, REQUESTS)
    assert KeepingRule.objects.count() == Line.objects.filter(verb="keeping_set").count() == 1


@pytest.mark.parametrize(
    ("zone", "first", "hour"),
    [("Pacific/Kiritimati", 4, 10), ("UTC", 5, 0), ("Pacific/Pago_Pago", 4, 11), ("Europe/Berlin", 4, 22)],
)
def test_days_are_those_of_whom_it_belongs_to(cast: Cast, zone: str, first: int, hour: int) -> None:
    """It ended on 5 October at 09:00 UTC: late on the 5th on Kiritimati, late on the 4th in Pago Pago."""
    Account.objects.filter(pk=cast.ada.pk).update(time_zone=zone)
    declined(cast.ben)
    begins = datetime(2027, 10, first, hour, tzinfo=UTC)
    before = begins - timedelta(seconds=1)
    assert not list(aged_requests(months=12, now=before))
    assert list(aged_requests(months=12, now=begins))


def test_a_writers_list_that_named_the_request_is_caught_no_longer(cast: Cast, commits: Any) -> None:
    request = declined(cast.ben).request
    correspondent, _ = Correspondent.objects.get_or_create(mailbox="ben@writers.example")
    Request.objects.filter(pk=request.pk).update(correspondent=correspondent)
    request.refresh_from_db()
    weekly = outbox.queue(
        outbox.Parcel(kind="writer_digest", to_address="ben@writers.example", to_name="Ben"),
        delivery=Outgoing.Delivery.AT_LEAST_ONCE, chain="writer", about=correspondent.key, once="w", now=NOW,
    )  # fmt: skip
    post_goes_out(NOW)
    caught = Caught(settings.DATA_FOLDER / "mail", lambda raw: custody.encrypt(raw, context="caught-mail"))
    caught.send(Parcel(f"<{weekly.message_id}>", "us@example.org", "ben@writers.example", b"eland-5520"))
    assert "eland-5520" in everything_stored()
    with commits(), transaction.atomic():
        erasing._erase(request, cast.ada, NOW)
    assert "eland-5520" not in everything_stored()


def test_the_preview_counts_what_the_first_sweep_erases(cast: Cast) -> None:
    declined(cast.ben)
    for person in (cast.ada, cast.eve, cast.dana):
        age(person, NOW)
    now = NOW + 500 * A_DAY
    rule = Rule(requests=12, accounts=12, mails=12, readers=24)
    rows = {row.kind: row for row in keeping.expected(rule, today=now.date(), now=now)}
    assert (rows["requests"].count, rows["accounts"].count, rows["readers"].count) == (1, 2, 0)
    assert rows["requests"].first_on == now.date() + timedelta(days=30)
    assert rows["mails"].count == 2  # the mail of the no, and the one kept aside
    early = {row.kind: row for row in keeping.expected(rule, today=TODAY, now=NOW)}
    assert (early["requests"].count, early["requests"].oldest_on) == (0, datetime(2027, 10, 5).date())
    assert "kept" not in str(keeping.next_sweep())
    decide(cast, rule)
    worker_runs(now, 1)
    assert keeping.keeping().told[0].erase_on == now.date() + timedelta(days=30)
    assert {row.kind for row in keeping.keeping().told} == {"accounts"}  # and their requests with them


def test_a_long_walk_is_made_in_parts_and_then_rests(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("Ben", "Ann", "Cal"):
        owner = make_account(f"{name} Owner")
        purpose = make_purpose(make_contact(owner, f"{name} Reed"), make_opportunity(owner), shown_on=None)
        withdraw_request(by=owner, request=purpose.request, now=NOW)
    decide(cast, REQUESTS)
    monkeypatch.setattr(access_aged, "WINDOW", 2)
    monkeypatch.setattr(retaining, "BATCH", 1)
    now, walk, parts = NOW + 400 * A_DAY, Walk(), 0
    while retain(now=now, walk=walk):
        parts += 1
    assert parts >= 3
    assert Farewell.objects.count() == 3
    with CaptureQueriesContext(connection) as asked:
        assert retain(now=now + timedelta(hours=1), walk=walk) == 0
    assert not [one for one in asked if "asks_request" in one["sql"]]
    assert retain(now=now + timedelta(hours=12), walk=walk)  # and it begins again


def test_two_workers_tell_somebody_once(cast: Cast) -> None:
    declined(cast.ben)
    decide(cast, REQUESTS)
    make_account("Ann Other")
    for _ in range(3):
        retain(now=datetime(2027, 9, 6, tzinfo=UTC))
    assert Outgoing.objects.filter(kind="farewell").count() == 1
