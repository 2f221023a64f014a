"""Tables: headers in seven languages, separators, broken rows, corrections, names a line, references."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vouchsafe.core.reading.contacts import (
    ColumnFieldNotKnown,
    ColumnNotFound,
    ContactsRead,
    EncodingNotKnown,
    Field,
    Kind,
    NoContactsFound,
    read_contacts,
)


def people(read: ContactsRead) -> list[tuple[str | None, tuple[str, ...]]]:
    return [(contact.name, contact.emails) for contact in read.contacts]


def problems(read: ContactsRead) -> list[str]:
    return [str(problem.where) for problem in read.problems]


HEADERS = {
    "English": "First Name,Last Name,Company,Job Title,E-mail Address",
    "German": "Vorname,Nachname,Firma,Position,E-Mail-Adresse",
    "German short": "Vorname,Name,Arbeitgeber,Funktion,Mail",
    "French": "Prénom,Nom,Société,Fonction,Adresse de messagerie",
    "French mail": "PRÉNOM,NOM DE FAMILLE,Entreprise,Poste,Courriel",
    "Spanish": "Nombre,Apellidos,Empresa,Cargo,Correo electrónico",
    "Italian": "Nome,Cognome,Azienda,Ruolo,E-mail",
    "Portuguese": "Nome,Sobrenome,Empresa,Cargo,E-mail",
    "Dutch": "Voornaam,Achternaam,Bedrijf,Functie,E-mailadres",
}


@pytest.mark.parametrize("language", HEADERS)
def test_header_in_its_language_is_understood(language: str) -> None:
    read = read_contacts(f"{HEADERS[language]}\nBen,Ito,Acme,Head,b@x.org\n".encode())
    (found,) = read.contacts
    assert (found.name, found.given, found.family) == ("Ben Ito", "Ben", "Ito")
    assert (found.organisation, found.title, found.emails) == ("Acme", "Head", ("b@x.org",))


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Nom", Field.NAME),
        ("Nombre completo", Field.NAME),
        ("Ansprechpartnerin", Field.NAME),
        ("E-mail 2 - Value", Field.EMAIL),
        ("WORK EMAIL", Field.EMAIL),
        ("Correo", Field.EMAIL),
        ("Email ID", Field.EMAIL),
        ("E-post", Field.EMAIL),
        ("E-mail Display Name", None),
        ("E-mail 1 - Type", None),
        ("Nom complet de l'adresse de messagerie", None),
        ("Mailing Street", None),
        ("LinkedIn-Profil", Field.PROFILE),
        ("Hochschule", Field.ORGANISATION),
        ("Notes", None),
    ],
)
def test_one_header_is_recognised_or_left_alone(header: str, field: Field | None) -> None:
    read = read_contacts(f"Vorname,{header},Telefon\nBen,x,1\n".encode())
    expected = Field.FAMILY if header == "Nom" else field  # beside a given name it is the family's
    assert read.columns[1].field == expected


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_separator_is_found(separator: str) -> None:
    rows = [["Name", "Email"], ["Ito, Ben; Dr.", "b@x.org"], ["Cleo", "c@x.org"]]
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    assert people(read_contacts(text.getvalue().encode())) == [
        ("Ito, Ben; Dr.", ("b@x.org",)),
        ("Cleo", ("c@x.org",)),
    ]


def test_separator_named_by_excel_is_obeyed_and_lines_still_count() -> None:
    read = read_contacts(b"sep=|\r\nName|Email\r\nBen, Ito|b@x.org\r\n")
    assert people(read) == [("Ben, Ito", ("b@x.org",))]
    assert read.contacts[0].where == 3


def test_outlook_title_is_a_form_of_address_beside_a_job_title() -> None:
    read = read_contacts(
        b"Title,First Name,Last Name,Job Title,E-mail Address,E-mail 2 Address\nDr.,Ben,Ito,Head,b@x.org,\n"
    )
    assert read.kind is Kind.OUTLOOK
    assert (read.contacts[0].name, read.contacts[0].title) == ("Dr. Ben Ito", "Head")


def test_german_form_of_address_is_left_away_and_the_degree_kept() -> None:
    read = read_contacts(
        b"Anrede;Titel;Vorname;Nachname;E-Mail\nFrau;Dr.;Eva;Li;e@x.org\nHerr;;Bo;Li;b@x.org\n"
    )
    assert [name for name, _ in people(read)] == ["Dr. Eva Li", "Bo Li"]


def test_address_inside_the_name_or_a_name_inside_the_address_is_taken_apart() -> None:
    read = read_contacts(b"Name,Email\nBen <b@x.org>,\nCleo @ Acme,c@x.org\nDana,Dana Li <d@x.org>\n")
    assert people(read) == [("Ben", ("b@x.org",)), ("Cleo @ Acme", ("c@x.org",)), ("Dana", ("d@x.org",))]


def test_google_cell_with_several_addresses_gives_all() -> None:
    read = read_contacts(b"First Name,Last Name,E-mail 1 - Value\nBen,Ito,b@x.org ::: b@y.org\n")
    assert read.kind is Kind.GOOGLE
    assert read.contacts[0].emails == ("b@x.org", "b@y.org")


def test_linkedin_member_who_hides_everything_is_reported() -> None:
    read = read_contacts(
        b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\n,,,,,,15 Jan 2024\n"
    )
    assert read.kind is Kind.LINKEDIN
    assert (read.contacts, problems(read)) == ((), ["line 2"])


def test_broken_rows_cost_themselves_alone() -> None:
    text = 'Name,Company,Email\nBen,Acme,b@x.org\nCleo,Acme, Inc.,c@x.org\n"Dana,Acme,d@x.org\n"Eve" Li,Acme,e@x.org\nFay,,f@x.org\n'
    read = read_contacts(text.encode())
    assert [name for name, _ in people(read)] == ["Ben", "Eve Li", "Fay"]
    assert problems(read) == ["line 3", "line 4"]


def test_quoted_line_breaks_keep_the_line_numbers_right() -> None:
    read = read_contacts(b'Name,Notes,Email\nBen,"one\ntwo\nthree",b@x.org\n,,\nCleo,,c@x.org\n')
    assert [(each.name, each.where) for each in read.contacts] == [("Ben", 2), ("Cleo", 6)]


def test_person_without_an_address_is_kept() -> None:
    read = read_contacts(b"Name,Email\nBen,\n")
    assert people(read) == [("Ben", ())]
    assert read.problems == ()


def test_header_without_rows_is_said() -> None:
    read = read_contacts(b"First Name,Last Name,Email Address\n")
    assert (read.contacts, problems(read)) == ((), ["the whole file"])


def test_guess_is_offered_with_samples_and_taken_back_corrected() -> None:
    data = b"Wer,Was,Wo,Email\nBen Ito,Head,Acme,b@x.org\n"
    read = read_contacts(data)
    assert [(c.key, c.header, c.field, c.samples) for c in read.columns] == [
        ("#1", "Wer", None, ("Ben Ito",)),
        ("#2", "Was", None, ("Head",)),
        ("#3", "Wo", None, ("Acme",)),
        ("#4", "Email", Field.EMAIL, ("b@x.org",)),
    ]
    corrected = read_contacts(
        data, mapping={**read.mapping, "#1": Field.NAME, "was": Field.TITLE, "Wo": Field.ORGANISATION}
    )
    (found,) = corrected.contacts
    assert (found.name, found.title, found.organisation, found.emails) == (
        "Ben Ito",
        "Head",
        "Acme",
        ("b@x.org",),
    )


def test_own_guess_taken_back_unchanged_changes_nothing() -> None:
    data = b"Vorname;Nachname;Mail\nBen;Ito;b@x.org\n"
    read = read_contacts(data)
    assert read_contacts(data, mapping=read.mapping) == read


def test_column_can_be_left_out() -> None:
    read = read_contacts(b"Name,Company,Email\nBen,Acme,b@x.org\n", mapping={"Company": Field.IGNORE})
    assert read.contacts[0].organisation is None


def test_mapping_of_an_unknown_column_or_field_is_refused() -> None:
    data = b"Name,Email\nBen,b@x.org\n"
    with pytest.raises(ColumnNotFound):
        read_contacts(data, mapping={"Nome": Field.NAME})
    with pytest.raises(ColumnNotFound):
        read_contacts(data, mapping={"#3": Field.NAME})
    with pytest.raises(ColumnFieldNotKnown):
        read_contacts(data, mapping={"Name": "nonsense"})  # type: ignore[dict-item]  # no field, as whoever calls may send


def test_table_without_header_is_read_by_its_contents() -> None:
    read = read_contacts(b"Ben,Ito,b@x.org,Acme\nCleo,Li,c@x.org,Initech\n")
    assert people(read) == [("Ben Ito", ("b@x.org",)), ("Cleo Li", ("c@x.org",))]
    read = read_contacts(
        b"1;Ben Ito;Acme;b@x.org\n2;Cleo Li;Initech;c@x.org\n", mapping={"#3": Field.ORGANISATION}
    )
    assert [each.organisation for each in read.contacts] == ["Acme", "Initech"]


def test_writing_can_be_named_where_the_guess_is_wrong() -> None:
    data = "Name,Email\nŁukasz,l@x.pl\n".encode("windows-1250")
    assert read_contacts(data).encoding == "windows-1252"
    assert read_contacts(data, encoding="windows-1250").contacts[0].name == "Łukasz"
    with pytest.raises(EncodingNotKnown):
        read_contacts(data, encoding="zip")


def test_names_pasted_one_a_line_are_read_in_any_shape() -> None:
    text = """Dr Amara Nwosu <a@x.org>
Ben Ito, b@x.org
- Cleo Ünsal
2. d@x.org
Eve (e@x.org)
"Fay, Gil" <f@x.org>; Hal <h@x.org>
i@x.org, j@x.org
https://example.org/page
"""
    read = read_contacts(text.encode())
    assert read.kind is Kind.NAMES
    assert people(read) == [
        ("Dr Amara Nwosu", ("a@x.org",)),
        ("Ben Ito", ("b@x.org",)),
        ("Cleo Ünsal", ()),
        (None, ("d@x.org",)),
        ("Eve", ("e@x.org",)),
        ("Fay, Gil", ("f@x.org",)),
        ("Hal", ("h@x.org",)),
        (None, ("i@x.org",)),
        (None, ("j@x.org",)),
    ]
    assert problems(read) == ["line 8"]


def test_references_of_a_resume_are_people() -> None:
    fresh = {
        "name": "Ben",
        "contact": [{"flavor": "email", "value": "b@x.org"}, {"flavor": "phone", "value": "1"}],
    }
    plain = {
        "name": "Cleo",
        "reference": "Splendid.",
        "company": "Acme",
        "position": "Head",
        "email": "c@x.org",
    }
    read = read_contacts(
        json.dumps({"basics": {}, "references": [fresh, plain, "Dana", {"name": 7}]}).encode()
    )
    assert read.kind is Kind.REFERENCES
    assert people(read) == [("Ben", ("b@x.org",)), ("Cleo", ("c@x.org",))]
    assert set(problems(read)) == {"entry 3", "entry 4"}
    with pytest.raises(NoContactsFound):
        read_contacts(b'{"references": []}')


WORDS = st.text(st.characters(categories=["L"]), min_size=1, max_size=8).filter(
    lambda word: word == word.strip()
)
CELLS = st.lists(
    WORDS | st.sampled_from(["Smith, Jr.", 'Bob "B" Li', "a;b", "x|y", "two\tparts", ""]),
    min_size=3,
    max_size=3,
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(CELLS, min_size=1, max_size=8),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["utf-8-sig", "utf-16"]),
)
def test_every_row_written_comes_back_or_is_reported(
    rows: list[list[str]], separator: str, encoding: str
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator)
    writer.writerow(["Name", "Company", "Email"])
    writer.writerows([name, company, f"{number}@x.org"] for number, (name, company, _) in enumerate(rows))
    read = read_contacts(text.getvalue().encode(encoding))
    assert read.problems == ()
    assert [each.emails for each in read.contacts] == [(f"{number}@x.org",) for number in range(len(rows))]
