"""Every web address that the product puts into a mail, a QR code or a printed sheet.

Paths only; the door or the post puts the instance's own address before them. A test checks that each resolves.
"""

from __future__ import annotations


def sign_in_path(token: str) -> str:
    return f"/enter/{token}"


def sign_in_page_path() -> str:
    """Where anyone signs in, by a code, a passkey or a password."""
    return "/accounts/login/"


def set_up_path(token: str) -> str:
    """Where an empty instance is set up, once."""
    return f"/set-up/{token}"


def keep_path(token: str) -> str:
    """Where whoever was told that something of theirs goes for its age keeps it, by one press."""
    return f"/keep/{token}"


def invitation_path(token: str) -> str:
    return f"/invitations/{token}"


def request_path(token: str) -> str:
    """The writer's lasting page, by a mailed or handed-over token."""
    return f"/r/{token}"


def queue_path(token: str) -> str:
    """Where a writer's list of all that is asked of their mailbox begins; it needs a code besides."""
    return f"/r/{token}/queue"


def stop_path(token: str) -> str:
    """Where a writer stops mails like this one; also the one-click address of RFC 8058."""
    return f"/stop/{token}"


def stop_weekly_path(token: str) -> str:
    """Where a writer stops the weekly list alone; also a one-click address."""
    return f"/stop/{token}/weekly"


def reader_path(token: str) -> str:
    return f"/p/{token}"


def assistant_path(token: str) -> str:
    """Where somebody whom a writer named to help sees what is asked."""
    return f"/assist/{token}"


def call_back_path(token: str) -> str:
    """Where a writer answers what a reader asked."""
    return f"/call-back/{token}"


def call_path(key: str) -> str:
    """What an office calls for letters for, to whoever has the link."""
    return f"/calls/{key}/"


def committee_path(token: str) -> str:
    """Where a reader on a call's committee comes in."""
    return f"/c/{token}"


def verify_path(number: str = "") -> str:
    """Where a letter's number is checked; with a number it is what the QR code prints."""
    return f"/verify/{number}" if number else "/verify/"


def ask_path(request_key: str) -> str:
    """The applicant's view of one request."""
    return f"/asks/{request_key}/"


def advisers_path() -> str:
    """Where an applicant sees who looks along with their plan, agrees to it, and ends it."""
    return "/advisers/"


def hook_path(key: str) -> str:
    """The page of an address that is called when something happens."""
    return f"/account/hooks/{key}/"


def office_path() -> str:
    """Where whoever keeps the instance sees how it fares."""
    return "/office/"


def safe_path(letter_key: str = "") -> str:
    """The applicant's letters, or one of them."""
    return f"/safe/{letter_key}/" if letter_key else "/safe/"


def calendar_path(token: str) -> str:
    """An applicant's private calendar feed."""
    return f"/calendar/{token}.ics"


def letters_due_path(token: str) -> str:
    """A writer's private calendar feed: every letter they are asked for."""
    return f"/letters-due/{token}.ics"
