import re
from math import hypot
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vouchsafe.core.sealing import mini_seal_svg, rosette, seal_svg

digests = st.binary(min_size=32, max_size=32)
SVG = "{http://www.w3.org/2000/svg}"


def points(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", path)]


@given(digests)
def test_rosette_stays_inside_its_rim_and_outside_its_centre(digest):
    for (radius, low, spread), curve in zip(
        ((44, 0.10, 0.07), (34, 0.16, 0.12), (24, 0.14, 0.10)), rosette(digest), strict=True
    ):
        line = points(curve.path)
        assert len(line) == 240
        assert 6 <= curve.copies <= 9
        reach = radius * (1 + low + spread + 0.08) + 0.1
        assert all(radius * (1 - low - spread - 0.08) - 0.1 <= hypot(x, y) <= reach for x, y in line)


def test_rosette_of_nought_is_the_curve_of_the_specification():
    outer, middle, inner = rosette(bytes(32))
    # b = 0 everywhere: n = 7, a = low, n2 = 2n, a2 = .03, phase 0, six copies; at t = 0 both cosines are 1.
    assert points(outer.path)[0] == (round(44 * (1 + 0.10 + 0.03), 1), 0.0)
    assert points(middle.path)[0] == (round(34 * (1 + 0.16 + 0.03), 1), 0.0)
    assert points(inner.path)[0] == (round(24 * (1 + 0.14 + 0.03), 1), 0.0)
    assert outer.copies == 6
    assert outer.turn == pytest.approx(360 / 42)


@given(digests, st.integers(0, 17), st.integers(1, 255))
def test_picture_changes_with_any_of_its_bytes(digest, place, flip):
    other = bytearray(digest)
    other[place] ^= flip
    before, after = rosette(digest), rosette(bytes(other))
    ring = place // 6
    # Bytes count modulo something, so only a different count must look different.
    moduli = {0: 9, 2: 2, 5: 4}
    modulus = moduli.get(place % 6, 256)
    # φ runs from 0 to 2π, so its first and last value draw the same line.
    values = [value % 255 if place % 6 == 4 else value % modulus for value in (digest[place], other[place])]
    if values[0] != values[1] and modulus < 256:
        assert before[ring] != after[ring]
    assert [before[i] for i in range(3) if i != ring] == [after[i] for i in range(3) if i != ring]


@given(digests)
def test_picture_is_wellformed_and_says_what_it_is(digest):
    for draw in (seal_svg, mini_seal_svg):
        root = ElementTree.fromstring(draw(digest, "K7QM-42TX"))
        assert root.attrib["viewBox"] == "-58 -58 116 116"
        assert root.findtext(f"{SVG}title") == "The seal picture of letter K7QM-42TX"
    copies = sum(curve.copies for curve in rosette(digest))
    drawn = ElementTree.fromstring(seal_svg(digest, "K7QM-42TX"))
    assert len(drawn.findall(f".//{SVG}use")) == copies - 3


def test_picture_of_something_else_than_a_digest_is_an_error():
    with pytest.raises(ValueError, match="32 bytes"):
        rosette(b"short")
