"""The start is refused when who hosts is not clear. `vouchsafe serve` asks the same question itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.db import connections

from vouchsafe.core.words import Refusal
from vouchsafe.desk.hosting import demand_one_host


@register(Tags.database)
def check_who_hosts(*, databases: Sequence[str] | None = None, **_: Any) -> list[Error]:
    """Only with `--database default`, and only once there are tables."""
    if not databases or "default" not in databases:
        return []
    tables = set(connections["default"].introspection.table_names())
    if not {"people_instance", "letters_letter", "asks_purpose"} <= tables:
        return []
    try:
        demand_one_host(settings.HOST)
    except Refusal as refusal:
        return [Error(str(refusal.sentence), hint=str(refusal.hint), id=f"vouchsafe.{refusal.code}")]
    return []
