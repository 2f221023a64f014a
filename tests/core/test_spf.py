"""Whether an address may send: the terms of RFC 7208, its limits, and laws that hold for any record."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vouchsafe.core.spf import Records, Verdict, evaluate

HERE, HERE6 = "192.0.2.10", "2001:db8::10"


class _Names:
    """A table of names that counts what it is asked."""

    def __init__(
        self,
        texts: dict[str, str | list[str]],
        addresses: dict[str, list[str]] | None = None,
        exchangers: dict[str, list[str]] | None = None,
    ) -> None:
        self.texts, self.addresses, self.exchangers = texts, addresses or {}, exchangers or {}
        self.asked = 0

    def text(self, name: str) -> list[str]:
        self.asked += 1
        found = self.texts.get(name, [])
        return [found] if isinstance(found, str) else found

    def address(self, name: str) -> list[str]:
        return self.addresses.get(name, [])

    def exchanger(self, name: str) -> list[str]:
        return self.exchangers.get(name, [])

    def judge(self, address: str = HERE, domain: str = "d.example") -> Verdict:
        return evaluate(address, domain, Records(self.text, self.address, self.exchanger))


ADDRESSES = {"d.example": [HERE, HERE6], "mail.d.example": [HERE], "other.example": ["198.51.100.1"]}
EXCHANGERS = {"d.example": ["mail.d.example"], "other.example": ["other.example"]}


@pytest.mark.parametrize(
    ("record", "verdict"),
    [
        ("v=spf1 -all", "fail"),
        ("v=spf1 ~all", "softfail"),
        ("v=spf1 ?all", "neutral"),
        ("v=spf1", "neutral"),
        ("v=spf1 +all", "pass"),
        ("v=spf1 ip4:192.0.2.10 -all", "pass"),
        ("v=spf1 ip4:192.0.2.0/24 -all", "pass"),
        ("v=spf1 ip4:192.0.2.0/29 -all", "fail"),
        ("v=spf1 -ip4:192.0.2.10 +all", "fail"),
        ("V=SPF1 IP4:192.0.2.10 -ALL", "pass"),
        ("v=spf1 a -all", "pass"),
        ("v=spf1 a:other.example -all", "fail"),
        ("v=spf1 a:other.example/0 -all", "pass"),
        ("v=spf1 a/24//64 -all", "pass"),
        ("v=spf1 mx -all", "pass"),
        ("v=spf1 mx:other.example/32 -all", "fail"),
        ("v=spf1 exists:other.example -all", "pass"),
        ("v=spf1 exists:nobody.example -all", "fail"),
        ("v=spf1 include:in.example -all", "pass"),
        ("v=spf1 include:out.example -all", "fail"),
        ("v=spf1 redirect=in.example", "pass"),
        ("v=spf1 -all redirect=in.example", "fail"),
        ("v=spf1 exp=why.example x-note=hello ip4:192.0.2.10 -all", "pass"),
        ("v=spf1 include:nobody.example -all", "permerror"),
        ("v=spf1 redirect=nobody.example", "permerror"),
        ("v=spf1 redirect=in.example redirect=in.example", "permerror"),
        ("v=spf1 ip4:192.0.2.300 -all", "permerror"),
        ("v=spf1 ip4:2001:db8::1 -all", "permerror"),
        ("v=spf1 ip6:192.0.2.10 -all", "permerror"),
        ("v=spf1 a/33 -all", "permerror"),
        ("v=spf1 ipv4:192.0.2.10 -all", "permerror"),
        ("v=spf1 include: -all", "permerror"),
        ("v=spf1 all:d.example", "permerror"),
        ("v=spf1 exists:%{i}.d.example -all", "unclear"),
        ("v=spf1 ptr -all", "unclear"),
        ("v=spf1 ip4:192.0.2.10 ptr -all", "pass"),
        ("v=spf10 ip4:192.0.2.10 -all", "none"),
    ],
)
def test_record_is_read_as_the_standard_says(record: str, verdict: str) -> None:
    names = _Names(
        {"d.example": record, "in.example": "v=spf1 ip4:192.0.2.10 -all", "out.example": "v=spf1 -all"},
        ADDRESSES,
        EXCHANGERS,
    )
    assert names.judge() == verdict


def test_newer_address_is_compared_with_newer_ones() -> None:
    names = _Names({"d.example": "v=spf1 ip6:2001:db8::/32 -all"})
    assert (names.judge(HERE6), names.judge(HERE)) == (Verdict.PASS, Verdict.FAIL)
    assert _Names({"d.example": "v=spf1 a//64 -all"}, ADDRESSES).judge("2001:db8::ffff") == Verdict.PASS


def test_two_records_are_none() -> None:
    assert _Names({"d.example": ["v=spf1 -all", "v=spf1 +all"]}).judge() is Verdict.BROKEN
    assert _Names({"d.example": ["v=spf1 ip4:192.0.2.10", "something else"]}).judge() is Verdict.PASS


@pytest.mark.parametrize(("links", "verdict"), [(10, Verdict.PASS), (11, Verdict.BROKEN)])
def test_ten_look_ups_are_allowed_and_no_more(links: int, verdict: Verdict) -> None:
    texts: dict[str, str | list[str]] = {
        f"n{number}.example": f"v=spf1 include:n{number + 1}.example -all" for number in range(links)
    }
    texts[f"n{links}.example"] = "v=spf1 ip4:192.0.2.10 -all"
    assert _Names(texts).judge(domain="n0.example") is verdict


def test_three_look_ups_that_find_nothing_are_too_many() -> None:
    assert _Names({"d.example": "v=spf1 a:x.example a:y.example -all"}).judge() is Verdict.FAIL
    assert _Names({"d.example": "v=spf1 a:x.example a:y.example a:z.example -all"}).judge() is Verdict.BROKEN


def test_records_that_lead_to_each_other_end() -> None:
    names = _Names(
        {"d.example": "v=spf1 include:e.example -all", "e.example": "v=spf1 include:d.example -all"}
    )
    assert names.judge() is Verdict.BROKEN
    assert names.asked <= 11


_V4 = st.integers(0, 2**32 - 1).map(lambda number: str(ipaddress.IPv4Address(number)))


@settings(max_examples=150, deadline=None)
@given(_V4, _V4, st.integers(0, 32))
def test_address_within_a_network_passes_and_no_other(sender: str, network: str, bits: int) -> None:
    inside = ipaddress.ip_address(sender) in ipaddress.ip_network(f"{network}/{bits}", strict=False)
    for record in (f"ip4:{network}/{bits}", f"a:n.example/{bits}", f"mx:m.example/{bits}"):
        names = _Names(
            {"d.example": f"v=spf1 {record} -all"}, {"n.example": [network]}, {"m.example": ["n.example"]}
        )
        assert (names.judge(sender) is Verdict.PASS) is inside


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="v=spf1 -~?+:/%{}adilmnuxepc0123456789.\t", max_size=60))
def test_record_of_any_kind_gets_a_verdict(rest: str) -> None:
    names = _Names({"d.example": f"v=spf1 {rest}"}, ADDRESSES, EXCHANGERS)
    assert names.judge() in Verdict
    assert names.asked <= 11
