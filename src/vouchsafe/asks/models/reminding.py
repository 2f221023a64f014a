"""What a request does by itself while its writer is silent or writing."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from vouchsafe.asks.models.requests import Request
from vouchsafe.ledger.keys import new_key


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def due(self, now: datetime) -> ReminderQuerySet:
        return self.filter(due_at__lte=now, sent_at__isnull=True, dropped_at__isnull=True)


class Reminder(models.Model):
    """A reminder that is planned; the writer may move, mute or stop it."""

    key = models.CharField(max_length=32, unique=True, default=new_key)
    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=12)  # chase (no answer yet), before (the shown date), by_hand
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    dropped_why = models.CharField(max_length=24, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ("due_at",)
        indexes = [
            models.Index(
                fields=["due_at"],
                name="reminder_due",
                condition=Q(sent_at__isnull=True, dropped_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_at:%Y-%m-%d}"


class Mute(models.Model):
    """The writer wants no reminders about this request, neither planned ones nor by hand."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="mutes")
    muted_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request"], condition=Q(lifted_at__isnull=True), name="mute_in_force_once"
            )
        ]

    def __str__(self) -> str:
        return f"muted {self.muted_at:%Y-%m-%d}"


class Silence(models.Model):
    """When an ask that was mailed has waited long enough without an answer: then a stand-by is proposed, once."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="silences")
    mail_key = models.CharField(max_length=32, unique=True)  # of the ask in the outbox
    since = models.DateTimeField()  # when that mail was to leave
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=24, blank=True)  # proposed, or why not

    class Meta:
        ordering = ("due_at",)
        indexes = [models.Index(fields=["due_at"], name="silence_due", condition=Q(ended_at__isnull=True))]

    def __str__(self) -> str:
        return f"silence until {self.due_at:%Y-%m-%d}"
