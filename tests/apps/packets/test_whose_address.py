from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone
from tests import factories
from tests.cast import Cast
from tests.sealing import make_packet_of, make_reader, make_sealed

from vouchsafe.packets.models import Reader
from vouchsafe.packets.whose_address import FREE_MAIL_DOMAINS, doubt_about


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("ada@example.org", "reaches-applicant"),
        ("ADA@Example.Org", "reaches-applicant"),
        ("ada+committee@example.org", "reaches-applicant"),
        ('"ada"@example.org', "reaches-applicant"),
        ("Ada Committee <ada@example.org>", "reaches-applicant"),
        ("second@example.org", "reaches-applicant"),
        ("claimed@elsewhere.example", "reaches-applicant"),
        ("eve@example.org", "applicant-here"),
        ("EVE+hr@example.org", "applicant-here"),
        ("cleo.brandt@gmail.com", "free-mail"),
        ("cleo@GOOGLEMAIL.com", "free-mail"),
        ("cleo@proton.me", "free-mail"),
        ("cleo@readers.example", "new-domain"),
        ("dana@example.org", "new-domain"),
    ],
)
def test_address_of_a_reader_is_doubted_for_a_reason(cast: Cast, address: str, why: str) -> None:
    EmailAddress.objects.create(user=cast.ada, email="claimed@elsewhere.example", verified=False)
    factories.make_account(cast.ada.name, email="second@example.org")
    assert doubt_about(cast.ada, address) == why


def test_domain_is_known_once_the_office_has_confirmed_a_reader_there(cast: Cast) -> None:
    opportunity = factories.make_opportunity(cast.ada)
    packet = make_packet_of(make_sealed(cast.ben, opportunity), opportunity=opportunity)
    for address in ("cleo@readers.example", "jo@gmail.com", "dana@example.org"):
        reader = make_reader(packet, name=address, address=address)
        assert doubt_about(cast.ada, f"kim+{address}")  # an open letter that went there proves nothing
        Reader.objects.filter(pk=reader.pk).update(confirmed_at=timezone.now())
        assert doubt_about(cast.ada, address) == ""
    for address, why in (
        ("kim@readers.example", ""),
        ("KIM@Readers.Example", ""),
        ("kim@mail.readers.example", "new-domain"),
        ("kim@notreaders.example", "new-domain"),
        ("kim@gmail.com", "free-mail"),
        ("kim@example.org", "new-domain"),  # applicants have mailboxes there
    ):
        assert doubt_about(cast.ada, address) == why


def test_free_mail_domains_are_written_as_domains() -> None:
    assert all(domain == domain.lower() and "." in domain for domain in FREE_MAIL_DOMAINS)
