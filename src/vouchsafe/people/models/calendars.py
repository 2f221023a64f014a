"""Private addresses that calendars subscribe to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from vouchsafe.ledger.keys import new_key
from vouchsafe.people.models.accounts import Account
from vouchsafe.people.models.writers import Correspondent


class CalendarFeed(models.Model):
    """A private address that calendars subscribe to: an applicant's dates, or a writer's over all applicants.

    The address is made again from the keys whenever its owner wants to copy it; the row holds its hash.
    """

    key = models.CharField(max_length=32, unique=True, default=new_key)
    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="+")
    correspondent = models.ForeignKey(Correspondent, null=True, on_delete=models.CASCADE, related_name="+")
    generation = models.PositiveSmallIntegerField()  # of the secret the address was made from
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(account__isnull=True, correspondent__isnull=False)
                | Q(account__isnull=False, correspondent__isnull=True),
                name="feed_has_one_owner",
            ),
            models.UniqueConstraint(
                fields=["account"], condition=Q(revoked_at__isnull=True), name="feed_once_per_account"
            ),
            models.UniqueConstraint(
                fields=["correspondent"], condition=Q(revoked_at__isnull=True), name="feed_once_per_writer"
            ),
        ]

    def __str__(self) -> str:
        return f"feed {self.key}"
