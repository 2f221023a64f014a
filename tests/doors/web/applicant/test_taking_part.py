"""An applicant takes part in a call, names writers and asks them the ordinary way, within its rules."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.calling import join, letter_for, make_call, turn
from tests.cast import Cast
from tests.factories import make_account, make_contact, make_opportunity, make_purpose
from tests.pages import words_of

from vouchsafe.asks.actions.choose_confidentiality import choose_confidentiality
from vouchsafe.asks.actions.drop_nomination import (
    WriterHasWritten,
    WriterStays,
    WriterStillAsked,
    drop_nomination,
)
from vouchsafe.asks.actions.hand_over_link import hand_over_link
from vouchsafe.asks.actions.heed_call import CallAsksConfidence, CallAsksOpen
from vouchsafe.asks.actions.hold_ready import hold_ready
from vouchsafe.asks.actions.make_link import token_of
from vouchsafe.asks.actions.open_request import open_request
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.models import Link, Purpose, Waiver
from vouchsafe.core.destination_rules import Rules
from vouchsafe.core.stages import MoveNotAllowed
from vouchsafe.ledger.models import Outgoing
from vouchsafe.packets.actions.belongings import belongings
from vouchsafe.packets.actions.erase_account import erase_account
from vouchsafe.people.access import NotHere
from vouchsafe.people.actions.remove_contact import remove_contact
from vouchsafe.people.models import Contact
from vouchsafe.plans.access_calls import call_shown
from vouchsafe.plans.actions.edit_opportunity import edit_opportunity
from vouchsafe.plans.actions.nominate_writer import CallLettersLate, CallWritersEnough, nominate_writer
from vouchsafe.plans.actions.of_call import CallSetsThis
from vouchsafe.plans.actions.remove_destination import remove_destination
from vouchsafe.plans.actions.remove_opportunity import remove_opportunity
from vouchsafe.plans.actions.set_rules import set_rules
from vouchsafe.plans.actions.take_part import CallDayOver, OfficeTakesNoPart, take_part
from vouchsafe.plans.models import Application, Call, CallInvitation, Nomination, Opportunity


def as_(account: object) -> Client:
    client = Client()
    client.force_login(account)
    return client


def ask(part: Application, writer: Contact, confidentiality: str = "waived") -> Purpose:
    today, now = timezone.localdate(), timezone.now()
    return open_request(
        by=part.applicant, contact=writer, opportunity=part.opportunity, shown_on=today + timedelta(days=20),
        confidentiality=confidentiality, subject="", note="Would you?", today=today, now=now,
    )  # fmt: skip


def send(purpose: Purpose) -> None:
    send_ask(by=purpose.request.contact.owner, purpose=purpose, now=timezone.now(), undo=timedelta(0))


def test_link_of_a_call_says_what_is_asked_to_anyone_and_a_press_takes_part(cast: Cast) -> None:
    call = make_call(cast.dana, holds=True)
    here = f"/calls/{call.key}/"
    page = Client().get(here).content.decode()
    assert "Kestrel fellowship" in page
    assert f"/accounts/login/?next={here}" in page
    assert Client().post(f"{here}part", {"act": "join"}).status_code == 302
    assert not Application.objects.exists(), "who is not signed in takes no part"
    ada = as_(cast.ada)
    assert ada.get(here).status_code == 200
    ada.post(f"{here}part", {"act": "join"})
    ada.post(f"{here}part", {"act": "join"})
    part = Application.objects.get()
    place = part.opportunity.destinations.get()
    assert (part.opportunity.title, part.opportunity.need, part.opportunity.deadline_on) == (
        call.title,
        1,
        call.due_on,
    )
    assert (place.due_on, place.label) == (call.due_on, "Kestrel Trust")
    ada.post(f"{here}writers", {"act": "name", "contact": cast.ben.key})
    assert Nomination.objects.get().contact == cast.ben
    page = ada.get(here).content.decode()
    assert f"/asks/new/?contact={cast.ben.key}&amp;opportunity={part.opportunity.key}" in page
    assert "Ben Okafor" not in as_(cast.eve).get(here).content.decode()
    ada.post(f"{here}part", {"act": "leave"})
    assert not Application.objects.standing().exists()
    assert not Opportunity.objects.of(cast.ada).exists()
    ada.post(f"{here}part", {"act": "join"})
    assert Application.objects.standing().get().nominations.count() == 1


def test_nobody_names_another_persons_contact_or_acts_for_another(cast: Cast) -> None:
    call = make_call(cast.dana)
    part = join(cast.ada, call)
    here = f"/calls/{call.key}/writers"
    assert as_(cast.eve).post(here, {"act": "name", "contact": cast.ben.key}).status_code == 404
    join(cast.eve, call)
    assert as_(cast.eve).post(here, {"act": "name", "contact": cast.ben.key}).status_code == 422
    with pytest.raises(NotHere):
        nominate_writer(by=cast.eve, application=part, contact=cast.ben_to_eve, now=timezone.now())
    with pytest.raises(NotHere):
        nominate_writer(by=cast.ada, application=part, contact=cast.ben_to_eve, now=timezone.now())
    assert not Nomination.objects.exists()


def test_draft_is_nowhere_and_a_call_that_is_over_takes_nobody(cast: Cast) -> None:
    draft = make_call(cast.dana, opened=False)
    with pytest.raises(NotHere):
        call_shown(draft.key)
    with pytest.raises(MoveNotAllowed):
        take_part(by=cast.ada, call=draft, now=timezone.now())
    call = make_call(cast.dana)
    with pytest.raises(OfficeTakesNoPart):
        take_part(by=cast.dana, call=call, now=timezone.now())
    with pytest.raises(CallDayOver):
        take_part(by=cast.ada, call=call, now=timezone.now() + timedelta(days=22))
    ada, here = as_(cast.ada), f"/calls/{call.key}/"
    for act in ("close", "withdraw"):
        turn(cast.dana, call, act)
        page = ada.get(here)
        assert page.status_code == 200
        assert b'value="join"' not in page.content
        assert ada.post(f"{here}part", {"act": "join"}).status_code == 409
    assert not Application.objects.exists()


def test_rules_hold_on_every_way_to_an_ask(cast: Cast) -> None:
    call = make_call(cast.dana, most=1)
    part = join(cast.ada, call)
    mina = make_contact(cast.ada, "Mina Holt")
    purpose = ask(part, cast.ben, "open")
    assert part.nominations.get().contact == cast.ben, "whoever an ask is prepared for is nominated"
    for way in (
        lambda: send(purpose),
        lambda: hold_ready(by=cast.ada, purpose=purpose, ready=True, now=timezone.now()),
        lambda: hand_over_link(by=cast.ada, request=purpose.request, now=timezone.now()),
    ):
        with pytest.raises(CallAsksConfidence):
            way()
    assert not Outgoing.objects.filter(kind="ask").exists()
    assert not Link.objects.exists()
    with pytest.raises(CallWritersEnough):
        ask(part, mina)
    with pytest.raises(CallWritersEnough):
        nominate_writer(by=cast.ada, application=part, contact=mina, now=timezone.now())
    waived = choose_confidentiality(by=cast.ada, purpose=purpose, choice="waived", now=timezone.now())
    send(waived)
    words = Waiver.objects.get(purpose=waived).words
    assert "asks it of everyone" in words
    assert "was not required" not in words
    with pytest.raises(CallLettersLate):
        nominate_writer(
            by=cast.ada, application=part, contact=cast.ben, now=timezone.now() + timedelta(days=42)
        )


def test_call_for_open_letters_takes_no_waiver_and_a_free_choice_takes_both(cast: Cast) -> None:
    opened = join(cast.ada, make_call(cast.dana, confidentiality="open"))
    with pytest.raises(CallAsksOpen):
        ask(opened, cast.ben)
    purpose = ask(opened, cast.ben, "open")
    with pytest.raises(CallAsksOpen):
        choose_confidentiality(by=cast.ada, purpose=purpose, choice="waived", now=timezone.now())
    send(purpose)
    free = join(cast.ada, make_call(cast.dana, confidentiality="choice"))
    send(ask(free, make_contact(cast.ada, "Mina Holt")))
    assert "I was not required to" in Waiver.objects.get().words
    send(ask(free, make_contact(cast.ada, "Olu Vane"), "open"))


def test_step_on_reading_is_set_to_what_the_call_demands_and_held_to_it(cast: Cast) -> None:
    ada = as_(cast.ada)

    def cards(purpose: Purpose) -> tuple[set[str], set[str], str]:
        answer = ada.get(f"/purposes/{purpose.key}/reading/")
        boxes = re.findall(r'<input type="radio"[^>]*value="(\w+)"([^>]*)>', answer.content.decode())
        return (
            {value for value, _rest in boxes},
            {value for value, rest in boxes if "checked" in rest},
            words_of(answer),
        )

    demanding = ask(join(cast.ada, make_call(cast.dana)), cast.ben, "open")
    offered, chosen, said = cards(demanding)
    assert (offered, chosen) == ({"waived"}, {"waived"})
    assert "asks for letters that the applicant gives up reading" in said
    assert "Both are allowed" not in said
    here = f"/purposes/{demanding.key}/reading/"
    answer = ada.post(here, {"choice": "open"})
    assert answer.status_code == 422
    assert "take no part in the call" in words_of(answer)
    assert not Waiver.objects.exists(), "nothing is given up before the press"
    assert ada.post(here, {"choice": "waived"}).status_code == 302
    assert Waiver.objects.get().purpose == demanding
    with pytest.raises(CallAsksConfidence):
        choose_confidentiality(by=cast.ada, purpose=demanding, choice="open", now=timezone.now())
    mina = make_contact(cast.ada, "Mina Holt")
    opened = ask(join(cast.ada, make_call(cast.dana, confidentiality="open")), mina, "open")
    assert cards(opened)[:2] == ({"open"}, {"open"})
    free = ask(join(cast.ada, make_call(cast.dana, confidentiality="choice")), mina, "open")
    assert cards(free)[:2] == ({"waived", "open"}, {"open"})
    plain = make_purpose(make_contact(cast.ada, "Olu Vane"), make_opportunity(cast.ada))
    offered, chosen, said = cards(plain)
    assert (offered, chosen) == ({"waived", "open"}, {"open"})
    assert "Both are allowed" in said


def test_ordinary_opportunity_is_bound_by_no_call(cast: Cast) -> None:
    purpose = make_purpose(cast.ben, make_opportunity(cast.ada))
    assert not Nomination.objects.exists()
    assert purpose.confidentiality == "open"


def test_writer_is_taken_off_before_they_are_asked_and_not_once_they_wrote(cast: Cast) -> None:
    now = timezone.now()
    call = make_call(cast.dana, most=3)
    part = join(cast.ada, call, cast.ben)
    assert drop_nomination(by=cast.ada, application=part, contact=cast.ben, now=now)
    assert not drop_nomination(by=cast.ada, application=part, contact=cast.ben, now=now)
    purpose = ask(part, cast.ben)
    assert drop_nomination(by=cast.ada, application=part, contact=cast.ben, now=now), "only prepared"
    send(purpose)
    assert part.nominations.filter(withdrawn_at__isnull=True).count() == 1
    with pytest.raises(WriterStillAsked):
        drop_nomination(by=cast.ada, application=part, contact=cast.ben, now=now)
    Call.objects.update(may_replace=False)
    part.call.refresh_from_db()
    with pytest.raises(WriterStays):
        drop_nomination(by=cast.ada, application=part, contact=cast.ben, now=now)
    mina = make_contact(cast.ada, "Mina Holt")
    nominate_writer(by=cast.ada, application=part, contact=mina, now=now)
    letter_for(part, mina)
    with pytest.raises(WriterHasWritten):
        drop_nomination(by=cast.ada, application=part, contact=mina, now=now)
    page = as_(cast.ada).post(f"/calls/{call.key}/writers", {"act": "drop", "contact": mina.key})
    assert page.status_code == 409


def test_writer_taken_off_the_list_of_people_is_taken_off_the_call_as_well(cast: Cast) -> None:
    part = join(cast.ada, make_call(cast.dana), cast.ben)
    remove_contact(by=cast.ada, contact=cast.ben, now=timezone.now())
    ada, here = as_(cast.ada), f"/calls/{part.call.key}/"
    assert b"Ben Okafor" in ada.get(here).content
    assert as_(cast.eve).post(f"{here}writers", {"act": "drop", "contact": cast.ben.key}).status_code == 404
    assert ada.post(f"{here}writers", {"act": "drop", "contact": cast.ben.key}).status_code == 302
    assert not part.nominations.filter(withdrawn_at__isnull=True).exists()


def test_what_a_call_sets_is_not_the_applicants_to_change(cast: Cast) -> None:
    part = join(cast.ada, make_call(cast.dana))
    now = timezone.now()
    with pytest.raises(CallSetsThis):
        remove_opportunity(by=cast.ada, opportunity=part.opportunity, now=now)
    with pytest.raises(CallSetsThis):
        edit_opportunity(by=cast.ada, opportunity=part.opportunity, facts=None, now=now)  # type: ignore[arg-type]  # never looked at
    with pytest.raises(CallSetsThis):
        remove_destination(by=cast.ada, destination=part.opportunity.destinations.get(), now=now)
    with pytest.raises(CallSetsThis):
        set_rules(
            by=cast.ada,
            destination=part.opportunity.destinations.get(),
            rules=Rules(),
            rule_book=None,
            now=now,
        )
    ada, here = as_(cast.ada), f"/opportunities/{part.opportunity.key}/"
    page = ada.get(here).content.decode()
    assert f"/calls/{part.call.key}/" in page
    assert f"{here}removal/" not in page
    assert ada.post(f"{here}removal/").status_code == 409


def test_withdrawn_call_is_told_to_who_takes_part_and_not_once_it_stands_again(cast: Cast) -> None:
    call = make_call(cast.dana)
    join(cast.ada, call)
    turn(cast.dana, call, "withdraw")
    mail = Outgoing.objects.get(kind="call_changed")
    assert mail.chain == cast.ada.key
    page = as_(cast.ada).get(f"/calls/{call.key}/").content.decode()
    assert "withdrawn" in page


def test_writers_page_tells_what_the_call_asks(cast: Cast) -> None:
    part = join(cast.ada, make_call(cast.dana, guidance="Write about <one> thing."))
    purpose = ask(part, cast.ben)
    send(purpose)
    token = token_of(Link.objects.get(request=purpose.request))
    page = Client().get(f"/r/{token}").content.decode()
    assert "Write about &lt;one&gt; thing." in page
    assert f"/calls/{part.call.key}/" in page


def test_leaving_the_instance_erases_the_part_and_what_a_file_said(cast: Cast) -> None:
    call = make_call(cast.dana)
    part = join(cast.ada, call, cast.ben)
    letter_for(part, cast.ben)
    CallInvitation.objects.create(
        call=call, name="Ada", address="ada@example.org", mailbox="ada@example.org", invited_at=timezone.now()
    )
    for model in (Application, Nomination):
        assert belongings(model, cast.ada).count() == 1
        assert belongings(model, cast.eve).count() == 0
    erase_account(account=cast.ada, typed_address=cast.ada.email, now=timezone.now())
    assert not Application.objects.exists()
    assert not Nomination.objects.exists()
    assert not CallInvitation.objects.exists()
    assert Call.objects.filter(pk=call.pk).exists()


def test_list_names_ones_own_calls_and_those_one_is_invited_to(cast: Cast) -> None:
    mine, other, hidden = (make_call(cast.dana, title=title) for title in ("Mine", "Other", "Hidden"))
    join(cast.ada, mine, cast.ben)
    CallInvitation.objects.create(
        call=other, address="Ada@example.org", mailbox="ada@example.org", invited_at=timezone.now()
    )
    page = as_(cast.ada).get("/calls/").content.decode()
    assert "Mine" in page
    assert "Other" in page
    assert hidden.title not in page
    assert as_(make_account("Olu Vane")).get("/calls/").status_code == 200
    assert "/calls/" in as_(cast.ada).get("/find/?q=calls").content.decode()
