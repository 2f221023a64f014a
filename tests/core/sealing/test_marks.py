from hypothesis import given, settings
from hypothesis import strategies as st

from vouchsafe.core.sealing import ListBlock, Paragraph, Run, blocks_from_marks, marks_from_blocks

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=8)


@st.composite
def runs(draw):
    """Runs as the editor makes them: neighbours differ in style, each begins and ends with a word."""
    out: list[Run] = []
    for _ in range(draw(st.integers(1, 4))):
        text = " ".join(draw(st.lists(words, min_size=1, max_size=4)))
        bold, italic = draw(st.sampled_from([(False, False), (True, False), (False, True), (True, True)]))
        if out and (out[-1].bold or out[-1].italic) == (bold or italic):
            bold = italic = False
            if not (out[-1].bold or out[-1].italic):
                continue
        out.append(Run(f" {text} " if not (bold or italic) and out else text, bold, italic))
    last = out[-1]
    out[-1] = Run(last.text.rstrip(), last.bold, last.italic)
    if not (out[0].bold or out[0].italic) and len(out) > 1:
        out[0] = Run(out[0].text + " ", False, False)
    return tuple(out)


def plain(text: str) -> Paragraph:
    return Paragraph((Run(text),))


@given(st.lists(runs(), min_size=1, max_size=4), st.booleans())
@settings(max_examples=150)
def test_marks_written_and_read_back_give_the_same_list(items, numbered):
    block = ListBlock(tuple(items), numbered)
    assert blocks_from_marks(marks_from_blocks([block])) == (block,)


@given(st.text(max_size=120))
@settings(max_examples=150)
def test_marks_no_visible_character_is_ever_lost(text):
    def visible(words: str) -> str:
        return "".join(
            c for c in words if not c.isspace() and c not in "*\\-•.)\u2060\x00" and not c.isdigit()
        )

    said = ""
    for block in blocks_from_marks(text):
        for item in block.items if isinstance(block, ListBlock) else [block.runs]:
            said += "".join(run.text for run in item)
    assert visible(said) == visible(text)


def test_marks_paragraphs_bold_and_italic_are_read():
    assert blocks_from_marks("Ada is **very *good* at** it.\n\nSecond.") == (
        Paragraph(
            (
                Run("Ada is "),
                Run("very ", bold=True),
                Run("good", True, True),
                Run(" at", bold=True),
                Run(" it."),
            )
        ),
        plain("Second."),
    )


def test_marks_that_do_not_close_stay_characters():
    assert blocks_from_marks("5 * 3 and *nothing") == (plain("5 * 3 and *nothing"),)
    assert blocks_from_marks("a* b *c") == (plain("a* b *c"),)


def test_marks_single_line_end_is_a_space_and_a_forced_one_a_line_break():
    assert blocks_from_marks("one\ntwo  \nthree") == (plain("one two\nthree"),)


def test_marks_lists_of_both_kinds_follow_a_paragraph():
    assert blocks_from_marks("She did:\n- this\n- that\n  and more\n1. first\n2) second\nThen stopped.") == (
        plain("She did:"),
        ListBlock(((Run("this"),), (Run("that and more"),))),
        ListBlock(((Run("first"),), (Run("second"),)), numbered=True),
        plain("Then stopped."),
    )


def test_marks_escaped_star_is_a_star():
    assert blocks_from_marks(r"\*not italic\*") == (plain("*not italic*"),)
