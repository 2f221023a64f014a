"""Everything we compose, for each tie and each state of the ask: what a thoughtful person would not send is not in it."""

from __future__ import annotations

import re
from datetime import date, time
from itertools import pairwise, product

import pytest

from vouchsafe.core.composing.ask import compose_ask
from vouchsafe.core.composing.brief import compose_brief
from vouchsafe.core.composing.closing import (
    Outcome,
    Stopped,
    compose_cancellation,
    compose_outcome,
    compose_thanks,
)
from vouchsafe.core.composing.composed import Composed
from vouchsafe.core.composing.facts import AskFacts, Due, Method, Place, Spoken, Tie, Waiver
from vouchsafe.core.composing.reminder import compose_reminder
from vouchsafe.core.lint import check_ask
from vouchsafe.core.lint.findings import Level

DUE = Due(date(2026, 10, 30), time(17), "Europe/London")
LONGEST_PARAGRAPH = 60
"""Words. About half a phone's screen."""
STATES = {
    "never asked": {},
    "did not meet": {"met": "", "meets_weekly": False},
    "maybe": {"met": "in the yard on Monday", "answer": Spoken.MAYBE},
    "yes": {"met": "in the yard on Monday", "answer": Spoken.YES},
}


def facts_of(tie: Tie, state: str, **more: object) -> AskFacts:
    plain: dict[str, object] = {
        "applicant": "Ada Marsh",
        "writer": "Tomasz Wilk",
        "salutation": "Dr Wilk",
        "worked_together": "in the survey team at Fernway",
        "worked_when": "2021 to 2023",
        "saw": "rebuilt the tide tables after the flood",
        "appreciation": "your Friday reviews, where no question was too small",
        "opportunity": "MSc Hydrology",
        "institution": "University of Turku",
        "due": DUE,
        "places": (Place("University of Turku", Method.PORTAL, DUE),),
        "points": ("the tide tables",),
        "attachments": ("résumé", "the posting"),
        "waiver": Waiver.WAIVED,
    }
    return AskFacts(**{**plain, "tie": tie, **STATES[state], **more})  # type: ignore[arg-type]  # of mixed types by name


EVERY = list(product((Tie.MANAGER, Tie.PROFESSOR, Tie.MENTOR, Tie.PEER), STATES))


def composed(facts: AskFacts) -> dict[str, Composed]:
    agreed = facts.answer is Spoken.YES
    return {
        "ask": compose_ask(facts),
        **{f"reminder {n}": compose_reminder(facts, n, agreed=agreed) for n in (1, 2, 3)},
        "thanks": compose_thanks(facts),
        **{f"outcome {one}": compose_outcome(facts, one) for one in Outcome},
        **{f"cancelled {one}": compose_cancellation(facts, one) for one in Stopped},
    }


@pytest.mark.parametrize(("tie", "state"), EVERY)
def test_nothing_composed_thanks_twice_in_a_row_or_says_a_sentence_twice(tie: Tie, state: str) -> None:
    for kind, mail in composed(facts_of(tie, state)).items():
        paragraphs = [str(part) for part in mail.paragraphs]
        thanking = [part.startswith("Thank you") for part in paragraphs]
        assert not any(one and two for one, two in pairwise(thanking)), kind
        sentences = re.findall(r"[^.?!]{12,}[.?!]", " ".join(paragraphs))
        assert len(sentences) == len(set(sentences)), kind
        assert all(len(part.split()) <= LONGEST_PARAGRAPH for part in paragraphs), kind
        assert "!" not in mail.text(), kind
        assert "[" not in mail.text(), kind


@pytest.mark.parametrize(("tie", "state"), EVERY)
def test_every_ask_names_its_date_and_destination_and_leaves_a_way_out(tie: Tie, state: str) -> None:
    facts = facts_of(tie, state)
    mails = composed(facts)
    assert str(DUE) in mails["ask"].text()
    assert "University of Turku" in mails["ask"].text()
    if facts.answer is Spoken.YES:
        assert "please tell me" in mails["ask"].text()
        return
    said = mails["ask"].text() + str(compose_brief(facts).to_say[2])
    assert said.count("feel free to say no") == 2
    assert "a short no is quite all right" in mails["reminder 3"].text()


@pytest.mark.parametrize(("tie", "state"), EVERY)
def test_our_own_asks_draw_no_more_than_notes_from_the_tact_lint(tie: Tie, state: str) -> None:
    facts = facts_of(tie, state)
    found = [one for one in check_ask(compose_ask(facts).text(), facts) if one.level is not Level.NOTE]
    assert [(one.code, str(one.sentence)) for one in found] == []


@pytest.mark.parametrize("tie", [Tie.MANAGER, Tie.PROFESSOR, Tie.MENTOR, Tie.PEER])
def test_brief_after_a_yes_does_not_ask_again(tie: Tie) -> None:
    brief = compose_brief(facts_of(tie, "yes"))
    assert "strong letter" not in " ".join(map(str, brief.to_say))
    assert len(brief.next) == 1
