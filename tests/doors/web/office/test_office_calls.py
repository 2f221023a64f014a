"""The office opens a call, names its readers, shortlists, and takes the table out; it never reads a letter."""

from __future__ import annotations

import html
import re
from datetime import timedelta

from django.test import Client
from django.utils import timezone
from tests.calling import as_, join, letter_for, make_call, make_seat, said, undo_of
from tests.cast import Cast
from tests.sealing import CANARY

from vouchsafe.ledger import outbox
from vouchsafe.ledger.models import Line, Outgoing
from vouchsafe.packets.models import Seat
from vouchsafe.people.models import Invitation
from vouchsafe.plans.access_calls import call_of_office, stage
from vouchsafe.plans.models import Application, Call, CallInvitation, Shortlisting


def test_office_drafts_edits_opens_and_each_step_can_be_undone(cast: Cast) -> None:
    dana = as_(cast.dana)
    assert dana.get("/office/calls/").status_code == 200
    answer = dana.post("/office/calls/new", said())
    call = Call.objects.get()
    here = f"/office/calls/{call.key}/"
    assert answer["Location"] == here
    assert (call.wanted, call.zone, call.holds, call.may_replace) == (
        ["patience", "writing"],
        "Europe/Berlin",
        True,
        False,
    )
    assert Client().get(f"/calls/{call.key}/").status_code == 404
    assert dana.post(f"{here}edit", said(title="Kestrel grant")).status_code == 302
    assert b"Kestrel grant" in dana.get(here).content
    for act, then in (("open", "open"), ("unopen", "draft"), ("open", "open"), ("close", "closed"), ("reopen", "open"),
                      ("withdraw", "withdrawn"), ("restore", "open")):  # fmt: skip
        assert dana.post(f"{here}stage", {"act": act}).status_code == 302
        assert stage(call_of_office(cast.dana, call.key)) == then
        assert dana.get(here).status_code == 200
    assert Client().get(f"/calls/{call.key}/").status_code == 200


def test_form_that_cannot_be_keeps_what_was_typed_and_says_why(cast: Cast) -> None:
    dana = as_(cast.dana)
    today = timezone.localdate()
    late = {
        "closes_on": (today + timedelta(days=9)).isoformat(),
        "due_on": (today + timedelta(days=2)).isoformat(),
    }
    for wrong in (
        late,
        {"need": "5"},
        {"title": " "},
        {"zone": "Nowhere"},
        {"most": "99"},
        {"due_on": "soon"},
    ):
        answer = dana.post("/office/calls/new", said(**wrong))
        assert answer.status_code == 422, wrong
        assert b"One page, please." in answer.content
    assert not Call.objects.exists()


def test_days_of_an_open_call_move_and_who_takes_part_is_told(cast: Cast) -> None:
    call = make_call(cast.dana)
    part = join(cast.ada, call, cast.ben)
    dana, here = as_(cast.dana), f"/office/calls/{call.key}/"
    due = timezone.localdate() + timedelta(days=50)
    assert b"confidentiality" not in dana.get(f"{here}edit").content, "rules stay as they were opened"
    dana.post(f"{here}edit", {"closes_on": call.closes_on.isoformat(), "due_on": due.isoformat()})
    part.opportunity.refresh_from_db()
    assert (part.opportunity.deadline_on, part.opportunity.destinations.get().due_on) == (due, due)
    mail = Outgoing.objects.get(kind="call_changed")
    assert (outbox.read(mail).to_address, outbox.read(mail).facts["what"]) == (cast.ada.email, "days")
    where, fields = undo_of(dana, here)
    assert dana.post(where, fields).status_code == 302
    call.refresh_from_db()
    assert call.due_on == timezone.localdate() + timedelta(days=40)
    assert Outgoing.objects.get(kind="call_changed").state == "withdrawn", "nobody heard of the other days"
    assert "told by mail" not in dana.get(here).content.decode()


def test_committee_is_named_mailed_given_a_code_and_ended(cast: Cast) -> None:
    call = make_call(cast.dana)
    dana, here = as_(cast.dana), f"/office/calls/{call.key}/"
    until = (timezone.localdate() + timedelta(days=90)).isoformat()
    assert (
        dana.post(f"{here}readers", {"name": "Cleo Brandt", "address": "nobody", "until": until}).status_code
        == 422
    )
    own = dana.post(f"{here}readers", {"name": "Dana", "address": cast.dana.email, "until": until})
    assert own.status_code == 422
    assert not Seat.objects.exists()
    dana.post(f"{here}readers", {"name": "Cleo Brandt", "address": "cleo@committee.example", "until": until})
    seat = Seat.objects.get()
    at = f"{here}readers/{seat.key}"
    assert not Outgoing.objects.filter(kind="committee").exists()
    dana.post(at, {"act": "mail"})
    assert outbox.read(Outgoing.objects.get(kind="committee")).to_address == "cleo@committee.example"
    page = dana.post(at, {"act": "code"}).content.decode()
    assert re.search(r"\d{3} \d{3}", page)
    assert "/c/" not in page, "the office never holds a reader's link"
    assert b"Cleo Brandt" in Client().get(f"/calls/{call.key}/").content
    dana.post(at, {"act": "revoke"})
    seat.refresh_from_db()
    assert seat.revoked_at is not None
    assert b"Cleo Brandt" not in Client().get(f"/calls/{call.key}/").content


def test_many_are_shortlisted_at_once_and_undo_takes_back_those_alone(cast: Cast) -> None:
    call = make_call(cast.dana, holds=True)
    ada, eve = join(cast.ada, call, cast.ben), join(cast.eve, call, cast.ben_to_eve)
    dana, here = as_(cast.dana), f"/office/calls/{call.key}/"
    dana.post(f"{here}shortlist", {"act": "list", "who": [ada.key]})
    dana.post(f"{here}shortlist", {"act": "list", "who": [ada.key, eve.key, "0" * 24]})
    listed = Shortlisting.objects.filter(undone_at__isnull=True)
    assert listed.count() == 2
    where, fields = undo_of(dana, here)
    dana.post(where, fields)
    assert listed.get().application == ada
    where, fields = undo_of(dana, here)
    dana.post(where, fields)
    assert listed.count() == 2


def test_table_tells_states_and_as_a_file_no_word_of_a_letter(cast: Cast) -> None:
    call = make_call(cast.dana)
    letter_for(join(cast.ada, call, cast.ben), cast.ben)
    join(cast.eve, call, cast.ben_to_eve)
    dana, here = as_(cast.dana), f"/office/calls/{call.key}/"
    page = dana.get(here).content.decode()
    assert "The letter is here" in page
    assert "Nominated" in page
    assert CANARY not in page
    answer = dana.post(f"{here}file")
    assert answer["Content-Type"].startswith("text/csv")
    assert b'"arrived"' in answer.content
    assert CANARY.encode() not in answer.content
    assert Line.objects.filter(verb="call_table_taken", about=call.key).exists()


def test_applicants_are_invited_by_a_file_with_their_writers(cast: Cast) -> None:
    call = make_call(cast.dana)
    dana, at = as_(cast.dana), f"/office/calls/{call.key}/applicants"
    table = (
        "Name,Email,Writer 1,Writer 1 address,Writer 2,Writer 2 address\n"
        "Ada,ADA@example.org,Ben,ben@writers.example,Mina,mina@writers.example\n"
        "Olu,olu@new.example,,,,\nAda again,ada@example.org,,,,\nBad,nowhere,,,,\nSelf,s@new.example,S,s@new.example,,\n"
    )
    page = dana.post(at, {"text": table}).content.decode()
    found = re.search(r"<textarea name=\"text\" hidden>\n(.*?)</textarea>", page, re.DOTALL)
    assert found
    assert not CallInvitation.objects.exists()
    assert page.count('<tr><th scope="row">') == 5
    sent = {"text": html.unescape(found.group(1)), "act": "send"}
    assert dana.post(at, sent).status_code == 302
    assert dana.post(at, sent).status_code == 302, "twice is once"
    mails = [outbox.read(mail) for mail in Outgoing.objects.filter(kind="call_invited")]
    assert [(mail.to_address, mail.facts["has_account"]) for mail in mails] == [
        ("ada@example.org", True),
        ("olu@new.example", False),
    ]
    assert Invitation.objects.get().email == "olu@new.example"
    ada = as_(cast.ada)
    assert b"Kestrel fellowship" in ada.get("/calls/").content
    ada.post(f"/calls/{call.key}/part", {"act": "join"})
    named = Application.objects.get().nominations.order_by("contact__name")
    assert [one.contact.name for one in named] == ["Ben Okafor", "Mina"]
    assert named[0].contact == cast.ben, "a writer they know already is not doubled"


def test_nobody_else_finds_anything_of_the_offices_calls(cast: Cast) -> None:
    call = make_call(cast.dana)
    seat = make_seat(cast.dana, call)
    here = f"/office/calls/{call.key}/"
    places = (
        "/office/calls/", "/office/calls/new", here, f"{here}edit", f"{here}stage", f"{here}shortlist", f"{here}file",
        f"{here}applicants", f"{here}readers", f"{here}readers/{seat.key}",
    )  # fmt: skip
    for account in (cast.eve, cast.ada):
        client = as_(account)
        assert [client.get(place).status_code for place in places] == [404] * len(places)
        assert [client.post(place, {"act": "open"}).status_code for place in places] == [404] * len(places)
    assert {Client().post(place).status_code for place in places} == {302}
    assert {as_(cast.dana).get(f"/office/calls/{'0' * 24}/").status_code} == {404}
