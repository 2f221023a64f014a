"""What was foretold of a purpose, and what the end of an opportunity did to a request."""

from __future__ import annotations

from django.db import models

from vouchsafe.asks.models.requests import Purpose, Request
from vouchsafe.plans.models import Outcome


class Prediction(models.Model):
    """How likely the letter was to be there, day by day, when its ask was first mailed: kept to be held to."""

    purpose = models.OneToOneField(Purpose, on_delete=models.CASCADE, related_name="prediction")
    asked_on = models.DateField()
    ends_on = models.DateField()
    by_day = models.JSONField()  # chances from `asked_on` to `ends_on`
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["ends_on"], name="prediction_ends")]

    def __str__(self) -> str:
        return f"prediction for {self.purpose_id}"


class Parting(models.Model):
    """What an outcome did to one request: its writer was told, needs to write no more, or is left in peace."""

    class Did(models.TextChoices):
        TOLD = "told"
        CANCELLED = "cancelled"  # this purpose alone; the request goes on for others
        CLOSED = "closed"
        PAUSED = "paused"

    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="+")
    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="+")
    purpose = models.ForeignKey(Purpose, null=True, on_delete=models.CASCADE, related_name="+")
    did = models.CharField(max_length=12, choices=Did.choices)

    def __str__(self) -> str:
        return self.did
