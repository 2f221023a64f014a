"""Accounts, how they come in, and who hosts."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from vouchsafe.ledger.keys import new_key


class AccountSet(BaseUserManager["Account"]):
    """Named for Django's sign-in, which asks for `create_user`."""

    def create_user(self, email: str, password: str | None = None, **facts: Any) -> Account:
        account = self.model(email=self.normalize_email(email), **facts)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Someone who signs in: an applicant, an adviser, or who runs the office."""

    class Role(models.TextChoices):
        APPLICANT = "applicant"
        ADVISER = "adviser"
        OFFICE = "office"

    key = models.CharField(max_length=32, unique=True, default=new_key)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200, blank=True)
    pronouns = models.CharField(max_length=40, blank=True)
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.APPLICANT)
    language = models.CharField(max_length=12, default="en-gb")
    time_zone = models.CharField(max_length=64, default="UTC")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = AccountSet()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=("applicant", "adviser", "office")), name="account_role_known"
            ),
        ]
        indexes = [
            models.Index(Upper("email"), name="account_email_upper"),  # signing in minds no capitals
            models.Index(fields=["name", "email"], name="account_by_name"),
            models.Index(fields=["role"], name="account_staff", condition=Q(role__in=("adviser", "office"))),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def runs_office(self) -> bool:
        return self.role == self.Role.OFFICE

    @property
    def advises(self) -> bool:
        return self.role == self.Role.ADVISER


class Instance(models.Model):
    """Who hosts, fixed at set-up: one row."""

    class Host(models.TextChoices):
        PERSONAL = "personal"
        INSTITUTION = "institution"

    only = models.BooleanField(primary_key=True, default=True)
    host = models.CharField(max_length=12, choices=Host.choices)
    name = models.CharField(max_length=200)
    owner = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    set_up_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(only=True), name="instance_is_one"),
            models.CheckConstraint(
                condition=Q(host__in=("personal", "institution")), name="instance_host_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Invitation(models.Model):
    """An institution lets someone in, with a role."""

    key = models.CharField(max_length=32, unique=True, default=new_key)
    email = models.EmailField()
    name = models.CharField(max_length=200, blank=True)  # as whoever invited them wrote it
    role = models.CharField(max_length=12, choices=Account.Role.choices)
    adviser = models.ForeignKey(
        Account, null=True, on_delete=models.SET_NULL, related_name="+"
    )  # named for them once they have joined
    batch = models.CharField(max_length=32, blank=True, db_index=True)  # the file they were invited by
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_open_once_per_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} as {self.role}"


class SignInLink(models.Model):
    """A printed or mailed one-time way in. Opening it changes nothing; pressing the button uses it up."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"sign-in link for {self.account_id}"
