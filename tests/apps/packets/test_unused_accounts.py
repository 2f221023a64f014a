"""Accounts that nobody uses go after the time that the office set, told twice, and nothing of others' with them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tests.calling import join, make_call, make_seat
from tests.cast import Cast
from tests.factories import NOW, TODAY, make_contact, make_opportunity, make_purpose
from tests.retaining import (
    A_DAY,
    ACCOUNTS,
    age,
    decide,
    declined,
    worker_runs,
)
from tests.sealing import make_packet_of, make_reader, make_sealed

from vouchsafe.asks.models import Purpose
from vouchsafe.ledger import custody, outbox
from vouchsafe.ledger.models import Line, Outgoing
from vouchsafe.letters.models import Draft, Letter, Seal, Upload
from vouchsafe.packets.access_aged import unused_accounts
from vouchsafe.packets.models import Reader, Seat, Viewing
from vouchsafe.people.models import Account, Farewell, Sweep
from vouchsafe.plans.models import Application, Call


def test_an_unused_account_goes_with_its_letters_once_it_was_told_twice(cast: Cast, commits: Any) -> None:
    seal = make_sealed(cast.ben, make_opportunity(cast.ada), now=NOW)
    other = make_sealed(cast.ben_to_eve, make_opportunity(cast.eve), now=NOW)
    age(cast.ada, NOW)
    age(cast.eve, NOW + 300 * A_DAY)
    decide(cast, ACCOUNTS)
    start = datetime(2027, 9, 5, 12, tzinfo=UTC)
    with commits():
        worker_runs(start, 30)
        assert custody.vault().exists(seal.file)
        told = outbox.read(Outgoing.objects.filter(kind="farewell").latest("id"))
        assert (told.to_address, told.facts["letters"], told.facts["again"]) == (cast.ada.email, 1, True)
        worker_runs(start + 30 * A_DAY, 1)
    assert not Account.objects.filter(pk=cast.ada.pk).exists()
    assert not custody.vault().exists(seal.file)
    assert Account.objects.filter(pk__in=[cast.dana.pk, cast.eve.pk]).count() == 2
    assert Seal.objects.get() == other
    assert custody.vault().exists(other.file)
    assert Sweep.objects.get().keys == [cast.ada.key]
    assert Line.objects.get(verb="erased").by == "worker"


def test_an_account_is_used_by_signing_in_by_a_press_and_by_what_others_do(cast: Cast) -> None:
    age(cast.ada, NOW)
    far = NOW + 700 * A_DAY
    ada = {"months": 12, "now": far, "only": cast.ada}
    assert list(unused_accounts(**ada))
    age(cast.ada, far - 30 * A_DAY)
    assert not list(unused_accounts(**ada))
    age(cast.ada, NOW)
    # A reader may still read until a month ago: twelve months count from then.
    place = make_opportunity(cast.ada)
    reader = make_reader(make_packet_of(make_sealed(cast.ben, place, now=NOW), opportunity=place))
    Line.objects.filter(chain=cast.ada.key).delete()
    Reader.objects.filter(pk=reader.pk).update(expires_at=far - 30 * A_DAY)
    assert not list(unused_accounts(**ada))
    Reader.objects.filter(pk=reader.pk).update(expires_at=NOW)
    assert list(unused_accounts(**ada))
    Viewing.objects.create(reader=reader, what="read", viewed_at=far - 30 * A_DAY)
    assert not list(unused_accounts(**ada))
    Viewing.objects.all().delete()
    waits = make_purpose(make_contact(cast.ada, "Ann Reed"), make_opportunity(cast.ada, "Grant"))
    Line.objects.filter(chain=cast.ada.key).delete()
    Purpose.objects.filter(pk=waits.pk).update(shown_on=far.date())
    assert not list(unused_accounts(**ada))
    for kept in (cast.dana, cast.instance.owner):
        age(kept, NOW)
        assert not list(unused_accounts(months=12, now=far, only=kept))


def test_an_account_is_kept_while_a_call_takes_its_letters_or_a_committee_may_read_them(cast: Cast) -> None:
    call = make_call(cast.dana)
    application = join(cast.ada, call)
    seat = make_seat(cast.dana, call)
    Call.objects.filter(pk=call.pk).update(closes_on=TODAY, due_on=TODAY)  # made by the real clock
    Line.objects.filter(chain=cast.ada.key).delete()
    age(cast.ada, NOW)
    far = NOW + 700 * A_DAY
    ada = {"months": 12, "now": far, "only": cast.ada}
    Seat.objects.filter(pk=seat.pk).update(expires_at=far)
    assert not list(unused_accounts(**ada))
    Seat.objects.filter(pk=seat.pk).update(revoked_at=NOW)
    assert list(unused_accounts(**ada))
    Call.objects.filter(pk=call.pk).update(due_on=far.date())
    assert not list(unused_accounts(**ada))
    Application.objects.filter(pk=application.pk).update(withdrawn_at=NOW)
    assert list(unused_accounts(**ada))


def test_whoever_signs_in_before_the_day_keeps_their_account(cast: Cast) -> None:
    age(cast.ada, NOW)
    decide(cast, ACCOUNTS)
    for other in (cast.eve, cast.dana):
        age(other, NOW + 360 * A_DAY)
    start = datetime(2027, 9, 5, 12, tzinfo=UTC)
    now = worker_runs(start, 30)
    assert Farewell.objects.get().told_again_at is not None
    age(cast.ada, now)
    worker_runs(now, 4)
    assert Account.objects.filter(pk=cast.ada.pk).exists()
    assert Farewell.objects.get().outcome == "used"


def test_whoever_came_back_after_the_first_mail_hears_no_more(cast: Cast) -> None:
    age(cast.ada, NOW)
    decide(cast, ACCOUNTS)
    for other in (cast.eve, cast.dana):
        age(other, NOW + 360 * A_DAY)
    now = worker_runs(datetime(2027, 9, 5, 12, tzinfo=UTC), 5)
    age(cast.ada, now)
    worker_runs(now, 40)
    assert Outgoing.objects.filter(kind="farewell").count() == 1
    assert Farewell.objects.get().outcome == "used"


def test_an_account_is_used_while_somebody_writes_for_it(cast: Cast) -> None:
    age(cast.ada, NOW)
    purpose = declined(cast.ben)
    Purpose.objects.update(shown_on=None)
    Line.objects.filter(chain=cast.ada.key).delete()
    far = NOW + 700 * A_DAY
    ada = {"months": 12, "now": far, "only": cast.ada}
    assert list(unused_accounts(**ada))
    Upload.objects.filter(letter__request=purpose.request).update(uploaded_at=far - 30 * A_DAY)
    assert not list(unused_accounts(**ada))
    Upload.objects.all().delete()
    Draft.objects.create(letter=Letter.objects.get(), saved_at=far - 30 * A_DAY)
    assert not list(unused_accounts(**ada))
