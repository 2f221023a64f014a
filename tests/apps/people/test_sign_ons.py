"""Who an account is found for: by the subject alone, linked once by an address that counts, and never more than that."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from tests.cast import Cast

from vouchsafe.core.sign_on import Arrival, SignOnAddressNotProved, SignOnAddressNotTrusted, Trust
from vouchsafe.ledger.models import Line
from vouchsafe.people.actions.arrive_by_sign_on import (
    SignOnAccountClosed,
    SignOnLinkedOtherwise,
    SignOnUnknown,
    arrive_by_sign_on,
)
from vouchsafe.people.actions.invite_person import invite_person
from vouchsafe.people.actions.take_off_sign_on import take_off_sign_on
from vouchsafe.people.models import Account, Instance, Invitation, SignOn

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TRUST = Trust(frozenset({"example.org", "example.com"}))
JOINS = replace(TRUST, joins=True)


def of(account: Account, subject: str = "u-1") -> Arrival:
    return Arrival("Kestrel", "https://login.example.edu", subject, account.email, True, account.name)


def arrive(arrival: Arrival, trust: Trust | None = None) -> Account:
    domain = arrival.address.rpartition("@")[2]
    return arrive_by_sign_on(arrival=arrival, trust=trust or Trust(frozenset({domain})), now=NOW)


def test_first_time_links_by_the_address_and_proves_it(cast: Cast) -> None:
    assert arrive(of(cast.ada)) == cast.ada
    link = SignOn.objects.get()
    assert (link.account, link.issuer) == (cast.ada, "https://login.example.edu")
    assert "u-1" not in str(SignOn.objects.values().get())
    assert EmailAddress.objects.get(user=cast.ada).verified
    assert list(Line.objects.filter(chain=cast.ada.key).values_list("verb", flat=True))[-3:] == [
        "address_proved", "sign_on_linked", "signed_in_elsewhere",
    ]  # fmt: skip


def test_later_the_subject_alone_counts_whatever_the_address_has_become(cast: Cast) -> None:
    arrive(of(cast.ada))
    for address in ("other@nowhere.example", "", cast.eve.email, cast.dana.email):
        moved = replace(of(cast.ada), address=address, address_proved=False)
        assert arrive_by_sign_on(arrival=moved, trust=Trust(), now=NOW) == cast.ada
    assert SignOn.objects.count() == 1
    cast.ada.refresh_from_db()
    assert not EmailAddress.objects.filter(email__in=[cast.eve.email, cast.dana.email]).exists()


def test_account_of_another_is_not_taken_by_an_address_that_does_not_count(cast: Cast) -> None:
    with pytest.raises(SignOnAddressNotProved):
        arrive(replace(of(cast.ada), address_proved=False))
    with pytest.raises(SignOnAddressNotProved):
        arrive(replace(of(cast.ada), address_proved=None))
    with pytest.raises(SignOnAddressNotTrusted):
        arrive(of(cast.ada), Trust(frozenset({"elsewhere.example"})))
    assert not SignOn.objects.exists()


def test_refusal_of_an_address_is_the_same_for_known_and_unknown(cast: Cast) -> None:
    told = []
    for address in (cast.ada.email, "nobody@" + cast.ada.email.rpartition("@")[2]):
        with pytest.raises(SignOnAddressNotProved) as refused:
            arrive(
                replace(of(cast.ada), address=address, address_proved=False),
                replace(JOINS, domains=frozenset("*")),
            )
        told.append(str(refused.value).replace(address, "ADDRESS"))
    assert told[0] == told[1]


def test_address_that_another_only_claims_leads_to_its_holder(cast: Cast) -> None:
    EmailAddress.objects.create(user=cast.eve, email=cast.ada.email, verified=False, primary=False)
    assert arrive(of(cast.ada)) == cast.ada


def test_address_given_to_somebody_new_does_not_open_the_account_of_whoever_had_it(cast: Cast) -> None:
    arrive(of(cast.ada))
    with pytest.raises(SignOnLinkedOtherwise):
        arrive(of(cast.ada, "u-2"))
    take_off_sign_on(by=cast.ada, sign_on=SignOn.objects.get(), now=NOW)
    assert arrive(of(cast.ada, "u-2")) == cast.ada


def test_nobody_takes_off_what_is_on_the_account_of_another(cast: Cast) -> None:
    arrive(of(cast.ada))
    take_off_sign_on(by=cast.eve, sign_on=SignOn.objects.get(), now=NOW)
    assert SignOn.objects.get().account == cast.ada


def test_same_subject_at_another_issuer_is_somebody_else(cast: Cast) -> None:
    arrive(of(cast.ada))
    assert arrive(replace(of(cast.eve), issuer="https://other.example")) == cast.eve
    assert arrive(replace(of(cast.ada), issuer="https://other.example", subject="u-9")) == cast.ada


def test_password_set_by_somebody_who_never_showed_the_address_is_gone(cast: Cast) -> None:
    cast.ada.set_password("a stranger sat here")
    cast.ada.save()
    assert not arrive(of(cast.ada)).has_usable_password()
    cast.eve.set_password("three quiet lamps burning")
    cast.eve.save()
    EmailAddress.objects.create(user=cast.eve, email=cast.eve.email, verified=True, primary=True)
    assert arrive(of(cast.eve, "u-2")).has_usable_password()


def test_closed_account_stays_out_linked_or_not(cast: Cast) -> None:
    arrive(of(cast.ada))
    Account.objects.update(is_active=False)
    for arrival in (of(cast.ada), of(cast.eve, "u-2")):
        with pytest.raises(SignOnAccountClosed):
            arrive(arrival, replace(JOINS, domains=frozenset("*")))


def test_unknown_person_stays_out_unless_the_institution_lets_in_whoever_its_provider_knows(
    cast: Cast,
) -> None:
    new = Arrival("Kestrel", "https://login.example.edu", "n-1", "New@Example.org", True, "  Nia New ")
    with pytest.raises(SignOnUnknown):
        arrive_by_sign_on(arrival=new, trust=TRUST, now=NOW)
    assert not Account.objects.filter(email="new@example.org").exists()
    joined = arrive_by_sign_on(arrival=new, trust=JOINS, now=NOW)
    assert (joined.role, joined.name, joined.email) == ("applicant", "Nia New", "new@example.org")
    assert not joined.has_usable_password()
    assert arrive_by_sign_on(arrival=new, trust=TRUST, now=NOW) == joined
    Instance.objects.update(host="personal")
    with pytest.raises(SignOnUnknown):
        arrive_by_sign_on(arrival=replace(new, subject="n-2", address="b@example.org"), trust=JOINS, now=NOW)


@pytest.mark.parametrize("role", ["applicant", "adviser", "office"])
def test_invited_person_comes_in_with_the_role_the_office_gave(cast: Cast, role: str) -> None:
    invite_person(
        by=cast.dana, email="new@example.org", role=role, instance_name="Kestrel", now=NOW, name="Nia"
    )
    new = Arrival("Kestrel", "https://login.example.edu", "n-1", "new@example.org", True)
    with pytest.raises(SignOnUnknown):
        arrive_by_sign_on(arrival=new, trust=TRUST, now=NOW + timedelta(days=15))
    joined = arrive_by_sign_on(arrival=new, trust=TRUST, now=NOW)
    assert (joined.role, joined.name) == (role, "Nia")
    assert Invitation.objects.get().accepted_at == NOW
    assert SignOn.objects.get().account == joined


def test_invitation_raises_nobody_who_is_here_already(cast: Cast) -> None:
    """An account's role changes by its own invitation being accepted, not by signing in elsewhere."""
    invite_person(by=cast.dana, email=cast.ada.email, role="office", instance_name="Kestrel", now=NOW)
    assert arrive(of(cast.ada)).role == "applicant"


def test_name_that_no_database_takes_is_cleaned(cast: Cast) -> None:
    new = Arrival(
        "K", "https://login.example.edu", "n-1", "new@example.org", True, "Nia\0\ud800 New\r\nBcc: x"
    )
    assert arrive_by_sign_on(arrival=new, trust=JOINS, now=NOW).name == "Nia New Bcc: x"


def test_second_tab_of_a_first_time_finds_what_the_first_has_linked(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other tab commits while this one waits for the lock, so its first look has found nothing."""
    arrive(of(cast.ada))
    looks = iter([None, cast.ada])
    monkeypatch.setattr("vouchsafe.people.actions.arrive_by_sign_on._known", lambda _arrival: next(looks))
    assert arrive(of(cast.ada)) == cast.ada
    assert SignOn.objects.count() == 1
