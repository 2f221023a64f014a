"""A letter after its first sealing: begun anew, replaced, and from what its writer has written for others."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from tests import factories
from tests.cast import Cast
from tests.sealing import CANARY, at_work, by_link, make_packet_of, make_sealed, seal_it

from vouchsafe.asks.access import FreshCodeNeeded, MailboxNotProven, Visit, stage
from vouchsafe.asks.actions.open_request import open_request
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.asks.actions.withdraw_request import withdraw_request
from vouchsafe.core.stages import MoveNotAllowed
from vouchsafe.desk.verifying import check_number
from vouchsafe.ledger import outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.letters import access, access_open
from vouchsafe.letters.access_written import others_written_for, templates_of
from vouchsafe.letters.actions.begin_successor import ReplacedAlready, begin_successor
from vouchsafe.letters.actions.begin_version import begin_version
from vouchsafe.letters.actions.keep_template import keep_template
from vouchsafe.letters.actions.release_seal import release_seal
from vouchsafe.letters.actions.reopen_seal import reopen_seal
from vouchsafe.letters.actions.save_draft import save_draft
from vouchsafe.letters.actions.start_from_letter import start_from_letter
from vouchsafe.letters.draft_body import DraftBody
from vouchsafe.letters.models import Letter, Seal, Succession
from vouchsafe.letters.starting import WordsThere
from vouchsafe.packets.actions.make_packet import LetterNotReady
from vouchsafe.people.access import NotHere
from vouchsafe.plans.models import Opportunity

FIRST = DraftBody(dated="1 October 2027", addressee=("The new committee",))


def replaced(old: Seal, *, openly: bool = False, release: bool = True) -> Seal:
    visit = at_work(old)
    letter = begin_successor(
        visit=visit, letter_key=old.letter.key, openly=openly, first=FIRST, now=timezone.now()
    )
    return seal_it(visit, letter, release=release)


def test_successor_holds_the_old_words_with_a_new_date_and_leaves_the_request_closed(
    cast: Cast, opportunity: Opportunity
) -> None:
    old = make_sealed(cast.ben, opportunity)
    visit = at_work(old)
    letter = begin_successor(
        visit=visit, letter_key=old.letter.key, openly=False, first=FIRST, now=timezone.now()
    )
    again = begin_successor(
        visit=visit, letter_key=old.letter.key, openly=False, first=FIRST, now=timezone.now()
    )
    assert again == letter
    body, _ = access.draft_in_hand(replace(visit, at=letter.key))
    assert body is not None
    assert CANARY in body.text
    assert body.dated == "1 October 2027"
    assert stage(visit.request) == "sealed"
    assert access.letter_in_hand(visit) is None, "the letter of the round is the sealed one"


def test_letter_that_the_journal_does_not_know_as_opened_stays_closed(
    cast: Cast, opportunity: Opportunity
) -> None:
    letter = make_sealed(cast.ben, opportunity, confidentiality="waived").letter
    assert access.keeps_waiver(letter)
    Succession.objects.create(letter=letter, beside=False, openly=True, begun_at=timezone.now(), begun_by="")
    assert access.keeps_waiver(letter)


def test_sealed_successor_retires_the_old_letter_everywhere_once_its_hour_is_over(
    cast: Cast, opportunity: Opportunity
) -> None:
    old = make_sealed(cast.ben, opportunity)
    new = replaced(old, release=False)
    assert check_number(old.number).verdict.outcome.value == "genuine", "its hour is not over"
    release_seal(seal=new, by="hour", now=timezone.now() + timedelta(hours=1))
    checked = check_number(old.number)
    assert checked.verdict.outcome.value == "replaced"
    assert checked.facts is not None
    assert checked.facts.successor == new.number
    assert access.stage_of(old.letter) == "replaced"
    assert access_open.shelved(cast.ada, old.letter.key).successor == new.number
    with pytest.raises(LetterNotReady):
        make_packet_of(old, opportunity=opportunity)
    assert make_packet_of(new, opportunity=opportunity).enclosures.get().seal == new
    safe = outbox.read(Outgoing.objects.filter(kind="letter_safe").latest("id"))
    assert safe.facts["replaces"] == old.number
    with pytest.raises(ReplacedAlready):
        begin_successor(
            visit=at_work(old), letter_key=old.letter.key, openly=False, first=FIRST, now=timezone.now()
        )


def test_successor_keeps_the_uses_its_writer_had_set(cast: Cast, opportunity: Opportunity) -> None:
    old = make_sealed(cast.ben, opportunity)
    scope = old.scopes.get()
    scope.on_screen_only = True
    scope.save()
    assert replaced(old).scopes.get().uses == scope.uses


def test_successor_opened_again_within_its_hour_leaves_the_old_letter_standing(
    cast: Cast, opportunity: Opportunity
) -> None:
    old = make_sealed(cast.ben, opportunity)
    new = replaced(old, release=False)
    reopen_seal(visit=at_work(new), seal=new, now=timezone.now())
    assert stage(at_work(old).request) == "sealed"
    assert access.stage_of(old.letter) == "released"
    assert access.stage_of(new.letter) == "draft"


@pytest.mark.parametrize("kept", ["waived", "in_confidence"])
def test_only_the_writer_issues_an_open_successor_of_a_confidential_letter(
    cast: Cast, opportunity: Opportunity, kept: str
) -> None:
    old = make_sealed(cast.ben, opportunity, confidentiality="waived" if kept == "waived" else "open")
    if kept == "in_confidence":
        Letter.objects.filter(pk=old.letter_id).update(confidentiality=kept)
    closed = replaced(old)
    assert closed.letter.confidentiality == kept
    opened = replaced(closed, openly=True)
    opened.letter.refresh_from_db()
    assert opened.letter.is_open
    assert access_open.open_seal(cast.ada, opened.letter.key) == opened
    for seal in (old, closed):
        with pytest.raises(NotHere):
            access_open.open_seal(cast.ada, seal.letter.key)


def test_waiver_given_after_an_open_successor_was_begun_closes_it_again(
    cast: Cast, opportunity: Opportunity
) -> None:
    old = make_sealed(cast.ben, opportunity, confidentiality="waived")
    visit = at_work(old)
    letter = begin_successor(
        visit=visit, letter_key=old.letter.key, openly=True, first=FIRST, now=timezone.now()
    )
    other = factories.make_opportunity(cast.ada, "Evening course", deadline_on=None)
    open_request(
        by=cast.ada, contact=cast.ben, opportunity=other, shown_on=None, confidentiality="waived", subject="",
        note="", today=timezone.localdate(), now=timezone.now(),
    )  # fmt: skip
    assert access.keeps_waiver(letter)


def test_link_alone_begins_nothing_from_sealed_words(cast: Cast, opportunity: Opportunity) -> None:
    old = make_sealed(cast.ben, opportunity)
    request = old.letter.request
    assert request is not None
    now = timezone.now()
    sealed_here = replace(by_link(old), has_code=True)  # it sealed something: that opens nothing older
    for visit, refusal in (
        (Visit(request), MailboxNotProven),
        (by_link(old), FreshCodeNeeded),
        (sealed_here, FreshCodeNeeded),
    ):
        with pytest.raises(refusal):
            begin_successor(visit=visit, letter_key=old.letter.key, openly=True, first=FIRST, now=now)
        with pytest.raises(refusal):
            start_from_letter(visit=visit, letter_key=old.letter.key, first=FIRST, now=now)
        with pytest.raises(refusal):
            begin_version(
                visit=visit, letter_key=old.letter.key, purpose_key=request.purposes.get().key, first=FIRST, now=now
            )  # fmt: skip
        with pytest.raises(refusal):
            keep_template(visit=visit, name="Mine", body=DraftBody(text="Words."), now=now)
        with pytest.raises(refusal):
            templates_of(visit)
    assert Letter.objects.count() == 1


def test_draft_that_holds_sealed_words_is_shown_and_changed_only_where_a_code_was_taken(
    cast: Cast, opportunity: Opportunity
) -> None:
    old = make_sealed(cast.ben, opportunity)
    letter = begin_successor(
        visit=at_work(old), letter_key=old.letter.key, openly=False, first=FIRST, now=timezone.now()
    )
    link = replace(by_link(old), at=letter.key)
    with pytest.raises(FreshCodeNeeded):
        access.draft_in_hand(link)
    with pytest.raises(FreshCodeNeeded):
        save_draft(visit=link, body=DraftBody(text="Mine now."), based_on=1, now=timezone.now())
    hours_later = at_work(old, took_code=False, has_code=False, at=letter.key)
    body, revision = access.draft_in_hand(hours_later)
    assert body is not None
    save_draft(visit=hours_later, body=replace(body, text="Better."), based_on=revision, now=timezone.now())


def test_letter_for_another_applicant_can_be_the_beginning_and_keeps_the_new_addressee(
    cast: Cast, opportunity: Opportunity
) -> None:
    for_eve = make_sealed(cast.ben_to_eve, factories.make_opportunity(cast.eve, deadline_on=None))
    purpose = factories.make_purpose(cast.ben, opportunity)
    visit = Visit(
        purpose.request, for_eve.correspondent.mailbox, "mailed_code", took_code=True, works_here=True
    )
    record_answer(visit=visit, said="yes", today=timezone.localdate(), now=timezone.now())
    draft = start_from_letter(visit=visit, letter_key=for_eve.letter.key, first=FIRST, now=timezone.now())
    assert draft.letter.applicant == cast.ada
    body, _ = access.draft_in_hand(visit)
    assert body is not None
    assert CANARY in body.text
    assert body.addressee == ("The new committee",)
    assert others_written_for(visit) == ("Eve Tarn",)
    with pytest.raises(WordsThere):
        start_from_letter(visit=visit, letter_key=for_eve.letter.key, first=FIRST, now=timezone.now())


def test_letter_of_another_writer_is_never_a_beginning(cast: Cast, opportunity: Opportunity) -> None:
    gus = factories.make_contact(cast.eve, "Gus Ferro")
    foreign = make_sealed(gus, factories.make_opportunity(cast.eve, deadline_on=None))
    mine = make_sealed(cast.ben, opportunity)
    with pytest.raises(NotHere):
        begin_successor(
            visit=at_work(mine), letter_key=foreign.letter.key, openly=False, first=FIRST, now=timezone.now()
        )
    with pytest.raises(NotHere):
        start_from_letter(visit=at_work(mine), letter_key=foreign.letter.key, first=FIRST, now=timezone.now())


def test_draft_is_no_letter_to_succeed_or_start_from(cast: Cast, opportunity: Opportunity) -> None:
    old = make_sealed(cast.ben, opportunity, released=False, now=timezone.now())
    reopen_seal(visit=at_work(old), seal=old, now=timezone.now())
    with pytest.raises((NotHere, MoveNotAllowed)):
        begin_successor(
            visit=at_work(old), letter_key=old.letter.key, openly=False, first=FIRST, now=timezone.now()
        )


def test_letter_opened_again_does_not_bring_back_what_its_applicant_withdrew_since(
    cast: Cast, opportunity: Opportunity
) -> None:
    old = make_sealed(cast.ben, opportunity, released=False, now=timezone.now())
    request = at_work(old).request
    factories.make_purpose(cast.ben, factories.make_opportunity(cast.ada, "A second place", deadline_on=None))
    withdraw_request(by=cast.ada, request=request, now=timezone.now())
    reopen_seal(visit=at_work(old), seal=old, now=timezone.now())
    assert access.stage_of(old.letter) == "draft"
    assert stage(at_work(old).request) == "withdrawn"
