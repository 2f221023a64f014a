"""Fetch one page: looked up once, connected to exactly what was found, no redirects, 2 MB, 5 s.

The standard library's HTTP reader runs over our own socket, so that the name is resolved once (a
second look-up could answer with an inside address), and the whole conversation has one deadline (a
server that sends a byte now and then must not hold us).
"""

from __future__ import annotations

import io
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse
from ipaddress import ip_address
from typing import TYPE_CHECKING, BinaryIO, cast

from vouchsafe.adapters.fetch.policy import Target, accept, is_public
from vouchsafe.adapters.fetch.refusals import (
    AddressNotFound,
    AddressNotPublic,
    PageNotSecure,
    PageNotText,
    PageRedirected,
    PageRefused,
    PageTooLarge,
    PageTooSlow,
    PageUnreadable,
)

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_BYTES = 2_000_000
MAX_HEAD = 100_000
SECONDS = 5.0
MAX_TRIES = 4
USER_AGENT = "Vouchsafe (fetches one page, once, because a person asked for it)"
_TEXT = re.compile(r"(?:text/(?:html|plain|markdown)|application/(?:xhtml\+xml|json|(?:[\w.-]+\+)?json))")

Resolver = Callable[[str, int], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Fetched:
    """One page. `final_url` is the address asked for, as it was understood."""

    data: bytes = field(repr=False)
    content_type: str
    final_url: str


@dataclass(frozen=True, slots=True)
class Web:
    """How the world is reached. Tests replace parts of it; the product never does."""

    resolve: Resolver
    allows: Callable[[str], bool] = is_public
    port_of: Callable[[Target], int] = lambda target: target.port
    tls: Callable[[], ssl.SSLContext] = ssl.create_default_context
    seconds: float = SECONDS


def resolve_once(host: str, port: int) -> list[str]:
    """The addresses of a name, in the system's order. Raises `OSError` when there are none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


WEB = Web(resolve=resolve_once)


def fetch_page(url: str, *, web: Web = WEB) -> Fetched:
    """The page at `url`, or a `PageNotFetched` refusal that says why not."""
    target = accept(url)
    until = time.monotonic() + web.seconds
    try:
        with reached(target, web, until) as connection:
            return _asked(target, connection, until)
    except TimeoutError:
        raise PageTooSlow(host=target.host, seconds=round(web.seconds)) from None
    except ssl.SSLCertVerificationError:
        raise PageNotSecure(host=target.host) from None
    except (OSError, HTTPException, zlib.error):
        raise PageUnreadable(host=target.host) from None


def reached(target: Target, web: Web, until: float) -> socket.socket:
    """A connection to one of the addresses that the one look-up gave. One inside address among them and none is used."""
    return _connected(target, _resolved(target, web, until), web, until)


def head_of_answer(connection: socket.socket, until: float, method: str) -> HTTPResponse:
    """Status and headers of what is answered before the deadline; its body is still to be read."""
    response = HTTPResponse(cast("socket.socket", _Wire(connection, until)), method=method)
    response.begin()
    return response


def seconds_left(until: float) -> float:
    """Until the deadline of the whole conversation. Raises `TimeoutError` once it has passed."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _resolved(target: Target, web: Web, until: float) -> list[str]:
    """Every address of the name, once, or none where one leads inside."""
    answer: list[Sequence[str]] = []

    def look_up() -> None:
        try:
            answer.append(web.resolve(target.host, target.port))
        except (OSError, UnicodeError):
            answer.append(())

    # The system's look-up cannot be given a time limit, so it is left behind when it is too slow.
    thread = threading.Thread(target=look_up, daemon=True, name="look-up")
    thread.start()
    thread.join(seconds_left(until))
    if not answer:
        raise TimeoutError
    addresses = list(answer[0])
    if not addresses:
        raise AddressNotFound(host=target.host)
    if not all(web.allows(address) for address in addresses):
        raise AddressNotPublic(host=target.host)
    return addresses


def _connected(target: Target, addresses: list[str], web: Web, until: float) -> socket.socket:
    """A socket to one of exactly these addresses; the name is not looked up again."""
    failure: OSError = OSError("no address")
    for address in addresses[:MAX_TRIES]:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        plain = socket.socket(family, socket.SOCK_STREAM)
        try:
            plain.settimeout(seconds_left(until))
            plain.connect((address, web.port_of(target)))
            if ip_address(plain.getpeername()[0]) != ip_address(address):
                raise OSError("connected elsewhere")
            if target.scheme == "http":
                return plain
            plain.settimeout(seconds_left(until))
            return web.tls().wrap_socket(plain, server_hostname=target.host)
        except ssl.SSLCertVerificationError:
            plain.close()
            raise
        except OSError as error:
            plain.close()
            failure = error
    raise failure


class _Wire(io.RawIOBase):
    """Bytes off the socket until the deadline or the limit. Stands in for the socket's own file."""

    def __init__(self, connection: socket.socket, until: float) -> None:
        self.connection = connection
        self.until = until
        self.room = MAX_BYTES + MAX_HEAD

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        self.connection.settimeout(seconds_left(self.until))
        read = self.connection.recv_into(buffer)
        self.room -= read
        if self.room < 0:
            raise PageTooLarge(limit=MAX_BYTES // 1_000_000)
        return read

    def makefile(self, mode: str) -> BinaryIO:
        return cast("BinaryIO", io.BufferedReader(self))


def _asked(target: Target, connection: socket.socket, until: float) -> Fetched:
    request = (
        f"GET {target.path} HTTP/1.1\r\nHost: {target.host}\r\nUser-Agent: {USER_AGENT}\r\n"
        "Accept: text/html,application/xhtml+xml,application/json;q=0.9,text/plain;q=0.8\r\n"
        "Accept-Encoding: gzip\r\nConnection: close\r\n\r\n"
    )
    connection.settimeout(seconds_left(until))
    connection.sendall(request.encode("ascii"))
    response = head_of_answer(connection, until, "GET")
    if 300 <= response.status < 400:
        raise PageRedirected()
    if response.status != 200:
        raise PageRefused(host=target.host, status=response.status)
    kind = (response.headers.get("Content-Type") or "text/html").strip()
    bare = kind.split(";")[0].strip().lower()
    if not _TEXT.fullmatch(bare):
        raise PageNotText(kind=re.sub(r"[^\w/.+-]", "", bare)[:60] or "unknown")
    return Fetched(_body(response), kind[:200], target.url)


def _body(response: HTTPResponse) -> bytes:
    """The whole body, unpacked, both sizes watched while it streams."""
    coding = (response.headers.get("Content-Encoding") or "identity").strip().lower()
    unpack = zlib.decompressobj(wbits=31) if coding in ("gzip", "x-gzip") else None
    if unpack is None and coding != "identity":
        raise HTTPException("an encoding nobody asked for")
    parts: list[bytes] = []
    size = 0
    while chunk := response.read(65_536):
        # One byte more than there is room for is enough to know, whatever the rest would grow to.
        piece = unpack.decompress(chunk, MAX_BYTES - size + 1) if unpack else chunk
        size += len(piece)
        if size > MAX_BYTES:
            raise PageTooLarge(limit=MAX_BYTES // 1_000_000)
        parts.append(piece)
    if response.length or (unpack is not None and not unpack.eof):
        raise HTTPException("the page ends too early")
    return b"".join(parts)
