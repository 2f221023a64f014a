from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import Cast
from tests.factories import NOW, TODAY, handed, make_opportunity, make_purpose, proven

from vouchsafe.asks.access import MailboxNotProven, stage, visit_by_token
from vouchsafe.asks.actions.hand_over_link import hand_over_link
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.models import Answer, Link
from vouchsafe.ledger import custody, outbox
from vouchsafe.ledger.models import Line, Outgoing
from vouchsafe.people.access import NotHere

UNDO = timedelta(seconds=30)


def test_ask_sent_twice_queues_one_mail(cast: Cast) -> None:
    purpose = make_purpose(cast.ben, make_opportunity(cast.ada))
    first = send_ask(by=cast.ada, purpose=purpose, now=NOW, undo=UNDO)
    again = send_ask(by=cast.ada, purpose=purpose, now=NOW, undo=UNDO)
    assert first.pk == again.pk
    assert first.due_at == NOW + UNDO
    assert Outgoing.objects.count() == 1
    assert stage(purpose.request) == "asked"


def test_mailed_link_proves_the_mailbox_it_went_to(cast: Cast) -> None:
    purpose = make_purpose(cast.ben, make_opportunity(cast.ada))
    row = send_ask(by=cast.ada, purpose=purpose, now=NOW, undo=UNDO)
    link = outbox.read(row).links["page_url"]
    assert isinstance(link, outbox.TokenLink)
    visit = visit_by_token(custody.token(link.purpose, link.key, link.n, link.generation))
    assert visit.is_proven
    assert visit.mailbox == "ben@writers.example"


def test_handed_over_link_shows_and_declines_but_never_agrees(cast: Cast) -> None:
    purpose = make_purpose(cast.ben, make_opportunity(cast.ada))
    visit = visit_by_token(hand_over_link(by=cast.ada, request=purpose.request, now=NOW))
    assert not visit.is_proven
    with pytest.raises(MailboxNotProven):
        record_answer(visit=visit, said="yes", today=TODAY, now=NOW)
    assert not Answer.objects.exists()
    record_answer(visit=handed(purpose), said="no", today=TODAY, now=NOW)
    assert stage(purpose.request) == "declined"


def test_database_holds_no_usable_token(cast: Cast) -> None:
    purpose = make_purpose(cast.ben, make_opportunity(cast.ada))
    send_ask(by=cast.ada, purpose=purpose, now=NOW, undo=UNDO)
    hand_over_link(by=cast.ada, request=purpose.request, now=NOW)
    kept = [str(value) for link in Link.objects.values() for value in link.values()]
    for value in kept:
        with pytest.raises(NotHere):
            visit_by_token(value)


def test_same_answer_twice_is_one_row_and_one_line(cast: Cast) -> None:
    purpose = make_purpose(cast.ben, make_opportunity(cast.ada))
    for _ in range(2):
        record_answer(visit=proven(purpose), said="yes", today=TODAY, now=NOW)
    assert Answer.objects.count() == 1
    assert Line.objects.filter(verb="said_yes").count() == 1
    assert stage(purpose.request) == "agreed"


def test_a_yes_taken_back_declines_and_tells_the_applicant(cast: Cast) -> None:
    purpose = make_purpose(cast.ben, make_opportunity(cast.ada))
    record_answer(visit=proven(purpose), said="yes", today=TODAY, now=NOW)
    record_answer(
        visit=proven(purpose), said="taken_back", words="I am ill.", today=TODAY, now=NOW + timedelta(days=2)
    )
    assert stage(purpose.request) == "declined"
    mail = Outgoing.objects.get(kind="said_no")
    assert outbox.read(mail).to_address == cast.ada.email
