"""Mail handed over by a provider. Its own view in django-anymail checks who calls; we keep the raw mail.

An exception here answers 500, and the provider tries again: nothing is acknowledged before it is kept.
"""

from __future__ import annotations

from typing import Any

from anymail import urls as anymail_urls
from anymail.signals import inbound
from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern

from vouchsafe.doors.mail_in.taking import take


def inbound_patterns(provider: str) -> list[URLPattern]:
    """The address at which one provider hands mails over: `<provider>/inbound/`, or `mandrill/`."""
    names = {f"{provider}_inbound_webhook", f"{provider}_webhook"}
    found = [each for each in anymail_urls.urlpatterns if each.name in names]
    if not found:
        raise ImproperlyConfigured(
            f"VOUCHSAFE_MAIL_IN_PROVIDER: django-anymail knows no inbound mail by {provider!r}."
        )
    inbound.connect(keep, dispatch_uid="vouchsafe.mail_in")
    return found


def keep(sender: type[Any], event: Any, esp_name: str, **_: Any) -> None:
    """Keep one inbound mail with the envelope that the provider saw."""
    message = event.message
    recipients = [message.envelope_recipient] if message.envelope_recipient else []
    take(message.as_bytes(), esp_name.lower(), sender=message.envelope_sender, recipients=recipients)
