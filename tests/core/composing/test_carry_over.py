from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vouchsafe.core.composing.carry_over import carry_over

paragraphs = st.lists(st.sampled_from([f"Paragraph {n}." for n in range(12)]), unique=True, max_size=9)


def text(parts: list[str]) -> str:
    return "\n\n".join(parts)


@given(paragraphs, st.sets(st.integers(0, 8)), paragraphs)
def test_untouched_note_becomes_what_would_be_composed_now(
    before: list[str], dropped: set[int], extra: list[str]
) -> None:
    after = [part for n, part in enumerate(before) if n not in dropped]
    for n, part in enumerate(f"New {part}" for part in extra):
        after.insert(min(n * 2, len(after)), part)
    assert carry_over(text(before), text(before), text(after)) == text(after)


@given(paragraphs, paragraphs)
def test_note_is_unchanged_when_the_facts_are(note: list[str], composed: list[str]) -> None:
    assert carry_over(text(note), text(composed), text(composed)) == text(note)


@given(
    paragraphs, paragraphs, st.lists(st.text("abc xyz", min_size=1).map(str.strip).filter(bool), unique=True)
)
def test_own_paragraphs_stay_in_their_order(before: list[str], after: list[str], own: list[str]) -> None:
    note = [part for pair in zip(own, before, strict=False) for part in pair] + own[len(before) :]
    kept = carry_over(text(note), text(before), text(after)).split("\n\n")
    assert [part for part in kept if part in own] == own


def test_rewritten_paragraph_is_not_composed_again() -> None:
    note = "Dear Ben,\n\nMy own words.\n\nAda"
    assert carry_over(note, "Dear Ben,\n\nComposed.\n\nAda", "Dear Ben,\n\nComposed anew.\n\nAda") == note


def test_new_paragraph_follows_the_one_it_was_composed_behind() -> None:
    note = "Dear Ben,\n\nMine.\n\nI ask.\n\nAda"
    got = carry_over(note, "Dear Ben,\n\nI ask.\n\nAda", "Dear Ben,\n\nI ask.\n\n- A point\n\nAda")
    assert got == "Dear Ben,\n\nMine.\n\nI ask.\n\n- A point\n\nAda"


def test_handwritten_note_takes_a_new_paragraph_before_its_signature() -> None:
    assert (
        carry_over("Hello.\n\nAda", "x", "x\n\nI attach my résumé.") == "Hello.\n\nI attach my résumé.\n\nAda"
    )
