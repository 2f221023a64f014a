"""Findings in the same words are shown once, and each of their places can be reached."""

from __future__ import annotations

from vouchsafe.core.lint import LetterFacts, check_text
from vouchsafe.doors.web.writer.marked import marked
from vouchsafe.doors.web.writer.views.letters import _confirm

TEXT = "Dear all,\n\nI recommend Ada to you. He is kind. He is quick.\n\nI met her in 2020. He writes well.\n\nYours,\nBen\n"


def test_findings_in_the_same_words_are_said_once_with_their_places() -> None:
    findings = list(check_text(TEXT, LetterFacts(about="Ada", pronouns="she/her")))
    wrong = [finding for finding in findings if finding.code == "S03"]
    assert len(wrong) > 1
    hints = marked(TEXT, findings).hints
    hint = next(hint for hint in hints if hint.finding.code == "S03")
    assert (hint.count, len(hint.places)) == (len(wrong), len(wrong))
    assert sum(one.count for one in hints) == len(findings)
    assert len(_confirm(findings)) == len({str(sentence) for sentence in _confirm(findings)})


def test_every_place_of_a_hint_is_marked_once_on_the_very_words() -> None:
    findings = list(check_text(TEXT, LetterFacts(about="Ada", pronouns="she/her")))
    shown = marked(TEXT, findings)
    anchors = [number for pieces in shown.paragraphs for piece in pieces for number in piece.places]
    assert sorted(anchors) == sorted({number for hint in shown.hints for number in hint.places})
    told = "".join(piece.text for pieces in shown.paragraphs for piece in pieces)
    assert told in TEXT
    begun = {number: piece.text for pieces in shown.paragraphs for piece in pieces for number in piece.places}
    spans = sorted({(one.start, one.end) for one in findings if one.end > one.start and one.code != "S19"})
    for number, (start, end) in enumerate(spans, 1):
        assert TEXT[start:end].startswith(begun[number]) or begun[number].startswith(TEXT[start:end])


def test_hint_about_something_missing_or_the_whole_letter_has_no_place() -> None:
    findings = list(check_text(TEXT, LetterFacts(about="Ada")))
    missing = [finding for finding in findings if finding.start == finding.end]
    whole = [finding for finding in findings if finding.code == "S19"]
    assert missing
    assert whole
    shown = {hint.finding.code: hint.places for hint in marked(TEXT, findings).hints}
    assert all(shown[finding.code] == () for finding in missing + whole)
