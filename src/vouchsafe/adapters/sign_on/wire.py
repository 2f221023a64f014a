"""How a provider is asked: over TLS, without following redirects, with limits on time and size.

A provider is named by whoever runs the instance and may stand inside their network, so, unlike what visitors name
(`adapters/fetch`), its address may be a private one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPException
from typing import IO, Protocol
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

SECONDS = 5.0
MAX_BYTES = 8_000_000
"""The metadata of a whole federation is that long; a provider's own is some kilobytes."""
MAX_ERROR = 10_000
NEAR = frozenset({"localhost", "127.0.0.1", "::1"})


class NoAnswer(Exception):
    """Nothing came back that can be used. `refused`: the provider was there, and would not."""

    def __init__(self, why: str, *, refused: bool = False) -> None:
        self.refused = refused
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Told:
    """What was answered; `date` as the server's clock said it, where it did."""

    body: bytes = field(repr=False)
    date: str = ""


class Wire(Protocol):
    def __call__(
        self, url: str, *, form: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> Told: ...


def is_safe(url: str) -> bool:
    """Whether what is said there can't be listened to: https, or this very machine."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False  # no address at all, such as one with half a bracket
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in NEAR)


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> None:
        return None


def ask(url: str, *, form: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None) -> Told:
    """GET, or POST of a form. Raises `NoAnswer` with a short reason."""
    if not is_safe(url):
        raise NoAnswer("not over https")
    body = urlencode(form).encode() if form is not None else None
    request = Request(url, body, {"Accept": "application/json, */*;q=0.5", **(headers or {})})  # noqa: S310 - https alone, see is_safe
    try:
        with build_opener(_NoRedirects).open(request, timeout=SECONDS) as answer:
            text = answer.read(MAX_BYTES + 1)
            date = answer.headers.get("Date", "")
    except HTTPError as error:
        said = f"answered {error.code} {_error_in(_rest(error))}".strip()
        raise NoAnswer(said, refused=error.code in (400, 401)) from None
    except (OSError, ValueError, HTTPException) as error:  # the last: something that speaks no HTTP
        raise NoAnswer(type(error).__name__) from None
    if len(text) > MAX_BYTES:
        raise NoAnswer("too long")
    return Told(text, date)


def _rest(error: HTTPError) -> bytes:
    """What was said with an error, where all of it arrives."""
    try:
        return error.read(MAX_ERROR)
    except (OSError, ValueError, HTTPException):
        return b""


def _error_in(body: bytes) -> str:
    """The error as OAuth spells them (RFC 6749, 5.2), such as invalid_client; nothing else of what was said."""
    found = re.search(rb'"error"\s*:\s*"([a-z_]{1,40})"', body)
    return found.group(1).decode() if found else ""
