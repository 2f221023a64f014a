"""What the name system says of a domain that sends mail, by dnspython."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

SECONDS = 4.0


class NamesDoNotAnswer(OSError):
    """No name server answered, so nothing can be said about the domain."""


class Names:
    """Look-ups at the machine's own name servers, or at one given as `address` or `address:port`."""

    def __init__(self, nameserver: str = "") -> None:
        import dns.resolver

        self._resolver = dns.resolver.Resolver(configure=not nameserver)
        self._resolver.lifetime = SECONDS
        if nameserver:
            host, _, port = nameserver.rpartition(":") if nameserver.count(":") == 1 else (nameserver, "", "")
            self._resolver.nameservers = [host]
            self._resolver.port = int(port or 53)

    def texts(self, name: str) -> list[str]:
        """The TXT records at a name, each joined to one line."""
        return [b"".join(row.strings).decode("utf-8", "replace") for row in self._ask(name, "TXT")]

    def exchangers(self, name: str) -> list[str]:
        """The servers that take mail for a domain, the first choice first."""
        rows = sorted(self._ask(name, "MX"), key=lambda row: row.preference)
        return [row.exchange.to_text(omit_final_dot=True) for row in rows if str(row.exchange) != "."]

    def addresses(self, name: str) -> list[str]:
        return [row.address for kind in ("A", "AAAA") for row in self._ask(name, kind)]

    def reverse(self, address: str) -> list[str]:
        """The names that an address says it has."""
        import dns.reversename

        name = dns.reversename.from_address(address)
        return [row.target.to_text(omit_final_dot=True) for row in self._ask(name.to_text(), "PTR")]

    def _ask(self, name: str, kind: str) -> Sequence[Any]:
        import dns.exception
        import dns.name
        import dns.resolver

        try:
            return list(self._resolver.resolve(name, kind, search=False))
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer, dns.name.EmptyLabel, dns.name.LabelTooLong):
            return []
        except (
            dns.resolver.NoNameservers,
            dns.exception.Timeout,
            dns.resolver.NoResolverConfiguration,
        ) as fault:
            raise NamesDoNotAnswer(str(fault)) from fault
