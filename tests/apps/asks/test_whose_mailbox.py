"""The applicant enters a mailbox of their own under a writer's name, then the writer's: the first one shows nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import Cast
from tests.factories import NOW, TODAY, make_opportunity, make_purpose

from vouchsafe.asks.access import MailboxNotProven, Visit, visit_by_proof, visit_by_token
from vouchsafe.asks.actions.change_address import AddressIsTheWriters, change_address
from vouchsafe.asks.actions.make_link import make_link, token_of
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.actions.send_code import send_code
from vouchsafe.asks.actions.stop_mail import stop_mail
from vouchsafe.asks.mailbox import StopsMail
from vouchsafe.asks.models import Answer, Code, Link, Purpose, Request
from vouchsafe.letters.actions.save_draft import save_draft
from vouchsafe.letters.draft_body import DraftBody
from vouchsafe.letters.models import Draft
from vouchsafe.people.actions.put_address_first import put_address_first
from vouchsafe.people.models import Correspondent

PUPPET, BEN = "ben.okafor@mail.example", "ben@writers.example"
WORDS = DraftBody(text="I managed Ada for two years.", name="Ben Okafor")


@pytest.fixture
def purpose(cast: Cast) -> Purpose:
    put_address_first(contact=cast.ben, address=PUPPET)
    return make_purpose(cast.ben, make_opportunity(cast.ada), confidentiality="waived")


def mailed(purpose: Purpose, mailbox: str) -> str:
    return token_of(make_link(request=purpose.request, kind=Link.Kind.MAILED, mailbox=mailbox, now=NOW))


def to_ben(cast: Cast, purpose: Purpose) -> None:
    change_address(by=cast.ada, request=purpose.request, address=BEN, now=NOW)


def test_link_mailed_to_an_earlier_address_proves_nothing_once_it_is_changed(
    cast: Cast, purpose: Purpose
) -> None:
    token = mailed(purpose, PUPPET)
    assert visit_by_token(token).is_proven
    to_ben(cast, purpose)
    assert not visit_by_token(token).is_proven
    assert visit_by_token(mailed(purpose, BEN)).is_proven


def test_cookie_from_an_earlier_address_proves_nothing_once_it_is_changed(
    cast: Cast, purpose: Purpose
) -> None:
    assert visit_by_proof(purpose.request.key, PUPPET, "mailed_link").is_proven
    to_ben(cast, purpose)
    assert not visit_by_proof(purpose.request.key, PUPPET, "mailed_link").is_proven


def test_visit_that_began_before_the_address_changed_writes_nothing(cast: Cast, purpose: Purpose) -> None:
    puppet = visit_by_token(mailed(purpose, PUPPET))
    to_ben(cast, purpose)
    with pytest.raises(MailboxNotProven):
        record_answer(visit=puppet, said="yes", today=TODAY, now=NOW)
    with pytest.raises(MailboxNotProven):
        save_draft(visit=puppet, body=WORDS, based_on=0, now=NOW)
    assert not Answer.objects.exists()
    assert not Draft.objects.exists()


def test_yes_again_from_a_new_address_makes_it_the_proven_one(cast: Cast, purpose: Purpose) -> None:
    record_answer(visit=visit_by_token(mailed(purpose, PUPPET)), said="yes", today=TODAY, now=NOW)
    to_ben(cast, purpose)
    record_answer(visit=visit_by_token(mailed(purpose, BEN)), said="yes", today=TODAY, now=NOW)
    assert Request.objects.get().correspondent == Correspondent.objects.get(mailbox=BEN)


@pytest.mark.parametrize("answered", [True, False])
def test_first_words_bind_the_request_to_their_mailbox(cast: Cast, purpose: Purpose, answered: bool) -> None:
    """The contact's addresses stay the applicant's to edit; links and codes no longer follow them."""
    if answered:
        record_answer(visit=visit_by_token(mailed(purpose, PUPPET)), said="yes", today=TODAY, now=NOW)
    to_ben(cast, purpose)
    save_draft(visit=visit_by_token(mailed(purpose, BEN)), body=WORDS, based_on=0, now=NOW)
    put_address_first(contact=cast.ben, address=PUPPET)
    request = Request.objects.select_related("contact__owner", "correspondent").get()
    send_code(request=request, use="prove", now=NOW)
    assert Code.objects.get().mailbox == BEN
    assert not visit_by_token(mailed(purpose, PUPPET)).is_proven
    with pytest.raises(AddressIsTheWriters):
        change_address(by=cast.ada, request=request, address=PUPPET, now=NOW)


def test_stop_link_of_an_earlier_address_stops_that_address_alone(cast: Cast, purpose: Purpose) -> None:
    token = mailed(purpose, PUPPET)
    to_ben(cast, purpose)
    stop_mail(visit=visit_by_token(token), now=NOW)
    assert Correspondent.objects.get(mailbox=PUPPET).no_mail_at == NOW
    assert Request.objects.get().correspondent is None
    change_address(
        by=cast.ada, request=purpose.request, address=PUPPET, now=NOW
    )  # and back, to whom has stopped
    with pytest.raises(StopsMail):
        send_ask(by=cast.ada, purpose=purpose, now=NOW, undo=timedelta(0))


def test_mailbox_that_stopped_mails_is_not_mailed_by_the_next_applicant_until_it_wants_them(
    cast: Cast, purpose: Purpose
) -> None:
    stop_mail(visit=visit_by_token(mailed(purpose, PUPPET)), now=NOW)
    put_address_first(contact=cast.ben_to_eve, address=PUPPET)
    asked = make_purpose(cast.ben_to_eve, make_opportunity(cast.eve, "MSc Statistics"))
    with pytest.raises(StopsMail):
        send_ask(by=cast.eve, purpose=asked, now=NOW, undo=timedelta(0))
    Correspondent.objects.update(no_mail_at=None)
    send_ask(by=cast.eve, purpose=asked, now=NOW, undo=timedelta(0))


def test_link_handed_over_cannot_stop_the_writers_mail(purpose: Purpose) -> None:
    with pytest.raises(MailboxNotProven):
        stop_mail(visit=Visit(purpose.request), now=NOW)
