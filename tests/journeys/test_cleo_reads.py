"""Cleo, the reader: from the link in her mail to letters read, kept and checked, until Ada ends it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from playwright.sync_api import expect
from tests.cast import Cast
from tests.factories import make_contact, make_opportunity
from tests.journeys.conftest import Person, Post
from tests.sealing import CANARY, make_packet_of, make_reader, make_sealed

from vouchsafe.letters.actions.read_open import read_open
from vouchsafe.letters.models import Seal
from vouchsafe.packets.models import Viewing

pytestmark = pytest.mark.journey
ADDRESS = "cleo@readers.example"


@pytest.fixture
def letters(world: Cast) -> tuple[Seal, Seal]:
    """Dora's, which Ada may read, and Ben's, which she may not."""
    opportunity = make_opportunity(world.ada, deadline_on=None)
    dora = make_contact(world.ada, "Dora Lindqvist")
    shown = make_sealed(dora, opportunity, text="Ada rebuilt the returns report in four days.")
    waived = make_sealed(world.ben, opportunity, confidentiality="waived")
    make_reader(make_packet_of(waived, opportunity=opportunity), "Gil Amado", "gil@readers.example")
    return shown, waived


def hand_over(ada: Person, *names: str) -> Person:
    ada.open("/safe/").press("Share letters")
    for name in names:
        ada.choose(name)
    ada.page.locator("#id_place").select_option(index=1)
    ada.fill("Who will read it", "Cleo Brandt").fill("Their mail address", ADDRESS)
    ada.press("Continue").press("Make the packet")
    return ada.press("Mail the link")


def test_cleo_reads_keeps_and_checks_until_ada_ends_it(
    world: Cast,
    letters: tuple[Seal, Seal],
    person: Callable[..., Person],
    sign_in: Callable[[Person, Any], Person],
    post: Post,
    tmp_path: Path,
) -> None:
    shown, waived = letters
    ada = sign_in(person(), world.ada)
    hand_over(ada, "Dora Lindqvist", "Ben Okafor")
    assert ada.sees("confidential letter")

    cleo = person().open(post.link_for(ADDRESS, "/p/"))
    assert cleo.sees("2 letters of recommendation for Ada Marsh")
    assert not Viewing.objects.exists()
    cleo.press("Read the letters")
    assert "/p/" not in cleo.page.url
    cleo.press("Read the first letter")
    if cleo.has_scripts:
        picture = cleo.page.locator("img.letter-page").first
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("image => image.naturalWidth") > 0

    kept = download(cleo, "Download", tmp_path)
    with pikepdf.open(kept) as opened:
        assert len(opened.pages) == 1
    foot = words_of(kept)
    assert f"/verify/{shown.number}" in foot or f"/verify/{waived.number}" in foot
    if shutil.which("pdfsig"):
        told = subprocess.run(["pdfsig", "-nocert", str(kept)], capture_output=True, text=True, check=False)
        assert "Signature is Valid" in told.stdout, told.stdout + told.stderr
    packet = download(cleo.press("All letters"), "All sealed letters in one file", tmp_path)
    with pikepdf.open(packet) as opened:
        assert len(opened.attachments) == 2

    # Ada is told that they were opened, and never what the letter in confidence says.
    ada.open(ada.page.url)
    assert ada.sees("opened")
    for address in (
        "/safe/",
        f"/safe/{waived.letter.key}/",
        ada.page.url,
        "/desk/",
        f"/verify/{waived.number}",
    ):
        assert CANARY not in ada.open(address).page.content()

    ada.open("/packets/").press("Programme analyst")
    ada.press("Revoke the access of Cleo Brandt now")
    here = cleo.page.url
    cleo.page.get_by_role("button", name="One file to read on").click()
    assert cleo.look().sees("no longer opens the letters for Ada Marsh")
    assert cleo.open(here).sees("no longer opens the letters for Ada Marsh")
    assert not cleo.open(f"/verify/{shown.number}").page.get_by_role("link", name="Read the letter").count()


def test_cleo_checks_a_letter_by_number_address_and_file(
    world: Cast, letters: tuple[Seal, Seal], person: Callable[..., Person], tmp_path: Path
) -> None:
    shown, _ = letters
    sealed = tmp_path / "letter.pdf"
    sealed.write_bytes(read_open(by=world.ada, letter_key=shown.letter.key))
    changed = tmp_path / "changed.pdf"
    spoilt = bytearray(sealed.read_bytes())
    spoilt[len(spoilt) // 2] ^= 1
    changed.write_bytes(spoilt)

    cleo = person(width=390)
    uploads: list[str] = []
    cleo.page.on("request", lambda asked: uploads.append(asked.url) if asked.method == "POST" else None)
    cleo.open("/verify/").fill("The number of the letter", shown.number).press("Look it up")
    assert cleo.sees("is genuine")
    assert cleo.sees("Dora Lindqvist")
    (printed,) = re.findall(r"localhost:\d+/verify/[\w-]+", words_of(sealed))
    cleo.open("http://" + printed)  # what the QR code beside it says too
    assert cleo.sees("is genuine")
    assert "four days" not in cleo.page.content()

    uploads.clear()
    assert check_file(cleo, "/verify/", sealed).sees("This letter is genuine")
    assert check_file(cleo, f"/verify/{shown.number}", sealed).sees("This letter is genuine")
    for where in ("/verify/", f"/verify/{shown.number}"):  # the number it gives itself is read in the browser
        assert check_file(cleo, where, changed).sees("This file is not the letter we sealed")
    assert bool(uploads) is not cleo.has_scripts
    assert cleo.open("/verify/2222-2222").sees("No letter has the number") or cleo.sees(
        "is not a letter’s number"
    )


def check_file(cleo: Person, where: str, file: Path) -> Person:
    cleo.open(where)
    if cleo.has_scripts:
        assert cleo.sees("It is not uploaded")
        cleo.give(file)
        cleo.page.wait_for_url("**digest=*")
        return cleo.look()
    assert cleo.sees("It is sent here, checked in memory, and not kept")
    return cleo.give(file).press("Upload the file and check it")


def download(someone: Person, name: str, folder: Path) -> Path:
    with someone.page.expect_download() as taken:
        someone.page.get_by_role("button", name=name).first.click()
    path = folder / taken.value.suggested_filename
    taken.value.save_as(path)
    return path


def words_of(pdf: Path) -> str:
    with pypdfium2.PdfDocument(pdf) as opened:
        return "".join(page.get_textpage().get_text_bounded() for page in opened)
