import json
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vouchsafe.core.sealing.strokes import (
    MOST_POINTS,
    DrawingUnusable,
    drawn_svg,
    is_drawn,
    read_strokes,
)

HAND = [[[10, 40], [30, 10], [50, 60], [70, 20]], [[80, 30]]]
place = st.tuples(st.floats(0, 900), st.floats(0, 400))


@given(st.lists(st.lists(place, min_size=1, max_size=30), min_size=1, max_size=8))
def test_every_drawing_becomes_a_picture_that_is_known_again_and_holds_all_ink(drawn):
    drawn.append([(0.0, 0.0), (40.0, 40.0)])
    svg = drawn_svg(read_strokes(json.dumps(drawn)))
    assert is_drawn(svg)
    picture = ElementTree.fromstring(svg)
    width, height = (float(picture.attrib[side]) for side in ("width", "height"))
    figures = [
        float(word)
        for word in picture[0].attrib["d"].replace("M", "").replace("L", "").replace("Q", "").split()
    ]
    assert all(0 <= x <= width for x in figures[::2])
    assert all(0 <= y <= height for y in figures[1::2])


def test_same_strokes_give_the_same_picture():
    assert drawn_svg(read_strokes(json.dumps(HAND))) == drawn_svg(read_strokes(json.dumps(HAND)))


@pytest.mark.parametrize(
    "sent",
    [
        "", "[]", "[[]]", "{}", "7", "null", "not json", '[["a", "b"]]', "[[[1, 2, 3]]]", "[[[1, true], [90, 90]]]",
        "[[[0, 0], [NaN, 90]]]", "[[[0, 0], [1e400, 90]]]", "[[[0, 0], [90, 5000]]]", "[[[5, 5], [6, 6]]]",
        f"[[[0, 0], [{10**400}, 90]]]", "[" * 2000, json.dumps([[[0, 0]]] * 100), json.dumps([[[place % 90, 0] for place in range(MOST_POINTS + 1)]]),
    ],
)  # fmt: skip
def test_anything_but_a_drawing_is_refused(sent):
    with pytest.raises(DrawingUnusable):
        read_strokes(sent)


@pytest.mark.parametrize(
    "change",
    [
        (b"<path", b"<script/><path"), (b'stroke="#28408d"', b'stroke="url(http://x)"'), (b"</svg>", b"</svg> "),
        (b"M 2", b"M 2&#10;"), (b'viewBox="0', b'onload="x" viewBox="0'),
    ],
)  # fmt: skip
def test_picture_with_anything_else_in_it_is_not_a_drawing(change):
    svg = drawn_svg(read_strokes(json.dumps(HAND)))
    assert svg.replace(*change) != svg
    assert not is_drawn(svg.replace(*change))
