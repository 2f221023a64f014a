"""The request's page: what its applicant may know, may do, and never sees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.cast import Cast
from tests.factories import make_contact, make_opportunity
from tests.sealing import CANARY as SEALED_CANARY
from tests.sealing import make_packet_of, make_reader, make_sealed

from vouchsafe.asks.access import Visit, stage
from vouchsafe.asks.actions.hand_over_link import hand_over_link
from vouchsafe.asks.actions.open_request import open_request
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.asks.actions.record_ask import record_ask
from vouchsafe.asks.actions.redraw_plan import redraw_plan
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.models import Ask, Link, Purpose, Reminder, Request
from vouchsafe.ledger.models import Outgoing
from vouchsafe.letters.actions.save_draft import save_draft
from vouchsafe.letters.draft_body import DraftBody
from vouchsafe.packets.models import Delivery, Viewing
from vouchsafe.people.models import Account, ContactAddress

CANARY = "KITTIWAKE-7731"
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


@dataclass
class Story:
    """Ada has asked Ben five days ago; everything that hangs on it has a key."""

    purpose: Purpose
    mail: Outgoing
    reminder: Reminder
    ask: Ask

    @property
    def key(self) -> str:
        return self.purpose.request.key

    @property
    def looks(self) -> Iterator[str]:
        """Every address one may look at."""
        here, step = f"/asks/{self.key}", f"/purposes/{self.purpose.key}"
        contact, opportunity = self.purpose.request.contact.key, self.purpose.opportunity.key
        yield from (f"{here}/{part}" for part in ("", "preview/", "reminders/", "address/", "link/"))
        yield f"{here}/mails/{self.mail.key}/"
        yield f"{here}/reminders/{self.reminder.key}/"
        yield from (
            f"{step}/{part}/" for part in ("note", "points", "documents", "reading", "date", "check", "mail")
        )
        yield f"/brief/{contact}/{opportunity}/"
        yield f"/asks/new/?contact={contact}&opportunity={opportunity}"

    @property
    def presses(self) -> Iterator[str]:
        """Every address that only takes a POST."""
        here, step = f"/asks/{self.key}", f"/purposes/{self.purpose.key}"
        contact, opportunity = self.purpose.request.contact.key, self.purpose.opportunity.key
        brief = f"/brief/{contact}/{opportunity}"
        yield from (f"{here}/{part}/" for part in ("removal", "restoral"))
        yield f"{here}/mails/{self.mail.key}/removal/"
        yield from (f"{here}/reminders/{self.reminder.key}/{part}/" for part in ("removal", "restoral"))
        yield from (f"{step}/documents/{'0' * 24}/{part}/" for part in ("removal", "restoral"))
        yield from (f"{brief}/slip/", f"{brief}/asks/", f"{brief}/asks/{self.ask.key}/removal/")


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def story(cast: Cast) -> Story:
    now = timezone.now()
    ago, today = now - timedelta(days=5), timezone.localdate()
    opportunity = make_opportunity(cast.ada, deadline_on=today + timedelta(days=35))
    ask = record_ask(
        by=cast.ada, contact=cast.ben, opportunity=opportunity, channel="in_person", said="yes",
        asked_on=today - timedelta(days=6), note="Send me the details.", today=today, now=ago,
    )  # fmt: skip
    purpose = open_request(
        by=cast.ada, contact=cast.ben, opportunity=opportunity, shown_on=today + timedelta(days=28),
        confidentiality="waived", subject="A letter", note="Dear Ben, would you?", today=today, now=ago,
    )  # fmt: skip
    mail = send_ask(by=cast.ada, purpose=purpose, now=ago, undo=timedelta(seconds=30))
    Outgoing.objects.filter(pk=mail.pk).update(state="sent", begun_at=ago, ended_at=ago)
    reminder = Reminder.objects.filter(dropped_at=None).first() or Reminder.objects.create(
        request=purpose.request, kind="chase", due_at=now + timedelta(days=3)
    )
    Reminder.objects.filter(pk=reminder.pk).update(due_at=now + timedelta(days=3))
    return Story(purpose, mail, reminder, ask)


def proven(story: Story) -> Visit:
    request = Request.objects.select_related("contact__owner", "correspondent").get(key=story.key)
    return Visit(request, "ben@writers.example", "mailed_link")


def test_nobody_else_gets_past_any_door(cast: Cast, story: Story) -> None:
    eve, stranger = signed_in(cast.eve), Client()
    for where in story.looks:
        assert signed_in(cast.ada).get(where).status_code in (200, 302), where
        assert eve.get(where).status_code == 404, where
        assert eve.post(where).status_code in (404, 405), where
        assert stranger.get(where)["Location"].startswith("/accounts/login/"), where
    before = (Request.objects.count(), Link.objects.count(), Ask.objects.count(), Outgoing.objects.count())
    for where in story.presses:
        assert eve.post(where).status_code == 404, where
        assert stranger.post(where)["Location"].startswith("/accounts/login/"), where
        assert signed_in(cast.ada).get(where).status_code == 405, where
    now = (Request.objects.count(), Link.objects.count(), Ask.objects.count(), Outgoing.objects.count())
    assert now == before


def test_eves_own_request_lends_her_no_key_of_adas(cast: Cast, story: Story) -> None:
    hers = open_request(
        by=cast.eve, contact=cast.ben_to_eve, opportunity=make_opportunity(cast.eve), shown_on=None,
        confidentiality="open", subject="", note="", today=timezone.localdate(), now=timezone.now(),
    )  # fmt: skip
    eve = signed_in(cast.eve)
    for where in (f"mails/{story.mail.key}/", f"reminders/{story.reminder.key}/"):
        assert eve.get(f"/asks/{hers.request.key}/{where}").status_code == 404
    assert eve.post(f"/asks/{hers.request.key}/mails/{story.mail.key}/removal/").status_code == 404
    brief = f"/brief/{cast.ben_to_eve.key}/{hers.opportunity.key}/asks/{story.ask.key}/removal/"
    assert eve.post(brief).status_code == 404


def test_looking_writes_nothing(cast: Cast, story: Story) -> None:
    ada = signed_in(cast.ada)
    for where in story.looks:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            ada.get(where)
        assert not [q["sql"] for q in seen if q["sql"].lstrip().upper().startswith(WRITES)], where


def test_draft_of_the_letter_is_nowhere_an_applicant_looks(cast: Cast, story: Story) -> None:
    record_answer(visit=proven(story), said="yes", today=timezone.localdate(), now=timezone.now())
    save_draft(visit=proven(story), body=DraftBody(text=f"Ada, {CANARY}."), based_on=0, now=timezone.now())
    ada = signed_in(cast.ada)
    pages = [ada.get(where, follow=True).text for where in story.looks]
    assert "began the letter" in pages[0]
    assert not [page for page in pages if CANARY in page]


def test_page_says_where_it_stands_and_what_is_to_come(cast: Cast, story: Story) -> None:
    page = signed_in(cast.ada).get(f"/asks/{story.key}/").text
    for said in (
        "Said yes", "Ben Okafor", "You sent the email", "You asked, and the answer was yes",
        "Send me the details.", "Their move", "Reminder", "The date you ask for", "Letters are due",
        "In confidence",
    ):  # fmt: skip
        assert said in page, said
    assert "Waiting for a yes" not in page


def test_what_was_said_in_the_morning_stands_before_the_mail_that_followed(cast: Cast, story: Story) -> None:
    morning = datetime.combine(timezone.localdate() - timedelta(days=5), time(1), UTC)
    Ask.objects.filter(pk=story.ask.pk).update(asked_on=morning.date(), recorded_at=morning)
    mailed = morning + timedelta(minutes=1)
    Outgoing.objects.filter(pk=story.mail.pk).update(begun_at=mailed, ended_at=mailed)
    page = signed_in(cast.ada).get(f"/asks/{story.key}/").text
    assert page.index("You sent the email") < page.index("You asked, and the answer was yes")  # newest first


def test_a_no_shows_its_kind_words_and_the_next_move(cast: Cast, story: Story) -> None:
    record_answer(
        visit=proven(story),
        said="no",
        words="My month is full.",
        today=timezone.localdate(),
        now=timezone.now(),
    )
    page = signed_in(cast.ada).get(f"/asks/{story.key}/").text
    assert "My month is full." in page
    assert "Said no" in page
    assert "Your move" in page


def test_reason_kept_private_stays_private(cast: Cast, story: Story) -> None:
    record_answer(
        visit=proven(story),
        said="no",
        reason="not_well_enough",
        today=timezone.localdate(),
        now=timezone.now(),
    )
    assert "do not know the work" not in signed_in(cast.ada).get(f"/asks/{story.key}/").text


def test_what_a_no_costs_is_told_from_the_plan(cast: Cast, story: Story) -> None:
    make_contact(cast.ada, "Chloé Marchetti", tie="mentor", knows_work=4, warmth=4)
    redraw_plan(by=cast.ada, today=timezone.localdate(), now=timezone.now())
    assert "If they say no" in signed_in(cast.ada).get(f"/asks/{story.key}/").text


@pytest.mark.parametrize("state", ["failed", "unknown"])
def test_mail_that_went_wrong_is_shown_with_what_to_do(cast: Cast, story: Story, state: str) -> None:
    Outgoing.objects.update(state=state)
    ada = signed_in(cast.ada)
    page = ada.get(f"/asks/{story.key}/").text
    assert {"failed": "could not be sent", "unknown": "Nobody knows whether"}[state] in page
    assert "Send it once more" in page
    again = {"again": "yes", "when": "now"}
    answer = ada.post(f"/purposes/{story.purpose.key}/check/", {**again, "confirmed": "on"})
    assert answer["Location"] == f"/asks/{story.key}/"
    assert Outgoing.objects.filter(kind="ask").count() == 2


def test_bounced_mail_leads_to_another_address_and_a_fresh_mail(cast: Cast, story: Story) -> None:
    Request.objects.update(paused_at=timezone.now(), paused_why="bounced")
    ada = signed_in(cast.ada)
    assert "The email did not arrive." in ada.get(f"/asks/{story.key}/").text
    where = f"/asks/{story.key}/address/?purpose={story.purpose.key}"
    assert "is your own address" in ada.post(where, {"address": "ada@example.org"}).text
    assert "not a mail address" in ada.post(where, {"address": "ben"}).text
    onward = ada.post(where, {"address": "ben@new.example"})
    assert onward["Location"] == f"/purposes/{story.purpose.key}/check/"
    assert "ben@new.example" in ada.get(onward["Location"]).text
    ada.post(onward["Location"], {"when": "now", "confirmed": "on"})
    assert Outgoing.objects.filter(kind="ask").count() == 2


def test_reminder_by_hand_goes_once_and_can_be_undone(cast: Cast, story: Story) -> None:
    ada = signed_in(cast.ada)
    where = f"/asks/{story.key}/reminders/"
    assert ada.post(where, {"words": "A line of mine."})["Location"] == f"/asks/{story.key}/"
    again = ada.post(where, {"words": "Another."})
    assert again.status_code == 422
    mail = Outgoing.objects.get(kind="reminder")
    assert "A line of mine." in ada.get(f"/asks/{story.key}/mails/{mail.key}/").text
    ada.post(f"/asks/{story.key}/mails/{mail.key}/removal/")
    mail.refresh_from_db()
    assert mail.state == "withdrawn"


def test_planned_reminder_is_read_moved_dropped_and_put_back(cast: Cast, story: Story) -> None:
    ada = signed_in(cast.ada)
    where = f"/asks/{story.key}/reminders/{story.reminder.key}/"
    assert "glad of a letter" in ada.get(where).text
    day = timezone.localdate() + timedelta(days=9)
    parts = {"day_year": day.year, "day_month": day.month, "day_day": day.day}
    assert ada.post(where, parts)["Location"] == f"/asks/{story.key}/"
    story.reminder.refresh_from_db()
    assert story.reminder.due_at.date() == day
    past = {"day_year": 2020, "day_month": 1, "day_day": 1}
    assert ada.post(where, past).status_code == 422
    ada.post(f"{where}removal/")
    assert ada.get(where).status_code == 404
    ada.post(f"{where}restoral/")
    assert ada.get(where).status_code == 200


def test_stopping_is_one_press_and_one_undo(cast: Cast, story: Story) -> None:
    ada = signed_in(cast.ada)
    page = ada.post(f"/asks/{story.key}/removal/", {"words": "I found another way."}, follow=True).text
    assert f'action="/asks/{story.key}/restoral/"' in page
    assert stage(story.purpose.request) == "withdrawn"
    ada.post(f"/asks/{story.key}/restoral/")
    assert stage(story.purpose.request) == "asked"


def test_link_to_hand_over_is_made_by_a_press_and_stays_the_same(cast: Cast, story: Story) -> None:
    ada = signed_in(cast.ada)
    where = f"/asks/{story.key}/link/"
    assert "/r/" not in ada.get(where).text
    ada.post(where)
    token = hand_over_link(by=cast.ada, request=story.purpose.request, now=timezone.now())
    for _ in range(2):
        assert f"/r/{token}" in ada.get(where).text
        ada.post(where)
    assert Link.objects.filter(kind="handed").count() == 1


def test_laptop_without_an_address_offers_no_link(cast: Cast, story: Story) -> None:
    type(cast.instance).objects.update(host="personal")
    ada = signed_in(cast.ada)
    ada.post(f"/asks/{story.key}/link/")
    assert "no public address" in ada.get(f"/asks/{story.key}/link/").text
    assert not Link.objects.filter(kind="handed").exists()


def test_writers_page_is_previewed_without_a_way_to_act(cast: Cast, story: Story) -> None:
    page = signed_in(cast.ada).get(f"/asks/{story.key}/preview/").text
    assert "Dear Ben, would you?" in page
    assert "has given up the right to read it" in page
    assert 'name="act"' not in page


def test_contact_may_have_several_addresses_and_the_first_is_shown(cast: Cast, story: Story) -> None:
    ContactAddress.objects.create(contact=cast.ben, position=1, address="b@x.example", mailbox="b@x.example")
    assert "ben@writers.example" in signed_in(cast.ada).get(f"/asks/{story.key}/").text


def test_sealed_letter_in_confidence_shows_facts_and_never_its_text(cast: Cast) -> None:
    opportunity = make_opportunity(cast.ada, deadline_on=timezone.localdate() + timedelta(days=35))
    seal = make_sealed(cast.ben, opportunity, confidentiality="waived")
    reader = make_reader(make_packet_of(seal, opportunity=opportunity))
    now = timezone.now()
    Delivery.objects.create(reader=reader, means="mail", delivered_at=now)
    Viewing.objects.create(reader=reader, seal=seal, what="read", viewed_at=now)
    request = Request.objects.get()
    ada = signed_in(cast.ada)
    page = ada.get(f"/asks/{request.key}/").text
    for said in (
        "Safe",
        "The letter was sealed",
        "The letter went to Cleo Brandt",
        "Cleo Brandt read the letter",
    ):
        assert said in page, said
    pages = [
        page,
        *(ada.get(f"/asks/{request.key}/{part}").text for part in ("preview/", "link/", "reminders/")),
    ]
    assert not [text for text in pages if SEALED_CANARY in text]
