"""A letter asked for again: a new round, whose letter takes the old one's place."""

from __future__ import annotations

import pytest
from django.utils import timezone
from tests import factories
from tests.cast import Cast
from tests.sealing import at_work, by_link, make_sealed, seal_it

from vouchsafe.asks.access import stage
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.desk.verifying import check_number
from vouchsafe.letters import access
from vouchsafe.letters.actions.ask_renewal import NotWrittenHere, RenewedAsked, ask_renewal
from vouchsafe.letters.actions.begin_successor import ReplacedAlready, begin_successor
from vouchsafe.letters.actions.bring_letter import bring_letter
from vouchsafe.letters.actions.save_draft import save_draft
from vouchsafe.letters.draft_body import DraftBody
from vouchsafe.letters.models import Letter, Seal
from vouchsafe.letters.starting import WordsThere
from vouchsafe.people.access import NotHere
from vouchsafe.plans.models import Opportunity

FIRST = DraftBody(dated="1 October 2027", addressee=("The new committee",))


def replaced(old: Seal, *, openly: bool = False, release: bool = True) -> Seal:
    visit = at_work(old)
    letter = begin_successor(
        visit=visit, letter_key=old.letter.key, openly=openly, first=FIRST, now=timezone.now()
    )
    return seal_it(visit, letter, release=release)


def renew(cast: Cast, seal: Seal, title: str = "MSc next year") -> Opportunity:
    asked = factories.make_opportunity(cast.ada, title, deadline_on=None)
    ask_renewal(
        by=cast.ada, letter_key=seal.letter.key, opportunity=asked, shown_on=None, note="Dear Ben, again?",
        today=timezone.localdate(), now=timezone.now(),
    )  # fmt: skip
    return asked


def test_renewal_is_a_new_round_whose_letter_takes_the_old_ones_place(
    cast: Cast, opportunity: Opportunity
) -> None:
    old = make_sealed(cast.ben, opportunity, confidentiality="waived")
    asked = renew(cast, old)
    visit = at_work(old)
    assert stage(visit.request) == "prepared"
    assert access.to_renew(visit.request) == old.letter
    with pytest.raises(RenewedAsked):
        renew(cast, old, "Again")
    record_answer(visit=visit, said="yes", today=timezone.localdate(), now=timezone.now())
    letter = begin_successor(
        visit=visit, letter_key=old.letter.key, openly=False, first=FIRST, now=timezone.now()
    )
    assert access.letter_in_hand(visit) == letter, "it is the letter of the new round"
    assert letter.confidentiality == "waived"
    new = seal_it(visit, letter)
    assert stage(visit.request) == "sealed"
    assert check_number(old.number).verdict.outcome.value == "replaced"
    assert asked.key in new.scopes.get().opportunities


def test_renewal_written_from_an_empty_page_takes_the_old_letters_place_too(
    cast: Cast, opportunity: Opportunity
) -> None:
    old = make_sealed(cast.ben, opportunity)
    renew(cast, old)
    visit = by_link(old)
    record_answer(visit=visit, said="yes", today=timezone.localdate(), now=timezone.now())
    letter = save_draft(visit=visit, body=DraftBody(text="All new."), based_on=0, now=timezone.now()).letter
    assert letter.predecessor == old.letter
    Letter.objects.filter(pk=letter.pk).update(predecessor=None)
    with pytest.raises(WordsThere):
        begin_successor(
            visit=at_work(old), letter_key=old.letter.key, openly=False, first=FIRST, now=timezone.now()
        )


def test_renewal_is_refused_for_what_was_brought_replaced_or_is_somebody_elses(
    cast: Cast, opportunity: Opportunity
) -> None:
    from tests.sealing import plain_pdf

    from vouchsafe.letters.actions.upload_letter import CheckedFile
    from vouchsafe.letters.inspecting import inspect_file

    old = make_sealed(cast.ben, opportunity)
    replaced(old)
    with pytest.raises(ReplacedAlready):
        renew(cast, old)
    checked = inspect_file(plain_pdf(), "old.pdf", about="Ada Marsh")
    assert isinstance(checked, CheckedFile)
    brought = bring_letter(by=cast.ada, writer_name="Dr Falk", checked=checked, now=timezone.now())
    with pytest.raises(NotWrittenHere):
        ask_renewal(
            by=cast.ada, letter_key=brought.key, opportunity=opportunity, shown_on=None, note="", now=timezone.now(),
            today=timezone.localdate(),
        )  # fmt: skip
    with pytest.raises(NotHere):
        ask_renewal(
            by=cast.eve, letter_key=old.letter.key, opportunity=opportunity, shown_on=None, note="",
            now=timezone.now(), today=timezone.localdate(),
        )  # fmt: skip
