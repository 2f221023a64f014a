"""Plain text: what is really said, and nothing else."""

from __future__ import annotations

import pytest

from vouchsafe.core.reading.posting import PostingRead, read_pasted, read_posting


def pasted(text: str) -> PostingRead:
    return read_pasted(text).postings[0]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Job title: Archivist\n", "Archivist"),
        ("**Position:** Archivist (part time)", "Archivist (part time)"),
        ("Stellenbezeichnung: Archivarin", "Archivarin"),
        ("Intitulé du poste : Archiviste", "Archiviste"),
        ("Puesto: Archivera", "Archivera"),
        ("Archivist\n\nWe are looking for …", None),
        ("We seek an archivist.", None),
        ("Position: Archivist\nPosition: Registrar", None),
        ("The position: what you will do", None),
        ("---\ntitle: My holiday\ndate: 2026-01-01\n---\nNothing about work.", None),
        ("---\ntitle: Archivist\ntags:\n - jobs\n---\nCome to us.", "Archivist"),
    ],
)
def test_title_is_taken_only_from_a_label(text: str, title: str | None) -> None:
    assert pasted(text).title == title


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("Company: Hull Library", "Hull Library"),
        ("Employer: Hull Library\nMore", "Hull Library"),
        ("Unternehmen: Stadtbibliothek", "Stadtbibliothek"),
        ("Entreprise : Bibliothèque de Hull", "Bibliothèque de Hull"),
        ("Hull Library is hiring.", None),
        ("Our company loves books", None),
    ],
)
def test_company_is_taken_only_from_a_label(text: str, company: str | None) -> None:
    assert pasted(text).company == company


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("Deadline: 2026-09-01", "2026-09-01"),
        ("Application deadline: 1 September 2026, 17:00", "2026-09-01"),
        ("Closing date: Tuesday, 1st September 2026", "2026-09-01"),
        ("Please apply by **August 1, 2020**", "2020-08-01"),
        ("Applications must be received by September 1st, 2026.", "2026-09-01"),
        ("Applications close on 1 Sept. 2026", "2026-09-01"),
        ("The application deadline is 1 September 2026.", "2026-09-01"),
        ("Bewerbungsfrist: 31.08.2026", "2026-08-31"),
        ("Bewerben Sie sich bitte bis zum 31. August 2026", "2026-08-31"),
        ("Date limite de candidature : 31 août 2026", "2026-08-31"),
        ("Fecha límite: 31 de agosto de 2026", "2026-08-31"),
        ("Deadline: 2026-09-01\nPlease apply by 1 September 2026.", "2026-09-01"),
        ("Deadline: 01/09/2026", None),
        ("Deadline: 1 September", None),
        ("Deadline: 31 February 2026", None),
        ("Deadline: as soon as possible", None),
        ("There is no deadline: 2026-09-01 is when we start.", None),
        ("We start on 1 September 2026.", None),
        ("Founded on 1 September 1926, we meet every deadline.", None),
        ("Deadline: 1 September 2026\nDeadline: 1 October 2026", None),
        ("Posted 1 September 2026", None),
        ("Deadline: 17:00 CET on Tuesday 1 September 2026", "2026-09-01"),
        ("Deadline: extended to 1 September 2026", "2026-09-01"),
        ("Deadline: see the page of 1 September 2026", None),
        ("Apply by mail. Founded 1 May 1920.", None),
    ],
)
def test_deadline_is_taken_only_with_certainty(text: str, deadline: str | None) -> None:
    assert pasted(text).deadline == deadline


@pytest.mark.parametrize("text", ["Deadline: 01/09/2026", "Deadline: 1 September", "Closing date: 01.09."])
def test_doubtful_deadline_is_said(text: str) -> None:
    assert "fill in the deadline by hand" in str(read_pasted(text).problems[0].why)


def test_two_deadlines_are_said() -> None:
    read = read_pasted("Deadline: 1 September 2026\nDeadline: 1 October 2026")

    assert str(read.problems[0].why) == "The text names more than one deadline: 2026-09-01, 2026-10-01."


def test_pasted_text_is_kept_as_description() -> None:
    assert (
        pasted("Hello\n\n\n\nWrite to <ben@example.org>").description == "Hello\n\nWrite to <ben@example.org>"
    )


def test_text_file_that_says_nothing_gives_no_opening_but_its_words() -> None:
    read = read_posting(b"Dear all,\nthe typeof operator is fine.\n", name="note.txt")

    assert read.postings == ()
    assert "does not say which opening" in str(read.problems[0].why)
    assert read.text == "Dear all,\nthe typeof operator is fine."
