"""Inviting many by a file: every line is seen first, one press sends, one takes everything back."""

from __future__ import annotations

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.cast import Cast
from tests.factories import make_account

from vouchsafe.core.reading.invitation_list import read_invitations
from vouchsafe.ledger import outbox
from vouchsafe.ledger.models import Line, Outgoing
from vouchsafe.people.actions.accept_invitation import InvitationOver, accept_invitation
from vouchsafe.people.actions.invite_people import sort_invitations
from vouchsafe.people.actions.invite_person import NotYours, invite_person
from vouchsafe.people.models import Account, Advising, Invitation

AT = "/office/invitations/file"
TABLE = """name;address;role;adviser
Olu "O" Vane;Olu@new.example;;finn@example.org
Pia Lund;pia@new.example;;nobody@example.org
Ada;ada@example.org;;
Old;old@new.example;;
Gail;gail@new.example;adviser;
=cmd();king@new.example;king;
"""


def as_(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def finn(cast: Cast) -> Account:
    now = timezone.now()
    invite_person(by=cast.dana, email="old@new.example", role="applicant", instance_name="K", now=now)
    return make_account("Finn Orme", role="adviser")


def send(dana: Client, table: str = TABLE) -> str:
    """Look a file over and press what the page offers; returns where undo goes."""
    file = SimpleUploadedFile("people.csv", table.encode(), "text/csv")
    page = dana.post(AT, {"file": file}).content.decode()
    found = re.search(r"<textarea name=\"text\" hidden>\n(.*?)</textarea>", page, re.DOTALL)
    assert found, page
    answer = dana.post(AT, {"text": html.unescape(found.group(1)), "act": "send"})
    assert answer["Location"] == "/office/people/"
    undo = re.search(
        r'action="(/office/invitations/files/[^"]+)"', dana.get("/office/people/").content.decode()
    )
    assert undo
    return undo.group(1)


def test_file_is_looked_over_and_nothing_is_sent_before_the_press(cast: Cast, finn: Account) -> None:
    file = SimpleUploadedFile("people.csv", TABLE.encode(), "text/csv")
    page = as_(cast.dana).post(AT, {"file": file}).content.decode()
    assert "2 people would be invited" in page
    for said in (
        "No adviser signs in with nobody@example.org.",
        "Signs in here already.",
        "Is invited already, and has not answered.",
        "is no role here",
        "You can see the plans of the people you help",
        "You can plan whom to ask for a letter",
    ):
        assert said in html.unescape(page), said
    assert Invitation.objects.count() == 1


def test_invitation_that_ran_out_is_sent_anew(cast: Cast, finn: Account) -> None:
    Invitation.objects.update(expires_at=timezone.now())
    send(as_(cast.dana))
    old, new = Invitation.objects.filter(email="old@new.example").order_by("id")
    assert old.withdrawn_at is not None
    assert new.withdrawn_at is None


def test_one_press_sends_and_one_takes_all_back(cast: Cast, finn: Account) -> None:
    dana = as_(cast.dana)
    undo = send(dana)
    sent = Invitation.objects.exclude(batch="").order_by("id")
    assert [(one.email, one.role, one.adviser) for one in sent] == [
        ("olu@new.example", "applicant", finn),
        ("gail@new.example", "adviser", None),
    ]
    assert len({one.batch for one in sent}) == 1
    mails = Outgoing.objects.filter(about__in=[one.key for one in sent])
    assert {outbox.read(mail).to_address for mail in mails} == {"olu@new.example", "gail@new.example"}
    assert all(mail.due_at > timezone.now() for mail in mails)  # there is time to undo
    assert dana.post(undo).status_code == 302
    assert not Invitation.objects.exclude(batch="").filter(withdrawn_at__isnull=True).exists()
    assert {mail.state for mail in mails.all()} == {"withdrawn"}
    assert Line.objects.filter(verb="invitation_withdrawn").count() == 2
    assert Invitation.objects.get(batch="").withdrawn_at is None  # who was invited by hand stays invited


def test_who_has_joined_stays_when_the_file_is_taken_back(cast: Cast, finn: Account) -> None:
    dana = as_(cast.dana)
    undo = send(dana)
    olu = accept_invitation(
        invitation=Invitation.objects.get(email="olu@new.example"), name="Olu", now=timezone.now()
    )
    dana.post(undo)
    assert Account.objects.get(pk=olu.pk).is_active
    with pytest.raises(InvitationOver):
        accept_invitation(
            invitation=Invitation.objects.get(email="gail@new.example"), name="G", now=timezone.now()
        )


def test_adviser_of_the_file_is_asked_for_when_the_invited_joins_and_sees_nothing_before(
    cast: Cast, finn: Account
) -> None:
    send(as_(cast.dana))
    invitation = Invitation.objects.get(email="olu@new.example")
    accept_invitation(invitation=invitation, name="Olu", now=timezone.now())
    row = Advising.objects.get(adviser=finn)
    assert (row.applicant.email, row.agreed_at) == ("olu@new.example", None)
    assert as_(finn).get(f"/advising/{row.key}/").status_code == 404


def test_adviser_who_is_none_any_more_is_not_named(cast: Cast, finn: Account) -> None:
    send(as_(cast.dana))
    Account.objects.filter(pk=finn.pk).update(role="applicant")
    invitation = Invitation.objects.select_related("adviser").get(email="olu@new.example")
    accept_invitation(invitation=invitation, name="Olu", now=timezone.now())
    assert not Advising.objects.exists()


def test_files_of_people_are_the_offices_alone(cast: Cast, finn: Account) -> None:
    batch = send(as_(cast.dana))
    for stranger in (cast.ada, cast.eve, finn):
        assert as_(stranger).get(AT).status_code == 404
        assert as_(stranger).post(AT, {"text": "address\nx@y.example", "act": "send"}).status_code == 404
        assert as_(stranger).post(batch).status_code == 404
    assert Client().post(AT, {"text": "address\nx@y.example"})["Location"].startswith("/accounts/login/")
    with pytest.raises(NotYours):
        sort_invitations(by=cast.eve, read=read_invitations(b"address\nx@y.example"), now=timezone.now())
    assert Invitation.objects.filter(email="x@y.example").count() == 0


def test_file_that_cannot_be_read_is_said_so_at_its_place(cast: Cast) -> None:
    dana = as_(cast.dana)
    assert dana.get(AT).status_code == 200
    for facts, said in (
        ({}, "Choose a file, or paste the table."),
        ({"text": "just words"}, "No column of this file is called"),
        ({"file": SimpleUploadedFile("a.csv", b"x" * 200_001)}, "too large for a list of people"),
    ):
        answer = dana.post(AT, facts)
        assert answer.status_code == 422
        assert said in answer.content.decode()
    assert dana.post("/office/invitations/files/none/withdrawal").status_code == 404
