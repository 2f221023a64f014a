from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vouchsafe.core.sealing import (
    Addition,
    Evidence,
    Known,
    Outcome,
    SenderProof,
    SignatureState,
    Standing,
    judge,
)

SOUND = Evidence(
    known=Known.SEALED_FILE,
    signature=SignatureState.SOUND_AND_OURS,
    addition=Addition.NOTHING,
    manifest_sound=True,
    standing=Standing.CURRENT,
    sender=SenderProof.MAILED_CODE,
    number="K7QM-42TX",
    writer="Ben Ortiz",
)

evidences = st.builds(
    Evidence,
    known=st.sampled_from(Known),
    signature=st.sampled_from(SignatureState),
    addition=st.sampled_from(Addition),
    manifest_sound=st.sampled_from([True, False, None]),
    standing=st.sampled_from([*Standing, None]),
    sender=st.sampled_from(SenderProof),
    carries_our_mark=st.booleans(),
    reachable=st.booleans(),
)


def test_nothing_was_added_to_a_copy_that_is_known_by_its_bytes():
    for known in (Known.READING_COPY, Known.CONFORMING_COPY):
        told = judge(replace(SOUND, known=known, addition=Addition.NOT_CHECKED)).addition
        assert told.good
        assert "this copy" in str(told.sentence)


def test_verdict_on_the_sealed_file_is_genuine_with_four_answers():
    verdict = judge(SOUND)
    assert verdict.outcome is Outcome.GENUINE
    assert [a.good for a in (verdict.known, verdict.signature, verdict.addition, verdict.sender)] == [
        True
    ] * 4
    assert "Ben Ortiz" in str(verdict.sender.sentence)
    assert "keyboard" in str(verdict.sender.sentence)


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({"known": Known.NOT_THESE_BYTES}, Outcome.CHANGED),
        ({"known": Known.NOTHING}, Outcome.NOT_FOUND),
        ({"known": Known.NOTHING, "carries_our_mark": True}, Outcome.CHANGED),
        ({"known": Known.READING_COPY, "signature": SignatureState.NONE}, Outcome.GENUINE),
        ({"known": Known.CONFORMING_COPY, "signature": SignatureState.NONE}, Outcome.GENUINE),
        ({"known": Known.NUMBER_ONLY, "signature": SignatureState.NOT_CHECKED}, Outcome.GENUINE),
        ({"known": Known.NUMBER_ONLY, "standing": Standing.WITHDRAWN}, Outcome.WITHDRAWN),
        ({"standing": Standing.REPLACED}, Outcome.REPLACED),
        ({"standing": Standing.WITHDRAWN}, Outcome.WITHDRAWN),
        ({"standing": Standing.WITHDRAWN, "signature": SignatureState.BROKEN}, Outcome.CHANGED),
        ({"addition": Addition.SOMETHING}, Outcome.CHANGED),
        ({"signature": SignatureState.NOT_OURS}, Outcome.CHANGED),
        ({"manifest_sound": False}, Outcome.CHANGED),
        ({"manifest_sound": None}, Outcome.NOT_CHECKABLE),
        ({"standing": None}, Outcome.NOT_CHECKABLE),
        ({"reachable": False}, Outcome.NOT_CHECKABLE),
        ({"known": Known.NOT_ASKED}, Outcome.NOT_CHECKABLE),
    ],
)
def test_verdict_bottom_line_follows_the_evidence(change, outcome):
    verdict = judge(replace(SOUND, **change))
    assert verdict.outcome is outcome
    assert verdict.is_sound is (outcome is Outcome.GENUINE)


@given(evidences)
def test_verdict_is_genuine_only_if_nothing_speaks_against_it(evidence):
    verdict = judge(evidence)
    if verdict.outcome is Outcome.GENUINE:
        assert evidence.reachable
        assert evidence.manifest_sound is True
        assert evidence.standing is Standing.CURRENT
        assert verdict.known.good is not False
        assert verdict.signature.good is not False
        if evidence.known is Known.SEALED_FILE:
            assert verdict.addition.good is not False


@given(evidences)
def test_verdict_never_calls_a_sound_current_letter_changed(evidence):
    clean = replace(
        evidence,
        known=Known.SEALED_FILE,
        signature=SignatureState.SOUND_AND_OURS,
        addition=Addition.NOTHING,
        manifest_sound=True,
        standing=Standing.CURRENT,
        reachable=True,
    )
    assert judge(clean).outcome is Outcome.GENUINE


def test_verdict_every_sentence_is_filled_for_every_answer():
    for known, signature, addition, sender in product(Known, SignatureState, Addition, SenderProof):
        verdict = judge(replace(SOUND, known=known, signature=signature, addition=addition, sender=sender))
        for answer in (verdict.known, verdict.signature, verdict.addition, verdict.sender):
            assert "{" not in str(answer.sentence)
            assert str(answer.sentence).endswith(".")
        assert "{" not in str(verdict.bottom_line)
