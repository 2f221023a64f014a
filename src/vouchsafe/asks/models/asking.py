"""One approach to a contact: in person, by phone or by mail."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from vouchsafe.ledger.keys import new_key
from vouchsafe.people.models import Contact
from vouchsafe.plans.models import Opportunity


class Ask(models.Model):
    """One approach to a contact, in person, by phone or by mail, and what was said."""

    class Channel(models.TextChoices):
        IN_PERSON = "in_person"
        PHONE = "phone"
        MAIL = "mail"

    class Said(models.TextChoices):
        YES = "yes"
        MAYBE = "maybe"
        NO = "no"
        NOT_MET = "not_met"
        WAITING = "waiting"

    key = models.CharField(max_length=32, unique=True, default=new_key)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=12, choices=Channel.choices)
    said = models.CharField(max_length=8, choices=Said.choices)
    asked_on = models.DateField()
    maybe_until = models.DateField(null=True)
    note = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("recorded_at", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(said="maybe") | Q(maybe_until__isnull=True), name="ask_until_only_with_maybe"
            ),
        ]
        indexes = [models.Index(fields=["contact", "opportunity"], name="ask_contact_opportunity")]

    def __str__(self) -> str:
        return f"{self.channel} {self.said}"
