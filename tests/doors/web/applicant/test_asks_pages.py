"""Preparing an ask, one thing a page, and the press that sends it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import Cast
from tests.factories import make_contact, make_opportunity

from vouchsafe.asks.access import stage
from vouchsafe.asks.models import Ask, Document, Link, Purpose, Request, Waiver
from vouchsafe.ledger import outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.plans.models import Opportunity


def signed_in(account: object) -> Client:
    client = Client()
    client.force_login(account)  # type: ignore[arg-type]  # an Account
    return client


def opportunity_ahead(cast: Cast, days: int = 40, title: str = "Programme analyst") -> Opportunity:
    return make_opportunity(cast.ada, title, deadline_on=timezone.localdate() + timedelta(days=days))


@pytest.fixture
def ada(cast: Cast) -> Client:
    return signed_in(cast.ada)


@pytest.fixture
def purpose(cast: Cast, ada: Client) -> Purpose:
    """Ada has kept her note: prepared, nothing sent."""
    opportunity = opportunity_ahead(cast)
    where = f"/asks/new/?contact={cast.ben.key}&opportunity={opportunity.key}"
    page = ada.get(where)
    assert page.status_code == 200
    words = "Dear Ben,\n\nThank you for the year in the depot.\n\nWould you write me a strong letter? No is fine.\n\nAda Marsh"
    answer = ada.post(where, {"subject": "A letter for Ada", "note": words})
    found = Purpose.objects.get()
    assert answer["Location"] == f"/purposes/{found.key}/points/"
    return found


def send(client: Client, purpose: Purpose, **more: str) -> Any:
    return client.post(f"/purposes/{purpose.key}/check/", {"when": "now", "confirmed": "on", **more})


def test_looking_at_a_new_ask_keeps_nothing(cast: Cast, ada: Client) -> None:
    opportunity = opportunity_ahead(cast)
    page = ada.get(f"/asks/new/?contact={cast.ben.key}&opportunity={opportunity.key}")
    assert "[Write here one true thing" in page.text
    assert not Request.objects.exists()


def test_first_page_asks_whom_and_for_what(cast: Cast, ada: Client) -> None:
    assert "Nothing to ask for yet" in ada.get("/asks/new/").text
    opportunity_ahead(cast)
    assert "Ben Okafor" in ada.get("/asks/new/").text


def test_proposed_date_leaves_a_week_and_never_passes_the_deadline(purpose: Purpose) -> None:
    assert purpose.shown_on is not None
    assert purpose.opportunity.deadline_on is not None
    left = (purpose.opportunity.deadline_on - purpose.shown_on).days
    assert 7 <= left <= 12  # a week, and back to a working day


def test_steps_lead_to_the_check_and_carry_into_the_mail(ada: Client, purpose: Purpose) -> None:
    here = f"/purposes/{purpose.key}"
    onward = ada.post(f"{here}/points/", {"point_1": "The returns report"})
    assert onward["Location"] == f"{here}/documents/"
    assert ada.get(f"{here}/documents/").status_code == 200
    assert ada.post(f"{here}/reading/", {"choice": "waived"})["Location"] == f"{here}/date/"
    day = (timezone.localdate() + timedelta(days=20)).isoformat().split("-")
    moved = ada.post(
        f"{here}/date/", {"shown_on_year": day[0], "shown_on_month": day[1], "shown_on_day": day[2]}
    )
    assert moved["Location"] == f"{here}/check/"
    page = ada.get(f"{here}/check/").text
    assert "The returns report" in page
    assert "Thank you for the year in the depot" in page
    assert "A letter for Ada" in page
    assert Waiver.objects.count() == 1


def test_change_from_the_check_comes_back_to_it(ada: Client, purpose: Purpose) -> None:
    answer = ada.post(f"/purposes/{purpose.key}/points/?then=check", {"point_1": "A thing"})
    assert answer["Location"] == f"/purposes/{purpose.key}/check/"


def test_check_shows_advice_beside_the_words_and_blocks_nothing(ada: Client, purpose: Purpose) -> None:
    ada.post(
        f"/purposes/{purpose.key}/note/",
        {"subject": "A letter", "note": "Dear Ben,\n\nYou are the best manager in the world. I need a letter.\n\nAda Marsh"},
    )  # fmt: skip
    assert "Advice, not rules" in ada.get(f"/purposes/{purpose.key}/check/").text
    assert send(ada, purpose)["Location"] == f"/asks/{purpose.request.key}/"


def test_place_still_to_fill_is_quoted_once_beside_the_words(ada: Client, purpose: Purpose) -> None:
    gap = "[one true thing you valued]"
    words = purpose.note.replace("the year in the depot", gap)
    ada.post(f"/purposes/{purpose.key}/note/", {"subject": "A letter", "note": words})
    aside = ada.get(f"/purposes/{purpose.key}/check/").text.partition('<ul class="checks">')[2]
    assert aside.partition("</ul>")[0].count(gap) == 1


def test_wrong_name_asks_for_a_second_click(ada: Client, purpose: Purpose) -> None:
    words = purpose.note.replace("Dear Ben", "Dear Tomasz")
    ada.post(f"/purposes/{purpose.key}/note/", {"subject": "A letter", "note": words})
    refused = ada.post(f"/purposes/{purpose.key}/check/", {"when": "now"})
    assert refused.status_code == 422
    assert "Tomasz" in refused.text
    assert not Outgoing.objects.exists()
    assert send(ada, purpose).status_code == 302


def test_pressing_send_twice_sends_one_mail(ada: Client, purpose: Purpose) -> None:
    for _ in range(2):
        answer = send(ada, purpose)
        assert answer["Location"] == f"/asks/{purpose.request.key}/"
    assert Outgoing.objects.filter(kind="ask").count() == 1
    assert Link.objects.count() == 1
    assert Ask.objects.count() == 1


def test_note_after_sending_offers_undo_that_takes_the_mail_back(ada: Client, purpose: Purpose) -> None:
    page = ada.post(f"/purposes/{purpose.key}/check/", {"when": "now", "confirmed": "on"}, follow=True)
    mail = Outgoing.objects.get()
    undo = f"/asks/{purpose.request.key}/mails/{mail.key}/removal/"
    assert f'action="{undo}"' in page.text
    ada.post(undo)
    mail.refresh_from_db()
    assert mail.state == "withdrawn"
    assert stage(purpose.request) == "prepared"
    assert ada.get(f"/purposes/{purpose.key}/check/").status_code == 200


def test_back_button_after_sending_leads_to_the_request(ada: Client, purpose: Purpose) -> None:
    send(ada, purpose)
    for step in ("note", "points", "documents", "reading", "check"):
        assert ada.get(f"/purposes/{purpose.key}/{step}/")["Location"] == f"/asks/{purpose.request.key}/"
    late = ada.post(f"/purposes/{purpose.key}/note/", {"subject": "Other", "note": "Other words"})
    assert late.status_code == 422
    assert "has left" in late.text
    purpose.refresh_from_db()
    assert purpose.note != "Other words"


def test_mail_for_the_morning_waits_until_then(ada: Client, purpose: Purpose) -> None:
    send(ada, purpose, when="morning")
    row = Outgoing.objects.get()
    assert row.due_at > timezone.now() + timedelta(minutes=1)
    assert (row.due_at.hour, row.due_at.minute) == (8, 30)


def test_ask_within_the_last_week_needs_ask_anyway(cast: Cast, ada: Client) -> None:
    opportunity = opportunity_ahead(cast, days=4)
    where = f"/asks/new/?contact={cast.ben.key}&opportunity={opportunity.key}"
    ada.post(where, {"subject": "A letter", "note": "Dear Ben,\n\nShort notice, I know.\n\nAda Marsh"})
    purpose = Purpose.objects.get()
    assert "Ask anyway" in ada.get(f"/purposes/{purpose.key}/check/").text
    assert send(ada, purpose).status_code == 422
    assert not Outgoing.objects.exists()
    assert send(ada, purpose, ask_anyway="on").status_code == 302


def test_preview_is_the_mail_that_leaves(ada: Client, purpose: Purpose) -> None:
    shown = ada.get(f"/purposes/{purpose.key}/mail/")
    assert "Thank you for the year in the depot." in shown.text
    assert "x" * 43 in shown.text
    assert "sandbox" in shown["Content-Security-Policy"]
    send(ada, purpose)
    assert "Thank you for the year in the depot." in outbox.read(Outgoing.objects.get()).facts["words"]


def test_personal_host_offers_no_waiver_and_says_why(cast: Cast, ada: Client, purpose: Purpose) -> None:
    type(cast.instance).objects.update(host="personal")
    page = ada.get(f"/purposes/{purpose.key}/reading/").text
    assert "can’t be confidential on a computer you run yourself" in page
    assert 'value="waived"' not in page
    refused = ada.post(f"/purposes/{purpose.key}/reading/", {"choice": "waived"})
    assert refused.status_code == 422
    assert not Waiver.objects.exists()


def test_personal_host_shows_its_owners_mailbox_and_that_nothing_carries_mail(
    cast: Cast, ada: Client, purpose: Purpose
) -> None:
    type(cast.instance).objects.update(host="personal")
    page = ada.get(f"/purposes/{purpose.key}/check/").text
    assert cast.dana.email in page  # who hosts writes from a mailbox of their own
    assert "letters@localhost" not in page
    assert "No mail server is set here, so this mail is kept and not delivered." in page


def test_same_opportunity_again_leads_on_before_and_is_told_after_the_mail(
    ada: Client, purpose: Purpose
) -> None:
    where = f"/asks/new/?contact={purpose.request.contact.key}&opportunity={purpose.opportunity.key}"
    assert ada.get(where)["Location"] == f"/purposes/{purpose.key}/note/"
    send(ada, purpose)
    told = ada.get(where).text
    assert "You asked Ben Okafor on" in told
    assert "Add a second place to it?" in told
    assert Purpose.objects.count() == 1


@pytest.mark.parametrize(("day", "said"), [("2020-01-02", "has passed"), ("2032-01-02", "can’t be the date")])
def test_impossible_date_is_refused_in_place(ada: Client, purpose: Purpose, day: str, said: str) -> None:
    year, month, number = day.split("-")
    parts = {"shown_on_year": year, "shown_on_month": month, "shown_on_day": number}
    answer = ada.post(f"/purposes/{purpose.key}/date/", parts)
    assert answer.status_code == 422
    assert said in answer.text
    purpose.refresh_from_db()
    assert purpose.shown_on != date.fromisoformat(day)


def test_own_address_as_writer_is_refused_in_place(cast: Cast, ada: Client) -> None:
    myself = make_contact(cast.ada, "Professor Marsh", email="ada+prof@example.org")
    opportunity = opportunity_ahead(cast)
    answer = ada.post(
        f"/asks/new/?contact={myself.key}&opportunity={opportunity.key}",
        {"subject": "A letter", "note": "Dear Professor Marsh,"},
    )
    assert answer.status_code == 422
    assert "is your own address" in answer.text
    assert not Purpose.objects.exists()


def test_contact_without_an_address_can_be_prepared_but_not_mailed(cast: Cast, ada: Client) -> None:
    orla = make_contact(cast.ada, "Orla Finn", email="")
    opportunity = opportunity_ahead(cast)
    ada.post(
        f"/asks/new/?contact={orla.key}&opportunity={opportunity.key}",
        {"subject": "A letter", "note": "Dear Orla,"},
    )
    purpose = Purpose.objects.get()
    assert "no mail address" in ada.get(f"/purposes/{purpose.key}/check/").text
    assert send(ada, purpose).status_code == 422


def test_file_that_is_no_document_is_refused_in_place(ada: Client, purpose: Purpose) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    given = SimpleUploadedFile("resume.pdf", b"MZ\x90\x00 program")
    answer = ada.post(f"/purposes/{purpose.key}/documents/", {"kind": "resume", "file": given})
    assert answer.status_code == 422
    assert "We can’t send this file along" in answer.text
    assert not Document.objects.exists()
