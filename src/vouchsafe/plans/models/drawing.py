"""Who is to be asked: the plan, and what its applicant told it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from vouchsafe.ledger.keys import new_key
from vouchsafe.people.models import Account, Contact
from vouchsafe.plans.models.opportunities import Opportunity


class Plan(models.Model):
    """The applicant's current plan: one row per drawing, the newest counts, older ones are its history."""

    key = models.CharField(max_length=32, unique=True, default=new_key)
    owner = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    drawn_at = models.DateTimeField()
    drawn_on = models.DateField()  # the day it was drawn for, in the owner's zone
    odds: models.JSONField[Any, Any] = models.JSONField(
        default=dict
    )  # by opportunity key: what the page shows
    unmet = models.JSONField(default=list)
    load = models.JSONField(default=dict)  # hours by contact key
    completions = models.JSONField(
        default=list
    )  # what is worth telling: sentences with contact or opportunity
    wishes = models.JSONField(default=list)  # what each wish cost, or why it was not granted
    gap = models.FloatField(default=0.0)
    left_out = models.PositiveIntegerField(default=0)  # people nothing is known of, where there are very many
    trust: models.JSONField[Any, Any] = models.JSONField(
        default=dict
    )  # whether the odds may be shown, and why: the verdict on the day it was drawn
    replaced_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-drawn_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["owner"], condition=Q(replaced_at__isnull=True), name="plan_current_once_per_owner"
            )
        ]

    def __str__(self) -> str:
        return f"plan of {self.owner_id} at {self.drawn_at:%Y-%m-%d}"


class Drawing(models.Model):
    """A plan that is to be drawn by the worker, and how far it is: one row per owner, used again and again."""

    class State(models.TextChoices):
        WAITING = "waiting"
        BEGUN = "begun"
        DONE = "done"
        FAILED = "failed"

    owner = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices)
    asked_at = models.DateTimeField()
    again = models.BooleanField(default=False)  # its facts changed after it was begun
    step = models.CharField(max_length=16, blank=True)
    share = models.FloatField(default=0.0)  # of the step, from 0 to 1
    begun_at = models.DateTimeField(null=True)
    begun_by = models.CharField(max_length=32, blank=True)
    seen_at = models.DateTimeField(null=True)  # when its worker last said how far it is
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="begun") | Q(begun_at__isnull=False, seen_at__isnull=False),
                name="drawing_begun_has_time",
            )
        ]
        indexes = [
            models.Index(
                fields=["asked_at"], name="drawing_open", condition=Q(state__in=("waiting", "begun"))
            )
        ]

    def __str__(self) -> str:
        return f"drawing of {self.owner_id}: {self.state}"


class Slot(models.Model):
    """One letter that a plan seeks: the need and a spare."""

    key = models.CharField(max_length=32, unique=True, default=new_key)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="slots")
    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    is_spare = models.BooleanField(default=False)

    class Meta:
        ordering = ("opportunity_id", "position")
        constraints = [
            models.UniqueConstraint(fields=["plan", "opportunity", "position"], name="slot_position_once")
        ]

    def __str__(self) -> str:
        return f"slot {self.position}"


class Choice(models.Model):
    """Who is chosen for a slot: rank 0 writes, the others stand by in order."""

    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="choices")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    rank = models.PositiveSmallIntegerField()
    fit = models.FloatField()
    channel = models.CharField(max_length=12)  # how the first word is said: in_person, phone, mail
    reasons = models.JSONField(default=list)  # sentences as [msgid, facts]
    meet_on = models.DateField(null=True)
    mail_on = models.DateField(null=True)
    chance = models.FloatField()  # of a yes, from 0 to 1

    class Meta:
        ordering = ("rank",)
        constraints = [models.UniqueConstraint(fields=["slot", "rank"], name="choice_rank_once")]

    def __str__(self) -> str:
        return f"{self.contact_id} at rank {self.rank}"


class Wish(models.Model):
    """What the applicant told the plan: this one here, not this one, or this one in place of another."""

    class Kind(models.TextChoices):
        PIN = "pin"
        FORBID = "forbid"
        SWAP = "swap"

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="wishes")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    out = models.ForeignKey(Contact, null=True, on_delete=models.CASCADE, related_name="+")  # of a swap
    wished_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["opportunity", "contact"], name="wish_once"),
            models.CheckConstraint(
                condition=Q(kind="swap", out__isnull=False) | (~Q(kind="swap") & Q(out__isnull=True)),
                name="wish_swap_names_both",
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class OwnChance(models.Model):
    """How likely a yes is, as the applicant knows it: in place of our figure, for one person and opportunity."""

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="own_chances")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    yes = models.PositiveSmallIntegerField()  # in 100
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["opportunity", "contact"], name="own_chance_once"),
            models.CheckConstraint(condition=Q(yes__gte=1, yes__lte=99), name="own_chance_is_open"),
        ]

    def __str__(self) -> str:
        return f"{self.yes} in 100 for {self.contact_id}"


class PhoneReference(models.Model):
    """A contact kept for the calls of one opportunity, and so not asked to write for it."""

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="phone_references")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    named_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["opportunity", "contact"], name="phone_reference_once")
        ]

    def __str__(self) -> str:
        return f"calls to {self.contact_id}"
