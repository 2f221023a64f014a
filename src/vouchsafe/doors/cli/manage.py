"""`vouchsafe manage …`: Django's own commands, on this instance's settings."""

from __future__ import annotations

import os


def run_raw(rest: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vouchsafe.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["vouchsafe manage", *rest])
    return 0
