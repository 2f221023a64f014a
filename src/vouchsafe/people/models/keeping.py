"""How long the office keeps what is over, whom it told of it, and what it erased."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from vouchsafe.ledger.keys import new_key
from vouchsafe.people.models.accounts import Account


class KeepingRule(models.Model):
    """What the office decided: the newest row counts, the others are its history."""

    months: models.JSONField[Any, Any] = models.JSONField(default=dict)  # core.retention.to_plain
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=64)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"kept as of {self.set_at:%Y-%m-%d}"


class Farewell(models.Model):
    """Somebody is told that something of theirs will be erased for its age, and may keep it by one press."""

    class Kind(models.TextChoices):
        REQUESTS = "requests"
        ACCOUNTS = "accounts"

    class Outcome(models.TextChoices):
        KEPT = "kept"
        ERASED = "erased"
        USED = "used"  # they came back, or it is no longer over
        OFF = "off"  # the office keeps it now

    key = models.CharField(max_length=32, unique=True, default=new_key)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    abouts = models.JSONField(default=list)  # keys of the requests that are still to go
    kept = models.JSONField(default=list)  # keys of the requests they kept
    erase_on = models.DateField()
    generation = models.PositiveSmallIntegerField()  # of the secret the token was made from
    token_hash = models.CharField(max_length=64, unique=True)
    told_at = models.DateTimeField()
    told_again_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["account", "kind"], condition=Q(ended_at__isnull=True), name="farewell_open_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, outcome="") | (Q(ended_at__isnull=False) & ~Q(outcome="")),
                name="farewell_ended_has_outcome",
            ),
        ]
        indexes = [
            models.Index(fields=["erase_on"], name="farewell_open", condition=Q(ended_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.kind} until {self.erase_on:%Y-%m-%d}"


class Sweep(models.Model):
    """What was erased for its age in one go: how many, and the keys of those that had one."""

    kind = models.CharField(max_length=8)
    count = models.PositiveIntegerField()
    keys = models.JSONField(default=list)
    swept_at = models.DateTimeField()

    class Meta:
        ordering = ("-swept_at", "-id")

    def __str__(self) -> str:
        return f"{self.count} {self.kind}"
