"""The key pages look as they were accepted; `ACCEPT_PICTURES=1 pytest tests/screens/test_pictures.py` accepts them anew.

Look at each new picture before it is committed: beside it, in `docs/pictures`, the same run writes those of the README.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageFilter
from playwright.sync_api import Browser
from tests.screens.comparing import differing, packed, reduced
from tests.screens.gathering import Screen
from tests.screens.picture_world import PictureWorld
from tests.screens.showing import Window, windows_in

pytestmark = pytest.mark.wide
ACCEPTED = Path(__file__).parent / "pictures"
SHOWN = Path(__file__).resolve().parents[2] / "docs/pictures"
ROOM = 1_500_000  # bytes of all accepted pictures together
HIGH = {1280: 1400, 390: 1500}
PAGES = ("desk", "plan", "people", "request", "safe", "ask", "editor", "sealed", "verify", "home")
BOTH = ("desk", "ask", "verify")  # at both widths in both themes
LOOKS = [
    *((name, width, dark) for name in PAGES for width, dark in ((1280, False), (390, True))),
    *((name, width, dark) for name in BOTH for width, dark in ((1280, True), (390, False))),
]
FOR_READERS = {"desk": 900, "ask": 1140, "plan": 1000, "verify": 1100, "editor": 900}
accepting = bool(os.environ.get("ACCEPT_PICTURES"))


def named(name: str, width: int, dark: bool) -> str:
    return f"{name}-{width}-{'dark' if dark else 'light'}.png"


@pytest.fixture(scope="module")
def window(chromium: Browser) -> Iterator[Window]:
    with windows_in(chromium, 1) as (only,):
        yield only


def taken(window: Window, screen: Screen, width: int, dark: bool, *, high: int = 0) -> bytes:
    window.dress(width=width, dark=dark, high=high or HIGH[width])
    window.show(screen)
    window.page.evaluate("document.fonts.ready")
    assert window.said == []
    assert window.missing == []
    return window.page.screenshot()


@pytest.mark.journey
def test_key_pages_look_as_they_were_accepted(db: None, window: Window, tmp_path: Path) -> None:
    other = []
    screens = PictureWorld().screens()
    for name, width, dark in LOOKS:
        seen, file = reduced(taken(window, screens[name], width, dark)), ACCEPTED / named(name, width, dark)
        if accepting:
            file.write_bytes(packed(seen))
        blocks = differing(Image.open(file), seen)
        if blocks:
            (tmp_path / file.name).write_bytes(packed(seen))
            other.append(f"{file.name} at {blocks[:6]}")
    assert other == [], f"what was seen lies in {tmp_path}"
    if accepting:
        for name, high in FOR_READERS.items():
            whole = Image.open(_file(tmp_path, taken(window, screens[name], 1280, False, high=high)))
            (SHOWN / f"{name}.png").write_bytes(packed(whole.convert("RGB"), 128))


def _file(folder: Path, content: bytes) -> Path:
    (folder / "whole.png").write_bytes(content)
    return folder / "whole.png"


CHANGES = (
    "--blue: oklch(45% 0.13 300)",
    "--desk: oklch(90% 0.02 80)",
    "--text-md: 1.2rem",
    "--s-4: 1.6rem",
)
PUT_ON = "said => { const put = new CSSStyleSheet(); put.replaceSync(`:root { ${said} }`); document.adoptedStyleSheets.push(put); }"


@pytest.mark.journey
def test_a_changed_token_is_seen(db: None, window: Window) -> None:
    """Another hue of the button, another ground, larger words, and wider gaps."""
    screen = PictureWorld().screens()["desk"]
    unseen = []
    for change in CHANGES:
        window.dress(width=1280, dark=False, high=HIGH[1280])
        window.show(screen)
        window.page.evaluate("document.fonts.ready")
        window.page.evaluate(PUT_ON, change)
        if not differing(
            Image.open(ACCEPTED / named("desk", 1280, False)), reduced(window.page.screenshot())
        ):
            unseen.append(change)
    assert unseen == []


@pytest.mark.skipif(accepting, reason="the pictures are being made")
@pytest.mark.parametrize("name", sorted(path.name for path in ACCEPTED.glob("*.png")))
def test_other_edges_are_let_pass_and_a_moved_line_is_not(name: str) -> None:
    accepted = Image.open(ACCEPTED / name).convert("RGB")
    assert differing(accepted, accepted.filter(ImageFilter.UnsharpMask(1, 60))) == []
    assert (
        differing(accepted, accepted.transform(accepted.size, Image.Transform.AFFINE, (1, 0, 0.5, 0, 1, 0.5)))
        == []
    )
    moved = accepted.copy()
    moved.paste(accepted.crop((0, 60, accepted.width, accepted.height - 8)), (0, 68))
    assert differing(accepted, moved)
    assert differing(accepted, accepted.crop((0, 0, accepted.width, accepted.height - 2)))


def test_pictures_are_those_of_the_list_and_stay_small() -> None:
    files = {path.name: path.stat().st_size for path in ACCEPTED.glob("*.png")}
    assert set(files) == {named(*look) for look in LOOKS}
    assert sum(files.values()) < ROOM
