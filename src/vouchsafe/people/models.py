"""Accounts, contacts, correspondents, and who hosts."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

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

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def runs_office(self) -> bool:
        return self.role == self.Role.OFFICE


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
    role = models.CharField(max_length=12, choices=Account.Role.choices)
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
