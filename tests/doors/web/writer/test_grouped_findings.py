"""Findings in the same words are shown once, with the number of their places."""

from __future__ import annotations

from vouchsafe.core.lint import LetterFacts, check_text
from vouchsafe.doors.web.writer.views.letters import _confirm, _grouped


def test_findings_in_the_same_words_are_said_once_with_their_number() -> None:
    text = "Dear all,\n\nI recommend Ada to you. He is kind. He is quick. He writes well.\n\nYours,\nBen\n"
    findings = list(check_text(text, LetterFacts(about="Ada", pronouns="she/her")))
    wrong = [finding for finding in findings if finding.code == "S03"]
    assert len(wrong) == 3
    grouped = _grouped(findings)
    assert [number for finding, number in grouped if finding.code == "S03"] == [3]
    assert sum(number for _, number in grouped) == len(findings)
    assert len(_confirm(findings)) == len({str(sentence) for sentence in _confirm(findings)})
