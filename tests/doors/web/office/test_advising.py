"""An adviser sees plans and how far requests are, of those who agreed: no confidential letter, no open one unless shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.cast import Cast
from tests.factories import make_account, make_contact, make_opportunity
from tests.pages import words_of
from tests.sealing import CANARY, make_sealed

from vouchsafe.adapters.vault import FileInConfidence, Role, Viewer
from vouchsafe.asks.actions.record_ask import record_ask
from vouchsafe.asks.actions.redraw_plan import redraw_plan
from vouchsafe.desk.cohort import cohort
from vouchsafe.ledger import custody
from vouchsafe.ledger.models import Line, Outgoing
from vouchsafe.letters.actions.read_shown import read_shown
from vouchsafe.letters.actions.show_to_adviser import show_to_adviser
from vouchsafe.letters.models import Showing, Withdrawal
from vouchsafe.people import access
from vouchsafe.people.access import NotHere, viewer_keys
from vouchsafe.people.actions.agree_to_adviser import agree_to_adviser
from vouchsafe.people.actions.name_adviser import AdvisesThemselves, NotAnAdviser, name_adviser
from vouchsafe.people.models import Account, Advising, Instance
from vouchsafe.plans.models import Opportunity


def as_(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def finn(db: None) -> Account:
    return make_account("Finn Orme", role="adviser")


def advise(cast: Cast, finn: Account, applicant: Account, *, agreed: bool = True) -> Advising:
    now = timezone.now()
    row = name_adviser(by=cast.dana, adviser=finn, applicant=applicant, now=now)
    if agreed:
        agree_to_adviser(by=applicant, advising=row, now=now)
    return row


def place(owner: Account, days: int, title: str = "Programme analyst") -> Opportunity:
    return make_opportunity(owner, title, deadline_on=timezone.localdate() + timedelta(days=days))


def said(cast: Cast, where: Opportunity, words: str) -> None:
    today = timezone.localdate()
    record_ask(
        by=cast.ada, contact=cast.ben, opportunity=where, channel="in_person", said=words, asked_on=today,
        maybe_until=today + timedelta(days=9) if words == "maybe" else None, note="Over the zebra crossing",
        today=today, now=timezone.now(),
    )  # fmt: skip


def test_office_names_an_adviser_the_applicant_agrees_and_only_then_is_the_plan_seen(
    cast: Cast, finn: Account
) -> None:
    place(cast.ada, 30)
    dana, ada, adviser = as_(cast.dana), as_(cast.ada), as_(finn)
    facts = {"adviser": finn.key, "applicant": "Ada@example.org"}
    assert dana.post("/office/advisers/", facts)["Location"] == "/office/advisers/"
    row = Advising.objects.get()
    assert Outgoing.objects.get(kind="adviser_named").about == row.key
    assert "Ada" not in words_of(adviser.get("/advising/"))
    assert adviser.get(f"/advising/{row.key}/").status_code == 404
    assert "Let Finn Orme look along" in ada.get("/advisers/").content.decode()
    assert ada.post(f"/advisers/{row.key}/agreement").status_code == 302
    assert "Ada Marsh" in adviser.get("/advising/").content.decode()
    assert "Programme analyst" in adviser.get(f"/advising/{row.key}/").content.decode()
    assert "One applicant has an adviser" in dana.get("/office/advisers/").content.decode()


def test_applicant_ends_it_and_nothing_is_seen_until_they_take_that_back(cast: Cast, finn: Account) -> None:
    row = advise(cast, finn, cast.ada)
    ada, adviser = as_(cast.ada), as_(finn)
    assert ada.post(f"/advisers/{row.key}/removal").status_code == 302
    assert adviser.get(f"/advising/{row.key}/").status_code == 404
    assert "Undo" in ada.get("/advisers/").content.decode()
    assert ada.post(f"/advisers/{row.key}/restoral").status_code == 302
    assert adviser.get(f"/advising/{row.key}/").status_code == 200
    as_(cast.dana).post(f"/office/advisers/{row.key}/end")
    assert adviser.get(f"/advising/{row.key}/").status_code == 404
    verbs = set(Line.objects.filter(about=row.key).values_list("verb", flat=True))
    assert verbs == {"adviser_named", "adviser_agreed", "advising_ended", "advising_restored"}


def test_who_loses_the_role_of_an_adviser_sees_nothing(cast: Cast, finn: Account) -> None:
    row = advise(cast, finn, cast.ada)
    Account.objects.filter(pk=finn.pk).update(role="applicant")
    assert as_(finn).get("/advising/").status_code == 404
    assert as_(finn).get(f"/advising/{row.key}/").status_code == 404
    with pytest.raises(NotHere):
        access.advised(finn, row.key)


def test_adviser_reads_an_open_letter_only_while_it_is_shown_and_a_waived_one_never(
    cast: Cast, finn: Account
) -> None:
    row = advise(cast, finn, cast.ada)
    opened = make_sealed(cast.ben, place(cast.ada, 30))
    mina = make_contact(cast.ada, "Mina Holt")
    waived = make_sealed(mina, place(cast.ada, 31, "Another"), confidentiality="waived")
    ada, adviser = as_(cast.ada), as_(finn)
    at = f"/advising/{row.key}/letters/{opened.letter.key}/"
    assert adviser.get(at).status_code == 404
    assert CANARY not in adviser.get(f"/advising/{row.key}/").content.decode()
    keys = [opened.letter.key, waived.letter.key]
    assert ada.post(f"/advisers/{row.key}/letters", {"letter": keys}).status_code == 302
    assert list(Showing.objects.values_list("letter__key", flat=True)) == [opened.letter.key]
    assert CANARY in adviser.get(at).content.decode()
    assert adviser.get(f"{at}pages/1")["Content-Type"] == "image/jpeg"
    assert adviser.get(f"{at}pages/99").status_code == 404
    page = adviser.get(f"/advising/{row.key}/").content.decode()
    assert "in confidence" in page
    assert adviser.get(f"/advising/{row.key}/letters/{waived.letter.key}/").status_code == 404
    ada.post(f"/advisers/{row.key}/letters", {})
    assert adviser.get(at).status_code == 404


def test_letter_its_writer_took_back_is_no_longer_shown(cast: Cast, finn: Account) -> None:
    row = advise(cast, finn, cast.ada)
    seal = make_sealed(cast.ben, place(cast.ada, 30))
    show_to_adviser(by=cast.ada, advising=row, letter_keys=[seal.letter.key], now=timezone.now())
    at = f"/advising/{row.key}/letters/{seal.letter.key}/"
    assert as_(finn).get(at).status_code == 200
    Withdrawal.objects.create(seal=seal, withdrawn_at=timezone.now())
    assert as_(finn).get(at).status_code == 404
    assert at not in as_(finn).get(f"/advising/{row.key}/").content.decode()


def test_account_speaks_of_advisers_only_where_an_office_could_name_one(cast: Cast) -> None:
    ada = as_(cast.ada)
    assert "Who looks along" in ada.get("/account/").content.decode()
    Instance.objects.update(host="personal", owner=cast.ada)
    assert "Who looks along" not in ada.get("/account/").content.decode()


def test_letter_that_is_waived_in_the_rows_alone_is_refused_by_the_vault_too(
    cast: Cast, finn: Account
) -> None:
    """Somebody who alters rows so that a waived letter seems open and shown does not get its words either."""
    row = advise(cast, finn, cast.ada)
    waived = make_sealed(cast.ben, place(cast.ada, 30), confidentiality="waived")
    with pytest.raises(NotHere):
        read_shown(advising=row, letter_key=waived.letter.key)
    show_to_adviser(by=cast.ada, advising=row, letter_keys=[waived.letter.key], now=timezone.now())
    assert not Showing.objects.exists()
    Showing.objects.create(letter=waived.letter, advising=row, shown_at=timezone.now())
    with pytest.raises(NotHere):
        read_shown(advising=row, letter_key=waived.letter.key)
    with pytest.raises(FileInConfidence):
        custody.vault().open(waived.file, Viewer(Role.OFFICE, viewer_keys(finn)))


def test_pages_of_advising_are_nothing_to_anybody_else(cast: Cast, finn: Account) -> None:
    row = advise(cast, finn, cast.ada)
    place(cast.ada, 30)
    gail = make_account("Gail Tull", role="adviser")
    at = f"/advising/{row.key}/"
    assert Client().get(at)["Location"].startswith("/accounts/login/")
    for stranger in (cast.eve, cast.ada, cast.dana, gail):
        assert as_(stranger).get(at).status_code == 404, stranger
        assert as_(stranger).post(f"{at}end").status_code == 404, stranger
    for stranger in (cast.eve, cast.dana, finn, gail):
        for act in ("agreement", "letters", "removal", "restoral"):
            assert as_(stranger).post(f"/advisers/{row.key}/{act}").status_code == 404, (stranger, act)
    for stranger in (cast.eve, cast.ada, finn):
        assert as_(stranger).get("/office/advisers/").status_code == 404
        assert as_(stranger).post(f"/office/advisers/{row.key}/end").status_code == 404
    assert Advising.objects.agreed().count() == 1


def test_desk_says_that_an_adviser_looks_along(cast: Cast, finn: Account) -> None:
    place(cast.ada, 30)
    redraw_plan(by=cast.ada, today=timezone.localdate(), now=timezone.now())
    ada = as_(cast.ada)
    assert "An adviser looks along" not in ada.get("/desk/").content.decode()
    row = advise(cast, finn, cast.ada, agreed=False)
    assert "An adviser looks along" in ada.get("/desk/").content.decode()
    ada.post(f"/advisers/{row.key}/removal")
    assert "An adviser looks along" not in ada.get("/desk/").content.decode()


def test_adviser_ends_it_from_their_side(cast: Cast, finn: Account) -> None:
    row = advise(cast, finn, cast.ada)
    assert as_(finn).post(f"/advising/{row.key}/end")["Location"] == "/advising/"
    assert not access.advised_by(finn).exists()
    ada = as_(cast.ada)
    assert "Nobody looks along" in ada.get("/advisers/").content.decode()
    assert ada.post(f"/advisers/{row.key}/restoral").status_code == 409


def test_what_the_office_ended_stays_ended_also_after_an_undo_of_before(cast: Cast, finn: Account) -> None:
    row = advise(cast, finn, cast.ada)
    ada = as_(cast.ada)
    for act in ("removal", "restoral"):
        assert ada.post(f"/advisers/{row.key}/{act}").status_code == 302
    assert as_(cast.dana).post(f"/office/advisers/{row.key}/end").status_code == 302
    assert ada.post(f"/advisers/{row.key}/restoral").status_code == 409
    assert not access.advised_by(finn).exists()


def test_naming_twice_keeps_the_first_and_refuses_who_is_none(cast: Cast, finn: Account) -> None:
    first = advise(cast, finn, cast.ada)
    assert name_adviser(by=cast.dana, adviser=finn, applicant=cast.ada, now=timezone.now()) == first
    assert Outgoing.objects.filter(kind="adviser_named").count() == 1
    with pytest.raises(NotAnAdviser):
        name_adviser(by=cast.dana, adviser=cast.eve, applicant=cast.ada, now=timezone.now())
    with pytest.raises(AdvisesThemselves):
        name_adviser(by=cast.dana, adviser=finn, applicant=finn, now=timezone.now())
    wrong = as_(cast.dana).post("/office/advisers/", {"adviser": finn.key, "applicant": "no@example.org"})
    assert wrong.status_code == 422


def test_cohort_puts_who_needs_a_word_first_and_says_why(cast: Cast, finn: Account) -> None:
    near, far = place(cast.ada, 7), place(cast.eve, 90)
    for applicant in (cast.ada, cast.eve):
        advise(cast, finn, applicant)
    empty = make_account("Olu Vane")
    advise(cast, finn, empty)
    rows = cohort(finn, timezone.localdate())
    assert [(row.name, row.urgency) for row in rows] == [
        ("Ada Marsh", 0),
        ("Eve Tarn", 2),
        ("Olu Vane", 2),
    ]
    assert (rows[0].title, rows[0].need, rows[0].coming) == (near.title, 1, 0)
    assert rows[1].deadline == far.deadline_on
    said(cast, near, "yes")
    row = next(one for one in cohort(finn, timezone.localdate()) if one.name == "Ada Marsh")
    assert (row.coming, row.safe, row.urgency) == (1, 0, 2)  # promised; no plan was drawn
    only = as_(finn).get("/advising/?show=word").content.decode()
    assert "Ada Marsh" in only


def test_plan_more_likely_to_fail_than_not_is_named(cast: Cast, finn: Account) -> None:
    where = place(cast.ada, 60)
    Opportunity.objects.filter(pk=where.pk).update(need=3)
    advise(cast, finn, cast.ada)
    redraw_plan(by=cast.ada, today=timezone.localdate(), now=timezone.now())
    (row,) = cohort(finn, timezone.localdate())
    assert row.odds is not None
    assert row.odds < 0.5
    assert "more likely to be missing" in str(row.why)


def test_said_no_and_thinking_are_told_and_the_note_of_the_talk_is_not(cast: Cast, finn: Account) -> None:
    row = advise(cast, finn, cast.ada)
    said(cast, place(cast.ada, 30), "no")
    said(cast, place(cast.ada, 40, "Another"), "maybe")
    page = as_(finn).get(f"/advising/{row.key}/").content.decode()
    assert "Said no" in page
    assert "Thinking it over" in page
    assert "Ben Okafor" in page
    assert "zebra" not in page


@pytest.mark.parametrize("count", [1, 20])
def test_cohort_takes_the_same_queries_for_one_and_for_many(
    cast: Cast, finn: Account, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        applicant = make_account(f"P{number} Vale")
        Advising.objects.create(
            adviser=finn, applicant=applicant, named_at=timezone.now(), agreed_at=timezone.now()
        )
        place(applicant, 20)
    with django_assert_num_queries(4):
        assert len(cohort(finn, timezone.localdate())) == count
