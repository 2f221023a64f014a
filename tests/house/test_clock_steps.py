"""Promises 28 and 30: the machine's clock is set back, and what came later still counts as later.

A clock that ran ahead is put right by hours, days or a year. What was said, asked and given up before the step bears
later moments than what comes after it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from tests.factories import NOW, make_account, make_contact, make_instance, make_opportunity
from tests.sealing import make_sealed

from vouchsafe.asks.access import Visit, stage
from vouchsafe.asks.actions.open_request import open_request
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.asks.actions.send_code import send_code
from vouchsafe.asks.actions.take_code import CodeWrong, take_code
from vouchsafe.asks.actions.withdraw_request import withdraw_request
from vouchsafe.asks.models import Code, Purpose, Request
from vouchsafe.core.uses import Uses
from vouchsafe.doors.worker import tasks
from vouchsafe.ledger import hooks, inbox, journal, outbox
from vouchsafe.ledger.models import Line, Outgoing, Root
from vouchsafe.letters.access import keeps_waiver
from vouchsafe.letters.actions.begin_successor import begin_successor
from vouchsafe.letters.actions.set_scope import set_scope
from vouchsafe.letters.draft_body import DraftBody
from vouchsafe.people.models import Contact

pytestmark = pytest.mark.django_db
STEPS = [timedelta(seconds=1), timedelta(hours=3), timedelta(days=2), timedelta(days=366)]
BACK = pytest.mark.parametrize("step", STEPS, ids=str)


@pytest.fixture
def ben() -> Contact:
    ada = make_account("Ada Marsh")
    make_instance(make_account("Dana Whitlock", role="office"))
    return make_contact(ada)


def ask(ben: Contact, title: str, now: datetime, *, confidentiality: str = "open") -> Purpose:
    place = make_opportunity(ben.owner, title, deadline_on=None)
    return open_request(
        by=ben.owner, contact=ben, opportunity=place, shown_on=None, confidentiality=confidentiality,
        subject="", note="", today=now.date(), now=now,
    )  # fmt: skip


def visit(request: Request) -> Visit:
    return Visit(request, "ben@writers.example", "mailed_link", has_code=True, took_code=True)


def say(request: Request, said: str, now: datetime) -> None:
    record_answer(visit=visit(request), said=said, today=now.date(), now=now)


@BACK
def test_last_answer_counts(ben: Contact, step: timedelta) -> None:
    request = ask(ben, "Analyst", NOW).request
    say(request, "yes", NOW)
    say(request, "taken_back", NOW - step)
    assert stage(request) == "declined"
    say(request, "yes", NOW - 2 * step)
    assert stage(request) == "agreed"


@BACK
def test_answer_to_an_earlier_round_is_none_to_a_new_one_and_a_new_one_is(
    ben: Contact, step: timedelta
) -> None:
    request = ask(ben, "Analyst", NOW).request
    say(request, "yes", NOW)
    withdraw_request(by=ben.owner, request=request, undo=timedelta(0), now=NOW)
    ask(ben, "Clerk", NOW - step)
    assert stage(request) == "prepared"
    say(request, "yes", NOW - step)
    assert stage(request) == "agreed"


@BACK
def test_uses_that_were_narrowed_stay_narrowed(ben: Contact, step: timedelta) -> None:
    place = make_opportunity(ben.owner, deadline_on=None)
    seal = make_sealed(ben, place, now=NOW)
    assert seal.letter.request is not None
    set_scope(visit=visit(seal.letter.request), seal=seal, uses=Uses(), now=NOW - step)
    newest = seal.scopes.order_by("-set_at", "-id").first()
    assert newest is not None
    assert newest.uses == Uses()


@BACK
@pytest.mark.parametrize("again", [True, False], ids=["waived again", "not again"])
def test_what_is_waived_after_a_letter_was_opened_closes_it_and_nothing_else_does(
    ben: Contact, step: timedelta, again: bool
) -> None:
    seal = make_sealed(ben, make_opportunity(ben.owner, deadline_on=None), confidentiality="waived", now=NOW)
    request = seal.letter.request
    assert request is not None
    opened_at = NOW if again else NOW - step
    newer = begin_successor(
        visit=visit(request), letter_key=seal.letter.key, openly=True, first=DraftBody(), now=opened_at
    )
    if again:
        ask(ben, "Clerk", NOW - step, confidentiality="waived")
    assert keeps_waiver(newer) == again


@BACK
def test_code_is_worth_nothing_long_before_it_was_made(ben: Contact, step: timedelta) -> None:
    """A step of seconds is every clock's; none longer lets a code live on."""
    request = ask(ben, "Analyst", NOW).request
    for _ in range(5):
        send_code(request=request, use="mailbox", now=NOW)
    if step < timedelta(minutes=1):
        return
    send_code(request=request, use="mailbox", now=NOW - step)  # nobody is locked out by codes of the future
    Code.objects.filter(made_at__lt=NOW).delete()
    with pytest.raises(CodeWrong):
        take_code(request=request, use="mailbox", code=code_in_the_mail(request), now=NOW - step)


def code_in_the_mail(request: Request) -> str:
    """Of the newest code that is left."""
    row = Code.objects.filter(request=request).order_by("-id").first()
    assert row is not None
    return str(outbox.read(Outgoing.objects.get(once=f"code|{request.key}|{row.pk}")).facts["code"])


def test_code_taken_in_time_counts_whichever_machine_is_a_little_behind(ben: Contact) -> None:
    request = ask(ben, "Analyst", NOW).request
    send_code(request=request, use="mailbox", now=NOW)
    assert take_code(
        request=request, use="mailbox", code=code_in_the_mail(request), now=NOW - timedelta(seconds=30)
    )


@BACK
def test_history_is_anchored_on_and_its_roots_follow_each_other(ben: Contact, step: timedelta) -> None:
    ask(ben, "Analyst", NOW)
    roots = [journal.anchor(NOW)]
    now = NOW - step
    for _ in range(3):
        now += journal.ANCHOR_EVERY
        root = journal.anchor_if_due(now)
        assert (root is None) == (abs(now - roots[-1].at) < timedelta(hours=1))
        roots += [root] if root else []
    assert [root.before for root in roots[1:]] == [root.digest for root in roots[:-1]]
    assert Root.objects.count() == len(roots) > 2
    assert journal.check_chain(Line.objects.filter(chain=ben.owner.key)) is None


@BACK
def test_what_a_dead_worker_had_begun_is_taken_up_again(step: timedelta) -> None:
    parcel = outbox.Parcel(kind="thanks", to_address="ben@writers.example", to_name="Ben")
    outbox.queue(
        parcel, delivery=outbox.Delivery.AT_MOST_ONCE, chain="ada", about="row", once="a", now=NOW - 2 * step
    )
    assert len(outbox.claim("dead", now=NOW)) == 1
    later = NOW - step + outbox.LEASE + timedelta(seconds=5)
    assert outbox.recover(now=later) == 1
    inbox.recover(now=later)
    hooks.recover(now=later)


@BACK
def test_nothing_leaves_twice_or_before_its_time(ben: Contact, step: timedelta) -> None:
    request = ask(ben, "Analyst", NOW).request
    for wait, once in ((timedelta(0), "now"), (timedelta(days=3), "later")):
        outbox.queue(
            outbox.Parcel(kind="thanks", to_address="ben@writers.example", to_name="Ben",
                          facts={"applicant": "Ada Marsh", "words": "Thank you."}),
            delivery=outbox.Delivery.AT_MOST_ONCE, chain="ada", about=request.key, once=once, now=NOW, wait=wait,
        )  # fmt: skip
    assert tasks.send_mail(worker="w", now=NOW) == 1
    for since in (-step, -step / 2, timedelta(0), timedelta(days=3, seconds=-1)):
        assert tasks.run_due(worker="w", now=NOW + since) == 0
    assert tasks.send_mail(worker="w", now=NOW + timedelta(days=3)) == 1
    assert set(Outgoing.objects.values_list("once", "attempts", "state")) == {
        ("now", 1, "sent"),
        ("later", 1, "sent"),
    }
