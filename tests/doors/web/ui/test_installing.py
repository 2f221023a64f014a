"""What a phone or a tab is given: icons that are what the manifest says, and a dot only while it is your move."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image
from tests import factories
from tests.cast import Cast

from vouchsafe.asks.actions.make_link import make_link, token_of
from vouchsafe.asks.models import Link


def test_manifest_names_icons_of_the_sizes_it_says(ui: Path) -> None:
    folder = ui / "static/ui/icons"
    manifest = json.loads((folder / "app.webmanifest").read_text())
    sizes = {}
    for icon in manifest["icons"]:
        if icon["type"] == "image/png":
            with Image.open(folder / icon["src"]) as drawn:
                assert f"{drawn.width}x{drawn.height}" == icon["sizes"]
            sizes[icon["sizes"], icon.get("purpose", "any")] = (folder / icon["src"]).stat().st_size
        else:
            assert (folder / icon["src"]).exists()
    assert set(sizes) == {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")}
    assert sum(sizes.values()) < 20_000
    assert manifest["start_url"] == "/"
    assert manifest["display"] == "standalone"


def test_maskable_icon_keeps_its_drawing_inside_the_safe_circle(ui: Path) -> None:
    with Image.open(ui / "static/ui/icons/app-maskable-512.png") as drawn:
        plain = drawn.convert("RGB")
    ground = plain.getpixel((0, 0))
    outside = [
        (x, y) for x in range(0, 512, 8) for y in range(0, 512, 8) if (x - 256) ** 2 + (y - 256) ** 2 > 205**2
    ]
    assert {plain.getpixel(place) for place in outside} == {ground}


@pytest.mark.parametrize("path", ["/", "/help/keys", "/verify/"])
def test_page_links_manifest_and_icons_of_this_host_alone(cast: Cast, path: str) -> None:
    page = Client().get(path).content.decode()
    assert 'rel="manifest" href="/static/ui/icons/app' in page
    assert 'rel="apple-touch-icon" href="/static/' in page
    assert "favicon-your-move" not in page


def test_icon_of_the_tab_tells_applicant_and_writer_when_it_is_their_move(cast: Cast) -> None:
    ada = Client()
    ada.force_login(cast.ada)
    assert "favicon-your-move" in ada.get("/desk/").content.decode()
    assert "favicon-your-move" not in ada.get("/help/").content.decode()
    purpose = factories.make_purpose(cast.ben, factories.make_opportunity(cast.ada))
    assert "favicon-your-move" in ada.get(f"/asks/{purpose.request.key}/").content.decode()
    link = make_link(
        request=purpose.request, kind=Link.Kind.MAILED, mailbox="ben@writers.example", now=timezone.now()
    )
    ben = Client()
    page = ben.get(f"/r/{token_of(link)}").content.decode()
    assert "favicon-your-move" in page
    ben.post(f"/r/{token_of(link)}", {"act": "no"})
    assert "favicon-your-move" not in ben.get(f"/requests/{purpose.request.key}/").content.decode()


def test_keys_are_mapped_on_a_page_and_switched_off_everywhere(cast: Cast) -> None:
    visitor = Client()
    assert "Everything can be done by keyboard" in visitor.get("/help/keys").content.decode()
    assert "data-no-single-keys" not in visitor.get("/verify/").content.decode()
    assert visitor.post("/help/keys", {"keys": "off"})["Location"] == "/help/keys"
    assert "Single keys are off" in visitor.get("/help/keys").content.decode()
    for path in ("/verify/", "/help/"):
        assert "data-no-single-keys" in visitor.get(path).content.decode()
