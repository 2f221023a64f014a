"""Reading against taking somebody off the shortlist: whichever commits first, nothing is read afterwards. And other races of calls."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.utils import timezone
from tests import factories
from tests.calling import join, letter_for, make_call, make_seat

from vouchsafe.asks.access import Visit
from vouchsafe.asks.actions import move_call_days
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.models import Answer, Purpose
from vouchsafe.ledger.models import Line
from vouchsafe.packets.access import AccessOver
from vouchsafe.packets.actions.open_application import LettersHeld, open_application
from vouchsafe.packets.actions.read_letter import read_letter
from vouchsafe.packets.actions.shortlist_applicants import shortlist_applicants
from vouchsafe.packets.models import Reader, Viewing
from vouchsafe.plans.models import Application, Call

ROUNDS = 8
READERS = 2


@pytest.mark.wide
@pytest.mark.django_db(transaction=True)
def test_nothing_is_read_after_its_applicant_was_taken_off_the_shortlist() -> None:
    dana, ada = factories.make_account("Dana Whitlock", role="office"), factories.make_account("Ada Marsh")
    factories.make_instance(dana)
    ben = factories.make_contact(ada)
    call = make_call(dana, holds=True)
    part = join(ada, call, ben)
    seal = letter_for(part, ben)
    seat = make_seat(dana, call)
    read: list[Reader] = []

    def shortlist(*, listed: bool) -> None:
        shortlist_applicants(
            by=dana, call=call, keys=[part.key], listed=listed, undo=timedelta(0), now=timezone.now()
        )

    for _ in range(ROUNDS):
        shortlist(listed=True)
        reader = open_application(seat=seat, key=part.key, now=timezone.now())
        start = threading.Barrier(READERS + 2)

        def reading(reader: Reader = reader, start: threading.Barrier = start) -> None:
            try:
                start.wait()
                read_letter(reader=reader, seal=seal, what="downloaded", now=timezone.now())
                read.append(reader)
            except AccessOver:
                pass
            finally:
                connection.close()

        def opening(start: threading.Barrier = start) -> None:
            try:
                start.wait()
                open_application(seat=seat, key=part.key, now=timezone.now())
            except LettersHeld:
                pass
            finally:
                connection.close()

        def unlisting(start: threading.Barrier = start) -> None:
            try:
                start.wait()
                shortlist(listed=False)
            finally:
                connection.close()

        threads = [threading.Thread(target=reading) for _ in range(READERS)]
        threads += [threading.Thread(target=opening), threading.Thread(target=unlisting)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        off = Line.objects.filter(verb="applicant_unlisted", about=part.key).latest("pk").pk
        late = Line.objects.filter(verb__in=("reader_read", "reader_downloaded", "reader_opened"), pk__gt=off)
        assert not late.exists(), "both lock the applicant's row, so their lines stand in the order they came"
        with pytest.raises(AccessOver):
            read_letter(reader=reader, seal=seal, what="read", now=timezone.now())
    assert Viewing.objects.filter(what="downloaded").count() == len(read)
    assert Call.objects.count() == Application.objects.count() == 1


@pytest.mark.wide
@pytest.mark.django_db(transaction=True)
def test_writer_who_answers_while_the_days_of_the_call_move_and_the_move_both_come_to_their_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One locks many requests and writes into their applicants' chains, the other one request and then the same chain."""
    dana, ada = factories.make_account("Dana Whitlock", role="office"), factories.make_account("Ada Marsh")
    factories.make_instance(dana)
    call = make_call(dana)
    part = join(ada, call)
    asked = []
    for name in ("Ben Okafor", "Mina Holt"):
        purpose = factories.make_purpose(
            factories.make_contact(ada, name),
            part.opportunity,
            shown_on=call.due_on,
            confidentiality="waived",
        )
        send_ask(by=ada, purpose=purpose, now=timezone.now(), undo=timedelta(0))
        asked.append(factories.proven(purpose))
    moved, faults = threading.Event(), []
    move_date = move_call_days.move_date

    def slowly(**facts: Any) -> object:
        done = move_date(**facts)
        moved.set()
        time.sleep(0.5)  # both writers' answers are under way now
        return done

    def answering(visit: Visit) -> None:
        try:
            moved.wait(20)
            record_answer(visit=visit, said="yes", today=timezone.localdate(), now=timezone.now())
        except OperationalError as fault:
            faults.append(fault)
        finally:
            connection.close()

    monkeypatch.setattr(move_call_days, "move_date", slowly)
    threads = [threading.Thread(target=answering, args=(visit,)) for visit in asked]
    for thread in threads:
        thread.start()
    move_call_days.move_call_days(
        by=dana, call=call, closes_on=call.closes_on, due_on=call.due_on - timedelta(days=5), undo=timedelta(0),
        today=timezone.localdate(), now=timezone.now(),
    )  # fmt: skip
    for thread in threads:
        thread.join()
    assert not faults
    assert Answer.objects.filter(said="yes").count() == len(asked)
    assert set(Purpose.objects.values_list("shown_on", flat=True)) == {call.due_on - timedelta(days=5)}
