"""Fetching by IMAP, against a server that speaks just enough of it to see what the client does."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator

import pytest

from vouchsafe.adapters.post.mailbox import Mailbox, fetch

RAW = b"From: t@h.example\r\nSubject: x\r\nX-Odd:  two  spaces \r\n\r\nHello\r\n"


class _Imap(socketserver.StreamRequestHandler):
    """Two unseen mails; remembers what is marked as seen."""

    server: _Server

    def handle(self) -> None:
        self._say("* OK ready")
        for line in self.rfile:
            tag, _, command = line.decode().strip().partition(" ")
            word = command.upper()
            if word.startswith("CAPABILITY"):
                self._say("* CAPABILITY IMAP4REV1")
            elif word.startswith("SELECT"):
                self._say("* 2 EXISTS")
            elif word.startswith("UID SEARCH"):
                self._say(
                    "* SEARCH " + " ".join(uid for uid in self.server.mails if uid not in self.server.seen)
                )
            elif fetched := re.match(r"UID FETCH (\d+) \(BODY\.PEEK\[\]\)", command):
                raw = self.server.mails[fetched[1]]
                self.wfile.write(
                    b"* 1 FETCH (UID %s BODY[] {%d}\r\n" % (fetched[1].encode(), len(raw)) + raw + b")\r\n"
                )
            elif stored := re.match(r"UID STORE (\d+) \+FLAGS \(\\Seen\)", command):
                self.server.seen.append(stored[1])
            elif word.startswith("LOGOUT"):
                self._say("* BYE")
            self._say(f"{tag} OK done")

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Imap)
        self.mails = {"7": RAW, "9": RAW.replace(b"Hello", b"Again")}
        self.seen: list[str] = []


@pytest.fixture
def imap() -> Iterator[_Server]:
    with _Server() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def _mailbox(server: _Server) -> Mailbox:
    return Mailbox("127.0.0.1", "ada", "secret", port=server.server_address[1], tls=False)


def test_unseen_mails_are_fetched_byte_for_byte_once(imap: _Server) -> None:
    taken: list[bytes] = []
    assert fetch(_mailbox(imap), taken.append) == 2
    assert taken == list(imap.mails.values())
    assert imap.seen == ["7", "9"]
    assert fetch(_mailbox(imap), taken.append) == 0


def test_mail_that_could_not_be_kept_is_fetched_again(imap: _Server) -> None:
    def fail(raw: bytes) -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        fetch(_mailbox(imap), fail)
    assert imap.seen == []
    taken: list[bytes] = []
    assert fetch(_mailbox(imap), taken.append) == 2


def test_mail_that_is_not_wanted_stays_unseen_and_is_not_loaded_again(imap: _Server) -> None:
    kept: list[bytes] = []
    looked: list[bytes] = []
    passed: set[str] = set()
    box = Mailbox("127.0.0.1", "u", "p", port=imap.server_address[1], tls=False)

    def wants(raw: bytes) -> bool:
        looked.append(raw)
        return b"Again" in raw

    assert fetch(box, kept.append, wants=wants, passed_over=passed) == 1
    assert imap.seen == ["9"]
    assert passed == {"7"}
    assert fetch(box, kept.append, wants=wants, passed_over=passed) == 0
    assert len(looked) == 2
