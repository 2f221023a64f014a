from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings
from tests.cast import Cast
from tests.factories import NOW, make_account, make_opportunity

from vouchsafe.adapters.post.caught import Caught
from vouchsafe.adapters.post.transport import Parcel
from vouchsafe.desk import audit, office
from vouchsafe.desk.journal_words import VERBS
from vouchsafe.ledger import custody, journal, outbox
from vouchsafe.ledger.models import Line, Outgoing
from vouchsafe.people.actions.invite_person import invite_person
from vouchsafe.people.models import Account, Instance, Invitation

MAIL = b"""From: us@example.org\r
To: ben@writers.example\r
Subject: =?utf-8?q?A_letter_for_<script>_Ada?=\r
Date: Mon, 05 Oct 2026 09:00:00 +0000\r
MIME-Version: 1.0\r
Content-Type: multipart/alternative; boundary=x\r
\r
--x\r
Content-Type: text/plain; charset=utf-8\r
\r
See http://localhost:8000/r/abc123 <b>now</b>\r
--x\r
Content-Type: text/html; charset=utf-8\r
\r
<p style="color:red">See <a href="http://localhost:8000/r/abc123">it</a></p><script>alert(1)</script>\r
--x--\r
"""


def as_(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def caught_name() -> str:
    folder = settings.DATA_FOLDER / "mail"
    box = Caught(folder, lambda raw: custody.encrypt(raw, context="caught-mail"))
    box.send(Parcel("<office-test@example.org>", "us@example.org", "ben@writers.example", MAIL))
    newest = max(folder.glob("*.eml.sealed"), key=lambda path: path.stat().st_mtime_ns)
    return newest.name.removesuffix(".eml.sealed")


def pages(name: str, cast: Cast) -> tuple[str, ...]:
    return (
        "/office/",
        "/office/people/",
        "/office/journal/",
        "/office/journal/check",
        "/mailbox/",
        f"/mailbox/{name}/",
        f"/mailbox/{name}/as-it-looks",
    )


def test_office_opens_to_who_runs_it_and_to_nobody_else(cast: Cast, caught_name: str) -> None:
    for path in pages(caught_name, cast):
        assert as_(cast.dana).get(path).status_code == 200, path
        assert Client().get(path)["Location"].startswith("/accounts/login/"), path
        for stranger in (cast.eve, cast.ada):
            page = as_(stranger).get(path)
            assert page.status_code == 404, path
            assert "ada@example.org" not in page.content.decode()


def test_acts_of_the_office_are_refused_to_others(cast: Cast) -> None:
    invitation = invite_person(
        by=cast.dana, email="new@example.org", role="applicant", instance_name="Kestrel", now=NOW
    )
    for client in (Client(), as_(cast.eve), as_(cast.ada)):
        for path, facts in (
            ("/office/invitations", {"email": "x@example.org", "role": "office"}),
            (f"/office/invitations/{invitation.key}/withdrawal", {}),
            (f"/office/people/{cast.eve.key}/role", {"role": "office"}),
        ):
            assert client.post(path, facts).status_code in (302, 404)
    assert Invitation.objects.filter(withdrawn_at__isnull=True).count() == 1
    cast.eve.refresh_from_db()
    assert cast.eve.role == "applicant"


def test_owner_of_a_personal_host_sees_mail_and_journal_but_no_people(cast: Cast, caught_name: str) -> None:
    Instance.objects.update(host="personal", owner=cast.ada)
    ada = as_(cast.ada)
    for path in ("/office/", "/office/journal/", "/mailbox/"):
        assert ada.get(path).status_code == 200
        assert as_(cast.eve).get(path).status_code == 404
    assert ada.get("/office/people/").status_code == 404


def test_invitation_is_sent_shown_and_withdrawn(cast: Cast) -> None:
    dana = as_(cast.dana)
    assert (
        dana.post("/office/invitations", {"email": "New@Example.org", "role": "adviser"}).status_code == 302
    )
    page = dana.get("/office/people/").content.decode()
    assert "An invitation goes to" in page
    invitation = Invitation.objects.get()
    mail = Outgoing.objects.get(kind="invitation")
    assert outbox.read(mail).to_address == "new@example.org"
    dana.post(f"/office/invitations/{invitation.key}/withdrawal")
    mail.refresh_from_db()
    assert mail.state == "withdrawn"
    again = dana.post(f"/office/invitations/{invitation.key}/withdrawal")
    assert again.status_code == 404
    wrong = dana.post("/office/invitations", {"email": "nobody", "role": "adviser"})
    assert wrong.status_code == 422
    assert "Enter their email address" in wrong.content.decode()


def test_role_is_changed_with_undo_and_the_office_never_empty(cast: Cast) -> None:
    dana = as_(cast.dana)
    dana.post(f"/office/people/{cast.eve.key}/role", {"role": "adviser"})
    cast.eve.refresh_from_db()
    assert cast.eve.role == "adviser"
    page = dana.get("/office/people/").content.decode()
    assert 'name="role" value="applicant"' in page
    last = dana.post(f"/office/people/{cast.dana.key}/role", {"role": "applicant"})
    assert last.status_code == 409
    assert "only one who runs the office" in last.content.decode()


def test_office_needs_a_second_factor_where_others_can_reach_it(cast: Cast, settings: Settings) -> None:
    settings.OFFICE_SECOND_FACTOR = True
    dana = as_(cast.dana)
    page = dana.get("/office/people/")
    assert page.status_code == 403
    assert "needs a second key" in page.content.decode()
    assert dana.post("/office/invitations", {"email": "x@example.org", "role": "office"}).status_code == 403
    assert not Invitation.objects.exists()


def test_health_tells_of_failed_and_unknown_mail(cast: Cast) -> None:
    dana = as_(cast.dana)
    assert "All is well here" in dana.get("/office/").content.decode()
    for state in ("failed", "unknown"):
        row = outbox.queue(
            outbox.Parcel(kind="ask", to_address="ben@writers.example", to_name="Ben"),
            delivery=outbox.Delivery.AT_MOST_ONCE,
            chain=cast.ada.key,
            about="x",
            once=state,
            now=NOW,
        )
        Outgoing.objects.filter(pk=row.pk).update(
            state=state, begun_at=NOW, ended_at=NOW, outcome="550 no such user"
        )
    text = dana.get("/office/").content.decode()
    assert "Something here needs a look" in text
    assert "Unknown whether it arrived" in text
    assert "ben@writers.example" not in text


def test_health_and_people_take_the_same_queries_for_many(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        assert len(office.people().rows) == 3
    for n in range(50):
        make_account(f"Person{n} Smith")
    with django_assert_num_queries(2):
        assert len(office.people().rows) == 53
    with django_assert_num_queries(7):
        office.health(timezone.now())
    journal.note(chain=cast.ada.key, verb="plan_drawn", about="x", by=cast.ada.key, now=NOW)
    with django_assert_num_queries(2):
        audit.journal_page(1)
    for _ in range(50):
        journal.note(chain=cast.ada.key, verb="plan_drawn", about="x", by=cast.ada.key, now=NOW)
    with django_assert_num_queries(2):
        audit.journal_page(1)


def test_many_people_come_a_page_at_a_time_and_are_found_by_a_word(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "ON_A_PAGE", 2)
    monkeypatch.setattr(office, "MANY", 2)
    dana = as_(cast.dana)
    first, second = (dana.get(f"/office/people/?page={n}").content.decode() for n in (1, 2))
    assert "ada@example.org" in first
    assert "dana@example.org" in first
    assert "eve@example.org" not in first
    assert 'href="?page=2"' in first
    assert "eve@example.org" in second
    assert 'href="?page=1"' in second
    found = dana.get("/office/people/?q=TARN").content.decode()
    assert "eve@example.org" in found
    assert "One person found." in found or "1 person found." in found
    assert "ada@example.org" not in found
    assert "Nobody fits that." in dana.get("/office/people/?q=nobody").content.decode()
    for page in ("0", "x", "²", "9" * 40):
        assert "ada@example.org" in dana.get(f"/office/people/?page={page}").content.decode()


def test_journal_reads_as_sentences_and_shows_a_change(cast: Cast) -> None:
    for verb in ("contact_added", "plan_drawn"):
        journal.note(chain=cast.ada.key, verb=verb, about=cast.ben.key, by=cast.ada.key, now=NOW)
    make_opportunity(cast.ada)
    dana = as_(cast.dana)
    assert "Ada Marsh added a person." in dana.get("/office/journal/").content.decode()
    assert "The journal is whole." in dana.get("/office/journal/check").content.decode()
    line = Line.objects.filter(verb="plan_drawn").get()
    line.digest = "f" * 64
    assert journal.check_chain([line]) is not None


def test_journal_check_finds_a_missing_line(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for verb in ("contact_added", "plan_drawn"):
        journal.note(chain=cast.ada.key, verb=verb, about=cast.ben.key, by=cast.ada.key, now=NOW)
    monkeypatch.setattr(office.journal, "digest_of", lambda line: "0" * 64)
    checked = office.check_journal()
    assert [each.position for each in checked.breaks] == [1]


def test_every_verb_written_has_a_sentence() -> None:
    source = Path(journal.__file__).parents[1]
    written = {
        verb
        for path in source.rglob("actions/*.py")
        for verb in re.findall(r'\bverb="([a-z_]+)"', path.read_text(encoding="utf-8"))
    }
    assert len(written) > 40
    assert written <= set(VERBS), sorted(written - set(VERBS))


def test_caught_mail_is_shown_harmless(cast: Cast, caught_name: str) -> None:
    dana = as_(cast.dana)
    assert "hold live links and codes" in dana.get("/mailbox/").content.decode()
    page = dana.get(f"/mailbox/{caught_name}/").content.decode()
    assert 'href="http://localhost:8000/r/abc123"' in page
    assert "&lt;b&gt;now" in page
    assert "<script> Ada" not in page
    looks = dana.get(f"/mailbox/{caught_name}/as-it-looks")
    assert "sandbox" in looks["Content-Security-Policy"]
    assert "script-src" not in looks["Content-Security-Policy"]
    assert "allow-scripts" not in looks["Content-Security-Policy"]
    assert "default-src 'none'" in looks["Content-Security-Policy"]
    for name in ("0" * 40, "passwd", "x" * 40):
        assert dana.get(f"/mailbox/{name}/").status_code == 404


def test_caught_mail_that_cannot_be_opened_is_said_to_be_so(cast: Cast) -> None:
    folder = settings.DATA_FOLDER / "mail"
    Caught(folder, lambda raw: b"under other keys" * 9).send(
        Parcel("<broken@example.org>", "us@example.org", "ben@writers.example", MAIL)
    )
    broken = max(folder.glob("*.eml.sealed"), key=lambda path: path.stat().st_mtime_ns)
    try:
        dana = as_(cast.dana)
        assert "A mail that can’t be opened" in dana.get("/mailbox/").content.decode()
        name = broken.name.removesuffix(".eml.sealed")
        for path in (f"/mailbox/{name}/", f"/mailbox/{name}/as-it-looks"):
            assert dana.get(path).status_code == 404
    finally:
        broken.unlink()


def test_mailbox_is_gone_once_a_server_carries_mail(cast: Cast, caught_name: str, settings: Settings) -> None:
    settings.SMTP_HOST = "mail.example.org"
    dana = as_(cast.dana)
    for path in ("/mailbox/", f"/mailbox/{caught_name}/", f"/mailbox/{caught_name}/as-it-looks"):
        assert dana.get(path).status_code == 404
