"""What the gallery shows: made-up people, and a chart drawn from a plain curve."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from math import exp
from typing import Literal, cast

from vouchsafe.core.sealing.seal_picture import Curve, rosette
from vouchsafe.core.sealing.seal_words import seal_words
from vouchsafe.core.words import Sentence, say, say_n
from vouchsafe.doors.web.ui.charts import Drawing, OddsChart, odds_chart, odds_spark
from vouchsafe.doors.web.ui.shell import Account, Command, Link, NavItem, Shell, StatusNote

_TODAY = date(2026, 10, 12)
_DEADLINE = date(2026, 11, 13)
_DIGEST = sha256(b"a letter of the gallery").digest()
# A made-up finder pattern and a few modules: the gallery's code leads nowhere.
_CODE = "M0 0h7v7h-7zM1 1v5h5v-5zM2 2h3v3h-3zM14 0h7v7h-7zM15 1v5h5v-5zM16 2h3v3h-3zM0 14h7v7h-7zM1 15v5h5v-5zM2 16h3v3h-3z"


def _curve(reach: float, middle: float) -> list[tuple[date, float]]:
    """A smooth rise to `reach` in 100 at the deadline; for show only."""
    days = (_DEADLINE - _TODAY).days
    raw = [1 / (1 + exp(-(n - middle) / 3.2)) for n in range(days + 1)]
    low, high = raw[0], raw[-1]
    return [(_TODAY + timedelta(days=n), reach * (y - low) / (high - low)) for n, y in enumerate(raw)]


@dataclass(frozen=True, slots=True)
class GalleryPage:
    """Everything the gallery's templates name."""

    headline: Sentence = field(
        default_factory=lambda: say_n(
            "One letter is safe. {more} more by {day}.",
            "{n} letters are safe. {more} more by {day}.",
            1,
            more="Two",
            day="Friday 13\N{NO-BREAK SPACE}November",
        )
    )
    said: Sentence = field(
        default_factory=lambda: say("Said yes and has started. Promised by {day}.", day=date(2026, 10, 30))
    )
    deadline: date = _DEADLINE
    sealed_at: datetime = field(default_factory=lambda: datetime(2026, 10, 27, 16, 8, tzinfo=UTC))
    chart: OddsChart = field(
        default_factory=lambda: odds_chart(
            _curve(0.85, 15),
            _curve(0.94, 13.5),
            title="Chance of having three letters, day by day until 13 November",
        )
    )
    spark: Drawing = field(
        default_factory=lambda: odds_spark(tuple(_curve(0.85, 15)), tuple(_curve(0.94, 13.5)))
    )
    curves: tuple[Curve, Curve, Curve] = field(default_factory=lambda: rosette(_DIGEST))
    words: tuple[str, str, str, str] = field(default_factory=lambda: seal_words(_DIGEST))
    code: str = _CODE
    gains: tuple[tuple[str, str, int, str, str], ...] = (
        ("Leave it as it is", "four people asked or planned", 85, "85", "now"),
        ("Ask one more this week", "by Sunday 18 October", 94, "94", "+9"),
        ("Ask two more this week", "", 98, "over 95", "+13"),
        ("Ask one more, in two weeks", "by Monday 26 October", 91, "91", "+6"),
        ("Ask one more, in three weeks", "by Monday 2 November", 87, "87", "+2"),
    )
    weeks: tuple[tuple[str, int, bool], ...] = (
        ("12 Oct", 3, False),
        ("19", 2, False),
        ("26", 5, False),
        ("2 Nov", 4, False),
        ("9", 9, True),
        ("16", 6, False),
        ("23", 3, False),
        ("30", 5, False),
        ("7 Dec", 2, False),
    )
    digest: str = _DIGEST.hex()


def gallery_page() -> GalleryPage:
    return GalleryPage()


def writer_shell(theme: str = "", dir: str = "ltr") -> Shell:
    """Mark and language only; what the institution says stands in the foot."""
    return replace(
        gallery_shell(theme, dir),
        nav=(),
        account=None,
        find_href="",
        status=None,
        foot=(
            Link("Not you?", "#not-you"),
            Link("Stop emails from Vouchsafe", "#stop"),
            Link("Help", "#help"),
        ),
    )


def gallery_shell(theme: str = "", dir: str = "ltr") -> Shell:
    return Shell(
        instance_name="Kestrel Careers",
        language="en-gb",
        language_label="English",
        languages_href="#languages",
        dir="rtl" if dir == "rtl" else "ltr",
        home_href="#home",
        nav=(
            NavItem("Desk", "#desk", "inbox", current=True, key="d"),
            NavItem("Plan", "#plan", "route", key="p"),
            NavItem("People", "#people", "users", key="e"),
            NavItem("Safe", "#safe", "vault", key="s"),
        ),
        account=Account("MO", "Maya Okafor", "#account"),
        foot=(Link("Privacy", "#privacy"), Link("Keyboard shortcuts", "#keys"), Link("Help", "#help")),
        find_href="#find",
        commands=(
            Command("Choose one more person", "#choose", "a"),
            Command("Go to the plan", "#plan", "g p"),
            Command("Open the Safe", "#safe", "g s"),
        ),
        status=StatusNote("Reminder moved to Fri 16\N{NO-BREAK SPACE}Oct.", undo_href="#undo"),
        theme=cast(Literal["", "light", "dark"], theme if theme in ("light", "dark") else ""),
        your_move=True,
    )
