"""A time server inside the signature: against a real one that runs in this process."""

import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from vouchsafe.adapters.keys.fake import open_fake_keys
from vouchsafe.adapters.pdf.seals import read_signature, seal_pdf
from vouchsafe.adapters.pdf.typesetting import typeset
from vouchsafe.core.sealing import Addition, LetterPage, Signature, SignatureState, blocks_from_marks

NOON = datetime(2026, 10, 27, 12, tzinfo=UTC)
STAMPED = datetime(2026, 10, 27, 12, 0, 4, tzinfo=UTC)


def a_stamper() -> DummyTimeStamper:
    """pyHanko's own issuer of RFC 3161 tokens, with a key and certificate made for this test."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A time server")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2036, 1, 1, tzinfo=UTC))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(key, hashes.SHA256())
    )
    der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return DummyTimeStamper(
        tsa_cert=asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER)),
        tsa_key=asn1_keys.PrivateKeyInfo.load(der),
        certs_to_embed=SimpleCertificateStore(),
        fixed_dt=STAMPED,
    )


@pytest.fixture
def time_server():
    stamper = a_stamper()

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = stamper.request_tsa_response(tsp.TimeStampReq.load(body)).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_):
            """Quiet."""

    with HTTPServer(("127.0.0.1", 0), Desk) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def pdf():
    letter = LetterPage(blocks_from_marks("Ada is careful."), Signature("Ben Ortiz"))
    return typeset(letter, foot=None, title="Letter", when=NOON).pdf


def test_seal_with_a_time_server_carries_its_moment(time_server, pdf, tmp_path):
    keys = open_fake_keys(tmp_path)
    sealed = seal_pdf(pdf, keys.pades(), when=NOON, time_server=time_server)
    reading = read_signature(sealed, keys.pades_certificates())
    assert (reading.state, reading.addition) == (SignatureState.SOUND_AND_OURS, Addition.NOTHING)
    assert (reading.signed_at, reading.time_stamped_at) == (NOON, STAMPED)


def test_seal_with_a_time_server_that_is_away_fails_and_seals_nothing(pdf, tmp_path):
    keys = open_fake_keys(tmp_path)
    with pytest.raises(RuntimeError, match="signing child failed"):
        seal_pdf(pdf, keys.pades(), when=NOON, time_server="http://127.0.0.1:9/")
    assert seal_pdf(pdf, keys.pades(), when=NOON).startswith(pdf)
