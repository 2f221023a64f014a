from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.cast import Cast
from tests.factories import NOW, TODAY, make_contact, make_opportunity, make_purpose, proven
from tests.sealing import make_sealed

from vouchsafe.adapters.post.caught import Caught, caught_names
from vouchsafe.adapters.post.transport import Parcel
from vouchsafe.asks.actions.name_assistant import name_assistant
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.models import Document, Purpose
from vouchsafe.desk.export import WITHHELD, export
from vouchsafe.ledger import custody, outbox
from vouchsafe.ledger.models import Line, Outgoing
from vouchsafe.letters.models import Letter, Upload
from vouchsafe.packets.actions.belongings import OWNED, STAYS, belongings
from vouchsafe.packets.actions.erase_account import AddressNotTyped, KeepsInstance, erase_account
from vouchsafe.people.models import Account, Contact, Instance

CANARY = "quagga-7731"


def test_every_model_is_classed_for_export_and_erasure() -> None:
    everything = set(apps.get_models(include_auto_created=False))
    # The other engine's jobs say that there is work, never whose: wake/procrastinated.py.
    everything -= {model for model in everything if model._meta.app_label == "procrastinate"}
    assert everything == set(OWNED) | set(STAYS)
    assert not set(OWNED) & set(STAYS)
    assert set(WITHHELD) <= set(OWNED)


def test_mail_to_a_writers_assistant_goes_with_the_writer_whom_nobody_knows_any_more(cast: Cast) -> None:
    purpose = make_purpose(cast.ben, make_opportunity(cast.ada))
    shared = make_purpose(make_contact(cast.eve, "Mina Holt"), make_opportunity(cast.eve))
    own = make_purpose(make_contact(cast.ada, "Mina Holt"), make_opportunity(cast.ada))
    for asked, helper in ((purpose, "hal"), (own, "kim"), (shared, "kim")):
        at_work = replace(proven(asked), has_code=True, took_code=True, works_here=True)
        name_assistant(
            visit=at_work, name=helper, address=f"{helper}@{CANARY}.example", for_all=True, now=NOW
        )
    assert Outgoing.objects.filter(kind="assistant").count() == 2
    erase_account(account=cast.ada, typed_address=cast.ada.email, now=NOW)
    (left,) = Outgoing.objects.filter(kind="assistant")
    assert outbox.read(left).to_name == "kim", "Mina is still somebody's writer"


def test_every_lookup_of_belongings_leads_to_the_account(cast: Cast) -> None:
    for model in OWNED:
        assert str(belongings(model, cast.ada).query)


def build_a_life(cast: Cast) -> Purpose:
    """Ada with everything: a contact, a place, an ask, a mail, a document, a letter with a file, a caught mail."""
    Account.objects.filter(pk=cast.ada.pk).update(name=f"Ada {CANARY}", email=f"ada-{CANARY}@example.org")
    cast.ada.refresh_from_db()
    Contact.objects.filter(pk=cast.ben.pk).update(notes=f"met at {CANARY}")
    purpose = make_purpose(
        cast.ben, make_opportunity(cast.ada, f"Analyst {CANARY}"), note=f"Dear Ben, {CANARY}"
    )
    mail = send_ask(by=cast.ada, purpose=purpose, now=NOW, undo=NOW - NOW)
    record_answer(visit=proven(purpose), said="no", reason="too_full", words="Sorry", today=TODAY, now=NOW)
    file = custody.vault().put(b"a resume").file_id
    Document.objects.create(
        request=purpose.request, kind="resume", name=f"{CANARY}.pdf", file=file, pages=1, added_at=NOW
    )
    letter = Letter.objects.create(
        applicant=cast.ada,
        request=purpose.request,
        writer_name="Ben",
        origin="uploaded",
        confidentiality="waived",
        begun_at=NOW,
    )
    sealed = custody.vault().put(CANARY.encode(), sealed_from=frozenset({cast.ada.key})).file_id
    Upload.objects.create(
        letter=letter, file=sealed, name="letter.pdf", kind="pdf", pages=1, digest="d", given_digest="g",
        uploaded_at=NOW,
    )  # fmt: skip
    caught = Caught(settings.DATA_FOLDER / "mail", lambda raw: custody.encrypt(raw, context="caught-mail"))
    caught.send(Parcel(f"<{mail.message_id}>", "us@example.org", "ben@writers.example", CANARY.encode()))
    return purpose


def everything_stored() -> str:
    """All rows of all tables and all files of the data folder, as text."""
    kept = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            kept += [repr(row) for row in cursor.fetchall()]
    folder = Path(settings.DATA_FOLDER)
    for part in ("mail", "vault"):
        kept += [path.read_bytes().decode("latin-1") for path in (folder / part).rglob("*") if path.is_file()]
    return "\n".join(kept)


def test_erasure_leaves_nothing_of_the_account_but_the_journal(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    build_a_life(cast)
    assert CANARY in everything_stored()
    files = [
        *Document.objects.values_list("file", flat=True),
        *Upload.objects.values_list("file", flat=True),
    ]
    assert all(custody.vault().exists(file) for file in files)
    lines = Line.objects.filter(chain=cast.ada.key).count()
    mails = settings.DATA_FOLDER / "mail"
    kept = set(caught_names(mails))
    with django_capture_on_commit_callbacks(execute=True):
        erase_account(account=cast.ada, typed_address=cast.ada.email.upper(), now=NOW)
    assert CANARY not in everything_stored()
    assert len(kept - set(caught_names(mails))) == 1
    assert not any(custody.vault().exists(file) for file in files)
    assert not Outgoing.objects.filter(chain=cast.ada.key).exists()
    assert Line.objects.filter(chain=cast.ada.key).count() == lines
    assert Line.objects.filter(verb="erased", about=cast.ada.key).count() == 1
    gone = Account(pk=cast.ada.pk)
    for model in OWNED:
        assert not belongings(model, gone).exists(), model
    assert Contact.objects.get(pk=cast.ben_to_eve.pk)  # Eve's own Ben is Eve's


def test_erasure_wants_the_address_typed(cast: Cast) -> None:
    with pytest.raises(AddressNotTyped):
        erase_account(account=cast.ada, typed_address="ada@example.com", now=NOW)
    assert Account.objects.filter(pk=cast.ada.pk).exists()


def test_keeper_leaves_only_when_another_takes_over(cast: Cast) -> None:
    with pytest.raises(KeepsInstance):
        erase_account(account=cast.dana, typed_address=cast.dana.email, now=NOW)
    Account.objects.filter(pk=cast.eve.pk).update(role="office")
    erase_account(account=cast.dana, typed_address=cast.dana.email, now=NOW)
    assert Instance.objects.get().owner == cast.eve


def test_export_holds_what_is_theirs_and_nothing_of_a_waived_letter(cast: Cast) -> None:
    purpose = build_a_life(cast)
    bundle = zipfile.ZipFile(io.BytesIO(export(cast.ada)))
    told = json.loads(bundle.read("everything.json"))
    assert told["contact"][0]["notes"] == f"met at {CANARY}"
    assert told["purpose"][0]["request"] == purpose.request.key
    assert told["answer"][0]["reason"] == ""  # Ben did not say that Ada may know
    assert told["letter"][0]["confidentiality"] == "waived"
    assert not [name for name in bundle.namelist() if name.endswith(".pdf")]
    everything = b"\n".join(bundle.read(name) for name in bundle.namelist()).decode()
    assert cast.eve.email not in everything
    for row in Outgoing.objects.all():
        assert row.message_id not in everything
    assert "tables/contact.csv" in bundle.namelist()


def test_export_names_a_letter_that_is_lost_and_holds_all_the_rest(cast: Cast) -> None:
    opportunity = make_opportunity(cast.ada)
    kept, lost = (
        make_sealed(contact, opportunity) for contact in (cast.ben, make_contact(cast.ada, "Mina Holt"))
    )
    custody.vault().erase(lost.file)
    bundle = zipfile.ZipFile(io.BytesIO(export(cast.ada)))
    assert f"letters/{kept.number}.pdf" in bundle.namelist()
    assert bundle.read("letters/could-not-be-read.txt").decode() == f"{lost.number}.pdf\n"


def test_export_and_leaving_are_for_who_is_signed_in(cast: Cast) -> None:
    for path in ("/account/", "/account/leaving", "/account/export"):
        assert Client().get(path)["Location"].startswith("/accounts/login/")
        assert Client().post(path)["Location"].startswith("/accounts/login/")
    eve = Client()
    eve.force_login(cast.eve)
    assert eve.get("/account/export").status_code == 405
    taken = zipfile.ZipFile(io.BytesIO(eve.post("/account/export").content))
    assert cast.ada.email not in taken.read("everything.json").decode()
    page = eve.post("/account/leaving", {"address": cast.ada.email})
    assert page.status_code == 422
    assert Account.objects.filter(email=cast.ada.email).exists()
    assert eve.post("/account/leaving", {"address": cast.eve.email})["Location"] == "/"
    assert not Account.objects.filter(email=cast.eve.email).exists()
    assert eve.get("/account/").status_code == 302


def test_account_page_saves_and_says_so(cast: Cast) -> None:
    ada = Client()
    ada.force_login(cast.ada)
    facts = {"name": "Ada M.", "pronouns": "she/her", "time_zone": "Europe/Berlin", "language": "en-gb"}
    assert ada.post("/account/", facts).status_code == 302
    assert "Saved." in ada.get("/account/").content.decode()
    assert "Saved." not in ada.get("/account/").content.decode()
    cast.ada.refresh_from_db()
    assert (cast.ada.name, cast.ada.time_zone) == ("Ada M.", "Europe/Berlin")
    wrong = ada.post("/account/", facts | {"time_zone": "Mars/Olympus"})
    assert wrong.status_code == 422
