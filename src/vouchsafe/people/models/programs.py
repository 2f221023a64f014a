"""Tokens that let a program in, in place of its holder."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from vouchsafe.ledger.keys import new_key
from vouchsafe.people.models.accounts import Account


class ProgramTokenQuerySet(models.QuerySet["ProgramToken"]):
    def alive(self, now: datetime) -> ProgramTokenQuerySet:
        """Neither revoked nor run out, and its holder still has an account."""
        return self.filter(
            Q(expires_at__isnull=True) | Q(expires_at__gt=now),
            revoked_at__isnull=True,
            account__is_active=True,
        )


class ProgramToken(models.Model):
    """What a program shows in place of a password. It is shown once; the row holds its hash and its last four signs."""

    key = models.CharField(max_length=32, unique=True, default=new_key)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    grants: models.JSONField[Any, Any] = models.JSONField(default=list)  # of core.grants
    token_hash = models.CharField(max_length=64, unique=True)
    tail = models.CharField(max_length=4)  # to tell tokens apart; 24 of 256 bits
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)  # to the hour
    revoked_at = models.DateTimeField(null=True)

    objects = ProgramTokenQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-id")
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="program_token_has_name")]

    def __str__(self) -> str:
        return f"{self.name} …{self.tail}"

    def allows(self, grant: str) -> bool:
        return grant in self.grants
