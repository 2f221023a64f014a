"""The shells that views hand to their layouts: for visitors, for an applicant, for the office."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_bidi, pgettext

from vouchsafe.doors.web.ui.catalogue import said as gettext
from vouchsafe.doors.web.ui.shell import Account, Command, Link, NavItem, Shell
from vouchsafe.doors.web.ui.status import note_of
from vouchsafe.people import access

_instance_name = ""
KEYS_COOKIE = "vouchsafe-keys"


def offered_languages() -> tuple[tuple[str, str], ...]:
    """Those the pages are translated into, each named in itself."""
    return tuple(settings.LANGUAGES)


def _language_link(request: HttpRequest) -> tuple[str, str]:
    """The name of the page's language and where another is chosen; nothing while there is only one."""
    offered = dict(offered_languages())
    if len(offered) < 2:
        return "", ""
    return offered.get(get_language() or "", "English"), "/languages/?" + urlencode({"next": request.path})


def plain_shell(request: HttpRequest, *, whose: str = "") -> Shell:
    """Pages without places: mark, language, foot. For visitors, writers and readers."""
    return Shell(
        instance_name=instance_name(),
        language=get_language() or "en-gb",
        dir="rtl" if get_language_bidi() else "ltr",
        foot=(Link(gettext("Lost your link?"), "/fresh-link/"), *_foot()),
        status=note_of(request),
        whose=whose,
        single_keys=_single_keys(request),
        language_label=_language_link(request)[0],
        languages_href=_language_link(request)[1],
    )


def applicant_shell(request: HttpRequest, current: str = "", *, your_move: bool = False) -> Shell:
    """Pages of someone signed in who asks for letters; `current` is desk, plan, people or safe."""
    places = (
        ("desk", gettext("Desk"), "/desk/", "inbox", "d"),
        ("plan", gettext("Plan"), "/plan/", "route", "p"),
        ("people", gettext("People"), "/people/", "users", "e"),
        ("safe", pgettext("place", "Safe"), "/safe/", "vault", "s"),
    )
    return _signed_in(request, places, current, _applicant_commands(), your_move=your_move)


def office_shell(request: HttpRequest, current: str = "") -> Shell:
    """Pages of who runs the instance; `current` is office, people, mailbox or journal."""
    places = (
        ("office", gettext("Office"), "/office/", "inbox", "d"),
        ("people", gettext("People"), "/office/people/", "users", "e"),
        ("mailbox", gettext("Mailbox"), "/mailbox/", "mail", "m"),
        ("journal", gettext("Journal"), "/office/journal/", "file-text", "j"),
    )
    return _signed_in(request, places, current, ())


def adviser_shell(request: HttpRequest, current: str = "") -> Shell:
    """Pages of an adviser, who may have letters of their own to ask for besides."""
    places = (
        ("advising", gettext("Applicants"), "/advising/", "users", "d"),
        ("own", gettext("Your own desk"), "/desk/", "inbox", "o"),
    )
    return _signed_in(request, places, current, ())


def keeper_shell(request: HttpRequest, current: str = "") -> Shell:
    """Pages of the office that the owner of a personal host sees too, among their own places."""
    if request.user.is_authenticated and request.user.runs_office:
        return office_shell(request, current)
    return applicant_shell(request)


def shell_of(request: HttpRequest) -> Shell:
    """For pages that anyone may see: the places of whoever is signed in, else the plain one."""
    if not request.user.is_authenticated:
        return plain_shell(request)
    if request.user.advises:
        return adviser_shell(request)
    return office_shell(request) if request.user.runs_office else applicant_shell(request)


def joining_is_open() -> bool:
    """An institution is joined by invitation, unless it says that anyone may; a personal host never is."""
    instance = access.instance()
    return bool(settings.OPEN_SIGN_UP and instance is not None and instance.host == "institution")


def signs_on_elsewhere() -> tuple[tuple[str, str], ...]:
    """The providers at which one may sign in instead of here: kind, and what people call each."""
    return tuple((kind, str(facts["name"])) for kind, facts in settings.SIGN_ON.items())


def start_of(request: HttpRequest) -> str:
    """Where someone signed in begins."""
    if request.user.is_authenticated and request.user.advises:
        return "/advising/"
    return "/office/" if request.user.is_authenticated and request.user.runs_office else "/desk/"


def instance_name() -> str:
    """Who keeps this instance; kept in memory, for it never changes after set-up."""
    global _instance_name
    if not _instance_name:
        row = access.instance()
        _instance_name = row.name if row else ""
    return _instance_name


def initials(name: str) -> str:
    """One or two letters for a stamp or the account: first and last word of the name as given."""
    words = [word for word in name.split() if word[0].isalpha()]
    chosen = words[:1] + words[-1:] if len(words) > 1 else words
    return "".join(word[0] for word in chosen).upper()


def _signed_in(
    request: HttpRequest,
    places: tuple[tuple[str, str, str, str, str], ...],
    current: str,
    commands: tuple[Command, ...],
    *,
    your_move: bool = False,
) -> Shell:
    name = str(request.user)
    return Shell(
        instance_name=instance_name(),
        language=get_language() or "en-gb",
        dir="rtl" if get_language_bidi() else "ltr",
        home_href=places[0][2],
        nav=tuple(
            NavItem(label=label, href=href, icon=icon, current=key == current, key=letter)
            for key, label, href, icon, letter in places
        ),
        account=Account(initials=initials(name), name=name, href="/account/"),
        foot=_foot(),
        find_href="/find/" if commands else "",
        commands=commands,
        status=note_of(request),
        your_move=your_move,
        language_label=_language_link(request)[0],
        languages_href=_language_link(request)[1],
        single_keys=_single_keys(request),
    )


def _single_keys(request: HttpRequest) -> bool:
    return request.COOKIES.get(KEYS_COOKIE) != "off"


def _applicant_commands() -> tuple[Command, ...]:
    return (
        Command(gettext("Go to the desk"), "/desk/", "g d"),
        Command(gettext("Go to the plan"), "/plan/", "g p"),
        Command(gettext("Go to people"), "/people/", "g e"),
        Command(gettext("Go to the Safe"), "/safe/", "g s"),
        Command(gettext("Prepare an ask"), "/asks/new/", "a"),
        Command(gettext("Add a person"), "/people/new/", "n"),
        Command(gettext("Import contacts"), "/people/import/"),
        Command(gettext("Add an opportunity"), "/opportunities/new/"),
        Command(gettext("Calls for letters"), "/calls/"),
        Command(gettext("Share letters"), "/safe/share/"),
        Command(gettext("Look at your packets"), "/packets/"),
        Command(gettext("Look at your wall"), "/safe/wall/"),
        Command(gettext("Bring a letter you already have"), "/safe/bring/"),
        Command(gettext("Tell them how it ended"), "/outcome/"),
        Command(gettext("Put the dates in your calendar"), "/calendar/"),
        Command(gettext("Check a letter"), "/verify/"),
        Command(gettext("Your account"), "/account/"),
        Command(gettext("Keyboard shortcuts"), "/help/keys", "?"),
    )


def _foot() -> tuple[Link, ...]:
    """The links under every page, Help last."""
    return (
        Link(gettext("Privacy"), "/privacy/"),
        Link(gettext("Accessibility"), "/accessibility/"),
        Link(gettext("Help"), "/help/"),
    )
