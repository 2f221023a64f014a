"""What surrounds a page: bars, foot, language and the note that offers undo.

A view hands its layout one `Shell`, ready to show. The layouts know no URL names and ask no questions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from django.http import HttpRequest
from django.templatetags.static import static

from vouchsafe.core.words import Sentence
from vouchsafe.doors.web.ui.stylesheet import stylesheet


@dataclass(frozen=True, slots=True)
class NavItem:
    """One of the four places. `key` is the letter that follows `g`."""

    label: str
    href: str
    icon: str
    current: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Account:
    """Who is signed in. `initials` are shown, `name` is said."""

    initials: str
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Command:
    """A line of *Find or do*. `keys` is the shortcut it teaches ("g p")."""

    label: str
    href: str
    keys: str = ""


@dataclass(frozen=True, slots=True)
class StatusNote:
    """One sentence in the status region, until the next page. `undo_href` is posted to; `fields` ride along."""

    text: Sentence | str
    undo_href: str = ""
    undo_label: Sentence | str = ""
    tone: Literal["blue", "seal", "wait", "stop"] = "seal"
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shell:
    instance_name: str
    """Who keeps this instance; the foot says "Vouchsafe, kept by …"."""

    language: str = "en-gb"
    language_label: str = ""
    languages_href: str = ""
    dir: Literal["ltr", "rtl"] = "ltr"
    home_href: str = "/"
    nav: tuple[NavItem, ...] = ()
    account: Account | None = None
    foot: tuple[Link, ...] = ()
    """Help goes last, on every page, in the same place (WCAG 3.2.6)."""

    find_href: str = ""
    """Where *Find or do* goes without script, and what it asks when no command fits; empty hides it."""

    commands: tuple[Command, ...] = ()
    single_keys: bool = True
    status: StatusNote | None = None
    theme: Literal["", "light", "dark"] = ""
    hue: int | None = None
    """The institution's hue of blue, 190 to 300 in tens; none keeps our own."""

    your_move: bool = False
    """The favicon carries a dot only when it is this person's move."""

    whose: str = ""
    """A short line at the end of the bar of writers' and readers' pages: the proven address, say."""


def for_django_templates(request: HttpRequest) -> dict[str, str]:
    """For the few pages that keep Django's templates (allauth's): the same stylesheet and mark as ours."""
    return {
        "stylesheet": stylesheet(),
        "favicon": static("ui/icons/favicon.svg"),
        "sprite": static("ui/icons/sprite.svg"),
    }
