"""Who somebody is who was signed in elsewhere: what a provider said of them, and what its word counts for here.

An account is found by the provider's lasting subject alone. An address links an account to a subject once, and
only where the provider has checked it and whoever runs this instance trusts the provider for its domain.
"""

from __future__ import annotations

from dataclasses import dataclass

from vouchsafe.core.reading.addresses import parse_address
from vouchsafe.core.words import Refusal, msg

EVERY_DOMAIN = "*"
MAX_ADDRESS = 254


class SignOnWithoutAddress(Refusal):
    code = "sign-on-without-address"
    msgid = msg("{provider} signed you in, but did not say which mail address is yours.")
    hint_msgid = msg("Ask whoever keeps {provider} to hand on your address, or sign in with a code.")


class SignOnAddressNotProved(Refusal):
    code = "sign-on-address-not-proved"
    msgid = msg("{provider} has not made sure that {address} is yours.")
    hint_msgid = msg("Confirm the address there, then try again, or sign in with a code.")


class SignOnAddressNotTrusted(Refusal):
    code = "sign-on-address-not-trusted"
    msgid = msg("{provider} is not trusted here to say whose address {address} is.")
    hint_msgid = msg("Sign in with a code, or ask whoever runs this site.")


@dataclass(frozen=True, slots=True)
class Arrival:
    """One person as a provider vouched for them: checked, and no more of it than is needed.

    `address_proved` is what the provider said: true, false, or nothing.
    """

    provider: str
    """What people call the provider."""
    issuer: str
    subject: str
    address: str = ""
    address_proved: bool | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Trust:
    """What a provider's word counts for, as set by whoever runs the instance."""

    domains: frozenset[str] = frozenset()
    """Domains whose addresses it may speak for; `*` is every one, none is none."""
    authoritative: bool = False
    """An address of these domains counts although the provider does not say that it was checked."""
    joins: bool = False
    """Whoever it signs in may join as an applicant."""


def address_of(arrival: Arrival, trust: Trust) -> str:
    """The address by which somebody may be linked to an account. Refuses an address that proves nothing.

    What is refused never depends on whether the address has an account. Only plain ASCII counts: signs of other
    scripts that become Latin ones in small or capital letters (a Kelvin sign, an i without its dot) would be
    another's address to a database.
    """
    facts = {"provider": arrival.provider, "address": arrival.address}
    address = arrival.address.strip().lower()
    read = parse_address(address)  # where a provider put several into one value, none is
    if read is None or str(read) != address or len(address) > MAX_ADDRESS or not arrival.address.isascii():
        raise SignOnWithoutAddress(**facts)
    if EVERY_DOMAIN not in trust.domains and read.domain not in trust.domains:
        raise SignOnAddressNotTrusted(**facts)
    if not (arrival.address_proved or (arrival.address_proved is None and trust.authoritative)):
        raise SignOnAddressNotProved(**facts)
    return address
