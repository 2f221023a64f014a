"""Own words, absence dates and bounces, beyond what the shared corpus holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from time import perf_counter

import pytest

from vouchsafe.core.reading.mail.absence import returns_on
from vouchsafe.core.reading.mail.classify import MailKind, classify
from vouchsafe.core.reading.mail.incoming import Incoming, Mailbox
from vouchsafe.core.reading.mail.marker import MARKERS, marker
from vouchsafe.core.reading.mail.markup import html_to_text
from vouchsafe.core.reading.mail.own_text import own_text

NOTE = Incoming(
    raw_digest="0",
    from_=(Mailbox("t@h.example"),),
    date=datetime(2026, 12, 14, 9, tzinfo=UTC),
    headers={"from": ("t@h.example",)},
)


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("I am away until 4 January.", date(2027, 1, 4)),
        ("I will be back on Monday, January 4, 2027.", date(2027, 1, 4)),
        ("Out of office from 14 December through 18 December.", date(2026, 12, 19)),
        ("Ich bin bis einschließlich 18.12.2026 nicht im Büro.", date(2026, 12, 19)),
        ("Ab dem 4. Januar bin ich wieder da.", date(2027, 1, 4)),
        ("Je serai de retour le 4 janvier.", date(2027, 1, 4)),
        ("Estaré fuera de la oficina hasta el 20 de diciembre.", date(2026, 12, 20)),
        ("Estou ausente até 20 de dezembro de 2026.", date(2026, 12, 20)),
        ("Sarò assente fino al 20 dicembre.", date(2026, 12, 20)),
        ("Ik ben afwezig tot 20 december.", date(2026, 12, 20)),
        ("Jestem na urlopie do 20 grudnia.", date(2026, 12, 20)),
        ("I am back on 2026-12-28.", date(2026, 12, 28)),
        ("I return on Friday.", date(2026, 12, 18)),
        ("I am away until 05/06/2027.", None),
        ("I am away until 25/12/2026.", date(2026, 12, 25)),
        ("I am away on 20 December.", None),
        ("I am out of the office Friday.", None),
        ("I was away until 1 December.", None),
        ("The meeting is on 20 December. I am out of office.", None),
        ("I am away until 31 February.", None),
        ("I am away for a while.", None),
    ],
)
def test_absence_note_gives_the_day_it_names_and_no_other(text: str, back: date | None) -> None:
    assert returns_on(replace(NOTE, text=text)) == back


@pytest.mark.parametrize("language", sorted(MARKERS))
def test_marker_in_every_language_cuts_even_where_the_quoting_is_unknown(language: str) -> None:
    quoted = f"{marker(language)}\n\nDear Tomasz,\n\nWould you write?\n"
    for reply in (
        f"Yes, gladly.\n\n2026年10月1日(木) 10:31 Maya Okafor <p@v.example>:\n\n{quoted}",
        f"Yes, gladly.\n\nMaya Okafor rašė 2026-10-01:\n> {quoted}",
        f"Yes, gladly.\n\n> *{marker(language)}*\n> Dear Tomasz",
    ):
        assert own_text(reply) == "Yes, gladly."


def test_letter_pasted_into_a_mail_keeps_its_closing_and_name() -> None:
    letter = "To whom it may concern,\n\nOn 3 May 2019 Maya wrote: nothing less than the best report.\n\nYours sincerely,\nTomasz Nowak"
    assert own_text(letter).endswith("Yours sincerely,\nTomasz Nowak")


def test_html_shows_what_a_person_sees() -> None:
    html = (
        "<style>p{}</style><p>One&nbsp;two<br>three</p><!-- <p>hidden</p> --><p style='display:none'>no</p>"
        "<ul><li>a</li><li>b</li></ul><blockquote>old<blockquote>older</blockquote></blockquote>"
    )
    assert html_to_text(html) == "One two\nthree\n\n- a\n- b\n\n> old\n>\n> > older"


def test_bounce_told_by_a_person_is_a_reply() -> None:
    told = replace(
        NOTE,
        text="Delivery failed: user unknown. Your mail to Ben could not be delivered.",
        subject="Undeliverable",
    )
    assert classify(told).kind is MailKind.REPLY


def test_same_words_from_a_mailer_daemon_are_a_bounce() -> None:
    text = "Your message could not be delivered:\n\n<ben@h.example>: 550 5.1.1 user unknown"
    mail = replace(NOTE, from_=(Mailbox("MAILER-DAEMON@h.example"),), text=text)
    found = classify(mail)
    assert (found.kind, found.recipients, found.status) == (MailKind.BOUNCE, ("ben@h.example",), "5.1.1")


@pytest.mark.parametrize(
    "subject", ["Automatic reply: A letter", "Automatische Antwort: Brief", "Réponse automatique : lettre", "Respuesta automática: carta",
                "Resposta automática: carta", "Risposta automatica: lettera", "Automatisch antwoord: brief",
                "Odpowiedź automatyczna: list", "Abwesenheitsnotiz", "Out of Office: Re: letter"]
)  # fmt: skip
def test_subject_of_an_absence_note_is_known_in_every_language(subject: str) -> None:
    assert classify(replace(NOTE, subject=subject)).kind is MailKind.AUTO_REPLY


@pytest.mark.parametrize(
    "subject", ["Re: Automatic reply systems", "Letter", "Out of ideas", "I: answer", "Absolutely"]
)
def test_subject_that_only_resembles_one_is_none(subject: str) -> None:
    assert classify(replace(NOTE, subject=subject, in_reply_to=("<1@v>",))).kind is MailKind.REPLY


@pytest.mark.parametrize(
    "text",
    ["On 2020-01-01 10:00 a@b.example x wrote y\n" * 5000, "_____\n" * 50_000, "-- \n" * 50_000, "a" * 300_000, "x@y " * 70_000,
     "1." * 100_000, "> " * 100_000, "From: x\n" * 40_000],
    ids=["attributions", "rules", "signatures", "one word", "addresses", "numbers", "quotes", "headers"],
)  # fmt: skip
def test_text_made_to_take_long_does_not(text: str) -> None:
    begun = perf_counter()
    own_text(text)
    classify(replace(NOTE, text=text, from_=(Mailbox("mailer-daemon@x.example"),)))
    assert perf_counter() - begun < 20


@pytest.mark.parametrize(
    "html", ["<" * 400_000, "<!--" * 100_000, "<a " * 200_000, "<div>" * 100_000 + "</div>" * 100_000]
)
def test_html_made_to_take_long_does_not(html: str) -> None:
    begun = perf_counter()
    html_to_text(html)
    assert perf_counter() - begun < 20
