"""A whole small world, made through the actions, with a canary in every text that must stay confidential."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.calling import make_call, make_seat
from tests.cast import Cast
from tests.factories import make_account, make_contact, make_opportunity
from tests.sealing import make_reader

from vouchsafe.asks.access import Visit
from vouchsafe.asks.access_assistants import assistant_visit
from vouchsafe.asks.actions.hand_over_link import hand_over_link
from vouchsafe.asks.actions.make_link import token_of
from vouchsafe.asks.actions.name_assistant import PURPOSE as ASSISTANT
from vouchsafe.asks.actions.name_assistant import name_assistant
from vouchsafe.asks.actions.open_request import open_request
from vouchsafe.asks.actions.record_ask import record_ask
from vouchsafe.asks.actions.redraw_plan import redraw_plan
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.models import Answer, Link, Purpose, Reminder
from vouchsafe.core.destination_rules import Rules
from vouchsafe.core.grants import GRANTS, OFFICE
from vouchsafe.core.stages import LETTER
from vouchsafe.doors.worker import tasks
from vouchsafe.ledger import custody, hooks
from vouchsafe.ledger.models import Calling, Outgoing
from vouchsafe.letters.access import stage_of
from vouchsafe.letters.actions.ask_renewal import ask_renewal
from vouchsafe.letters.actions.begin_successor import begin_successor
from vouchsafe.letters.actions.begin_version import begin_version
from vouchsafe.letters.actions.keep_template import keep_template
from vouchsafe.letters.actions.offer_words import offer_words
from vouchsafe.letters.actions.release_seal import release_seal
from vouchsafe.letters.actions.show_to_adviser import show_to_adviser
from vouchsafe.letters.draft_body import DraftBody
from vouchsafe.letters.models import Letter, Seal
from vouchsafe.packets.access_call_backs import call_back_by_key
from vouchsafe.packets.actions.add_reader import add_reader
from vouchsafe.packets.actions.answer_reader import answer_reader
from vouchsafe.packets.actions.ask_writer import PURPOSE as CALL_BACK
from vouchsafe.packets.actions.ask_writer import ask_writer
from vouchsafe.packets.actions.mail_packet import mail_packet
from vouchsafe.packets.actions.mail_seat import PURPOSE as COMMITTEE
from vouchsafe.packets.actions.mail_seat import mail_seat
from vouchsafe.packets.actions.make_packet import make_packet
from vouchsafe.packets.actions.name_colleague import name_colleague
from vouchsafe.packets.actions.revoke_reader import revoke_reader
from vouchsafe.packets.actions.revoke_seat import revoke_seat
from vouchsafe.packets.actions.set_reader_code import set_reader_code
from vouchsafe.packets.actions.shortlist_applicants import shortlist_applicants
from vouchsafe.packets.models import CallBack, Reader, ReaderLink, SeatLink
from vouchsafe.people.actions.agree_to_adviser import agree_to_adviser
from vouchsafe.people.actions.invite_person import PURPOSE as INVITATION
from vouchsafe.people.actions.invite_person import invite_person
from vouchsafe.people.actions.make_program_token import make_program_token
from vouchsafe.people.actions.make_sign_in_link import make_sign_in_link
from vouchsafe.people.actions.name_adviser import name_adviser
from vouchsafe.people.actions.read_contact_file import read_contact_file
from vouchsafe.plans.actions.add_destination import add_destination
from vouchsafe.plans.actions.keep_rule_book import keep_rule_book
from vouchsafe.plans.models import Application, Nomination

CANARY = "kestrel lantern marigold"
WORDS = re.compile(rb"kestrel[\s+_%20-]*lantern[\s+_%20-]*marigold", re.IGNORECASE)


@dataclass
class World:
    """Keys and tokens of everything there is, and a browser for each role."""

    cast: Cast
    keys: dict[str, str]
    browsers: dict[str, Client] = field(default_factory=dict)
    letter_state: str = ""
    # Other keys for the same places: what stands beside the letter, the reader and the request above.
    beside: list[dict[str, str]] = field(default_factory=list)


def ask(cast: Cast, contact: Any, confidentiality: str) -> Purpose:
    today = timezone.localdate()
    opportunity = make_opportunity(
        cast.ada, f"Analyst {contact.name}", deadline_on=today + timedelta(days=40)
    )
    add_destination(
        by=cast.ada,
        opportunity=opportunity,
        way="reader_link",
        label="Harbour",
        address="",
        now=timezone.now(),
    )
    purpose = open_request(
        by=cast.ada, contact=contact, opportunity=opportunity, shown_on=today + timedelta(days=20),
        confidentiality=confidentiality, subject="", note="Would you write?", points=[], today=today,
        now=timezone.now(),
    )  # fmt: skip
    send_ask(by=cast.ada, purpose=purpose, now=timezone.now(), undo=timedelta(0))
    return purpose


def browser_of_writer(purpose: Purpose) -> Client:
    link = Link.objects.filter(request=purpose.request, kind="mailed").latest("n")
    client = Client()
    assert client.post(f"/r/{token_of(link)}", {"act": "yes"}).status_code == 302
    return client


def write(client: Client, purpose: Purpose, text: str) -> None:
    base = f"/requests/{purpose.request.key}"
    answer = client.post(f"{base}/write", {"text": text, "name": "Ben Okafor", "based_on": "0"})
    assert answer.status_code == 302, answer.content[:300]


def upload(client: Client, purpose: Purpose) -> None:
    made = pikepdf.new()
    made.add_blank_page(page_size=(595, 842))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    made.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=made.make_indirect(font)))
    made.pages[0].Contents = made.make_stream(f"BT /F1 12 Tf 72 700 Td (Ada Marsh: {CANARY}) Tj ET".encode())
    out = BytesIO()
    made.save(out)
    given = SimpleUploadedFile("letter.pdf", out.getvalue(), "application/pdf")
    answer = client.post(f"/requests/{purpose.request.key}/file", {"file": given})
    assert answer.status_code == 302, answer.content[:300]


def seal(client: Client, purpose: Purpose) -> Seal:
    answer = client.post(f"/requests/{purpose.request.key}/seal", {"writer_name": "Ben Okafor", "sure": "on"})
    assert answer.status_code == 302, answer.content[:300]
    return Seal.objects.filter(letter__request=purpose.request).latest("id")


STATES = ("draft", "uploaded", "sealed", "released", "delivered", "withdrawn")


def make_world(cast: Cast, state: str) -> World:
    """Ada's waived letter by Ben in the given state, an open one by Mina in the Safe, and all that surrounds them."""
    now = timezone.now()
    waived = ask(cast, cast.ben, "waived")
    ben = browser_of_writer(waived)
    (upload if state == "uploaded" else lambda c, p: write(c, p, f"I trust Ada. {CANARY}."))(ben, waived)
    helper = _helper(waived)
    mina = make_contact(cast.ada, "Mina Holt", knows_work=3, warmth=3, tie="mentor")
    opened = ask(cast, mina, "open")
    writer = browser_of_writer(opened)
    write(writer, opened, "A letter that Ada may read.")
    open_seal = seal(writer, opened)
    release_seal(seal=open_seal, by="test", now=now)
    sealed = None
    if state in {"sealed", "released", "delivered", "withdrawn"}:
        sealed = seal(ben, waived)
    if sealed and state != "sealed":
        release_seal(seal=sealed, by="test", now=now)
    packet = _packet(
        cast, waived if state == "delivered" else opened, sealed if state == "delivered" else open_seal
    )
    if state == "withdrawn":
        ben.post(f"/requests/{waived.request.key}/withdrawal")
    keys = {
        "contact": cast.ben.key, "opportunity": waived.opportunity.key, "purpose": waived.key, "request": waived.request.key,
        "open_request": opened.request.key, "letter": Letter.objects.get(request=waived.request).key,
        "open_letter": open_seal.letter.key, "number": (sealed or open_seal).number, **packet, **helper, **_rest(cast, waived),
    }  # fmt: skip
    beside = [*_begun_beside(waived), *_more_readers(cast, keys), {"request": opened.request.key}]
    _renew(cast, open_seal)
    tasks.send_mail(worker="world", now=timezone.now())
    world = World(cast, keys, _browsers(cast, keys, ben), state, beside)
    _more_browsers(cast, world)
    _programs(cast, world)
    _adviser(world)
    _committee(world, waived)
    return world


def _committee(world: World, waived: Purpose) -> None:
    """Ada's waived letter in a call that holds letters. Tess reads on its committee, once Ada is shortlisted; so did Walt,
    whose access was ended.
    """
    cast, now = world.cast, timezone.now()
    call = make_call(cast.dana, holds=True)
    part = Application.objects.create(
        call=call, applicant=cast.ada, opportunity=waived.opportunity, applied_at=now
    )
    Nomination.objects.create(application=part, contact=waived.request.contact, nominated_at=now)
    world.keys["call"] = call.key
    is_read = world.letter_state == "delivered"
    if is_read:
        shortlist_applicants(
            by=cast.dana, call=call, keys=[part.key], listed=True, undo=timedelta(0), now=now
        )
    for name in ("walt", "tess"):
        seat = make_seat(cast.dana, call, name.title())
        mail_seat(by=cast.dana, seat=seat, undo=timedelta(0), now=now)
        link = SeatLink.objects.filter(seat=seat).latest("n")
        found = {"seat": seat.key, "seat_token": custody.token(COMMITTEE, seat.key, link.n, link.generation)}
        client = world.browsers[name] = Client()
        assert client.post(f"/c/{found['seat_token']}").status_code == 302
        answer = client.post(f"/committee/{seat.key}/open", {"who": part.key})
        assert (answer.status_code == 302) == is_read
        world.keys |= found
        if is_read:
            world.beside.append({**found, "reader": Reader.objects.get(seat=seat).key})
        if name == "walt":
            revoke_seat(by=cast.dana, seat=seat, now=timezone.now())


def _adviser(world: World) -> None:
    """Finn, who advises Ada: she shows him her open letter, and tries to show him the waived one."""
    now, ada = timezone.now(), world.cast.ada
    finn = make_account("Finn Orme", role="adviser")
    row = name_adviser(by=world.cast.dana, adviser=finn, applicant=ada, now=now)
    agree_to_adviser(by=ada, advising=row, now=now)
    keys = [world.keys["letter"], world.keys["open_letter"]]
    show_to_adviser(by=ada, advising=row, letter_keys=keys, now=now)
    world.keys["advising"] = row.key
    world.browsers["finn"] = Client()
    world.browsers["finn"].force_login(finn)


def at_work(purpose: Purpose) -> Visit:
    """The writer in a browser where a code was taken today."""
    link = Link.objects.filter(request=purpose.request, kind="mailed").latest("n")
    return Visit(purpose.request, link.mailbox, "mailed_code", has_code=True, took_code=True, works_here=True)


def _helper(waived: Purpose) -> dict[str, str]:
    """Hal, whom Ben lets help with everything, and what Hal typed for him."""
    now = timezone.now()
    hal = name_assistant(
        visit=at_work(waived), name="Hal", address="hal@helpers.example", for_all=True, now=now
    )
    laid = offer_words(visit=assistant_visit(hal, waived.request.key), text="Some dates for Ben.", now=now)
    token = custody.token(ASSISTANT, hal.key, 1, hal.generation)
    return {"assistant": hal.key, "assistant_token": token, "offering": laid.key}


def _begun_beside(waived: Purpose) -> list[dict[str, str]]:
    """A version for one place, and once there is a seal a successor, each with the words of the waived letter."""
    visit, now = at_work(waived), timezone.now()
    base = Letter.objects.get(request=waived.request)
    made = []
    if base.origin == Letter.Origin.WRITTEN and LETTER.allows("tailor", stage_of(base)):
        version = begin_version(
            visit=visit, letter_key=base.key, purpose_key=waived.key, first=DraftBody(), now=now
        )
        made.append({"letter": version.key})
    if LETTER.allows("succeed", stage_of(base)):
        newer = begin_successor(visit=visit, letter_key=base.key, openly=False, first=DraftBody(), now=now)
        made.append({"letter": newer.key})
    return made


def _more_readers(cast: Cast, keys: dict[str, str]) -> list[dict[str, str]]:
    """A colleague whom Cleo named, one whose link wants a code, and one whose access was ended."""
    now = timezone.now()
    cleo = Reader.objects.select_related("packet__owner").get(key=keys["reader"])
    made = [name_colleague(reader=cleo, name="Kim", address="kim@readers.example", now=now)]
    for name in ("Lou", "Max"):
        made.append(
            add_reader(
                by=cast.ada, packet=cleo.packet, name=name, address=f"{name}@readers.example".lower(),
                expires_at=now + timedelta(days=9), now=now,
            )
        )  # fmt: skip
        mail_packet(by=cast.ada, reader=made[-1], now=now, undo=timedelta(0))
    set_reader_code(by=cast.ada, reader=made[1], now=now)
    found = []
    for reader in made:
        link = ReaderLink.objects.filter(reader=reader).latest("n")
        token = custody.token("reader", reader.key, link.n, link.generation)
        found.append({"reader": reader.key, "reader_token": token})
    asked = CallBack.objects.get(key=keys["call_back"])
    visit = call_back_by_key(asked.key, now)
    answer_reader(visit=visit, said="answered", words=f"As I wrote: {CANARY}.", now=now)
    return found


def _renew(cast: Cast, seal: Seal) -> None:
    """Ada asks for a newer letter in the place of the open one."""
    today = timezone.localdate()
    place = make_opportunity(cast.ada, "Next year", deadline_on=today + timedelta(days=60))
    ask_renewal(
        by=cast.ada, letter_key=seal.letter.key, opportunity=place, shown_on=today + timedelta(days=30), note="Again?",
        today=today, now=timezone.now(),
    )  # fmt: skip


def _more_browsers(cast: Cast, world: World) -> None:
    """Whoever the writer's mailed link was forwarded to, the writer's assistant, and readers: with a link of their own,
    without its code, ended.
    """
    world.browsers["hal"] = Client()
    world.browsers["hal"].post(f"/assist/{world.keys['assistant_token']}")
    world.browsers["forwarded"] = Client()
    world.browsers["forwarded"].post(f"/r/{world.keys['token']}", {"act": "open"})
    for name, keys in zip(
        ("kim", "uncoded", "ended"), (one for one in world.beside if "reader" in one), strict=True
    ):
        world.browsers[name] = Client()
        world.browsers[name].post(f"/p/{keys['reader_token']}", {"act": "open"})
        if name == "ended":
            revoke_reader(by=cast.ada, reader=Reader.objects.get(key=keys["reader"]), now=timezone.now())


def _packet(cast: Cast, purpose: Purpose, sealed: Any) -> dict[str, str]:
    now = timezone.now()
    packet = make_packet(
        by=cast.ada, opportunity=purpose.opportunity, destination=None, letter_keys=[sealed.letter.key], title="For Cleo",
        today=timezone.localdate(), now=now,
    )  # fmt: skip
    reader = make_reader(packet, "Cleo")
    mail_packet(by=cast.ada, reader=reader, now=now, undo=timedelta(0))
    link = ReaderLink.objects.get(reader=reader)
    token = custody.token("reader", reader.key, link.n, link.generation)
    asked = ask_writer(reader=reader, seal=sealed, wants="answer", words="Did she do it alone?", now=now)
    return {
        "packet": packet.key,
        "reader": reader.key,
        "reader_token": token,
        "read_number": sealed.number,
        "call_back": asked.key,
        "call_back_token": custody.token(CALL_BACK, asked.key, 1, asked.generation),
    }


def _rest(cast: Cast, purpose: Purpose) -> dict[str, str]:
    now = timezone.now()
    today = timezone.localdate()
    redraw_plan(by=cast.ada, today=today, now=now)
    spoken = record_ask(
        by=cast.ada, contact=cast.ben, opportunity=purpose.opportunity, channel="in_person", said="yes", asked_on=today,
        today=today, now=now,
    )  # fmt: skip
    invitation = invite_person(
        by=cast.dana, email="new@example.org", role="applicant", instance_name="K", now=now
    )
    read = read_contact_file(
        by=cast.ada, data=b"Name,Email\nJo Vale,jo@vale.example\n", name="p.csv", now=now
    )
    reminder = Reminder.objects.filter(request=purpose.request).first()
    link = Link.objects.filter(request=purpose.request, kind="mailed").latest("n")
    destination = purpose.opportunity.destinations.first()
    there = at_work(purpose)
    book = keep_rule_book(by=cast.dana, name="A portal", rules=Rules(most_letters=2), now=now)
    return {
        "rule_book": book.key,
        "token": token_of(link),
        "text": keep_template(
            visit=there, name="Seminar", body=DraftBody(text=f"Kept. {CANARY}."), now=now
        ).key,
        "handed": hand_over_link(by=cast.ada, request=purpose.request, now=now),
        "ask": spoken.key,
        "mail": Outgoing.objects.filter(about=purpose.request.key).latest("id").key,
        "reminder": reminder.key if reminder else "0" * 24,
        "destination": destination.key if destination else "0" * 24,
        "invitation": invitation.key,
        "invitation_token": custody.token(INVITATION, invitation.key, 1, custody.secret_generation()),
        "sign_in_token": make_sign_in_link(account=cast.eve, by="test", now=now),
        "import": read.key,
        "account": cast.eve.key,
        "answer": str(Answer.objects.filter(request=purpose.request).latest("id").pk),
    }


def _browsers(cast: Cast, keys: dict[str, str], ben: Client) -> dict[str, Client]:
    browsers = {"nobody": Client(), "ben": ben}
    for name, account in (("ada", cast.ada), ("eve", cast.eve), ("dana", cast.dana)):
        browsers[name] = Client()
        browsers[name].force_login(account)
    browsers["slip"] = Client()  # whoever holds the slip that Ada printed
    browsers["slip"].post(f"/r/{keys['handed']}", {"act": "open"})
    browsers["cleo"] = Client()
    page = browsers["cleo"].get(f"/p/{keys['reader_token']}").content.decode()
    act = re.search(r'<form method="post" action="([^"]*)"', page)
    browsers["cleo"].post(
        (act.group(1) if act and act.group(1) else f"/p/{keys['reader_token']}"), {"act": "open"}
    )
    return browsers


def _programs(cast: Cast, world: World) -> None:
    """A program that Ada lets in to do whatever she may, and one of the office's. Each came in within this hour."""
    for name, account in (("program", cast.ada), ("office_program", cast.dana)):
        grants = [grant for grant in GRANTS if account.runs_office or grant not in OFFICE]
        row, token = make_program_token(by=account, name=name, grants=grants, days=9, now=timezone.now())
        world.keys["program_token"] = row.key
        world.browsers[name] = Client(headers={"authorization": f"Bearer {token}"})
        assert world.browsers[name].get("/api/v1/me").status_code == 200
    hook, _ = hooks.make(
        chain=cast.ada.key, url="https://hooks.vouchsafe-tests.org/", tells_office=False, now=timezone.now()
    )
    calling = hooks.trial(hook=hook, now=timezone.now())
    Calling.objects.update(
        state="taken", ended_at=timezone.now()
    )  # no test's worker goes and looks for that host
    world.keys |= {"hook": hook.key, "calling": calling.key}


def as_json(value: object) -> str:
    return json.dumps(value, default=str, sort_keys=True)
