"""What postings say about letters, and the near misses that only look like it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vouchsafe.core.reading.posting.letter_terms import LetterTerms, Stance, read_letter_terms

CASES: list[tuple[str, Stance | None, int | None]] = [
    # demanded
    ("Please submit two letters of recommendation.", "required", 2),
    ("Applications must include three (3) confidential letters of recommendation.", "required", 3),
    ("Two to three letters of reference are required.", "required", 2),
    ("A minimum of two academic references is required.", "required", 2),
    ("One letter of recommendation is required.", "required", 1),
    ("Please attach a letter of recommendation from your last employer.", "required", 1),
    ("Letters of recommendation from three referees should be emailed to us.", "required", 3),
    ("Arrange for two letters from people who know your work.", "required", 2),
    ("Have two referees upload letters through Interfolio.", "required", 2),
    ("Three letters of recommendation from professors, sent by your referees, are due 1 May.", "required", 3),
    ("Your application package consists of a CV, transcripts and 2 reference letters.", "required", 2),
    ("Required: CV, cover letter, letters of recommendation (2)", "required", 2),
    (
        "To apply, send us: CV; statement; four letters of\nrecommendation; and a writing sample.",
        "required",
        4,
    ),
    ("No fewer than two letters of recommendation are required.", "required", 2),
    ("You need at least three letters of recommendation.", "required", 3),
    ("Bitte fügen Sie zwei Empfehlungsschreiben bei.", "required", 2),
    ("Zwei Gutachten von Hochschullehrern sind einzureichen.", "required", 2),
    ("Erforderlich sind Lebenslauf, Zeugnisse und ein Referenzschreiben.", "required", 1),
    ("Veuillez joindre deux lettres de recommandation.", "required", 2),
    ("Le dossier comprend un CV et trois lettres de référence.", "required", 3),
    ("Se requieren dos cartas de recomendación.", "required", 2),
    ("Deben adjuntar tres cartas de referencia.", "required", 3),
    # demanded, though it sounds like a no
    ("Applications without two letters of recommendation will not be considered.", "required", 2),
    ("Applications with fewer than two letters of recommendation will be rejected.", "required", 2),
    ("Do not send a cover letter; two letters of recommendation are required.", "required", 2),
    ("Do not hesitate to apply, but two letters of recommendation must be included.", "required", 2),
    ("Two letters of recommendation, not older than 12 months, are required.", "required", 2),
    ("Please submit two letters of recommendation; they may not be from relatives.", "required", 2),
    ("No later than 1 May, two letters of recommendation must reach us.", "required", 2),
    ("Bewerbungen ohne zwei Empfehlungsschreiben werden nicht berücksichtigt.", "required", 2),
    # later
    ("Shortlisted candidates will be asked for three letters of recommendation.", "required_later", 3),
    ("Letters of recommendation will be requested from finalists.", "required_later", None),
    ("Reference letters may be requested at a later stage.", "required_later", None),
    ("Two letters of recommendation upon request.", "required_later", 2),
    ("In der engeren Auswahl werden zwei Empfehlungsschreiben verlangt.", "required_later", 2),
    # welcome
    ("Letters of recommendation are welcome.", "accepted", None),
    ("You may include up to two recommendation letters.", "accepted", None),
    ("Letters of recommendation are optional.", "accepted", None),
    ("CV, cover letter, letter of recommendation (optional).", "accepted", None),
    ("Letters of recommendation are not required but welcome.", "accepted", None),
    ("Attach letters of reference, if available.", "accepted", None),
    ("No more than three letters of recommendation may be submitted.", "accepted", None),
    ("Empfehlungsschreiben sind willkommen.", "accepted", None),
    ("Les lettres de recommandation sont facultatives.", "accepted", None),
    ("Puede adjuntar una carta de recomendación.", "accepted", None),
    # unneeded
    ("Letters of recommendation are not required.", "not_required", None),
    ("You do not need letters of recommendation.", "not_required", None),
    ("There is no need for reference letters.", "not_required", None),
    ("References are not required.", "not_required", None),
    ("Empfehlungsschreiben sind nicht erforderlich.", "not_required", None),
    ("Les lettres de recommandation ne sont pas nécessaires.", "not_required", None),
    ("No son necesarias cartas de recomendación.", "not_required", None),
    # unwanted
    ("Please do not send letters of recommendation.", "not_taken", None),
    ("We do not accept letters of recommendation.", "not_taken", None),
    ("Letters of recommendation will not be considered.", "not_taken", None),
    ("Letters of reference cannot be accepted.", "not_taken", None),
    ("No letters of recommendation, please.", "not_taken", None),
    ("Please refrain from sending reference letters.", "not_taken", None),
    ("Please send a CV but no reference letters.", "not_taken", None),
    ("Bitte keine Empfehlungsschreiben einsenden.", "not_taken", None),
    ("Les lettres de recommandation ne sont pas acceptées.", "not_taken", None),
    ("No se aceptan cartas de recomendación.", "not_taken", None),
    # not now
    ("No references at this stage.", "not_yet", None),
    ("Letters of recommendation are not required at this stage.", "not_yet", None),
    ("Please do not send letters of recommendation at this time.", "not_yet", None),
    ("Do not ask referees to send letters of recommendation until you are shortlisted.", "not_yet", None),
    ("Zunächst keine Empfehlungsschreiben beifügen.", "not_yet", None),
    ("Aucune lettre de recommandation à ce stade.", "not_yet", None),
    # only some ways, or only some of them
    ("We cannot accept letters of recommendation by fax; send them by email.", "accepted", None),
    ("Letters of recommendation sent by third parties will not be opened.", "accepted", None),
    ("We do not require letters of recommendation, but will gladly read any you send.", "accepted", None),
    ("Unsolicited letters of recommendation are discouraged.", "not_taken", None),
    ("No letter of recommendation is needed.", "not_required", None),
    ("Letters of recommendation: none.", "not_required", None),
    ("Letter(s) of recommendation required: 3", "required", 3),
    ("Une lettre de recommandation serait un plus.", "accepted", None),
    ("Your two referees will be sent a link to upload their letters.", "required", 2),
    ("Give the names of two referees who may be contacted for a reference letter.", "required_later", 2),
    ("List three references; letters will be solicited only for finalists.", "required_later", None),
    ("The committee reads every letter of recommendation.", "accepted", None),
    ("Please have two individuals familiar with your teaching send letters to the chair.", "required", 2),
    (
        "Letters of recommendation will only be requested of candidates under consideration.",
        "required_later",
        None,
    ),
    ("Reference letters received will not be forwarded to the committee.", "not_taken", None),
    # not about letters of recommendation at all
    ("Your work will include reviewing letters of recommendation submitted by applicants.", None, None),
    ("You will read letters of recommendation all day.", None, None),
    ("People like you write letters of motivation.", None, None),
    ("Send a cover letter and a letter of motivation.", None, None),
    ("Two letters of motivation are required.", None, None),
    ("Please submit a letter of intent and a letter of interest.", None, None),
    ("Quote reference number 1234 in your application.", None, None),
    ("You must draft the terms of reference.", None, None),
    ("Please quote the reference code. Reference: HR-22.", None, None),
    ("You must maintain our reference architecture and reference manual.", None, None),
    ("With reference to our preferences, please submit a letter.", None, None),
    ("You will write letters of recommendation for students.", None, None),
    ("Help prepare recommendation letters on behalf of the dean.", None, None),
    ("Interns receive a letter of recommendation upon completion.", None, None),
    ("You will receive a letter of recommendation at the end.", None, None),
    ("We offer a stipend and a letter of recommendation.", None, None),
    ("Sie erhalten am Ende ein Empfehlungsschreiben.", None, None),
    ("References available on request.", None, None),
    ("Please give the names of three referees.", None, None),
    ("Two professional references are required.", None, None),
    ("Anschreiben und Motivationsschreiben einreichen.", None, None),
    ("Une lettre de motivation est exigée.", None, None),
    ("Envíe una carta de presentación.", None, None),
    ("", None, None),
]


@pytest.mark.parametrize(("text", "stance", "need"), CASES, ids=[case[0][:60] or "nothing" for case in CASES])
def test_posting_s_words_give_its_terms(text: str, stance: Stance | None, need: int | None) -> None:
    terms = read_letter_terms(text)

    assert (terms.stance, terms.need) == (stance, need)


@pytest.mark.parametrize(("text", "stance", "need"), CASES[:-1], ids=[case[0][:60] for case in CASES[:-1]])
def test_terms_survive_company(text: str, stance: Stance | None, need: int | None) -> None:
    """The same words between other sentences say the same."""
    around = f"We are a library in Hull. You will care for 20 archives.\n\n{text}\n\nWe do not discriminate. Apply by 1 May."

    terms = read_letter_terms(around)

    assert (terms.stance, terms.need) == (stance, need)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Please give the names of three referees.", 3),
        ("Provide names and contact details for two professional references.", 2),
        ("References available on request.", None),
        ("Two references are required.", 2),
        ("Bitte nennen Sie zwei Referenzen.", 2),
    ],
)
def test_people_to_call_are_not_letters(text: str, named: int | None) -> None:
    terms = read_letter_terms(text)

    assert terms.referees
    assert terms.referees_named == named
    assert terms.referees_quote == text
    assert terms.stance is None


@pytest.mark.parametrize(
    ("text", "means", "address"),
    [
        ("Two letters of recommendation must be uploaded to our portal.", ("portal",), None),
        (
            "Letters of recommendation should be emailed to jobs@example.org.",
            ("mail",),
            "jobs@example.org",
        ),
        ("Two letters of recommendation are required. They should be sent by post.", ("post",), None),
        ("Two letters of recommendation are required. Upload your CV to the portal.", (), None),
        ("Questions? Write to ben@example.org. Letters of recommendation are welcome.", (), None),
        ("Zwei Empfehlungsschreiben sind per E-Mail zu senden.", ("mail",), None),
    ],
)
def test_way_of_arrival_is_read_when_it_is_said_of_letters(
    text: str, means: tuple[str, ...], address: str | None
) -> None:
    terms = read_letter_terms(text)

    assert (terms.means, terms.address) == (means, address)


def test_condition_is_noticed() -> None:
    assert read_letter_terms("Two letters of recommendation are required unless you are staff.").conditional
    assert not read_letter_terms("Two letters of recommendation are required.").conditional


def test_most_letters_taken_is_read() -> None:
    assert read_letter_terms("You may include up to two recommendation letters.").at_most == 2


def test_bare_list_item_is_a_demand_in_doubt() -> None:
    terms = read_letter_terms(
        "What we would like to see:\n- CV\n- Cover letter\n- Letters of recommendation\n"
    )

    assert terms.stance == "required"
    assert not terms.certain


def test_mention_in_passing_is_no_demand() -> None:
    terms = read_letter_terms(
        "Letters of recommendation tell our committee a great deal about who you are as a colleague."
    )

    assert terms.stance == "accepted"
    assert not terms.certain


def test_contradiction_is_answered_carefully() -> None:
    terms = read_letter_terms(
        "Two letters of recommendation are required. Letters of recommendation are not required for staff."
    )

    assert (terms.stance, terms.certain) == ("required", False)
    assert len(terms.quotes) == 2


def test_refused_now_and_asked_of_finalists_is_later() -> None:
    terms = read_letter_terms(
        "Please do not send letters of recommendation now. Finalists will be asked for two letters of recommendation."
    )

    assert (terms.stance, terms.need) == ("required_later", 2)


def test_wrapped_lines_are_one_sentence() -> None:
    text = "The complete application, which must reach us by 1 May, has a CV and three\nletters of recommendation."

    assert read_letter_terms(text).need == 3


@given(
    st.lists(st.sampled_from([case[0] for case in CASES]), max_size=6), st.sampled_from(["\n", "\n\n", " "])
)
@settings(max_examples=100, deadline=None)
def test_every_quote_stands_in_the_text(texts: list[str], between: str) -> None:
    text = between.join(texts)
    terms = read_letter_terms(text)
    flat = " ".join(text.split())

    for quote in (*terms.quotes, terms.referees_quote or ""):
        assert quote.removesuffix("…") in flat
    if terms.stance is not None:
        assert terms.quotes


@given(
    st.text(max_size=300)
    | st.lists(
        st.sampled_from(
            ["no", "not", "letters", "of", "recommendation", "two", "(", ")", ",", ".", "\n", "-", "if"]
        )
    ).map(" ".join)
)
@settings(max_examples=200, deadline=None)
def test_any_text_is_read(text: str) -> None:
    terms = read_letter_terms(text)

    assert isinstance(terms, LetterTerms)
    assert terms.need is None or 1 <= terms.need <= 10


@pytest.mark.parametrize(
    "scrap",
    [
        "without letters of recommendation ",
        "names, of letter, of recommendation ",
        "no references ",
        "1 2 3 ",
        "letters from ",
        "a\n",
        "- x ",
    ],
)
def test_long_hostile_text_is_read_soon(scrap: str) -> None:
    start = time.process_time()

    read_letter_terms(scrap * (200_000 // len(scrap)))

    assert time.process_time() - start < 5
