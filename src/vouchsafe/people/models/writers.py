"""One proven mailbox of a writer, and what its holder said of themselves."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from vouchsafe.ledger.keys import new_key


class Correspondent(models.Model):
    """One proven mailbox of a writer, over all applicants."""

    key = models.CharField(max_length=32, unique=True, default=new_key)
    mailbox = models.CharField(max_length=320, unique=True)  # normalised address
    name = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=200, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    letterhead = models.JSONField(default=dict)
    signature = models.JSONField(default=dict)
    signature_file = models.CharField(
        max_length=64, blank=True
    )  # the vault's id of a picture kept on their wish
    language = models.CharField(max_length=12, default="en-gb")
    time_zone = models.CharField(max_length=64, blank=True)
    reminder_days = models.JSONField(
        default=list
    )  # days before the shown date; empty: the product's own rhythm
    no_mail_at = models.DateTimeField(null=True)  # pressed "Stop mails from Vouchsafe"
    proven_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name or self.mailbox


class Away(models.Model):
    """Days on which a writer is not there, by their own word: first and last, and never why."""

    key = models.CharField(max_length=32, unique=True, default=new_key)
    correspondent = models.ForeignKey(Correspondent, on_delete=models.CASCADE, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField()
    for_all = models.BooleanField(default=False)  # also for those who know the address and have not asked
    said_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("from_on", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=models.F("from_on")), name="away_ends_after_it_begins"
            ),
        ]
        indexes = [
            models.Index(
                fields=["correspondent", "until_on"],
                name="away_in_force",
                condition=Q(taken_back_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"away {self.from_on:%Y-%m-%d} to {self.until_on:%Y-%m-%d}"


class WeeklyList(models.Model):
    """When a writer's list of open letters is next mailed: at most once a week, until they stop it."""

    correspondent = models.OneToOneField(Correspondent, on_delete=models.CASCADE, related_name="+")
    due_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("due_at",)
        indexes = [
            models.Index(fields=["due_at"], name="weekly_list_due", condition=Q(stopped_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"list at {self.due_at:%Y-%m-%d}"


class LinkWish(models.Model):
    """Somebody typed an address, to be mailed a fresh link there if it is known: most are not, so the row goes soon.

    What is typed is known here by its keyed digest alone, and encrypted until the worker has looked.
    """

    digest = models.CharField(max_length=64, unique=True)
    sealed_mailbox = models.BinaryField()
    wished_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        indexes = [
            models.Index(fields=["id"], name="link_wish_waits", condition=Q(handled_at__isnull=True)),
            models.Index(fields=["wished_at"], name="link_wish_age"),
        ]

    def __str__(self) -> str:
        return f"wish of {self.wished_at:%Y-%m-%d %H:%M}"
