"""The small world of the pictures: the same people, words, numbers and days every time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from unittest.mock import patch

from django.test import Client
from django.utils import timezone
from tests.factories import make_account, make_contact, make_instance, make_opportunity
from tests.house.world import browser_of_writer
from tests.screens.gathering import Screen, drawing, screen_of

from vouchsafe.asks.actions.make_link import token_of
from vouchsafe.asks.actions.open_request import open_request
from vouchsafe.asks.actions.record_ask import record_ask
from vouchsafe.asks.actions.redraw_plan import redraw_plan
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.models import Link, Purpose
from vouchsafe.doors.worker import tasks
from vouchsafe.ledger.models import Outgoing
from vouchsafe.letters.actions.release_seal import release_seal
from vouchsafe.letters.models import Seal
from vouchsafe.packets.actions.make_packet import make_packet
from vouchsafe.people.models import Account, Contact
from vouchsafe.plans.actions.add_destination import add_destination
from vouchsafe.plans.models import Opportunity

MORNING = datetime(2026, 10, 12, 9, 0, tzinfo=UTC)  # a Monday
NUMBERS = ("K7QM-42TX", "R3VD-90PA", "W8HN-5C1J")
TOKENS = re.compile(rb"(?<![\w+/=-])(?:[\w-]{43}|[0-9a-f]{64}|[0-9a-z]{24})(?![\w+/=-])|(?<=reply-)[\w-]+")
NOTE = (
    "Dear {name},\n\nThank you for saying in the yard on Monday that I could write.\n\nWould you feel able to write me a strong "
    "letter of recommendation? It is for programme analyst at Harbour & Vale Trust, about one page, by Friday 30 October. "
    "Please say no if the month is full: I would understand completely.\n\nMaya"
)
LETTER = (
    "I managed Maya Okafor for two years at Fernway Logistics, and I recommend her without reservation.\n\n"
    "When she came, our weekly returns report took four days and pleased nobody. She asked, politely and every week, where each "
    "figure came from, wrote the answers down, and built the report anew. It has taken four hours since March.\n\n"
    "She made the whole floor braver about asking where a number came from. I would work with her again tomorrow."
)


@contextmanager
def on(moment: datetime) -> Iterator[None]:
    with patch.object(timezone, "now", lambda: moment):
        yield


@contextmanager
def same_numbers() -> Iterator[None]:
    with patch("vouchsafe.letters.preparing.letter_number", side_effect=NUMBERS):
        yield


class PictureWorld:
    """Maya needs three letters: one is safe, one is being written, one waits, and Dr Nwosu is to be asked in person."""

    def __init__(self) -> None:
        with on(MORNING - timedelta(days=4)), same_numbers():
            self._people()
            samuel, ingrid, tomasz = (self._ask(one) for one in (self.samuel, self.ingrid, self.tomasz))
        with on(MORNING - timedelta(days=3)), same_numbers():
            self._write(samuel)
            self.tomasz_at_work = browser_of_writer(tomasz)
            self._draft(self.tomasz_at_work, tomasz, "Tomasz Zieliński")
        with on(MORNING - timedelta(days=1)):
            record_ask(
                by=self.maya, contact=self.amara, opportunity=self.post, channel="in_person", said="yes",
                asked_on=timezone.localdate(), today=timezone.localdate(), now=timezone.now(),
            )  # fmt: skip
            tasks.send_mail(worker="pictures", now=timezone.now())
            Outgoing.objects.update(ended_at=timezone.now())  # the worker's own clock is the real one
        with on(MORNING):
            self._redraw()
        self.keys = {"samuel": samuel.request.key, "tomasz": tomasz.request.key, "ingrid": ingrid.request.key}
        self.asked = token_of(Link.objects.filter(request=ingrid.request, kind="mailed").latest("n"))
        self.at_her_desk = Client()
        with on(MORNING):
            self.at_her_desk.force_login(self.maya)

    def _people(self) -> None:
        make_instance(make_account("Dana Whitlock", role="office"))
        self.maya: Account = make_account("Maya Okafor")
        today = timezone.localdate()
        known: list[tuple[str, dict[str, Any]]] = [
            ("Samuel Adeyemi", {"tie": "direct_manager", "knows_work": 4, "warmth": 4, "organisation": "Fernway Logistics"}),
            ("Tomasz Zieliński", {"tie": "colleague", "knows_work": 3, "warmth": 4, "organisation": "Fernway Logistics"}),
            ("Prof. Ingrid Solheim", {"tie": "professor_large", "knows_work": 2, "warmth": 2, "organisation": "University of Aldermouth"}),
            ("Dr Amara Nwosu", {"tie": "professor_small", "knows_work": 4, "warmth": 3, "meets_regularly": True, "organisation": "University of Aldermouth"}),
        ]  # fmt: skip
        self.samuel, self.tomasz, self.ingrid, self.amara = (
            make_contact(self.maya, name, email=f"{address}@writers.example", last_worked_on=today - timedelta(days=200), **facts)
            for (name, facts), address in zip(known, ("adeyemi", "zielinski", "solheim", "nwosu"), strict=True)
        )  # fmt: skip
        self.post: Opportunity = make_opportunity(
            self.maya,
            "Programme analyst",
            organisation="Harbour & Vale Trust",
            deadline_on=date(2026, 11, 13),
            need=3,
        )
        add_destination(
            by=self.maya,
            opportunity=self.post,
            way="reader_link",
            label="Harbour & Vale Trust",
            address="",
            now=timezone.now(),
        )

    def _ask(self, contact: Contact) -> Purpose:
        now = timezone.now()
        purpose = open_request(
            by=self.maya, contact=contact, opportunity=self.post, shown_on=date(2026, 10, 30), confidentiality="open", subject="",
            note=NOTE.format(name=contact.name), points=["The returns report", "How I handled the missing week of data"],
            today=timezone.localdate(), now=now,
        )  # fmt: skip
        send_ask(by=self.maya, purpose=purpose, now=now, undo=timedelta(0))
        return purpose

    def _draft(self, client: Client, purpose: Purpose, name: str) -> None:
        facts = {"text": LETTER, "name": name, "dated": "7 October 2026", "based_on": "0"}
        assert client.post(f"/requests/{purpose.request.key}/write", facts).status_code == 302

    def _write(self, purpose: Purpose) -> None:
        self.samuel_at_work = browser_of_writer(purpose)
        self._draft(self.samuel_at_work, purpose, "Samuel Adeyemi")
        facts = {"writer_name": "Samuel Adeyemi", "sure": "on"}
        assert self.samuel_at_work.post(f"/requests/{purpose.request.key}/seal", facts).status_code == 302
        self.sealed = Seal.objects.get()
        release_seal(seal=self.sealed, by="pictures", now=timezone.now())
        make_packet(
            by=self.maya, opportunity=self.post, destination=None, letter_keys=[self.sealed.letter.key], title="Harbour & Vale Trust",
            today=timezone.localdate(), now=timezone.now(),
        )  # fmt: skip

    def _redraw(self) -> None:
        redraw_plan(by=self.maya, today=timezone.localdate(), now=timezone.now())

    def screens(self) -> dict[str, Screen]:
        """The key pages, by the name of their picture."""
        at_work = f"/requests/{self.keys['tomasz']}"
        there = {
            "desk": (self.at_her_desk, "/desk/"),
            "plan": (self.at_her_desk, "/plan/"),
            "people": (self.at_her_desk, "/people/"),
            "request": (self.at_her_desk, f"/asks/{self.keys['tomasz']}/"),
            "safe": (self.at_her_desk, "/safe/"),
            "ask": (Client(), f"/r/{self.asked}"),
            "editor": (self.tomasz_at_work, f"{at_work}/write"),
            "sealed": (self.samuel_at_work, f"/requests/{self.keys['samuel']}/sealed"),
            "verify": (Client(), f"/verify/{self.sealed.number}"),
            "home": (Client(), "/"),
        }
        with on(MORNING):
            return {name: self._screen(name, client, address) for name, (client, address) in there.items()}

    def _screen(self, name: str, client: Client, address: str) -> Screen:
        with drawing() as drawn:
            answer = client.get(address)
        assert answer.status_code == 200, f"{name} at {address}: {answer.status_code}"
        return same_tokens(screen_of("pictures", client, answer, drawn, name))


def same_tokens(screen: Screen) -> Screen:
    """A page with nothing in it that chance made."""

    def plain(text: bytes) -> bytes:
        return TOKENS.sub(lambda found: b"x" * len(found[0]), text)

    parts = {plain(address.encode()).decode(): part for address, part in screen.parts.items()}
    return replace(screen, body=plain(screen.body), parts=parts)
