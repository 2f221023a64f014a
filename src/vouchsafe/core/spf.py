"""Whether an address may send mail for a domain, as a receiving server works it out (RFC 7208)."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

LOOKUPS = 10  # 4.6.4: terms that ask the name system
EMPTY_LOOKUPS = 2  # 4.6.4: of which so many may find nothing
EXCHANGERS = 10  # 4.6.4: names behind one mx
LONGEST = 253

Ask = Callable[[str], Sequence[str]]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Verdict(StrEnum):
    """What a receiver makes of it. `UNCLEAR` is ours: a term that needs the mail itself, or the old `ptr`."""

    PASS = "pass"  # noqa: S105 - RFC 7208's word
    FAIL = "fail"
    SOFT_FAIL = "softfail"
    NEUTRAL = "neutral"
    NONE = "none"
    BROKEN = "permerror"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Records:
    """Where to ask. Each gives nothing for a name that has none, and raises where nobody answers."""

    texts: Ask
    addresses: Ask
    exchangers: Ask


_SIGNS = {"+": Verdict.PASS, "-": Verdict.FAIL, "~": Verdict.SOFT_FAIL, "?": Verdict.NEUTRAL}
_TERM = re.compile(
    r"(?P<sign>[+\-~?]?)(?P<name>[a-z0-9]+)(?::(?P<value>[^/]*))?(?P<masks>(?://?\d{1,3}){0,2})\Z"
)
_NAME = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?\Z")
_MODIFIER = re.compile(r"[a-z][a-z0-9._-]*=")


class _BrokenError(Exception):
    """The record is not one, or asks too much: receivers ignore it."""


class _UnclearError(Exception):
    """Only a receiver with the mail before it can say."""


def evaluate(address: str, domain: str, records: Records) -> Verdict:
    """The verdict on a mail that comes from `address` with an envelope sender of `domain`."""
    try:
        return _Check(ipaddress.ip_address(address), records).host(domain.lower().rstrip("."))
    except _BrokenError:
        return Verdict.BROKEN
    except _UnclearError:
        return Verdict.UNCLEAR


class _Check:
    """One evaluation, with what is left of its look-ups."""

    def __init__(self, address: Address, records: Records) -> None:
        self.address, self.records = address, records
        self.lookups, self.empty = 0, 0

    def host(self, domain: str) -> Verdict:
        found = [
            each for each in self.records.texts(domain) if re.match(r"v=spf1(?: |\Z)", each, re.IGNORECASE)
        ]
        if len(found) > 1:
            raise _BrokenError
        if not found:
            return Verdict.NONE
        terms = found[0].lower().split()[1:]
        redirects = [term.partition("=")[2] for term in terms if term.startswith("redirect=")]
        if len(redirects) > 1:
            raise _BrokenError
        for term in terms:
            if _MODIFIER.match(term):
                continue
            sign, matches = self._term(term, domain)
            if matches:
                return sign
        if redirects and "all" not in {term.lstrip("+-~?") for term in terms}:
            return self._elsewhere(redirects[0])
        return Verdict.NEUTRAL

    def _term(self, term: str, domain: str) -> tuple[Verdict, bool]:
        if term.lstrip("+-~?").startswith("ip6:"):  # its colons are the address's own
            sign = _SIGNS.get(term[0], Verdict.PASS)
            return sign, self._within(term.partition(":")[2], 6)
        found = _TERM.match(term)
        if found is None:
            raise _BrokenError
        sign = _SIGNS[found["sign"] or "+"]
        value, masks = found["value"], found["masks"]
        match found["name"]:
            case "all" if value is None and not masks:
                return sign, True
            case "ip4" if value:
                return sign, self._within(value + masks, 4)
            case "include" if value and not masks:
                return sign, self._elsewhere(value) is Verdict.PASS
            case "a" | "mx" as name if value is None or value:
                return sign, self._named(name, value or domain, masks)
            case "exists" if value and not masks:
                return sign, any(":" not in each for each in self._ask(self.records.addresses, value))
            case "ptr":
                raise _UnclearError  # 5.5: not to be used, and many receivers don't
        raise _BrokenError

    def _elsewhere(self, domain: str) -> Verdict:
        self._count(domain)
        verdict = self.host(domain.rstrip("."))
        if verdict is Verdict.NONE:
            raise _BrokenError  # 5.2, 6.1: it leads to a domain without a record
        return verdict

    def _named(self, name: str, domain: str, masks: str) -> bool:
        mask = _masks(masks)
        if name == "a":
            hosts = self._ask(self.records.addresses, domain)
            return any(self._near(each, mask) for each in hosts)
        servers = self._ask(self.records.exchangers, domain)
        if len(servers) > EXCHANGERS:
            raise _BrokenError
        return any(self._near(each, mask) for server in servers for each in self.records.addresses(server))

    def _near(self, other: str, masks: tuple[int, int]) -> bool:
        found = ipaddress.ip_address(other)
        if found.version != self.address.version:
            return False
        mask = masks[0] if found.version == 4 else masks[1]
        return self.address in ipaddress.ip_network(f"{found}/{mask}", strict=False)

    def _within(self, network: str, version: int) -> bool:
        try:
            found = ipaddress.ip_network(network, strict=False)
        except ValueError:
            raise _BrokenError from None
        if found.version != version:
            raise _BrokenError
        return self.address.version == version and self.address in found

    def _ask(self, ask: Ask, name: str) -> Sequence[str]:
        self._count(name)
        found = ask(name)
        if not found:
            self.empty += 1
            if self.empty > EMPTY_LOOKUPS:
                raise _BrokenError
        return found

    def _count(self, name: str) -> None:
        if "%" in name:  # a macro: filled from the mail
            raise _UnclearError
        if len(name) > LONGEST or not _NAME.match(name):
            raise _BrokenError
        self.lookups += 1
        if self.lookups > LOOKUPS:
            raise _BrokenError


def _masks(text: str) -> tuple[int, int]:
    """`/24//64`: how many bits must agree, of an old and of a new address."""
    found = re.fullmatch(r"(?:/(\d{1,2}))?(?://(\d{1,3}))?", text)
    if found is None:
        raise _BrokenError
    four, six = int(found[1] or 32), int(found[2] or 128)
    if four > 32 or six > 128:
        raise _BrokenError
    return four, six
