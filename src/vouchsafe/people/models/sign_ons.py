"""Accounts as identity providers know them."""

from __future__ import annotations

from django.db import models

from vouchsafe.ledger.keys import new_key
from vouchsafe.people.models.accounts import Account


class SignOn(models.Model):
    """An account is this lasting subject at this provider. Of the subject only a keyed digest is kept."""

    key = models.CharField(max_length=32, unique=True, default=new_key)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    issuer = models.CharField(max_length=500)
    subject_digest = models.CharField(max_length=64, unique=True)  # over issuer and subject
    linked_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["account", "issuer"], name="sign_on_once_per_provider"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} at {self.issuer}"
