"""Identity providers that other people make, on loopback, each started as a process of its own."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import requests
from tests.leash import Leashed, leashed
from tests.saml_provider import identity
from tests.serving import ROOT, free_port

PASSWORD = "three quiet lamps burning"
START_SECONDS = 120


@dataclass(frozen=True)
class Provider:
    address: str
    program: Leashed


@contextmanager
def canaille(back: str) -> Iterator[Provider]:
    """OpenID Connect by Canaille. `ada` and `nia` sign in with `PASSWORD`; they come back at `back`."""
    port = free_port()
    script = Path(__file__).with_name("canaille_server.py")
    subprocess.run(["make", "-s", ".stamps/providers"], cwd=ROOT, check=True)
    python = ROOT / ".stamps" / "provider" / "bin" / "python"
    with _started([str(python), str(script), str(port), back, PASSWORD]) as program:
        address = f"http://localhost:{port}"
        _wait_for(f"{address}/.well-known/openid-configuration", program)
        yield Provider(address, program)


SAML_PAGES = Path("/usr/share/simplesamlphp/www")
MISSING = "SimpleSAMLphp is needed for this: install it (Debian: apt-get install simplesamlphp php-cli php-xml php-mbstring)."
SAML_FILES = {
    "config/config.php": """<?php
$config = [
  'baseurlpath' => 'ADDRESS/', 'certdir' => 'FOLDER/cert/', 'loggingdir' => 'FOLDER/', 'datadir' => 'FOLDER/',
  'tempdir' => 'FOLDER/tmp', 'metadatadir' => 'FOLDER/metadata/', 'timezone' => 'UTC', 'secretsalt' => 'a salt of the tests',
  'auth.adminpassword' => 'PASSWORD', 'technicalcontact_email' => 'na@example.org', 'enable.saml20-idp' => true,
  'module.enable' => ['exampleauth' => true, 'core' => true, 'saml' => true],
  'session.cookie.secure' => false, 'session.cookie.samesite' => null, 'language.cookie.secure' => false,
  'language.cookie.samesite' => null, 'language.available' => ['en'], 'language.default' => 'en',
  'store.type' => 'phpsession', 'session.phpsession.savepath' => 'FOLDER/tmp', 'session.phpsession.cookiename' => 'SimpleSAML',
  'logging.handler' => 'errorlog', 'metadata.sources' => [['type' => 'flatfile']],
];
""",
    "config/authsources.php": """<?php
$config = ['people' => ['exampleauth:UserPass',
  'ada:PASSWORD' => ['uid' => ['ada'], 'mail' => ['ada.marsh@example.org'], 'displayName' => ['Ada Marsh']],
  'mute:PASSWORD' => ['uid' => ['mute']],
]];
""",
    "metadata/saml20-idp-hosted.php": """<?php
$metadata['ADDRESS/idp'] = ['host' => '__DEFAULT__', 'privatekey' => 'idp.pem', 'certificate' => 'idp.crt', 'auth' => 'people',
  'authproc' => [10 => ['class' => 'saml:PersistentNameID', 'attribute' => 'uid']],
];
""",
    "metadata/saml20-sp-remote.php": """<?php
$metadata['BASE/accounts/sign-on/saml/metadata'] = ['saml20.sign.assertion' => true,
  'AssertionConsumerService' => 'BASE/accounts/sign-on/saml/answer',
  'NameIDFormat' => 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
];
""",
}


@contextmanager
def simplesamlphp(folder: Path, base: str) -> Iterator[Provider]:
    """SAML by Debian's SimpleSAMLphp. `ada` has an address, `mute` none; both sign in with `PASSWORD`."""
    assert SAML_PAGES.is_dir(), MISSING
    port = free_port()
    address = f"http://localhost:{port}"
    for name in ("config", "metadata", "cert", "tmp"):
        (folder / name).mkdir()
    for name, text in SAML_FILES.items():
        for hole, value in (
            ("ADDRESS", address),
            ("FOLDER", str(folder)),
            ("PASSWORD", PASSWORD),
            ("BASE", base),
        ):
            text = text.replace(hole, value)
        (folder / name).write_text(text, encoding="utf-8")
    key, certificate = identity("college")
    (folder / "cert" / "idp.pem").write_text(key, encoding="ascii")
    (folder / "cert" / "idp.crt").write_text(certificate, encoding="ascii")
    env = {**os.environ, "SIMPLESAMLPHP_CONFIG_DIR": str(folder / "config"), "PHP_CLI_SERVER_WORKERS": "3"}
    with _started(["php", "-S", f"localhost:{port}", "-t", str(SAML_PAGES)], env=env) as program:
        _wait_for(f"{address}/saml2/idp/metadata.php", program)
        yield Provider(address, program)


@contextmanager
def _started(words: list[str], **how: object) -> Iterator[Leashed]:
    with (
        tempfile.TemporaryFile() as said,
        leashed(words, stdout=said, stderr=subprocess.STDOUT, **how) as program,
    ):
        try:
            yield program
        except Exception:  # whatever failed, what the program said may tell why
            said.seek(0)
            print(said.read()[-3000:].decode(errors="replace"))
            raise


def _wait_for(address: str, program: Leashed) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert program.process.poll() is None, "the provider ended at once"
        with suppress(requests.RequestException):
            if requests.get(address, timeout=10).ok:
                return
        time.sleep(0.1)
    raise AssertionError(f"nothing answered at {address}")
