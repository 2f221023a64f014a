"""Whom a writer who says no would ask instead."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from vouchsafe.asks.models.requests import Request
from vouchsafe.ledger.keys import new_key
from vouchsafe.people.models import Contact


class Suggestion(models.Model):
    """A colleague whom a writer proposes in their place. Nobody is asked until the applicant says so."""

    key = models.CharField(max_length=32, unique=True, default=new_key)
    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=320)
    suggested_at = models.DateTimeField()
    asked = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="suggestion_has_name")]

    def __str__(self) -> str:
        return self.name
