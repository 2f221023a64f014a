"""How it ended: everybody hears it once, nobody writes in vain, and it can be taken back while nobody has heard."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from tests.cast import Cast
from tests.factories import make_contact, make_opportunity

from vouchsafe.asks.access import Visit, stage
from vouchsafe.asks.actions.close_request import close_request
from vouchsafe.asks.actions.open_request import open_request
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.actions.send_reminder import send_reminder
from vouchsafe.asks.actions.stop_mail import stop_mail
from vouchsafe.asks.models import Parting, Purpose, Reminder, Request
from vouchsafe.doors.worker import tasks
from vouchsafe.ledger import outbox
from vouchsafe.ledger.models import Line, Outgoing
from vouchsafe.people.models import Account, Contact
from vouchsafe.plans.models import Opportunity, Outcome

NOW = datetime.now(UTC).replace(microsecond=0) - timedelta(days=3)
TODAY = NOW.date()


def ask(by: Account, contact: Contact, job: Opportunity, *, said: str = "") -> Purpose:
    purpose = open_request(
        by=by, contact=contact, opportunity=job, shown_on=TODAY + timedelta(days=28),
        confidentiality="open", subject="A letter", note="Would you?", today=TODAY, now=NOW,
    )  # fmt: skip
    row = send_ask(by=by, purpose=purpose, now=NOW, undo=timedelta(seconds=30))
    for claimed in outbox.claim("worker", now=row.due_at):
        outbox.finish(claimed, state=outbox.State.SENT, now=row.due_at)
    if said:
        first = contact.addresses.get().mailbox
        record_answer(visit=Visit(purpose.request, first, "mailed_link"), said=said, today=TODAY, now=NOW)
    return purpose


def seal(purpose: Purpose) -> None:
    close_request(request=purpose.request, why="sealed", by="writer", now=NOW + timedelta(days=1))


def mails(kind: str, state: str = "waiting") -> list[outbox.Parcel]:
    return [outbox.read(row) for row in Outgoing.objects.filter(kind=kind, state=state).order_by("id")]


@pytest.fixture
def ada(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.ada)
    return client


class Autumn:
    """Ben wrote for the post; Mina is still asked for it; Ola said yes for the course."""

    def __init__(self, cast: Cast) -> None:
        self.post = make_opportunity(cast.ada, "Programme analyst", deadline_on=TODAY + timedelta(days=35))
        self.course = make_opportunity(cast.ada, "MSc Statistics", deadline_on=TODAY + timedelta(days=50))
        mina, ola = make_contact(cast.ada, "Mina Holt"), make_contact(cast.ada, "Ola Reed")
        self.wrote = ask(cast.ada, cast.ben, self.post, said="yes")
        seal(self.wrote)
        self.asked = ask(cast.ada, mina, self.post)
        self.other = ask(cast.ada, ola, self.course, said="yes")

    def tell(self, client: Client, *, fate: str = "close", came: str = "got", **words: str) -> int:
        facts = {
            "opportunity": self.post.key,
            "came": came,
            "told_words": "I got it. Thank you for your letter.",
            "stop_words": "It worked out, so I need no letter.",
            f"fate_{self.course.key}": fate,
            **words,
        }
        return client.post("/outcome/telling/", facts).status_code


@pytest.fixture
def autumn(cast: Cast) -> Autumn:
    return Autumn(cast)


def test_page_shows_every_word_before_anything_is_sent(ada: Client, autumn: Autumn) -> None:
    before = (Line.objects.count(), Outgoing.objects.count())
    page = ada.get(f"/outcome/telling/?opportunity={autumn.post.key}&came=got").content.decode()
    for said in (
        "Ben Okafor",
        "Mina Holt",
        "Ola Reed",
        "MSc Statistics",
        "I have good news",
        "I am sorry for the work it took",
    ):
        assert said in page
    assert (Line.objects.count(), Outgoing.objects.count()) == before
    assert not Outcome.objects.exists()


def test_one_press_tells_who_wrote_and_spares_who_is_still_asked(ada: Client, autumn: Autumn) -> None:
    assert autumn.tell(ada) == 302
    (told,) = mails("outcome")
    assert told.to_name == "Ben Okafor"
    assert told.facts["words"] == "Dear Ben Okafor,\n\nI got it. Thank you for your letter.\n\nAda Marsh"
    assert {parcel.to_name for parcel in mails("cancelled")} == {"Mina Holt", "Ola Reed"}
    assert stage(autumn.asked.request) == stage(autumn.other.request) == "withdrawn"
    assert stage(autumn.wrote.request) == "sealed", "a letter that is safe stays safe"
    assert not Opportunity.objects.going_on().filter(owner=autumn.post.owner).exists()


def test_double_click_tells_once(ada: Client, autumn: Autumn) -> None:
    autumn.tell(ada)
    autumn.tell(ada)
    assert len(mails("outcome")) == 1
    assert len(mails("cancelled")) == 2
    assert Outcome.objects.filter(because__isnull=True).count() == 1


def test_another_end_for_what_has_ended_is_refused(ada: Client, autumn: Autumn) -> None:
    autumn.tell(ada)
    assert autumn.tell(ada, came="did_not") == 422


@pytest.mark.parametrize("fate", ["go_on", "pause"])
def test_other_letters_go_on_or_rest_when_one_says_so(ada: Client, autumn: Autumn, fate: str) -> None:
    autumn.tell(ada, fate=fate)
    request = Request.objects.get(pk=autumn.other.request_id)
    assert stage(request) == "agreed"
    assert (request.paused_at is not None) is (fate == "pause")
    assert {parcel.to_name for parcel in mails("cancelled")} == {"Mina Holt"}


def test_paused_request_sends_no_reminder_and_goes_on_when_told(ada: Client, autumn: Autumn) -> None:
    autumn.tell(ada, fate="pause")
    reminder = Reminder.objects.filter(
        request=autumn.other.request, sent_at__isnull=True, dropped_at__isnull=True
    ).first()
    assert reminder is not None
    assert not send_reminder(reminder=reminder, by="worker", now=reminder.due_at)
    assert "Ola Reed" in ada.get("/outcome/").content.decode()
    ada.post(f"/outcome/paused/{autumn.other.request.key}/going-on/")
    assert Request.objects.get(pk=autumn.other.request_id).paused_at is None
    assert Reminder.objects.filter(
        request=autumn.other.request, sent_at__isnull=True, dropped_at__isnull=True
    ).exists()


def test_writer_asked_for_two_things_is_asked_on_for_the_other(
    cast: Cast, ada: Client, autumn: Autumn
) -> None:
    both = ask(cast.ada, Contact.objects.get(name="Mina Holt"), autumn.course)
    autumn.tell(ada, fate="go_on")
    assert stage(Request.objects.get(pk=both.request_id)) == "asked"
    assert Purpose.objects.get(pk=both.pk).withdrawn_at is None
    assert Purpose.objects.get(pk=autumn.asked.pk).withdrawn_at is not None
    (said,) = mails("cancelled")
    assert said.facts["purpose"] == "Programme analyst"


def test_undo_takes_everything_back_while_nobody_has_heard(ada: Client, autumn: Autumn) -> None:
    autumn.tell(ada, fate="pause")
    key = Outcome.objects.get(because__isnull=True).key
    assert ada.post(f"/outcome/{key}/undoing/").status_code == 302
    assert ada.post(f"/outcome/{key}/undoing/").status_code == 302, "twice is once"
    assert not mails("outcome")
    assert not mails("cancelled")
    assert stage(autumn.asked.request) == "asked"
    assert Request.objects.get(pk=autumn.other.request_id).paused_at is None
    assert Opportunity.objects.going_on().filter(pk=autumn.post.pk).exists()
    assert autumn.tell(ada) == 302, "and it can be told anew"
    assert len(mails("outcome")) == 1


def test_undo_works_after_a_writer_stopped_the_mail_that_waited(ada: Client, autumn: Autumn) -> None:
    autumn.tell(ada)
    stop_mail(visit=Visit(autumn.wrote.request, "ben@writers.example", "mailed_link"), now=NOW)
    mina = Visit(autumn.asked.request, "mina@writers.example", "mailed_link")
    stop_mail(visit=mina, now=NOW)
    assert [parcel.to_name for parcel in mails("cancelled")] == ["Ola Reed"]
    key = Outcome.objects.get(because__isnull=True).key
    undone = ada.post(f"/outcome/{key}/undoing/", follow=True)
    assert undone.status_code == 200
    page = undone.content.decode()
    assert "Nobody has been told." in page
    assert "want no more mails" in page
    assert not mails("outcome") + mails("cancelled")
    assert stage(autumn.other.request) == "agreed"
    assert stage(autumn.asked.request) == "asked"


@pytest.mark.parametrize("state", ["begun", "sent", "unknown"])
def test_undo_is_refused_where_a_mail_may_have_told_somebody(ada: Client, autumn: Autumn, state: str) -> None:
    autumn.tell(ada)
    for claimed in outbox.claim("worker", now=datetime.now(UTC) + timedelta(minutes=5)):
        outbox.hand_over(claimed, now=NOW)
        if state != "begun":
            outbox.finish(claimed, state=outbox.State(state), now=NOW)
    key = Outcome.objects.get(because__isnull=True).key
    assert ada.post(f"/outcome/{key}/undoing/").status_code == 409
    assert Outcome.objects.get(because__isnull=True).undone_at is None


def test_outcome_told_again_after_its_mail_left_makes_no_second(ada: Client, autumn: Autumn) -> None:
    autumn.tell(ada)
    for at in (datetime.now(UTC) + timedelta(minutes=5), datetime.now(UTC) + timedelta(days=1)):
        tasks.send_mail(worker="w", now=at)
        autumn.tell(ada, told_words="In other words: I got it.")
    assert [row.state for row in Outgoing.objects.filter(kind="outcome")] == [Outgoing.State.SENT]
    assert Outgoing.objects.filter(kind="cancelled").count() == 2


def test_undo_is_all_or_nothing_once_one_mail_has_left(ada: Client, autumn: Autumn) -> None:
    autumn.tell(ada)
    row = Outgoing.objects.get(kind="outcome")
    Outgoing.objects.filter(pk=row.pk).update(due_at=NOW)
    for claimed in outbox.claim("worker", now=NOW):
        outbox.finish(claimed, state=outbox.State.SENT, now=NOW)
    key = Outcome.objects.get(because__isnull=True).key
    assert ada.post(f"/outcome/{key}/undoing/").status_code == 409
    assert stage(autumn.asked.request) == "withdrawn"
    assert len(mails("cancelled")) == 2


def test_place_left_to_fill_asks_for_a_second_click(ada: Client, autumn: Autumn) -> None:
    words = "I got it at [institution]. Thank you."
    assert autumn.tell(ada, told_words=words) == 422
    assert not Outcome.objects.exists()
    assert autumn.tell(ada, told_words=words, sure="on") == 302


def test_empty_words_to_those_who_wrote_are_refused(ada: Client, autumn: Autumn) -> None:
    assert autumn.tell(ada, told_words="  ") == 422
    assert not Outcome.objects.exists()


def test_writer_who_said_no_hears_nothing(cast: Cast, ada: Client, autumn: Autumn) -> None:
    ask(cast.ada, make_contact(cast.ada, "Nia Quill"), autumn.post, said="no")
    autumn.tell(ada)
    assert "Nia Quill" not in {parcel.to_name for kind in ("outcome", "cancelled") for parcel in mails(kind)}


def test_never_mailed_request_is_closed_without_a_mail(cast: Cast, ada: Client, autumn: Autumn) -> None:
    quiet = open_request(
        by=cast.ada, contact=make_contact(cast.ada, "Nia Quill"), opportunity=autumn.post, shown_on=None,
        confidentiality="open", subject="", note="", today=TODAY, now=NOW,
    )  # fmt: skip
    autumn.tell(ada)
    assert stage(quiet.request) == "withdrawn"
    assert "Nia Quill" not in {parcel.to_name for parcel in mails("cancelled")}


@pytest.mark.parametrize("came", ["got", "did_not", "declined", "stopped"])
def test_each_end_proposes_words_that_name_no_single_writer(ada: Client, autumn: Autumn, came: str) -> None:
    page = ada.get(f"/outcome/telling/?opportunity={autumn.post.key}&came={came}").content.decode()
    assert "Dear " not in page.split("<textarea")[1].split("</textarea>")[0]
    assert page.count("<textarea") == 2


def test_eve_reaches_nothing_of_adas(cast: Cast, ada: Client, autumn: Autumn) -> None:
    eve = Client()
    eve.force_login(cast.eve)
    assert autumn.tell(eve) == 404
    assert eve.get(f"/outcome/telling/?opportunity={autumn.post.key}&came=got").status_code == 404
    autumn.tell(ada, fate="pause")
    key = Outcome.objects.get(because__isnull=True).key
    assert eve.post(f"/outcome/{key}/undoing/").status_code == 404
    assert eve.post(f"/outcome/paused/{autumn.other.request.key}/going-on/").status_code == 404
    assert "Programme analyst" not in eve.get("/outcome/").content.decode()
    assert Parting.objects.filter(did="paused").exists()


def test_eves_opportunity_cannot_be_closed_along(cast: Cast, ada: Client, autumn: Autumn) -> None:
    hers = make_opportunity(cast.eve, "Eve’s post", deadline_on=TODAY + timedelta(days=35))
    ask(cast.eve, cast.ben_to_eve, hers)
    autumn.tell(ada, **{f"fate_{hers.key}": "close"})
    assert Opportunity.objects.going_on().filter(pk=hers.pk).exists()


def test_signed_out_visitor_is_sent_to_sign_in(autumn: Autumn) -> None:
    assert autumn.tell(Client()) == 302
    assert not Outcome.objects.exists()


def test_looking_changes_no_row(ada: Client, autumn: Autumn) -> None:
    autumn.tell(ada, fate="pause")
    before = (
        Line.objects.count(),
        Outgoing.objects.count(),
        Outcome.objects.count(),
        Parting.objects.count(),
    )
    for address in ("/outcome/", f"/outcome/telling/?opportunity={autumn.course.key}&came=got"):
        for method in ("get", "head"):
            assert getattr(ada, method)(address).status_code == 200
    assert before == (
        Line.objects.count(),
        Outgoing.objects.count(),
        Outcome.objects.count(),
        Parting.objects.count(),
    )


@pytest.mark.parametrize("people", [1, 15])
def test_telling_takes_few_queries_however_many_are_asked(
    cast: Cast, ada: Client, autumn: Autumn, people: int, django_assert_max_num_queries: Any
) -> None:
    for n in range(people):
        ask(cast.ada, make_contact(cast.ada, f"Writer{n} Holt"), autumn.course)
    with django_assert_max_num_queries(14):
        ada.get(f"/outcome/telling/?opportunity={autumn.post.key}&came=got")
