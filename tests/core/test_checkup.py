from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vouchsafe.core.checkup import State, Texts, check_alignment, check_dkim, check_dmarc, check_spf

D = "letters.example.org"


def told(records: dict[str, Sequence[str]]) -> Texts:
    return lambda name: records.get(name, [])


@pytest.mark.parametrize(
    ("records", "state"),
    [
        ([], State.WRONG),
        (["google-site-verification=1"], State.WRONG),
        (["v=spf1 include:_spf.example.net -all"], State.FINE),
        (["v=spf1 ip4:192.0.2.1 ~all", "other"], State.FINE),
        (["v=spf1 -all", "v=spf1 mx -all"], State.WRONG),
        (["v=spf1 mx +all"], State.WRONG),
        (["v=spf1 mx all"], State.WRONG),
        (["v=spf1 mx"], State.LOOK),
        (["v=spf1 redirect=example.net"], State.FINE),
        (["v=spf10 -all"], State.WRONG),
    ],
)
def test_spf_record_is_judged_by_what_receivers_make_of_it(records: list[str], state: State) -> None:
    found = check_spf(D, told({D: records}))
    assert found.state is state
    assert (found.fix is None) is (state is State.FINE)


def test_spf_counts_the_look_ups_of_its_includes_and_survives_a_loop() -> None:
    many = " ".join(f"include:s{n}.example.net" for n in range(6))
    deep = {f"s{n}.example.net": ["v=spf1 a mx -all"] for n in range(6)}
    assert check_spf(D, told({D: [f"v=spf1 {many} -all"], **deep})).state is State.WRONG
    loop = {D: ["v=spf1 include:b.example -all"], "b.example": [f"v=spf1 include:{D} -all"]}
    assert check_spf(D, told(loop)).state is State.WRONG


def test_dkim_key_is_found_revoked_or_missing() -> None:
    name = f"s1._domainkey.{D}"
    assert check_dkim(D, ["s1"], told({name: ["v=DKIM1; k=rsa; p=MIIB"]}), guessed=False).state is State.FINE
    assert check_dkim(D, ["s1"], told({name: ["v=DKIM1; p="]}), guessed=False).state is State.WRONG
    assert check_dkim(D, ["s1"], told({}), guessed=False).state is State.WRONG
    assert check_dkim(D, ["s1"], told({}), guessed=True).state is State.LOOK


@pytest.mark.parametrize(
    ("records", "state"),
    [
        ({}, State.WRONG),
        ({f"_dmarc.{D}": ["v=DMARC1; p=reject"]}, State.FINE),
        ({f"_dmarc.{D}": ["v=DMARC1; p=none"]}, State.LOOK),
        ({f"_dmarc.{D}": ["v=DMARC1"]}, State.WRONG),
        ({f"_dmarc.{D}": ["v=DMARC1; p=none", "v=DMARC1; p=reject"]}, State.WRONG),
        ({"_dmarc.example.org": ["v=DMARC1; p=quarantine"]}, State.FINE),
        ({"_dmarc.example.org": ["v=DMARC1; p=reject; sp=none"]}, State.LOOK),
    ],
)
def test_dmarc_policy_is_the_domains_own_or_its_parents(
    records: dict[str, Sequence[str]], state: State
) -> None:
    assert check_dmarc(D, told(records)).state is state


def test_envelope_of_another_domain_needs_a_signature() -> None:
    assert check_alignment(D, "in.example.org", signs=False).state is State.FINE
    assert check_alignment(D, "bounces.example.net", signs=False).state is State.WRONG
    assert check_alignment(D, "bounces.example.net", signs=True).state is State.LOOK
    assert check_alignment("a.ac.uk", "b.ac.uk", signs=False).state is State.WRONG


@given(st.lists(st.text(max_size=40), max_size=3))
def test_whatever_stands_in_the_records_is_judged_and_nothing_breaks(records: list[str]) -> None:
    texts = told({D: records, f"_dmarc.{D}": records, f"s._domainkey.{D}": records})
    for found in (check_spf(D, texts), check_dmarc(D, texts), check_dkim(D, ["s"], texts, guessed=False)):
        assert str(found.what)
        assert (found.fix is None) is (found.state is State.FINE)
