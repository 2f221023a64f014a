from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import RequestFactory
from pytest_django import Settings

from vouchsafe.doors.web.ui.stylesheet import joined, show_stylesheet


def test_joined_stylesheet_holds_every_file_in_order(ui: Path) -> None:
    text = joined().text.decode()
    css = ui / "static/ui/css"
    names = re.findall(r'@import url\("([^"]+)"\)', (css / "app.css").read_text())
    firsts = [
        next(
            line
            for line in (css / name).read_text().splitlines()
            if line.strip().startswith((".", "html", "@font", ":root", "*", "["))
        )
        for name in names
    ]
    places = [text.index(line) for line in firsts]
    assert places == sorted(places)
    assert "@import" not in text
    assert text.index("@layer reset, tokens") < places[0]


def test_joined_stylesheet_points_at_files_that_exist(settings: Settings) -> None:
    addresses = set(re.findall(r'url\("([^"]+)"\)', joined().text.decode()))
    assert len(addresses) > 15
    for address in addresses:
        assert address.startswith(settings.STATIC_URL)
        assert finders.find(address.removeprefix(settings.STATIC_URL)), address


@pytest.mark.parametrize(("digest", "kept"), [("current", "immutable"), ("0000", "max-age=60")])
def test_stylesheet_is_kept_for_a_year_only_under_its_own_digest(digest: str, kept: str) -> None:
    sheet = joined()
    name = sheet.digest if digest == "current" else digest
    plain = show_stylesheet(RequestFactory().get("/"), name)
    squeezed = show_stylesheet(RequestFactory().get("/", headers={"Accept-Encoding": "br, gzip"}), name)
    assert kept in plain["Cache-Control"]
    assert plain.content == gzip.decompress(squeezed.content) == sheet.text
    assert squeezed["Content-Encoding"] == "gzip"
    assert plain["Vary"] == "Accept-Encoding"
