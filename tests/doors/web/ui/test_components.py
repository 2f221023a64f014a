"""One name in macro and style; nothing inline; every icon drawn; budgets kept."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from jinja2 import Environment

from vouchsafe.doors.web.ui.stylesheet import joined

_WEB = Path(__file__).parents[4] / "src" / "vouchsafe" / "doors" / "web"
_TEMPLATES = sorted(_WEB.glob("*/jinja2/**/*.html"))


def _imports(css: Path) -> list[Path]:
    text = (css / "app.css").read_text()
    return [css / name for name in re.findall(r'@import url\("([^"]+)"\)', text)]


def test_every_macro_has_its_style_and_every_style_its_macro(ui: Path) -> None:
    macros = {path.stem for path in (ui / "jinja2/ui/components").glob("*.html")}
    styles = {path.stem for path in (ui / "static/ui/css/components").glob("*.css")}
    assert macros == styles


def test_macro_file_holds_a_macro_of_its_name_or_its_parts(env: Environment, ui: Path) -> None:
    for path in (ui / "jinja2/ui/components").glob("*.html"):
        module = env.get_template(f"ui/components/{path.name}").module
        names = [name for name in dir(module) if not name.startswith("_")]
        assert any(name == path.stem or path.stem in name or name in path.stem for name in names), path.name


def test_app_css_imports_every_file_once(ui: Path) -> None:
    css = ui / "static/ui/css"
    imported = _imports(css)
    assert len(imported) == len(set(imported))
    assert set(imported) == set(css.glob("**/*.css")) - {css / "app.css"}


def test_every_style_wraps_itself_in_a_layer(ui: Path) -> None:
    css = ui / "static/ui/css"
    declared = re.search(r"@layer ([^;{]+);", (css / "app.css").read_text())
    assert declared
    layers = {name.strip() for name in declared.group(1).split(",")}
    for path in _imports(css):
        if path.name == "fonts.css":
            continue
        outside = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
        used = re.findall(r"@layer (\w+) \{", outside)
        assert used, path.name
        assert set(used) <= layers, path.name


_PHYSICAL = re.compile(
    r"(?:^|[\s;{])(?:(?:margin|padding|border|inset)-(?:left|right|top|bottom)|border-(?:top|bottom)-(?:left|right)-radius"
    r"|left|right|top|bottom|width|height)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)|translateX\(|translate\s*:\s*(?!none)[^0;\s]\S*\s*[;}]"
)
_FOUR_SIDES = re.compile(
    r"\b(inset|margin|padding|border-(?:width|style|color)|scroll-(?:margin|padding))\s*:\s*([^;}]+)"
)
_VALUE = re.compile(r"(?:[\w-]*\([^()]*(?:\([^()]*\)[^()]*)*\)|[^\s()]+)")


def physical(style: str) -> list[str]:
    """What of a style would stay on its side where one reads from right to left."""
    bare = re.sub(r"/\*.*?\*/", "", style, flags=re.S)
    named = [found.group().strip() for found in _PHYSICAL.finditer(bare)]
    sided = [
        found.group()
        for found in _FOUR_SIDES.finditer(bare)
        if _is_lopsided(_VALUE.findall(found[2].strip()))
    ]
    return named + sided


def _is_lopsided(values: list[str]) -> bool:
    return len(values) == 4 and values[1] != values[3]


@pytest.mark.parametrize(
    ("style", "stays"),
    [
        ("a { margin: 1rem 2rem 0 0; }", 1), ("a { inset: 0 50% 0 0 }", 1), ("a { text-align: left }", 1), ("a { left: 0; }", 1),
        ("a { translate: 1rem; }", 1), ("a { border-top-left-radius: 2px }", 1), ("a { padding: 0 var(--a, 1px) 1px 2px }", 1),
        ("a { margin: 1rem 2rem 0 2rem; inset-inline: 0 50%; translate: 0 -200%; text-align: start }", 0),
    ],
)  # fmt: skip
def test_physical_direction_is_seen(style: str, stays: int) -> None:
    assert len(physical(style)) == stays


def test_style_measures_in_logical_directions_only(ui: Path) -> None:
    found = {path.name: physical(path.read_text()) for path in _imports(ui / "static/ui/css")}
    assert {name: said for name, said in found.items() if said} == {}


def test_style_within_its_budget() -> None:
    assert len(joined().compressed) <= 20_000


def _scripts(template: Path) -> set[str]:
    """What a template and all it extends or includes load of our own."""
    text = template.read_text()
    found = set(re.findall(r"ui/js/([\w-]+\.js)", text))
    for name in re.findall(r"{%-?\s*(?:extends|include)\s+\"([^\"]+)\"", text):
        found |= next(
            (_scripts(path) for path in _TEMPLATES if path.as_posix().endswith(f"jinja2/{name}")), set()
        )
    return found


def test_scripts_of_every_page_within_their_budget(ui: Path) -> None:
    sizes = {
        path.name: len(gzip.compress(path.read_bytes(), 9)) for path in (ui / "static/ui/js").glob("*.js")
    }
    loaded = {path: _scripts(path) for path in _TEMPLATES}
    assert set().union(*loaded.values()) == set(sizes)
    for path, names in loaded.items():
        assert sum(sizes[name] for name in names) <= 10_000, path


def test_first_view_fonts_within_their_budget(ui: Path) -> None:
    two = ("hanken-grotesk-latin-wght-normal.woff2", "source-serif-4-latin-opsz-normal.woff2")
    assert sum((ui / "static/ui/fonts" / name).stat().st_size for name in two) <= 160_000


def test_no_page_waits_for_a_font(ui: Path) -> None:
    """A preloaded face shares the line with the styles, and the browser holds the first words back for it."""
    assert [path.name for path in _TEMPLATES if 'rel="preload"' in path.read_text()] == []
    faces = re.findall(r"@font-face \{(.*?)\}", (ui / "static/ui/css/fonts.css").read_text(), re.DOTALL)
    assert [one for one in faces if "woff2" in one and "font-display: swap" not in one] == []


def test_every_face_has_its_file_and_its_licence(ui: Path) -> None:
    fonts = ui / "static/ui/fonts"
    named = set(re.findall(r"fonts/([\w-]+\.woff2)", (ui / "static/ui/css/fonts.css").read_text()))
    assert named == {path.name for path in fonts.glob("*.woff2")}
    licences = [path.stem.removeprefix("LICENSE-") for path in fonts.glob("LICENSE-*.txt")]
    assert all(any(name.startswith(licence) for licence in licences) for name in named)
    assert all("SIL Open Font License" in path.read_text() for path in fonts.glob("LICENSE-*.txt"))


@pytest.mark.parametrize("path", _TEMPLATES, ids=lambda path: str(path.relative_to(_WEB)))
def test_template_has_nothing_inline(path: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.S)
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"<style\b", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)


def test_every_symbol_used_is_in_the_sprite(ui: Path) -> None:
    symbols = set(re.findall(r'<symbol id="([\w-]+)"', (ui / "static/ui/icons/sprite.svg").read_text()))
    used: set[str] = set()
    for path in _TEMPLATES:
        text = path.read_text()
        used |= {f"icon-{name}" for name in re.findall(r"""\bicon\(["']([\w-]+)["']""", text)}
        used |= {f"icon-{name}" for name in re.findall(r"""icon_name=["']([\w-]+)["']""", text)}
        used |= set(re.findall(r"""sprite\(["']([\w-]+)["']\)""", text))
    used |= {f"envelope-{state}" for state in ("empty", "asked", "writing", "sealed")}
    assert {"mark", "icon-search", "stamp-lining"} <= used
    assert used <= symbols, used - symbols


def test_sprite_draws_by_attributes_alone(ui: Path) -> None:
    """Selectors do not cross into a symbol, and a strict policy forbids style in it."""
    text = (ui / "static/ui/icons/sprite.svg").read_text()
    assert "style=" not in text
    assert "<style" not in text
    assert "class=" not in text
