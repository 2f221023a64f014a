"""Where a provider hands mail over and says what became of ours, if one does; no address at all otherwise."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
if settings.MAIL_IN_PROVIDER:
    from vouchsafe.doors.mail_in.webhooks import inbound_patterns

    urlpatterns += inbound_patterns(settings.MAIL_IN_PROVIDER)
if settings.MAIL_EVENTS_PROVIDER:
    from vouchsafe.doors.mail_in.webhooks import tracking_patterns

    urlpatterns += tracking_patterns(settings.MAIL_EVENTS_PROVIDER)
