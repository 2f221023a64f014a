"""Who looks along with whose plan."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from vouchsafe.ledger.keys import new_key
from vouchsafe.people.models.accounts import Account


class AdvisingQuerySet(models.QuerySet["Advising"]):
    def in_force(self) -> AdvisingQuerySet:
        """Named, and neither ended nor without its two people; agreed to or not yet."""
        return self.filter(
            ended_at__isnull=True,
            adviser__is_active=True,
            adviser__role=Account.Role.ADVISER,
            applicant__is_active=True,
        )

    def agreed(self) -> AdvisingQuerySet:
        """Those under which an adviser sees anything."""
        return self.in_force().filter(agreed_at__isnull=False)


class Advising(models.Model):
    """An adviser whom the office named for an applicant. Nothing is seen before the applicant agrees; each may end it."""

    key = models.CharField(max_length=32, unique=True, default=new_key)
    adviser = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    applicant = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    named_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = AdvisingQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["adviser", "applicant"],
                condition=Q(ended_at__isnull=True),
                name="advising_once_per_pair",
            ),
            models.CheckConstraint(condition=~Q(adviser=F("applicant")), name="advising_is_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.adviser_id} advises {self.applicant_id}"
