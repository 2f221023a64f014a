"""A time server inside the signature: `openssl ts` behind a small HTTP server, and servers that misbehave."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from vouchsafe.adapters.keys.fake import open_fake_keys
from vouchsafe.adapters.keys.ring import Keys
from vouchsafe.adapters.pdf import seals, signing
from vouchsafe.adapters.pdf.seals import SignedPdf, read_signature, seal_pdf, seal_pdf_in_time
from vouchsafe.adapters.pdf.typesetting import typeset
from vouchsafe.core.sealing import Addition, LetterPage, Signature, SignatureState, blocks_from_marks

NOON = datetime(2026, 10, 27, 12, tzinfo=UTC)
AUTHORITY = """
[tsa]
serial = {folder}/serial
signer_cert = {folder}/tsa.crt
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
[req]
distinguished_name = name
x509_extensions = stamping
prompt = no
[name]
CN = A time server
[stamping]
extendedKeyUsage = critical,timeStamping
"""


class Authority:
    """A time-stamping authority made of the openssl command alone; `behaves` says how its server answers."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.behaves, self.asked = folder, "well", 0
        self.config = folder / "tsa.cnf"
        self.config.write_text(AUTHORITY.format(folder=folder))
        (folder / "serial").write_text("01\n")
        self._openssl(
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3650", "-config", str(self.config),
            "-keyout", str(folder / "tsa.key"), "-out", str(folder / "tsa.crt"),
        )  # fmt: skip

    def answer(self, query: bytes) -> bytes:
        (self.folder / "query").write_bytes(query)
        self._openssl(
            "ts", "-reply", "-config", str(self.config), "-section", "tsa",
            "-queryfile", str(self.folder / "query"), "-out", str(self.folder / "reply"),
        )  # fmt: skip
        return (self.folder / "reply").read_bytes()

    def _openssl(self, *words: str) -> None:
        subprocess.run(["openssl", *words], check=True, capture_output=True, cwd=self.folder)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tsa"))


@pytest.fixture
def time_server(authority: Authority) -> Iterator[str]:
    stopped = threading.Event()

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            authority.asked += 1
            if authority.behaves == "silent":
                stopped.wait(60)
                return
            if authority.behaves == "refuses":
                self.send_error(503)
                return
            answer = b"no stamp" if authority.behaves == "nonsense" else authority.answer(query)
            kind = "text/html" if authority.behaves == "html" else "application/timestamp-reply"
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            for byte in answer:
                self.wfile.write(bytes([byte]))
                if authority.behaves == "dribbles" and stopped.wait(0.3):
                    return

        def log_message(self, *_: object) -> None:
            """Quiet."""

    authority.behaves, authority.asked = "well", 0
    seals._silent_until.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Desk) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        stopped.set()
        server.shutdown()
    seals._silent_until.clear()


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    return open_fake_keys(tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="module")
def pdf() -> bytes:
    letter = LetterPage(blocks_from_marks("Ada is careful."), Signature("Ben Ortiz"))
    return typeset(letter, foot=None, title="Letter", when=NOON).pdf


def sealed(pdf: bytes, keys: Keys, server: str) -> SignedPdf:
    return seal_pdf_in_time(pdf, keys.pades(), when=NOON, reason="R", name="Ben", time_server=server)


def test_seal_carries_the_moment_of_a_real_time_server(
    time_server: str, pdf: bytes, keys: Keys, tmp_path: Path
) -> None:
    before = datetime.now(UTC) - timedelta(seconds=2)
    made = sealed(pdf, keys, time_server)
    assert made.time_stamped_at is not None
    assert before <= made.time_stamped_at <= datetime.now(UTC) + timedelta(seconds=2)
    reading = read_signature(made.pdf, keys.pades_certificates())
    assert (reading.state, reading.addition) == (SignatureState.SOUND_AND_OURS, Addition.NOTHING)
    assert (reading.signed_at, reading.time_stamped_at) == (NOON, made.time_stamped_at)
    path = tmp_path / "sealed.pdf"
    path.write_bytes(made.pdf)
    told = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False)
    assert "Signature is Valid." in told.stdout


def test_second_seal_asks_the_server_once(
    time_server: str, authority: Authority, pdf: bytes, keys: Keys
) -> None:
    sealed(pdf, keys, time_server)
    before = authority.asked
    sealed(pdf, keys, time_server)
    assert authority.asked == before + 1


@pytest.mark.parametrize("behaves", ["refuses", "nonsense", "html"])
def test_server_that_gives_no_stamp_costs_the_stamp_and_not_the_seal(
    time_server: str, authority: Authority, pdf: bytes, keys: Keys, behaves: str
) -> None:
    authority.behaves = behaves
    made = sealed(pdf, keys, time_server)
    assert made.time_stamped_at is None
    reading = read_signature(made.pdf, keys.pades_certificates())
    assert (reading.state, reading.time_stamped_at) == (SignatureState.SOUND_AND_OURS, None)
    # For a minute it is left alone, so nobody waits for it again.
    asked = authority.asked
    assert sealed(pdf, keys, time_server).time_stamped_at is None
    assert authority.asked == asked
    authority.behaves = "well"
    seals._silent_until[time_server] -= seals.SILENCE_SECONDS + 1
    assert sealed(pdf, keys, time_server).time_stamped_at is not None


def test_seal_with_a_time_server_that_nobody_runs_is_made_without_it(pdf: bytes, keys: Keys) -> None:
    seals._silent_until.clear()
    assert sealed(pdf, keys, "http://127.0.0.1:9/").time_stamped_at is None
    with pytest.raises(RuntimeError, match="signing child failed"):
        seal_pdf(pdf, keys.pades(), when=NOON, time_server="http://127.0.0.1:9/")
    seals._silent_until.clear()


def test_seal_without_a_time_server_asks_nobody(
    time_server: str, authority: Authority, pdf: bytes, keys: Keys
) -> None:
    assert sealed(pdf, keys, "").time_stamped_at is None
    assert authority.asked == 0


@pytest.mark.wide
@pytest.mark.parametrize("behaves", ["silent", "dribbles"])
def test_server_that_holds_the_line_holds_a_seal_for_seconds_at_most(
    time_server: str, authority: Authority, pdf: bytes, keys: Keys, behaves: str
) -> None:
    authority.behaves = behaves
    began = time.monotonic()
    assert sealed(pdf, keys, time_server).time_stamped_at is None
    # The bound and one more wait of its half; the rest is for a busy machine.
    assert time.monotonic() - began < 1.5 * signing.SERVER_SECONDS + 10
