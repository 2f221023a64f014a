"""A letter begun beside another, given up or without its place, in the moment it is sealed."""

from __future__ import annotations

import pytest
from django.utils import timezone
from tests import factories
from tests.cast import Cast
from tests.sealing import at_work, make_sealed

from vouchsafe.asks.access import Visit
from vouchsafe.asks.models import Purpose
from vouchsafe.core.differences import are_equal
from vouchsafe.desk.writer_letters import what_differs
from vouchsafe.ledger import custody
from vouchsafe.letters.access_written import others_written_for
from vouchsafe.letters.actions.begin_successor import begin_successor
from vouchsafe.letters.actions.begin_version import begin_version
from vouchsafe.letters.actions.drop_letter import drop_letter
from vouchsafe.letters.actions.seal_letter import seal_letter
from vouchsafe.letters.draft_body import DraftBody
from vouchsafe.letters.models import Letter, Scope, Seal, Succession
from vouchsafe.letters.preparing import LetterChanged, prepare_seal
from vouchsafe.plans.models import Opportunity


def version_of(seal: Seal) -> tuple[Visit, Letter, Purpose]:
    visit, now = at_work(seal), timezone.now()
    purpose = visit.request.purposes.get()
    letter = begin_version(
        visit=visit, letter_key=seal.letter.key, purpose_key=purpose.key, first=DraftBody(), now=now
    )
    return visit, letter, purpose


def test_letter_given_up_while_it_was_being_sealed_is_not_sealed_out_of_sight(
    cast: Cast, opportunity: Opportunity
) -> None:
    """Sealed and taken out at once, no page would show what its writer was told is sealed."""
    visit, letter, _ = version_of(make_sealed(cast.ben, opportunity))
    now = timezone.now()
    prepared = prepare_seal(visit=visit, letter=letter, writer_name="Ben", now=now)
    drop_letter(visit=visit, letter_key=letter.key, now=now)
    with pytest.raises(LetterChanged):
        seal_letter(visit=visit, prepared=prepared, now=now)
    assert not Seal.objects.filter(letter=letter).exists()
    assert not custody.vault().exists(prepared.file)


def test_version_whose_place_was_withdrawn_is_not_agreed_to_any_use(
    cast: Cast, opportunity: Opportunity
) -> None:
    visit, letter, purpose = version_of(make_sealed(cast.ben, opportunity))
    now = timezone.now()
    Purpose.objects.filter(pk=purpose.pk).update(withdrawn_at=now)
    prepared = prepare_seal(visit=visit, letter=letter, writer_name="Ben", now=now)
    made = seal_letter(visit=visit, prepared=prepared, now=now)
    assert Scope.objects.get(seal=made).opportunities == [opportunity.key]


def test_names_of_others_are_not_told_to_a_link_that_may_have_been_forwarded(
    cast: Cast, opportunity: Opportunity
) -> None:
    """By typing names and looking at the review, its holder would learn whom else the writer wrote for."""
    make_sealed(cast.ben_to_eve, factories.make_opportunity(cast.eve, deadline_on=None))
    visit = at_work(make_sealed(cast.ben, opportunity))
    assert others_written_for(visit) == ("Eve Tarn",)
    assert others_written_for(Visit(visit.request, visit.mailbox, "mailed_link")) == ()


@pytest.mark.parametrize("first", [True, False])
def test_successor_said_to_be_confidential_never_stays_the_open_one_that_was_begun(
    cast: Cast, opportunity: Opportunity, first: bool
) -> None:
    """Begun twice it is one letter, and of two words about who reads it the closer one holds."""
    old = make_sealed(cast.ben, opportunity, confidentiality="waived")
    for openly in (first, not first):
        begun = begin_successor(
            visit=at_work(old),
            letter_key=old.letter.key,
            openly=openly,
            first=DraftBody(),
            now=timezone.now(),
        )
    begun.refresh_from_db()
    assert begun.confidentiality == "waived"
    assert not Succession.objects.get(letter=begun).openly


def test_differences_to_a_letter_that_was_taken_out_are_still_shown(
    cast: Cast, opportunity: Opportunity
) -> None:
    visit, letter, _ = version_of(make_sealed(cast.ben, opportunity))
    Letter.objects.exclude(pk=letter.pk).update(removed_at=timezone.now())
    written, against, passages = what_differs(visit, letter.key)
    assert (written.key, against) == (letter.key, "")
    assert are_equal(passages)
