"""What a letter is for, and how it must arrive."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from vouchsafe.core.destination_rules import Rules, laid_over, rules_from
from vouchsafe.ledger.keys import new_key
from vouchsafe.people.models import Account


class OpportunityQuerySet(models.QuerySet["Opportunity"]):
    def of(self, owner: Account) -> OpportunityQuerySet:
        return self.filter(owner=owner, removed_at__isnull=True)

    def going_on(self) -> OpportunityQuerySet:
        """Those whose end is not known: nobody is asked for what is over."""
        ended = Outcome.objects.filter(opportunity=models.OuterRef("pk"), undone_at__isnull=True)
        return self.exclude(models.Exists(ended))


class Opportunity(models.Model):
    """A job, a programme, a scholarship, or the pocket (for later, no destination yet)."""

    class Kind(models.TextChoices):
        JOB = "job"
        ACADEMIC = "academic"
        PROGRAMME = "programme"
        SCHOLARSHIP = "scholarship"
        POCKET = "pocket"

    class Letters(models.TextChoices):
        UNKNOWN = "unknown"
        REQUIRED = "required"
        ACCEPTED = "accepted"
        NOT_TAKEN = "not_taken"

    class Level(models.TextChoices):
        JUNIOR = "junior"
        MID = "mid"
        SENIOR = "senior"

    key = models.CharField(max_length=32, unique=True, default=new_key)
    owner = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=300)
    organisation = models.CharField(max_length=300, blank=True)
    locations = models.JSONField(default=list)
    url = models.CharField(max_length=2000, blank=True)
    text = models.TextField(blank=True)
    published_on = models.DateField(null=True, blank=True)
    level = models.CharField(max_length=8, choices=Level.choices, blank=True)
    letters = models.CharField(max_length=12, choices=Letters.choices, default=Letters.UNKNOWN)
    wanted = models.JSONField(default=list)
    forms = models.JSONField(default=list)  # names of odd forms the writer must fill in there
    need = models.PositiveSmallIntegerField(default=1)
    spare = models.PositiveSmallIntegerField(default=1)
    deadline_on = models.DateField(null=True, blank=True)
    deadline_time = models.TimeField(null=True, blank=True)
    zone = models.CharField(max_length=64, default="UTC")
    ask_anyway_at = models.DateTimeField(null=True)  # under a week left, and the applicant asks all the same
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects = OpportunityQuerySet.as_manager()

    class Meta:
        ordering = ("deadline_on", "id")
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="opportunity_has_title"),
            models.CheckConstraint(
                condition=Q(need__lte=10, spare__lte=5), name="opportunity_need_in_reason"
            ),
        ]
        indexes = [models.Index(fields=["owner", "deadline_on"], name="opportunity_owner_deadline")]

    def __str__(self) -> str:
        return self.title


class Step(models.Model):
    """One of the application's basics, ticked off."""

    class Slug(models.TextChoices):
        RESEARCHED = "researched"
        RESUME = "resume"
        COVER_LETTER = "cover_letter"
        NOTE_TO_HEAD = "note_to_head"
        LETTER = "letter"

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="steps")
    slug = models.CharField(max_length=16, choices=Slug.choices)
    done_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["opportunity", "slug"], name="step_once")]

    def __str__(self) -> str:
        return self.slug


class RuleBook(models.Model):
    """What a portal or an institution takes, kept by the office for everyone who applies there."""

    key = models.CharField(max_length=32, unique=True, default=new_key)
    name = models.CharField(max_length=200)
    rules: models.JSONField[Any, Any] = models.JSONField(default=dict)  # core.destination_rules.to_plain
    kept_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("name", "id")
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="rule_book_has_name")]

    def __str__(self) -> str:
        return self.name


class Destination(models.Model):
    """How the letter must arrive there."""

    class Way(models.TextChoices):
        READER_LINK = "reader_link"
        MAIL = "mail"
        PORTAL = "portal"
        BY_HAND = "by_hand"

    key = models.CharField(max_length=32, unique=True, default=new_key)
    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="destinations")
    way = models.CharField(max_length=12, choices=Way.choices)
    label = models.CharField(max_length=300)
    address = models.CharField(
        max_length=2000, blank=True
    )  # a reader's mail address or a portal's web address
    due_on = models.DateField(null=True, blank=True)
    due_time = models.TimeField(null=True, blank=True)
    zone = models.CharField(max_length=64, default="UTC")
    rules: models.JSONField[Any, Any] = models.JSONField(
        default=dict
    )  # the applicant's own; they count first
    rule_book = models.ForeignKey(RuleBook, null=True, on_delete=models.SET_NULL, related_name="destinations")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("due_on", "id")
        constraints = [models.CheckConstraint(condition=~Q(label=""), name="destination_has_label")]

    def __str__(self) -> str:
        return self.label

    @property
    def all_rules(self) -> Rules:
        """Load it with `rule_book`. A book that was taken away counts no longer."""
        book = self.rule_book
        shared = rules_from(book.rules) if book and book.removed_at is None else Rules()
        return laid_over(rules_from(self.rules), shared)


class Outcome(models.Model):
    """How an opportunity ended, as the applicant told it. `because` names the outcome that ended this one too."""

    class Came(models.TextChoices):
        GOT = "got"
        DID_NOT = "did_not"
        DECLINED = "declined"
        STOPPED = "stopped"

    key = models.CharField(max_length=32, unique=True, default=new_key)
    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="outcomes")
    because = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="further")
    came = models.CharField(max_length=12, choices=Came.choices)
    told_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-told_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["opportunity"], condition=Q(undone_at__isnull=True), name="outcome_once"
            ),
        ]

    def __str__(self) -> str:
        return self.came
