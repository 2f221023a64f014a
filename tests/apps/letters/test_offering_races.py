"""A writer takes up what an assistant laid there while it is thrown away or replaced: the letter keeps its file."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from django.utils import timezone
from tests import factories

from vouchsafe.asks.access import Visit
from vouchsafe.asks.access_assistants import AssistantVisit
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.asks.models import Assistant, Offering
from vouchsafe.core.words import Refusal
from vouchsafe.ledger import custody
from vouchsafe.letters.actions.drop_offering import drop_offering
from vouchsafe.letters.actions.offer_file import offer_file
from vouchsafe.letters.actions.take_offering import take_offering
from vouchsafe.letters.actions.upload_letter import CheckedFile
from vouchsafe.letters.draft_body import DraftBody
from vouchsafe.letters.models import Upload
from vouchsafe.people.access import NotHere
from vouchsafe.people.actions.prove_correspondent import prove_correspondent

ROUNDS = 4
FILE = CheckedFile("letter.pdf", "pdf", 1, b"%PDF-1.7", "digest", "digest")


def laid(turn: int) -> tuple[Visit, AssistantVisit, Offering]:
    """A file that lies before a writer who has said yes."""
    ada, now = factories.make_account(f"Ada{turn} Marsh"), timezone.now()
    purpose = factories.make_purpose(
        factories.make_contact(ada, f"Ben{turn} Okafor"), factories.make_opportunity(ada)
    )
    visit = Visit(purpose.request, f"ben{turn}@writers.example", "mailed_link")
    record_answer(visit=visit, said="yes", today=now.date(), now=now)
    hal = Assistant.objects.create(
        correspondent=prove_correspondent(mailbox=visit.mailbox, contact=purpose.request.contact, now=now),
        request=purpose.request, name="Hal", address="hal@helpers.example", mailbox="hal@helpers.example",
        generation=1, token_hash=f"{turn}", named_at=now,
    )  # fmt: skip
    helping = AssistantVisit(hal, purpose.request)
    return visit, helping, offer_file(visit=helping, checked=FILE, now=now)


def at_once(*acts: Callable[[], object]) -> None:
    """Each in a thread of its own, from the same moment. What is refused is refused; a fault fails the test."""
    start, faults = threading.Barrier(len(acts)), list[Exception]()

    def run(act: Callable[[], object]) -> None:
        try:
            start.wait()
            act()
        except (Refusal, NotHere):
            pass
        except Exception as fault:  # a thread's fault must fail the test, not vanish with the thread
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults


@pytest.mark.wide
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("meanwhile", ["taken too", "thrown away", "replaced"])
def test_file_taken_up_as_the_letter_is_never_destroyed(meanwhile: str) -> None:
    for turn in range(ROUNDS):
        visit, helping, row = laid(turn)

        def take(visit: Visit = visit, key: str = row.key) -> None:
            take_offering(visit=visit, key=key, first=DraftBody(name="Ben"), now=timezone.now())

        def drop(visit: Visit = visit, key: str = row.key) -> None:
            drop_offering(visit=visit, key=key)

        def replace(helping: AssistantVisit = helping) -> None:
            offer_file(visit=helping, checked=FILE, now=timezone.now())

        other: dict[str, Callable[[], object]] = {"taken too": take, "thrown away": drop, "replaced": replace}
        at_once(take, other[meanwhile])
        for letters in Upload.objects.filter(letter__request=visit.request).select_related("letter"):
            assert custody.vault().exists(letters.file)
            assert letters.letter.origin == "uploaded"
