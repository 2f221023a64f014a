"""The composed ask: the applicant's own words first, nothing invented, a voice for each tie."""

from dataclasses import fields, replace
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vouchsafe.core.composing import (
    AskFacts,
    Due,
    Meeting,
    Method,
    Place,
    Purpose,
    Tie,
    Waiver,
    compose_ask,
    compose_brief,
)
from vouchsafe.core.composing.facts import Spoken
from vouchsafe.core.lint import check_ask

DUE = Due(date(2026, 10, 30), time(17), "Europe/London")
FULL = AskFacts(
    applicant="Maya Okafor",
    writer="Tomasz Zielinski",
    salutation="Tomasz",
    pronouns="she/her",
    tie=Tie.MANAGER,
    worked_together="in the yard at Fernway",
    worked_when="2021 to 2023",
    saw="moved the whole floor in one weekend",
    appreciation="I learnt more from your Monday walks through the yard than from any course",
    opportunity="programme analyst",
    institution="Harbour & Vale Trust",
    due=DUE,
    places=(Place("Harbour & Vale Trust", Method.READER_LINK, DUE),),
    points=("the stock count of 2022", "training three new people", "the night of the flood"),
    attachments=("my résumé", "the posting"),
    waiver=Waiver.WAIVED,
    own_words="I still think of the spring we rebuilt the north shelves.",
    met="in the yard on Monday",
    said="that you could write, if I sent you the dates",
)

words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=30)
names = words.filter(str.strip)
phrases = st.one_of(
    st.just(""), words, st.sampled_from(["in your team", "{x} of {}", "I ran it.", "It ended; "])
)


@st.composite
def any_facts(draw: st.DrawFn) -> AskFacts:
    due = draw(
        st.one_of(st.none(), st.builds(Due, st.dates(), st.none() | st.just(time(9, 5)), st.just("UTC")))
    )
    return AskFacts(
        applicant=draw(names),
        writer=draw(names),
        salutation=draw(phrases.filter(lambda said: not said.rstrip().endswith("("))),  # they said it so
        tie=draw(st.sampled_from(Tie)),
        purpose=draw(st.sampled_from(Purpose)),
        waiver=draw(st.none() | st.sampled_from(Waiver)),
        due=due,
        points=tuple(draw(st.lists(phrases, max_size=5))),
        attachments=tuple(draw(st.lists(phrases, max_size=3))),
        places=tuple(
            draw(st.lists(st.builds(Place, phrases, st.sampled_from(Method), st.just(due)), max_size=2))
        ),
        **{
            name: draw(phrases)
            for name in ("worked_together", "worked_when", "saw", "appreciation", "pronouns")
        },
        **{name: draw(phrases) for name in ("opportunity", "institution", "own_words", "met", "said")},
    )


@given(any_facts())
@settings(max_examples=150, deadline=None)
def test_ask_any_facts_composes_and_fills_every_place(facts: AskFacts) -> None:
    composed = compose_ask(facts)
    assert str(composed.subject)
    for part in composed.paragraphs:
        text = part if isinstance(part, str) else str(part)
        assert "!" not in (part.msgid if not isinstance(part, str) else "")
        assert text
        if "(" not in facts.greeting_name:  # a writer called `(` is greeted as `Dear (,`
            assert not text.endswith("(,")
        assert not text.endswith((": .", " ."))
    brief = compose_brief(facts)
    assert len(brief.to_say) == 3
    assert all(str(line) for line in (*brief.to_say, *brief.saw, *brief.next, brief.when_and_where))


def test_ask_full_facts_says_each_of_them() -> None:
    text = compose_ask(FULL).text()
    for said in (
        "Dear Tomasz,",
        FULL.own_words,
        FULL.met,
        FULL.said,
        FULL.appreciation,
        "in the yard at Fernway, 2021 to 2023",
        FULL.saw,
        "programme analyst (Harbour & Vale Trust)",
        "Friday 30 October 2026, 17:00 (London time)",
        "the night of the flood",
        "my résumé, the posting",
        "I have waived my right",
        "she/her",
        "feel free to say no",
        "strong letter",
    ):
        assert said in text, said
    assert text.endswith("Maya Okafor")


def test_ask_own_words_come_first_and_unchanged() -> None:
    words_given = "First para,\nwith a break…  and odd   spaces.\n\nSecond — with {braces}."
    composed = compose_ask(replace(FULL, own_words=words_given))
    assert composed.paragraphs[1:3] == tuple(words_given.split("\n\n"))


def test_ask_without_any_appreciation_leaves_a_marked_place_and_no_praise() -> None:
    bare = AskFacts(applicant="Ada", writer="Ben")
    text = compose_ask(bare).text()
    assert "[Write here one true thing you valued in working with Ben]" in text
    for flattery in ("wonderful", "great", "best", "admire", "inspir", "honour"):
        assert flattery not in text.lower()


@pytest.mark.parametrize("given", ["own_words", "met", "appreciation"])
def test_ask_with_an_opening_fact_leaves_no_marked_place(given: str) -> None:
    text = compose_ask(
        replace(AskFacts(applicant="Ada", writer="Ben"), **{given: "your Friday reviews"})
    ).text()
    assert "[" not in text


def test_ask_ties_speak_differently() -> None:
    texts = {compose_ask(replace(FULL, tie=tie)).text() for tie in Tie}
    assert len(texts) == len(Tie)
    assert "taught" in compose_ask(replace(FULL, tie=Tie.PROFESSOR)).text()
    assert "taught" not in compose_ask(replace(FULL, tie=Tie.PEER)).text()


def test_ask_full_facts_without_own_note_fits_a_phone() -> None:
    assert len(compose_ask(replace(FULL, own_words="")).text().split()) <= 220


@given(any_facts())
@settings(max_examples=100, deadline=None)
def test_ask_pronouns_change_only_their_own_line(facts: AskFacts) -> None:
    with_them = compose_ask(replace(facts, pronouns="they/them")).paragraphs
    without = compose_ask(replace(facts, pronouns="")).paragraphs
    assert [part for part in with_them if str(part) != "My pronouns are they/them."] == list(without)


def test_ask_more_points_than_three_keeps_three() -> None:
    text = compose_ask(replace(FULL, points=tuple(f"point {n}" for n in range(5)))).text()
    assert "point 2" in text
    assert "point 3" not in text


def test_ask_given_sentence_is_not_pressed_into_another() -> None:
    text = compose_ask(
        replace(FULL, worked_together="We shared a desk for two years", saw="You saw me fail first")
    ).text()
    assert "We shared a desk for two years." in text
    assert "(We" not in text
    assert "\n\nYou saw me fail first.\n\n" in text


def test_facts_purpose_pocket_without_opportunity_says_it_is_for_later() -> None:
    text = compose_ask(AskFacts(applicant="Ada", writer="Ben", purpose=Purpose.POCKET)).text()
    assert "keep for later" in text


def test_facts_every_text_field_is_used_in_the_full_case() -> None:
    unsaid = {
        "writer",
        "tie",
        "answer",
        "purpose",
        "meeting",
        "link",
        "channel",
        "meets_weekly",
        "last_asked_at",
        "now",
    }
    text = compose_ask(FULL).text()
    for field in fields(AskFacts):
        value = getattr(FULL, field.name)
        if field.name not in unsaid and isinstance(value, str):
            assert value in text, field.name


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (Due(date(2026, 3, 1)), "Sunday 1 March 2026"),
        (Due(date(2026, 3, 1), time(9, 5)), "Sunday 1 March 2026, 09:05"),
        (Due(date(2026, 3, 1), time(0), "America/New_York"), "Sunday 1 March 2026, 00:00 (New York time)"),
        (Due(date(2026, 3, 1), None, "UTC"), "Sunday 1 March 2026 (any time that day)"),
        (Due(date(2026, 3, 1), time(9, 5), "UTC"), "Sunday 1 March 2026, 09:05 (UTC)"),
        (Due(date(2026, 3, 1), None, "Europe/London"), "Sunday 1 March 2026 (London time)"),
    ],
)
def test_due_is_said_with_what_is_known(due: Due, said: str) -> None:
    assert str(due) == said


@pytest.mark.parametrize(
    ("word", "tie"), [("Supervisor", Tie.MANAGER), (" coach ", Tie.MENTOR), ("aunt", Tie.OTHER)]
)
def test_tie_of_a_plain_word_finds_its_voice(word: str, tie: Tie) -> None:
    assert Tie.of(word) is tie


def test_brief_full_facts_says_when_where_and_the_way_out() -> None:
    brief = compose_brief(replace(FULL, meeting=Meeting(Due(date(2026, 10, 15), time(14)), "Room 2.14")))
    assert str(brief.when_and_where) == "Thursday 15 October 2026, 14:00, Room 2.14"
    assert "say no" in str(brief.to_say[2])
    assert "the stock count of 2022" in brief.saw
    assert any("Friday 30 October" in str(item.answer) for item in brief.if_asked)


def test_brief_never_offers_to_write_the_letter() -> None:
    for tie in Tie:
        brief = compose_brief(replace(FULL, tie=tie))
        said = " ".join(str(item.answer) for item in brief.if_asked)
        assert "the words are yours" in said
        assert "draft" not in said.lower()


EVERYDAY = replace(FULL, own_words="", appreciation="", said="", met="on Monday 2 November")


@pytest.mark.parametrize("tie", Tie)
@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("known", [True, False])
def test_after_a_spoken_yes_the_mail_thanks_and_confirms_and_asks_nothing(
    tie: Tie, purpose: Purpose, known: bool
) -> None:
    facts = replace(EVERYDAY, tie=tie, purpose=purpose, answer=Spoken.YES)
    if not known:
        facts = replace(facts, opportunity="", institution="", due=None, places=(), met="")
    mail = compose_ask(facts)
    text = mail.text()
    assert text.split("\n\n")[1].startswith("Thank you for saying yes")
    assert "?" not in text
    assert "asking you" not in text
    assert "asks you" not in str(mail.subject)
    assert "[" not in text
    assert "tell me" in text
    if known:
        assert "Friday 30 October 2026" in text
        assert {finding.code for finding in check_ask(text, facts)} <= {"T05"}


@pytest.mark.parametrize("tie", Tie)
def test_after_a_maybe_the_mail_leaves_the_choice_open(tie: Tie) -> None:
    facts = replace(EVERYDAY, tie=tie, answer=Spoken.MAYBE)
    text = compose_ask(facts).text()
    assert "for thinking it over" in text
    assert "Would you feel able" in text
    assert "free to say no" in text
    assert check_ask(text, facts) == ()


def test_before_any_word_nobody_is_thanked_for_an_answer() -> None:
    text = compose_ask(replace(EVERYDAY, met="")).text()
    assert "saying yes" not in text
    assert "thinking it over" not in text
    assert "Would you feel able" in text


def test_the_brief_after_a_maybe_comes_back_to_it() -> None:
    assert "think about my letter" in str(compose_brief(replace(FULL, answer=Spoken.MAYBE)).to_say[1])


def test_the_brief_never_says_a_letter_for_a_post_is_for_later() -> None:
    unplaced = replace(FULL, places=(), institution="")
    answers = [str(one.answer) for one in compose_brief(unplaced).if_asked]
    assert not any("later" in answer for answer in answers)
    pocket = compose_brief(replace(unplaced, purpose=Purpose.POCKET))
    assert any("kept sealed for later" in str(one.answer) for one in pocket.if_asked)
