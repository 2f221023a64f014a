"""Whether the server that carries mail would take ours: connect, greet, encrypt, sign in, and say goodbye."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from typing import Literal

SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Probe:
    """How far we got. `failed_at` is empty when everything went well."""

    failed_at: Literal["", "connect", "starttls", "certificate", "login"] = ""
    said: str = ""
    offers_starttls: bool = False


def probe(host: str, port: int, *, tls: str, user: str = "", password: str = "") -> Probe:
    """`tls` is "starttls", "tls" or "none". Nothing is sent; raises nothing that a server or a network can cause."""
    context = ssl.create_default_context()
    server: smtplib.SMTP | None = None
    step: Literal["connect", "starttls", "login"] = "connect"
    offers = tls == "tls"
    try:
        if tls == "tls":
            server = smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=context)
        else:
            server = smtplib.SMTP(host, port, timeout=SECONDS)
        server.ehlo_or_helo_if_needed()
        offers = offers or server.has_extn("starttls")
        if tls == "starttls":
            step = "starttls"
            server.starttls(context=context)
            server.ehlo_or_helo_if_needed()
        if user:
            step = "login"
            server.login(user, password)
    except ssl.SSLCertVerificationError as fault:
        return Probe("certificate", fault.verify_message, offers)
    except smtplib.SMTPResponseException as refusal:
        error = refusal.smtp_error
        said = error.decode("utf-8", "replace") if isinstance(error, bytes) else str(error)
        return Probe(step, f"{refusal.smtp_code} {said}", offers)
    except (OSError, smtplib.SMTPException) as fault:
        return Probe(step, str(fault) or type(fault).__name__, offers)
    finally:
        if server is not None:
            try:
                server.quit()
            except (OSError, smtplib.SMTPException):
                server.close()
    return Probe("", "", offers)
