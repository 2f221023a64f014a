"""Whom an applicant knows, and files of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from vouchsafe.ledger.keys import new_key
from vouchsafe.people.models.accounts import Account
from vouchsafe.people.models.writers import Correspondent


class ContactQuerySet(models.QuerySet["Contact"]):
    def of(self, owner: Account) -> ContactQuerySet:
        return self.filter(owner=owner, removed_at__isnull=True)


class Contact(models.Model):
    """Someone the applicant knows, and what the applicant knows about the tie."""

    class Tie(models.TextChoices):
        DIRECT_MANAGER = "direct_manager"
        ADVISER = "adviser"
        PROFESSOR_SMALL = "professor_small"
        PROFESSOR_LARGE = "professor_large"
        MENTOR = "mentor"
        COLLEAGUE = "colleague"
        CLIENT = "client"
        PEER = "peer"
        FRIEND = "friend"
        FAMILY = "family"
        WEAK = "weak"

    key = models.CharField(max_length=32, unique=True, default=new_key)
    owner = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    correspondent = models.ForeignKey(Correspondent, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=200)
    given = models.CharField(max_length=120, blank=True)
    family = models.CharField(max_length=120, blank=True)
    salutation = models.CharField(
        max_length=200, blank=True
    )  # "Dear Dr Nwosu", as the applicant would say it
    organisation = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=200, blank=True)
    profile = models.CharField(max_length=500, blank=True)
    tie = models.CharField(max_length=20, choices=Tie.choices, blank=True)
    how_you_know = models.TextField(blank=True)
    last_worked_on = models.DateField(null=True, blank=True)
    knows_work = models.PositiveSmallIntegerField(null=True, blank=True)
    warmth = models.PositiveSmallIntegerField(null=True, blank=True)
    seniority = models.PositiveSmallIntegerField(null=True, blank=True)
    qualities = models.JSONField(default=list)
    meets_regularly = models.BooleanField(default=False)
    phone_reference = models.BooleanField(default=False)
    unreachable = models.BooleanField(default=False)  # nobody can call or write to them any more
    budget_hours = models.DecimalField(max_digits=4, decimal_places=1, default=6)
    country = models.CharField(max_length=2, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)
    notes = models.TextField(blank=True)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ("name", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(knows_work__isnull=True) | Q(knows_work__lte=4), name="contact_knows_work_0_4"
            ),
            models.CheckConstraint(
                condition=Q(warmth__isnull=True) | Q(warmth__lte=4), name="contact_warmth_0_4"
            ),
            models.CheckConstraint(
                condition=Q(seniority__isnull=True) | Q(seniority__lte=4), name="contact_seniority_0_4"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="contact_has_name"),
        ]
        indexes = [models.Index(fields=["owner", "name"], name="contact_owner_name")]

    def __str__(self) -> str:
        return self.name


class ContactAddress(models.Model):
    """A mail address of a contact, in the order the applicant gave them; the first is written to."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="addresses")
    position = models.PositiveSmallIntegerField()
    address = models.CharField(max_length=320)
    mailbox = models.CharField(max_length=320)  # normalised, for matching

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["contact", "position"], name="address_position_once"),
            models.UniqueConstraint(fields=["contact", "mailbox"], name="address_once_per_contact"),
        ]
        indexes = [models.Index(fields=["mailbox"], name="address_mailbox")]

    def __str__(self) -> str:
        return self.address


class ContactImport(models.Model):
    """A file of contacts under review: nothing is kept as a contact until the applicant says so."""

    key = models.CharField(max_length=32, unique=True, default=new_key)
    owner = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=200, blank=True)
    file_kind = models.CharField(max_length=32)
    encoding = models.CharField(max_length=40, blank=True)  # the writing it was read in
    columns = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    rows = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    sealed_file = models.BinaryField()  # encrypted, so that a corrected mapping can read it again
    read_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.file_name} ({len(self.rows)})"
