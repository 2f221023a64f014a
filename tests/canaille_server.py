"""Canaille on loopback, with one client and two people: `python canaille_server.py PORT BACK`. Started by `tests/identity.py`."""

from __future__ import annotations

import secrets
import sys
from datetime import UTC, datetime

from canaille import create_app
from joserfc.jwk import RSAKey
from werkzeug.serving import run_simple


def main(port: int, back: str, password: str) -> None:
    key = RSAKey.generate_key(2048, {"kid": "1"}, private=True)
    app = create_app(
        config={
            "SECRET_KEY": secrets.token_hex(16),
            "SERVER_NAME": f"localhost:{port}",
            "PREFERRED_URL_SCHEME": "http",
            "CANAILLE": {"DATABASE": "memory", "EMAIL_CONFIRMATION": False, "CAPTCHA_ENABLED": False, "HTMX": False},
            "CANAILLE_OIDC": {"ACTIVE_JWKS": [key.as_dict(private=True)]},
        }
    )  # fmt: skip
    from canaille.app import models
    from canaille.backends import Backend

    with app.app_context():
        for name in ("Ada Marsh", "Nia New"):
            first, last = name.split()
            person = models.User(
                user_name=first.lower(), family_name=last, formatted_name=name, password=password,
                emails=[f"{first.lower()}.{last.lower()}@example.org"],
            )  # fmt: skip
            Backend.instance.save(person)
        client = models.Client(
            client_id="vouchsafe", client_secret="a secret of the tests", client_name="Vouchsafe",
            redirect_uris=[back], grant_types=["authorization_code"], response_types=["code"],
            scope=["openid", "email", "profile"], token_endpoint_auth_method="client_secret_basic",
            client_id_issued_at=datetime.now(UTC),
        )  # fmt: skip
        Backend.instance.save(client)
        client.audience = [client]  # itself: known by now
        Backend.instance.save(client)
    run_simple("127.0.0.1", port, app, threaded=True)


main(int(sys.argv[1]), sys.argv[2], sys.argv[3])
