"""Calls for letters for tests, made by the product's own actions."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone
from tests.sealing import make_sealed

from vouchsafe.letters.models import Seal
from vouchsafe.packets.actions.name_seat import name_seat
from vouchsafe.packets.models import Seat
from vouchsafe.people.models import Account, Contact
from vouchsafe.plans.access_calls import call_of_office
from vouchsafe.plans.actions.keep_call import CallFacts, keep_call
from vouchsafe.plans.actions.nominate_writer import nominate_writer
from vouchsafe.plans.actions.take_part import take_part
from vouchsafe.plans.actions.turn_call import turn_call
from vouchsafe.plans.models import Application, Call

NO_WAIT = timedelta(0)


def call_facts(**said: Any) -> CallFacts:
    today = timezone.localdate()
    return CallFacts(
        **{
            "title": "Kestrel fellowship",
            "organisation": "Kestrel Trust",
            "about": "Two years of study.",
            "guidance": "Write about one piece of work.",
            "need": 1,
            "most": 2,
            "closes_on": today + timedelta(days=20),
            "due_on": today + timedelta(days=40),
            **said,
        }
    )


def make_call(office: Account, *, opened: bool = True, **said: Any) -> Call:
    now = timezone.now()
    call = keep_call(by=office, facts=call_facts(**said), now=now)
    if opened:
        turn(office, call, "open")
    return call_of_office(office, call.key)


def turn(office: Account, call: Call, act: str) -> None:
    turn_call(by=office, call=call, act=act, undo=NO_WAIT, now=timezone.now())


def join(applicant: Account, call: Call, *writers: Contact) -> Application:
    application = take_part(by=applicant, call=call, now=timezone.now())
    for writer in writers:
        nominate_writer(by=applicant, application=application, contact=writer, now=timezone.now())
    return application


def letter_for(application: Application, writer: Contact, **said: Any) -> Seal:
    """Asked for in the call, written, sealed and told of."""
    return make_sealed(
        writer, application.opportunity, **{"confidentiality": "waived", "now": timezone.now(), **said}
    )


def make_seat(office: Account, call: Call, name: str = "Cleo Brandt", **said: Any) -> Seat:
    now = timezone.now()
    facts: dict[str, Any] = {
        "address": f"{name.split()[0].lower()}@committee.example",
        "expires_at": now + timedelta(days=60),
        "may_shortlist": False,
        **said,
    }
    return name_seat(by=office, call=call, name=name, now=now, **facts)


def as_(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def said(**more: str) -> dict[str, str]:
    """What the office's form for a call sends."""
    today = timezone.localdate()
    return {
        "title": "Kestrel fellowship",
        "organisation": "Kestrel Trust",
        "kind": "scholarship",
        "about": "Two years.",
        "guidance": "One page, please.",
        "wanted": "patience, Writing",
        "need": "2",
        "most": "3",
        "most_pages": "2",
        "closes_on": (today + timedelta(days=10)).isoformat(),
        "due_on": (today + timedelta(days=30)).isoformat(),
        "zone": "Europe/Berlin",
        "confidentiality": "required",
        "holds": "on",
        **more,
    }


def undo_of(client: Client, page: str) -> tuple[str, dict[str, str]]:
    """Where the note's undo goes, and with which fields."""
    text = client.get(page).content.decode()
    form = re.search(
        r'<form method="post" action="([^"]*)"[^>]*>((?:(?!</form>).)*Undo.*?)</form>', text, re.S
    )
    assert form, text[:2000]
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form.group(2))
    return html.unescape(form.group(1)), {name: html.unescape(value) for name, value in fields}
