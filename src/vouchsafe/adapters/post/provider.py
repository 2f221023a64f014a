"""Sending through a provider that django-anymail speaks to. Imports Django only when used."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage as Message
from typing import TYPE_CHECKING, Any

from vouchsafe.adapters.post.transport import Closing, Outcome, Parcel, Sent

if TYPE_CHECKING:
    from django.core.mail import EmailMultiAlternatives

MAIL_KEY = "vouchsafe-mail"  # given along with a mail, and given back by what the provider tells of it
_OWN_HEADERS = frozenset({"from", "to", "subject", "reply-to", "mime-version", "content-type"})


class Provider(Closing):
    """One of anymail's backends, named by its dotted path."""

    def __init__(self, backend: str, **options: Any) -> None:
        from django.core.mail import get_connection

        self.connection = get_connection(backend, fail_silently=False, **options)

    def send(self, parcel: Parcel) -> Sent:
        """Hand one parcel to the provider's interface.

        A refused recipient is told as a mail server tells it, at the step "rcpt". What could not even be put into the
        provider's form never left, and is tried again once the settings may have been mended.
        """
        from anymail.exceptions import (
            AnymailAPIError,
            AnymailError,
            AnymailInvalidAddress,
            AnymailRecipientsRefused,
        )
        from requests.exceptions import RequestException

        message = _as_django(parcel)
        try:
            self.connection.send_messages([message])
        except (AnymailRecipientsRefused, AnymailInvalidAddress) as refusal:
            return Sent(Outcome.REFUSED, getattr(refusal, "status_code", None), str(refusal), "rcpt")
        except AnymailAPIError as fault:
            return _failed(fault)
        except RequestException as fault:
            outcome = Outcome.LATER if _never_reached(fault) else Outcome.UNKNOWN
            return Sent(outcome, None, str(fault), "provider")
        except OSError as fault:
            return Sent(Outcome.UNKNOWN, None, str(fault), "provider")
        except AnymailError as fault:
            return Sent(Outcome.LATER, None, str(fault), "settings")
        statuses = set(getattr(getattr(message, "anymail_status", None), "status", None) or {"unknown"})
        if statuses & {"rejected", "invalid", "failed"}:
            return Sent(Outcome.REFUSED, None, ", ".join(sorted(map(str, statuses))), "provider")
        if statuses <= {"sent", "queued"}:
            return Sent(Outcome.SENT, None, ", ".join(sorted(statuses)), "provider")
        return Sent(Outcome.UNKNOWN, None, ", ".join(sorted(map(str, statuses))), "provider")

    def close(self) -> None:
        """End the provider's session."""
        self.connection.close()


NOT_NOW = (408, 425, 429, 503)
NOT_US = (401, 402, 403, 404, 407)
"""A key, an account or an address of theirs is wrong: no fault of the mail's, and soon mended."""


def _failed(fault: Any) -> Sent:
    """4xx: it was refused. Anything else leaves open whether it was taken, unless it never got there."""
    code = getattr(fault, "status_code", None)
    if code in NOT_NOW or (code is None and _never_reached(fault.__cause__)):
        return Sent(Outcome.LATER, code, str(fault), "provider")
    if code in NOT_US:
        return Sent(Outcome.LATER, code, str(fault), "settings")
    if code is not None and 400 <= code < 500:
        return Sent(Outcome.REFUSED, code, str(fault), "provider")
    return Sent(Outcome.UNKNOWN, code, str(fault), "provider")


def _never_reached(fault: BaseException | None) -> bool:
    """Whether the connection failed before a byte of the mail could be on it."""
    from requests.exceptions import ConnectTimeout, SSLError
    from urllib3.exceptions import MaxRetryError, NewConnectionError

    if isinstance(fault, ConnectTimeout | SSLError):
        return True
    inner = fault.args[0] if fault is not None and fault.args else None
    return isinstance(inner, MaxRetryError) and isinstance(inner.reason, NewConnectionError)


def _as_django(parcel: Parcel) -> EmailMultiAlternatives:
    """The rendered mail as the object anymail takes apart."""
    from django.core.mail import EmailMultiAlternatives

    parsed = email.message_from_bytes(parcel.raw, policy=email.policy.default)
    assert isinstance(parsed, Message)  # the default policy makes no other
    text, html = parsed.get_body(("plain",)), parsed.get_body(("html",))
    message = EmailMultiAlternatives(
        subject=str(parsed["Subject"]),
        body=text.get_content() if text is not None else "",
        from_email=str(parsed["From"]),
        to=[str(parsed["To"])],
        reply_to=[str(parsed["Reply-To"])] if parsed["Reply-To"] else None,
        headers={name: str(value) for name, value in parsed.items() if name.lower() not in _OWN_HEADERS},
    )
    # The provider hands it back with each event; a Message-ID it may replace.
    message.metadata = {MAIL_KEY: parcel.message_id.strip("<>").partition("@")[0]}  # type: ignore[attr-defined]  # anymail's
    if html is not None:
        message.attach_alternative(html.get_content(), "text/html")
    for part in parsed.iter_attachments():
        content = part.get_payload(decode=True)
        message.attach(
            part.get_filename(), content if isinstance(content, bytes) else b"", part.get_content_type()
        )
    return message
