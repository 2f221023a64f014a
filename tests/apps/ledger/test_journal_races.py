"""Two people who act for one applicant in the same moment: each writes their line, and neither is turned away."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction
from tests.factories import NOW

from vouchsafe.ledger import journal
from vouchsafe.ledger.models import Line

WRITERS, LINES = 4, 8


@pytest.mark.django_db(transaction=True)
def test_lines_written_to_one_chain_in_the_same_moment_all_stand_in_it() -> None:
    together, faults = threading.Barrier(WRITERS), list[BaseException]()

    def write(by: str) -> None:
        try:
            for number in range(LINES):
                together.wait(60)
                with transaction.atomic():
                    journal.note(chain="ada", verb="tried", about=f"{number}", by=by, now=NOW)
        except BaseException as fault:
            faults.append(fault)
            together.abort()
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(f"writer{n}",)) for n in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults, faults[0]
    assert journal.check_chain(Line.objects.filter(chain="ada")) is None
    assert Line.objects.filter(chain="ada").count() == WRITERS * LINES
