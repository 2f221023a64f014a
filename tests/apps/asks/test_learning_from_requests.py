from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.cast import Cast
from tests.factories import NOW, TODAY, make_contact, make_opportunity, make_purpose, proven

from vouchsafe.asks.access import request_of
from vouchsafe.asks.actions.close_request import close_request
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.asks.actions.record_ask import record_ask
from vouchsafe.asks.actions.redraw_plan import redraw_plan
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.actions.withdraw_request import withdraw_request
from vouchsafe.asks.experience import closed_requests, experience
from vouchsafe.asks.models import Purpose
from vouchsafe.core.odds.learning import ClosedRequest, Tally
from vouchsafe.core.odds.tie import Tie
from vouchsafe.ledger import outbox
from vouchsafe.people.models import Account, Contact

UNDO = timedelta(seconds=30)
OVER = TODAY + timedelta(days=35 + 15)
"""The deadline of `make_opportunity` and the two weeks after it."""


def asked(by: Account, contact: Contact) -> Purpose:
    purpose = make_purpose(contact, make_opportunity(by))
    send_ask(by=by, purpose=purpose, now=NOW, undo=UNDO)
    for row in outbox.claim("worker", now=NOW + UNDO):
        outbox.finish(row, state=outbox.State.SENT, now=NOW + UNDO)
    return purpose


def days(n: int) -> datetime:
    return NOW + timedelta(days=n)


def answer(purpose: Purpose, said: str, after: int = 1) -> None:
    record_answer(visit=proven(purpose), said=said, today=TODAY, now=days(after))


def seal(purpose: Purpose, after: int) -> None:
    close_request(request=purpose.request, why="sealed", by="writer", now=days(after))


def test_request_still_open_teaches_nothing(cast: Cast) -> None:
    purpose = asked(cast.ada, cast.ben)
    answer(purpose, "yes")
    seal(purpose, 10)
    assert not list(closed_requests(OVER - timedelta(days=1)))
    assert list(closed_requests(OVER))


def test_yes_and_letter_before_its_date_count_as_written_and_not_missed(cast: Cast) -> None:
    purpose = asked(cast.ada, cast.ben)
    answer(purpose, "yes")
    seal(purpose, 20)
    assert list(closed_requests(OVER)) == [ClosedRequest(Tie.SUPERVISOR, False, True, True, True, False)]


def test_letter_after_the_date_shown_counts_as_missed(cast: Cast) -> None:
    purpose = asked(cast.ada, cast.ben)
    answer(purpose, "yes")
    seal(purpose, 30)
    assert [closed.missed for closed in closed_requests(OVER)] == [True]


@pytest.mark.parametrize(("said", "yes", "written"), [("no", False, None), ("", False, None)])
def test_no_and_silence_count_as_not_having_said_yes(
    cast: Cast, said: str, yes: bool, written: bool | None
) -> None:
    purpose = asked(cast.ada, cast.ben)
    if said:
        answer(purpose, said)
    (closed,) = closed_requests(OVER)
    assert (closed.said_yes, closed.written, closed.missed) == (yes, written, None)


def test_yes_without_a_letter_counts_as_not_written(cast: Cast) -> None:
    answer(asked(cast.ada, cast.ben), "yes")
    (closed,) = closed_requests(OVER)
    assert (closed.said_yes, closed.written) == (True, False)


def test_yes_taken_back_is_a_yes_whose_letter_never_came(cast: Cast) -> None:
    purpose = asked(cast.ada, cast.ben)
    answer(purpose, "yes")
    answer(purpose, "taken_back", after=4)
    (closed,) = closed_requests(OVER)
    assert (closed.said_yes, closed.written) == (True, False)


def test_word_in_person_first_is_a_cell_of_its_own_and_a_no_there_counts(cast: Cast) -> None:
    mina = make_contact(cast.ada, "Mina Holt", tie="mentor", knows_work=3)
    job = make_opportunity(cast.ada)
    for contact, said in ((cast.ben, "yes"), (mina, "no")):
        record_ask(
            by=cast.ada, contact=contact, opportunity=job, channel="in_person", said=said,
            asked_on=TODAY, today=TODAY, now=NOW,
        )  # fmt: skip
    send_ask(by=cast.ada, purpose=make_purpose(cast.ben, job), now=NOW, undo=UNDO)
    seen = experience(OVER)
    assert seen.yes == {(Tie.SUPERVISOR, True): Tally(1, 0), (Tie.MENTOR, True): Tally(0, 1)}


def test_withdrawn_request_and_a_page_that_was_not_for_them_teach_nothing(cast: Cast) -> None:
    first = asked(cast.ada, cast.ben)
    withdraw_request(by=cast.ada, request=request_of(cast.ada, first.request.key), now=days(2))
    other = asked(cast.ada, make_contact(cast.ada, "Mina Holt"))
    answer(other, "not_mine")
    assert not list(closed_requests(OVER))


def test_withdrawal_after_a_yes_leaves_the_yes_and_says_nothing_of_the_letter(cast: Cast) -> None:
    purpose = asked(cast.ada, cast.ben)
    answer(purpose, "yes")
    withdraw_request(by=cast.ada, request=request_of(cast.ada, purpose.request.key), now=days(2))
    (closed,) = closed_requests(OVER)
    assert (closed.said_yes, closed.written) == (True, None)


def test_request_teaches_once_however_many_purposes_it_holds(cast: Cast) -> None:
    purpose = asked(cast.ada, cast.ben)
    answer(purpose, "yes")
    asked(cast.ada, cast.ben)
    assert len(list(closed_requests(OVER))) == 1


def test_everybody_counts_together_and_nobody_is_named(cast: Cast) -> None:
    for owner, contact in ((cast.ada, cast.ben), (cast.eve, cast.ben_to_eve)):
        asked(owner, contact)
    seen = experience(OVER)
    assert sum(tally.misses for tally in seen.yes.values()) == 2
    assert "Ben" not in repr(seen)
    assert cast.ben.key not in repr(list(closed_requests(OVER)))


@pytest.mark.parametrize("requests", [1, 6])
def test_experience_is_counted_once_a_day_and_asked_for_in_one_query(
    cast: Cast, requests: int, django_assert_num_queries: Any
) -> None:
    for n in range(requests):
        asked(cast.ada, make_contact(cast.ada, f"Writer{n} Holt"))
    with django_assert_num_queries(2):
        first = experience(OVER)
    with django_assert_num_queries(1):
        assert experience(OVER) is first


def test_experience_is_counted_again_when_more_is_over(cast: Cast) -> None:
    asked(cast.ada, cast.ben)
    assert experience(OVER).yes == {(Tie.SUPERVISOR, False): Tally(0, 1)}
    asked(cast.ada, make_contact(cast.ada, "Mina Holt", tie="direct_manager"))
    assert experience(OVER).yes == {(Tie.SUPERVISOR, False): Tally(0, 2)}


def test_plan_reckons_with_what_the_instance_has_seen(cast: Cast) -> None:
    for n in range(12):
        contact = make_contact(cast.eve, f"Boss{n} Holt", tie="direct_manager", knows_work=4, warmth=4)
        asked(cast.eve, contact)
    later = make_opportunity(cast.ada, "Later", deadline_on=OVER + timedelta(days=60))
    before, after = (
        redraw_plan(by=cast.ada, today=day, now=days(0)).odds[later.key]["chains"][0][0]["p"]
        for day in (TODAY, OVER)
    )
    assert before > 0.8
    assert after < before - 0.3
