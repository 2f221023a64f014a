from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from tests import factories
from tests.cast import Cast

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
        ("cleo@readers.example", ""),
        ("dana@example.org", ""),
    ],
)
def test_address_of_a_reader_is_doubted_for_a_reason(cast: Cast, address: str, why: str) -> None:
    EmailAddress.objects.create(user=cast.ada, email="claimed@elsewhere.example", verified=False)
    factories.make_account(cast.ada.name, email="second@example.org")
    assert doubt_about(cast.ada, address) == why


def test_free_mail_domains_are_written_as_domains() -> None:
    assert all(domain == domain.lower() and "." in domain for domain in FREE_MAIL_DOMAINS)
