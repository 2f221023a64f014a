"""Promise 13: no PDF we serve can act. Every door that hands one out, with files that came in full of actions."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests import factories
from tests.cast import Cast
from tests.house.world import ask, at_work, browser_of_writer, seal
from tests.sealing import make_packet_of, make_reader, plain_pdf, token_for

import vouchsafe
from vouchsafe.adapters.pdf.active import scan_active
from vouchsafe.asks.actions.name_assistant import PURPOSE as ASSISTANT
from vouchsafe.asks.actions.name_assistant import name_assistant
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.ledger import custody
from vouchsafe.letters.actions.ask_confirmation import ask_confirmation
from vouchsafe.letters.actions.bring_letter import bring_letter
from vouchsafe.letters.actions.release_seal import release_seal
from vouchsafe.letters.actions.upload_letter import CheckedFile
from vouchsafe.letters.inspecting import inspect_file
from vouchsafe.people.actions.make_program_token import make_program_token
from vouchsafe.plans.actions.add_destination import add_destination

DOORS = Path(vouchsafe.__file__).parent / "doors"
# Every module that answers with a PDF. A new one fails here until the test below asks it for one.
SERVING = {
    "api/letters.py",
    "web/applicant/views/packets.py",
    "web/applicant/views/safe.py",
    "web/reader/views/reading.py",
    "web/writer/views/assisting.py",
    "web/writer/views/documents.py",
    "web/writer/views/letters.py",
    "web/writer/views/places.py",
}
ATTACHED = {"/AF", "/EF", "/EmbeddedFile", "/EmbeddedFiles"}  # a packet's sealed originals, nothing else


def busy_pdf(text: str) -> bytes:
    """A letter that runs a script when it is opened, starts a program and carries a file."""
    with pikepdf.open(BytesIO(plain_pdf(text))) as pdf:
        pdf.Root.OpenAction = pdf.make_indirect(
            pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        )
        pdf.Root.AA = pikepdf.Dictionary(
            WC=pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("calc.exe"))
        )
        pdf.attachments["x.txt"] = pikepdf.AttachedFileSpec(pdf, b"x")
        out = BytesIO()
        pdf.save(out)
    return out.getvalue()


def test_every_module_that_serves_a_pdf_is_tried_here() -> None:
    found = {
        path.relative_to(DOORS).as_posix()
        for path in DOORS.rglob("*.py")
        if 'content_type="application/pdf"' in path.read_text(encoding="utf-8")
    }
    assert found == SERVING


def test_scan_would_see_what_came_in() -> None:
    assert {"/OpenAction", "/AA", "/EmbeddedFiles"} <= set(scan_active(busy_pdf("Ada")))


@pytest.fixture
def served(cast: Cast) -> dict[str, bytes]:
    """One PDF from each place that gives one."""
    now = timezone.now()
    purpose = ask(cast, cast.ben, "open")
    ben = browser_of_writer(purpose)
    given = SimpleUploadedFile("letter.pdf", busy_pdf("For Ada Marsh"), "application/pdf")
    assert ben.post(f"/requests/{purpose.request.key}/file", {"file": given}).status_code == 302
    sealed = seal(ben, purpose)
    release_seal(seal=sealed, by="test", now=now)
    portal = add_destination(
        by=cast.ada, opportunity=purpose.opportunity, way="portal", label="Harbour", address="https://portal.example/", now=now,
    )  # fmt: skip
    packet = make_packet_of(sealed, opportunity=purpose.opportunity)
    reader = make_reader(packet)
    cleo = Client()
    cleo.post(f"/p/{token_for(reader)}", {"act": "open"})
    checked = inspect_file(busy_pdf("An older letter."), "old.pdf")
    assert isinstance(checked, CheckedFile)
    brought = bring_letter(by=cast.ada, writer_name="Mina Holt", checked=checked, now=now)
    mina = factories.make_contact(cast.ada, "Mina Holt")
    confirming = ask_confirmation(
        by=cast.ada, letter_key=brought.key, contact=mina, opportunity=purpose.opportunity, note="Is it yours?",
        today=timezone.localdate(), now=now,
    )  # fmt: skip
    send_ask(by=cast.ada, purpose=confirming, now=now, undo=timedelta(0))
    document = confirming.request.documents.get()
    ada = Client()
    ada.force_login(cast.ada)
    hal = name_assistant(
        visit=at_work(confirming), name="Hal", address="hal@helpers.example", for_all=False, now=now
    )
    helping = Client()
    helping.post(f"/assist/{custody.token(ASSISTANT, hal.key, 1, hal.generation)}")
    _, token = make_program_token(by=cast.ada, name="Table", grants=["letters:read"], days=9, now=now)
    base = f"/reading/{reader.key}/"
    answers = {
        "the Safe": ada.get(f"/safe/{sealed.letter.key}/file"),
        "a brought letter": ada.get(f"/safe/{brought.key}/file"),
        "the applicant's packet": ada.get(f"/packets/{packet.key}/file"),
        "a copy for a portal": ben.post(f"/requests/{purpose.request.key}/checklist/{portal.key}/file"),
        "the writer's copy": ben.get(f"/requests/{purpose.request.key}/copy"),
        "a document": browser_of_writer(confirming).get(
            f"/requests/{confirming.request.key}/documents/{document.key}"
        ),
        "a document, to an assistant": helping.get(
            f"/assisting/{hal.key}/{confirming.request.key}/documents/{document.key}"
        ),
        "an open letter, to a program": Client(headers={"authorization": f"Bearer {token}"}).get(
            f"/api/v1/letters/{sealed.letter.key}/file"
        ),
        "a reader's letter": cleo.post(f"{base}{sealed.number}/file"),
        "a reader's packet": cleo.post(f"{base}file"),
        "a reading copy": cleo.post(f"{base}copy"),
    }
    for place, answer in answers.items():
        assert answer["Content-Type"] == "application/pdf", f"{place}: {answer.status_code}"
    return {place: answer.content for place, answer in answers.items()}


def test_no_pdf_that_is_served_can_act(served: dict[str, bytes]) -> None:
    for place, data in served.items():
        allowed = ATTACHED if "packet" in place else set()
        assert set(scan_active(data)) <= allowed, place
        if allowed:
            with pikepdf.open(BytesIO(data)) as cover:
                for inside in cover.attachments.values():
                    assert scan_active(inside.get_file().read_bytes()) == [], place
