"""A writer's queue: every open request of one mailbox; a link alone never shows it, and each act is that request's own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.cast import Cast
from tests.factories import make_account, make_contact, make_opportunity, make_purpose

from vouchsafe.asks.actions.make_link import make_link, token_of
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.models import Answer, Link, Mute, Purpose, Reminder
from vouchsafe.ledger import outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.people.models import Account, Correspondent

BEN = "ben@writers.example"


def ask(owner: Account, contact: object, title: str, days: int = 28) -> Purpose:
    now = timezone.now()
    purpose = make_purpose(contact, make_opportunity(owner, title))  # type: ignore[arg-type]  # as the cast has them
    Purpose.objects.filter(pk=purpose.pk).update(shown_on=now.date() + timedelta(days=days))
    row = send_ask(by=owner, purpose=purpose, now=now, undo=timedelta(0), ask_anyway=True)
    Outgoing.objects.filter(pk=row.pk).update(state="sent", ended_at=now)
    return Purpose.objects.select_related("request__contact__owner").get(pk=purpose.pk)


@pytest.fixture
def two(cast: Cast) -> tuple[Purpose, Purpose]:
    return (
        ask(cast.ada, cast.ben, "Programme analyst", 28),
        ask(cast.eve, cast.ben_to_eve, "MSc Statistics", 14),
    )


def by_link(purpose: Purpose) -> Client:
    link = make_link(request=purpose.request, kind=Link.Kind.MAILED, mailbox=BEN, now=timezone.now())
    browser = Client()
    browser.post(f"/r/{token_of(link)}", {"act": "open"})
    return browser


def take_code(browser: Client, purpose: Purpose) -> str:
    """Ask for the code of the queue, and type it; returns where that leads."""
    base = f"/requests/{purpose.request.key}"
    browser.post(f"{base}/code", {"use": "queue"})
    row = Outgoing.objects.filter(kind="writer_code").latest("id")
    code = outbox.read(row).facts["code"]
    return str(browser.post(f"{base}/proof", {"use": "queue", "code": code})["Location"])


@pytest.fixture
def ben(two: tuple[Purpose, Purpose]) -> Client:
    browser = by_link(two[0])
    assert take_code(browser, two[0]) == f"/requests/{two[0].request.key}/queue"
    return browser


def test_queue_shows_every_request_by_date_and_only_after_a_code(two: tuple[Purpose, Purpose]) -> None:
    home = f"/requests/{two[0].request.key}/queue"
    browser = by_link(two[0])
    before = browser.get(home).content.decode()
    assert "you need a code" in before
    assert "Eve Tarn" not in before
    take_code(browser, two[0])
    page = browser.get(home).content.decode()
    assert "2 people would like a letter from you" in page
    assert page.index("Eve Tarn") < page.index("Ada Marsh")
    assert "The fullest week begins on" in page


def test_queue_stands_in_weeks_and_leads_on_with_what_was_promised(
    two: tuple[Purpose, Purpose], ben: Client
) -> None:
    home = f"/requests/{two[0].request.key}/queue"
    page = ben.get(home).content.decode()
    assert "Look at what Eve Tarn asks" in page
    assert "None of them is due this week." in page
    assert ">Later<" in page
    assert ">Late<" not in page
    Purpose.objects.filter(pk=two[1].pk).update(shown_on=timezone.localdate() - timedelta(days=3))
    ben.post(f"{home}/{two[0].request.key}", {"act": "yes"})
    page = ben.get(home).content.decode()
    assert "One of them is due this week or late." in page
    assert page.index(">Late<") < page.index("3 days late") < page.index(">Later<")
    assert "Go on with Ada Marsh" in page


@pytest.mark.parametrize("way", ["nobody", "ada", "eve", "slip", "link"])
def test_nobody_else_sees_the_queue_or_acts_from_it(
    two: tuple[Purpose, Purpose], cast: Cast, way: str
) -> None:
    first, second = (purpose.request.key for purpose in two)
    browser = by_link(two[0]) if way == "link" else Client()
    if way in ("ada", "eve"):
        browser.force_login(getattr(cast, way))
    if way == "slip":
        slip = make_link(request=two[0].request, kind=Link.Kind.HANDED, now=timezone.now())
        browser.post(f"/r/{token_of(slip)}", {"act": "open"})
    for answer in (
        browser.get(f"/requests/{first}/queue"),
        browser.post(f"/requests/{first}/queue", {"act": "stop"}),
        browser.get(f"/requests/{first}/queue/{second}"),
        browser.post(f"/requests/{first}/queue/{second}", {"act": "yes"}),
        browser.post(f"/requests/{first}/queue/{second}", {"act": "open"}),
    ):
        assert "MSc Statistics" not in answer.content.decode()
    assert not Answer.objects.exists()
    assert not Correspondent.objects.filter(no_mail_at__isnull=False).exists()
    assert browser.get(f"/requests/{second}/").status_code == 404


def test_every_act_from_the_queue_is_about_its_own_request(two: tuple[Purpose, Purpose], ben: Client) -> None:
    mine, other = two[0].request, two[1].request
    row = f"/requests/{mine.key}/queue/{other.key}"
    day = (timezone.now() + timedelta(days=10)).date()
    assert ben.post(row, {"act": "yes", "promised_on": day.isoformat()}).status_code == 302
    answer = Answer.objects.get()
    assert (answer.request_id, answer.promised_on, answer.proven_by) == (other.pk, day, "mailed_code")
    reminder = Reminder.objects.filter(request=other, sent_at=None, dropped_at=None).first()
    assert reminder is not None
    sooner = (timezone.now() + timedelta(days=4)).date()
    moved = {"act": "move", "reminder": reminder.key, "day": sooner.isoformat()}
    assert ben.post(row, moved).status_code == 302
    reminder.refresh_from_db()
    assert reminder.due_at.date() == sooner
    assert ben.post(row, {"act": "move", "reminder": reminder.key}).status_code == 422
    ben.post(row, {"act": "mute"})
    assert Mute.objects.get(lifted_at=None).request_id == other.pk
    ben.post(row, {"act": "wanted"})
    assert not Mute.objects.filter(lifted_at=None).exists()
    ben.post(row, {"act": "taken_back", "words": "I am so sorry."})
    assert Answer.objects.filter(request=other).latest("id").said == "taken_back"
    assert not Answer.objects.filter(request=mine).exists()
    assert (
        "Eve Tarn"
        not in ben.get(f"/requests/{mine.key}/queue")
        .content.decode()
        .split("<main", 1)[1]
        .split('class="rows', 1)[1]
    )


def test_opening_one_from_the_queue_leads_to_its_own_page(two: tuple[Purpose, Purpose], ben: Client) -> None:
    mine, other = two[0].request, two[1].request
    went = ben.post(f"/requests/{mine.key}/queue/{other.key}", {"act": "open"})
    assert went["Location"] == f"/requests/{other.key}/"
    assert "Eve Tarn" in ben.get(f"/requests/{other.key}/").content.decode()


def test_request_that_moved_to_another_mailbox_is_not_in_the_queue(
    two: tuple[Purpose, Purpose], ben: Client
) -> None:
    two[1].request.contact.addresses.update(address="ben@else.example", mailbox="ben@else.example")
    home = f"/requests/{two[0].request.key}/queue"
    assert "Eve Tarn" not in ben.get(home).content.decode()
    assert ben.post(f"{home}/{two[1].request.key}", {"act": "yes"}).status_code == 404


def test_prepared_ask_that_was_never_mailed_is_not_in_the_queue(
    two: tuple[Purpose, Purpose], ben: Client
) -> None:
    zoe = make_account("Zoe Hart")
    unsent = make_purpose(make_contact(zoe, email=BEN), make_opportunity(zoe, "A secret plan"))
    home = f"/requests/{two[0].request.key}/queue"
    assert "Zoe Hart" not in ben.get(home).content.decode()
    assert ben.get(f"{home}/{unsent.request.key}").status_code == 404


def test_applicant_signed_in_never_acts_on_their_own_row(
    two: tuple[Purpose, Purpose], ben: Client, cast: Cast
) -> None:
    ben.force_login(cast.eve)
    answer = ben.post(f"/requests/{two[0].request.key}/queue/{two[1].request.key}", {"act": "yes"})
    assert answer.status_code == 409
    assert not Answer.objects.exists()


def test_stopping_all_mails_and_wanting_them_again(two: tuple[Purpose, Purpose], ben: Client) -> None:
    home = f"/requests/{two[0].request.key}/queue"
    ben.post(home, {"act": "stop"})
    assert Correspondent.objects.get(mailbox=BEN).no_mail_at is not None
    assert "Mail me again" in ben.get(home).content.decode()
    ben.post(home, {"act": "want"})
    assert Correspondent.objects.get(mailbox=BEN).no_mail_at is None
    assert Reminder.objects.filter(request=two[0].request, dropped_at=None).exists()


def test_link_of_the_weekly_list_tells_nothing_before_the_code(two: tuple[Purpose, Purpose]) -> None:
    link = make_link(request=two[0].request, kind=Link.Kind.MAILED, mailbox=BEN, now=timezone.now())
    browser = Client()
    page = browser.get(f"/r/{token_of(link)}/queue").content.decode()
    assert "needs a code" in page
    assert not Outgoing.objects.filter(kind="writer_code").exists()
    typed = browser.post(f"/r/{token_of(link)}/queue")
    assert typed.status_code == 200
    code = outbox.read(Outgoing.objects.get(kind="writer_code")).facts["code"]
    went = browser.post(f"/requests/{two[0].request.key}/proof", {"use": "queue", "code": code})
    assert went["Location"] == f"/requests/{two[0].request.key}/queue"
    assert "Eve Tarn" in browser.get(went["Location"]).content.decode()


def test_slip_has_no_list(two: tuple[Purpose, Purpose]) -> None:
    slip = make_link(request=two[0].request, kind=Link.Kind.HANDED, now=timezone.now())
    assert Client().get(f"/r/{token_of(slip)}/queue").status_code == 409


def test_filter_keeps_the_rows_that_hold_a_word(two: tuple[Purpose, Purpose], ben: Client) -> None:
    home = f"/requests/{two[0].request.key}/queue"
    page = ben.get(home, {"q": "statistics"}).content.decode()
    assert "Eve Tarn" in page
    assert "Ada Marsh" not in page
    assert "None of them holds" in ben.get(home, {"q": "<zebra>"}).content.decode()


@pytest.mark.parametrize("more", [1, pytest.param(38, marks=pytest.mark.wide)])
def test_all_requests_are_one_page_in_few_queries(
    two: tuple[Purpose, Purpose],
    ben: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    more: int,
) -> None:
    for n in range(more):
        owner = make_account(f"Applicant{n} Forty")
        ask(owner, make_contact(owner, email=BEN), f"Programme {n}", 7 + n)
    home = f"/requests/{two[0].request.key}/queue"
    with django_assert_max_num_queries(9):  # one of them is the visit's own
        page = ben.get(home).content.decode()
    assert page.count('class="day_row"') == 2 + more


def test_no_that_names_somebody_else_tells_the_applicant_alone(two: tuple[Purpose, Purpose]) -> None:
    browser, before = by_link(two[0]), set(Outgoing.objects.values_list("pk", flat=True))
    said = {"act": "no", "words": "I am away.", "instead": " Dr Ines\r\nVale "}
    browser.post(f"/requests/{two[0].request.key}/answer", said)
    assert Answer.objects.get().words == "I am away.\n\nPerhaps ask Dr Ines Vale."
    (mail,) = Outgoing.objects.exclude(pk__in=before)
    parcel = outbox.read(mail)
    assert (mail.kind, parcel.to_address) == ("said_no", two[0].request.contact.owner.email)
    assert "Dr Ines Vale" in str(parcel.facts["words"])
