"""Fetching from a real server on this machine, through the seam that only tests use."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from vouchsafe.adapters.fetch import fetch_page
from vouchsafe.adapters.fetch.fake import FakeWeb
from vouchsafe.adapters.fetch.page import MAX_BYTES, WEB, Web
from vouchsafe.adapters.fetch.policy import is_public
from vouchsafe.adapters.fetch.refusals import (
    AddressNotFound,
    AddressNotPublic,
    PageNotFetched,
    PageNotSecure,
    PageNotText,
    PageRedirected,
    PageRefused,
    PageTooLarge,
    PageTooSlow,
    PageUnreadable,
)

Answer = Callable[[socket.socket, bytes], None]
LONG = 30
"""Seconds that nothing here takes, however busy the machine is, and that what is slow would take."""


@contextmanager
def serving(answer: Answer, context: ssl.SSLContext | None = None) -> Iterator[int]:
    """A server on this machine that answers each connection by `answer`; gives its port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def work() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            try:
                if context is not None:
                    connection = context.wrap_socket(connection, server_side=True)
                answer(connection, connection.recv(65_536))
            except OSError:
                pass  # the client hung up, as many of these tests want it to
            finally:
                connection.close()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.close()


def said(*parts: bytes) -> Answer:
    def answer(connection: socket.socket, request: bytes) -> None:
        for part in parts:
            connection.sendall(part)

    return answer


def here(port: int, *, seconds: float = LONG) -> Web:
    return Web(
        resolve=lambda host, asked: ["127.0.0.1"],
        allows=lambda address: address == "127.0.0.1",
        port_of=lambda target: port,
        seconds=seconds,
    )


def fetched(answer: Answer, url: str = "http://jobs.example.org/7", *, seconds: float = LONG) -> bytes:
    with serving(answer) as port:
        return fetch_page(url, web=here(port, seconds=seconds)).data


OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"


def test_page_is_fetched_with_an_honest_request() -> None:
    requests: list[bytes] = []

    def answer(connection: socket.socket, request: bytes) -> None:
        requests.append(request)
        connection.sendall(OK + b"Content-Length: 5\r\n\r\nhello")

    with serving(answer) as port:
        page = fetch_page("http://Jobs.example.org/7?x=1#top", web=here(port))

    assert page.data == b"hello"
    assert page.content_type == "text/html; charset=utf-8"
    assert page.final_url == "http://jobs.example.org/7?x=1"
    head = requests[0].decode().split("\r\n")
    assert head[0] == "GET /7?x=1 HTTP/1.1"
    assert "Host: jobs.example.org" in head
    assert any(each.startswith("User-Agent: Vouchsafe ") for each in head)
    assert not any(each.lower().startswith(("cookie", "referer", "authorization")) for each in head)


@pytest.mark.parametrize(
    "answer",
    [
        said(OK + b"\r\nhello"),
        said(OK + b"Content-Length: 5\r\n\r\nhello and more"),
        said(OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n"),
        said(OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"hello")),
        said(b"HTTP/1.1 100 Continue\r\n\r\n" + OK + b"\r\nhello"),
        said(b"HTTP/1.0 200 OK\r\n\r\nhello"),
    ],
)
def test_page_is_read_in_every_usual_framing(answer: Answer) -> None:
    assert fetched(answer) == b"hello"


def head(kind: str) -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode()


@pytest.mark.parametrize(
    ("answer", "refusal"),
    [
        (said(b"HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1/\r\n\r\n"), PageRedirected),
        (said(b"HTTP/1.1 302 Found\r\nLocation: https://jobs.example.org/8\r\n\r\n"), PageRedirected),
        (said(b"HTTP/1.1 304 Not Modified\r\n\r\n"), PageRedirected),
        (said(b"HTTP/1.1 404 Not Found\r\n\r\nno"), PageRefused),
        (said(b"HTTP/1.1 204 No Content\r\n\r\n"), PageRefused),
        (said(b"HTTP/1.1 500 Oh\r\n\r\n"), PageRefused),
        (said(head("application/pdf"), b"%PDF"), PageNotText),
        (said(head("image/png")), PageNotText),
        (said(head("text/html-evil")), PageNotText),
        (said(OK + b"Content-Length: 9\r\n\r\nhello"), PageUnreadable),
        (said(OK + b"Transfer-Encoding: chunked\r\n\r\n9\r\nhello"), PageUnreadable),
        (said(OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"hello")[:-9]), PageUnreadable),
        (said(OK + b"Content-Encoding: gzip\r\n\r\nhello"), PageUnreadable),
        (said(OK + b"Content-Encoding: br\r\n\r\nhello"), PageUnreadable),
        (said(b"SSH-2.0-OpenSSH_9.2\r\n"), PageUnreadable),
        (said(b""), PageUnreadable),
        (said(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n"), PageUnreadable),
        (said(OK + b"\r\n" + b"x" * (MAX_BYTES + 1)), PageTooLarge),
        (said(OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"x" * 50_000_000)), PageTooLarge),
        (said(b"HTTP/1.1 100 Continue\r\n\r\n" * 200_000), PageTooLarge),
    ],
)
def test_bad_answer_is_refused(answer: Answer, refusal: type[PageNotFetched]) -> None:
    with pytest.raises(refusal) as raised:
        fetched(answer)

    assert str(raised.value.sentence)
    assert str(raised.value.hint)


def test_largest_page_is_taken_whole() -> None:
    assert (
        len(fetched(said(OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"x" * MAX_BYTES))))
        == MAX_BYTES
    )


def dripping(part: bytes) -> Answer:
    def answer(connection: socket.socket, request: bytes) -> None:
        for _ in range(10 * LONG):
            connection.sendall(part)
            time.sleep(0.1)

    return answer


@pytest.mark.parametrize(
    "answer",
    [
        lambda connection, request: time.sleep(LONG),
        dripping(b"H"),
        dripping(OK),
        lambda connection, request: dripping(b"x")(connection, connection.sendall(OK + b"\r\n") or b""),
    ],
)
def test_slow_server_is_left_after_the_whole_time(answer: Answer) -> None:
    start = time.monotonic()

    with pytest.raises(PageTooSlow):
        fetched(answer, seconds=0.6)

    assert time.monotonic() - start < LONG / 2


def test_slow_look_up_is_left_after_the_whole_time() -> None:
    web = replace(here(1, seconds=0.3), resolve=lambda host, port: time.sleep(LONG) or [])
    start = time.monotonic()

    with pytest.raises(PageTooSlow):
        fetch_page("http://jobs.example.org/", web=web)

    assert time.monotonic() - start < LONG / 2


# --- where it connects ---------------------------------------------------------------------------


@pytest.fixture
def connects(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every address a socket is asked to connect to; none of them is reached."""
    asked: list[object] = []

    def hook(self: socket.socket, address: object) -> None:
        asked.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", hook)
    return asked


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["10.0.0.7"],
        ["169.254.169.254"],
        ["::1"],
        ["::ffff:127.0.0.1"],
        ["64:ff9b::7f00:1"],
        ["fe80::1%eth0"],
        ["93.184.216.34", "127.0.0.1"],
        ["2606:4700::1111", "fd00::1"],
    ],
)
def test_name_that_leads_inside_is_refused_without_a_connect(
    addresses: list[str], connects: list[object]
) -> None:
    with pytest.raises(AddressNotPublic):
        fetch_page("https://rebound.example.org/", web=Web(resolve=lambda host, port: addresses))

    assert connects == []


def test_name_that_changes_its_address_is_looked_up_once(connects: list[object]) -> None:
    answers = iter([["93.184.216.34"], ["127.0.0.1"], ["127.0.0.1"]])

    with pytest.raises(PageUnreadable):
        fetch_page("https://rebound.example.org/", web=Web(resolve=lambda host, port: next(answers)))

    assert connects == [("93.184.216.34", 443)]
    assert next(answers) == ["127.0.0.1"]


def test_name_is_never_looked_up_again_by_the_system(
    connects: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []

    def look_up(host: str, *args: object, **kwargs: object) -> list[object]:
        looked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 443))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)

    with pytest.raises(PageUnreadable):
        fetch_page("https://jobs.example.org/")

    assert looked == ["jobs.example.org"]
    assert connects == [("93.184.216.34", 443)]


def test_second_address_is_tried_when_the_first_is_silent(connects: list[object]) -> None:
    addresses = ["2606:4700::1111", "93.184.216.34"]

    with pytest.raises(PageUnreadable):
        fetch_page("https://jobs.example.org/", web=Web(resolve=lambda host, port: addresses))

    assert connects == [("2606:4700::1111", 443), ("93.184.216.34", 443)]


def test_unknown_name_is_said() -> None:
    def nobody(host: str, port: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(AddressNotFound) as raised:
        fetch_page("https://jobs.example.org/", web=Web(resolve=nobody))

    assert str(raised.value.sentence) == "There is no server by the name jobs.example.org."


def test_product_s_own_web_is_the_strict_one() -> None:
    assert WEB.allows is is_public
    assert WEB.seconds == 5.0
    assert WEB.tls is ssl.create_default_context


# --- TLS -----------------------------------------------------------------------------------------


def certificate(folder: Path, name: str) -> Path:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / f"{name}.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


def server_context(file: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def test_certificate_is_checked_against_the_name_while_connecting_to_the_number(tmp_path: Path) -> None:
    file = certificate(tmp_path, "jobs.example.org")

    with serving(said(OK + b"\r\nhello"), server_context(file)) as port:
        web = replace(here(port), tls=lambda: ssl.create_default_context(cafile=str(file)))
        assert fetch_page("https://jobs.example.org/", web=web).data == b"hello"


@pytest.mark.parametrize("trusted", [True, False])
def test_certificate_of_another_name_or_nobody_is_refused(tmp_path: Path, trusted: bool) -> None:
    file = certificate(tmp_path, "other.example.org" if trusted else "jobs.example.org")

    with serving(said(OK + b"\r\nhello"), server_context(file)) as port:
        web = here(port)
        if trusted:
            web = replace(web, tls=lambda: ssl.create_default_context(cafile=str(file)))
        with pytest.raises(PageNotSecure):
            fetch_page("https://jobs.example.org/", web=web)


# --- the fake ------------------------------------------------------------------------------------


def test_fake_web_keeps_the_policy_and_remembers() -> None:
    web = FakeWeb({"https://jobs.example.org/7": b"hello", "https://jobs.example.org/8": PageRedirected()})

    assert web.fetch_page("https://JOBS.example.org/7").data == b"hello"
    with pytest.raises(PageRedirected):
        web.fetch_page("https://jobs.example.org/8")
    with pytest.raises(AddressNotFound):
        web.fetch_page("https://jobs.example.org/9")
    with pytest.raises(PageNotFetched):
        web.fetch_page("http://127.0.0.1/")
    assert web.asked == [f"https://jobs.example.org/{n}" for n in (7, 8, 9)]
