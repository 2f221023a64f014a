"""vCards as programs write them: encodings, broken lines, groups, cards inside cards, cards cut short."""

from __future__ import annotations

import pytest

from vouchsafe.core.reading.contacts import (
    ColumnNotFound,
    ContactRead,
    ContactsRead,
    Field,
    Kind,
    read_contacts,
)


def card(*lines: str, version: str = "3.0", end: str = "\r\n") -> bytes:
    return (end.join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD"]) + end).encode()


def only(data: bytes) -> ContactRead:
    read = read_contacts(data)
    assert read.kind is Kind.VCARD
    assert read.problems == ()
    (contact,) = read.contacts
    return contact


def places(read: ContactsRead) -> list[str]:
    return [str(problem.where) for problem in read.problems]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\r\r\n"])
def test_card_with_any_line_end_is_read(end: str) -> None:
    found = only(card("N:Ito;Ben;;Dr.;", "FN:Ben Ito", "EMAIL:b@x.org", end=end))
    assert (found.name, found.given, found.family, found.emails) == ("Ben Ito", "Ben", "Ito", ("b@x.org",))


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b""), ("utf-16-be", b""), ("utf-16-le", b"\xff\xfe"),
     ("utf-16-be", b"\xfe\xff"), ("utf-32-le", b"\xff\xfe\0\0"), ("windows-1252", b"")],
)  # fmt: skip
def test_card_in_any_writing_keeps_its_accents(encoding: str, mark: bytes) -> None:
    assert only(mark + card("FN:José Nuñez").decode().encode(encoding)).name == "José Nuñez"


def test_each_field_of_an_old_card_may_name_its_own_writing() -> None:
    data = b"BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=windows-1251:\xc0\xed\xed\xe0\nORG;CHARSET=UTF-8:\xc3\x89cole\nEND:VCARD\n"
    found = only(data)
    assert (found.name, found.organisation) == ("Анна", "École")


def test_charset_that_is_no_writing_is_not_obeyed() -> None:
    assert only(card("FN;CHARSET=rot13:Ben", version="2.1")).name == "Ben"
    assert only(card("FN;CHARSET=unicode_escape:B\\\\x65n", version="3.0")).name == "B\\x65n"


def test_soft_breaks_join_and_a_dangling_one_swallows_nothing() -> None:
    lines = [
        "FN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:J=C3=BC=",
        "rgen=20M=C3=",
        "=BCller=",
        "EMAIL:j@x.org",
    ]
    found = only(card(*lines, version="2.1"))
    assert (found.name, found.emails) == ("Jürgen Müller", ("j@x.org",))


def test_fold_inside_a_letter_and_inside_parameters_is_joined() -> None:
    folded = (
        b"BEGIN:VCARD\nVERSION:3.0\nFN:Zo" + b"\xc3\n \xab Kr\nEMAIL;TYPE=INTER\n NET:z@x.org\nEND:VCARD\n"
    )
    found = only(folded)
    assert (found.name, found.emails) == ("Zoë Kr", ("z@x.org",))


def test_escapes_are_undone_and_guarded_separators_kept() -> None:
    found = only(card(r"N:van\;Dam;Jo\,An;;;", r"FN:Jo\, An\n van\\Dam", r"ORG:Smith\; Sons;Sales"))
    assert (found.family, found.given) == ("van;Dam", "Jo,An")
    assert (found.name, found.organisation) == ("Jo, An van\\Dam", "Smith; Sons")


def test_card_without_display_name_composes_one_without_the_salutation() -> None:
    assert only(card("N:Ito;Ben;K.;Mr.;PhD")).name == "Ben K. Ito PhD"
    assert only(card("N:Ito;Ben;;Prof.;")).name == "Prof. Ben Ito"
    assert only(card("N:;;;;", "NICKNAME:Benny")).name == "Benny"


def test_addresses_are_kept_once_and_without_their_scheme() -> None:
    found = only(
        card("item1.EMAIL;type=pref:b@x.org", "item2.EMAIL:mailto:c@x.org", "EMAIL:B@X.ORG", version="4.0")
    )
    assert found.emails == ("b@x.org", "c@x.org")


def test_profile_is_taken_from_networks_and_not_from_any_site() -> None:
    page = "https://www.linkedin.com/in/ben"
    assert only(card("FN:Ben", "URL:https://ben.example", f"URL:{page}")).profile == page
    assert only(card("FN:Ben", f"X-SOCIALPROFILE;type=linkedin:{page}")).profile == page
    assert only(card("FN:Ben", "URL:https://linkedin.com.evil.example/in/x")).profile is None


@pytest.mark.parametrize(
    "agent",
    [
        ["AGENT:", "BEGIN:VCARD", "FN:Assistant", "EMAIL:as@x.org", "END:VCARD"],
        ["AGENT:BEGIN:VCARD", "FN:Assistant", "EMAIL:as@x.org", "END:VCARD"],
        [r"AGENT:BEGIN:VCARD\nFN:Assistant\nEMAIL:as@x.org\nEND:VCARD\n"],
    ],
    ids=["after", "same line", "escaped"],
)
def test_card_inside_a_card_is_reported_and_never_mixed_in(agent: list[str]) -> None:
    read = read_contacts(card("FN:Ben", *agent, "EMAIL:b@x.org", version="2.1") + card("FN:Cleo"))
    assert [(each.name, each.emails) for each in read.contacts] == [("Ben", ("b@x.org",)), ("Cleo", ())]
    assert len(read.problems) == 1


def test_card_without_end_is_kept_and_the_next_begins_anew() -> None:
    read = read_contacts(b"BEGIN:VCARD\nFN:Ben\nBEGIN:VCARD\nFN:Cleo\n")
    assert [each.name for each in read.contacts] == ["Ben", "Cleo"]
    assert places(read) == ["line 3", "line 3"]


def test_stray_lines_and_silent_cards_are_reported_with_their_line() -> None:
    read = read_contacts(
        b"BEGIN:VCARD\nFN:Ben\nwhat is this\nEND:VCARD\nhello\nBEGIN:VCARD\nTEL:1\nEND:VCARD\n"
    )
    assert [each.name for each in read.contacts] == ["Ben"]
    assert sorted(places(read)) == ["line 3", "line 5", "line 6"]


def test_photograph_in_bare_lines_is_stepped_over() -> None:
    found = only(
        card("PHOTO;BASE64;TYPE=JPEG:", "/9j/4AAQSkZJRgABAQ", "BAgCAgICAgQDAg", "", "FN:Ben", version="2.1")
    )
    assert found.name == "Ben"


def test_mapping_for_a_card_is_refused() -> None:
    with pytest.raises(ColumnNotFound):
        read_contacts(card("FN:Ben"), mapping={"Name": Field.NAME})


def test_where_is_the_line_a_card_begins_on() -> None:
    assert [each.where for each in read_contacts(card("FN:Ben") + card("FN:Cleo")).contacts] == [1, 5]
