"""The look: components, layouts, styles and scripts that every audience's pages share."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "vouchsafe.doors.web.ui"
    label = "ui"
