"""Signing a letter in hand, and remembering the picture for the writer's next one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.cast import Cast
from tests.factories import make_opportunity

from vouchsafe.adapters.vault import FileInConfidence, Role, VaultFileMissingError, Viewer
from vouchsafe.asks.access import MailboxNotProven, Visit
from vouchsafe.asks.actions.open_request import open_request
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.core.sealing.strokes import drawn_svg, read_strokes
from vouchsafe.ledger import custody
from vouchsafe.letters.access import draft_in_hand, letter_in_hand
from vouchsafe.letters.actions.forget_signature import forget_signature
from vouchsafe.letters.actions.save_draft import save_draft
from vouchsafe.letters.actions.sign_draft import NothingToSign, sign_draft
from vouchsafe.letters.draft_body import DraftBody
from vouchsafe.letters.models import Draft
from vouchsafe.letters.preparing import what_it_rests_on
from vouchsafe.letters.signatures import keeps_signature, kept_signature
from vouchsafe.packets.actions.erase_account import erase_account
from vouchsafe.people.access import viewer_keys
from vouchsafe.people.models import Correspondent, Instance

DRAWN = drawn_svg(read_strokes("[[[10, 40], [30, 10], [50, 60], [70, 20]]]"))
OTHER = drawn_svg(read_strokes("[[[10, 40], [90, 10], [150, 60]]]"))


@pytest.fixture
def visit(cast: Cast) -> Visit:
    now = timezone.now()
    purpose = open_request(
        by=cast.ada, contact=cast.ben, opportunity=make_opportunity(cast.ada, deadline_on=now.date() + timedelta(days=40)),
        shown_on=None, confidentiality="waived", subject="", note="Dear Ben,\n\nwould you?", today=now.date(), now=now,
    )  # fmt: skip
    visit = Visit(purpose.request, "ben@writers.example", "mailed_link")
    record_answer(visit=visit, said="yes", today=now.date(), now=now)
    return replace(visit, request=type(purpose.request).objects.get(pk=purpose.request.pk))


@pytest.fixture
def draft(visit: Visit) -> Draft:
    return save_draft(visit=visit, body=DraftBody(text="Ada is careful."), based_on=0, now=timezone.now())


def sign(visit: Visit, picture: bytes = DRAWN, *, remember: bool = False) -> Draft:
    return sign_draft(visit=visit, picture=picture, remember=remember, now=timezone.now())


def picture_of(visit: Visit) -> bytes:
    body, _ = draft_in_hand(visit)
    assert body is not None
    return body.picture


def test_picture_is_kept_encrypted_under_the_words_and_outlives_their_saving(
    visit: Visit, draft: Draft
) -> None:
    sign(visit)
    assert DRAWN not in bytes(Draft.objects.get().sealed_body)
    again = save_draft(
        visit=visit, body=DraftBody(text="Ada is very careful."), based_on=1, now=timezone.now()
    )
    assert (picture_of(visit), again.revision) == (DRAWN, 2)
    assert not keeps_signature(visit)


def test_window_that_goes_on_typing_is_in_no_conflict_with_a_signature(visit: Visit, draft: Draft) -> None:
    sign(visit)
    assert (
        save_draft(
            visit=visit, body=DraftBody(text="More."), based_on=draft.revision, now=timezone.now()
        ).revision
        == 2
    )


def test_seal_rests_on_the_signature_that_was_seen(visit: Visit, draft: Draft) -> None:
    letter = letter_in_hand(visit)
    assert letter is not None
    seen = [what_it_rests_on(letter)]
    for picture in (DRAWN, OTHER, b""):
        sign(visit, picture)
        seen.append(what_it_rests_on(letter))
    assert len(set(seen)) == 3
    assert seen[0] == seen[-1]


def test_nothing_is_remembered_before_there_are_words(visit: Visit) -> None:
    with pytest.raises(NothingToSign):
        sign(visit, remember=True)
    assert not keeps_signature(visit)


def test_remembered_picture_is_the_writers_alone_and_replaced_by_the_next(
    cast: Cast, visit: Visit, draft: Draft, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        sign(visit, remember=True)
    assert kept_signature(visit) == DRAWN
    first = Correspondent.objects.get(mailbox="ben@writers.example").signature_file
    for role in (Role.APPLICANT, Role.OFFICE, Role.WRITER):
        with pytest.raises(FileInConfidence):
            custody.vault().open(first, Viewer(role, viewer_keys(cast.ada)))
    with django_capture_on_commit_callbacks(execute=True):
        sign(visit, OTHER, remember=True)
    assert kept_signature(visit) == OTHER
    with pytest.raises(VaultFileMissingError):
        custody.vault().open(first, Viewer(Role.HOUSE, purpose="test"))


def test_forgotten_picture_is_destroyed_and_the_letter_keeps_its_own(
    visit: Visit, draft: Draft, django_capture_on_commit_callbacks: Any
) -> None:
    sign(visit, remember=True)
    file = Correspondent.objects.get(mailbox="ben@writers.example").signature_file
    with django_capture_on_commit_callbacks(execute=True):
        forget_signature(visit=visit, now=timezone.now())
    assert (kept_signature(visit), picture_of(visit)) == (b"", DRAWN)
    assert not custody.vault().exists(file)


def test_visit_without_proof_neither_signs_nor_sees(visit: Visit, draft: Draft) -> None:
    sign(visit, remember=True)
    bare = replace(visit, mailbox="", proven_by="")
    for act in (
        lambda: sign(bare),
        lambda: kept_signature(bare),
        lambda: forget_signature(visit=bare, now=timezone.now()),
    ):
        with pytest.raises(MailboxNotProven):
            act()


def test_last_applicant_who_leaves_takes_the_remembered_picture_along(
    cast: Cast, visit: Visit, draft: Draft, django_capture_on_commit_callbacks: Any
) -> None:
    sign(visit, remember=True)
    writer = Correspondent.objects.get(mailbox="ben@writers.example")
    Instance.objects.update(owner=cast.dana)
    for account in (cast.ada, cast.eve):
        with django_capture_on_commit_callbacks(execute=True):
            erase_account(account=account, typed_address=account.email, now=timezone.now())
        if account == cast.ada and Correspondent.objects.filter(pk=writer.pk).exists():
            assert custody.vault().exists(writer.signature_file)
    assert not Correspondent.objects.filter(pk=writer.pk).exists()
    assert not custody.vault().exists(writer.signature_file)
