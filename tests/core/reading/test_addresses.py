"""Addresses: one mailbox in many disguises is seen, and two people are not taken for one."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vouchsafe.core.reading.addresses import MAX_LENGTH, addresses_in, normalise, parse_address, same_mailbox

ADA = "ada@example.org"
DISGUISES = [
    "ADA@EXAMPLE.ORG", "ada@example.org.", " ada@example.org\n", "Ada <ada@example.org>",
    '"Cleo <cleo@uni.edu>" <ada@example.org>', "<ada@example.org>", "'ada@example.org'", "[ada@example.org]",
    "mailto:ada@example.org", "mailto:%61da@example.org?subject=x", "ada+cleo@example.org", "ada+@example.org",
    '"ada"@example.org', '"a\\da"@example.org', "ada(cleo)@example.org", "ada@(uni)example.org",
    "(a (nested) comment) ada@example.org", "ada @ example . org", "ada@example.org (Cleo)",
    "ada%example.org@relay.net", "cleo%uni.edu%example.org@x.net, ada@example.org", "example.org!ada@relay.net",
    "a!b!example.org!ada@relay.net", "<@relay.net:ada@example.org>", "<@relay.net,@b.net:ada@example.org>",
    '"ada@example.org"@relay.net', "ada@example.org@relay.net", "SRS0=Hx=TT=example.org=ada@forward.net",
    "SRS1=Hx=a.net==Hy=TT=example.org=ada@b.net", "prvs=1234abcd=ada@example.org",
    "bounce+ada=example.org@lists.net", "cleo@uni.edu, ada@example.org", "cleo@uni.edu;ada@example.org",
    "cleo@uni.edu ada@example.org", "ada@example.org cleo@uni.edu", "Committee: cleo@uni.edu, ada@example.org;",
    "ａｄａ＠ｅｘａｍｐｌｅ．ｏｒｇ", "ada@example。org", "ada﹫example.org", "a\u200bda@example.org", "ada\u00ad@example.org",
    "ada@exam\u2060ple.org", "\u202eada@example.org", "a\ufe0fda@example.org", "\u0430da@example.org",
    "\u0430d\u0430@example.org", "ada@ex\u0430mple.org", "ada@xn--exmple-4nf.org", "ad\u03b1@example.org", "áda@example.org",
    "𝐚𝐝𝐚@example.org", "ⓐda@example.org", "write to ada@example.org", "ada+x+y@EXAMPLE.org.",
]  # fmt: skip


@pytest.mark.parametrize("disguise", DISGUISES)
def test_disguise_of_an_address_is_the_same_mailbox(disguise: str) -> None:
    assert same_mailbox(disguise, ADA)
    assert same_mailbox(ADA, disguise)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a.d.a@gmail.com", "ada+letters@googlemail.com"),
        ("ada-jobs@yahoo.co.uk", "ada@yahoo.co.uk"),
        ("jobs@ada.fastmail.com", "ada@fastmail.com"),
        ("ada_b.c@proton.me", "ada-bc@pm.me"),
        ("ada@me.com", "ada@icloud.com"),
        ("ada.b@yandex.com", "ada-b@ya.ru"),
        ("ada@münchen.de", "ada@xn--mnchen-3ya.de"),
        ("ada@[192.0.2.1]", "Ada@[192.0.2.1]"),
    ],
)
def test_provider_with_several_spellings_is_the_same_mailbox(one: str, other: str) -> None:
    assert same_mailbox(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (ADA, "ben@example.org"),
        (ADA, "ada@example.com"),
        (ADA, "ada@mail.example.org"),
        (ADA, "adam@example.org"),
        (ADA, '"ada@example.org" <cleo@uni.edu>'),
        ("a.da@uni.edu", "ada@uni.edu"),
        ("ada-b@uni.edu", "ada@uni.edu"),
        ("ada1@uni.edu", "adal@uni.edu"),
        ("+@x.org", "-@x.org"),
        ("...@gmail.com", "ben@gmail.com"),
        ("", ""),
        ("nobody", "nobody"),
    ],
)
def test_two_mailboxes_are_not_taken_for_one(one: str, other: str) -> None:
    assert not same_mailbox(one, other)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Ben.Ito@Example.ORG", "ben.ito@example.org"),
        ("B.E.N@googlemail.com", "ben@gmail.com"),
        ("ben+maths@uni.edu", "ben+maths@uni.edu"),
        ("ben@münchen.de", "ben@xn--mnchen-3ya.de"),
        ('"ben ito"@x.org', '"ben ito"@x.org'),
        ("Ben <ben@x.org>", "ben@x.org"),
        ("ben@x.org, cleo@x.org", None),
        ("ben@x.org@y.org", None),
        ("ben@localhost", None),
        ("ben@-x.org", None),
        ("ben@", None),
        ("@x.org", None),
        ("Ben", None),
    ],
)
def test_normalise_gives_the_one_key_or_none(text: str, kept: str | None) -> None:
    assert normalise(text) == kept


LOCALS = st.from_regex(r"[a-z][a-z0-9]{0,8}([._-][a-z0-9]{1,5})?", fullmatch=True)
DOMAINS = st.sampled_from(
    ["example.org", "uni.edu", "gmail.com", "proton.me", "yahoo.de", "münchen.de", "ya.ru"]
)
ADDRESSES = st.builds("{}@{}".format, LOCALS, DOMAINS)


@settings(max_examples=200, deadline=None)
@given(ADDRESSES, st.text("abc123", max_size=6), st.booleans(), st.booleans())
def test_tag_case_comment_and_name_never_hide_a_mailbox(
    address: str, tag: str, upper: bool, named: bool
) -> None:
    local, _, domain = address.partition("@")
    worn = f"{local}+{tag}@({tag}){domain}."
    worn = f"Cleo <{worn}>" if named else worn
    assert same_mailbox(worn.upper() if upper else worn, address)


@settings(max_examples=200, deadline=None)
@given(ADDRESSES, ADDRESSES)
def test_same_mailbox_is_symmetric_and_normalise_agrees(one: str, other: str) -> None:
    assert same_mailbox(one, one)
    assert same_mailbox(one, other) == same_mailbox(other, one)
    if normalise(one) == normalise(other):
        assert same_mailbox(one, other)
    key = normalise(one)
    assert key is not None
    assert normalise(key) == key


@settings(max_examples=200, deadline=None)
@given(st.from_regex(r"[a-zA-Z0-9_+=.-]{1,20}@[a-zA-Z0-9.-]{1,20}\.[a-zA-Z]{2,5}", fullmatch=True))
def test_everyday_address_is_read_as_the_careful_way_reads_it(address: str) -> None:
    assert addresses_in(address) == addresses_in(address + " ()")


PIECES = st.sampled_from(
    [
        *'@<>()[]",;:.+%!\\ =',
        "ada",
        "x.org",
        "mailto:",
        "xn--",
        "é",
        "\ud800",
        "\0",
        "srs0=",
        "%40",
        "％",
        "ß",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60) | st.lists(PIECES, max_size=25).map("".join))
@example("xn--a@xn--a.xn--")
@example("a@xn--\u0661.org")
def test_any_text_is_answered_and_what_is_parsed_reads_back(text: str) -> None:
    same_mailbox(text, ADA)
    for address in addresses_in(text):
        assert address.local
        assert address.domain.isascii()
    address = parse_address(text)
    if address is not None:
        assert same_mailbox(str(address), text)


def test_text_too_long_to_look_through_rules_nothing_out() -> None:
    assert same_mailbox("x" * (MAX_LENGTH + 1), ADA)
    assert parse_address(ADA + "," + " " * MAX_LENGTH) is None
