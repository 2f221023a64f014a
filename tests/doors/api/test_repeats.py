"""Idempotency-Key: a question sent twice is acted upon once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from tests.cast import Cast

from vouchsafe.doors.api import people as people_door
from vouchsafe.doors.api.document import document
from vouchsafe.ledger import answers
from vouchsafe.ledger.answers import KEPT, LEASE, IdempotencyKeyBusy, once, sweep
from vouchsafe.ledger.models import ProgramAnswer
from vouchsafe.packets.actions.erase_account import erase_account
from vouchsafe.people.models import Contact
from vouchsafe.plans.models import Opportunity

Program = Callable[..., Client]
PLACE = {"kind": "job", "title": "Analyst at Harbour & Vale"}


def ask(client: Client, name: str | None, body: Any = PLACE, path: str = "/api/v1/opportunities") -> Any:
    headers = {} if name is None else {"idempotency-key": name}
    return client.post(path, body, content_type="application/json", headers=headers)


def test_a_question_sent_twice_is_done_once_and_answered_the_same(cast: Cast, program: Program) -> None:
    client = program(cast.ada)
    first, again = ask(client, "a1"), ask(client, "a1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert "Idempotency-Replayed" not in first
    assert again["Idempotency-Replayed"] == "true"
    assert Opportunity.objects.filter(owner=cast.ada).count() == 1
    # As it was answered, whatever became of the row; the same as a question without a name tells.
    Opportunity.objects.all().update(title="Another")
    assert ask(client, '"a1"').content == first.content  # in quotes, as the draft writes it
    plain = ask(client, None).json()
    assert plain.keys() == first.json().keys()
    assert plain["title"] == first.json()["title"]
    assert Opportunity.objects.filter(owner=cast.ada).count() == 2


def test_another_question_with_the_same_name_is_refused(cast: Cast, program: Program) -> None:
    client = program(cast.ada)
    assert ask(client, "a1").status_code == 201
    for other in (
        ask(client, "a1", PLACE | {"title": "Else"}),
        ask(client, "a1", {"name": "Kim"}, "/api/v1/people"),
    ):
        assert other.status_code == 422
        assert other.json()["code"] == "idempotency-key-taken"
    assert Opportunity.objects.filter(owner=cast.ada).count() == 1
    assert not Contact.objects.filter(name="Kim").exists()


def test_names_are_told_apart_by_token_and_forgotten_after_a_day(cast: Cast, program: Program) -> None:
    ada, other, eve = program(cast.ada), program(cast.ada), program(cast.eve)
    assert {ask(client, "a1").status_code for client in (ada, other, eve)} == {201}
    assert Opportunity.objects.count() == 3
    then = timezone.now() - KEPT - timedelta(seconds=1)
    ProgramAnswer.objects.update(begun_at=then, ended_at=then)
    assert "Idempotency-Replayed" not in ask(ada, "a1")
    assert Opportunity.objects.count() == 4
    assert sweep(now=timezone.now()) == 2
    assert ProgramAnswer.objects.count() == 1


@pytest.mark.parametrize("name", ["", '""', "x" * 256, "na\u00efve", "tab\there"])
def test_what_is_no_name_is_refused(cast: Cast, program: Program, name: str) -> None:
    answer = ask(program(cast.ada), name)
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency-key-not-usable")
    assert not Opportunity.objects.exists()


def test_what_was_refused_or_failed_leaves_its_name_free(
    cast: Cast, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = program(cast.ada)
    known = {"name": cast.ben.name}
    refused = ask(client, "p1", known, "/api/v1/people")
    assert (refused.status_code, refused.json()["code"]) == (409, "contact-known-already")
    assert ask(client, "p2", {"nam": "x"}, "/api/v1/people").status_code == 422
    assert not ProgramAnswer.objects.exists()

    def fails(**_: Any) -> None:
        raise RuntimeError("a fault")

    with monkeypatch.context() as broken:
        broken.setattr(people_door, "add_contact", fails)
        client.raise_request_exception = False
        assert ask(client, "p1", {"name": "Kim"}, "/api/v1/people").status_code == 500
    assert not ProgramAnswer.objects.exists()
    assert ask(client, "p1", {"name": "Kim"}, "/api/v1/people").status_code == 201


@pytest.mark.parametrize("onwards", [1, -1], ids=["the clock goes on", "the clock was set back"])
def test_while_one_is_answered_another_waits_and_takes_over_from_the_dead(cast: Cast, onwards: int) -> None:
    now = timezone.now()
    facts: dict[str, Any] = {"chain": cast.ada.key, "token": "t", "name": "n", "asked": b"q"}

    def within() -> bytes:
        with pytest.raises(IdempotencyKeyBusy):
            once(**facts, act=lambda: b"twice", now=now)
        return b"ours"

    assert once(**facts, act=within, now=now) == (b"ours", False)
    ProgramAnswer.objects.update(ended_at=None)  # as if it had died before its end was written
    with pytest.raises(IdempotencyKeyBusy):
        once(**facts, act=lambda: b"twice", now=now + onwards * LEASE)
    later = now + onwards * (LEASE + timedelta(seconds=1))
    assert once(**facts, act=lambda: b"theirs", now=later) == (b"theirs", False)
    assert once(**facts, act=lambda: b"twice", now=later) == (b"theirs", True)


def test_an_act_whose_claim_was_taken_over_is_undone(cast: Cast) -> None:
    def act() -> bytes:
        Contact.objects.filter(pk=cast.ben.pk).update(notes="done twice")
        ProgramAnswer.objects.update(claim="another")
        return b"ours"

    with pytest.raises(IdempotencyKeyBusy):
        once(chain="c", token="t", name="n", asked=b"q", act=act, now=timezone.now())
    cast.ben.refresh_from_db()
    assert cast.ben.notes == ""


def test_what_was_answered_is_encrypted_and_goes_with_the_account(cast: Cast, program: Program) -> None:
    ask(program(cast.ada), "a1")
    row = ProgramAnswer.objects.get()
    assert b"Analyst" not in bytes(row.sealed_answer)
    assert "a1" not in (row.digest, row.asked)
    erase_account(account=cast.ada, typed_address=cast.ada.email, now=timezone.now())
    assert not ProgramAnswer.objects.exists()


def test_the_document_names_the_header_on_every_post_and_nowhere_else() -> None:
    posts = 0
    for path in document()["paths"].values():
        for method, operation in path.items():
            named = [one["name"] for one in operation["parameters"] if one["in"] == "header"]
            assert named == (["Idempotency-Key"] if method == "post" else [])
            posts += method == "post"
            if method == "post":
                assert "Idempotency-Replayed" in operation["responses"][201]["headers"]
                for status, code in ((400, "not-usable"), (409, "busy"), (422, "taken")):
                    assert f"idempotency-key-{code}" in operation["responses"][status]["description"]
    assert posts == 3


@pytest.mark.wide
@pytest.mark.django_db(transaction=True)
def test_eight_at_the_same_moment_do_it_once(transactional_db: None) -> None:
    done, told = [], []
    start = threading.Barrier(8)

    def asking() -> None:
        try:
            start.wait()
            told.append(
                once(chain="c", token="t", name="n", asked=b"q", act=act, now=timezone.now())[0].decode()
            )
        except IdempotencyKeyBusy:
            told.append("busy")
        finally:
            connection.close()

    def act() -> bytes:
        done.append(1)
        return b"done"

    threads = [threading.Thread(target=asking) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(done) == 1
    assert set(told) <= {"done", "busy"}
    assert "done" in told
    assert answers.once(chain="c", token="t", name="n", asked=b"q", act=act, now=timezone.now()) == (
        b"done",
        True,
    )
