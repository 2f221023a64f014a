"""The contrasts the design promises, measured from the tokens themselves (WCAG 2 ratios)."""

from __future__ import annotations

import re
from math import cos, radians, sin
from pathlib import Path

import pytest

Rgb = tuple[float, float, float]

_PAIR = re.compile(r"--([\w-]+):\s*light-dark\(oklch\(([^)]+)\),\s*oklch\(([^)]+)\)\)")
_TONES = ("blue", "seal", "wait", "stop", "hush")
_GROUNDS = ("desk", "sheet", "well", "raised")

_SEVEN = [
    *(("ink", ground) for ground in (*_GROUNDS, *(f"{tone}-tint" for tone in _TONES))),
    ("on-blue", "blue"),
    ("on-blue", "blue-deep"),
    ("paper-ink", "paper"),
]
_TEXT = [
    *((text, ground) for text in ("ink-2", "ink-3") for ground in ("desk", "sheet", "well", "raised")),
    *((tone, ground) for tone in _TONES for ground in ("desk", "sheet", f"{tone}-tint")),
    ("blue", "raised"),
    ("blue", "well"),
    ("on-seal", "seal"),
    ("on-stop", "stop"),
    ("paper-ink-2", "paper"),
]
_SHAPES = [(shape, ground) for shape in ("line-firm", "focus") for ground in ("desk", "sheet", "well")]


def _rgb(oklch: str) -> Rgb:
    """OKLCH to linear sRGB, clipped into gamut as browsers show it."""
    lightness, chroma, hue = (float(part.rstrip("%")) for part in oklch.split())
    lightness /= 100
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    red, green, blue = (min(max(value, 0.0), 1.0) for value in linear)
    return red, green, blue


def _luminance(colour: Rgb) -> float:
    return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]


def _ratio(one: Rgb, other: Rgb) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.fixture(scope="module")
def tokens(ui: Path) -> dict[str, tuple[Rgb, Rgb]]:
    text = (ui / "static/ui/css/tokens.css").read_text()
    return {name: (_rgb(light), _rgb(dark)) for name, light, dark in _PAIR.findall(text)}


def test_conversion_of_known_colours_gives_known_ratios() -> None:
    white, black = _rgb("100% 0 0"), _rgb("0% 0 0")
    assert _ratio(white, black) == pytest.approx(21, abs=0.01)
    assert _ratio(_rgb("62.796% 0.25768 29.234"), white) == pytest.approx(4.0, abs=0.02)  # pure red


def test_tokens_file_defines_every_colour_once(ui: Path) -> None:
    names = [name for name, _, _ in _PAIR.findall((ui / "static/ui/css/tokens.css").read_text())]
    assert len(names) == len(set(names)) >= 27


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [
        *((t, g, 7.0) for t, g in _SEVEN),
        *((t, g, 4.5) for t, g in _TEXT),
        *((t, g, 3.0) for t, g in _SHAPES),
    ],
)
def test_contrast_of_a_pair_reaches_its_promise(
    tokens: dict[str, tuple[Rgb, Rgb]], text: str, ground: str, least: float, theme: int
) -> None:
    assert _ratio(tokens[text][theme], tokens[ground][theme]) >= least


_HUE = re.compile(r'\[data-hue="(\d+)"\] \{ (.*) \}')


def _hues(ui: Path) -> dict[int, dict[str, tuple[Rgb, Rgb]]]:
    text = (ui / "static/ui/css/hues.css").read_text()
    return {
        int(hue): {name: (_rgb(light), _rgb(dark)) for name, light, dark in _PAIR.findall(rules)}
        for hue, rules in _HUE.findall(text)
    }


def test_every_hue_an_institution_may_choose_keeps_the_contrast(
    ui: Path, tokens: dict[str, tuple[Rgb, Rgb]]
) -> None:
    hues = _hues(ui)
    assert set(hues) == set(range(190, 301, 10))
    for hue, own in hues.items():
        assert set(own) == {"blue", "blue-deep", "blue-tint"}
        for theme in (0, 1):
            blue, deep, tint = (own[name][theme] for name in ("blue", "blue-deep", "blue-tint"))
            assert _ratio(tokens["on-blue"][theme], blue) >= 7, hue
            assert _ratio(tokens["on-blue"][theme], deep) >= 7, hue
            assert _ratio(blue, tokens["desk"][theme]) >= 4.5, hue
            assert _ratio(blue, tint) >= 4.5, hue
            assert _ratio(tokens["ink"][theme], tint) >= 7, hue
