"""The writer seals while the applicant withdraws the request: one of them wins, and the other is told."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from tests import factories

from vouchsafe.asks.access import Visit, stage
from vouchsafe.asks.actions.open_request import open_request
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.asks.actions.withdraw_request import withdraw_request
from vouchsafe.asks.models import Request
from vouchsafe.core.words import Refusal
from vouchsafe.ledger import custody
from vouchsafe.letters.actions.save_draft import save_draft
from vouchsafe.letters.actions.seal_letter import seal_letter
from vouchsafe.letters.draft_body import DraftBody
from vouchsafe.letters.models import Seal
from vouchsafe.letters.preparing import PreparedSeal, prepare_seal

ROUNDS = 4


def at_the_desk(ada: Any, turn: int) -> tuple[Visit, PreparedSeal]:
    """A letter that is written and whose pages are made: only the press is missing."""
    now = timezone.now()
    ben = factories.make_contact(ada, f"Ben{turn} Okafor")
    purpose = open_request(
        by=ada, contact=ben, opportunity=factories.make_opportunity(ada, f"Place {turn}", deadline_on=None),
        shown_on=None, confidentiality="open", subject="", note="Dear Ben", today=now.date(), now=now,
    )  # fmt: skip
    visit = Visit(purpose.request, f"ben{turn}@writers.example", "mailed_link")
    record_answer(visit=visit, said="yes", today=now.date(), now=now)
    letter = save_draft(visit=visit, body=DraftBody(text="True.", name="Ben"), based_on=0, now=now).letter
    return visit, prepare_seal(visit=visit, letter=letter, writer_name="Ben", now=now)


def race(rounds: int) -> dict[str, int]:
    """How often each won. Refuses to end where both did, or neither."""
    ada = factories.make_account("Ada Marsh")
    factories.make_instance(ada)
    won = {"sealed": 0, "withdrawn": 0}
    for turn in range(rounds):
        visit, prepared = at_the_desk(ada, turn)
        start, winners, faults = threading.Barrier(2), [], []

        def run(
            name: str, act: Any, start: Any = start, winners: Any = winners, faults: Any = faults
        ) -> None:
            try:
                start.wait()
                act()
                winners.append(name)
            except Refusal:
                pass
            except Exception as fault:  # a thread's fault must fail the test, not vanish with the thread
                faults.append(fault)
            finally:
                connection.close()

        def seal(visit: Visit = visit, prepared: PreparedSeal = prepared) -> None:
            seal_letter(visit=visit, prepared=prepared, now=timezone.now())

        def withdraw(visit: Visit = visit) -> None:
            withdraw_request(by=ada, request=visit.request, now=timezone.now())

        threads = [
            threading.Thread(target=run, args=("sealed", seal)),
            threading.Thread(target=run, args=("withdrawn", withdraw)),
        ]
        for thread in threads if turn % 2 else reversed(threads):
            thread.start()
        for thread in threads:
            thread.join()
        assert not faults
        assert len(winners) == 1, winners
        request = Request.objects.with_facts().get(pk=visit.request.pk)
        assert stage(request) == winners[0]
        # What lost leaves nothing behind: no seal of a withdrawn request, and no file without a seal.
        assert Seal.objects.filter(letter__request=request).exists() == (winners[0] == "sealed")
        assert custody.vault().exists(prepared.file) == (winners[0] == "sealed")
        won[winners[0]] += 1
    return won


@pytest.mark.django_db(transaction=True)
def test_seal_against_withdrawal_has_one_winner() -> None:
    assert sum(race(ROUNDS).values()) == ROUNDS


@pytest.mark.soak
@pytest.mark.django_db(transaction=True)
def test_seal_against_withdrawal_has_one_winner_long() -> None:
    won = race(1000)
    assert min(won.values()) > 0, won
