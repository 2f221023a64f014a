"""What a provider hands over: mails, and what became of ours. Its own view in django-anymail checks who calls.

An exception here answers 500, and the provider tries again: nothing is acknowledged before it is kept.
"""

from __future__ import annotations

from typing import Any

from anymail import urls as anymail_urls
from anymail.signals import inbound, tracking
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern

from vouchsafe.doors.mail_in.taking import take
from vouchsafe.doors.mail_in.tracking import take_event


def inbound_patterns(provider: str) -> list[URLPattern]:
    """The address at which one provider hands mails over: `<provider>/inbound/`, or `mandrill/`."""
    found = _patterns(provider, "inbound", "VOUCHSAFE_MAIL_IN_PROVIDER")
    inbound.connect(keep, dispatch_uid="vouchsafe.mail_in")
    return found


def tracking_patterns(provider: str) -> list[URLPattern]:
    """The address at which one provider says what became of our mails: `<provider>/tracking/`, or `mandrill/`."""
    found = _patterns(provider, "tracking", "VOUCHSAFE_MAIL_EVENTS_PROVIDER")
    tracking.connect(take_event, dispatch_uid="vouchsafe.mail_events")
    return found


def keep(sender: type[Any], event: Any, esp_name: str, **_: Any) -> None:
    """Keep one inbound mail with the envelope that the provider saw."""
    message = event.message
    recipients = [message.envelope_recipient] if message.envelope_recipient else []
    take(message.as_bytes(), esp_name.lower(), sender=message.envelope_sender, recipients=recipients)


def _patterns(provider: str, what: str, setting: str) -> list[URLPattern]:
    names = {f"{provider}_{what}_webhook", f"{provider}_webhook"}
    found = [each for each in anymail_urls.urlpatterns if each.name in names]
    if not found:
        raise ImproperlyConfigured(f"{setting}: django-anymail knows no {what} by {provider!r}.")
    # Some providers sign what they send; of the others anybody could say that a mail was returned.
    view = found[0].callback.view_class
    signs = not view.warn_if_no_basic_auth
    if not signs and not settings.ANYMAIL.get("WEBHOOK_SECRET"):
        raise ImproperlyConfigured(f"{setting}: {provider} needs VOUCHSAFE_WEBHOOK_SECRET as well.")
    view()  # says at once when the key that a provider signs with is missing
    return found
