"""Every screen for everybody: found by walking (gathering.py), seen at three widths and in both themes by axe."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import chain
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.screens.gathering import Screen, Walk
from tests.screens.showing import Window, windows_in

pytestmark = [pytest.mark.wide, pytest.mark.django_db]
ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "src/vouchsafe/doors"
WIDTHS = (1280, 390, 320)
# What no walk comes to, and why.
NO_SCREENS = {
    "account/base_reauthenticate.html": "the ways of proving that it is still you are built on it",
    "account/email.html": "one address is changed, not several kept",
    "account/password_reset_done.html": "a code is typed, no link is mailed",
    "account/password_reset_from_key.html": "a code is typed, no link is mailed",
    "account/verification_sent.html": "a code is typed, no link is mailed",
    "account/verified_email_required.html": "whose address is not proven is not signed in",
}  # fmt: skip
# Of these folders a person sees one page or another in turn, never two at once.
ONE_PLACE = {"mfa": "account", "mfa/webauthn": "account"}


def test_every_template_of_a_page_is_met_by_somebody(walked: Walk) -> None:
    """A new page that nobody's walk comes to fails here: its address, its form or its state wants a tour."""
    pages = {
        path.as_posix().split("/jinja2/", 1)[1]
        for path in WEB.rglob("jinja2/**/*.html")
        if not re.match(r"_|gallery", path.name) and "{% extends" in path.read_text()
    }
    pages -= {name for name in pages if name.startswith("ui/layouts/")}
    assert sorted(pages - walked.templates - NO_SCREENS.keys()) == []
    assert sorted(NO_SCREENS.keys() - pages) == []


def test_every_screen_has_one_headline_and_a_title_of_its_own(walked: Walk) -> None:
    wrong = [
        (screen.name, screen.title, screen.headings)
        for screen in walked.screens
        if len(screen.headings) != 1
        or not screen.headings[0]
        or screen.title in {"", "Vouchsafe", "· Vouchsafe"}
    ]
    assert wrong == []


def test_titles_tell_places_apart(walked: Walk) -> None:
    """Two tabs of one person's never look alike, but for one page in two states: an empty list, a question's next step."""
    places: dict[tuple[str, str], set[str]] = defaultdict(set)
    for screen in walked.screens:
        folder = screen.template.rpartition("/")[0]
        places[screen.role.split(" (")[0], screen.title].add(ONE_PLACE.get(folder, folder))
    assert {title: sorted(folders) for title, folders in places.items() if len(folders) > 1} == {}


def test_what_is_wrong_is_said_in_the_title_too(walked: Walk) -> None:
    """A form that came back with something to mend says so before anything else."""
    silent = [
        screen.name
        for screen in walked.screens
        if screen.tree.xpath("//*[contains(@class, 'error_summary')]")
        and not screen.title.startswith("Error: ")
    ]
    assert silent == []


def test_what_is_read_on_a_button_or_link_is_called_so(walked: Walk) -> None:
    """Whoever speaks to the page says the words that stand there (WCAG 2.5.3)."""
    wrong = set()
    for screen in walked.screens:
        for each in screen.tree.xpath("//*[self::a or self::button or @role='button'][@aria-label]"):
            seen = _plain("".join(each.xpath(".//text()[not(ancestor::kbd or ancestor::svg)]")))
            if seen not in _plain(each.get("aria-label")):
                wrong.add((screen.template, seen, each.get("aria-label")))
    assert wrong == set()


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold()))


def test_nothing_is_styled_or_scripted_inline(walked: Walk) -> None:
    inline = "//*[@style] | //style | //script[not(@src)][not(@type='application/json')] | //*[@*[starts-with(name(), 'on')]]"
    wrong = [screen.name for screen in walked.screens if screen.tree.xpath(inline)]
    assert wrong == []
    assert all(
        "'unsafe" not in screen.policy and "default-src 'none'" in screen.policy for screen in walked.screens
    )


@pytest.mark.journey
def test_every_screen_pleases_axe_at_every_width_in_both_themes(chromium: Browser, walked: Walk) -> None:
    """And nothing scrolls sideways, is missing or refused by the policy, or stands on the wrong side right to left."""
    faults: list[object] = []
    with windows_in(chromium, 2) as windows:
        for at in range(0, len(walked.screens), len(windows)):
            faults += _look(list(zip(windows, walked.screens[at:], strict=False)))
    assert faults == []


def _look(shown: list[tuple[Window, Screen]]) -> list[object]:
    """A few screens at once, each in a window of its own: the browser has a process for each."""
    faults: list[object] = []
    for window, screen in shown:
        window.dress(width=WIDTHS[0], dark=False)
        window.show(screen)
    for width in WIDTHS:
        for dark in (False, True):
            for window, _ in shown:
                window.dress(width=width, dark=dark)
                window.begin(colours_alone=dark)
            for window, screen in shown:
                theme = "dark" if dark else "light"
                faults += [(screen.name, width, theme, *one) for one in window.found()]
        for window, screen in shown:
            if (more := window.sideways()) > 0:
                faults.append((screen.name, width, f"{more} px too wide"))
            faults += [(screen.name, width, "right to left", *one) for one in window.unmirrored()]
    faults += [(screen.name, said) for window, screen in shown for said in chain(window.said, window.missing)]
    return faults
