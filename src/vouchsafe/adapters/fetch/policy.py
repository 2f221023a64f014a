"""Which web addresses and which network addresses may be fetched. Pure: no look-ups, no sockets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from unicodedata import normalize
from urllib.parse import quote, urlsplit

from vouchsafe.adapters.fetch.refusals import AddressNotAcceptable
from vouchsafe.core.words import Sentence, say

MAX_URL = 2000
PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Target:
    """One acceptable web address: what to look up, where to knock, what to ask for."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.host}{self.path}"


# Names that by custom or standard never lead to the public web (RFC 6761, 6762, 7686, 8375, 9476
# and what routers and clouds use inside).
_INSIDE_NAMES = (
    "localhost local localdomain internal intranet private corp home lan domain arpa onion alt test invalid example"
    " kubernetes cluster svc consul docker"
)
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?")


def accept(url: str) -> Target:
    """The target of an acceptable address. Raises `AddressNotAcceptable` for anything odd.

    Odd is refused rather than cleaned: two readers of one odd address may see two different hosts.
    """
    if len(url) > MAX_URL:
        raise _no(say("it is too long"))
    if re.search(r"[\x00-\x20\x7f-\xa0\u2028\u2029\\<>\"]", url):
        raise _no(say("it has a character in it that no address has"))
    # ASCII rules, because ſ is an s to case-blind Unicode rules.
    found = re.fullmatch(r"(?ia)(https?)://([^/?#]+)([/?][^#]*)?(#.*)?", url)
    if found is None:
        raise _no(say("it does not begin with http:// or https:// and a name"))
    scheme, authority = found.group(1).lower(), found.group(2)
    if "@" in authority or "%" in authority:
        raise _no(say("it has a user name or an encoded character where the server’s name stands"))
    name, colon, port = authority.partition(":")
    if colon and port != str(PORTS[scheme]):
        raise _no(say("it names an unusual port"))
    host = _host(name)
    path = quote(found.group(3) or "/", safe="/?&=+,;:@!$'()*~%[]-._")
    target = Target(scheme, host, PORTS[scheme], path if path.startswith("/") else f"/{path}")
    # A second opinion: the standard library must see the same server in what we are about to ask.
    if urlsplit(target.url).hostname != host:
        raise _no(say("its server’s name cannot be read with certainty"))
    return target


def _no(why: Sentence) -> AddressNotAcceptable:
    return AddressNotAcceptable(why=why)


def _host(name: str) -> str:
    lowered = name.lower() if name.isascii() else _international(name)
    labels = lowered.split(".")
    if len(lowered) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise _no(say("its server’s name is not a name"))
    # The last label of a name is never a number; where it is, some reader takes the whole for an
    # address of the network: 127.1, 2130706433, 0x7f.0.0.1, 0177.0.0.1.
    if re.fullmatch(r"\d+|0x[0-9a-f]*", labels[-1]):
        raise _no(say("it names a number instead of a server"))
    if len(labels) < 2 or labels[-1] in _INSIDE_NAMES.split():
        raise _no(say("its name belongs to an inside network"))
    return lowered


def _international(name: str) -> str:
    """The ASCII form of an international name; look-alike dots, digits and letters are refused."""
    if normalize("NFKC", name) != name:
        raise _no(say("its server’s name is written in look-alike characters"))
    import idna

    try:
        return idna.encode(name.lower(), strict=True).decode("ascii")
    except idna.IDNAError:
        raise _no(say("its server’s name is not a name")) from None


# IANA's special-purpose registries, and what they leave to common sense.
_INSIDE_4 = tuple(
    IPv4Network(each)
    for each in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",
        "100.64.0.0/10",  # carriers' own (CGNAT)
        "127.0.0.0/8",
        "168.63.129.16/32",  # looks public, but inside Azure it is the machine's own host
        "169.254.0.0/16",  # link-local, cloud metadata
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
_OUTSIDE_6 = IPv6Network("2000::/3")
_INSIDE_6 = tuple(
    IPv6Network(each)
    for each in (
        "2001::/23",  # protocol assignments: Teredo, ORCHID, benchmarks
        "2001:db8::/32",
        "2002::/16",  # 6to4: an IPv4 address inside
        "2620:4f:8000::/48",
        "3fff::/20",
    )
)


def is_public(address: str | IPv4Address | IPv6Address) -> bool:
    """Whether a network address lies on the public internet; what cannot be read does not.

    IPv6 is allowed only in the one block given out for it, so mapped, compatible, NAT64, unique
    local, link-local and multicast addresses need no list of their own.
    """
    if isinstance(address, str):
        try:
            address = ip_address(address)
        except ValueError:
            return False
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _INSIDE_4)
    if address.scope_id is not None or address not in _OUTSIDE_6:
        return False
    return not any(address in network for network in _INSIDE_6)
