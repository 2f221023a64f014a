from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.checks import Tags, run_checks
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from tests.cast import Cast
from tests.factories import make_opportunity, make_purpose

from vouchsafe.core import addresses
from vouchsafe.desk.hosting import HostConflict, WaivedOnPersonalHost, demand_one_host
from vouchsafe.ledger import custody, outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.people import access
from vouchsafe.people.actions.invite_person import invite_person
from vouchsafe.people.actions.set_up_instance import SetUpAlready, set_up_instance
from vouchsafe.people.models import Account, Instance, Invitation

ANSWERS = {
    "host": "institution",
    "name": "Kestrel Careers",
    "owner_name": "Dana Whitlock",
    "owner_email": "dana@example.org",
}


def invite(cast: Cast, email: str, role: str = "applicant") -> str:
    """Invite someone and read the token from the mail."""
    invite_person(by=cast.dana, email=email, role=role, instance_name="Kestrel Careers", now=timezone.now())
    link = outbox.read(Outgoing.objects.filter(kind="invitation").latest("id")).links["page_url"]
    assert isinstance(link, outbox.TokenLink)
    return custody.token(link.purpose, link.key, link.n, link.generation)


def test_invitation_shows_then_joins_and_signs_in(cast: Cast, client: Client) -> None:
    page = client.get(addresses.invitation_path(invite(cast, "new@example.org")))
    assert "Dana Whitlock invites you to Kestrel Careers" in page.content.decode()
    assert not Account.objects.filter(email="new@example.org").exists()
    answer = client.post(page.request["PATH_INFO"], {"name": "Nia Fox"})
    assert answer["Location"] == "/desk/"
    joined = Account.objects.get(email="new@example.org")
    assert (joined.name, joined.role) == ("Nia Fox", "applicant")
    assert EmailAddress.objects.get(user=joined).verified
    assert client.get("/")["Location"] == "/desk/"
    assert "no longer works" in Client().get(page.request["PATH_INFO"]).content.decode()
    assert Client().post(page.request["PATH_INFO"], {"name": "Eve"}).status_code == 409


def test_invitation_without_a_name_asks_for_it(cast: Cast, client: Client) -> None:
    page = client.post(addresses.invitation_path(invite(cast, "new@example.org")), {"name": " "})
    assert page.status_code == 422
    assert "Enter your name" in page.content.decode()
    assert "<title>Error: " in page.content.decode()


def test_invitation_withdrawn_or_old_lets_nobody_in(cast: Cast, client: Client) -> None:
    path = addresses.invitation_path(invite(cast, "new@example.org"))
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert client.post(path, {"name": "Nia"}).status_code == 409
    assert not Account.objects.filter(email="new@example.org").exists()
    assert client.get("/invitations/" + "x" * 43).status_code == 404


def test_invitation_to_a_known_address_raises_its_role_and_never_renames(cast: Cast, client: Client) -> None:
    path = addresses.invitation_path(invite(cast, cast.ada.email, role="adviser"))
    client.post(path, {"name": "Somebody Else"})
    cast.ada.refresh_from_db()
    assert (cast.ada.name, cast.ada.role) == ("Ada Marsh", "adviser")


@pytest.mark.django_db
def test_set_up_asks_only_whoever_holds_the_printed_link(client: Client) -> None:
    assert client.get(addresses.set_up_path("x" * 43)).status_code == 404
    assert client.post(addresses.set_up_path("x" * 43), ANSWERS).status_code == 404
    assert not Instance.objects.exists()
    path = addresses.set_up_path(access.set_up_token())
    assert "no code can hide a letter" in client.get(path).content.decode()
    answer = client.post(path, ANSWERS)
    assert answer["Location"] == "/office/"
    assert Instance.objects.get().owner.runs_office
    assert client.get("/")["Location"] == "/office/"
    assert Client().get(path).status_code == 404
    assert Client().post(path, ANSWERS | {"owner_email": "eve@example.org"}).status_code == 404
    with pytest.raises(SetUpAlready):
        set_up_instance(
            host="personal", name="", owner_name="Eve", owner_email="e@e.example", now=timezone.now()
        )


@pytest.mark.django_db
def test_set_up_for_oneself_makes_an_applicant(client: Client) -> None:
    path = addresses.set_up_path(access.set_up_token())
    answer = client.post(path, ANSWERS | {"host": "personal", "name": ""})
    assert answer["Location"] == "/desk/"
    assert access.hosts_personally()
    assert access.keeps_instance(Instance.objects.get().owner)


@pytest.mark.django_db
def test_set_up_with_answers_missing_says_which(client: Client) -> None:
    path = addresses.set_up_path(access.set_up_token())
    page = client.post(path, {"host": "institution", "owner_email": "nobody"})
    text = page.content.decode()
    assert page.status_code == 422
    for sentence in ("Enter the institution’s name", "Enter your name", "like name@example.org"):
        assert text.count(sentence) >= 2  # in the summary and at its field
    assert not Instance.objects.exists()


def test_host_said_otherwise_refuses_to_start(cast: Cast, settings: Settings) -> None:
    demand_one_host("")
    demand_one_host("institution")
    with pytest.raises(HostConflict):
        demand_one_host("personal")
    settings.HOST = "personal"
    found = [check.id for check in run_checks(tags=[Tags.database], databases=["default"])]
    assert "vouchsafe.host-conflict" in found


def test_waived_letter_on_a_personal_host_refuses_to_start(cast: Cast) -> None:
    Instance.objects.update(host="personal")
    demand_one_host("personal")
    make_purpose(cast.ben, make_opportunity(cast.ada)).__class__.objects.update(confidentiality="waived")
    with pytest.raises(WaivedOnPersonalHost):
        demand_one_host("")
