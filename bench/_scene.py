"""The people whose pages the benches measure, made by the product's own actions in whatever database stands behind.

Ada with twenty letters in every stage, five of them sealed and two of those in a packet that Cleo reads; a writer whom
forty applicants ask; Dana who runs the office; Finn who advises thirty.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from tests import factories

from vouchsafe.asks.actions.make_link import make_link, token_of
from vouchsafe.asks.actions.open_request import open_request
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.asks.actions.redraw_plan import redraw_plan
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.models import Link, Purpose
from vouchsafe.people.models import Account, Advising

if TYPE_CHECKING:
    from django.test import Client

    from vouchsafe.letters.models import Seal
    from vouchsafe.plans.models import Opportunity

ASKED_OF_ONE = 40
ADVISED = 30
LETTERS = 20
SEALED = 5
PLACES = 4
EVERY_STAGE = ("yes", "yes", "started", "started", "", "", "")
"""What the writers of the letters that are not sealed have said, over and over."""


@dataclass(frozen=True, slots=True)
class Scene:
    """By page: its path, and who opens it (a name in `browsers`)."""

    browsers: dict[str, Client]
    pages: dict[str, tuple[str, str]]


def make_scene() -> Scene:
    """Needs an empty outbox; leaves it empty."""
    from django.test import Client
    from tests.sealing import make_packet_of, make_reader, token_for

    from vouchsafe.doors.worker import tasks

    dana = factories.make_account("Dana Whitlock", role="office", email="dana@office.example")
    factories.make_instance(dana)
    ada = factories.make_account("Ada Marsh", email="ada@applicants.example")
    place, seals, asked = _letters(ada)
    reader = make_reader(
        make_packet_of(seals[0], seals[PLACES], opportunity=place), address="cleo@committee.example"
    )
    first_of_forty, finn = _forty(), _finn()
    while tasks.send_mail(worker="bench", now=_now()):
        pass
    browsers = {"nobody": Client(SERVER_NAME="localhost")}
    for name, account in (("ada", ada), ("dana", dana), ("finn", finn)):
        browsers[name] = Client(SERVER_NAME="localhost")
        browsers[name].force_login(account)
    browsers["cleo"] = Client(SERVER_NAME="localhost")
    with transaction.atomic():
        token = token_for(reader)
    browsers["cleo"].post(f"/p/{token}", {"act": "open"})
    for name, purpose in (("writer", asked[0]), ("forty", first_of_forty)):
        browsers[name] = _writers_browser(purpose)
    while tasks.send_mail(worker="bench", now=_now()):
        pass
    key, page = asked[0].request.key, seals[0].number
    advised = Advising.objects.filter(adviser=finn).order_by("-id")[0].key
    return Scene(
        browsers,
        {
            "desk": ("ada", "/desk/"),
            "plan": ("ada", "/plan/"),
            "people": ("ada", "/people/"),
            "find": ("ada", "/find/?q=mina"),
            "safe": ("ada", "/safe/"),
            "one request": ("ada", f"/asks/{key}/"),
            "packet, its applicant": ("ada", f"/packets/{reader.packet.key}/"),
            "packet, its reader": ("cleo", f"/reading/{reader.key}/"),
            "writer's page": ("writer", f"/requests/{key}/"),
            "queue of forty": ("forty", f"/requests/{first_of_forty.request.key}/queue"),
            "record of forty": ("forty", f"/requests/{first_of_forty.request.key}/record"),
            "verify": ("nobody", f"/verify/{page}"),
            "office: people": ("dana", "/office/people/"),
            "office: advisers": ("dana", "/office/advisers/"),
            "office: health": ("dana", "/office/"),
            "office: journal": ("dana", "/office/journal/"),
            "office: journal of a person": (
                "dana",
                "/office/journal/?person=ada@applicants.example",
            ),
            "office: journal of a kind": ("dana", "/office/journal/?kind=letters"),
            "office: mail that came": ("dana", "/office/mail/"),
            "office: readers to confirm": ("dana", "/office/readers/"),
            "adviser's thirty": ("finn", "/advising/"),
            "adviser's one": ("finn", f"/advising/{advised}/"),
            "metrics": ("nobody", "/metrics"),
            "ready": ("nobody", "/readyz"),
        },
    )


def _now() -> datetime:
    return datetime.now(UTC)


def _letters(ada: Account) -> tuple[Opportunity, list[Seal], list[Purpose]]:
    """One of her places, and her twenty: the sealed ones, and those that are asked or being written."""
    from tests.sealing import make_sealed

    today = _now().date()
    places = [
        factories.make_opportunity(ada, f"Programme {n}", need=5, deadline_on=today + timedelta(days=40 + n))
        for n in range(PLACES)
    ]
    seals, asked = [], []
    for n in range(LETTERS):
        writer = factories.make_contact(
            ada,
            f"Mina Holt {n}",
            email=f"mina{n}@writers.example",
            tie="mentor",
            knows_work=4,
            warmth=n % 3 + 2,
        )
        if n < SEALED:
            seals.append(
                make_sealed(writer, places[n % PLACES], confidentiality="open" if n % 2 == 0 else "waived")
            )
        else:
            asked.append(_ask(writer, places[n % PLACES], EVERY_STAGE[n % len(EVERY_STAGE)]))
    redraw_plan(by=ada, today=today, now=_now())
    return places[0], seals, asked


def _ask(contact, place, stage: str) -> Purpose:  # type: ignore[no-untyped-def]  # as the factories have them
    from vouchsafe.letters.actions.save_draft import save_draft
    from vouchsafe.letters.draft_body import DraftBody

    now, today = _now(), _now().date()
    purpose = open_request(
        by=contact.owner, contact=contact, opportunity=place, shown_on=today + timedelta(days=30), confidentiality="open",
        subject="A letter", note="Dear Mina,\n\nwould you write me a letter?", points=["The returns report"], today=today, now=now,
    )  # fmt: skip
    send_ask(by=contact.owner, purpose=purpose, now=now, undo=timedelta(0))
    if stage:
        record_answer(visit=factories.proven(purpose), said="yes", today=today, now=now)
    if stage == "started":
        save_draft(
            visit=factories.proven(purpose), body=DraftBody(text="I worked with Ada."), based_on=0, now=now
        )
    return purpose


def _forty() -> Purpose:
    """One writer whom forty applicants ask; the first of the requests."""
    found = []
    for n in range(ASKED_OF_ONE):
        owner = factories.make_account(f"Applicant {n}", email=f"one{n}@applicants.example")
        writer = factories.make_contact(
            owner, "Prof Forty", email="forty@writers.example", tie="mentor", knows_work=3
        )
        place = factories.make_opportunity(
            owner, f"Study {n}", deadline_on=_now().date() + timedelta(days=40 + n)
        )
        found.append(_ask(writer, place, EVERY_STAGE[n % len(EVERY_STAGE)]))
    return found[0]


def _finn() -> Account:
    """An adviser of thirty of them."""
    finn = factories.make_account("Finn Orme", role="adviser", email="finn@office.example")
    advised = Account.objects.filter(email__startswith="one", email__endswith="@applicants.example")[:ADVISED]
    Advising.objects.bulk_create(
        Advising(adviser=finn, applicant=one, named_at=_now(), agreed_at=_now()) for one in advised
    )
    return finn


def _writers_browser(purpose: Purpose) -> Client:
    """Come by a mailed link, and the code of the day taken."""
    from django.test import Client

    from vouchsafe.ledger import outbox
    from vouchsafe.ledger.models import Outgoing

    mailbox = purpose.request.contact.addresses.get().mailbox
    with transaction.atomic():
        link = make_link(request=purpose.request, kind=Link.Kind.MAILED, mailbox=mailbox, now=_now())
    browser = Client(SERVER_NAME="localhost")
    browser.post(f"/r/{token_of(link)}", {"act": "open"})
    base = f"/requests/{purpose.request.key}"
    browser.post(f"{base}/code", {"use": "queue"})
    code = outbox.read(Outgoing.objects.filter(kind="writer_code").latest("id")).facts["code"]
    browser.post(f"{base}/proof", {"use": "queue", "code": code})
    return browser
