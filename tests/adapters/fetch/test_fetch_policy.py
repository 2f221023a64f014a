"""Hostile web addresses and inside network addresses: refused before anything is looked up."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vouchsafe.adapters.fetch import fetch_page
from vouchsafe.adapters.fetch.policy import accept, is_public
from vouchsafe.adapters.fetch.refusals import AddressNotAcceptable
from vouchsafe.core.words import Refusal

HOSTILE = [
    "",
    " ",
    "example.org",
    "//example.org/",
    "/etc/passwd",
    "file:///etc/passwd",
    "ftp://example.org/",
    "gopher://example.org:70/_x",
    "dict://example.org/",
    "data:text/html,hello",
    "javascript:alert(1)",
    "ws://example.org/",
    "ldap://example.org/",
    "jar:http://example.org/!/",
    "http:example.org",
    "http:/example.org",
    "http:///example.org",
    "http://",
    "https://?x",
    "https://#x",
    "httpſ://example.org/",
    "http://127.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://0/",
    "http://0.0.0.0/",
    "http://2130706433/",
    "http://017700000001/",
    "http://0177.0.0.1/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0x7F.1/",
    "http://127.0.0.0x1/",
    "http://0x/",
    "http://a.0x/",
    "http://127.0.0.1./",
    "http://10.0.0.1/",
    "http://192.168.0.1/",
    "http://172.16.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/",
    "http://8.8.8.8/",
    "http://999.999.999.999/",
    "http://1.2.3/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[fe80::1%25eth0]/",
    "http://[fd00::1]/",
    "http://[2606:4700::1111]/",
    "http://[v1.fe]/",
    "http://[::1/",
    "http://::1/",
    "http://localhost/",
    "http://LOCALHOST/",
    "http://localhost./",
    "http://app.localhost/",
    "http://intranet/",
    "http://printer.local/",
    "http://metadata.google.internal/",
    "http://router.lan/",
    "http://wiki.corp/",
    "http://box.home/",
    "http://box.home.arpa/",
    "http://1.0.0.127.in-addr.arpa/",
    "http://hidden.onion/",
    "http://x.test/",
    "http://x.invalid/",
    "http://api.default.svc/",
    "http://user@example.org/",
    "http://user:secret@example.org/",
    "http://example.org@127.0.0.1/",
    "http://example.org%40127.0.0.1/",
    "http://127.0.0.1%2f@example.org/",
    "http://@example.org/",
    "http://example.org:22/",
    "http://example.org:443/",
    "https://example.org:80/",
    "https://example.org:8443/",
    "https://example.org:0443/",
    "https://example.org:/",
    "https://example.org:443:443/",
    "https://example.org:-1/",
    "https://example.org:４４３/",
    "https://example.org./",
    "https://example..org/",
    "https://.example.org/",
    "https://-example.org/",
    "https://example-.org/",
    "https://exa mple.org/",
    "https://example.org\\@127.0.0.1/",
    "https:\\\\example.org/",
    "https://example.org\\.evil.org/",
    "https://example.org\t/",
    "https://exam\nple.org/",
    "https://example.org/\r\nHost: inside",
    "https://example.org/\x00",
    "https://example.org/a b",
    " https://example.org/",
    "https://example.org/ ",
    "https://exam%70le.org/",
    "https://example%2eorg/",
    "https://example。org/",
    "https://example．org/",
    "https://１２７.0.0.1/",
    "https://①②⑦.0.0.1/",
    "https://ⓔxample.org/",
    "https://loc\u00adalhost.org/",
    "https://exam\u200bple.org/",
    "https://example.org\u3000/",
    "https://\u202egro.elpmaxe/",
    "https://ﬁle.org/",
    "https://\u212aubernetes.org/",
    "https://" + "a" * 64 + ".org/",
    "https://" + "a." * 130 + "org/",
    "https://example.org/" + "a" * 2000,
    "https://example.org,127.0.0.1/",
    "https://example.org;127.0.0.1/",
    "https://*.example.org/",
    "https://{x}.example.org/",
    "https://xn--/",
]


def test_hostile_list_is_as_long_as_promised() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE)
    assert len(HOSTILE) >= 80


@pytest.mark.parametrize("url", HOSTILE, ids=[ascii(url)[:60] for url in HOSTILE])
def test_hostile_address_is_refused_without_a_single_look_up(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached: list[object] = []

    def hook(*args: object, **kwargs: object) -> None:
        reached.append(args)
        raise AssertionError("the network was reached")

    for name in ("connect", "connect_ex", "sendto", "sendall"):
        monkeypatch.setattr(socket.socket, name, hook)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, hook)

    with pytest.raises(AddressNotAcceptable) as raised:
        fetch_page(url)

    assert reached == []
    assert str(raised.value.sentence).startswith("This is not a web address we fetch: ")
    assert "give us the file instead" in str(raised.value.hint)


@pytest.mark.parametrize(
    ("url", "understood"),
    [
        ("https://example.org", "https://example.org/"),
        ("HTTPS://Example.ORG/Jobs?id=7#top", "https://example.org/Jobs?id=7"),
        ("http://example.org:80/", "http://example.org/"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("https://example.org?x=1", "https://example.org/?x=1"),
        ("https://jobs.example.co.uk/a/%20b", "https://jobs.example.co.uk/a/%20b"),
        ("https://example.org/caf\u00e9?q=\u00fc|{x}", "https://example.org/caf%C3%A9?q=%C3%BC%7C%7Bx%7D"),
        ("https://m\u00fcller.example.org/", "https://xn--mller-kva.example.org/"),
        ("https://a_b.example.org/", "https://a_b.example.org/"),
        ("https://1password.com/jobs", "https://1password.com/jobs"),
        ("https://0x10c.com/", "https://0x10c.com/"),
        ("https://example.org/a@b:c", "https://example.org/a@b:c"),
    ],
)
def test_ordinary_address_is_accepted_as_understood(url: str, understood: str) -> None:
    assert accept(url).url == understood


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "100.100.100.200", "100.127.255.255", "127.0.0.1", "127.255.255.254", "168.63.129.16",
        "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.255.255",
        "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.7", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1", "100::1",
        "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:2::1", "2001:10::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::",
        "2002:808:808::1", "3fff::1", "5f00::1", "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0", "2606:4700::1%eth0", "fec0::1",
        "ff02::1", "ff0e::1", "", "x", "127.1", "0x7f.0.0.1", "1.2.3.4 ", "::ffff:0:127.0.0.1",
    ],
)  # fmt: skip
def test_inside_address_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "8.8.8.8", "93.184.216.34", "100.63.255.255", "100.128.0.0", "172.32.0.0", "2606:4700::1111", "2a00:1450:4001::1", "2001:4860:4860::8888"])  # fmt: skip
def test_outside_address_is_public(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
@settings(max_examples=200)
def test_public_v4_is_never_what_the_standard_library_calls_inside(address: IPv4Address) -> None:
    if is_public(address):
        assert address.is_global
        assert not address.is_multicast
        assert not address.is_reserved


@given(st.ip_addresses(v=6))
@settings(max_examples=200)
def test_public_v6_carries_no_other_address(address: IPv6Address) -> None:
    if is_public(address):
        assert address.is_global
        assert address.ipv4_mapped is None
        assert address.sixtofour is None
        assert address.teredo is None


@given(st.ip_addresses(v=4))
@settings(max_examples=100)
def test_v4_inside_v6_is_never_public(address: IPv4Address) -> None:
    number = int(address)
    for high in ("::ffff:0:0", "::", "64:ff9b::"):
        assert not is_public(IPv6Address(int(IPv6Address(high)) + number))
    assert not is_public(IPv6Address((0x2002 << 112) + (number << 80)))


PIECES = st.lists(
    st.sampled_from(["http", "https", "://", ":", "/", "@", "127.0.0.1", "localhost", "example.org", ".", "%2e", "\\", "[", "]", "::1", "0x7f", "?", "#", "80", "ß", "。", "\t"]),
    max_size=8,
).map("".join)  # fmt: skip


@given(PIECES | st.text(max_size=40).map("https://".__add__))
@settings(max_examples=200)
def test_accepted_address_reads_the_same_to_everyone(url: str) -> None:
    from urllib.parse import urlsplit

    try:
        target = accept(url)
    except Refusal:
        return
    again = urlsplit(target.url)
    assert (again.scheme, again.hostname, again.port, again.username) == (
        target.scheme,
        target.host,
        None,
        None,
    )
    assert target.url.isascii()
    assert not any(each in target.url for each in "\r\n\t \\")
    assert accept(target.url) == target
