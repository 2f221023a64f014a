"""What a provider's word on an address is worth."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vouchsafe.core.sign_on import (
    EVERY_DOMAIN,
    Arrival,
    SignOnAddressNotProved,
    SignOnAddressNotTrusted,
    SignOnWithoutAddress,
    Trust,
    address_of,
)
from vouchsafe.core.words import Refusal

ADA = Arrival(
    provider="Kestrel", issuer="https://a.example", subject="1", address="Ada@Kestrel.example ", address_proved=True
)  # fmt: skip
KESTREL = frozenset({"kestrel.example"})


def test_proved_address_of_a_trusted_domain_counts() -> None:
    assert address_of(ADA, Trust(KESTREL)) == "ada@kestrel.example"
    assert address_of(ADA, Trust(frozenset({EVERY_DOMAIN}))) == "ada@kestrel.example"


@pytest.mark.parametrize(
    "domain", ["example", "strel.example", "mail.kestrel.example", "kestrel.example.evil"]
)
def test_domain_counts_by_its_whole_name(domain: str) -> None:
    with pytest.raises(SignOnAddressNotTrusted):
        address_of(ADA, Trust(frozenset({domain})))


def test_address_that_nobody_checked_counts_only_where_the_provider_is_the_one_who_gives_them_out() -> None:
    silent = replace(ADA, address_proved=None)
    with pytest.raises(SignOnAddressNotProved):
        address_of(silent, Trust(KESTREL))
    assert address_of(silent, Trust(KESTREL, authoritative=True)) == "ada@kestrel.example"
    with pytest.raises(SignOnAddressNotProved):
        address_of(replace(ADA, address_proved=False), Trust(KESTREL, authoritative=True))


@pytest.mark.parametrize("address", ["", "ada", "@kestrel.example", "ada@", " "])
def test_no_address_is_said_so(address: str) -> None:
    with pytest.raises(SignOnWithoutAddress):
        address_of(replace(ADA, address=address), Trust(frozenset({EVERY_DOMAIN}), authoritative=True))


@pytest.mark.parametrize(
    "address",
    [
        "m\u0131ke@kestrel.example",  # becomes MIKE where a database compares in capitals
        "\u212aay@kestrel.example",  # becomes kay in small letters
        "kay@\u212aestrel.example",
        "kay@kestr\u0131l.example",
        "k ay@kestrel.example",
        "kay\n@kestrel.example",
        "kay\0@kestrel.example",
        "k" * 250 + "@kestrel.example",
        "kay@evil.example,kay@kestrel.example",
        "kay@evil.example;kay@kestrel.example",
        "kay@evil.example<kay@kestrel.example",
        "<kay@kestrel.example>",
    ],
)
def test_address_that_a_database_would_take_for_anothers_or_not_take_at_all_counts_for_none(
    address: str,
) -> None:
    with pytest.raises(SignOnWithoutAddress):
        address_of(replace(ADA, address=address), Trust(frozenset({EVERY_DOMAIN}), authoritative=True))


@settings(max_examples=150)
@given(
    address=st.text(max_size=20) | st.from_regex(r"[a-z]{1,3}@[a-z]{1,3}\.example", fullmatch=True),
    proved=st.sampled_from([True, False, None]),
    domains=st.frozensets(st.sampled_from(["a.example", "b.example", EVERY_DOMAIN])),
    authoritative=st.booleans(),
)
def test_address_counts_exactly_where_checked_and_trusted(
    address: str, proved: bool | None, domains: frozenset[str], authoritative: bool
) -> None:
    arrival = replace(ADA, address=address, address_proved=proved)
    try:
        counted = address_of(arrival, Trust(domains, authoritative))
    except Refusal:
        return
    assert proved is True or (proved is None and authoritative)
    assert EVERY_DOMAIN in domains or counted.rpartition("@")[2] in domains
    assert counted == address.strip().lower()
