"""An institution's call for letters, who takes part in it, and whom they nominate as writers."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from vouchsafe.ledger.keys import new_key
from vouchsafe.people.models import Account, Contact
from vouchsafe.plans.models.opportunities import Destination, Opportunity


class CallQuerySet(models.QuerySet["Call"]):
    """One filter for each stage of `core.stages.CALL`; a test holds them and `stage_of_call` together."""

    def with_facts(self) -> CallQuerySet:
        def turned(what: str) -> Exists:
            return Exists(Turn.objects.filter(call=OuterRef("pk"), what=what, undone_at__isnull=True))

        return self.annotate(
            is_opened=turned(Turn.What.OPENED),
            is_closed=turned(Turn.What.CLOSED),
            is_withdrawn=turned(Turn.What.WITHDRAWN),
        )

    def draft(self) -> CallQuerySet:
        return self.with_facts().filter(Q(is_withdrawn=False, is_opened=False))

    def open(self) -> CallQuerySet:
        return self.with_facts().filter(Q(is_withdrawn=False, is_opened=True, is_closed=False))

    def closed(self) -> CallQuerySet:
        return self.with_facts().filter(Q(is_withdrawn=False, is_opened=True, is_closed=True))

    def withdrawn(self) -> CallQuerySet:
        return self.with_facts().filter(Q(is_withdrawn=True))

    def running(self) -> CallQuerySet:
        """Open or closed: letters come in and are read."""
        return self.with_facts().filter(Q(is_withdrawn=False, is_opened=True))


class Call(models.Model):
    """An institution asks for letters: what is needed, by when, under which rules. The office's own."""

    class Confidentiality(models.TextChoices):
        REQUIRED = "required"  # the applicant gives up reading the letters
        CHOICE = "choice"
        OPEN = "open"

    key = models.CharField(max_length=32, unique=True, default=new_key)
    title = models.CharField(max_length=300)
    organisation = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=12, choices=Opportunity.Kind.choices)
    about = models.TextField(blank=True)
    guidance = models.TextField(blank=True)  # what writers are told
    wanted = models.JSONField(default=list)  # qualities, as an opportunity keeps them
    need = models.PositiveSmallIntegerField(default=2)
    most = models.PositiveSmallIntegerField(default=3)  # writers whom one applicant may nominate
    most_pages = models.PositiveSmallIntegerField(null=True)
    closes_on = models.DateField()  # the last day on which an applicant may begin to take part
    due_on = models.DateField()  # the last day for letters
    zone = models.CharField(max_length=64, default="UTC")
    confidentiality = models.CharField(max_length=12, choices=Confidentiality.choices)
    holds = models.BooleanField(default=False)  # letters wait until their applicant is shortlisted
    may_replace = models.BooleanField(default=True)  # a writer who was asked already, by another
    made_at = models.DateTimeField()

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-id")
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="call_has_title"),
            models.CheckConstraint(
                condition=Q(need__gte=1, need__lte=F("most"), most__lte=10), name="call_need_in_reason"
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("closes_on")), name="call_days_in_order"),
            models.CheckConstraint(
                condition=Q(confidentiality__in=("required", "choice", "open")),
                name="call_confidentiality_known",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Turn(models.Model):
    """A call was opened, closed or withdrawn. Undone, it counts no longer."""

    class What(models.TextChoices):
        OPENED = "opened"
        CLOSED = "closed"
        WITHDRAWN = "withdrawn"

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="turns")
    what = models.CharField(max_length=12, choices=What.choices)
    turned_at = models.DateTimeField()
    turned_by = models.CharField(max_length=64)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("turned_at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["call", "what"], condition=Q(undone_at__isnull=True), name="turn_in_force_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.turned_at:%Y-%m-%d}"


class ApplicationQuerySet(models.QuerySet["Application"]):
    def standing(self) -> ApplicationQuerySet:
        """Of those who still take part. Whoever runs the office by now does not: they name who reads."""
        return self.filter(
            withdrawn_at__isnull=True, opportunity__removed_at__isnull=True, applicant__is_active=True
        ).exclude(applicant__role=Account.Role.OFFICE)

    def with_shortlisting(self) -> ApplicationQuerySet:
        listed = Shortlisting.objects.filter(application=OuterRef("pk"), undone_at__isnull=True)
        return self.annotate(is_shortlisted=Exists(listed))

    def shown(self) -> ApplicationQuerySet:
        """Those whose letters the committee may read now: taking part, in a call that runs, and shortlisted where it holds."""
        running = Call.objects.running().filter(pk=OuterRef("call_id"))
        return (
            self.standing()
            .with_shortlisting()
            .filter(Q(Exists(running)), Q(call__holds=False) | Q(is_shortlisted=True))
        )


class Application(models.Model):
    """An applicant's part in a call: an ordinary opportunity of theirs, with the call's days and rules."""

    key = models.CharField(max_length=32, unique=True, default=new_key)
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="applications")
    applicant = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    opportunity = models.OneToOneField(Opportunity, on_delete=models.CASCADE, related_name="application")
    destination = models.ForeignKey(Destination, null=True, on_delete=models.SET_NULL, related_name="+")
    applied_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ("applied_at", "id")
        constraints = [
            models.UniqueConstraint(fields=["call", "applicant"], name="application_once_per_call")
        ]

    def __str__(self) -> str:
        return f"application {self.key}"


class Nomination(models.Model):
    """A writer whom an applicant names for a call. Asking them goes the ordinary way."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="nominations")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    nominated_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("nominated_at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "contact"],
                condition=Q(withdrawn_at__isnull=True),
                name="nomination_in_force_once",
            )
        ]

    def __str__(self) -> str:
        return f"nomination of {self.contact_id}"


class Shortlisting(models.Model):
    """An applicant of a call was shortlisted: where letters are held, theirs may be read now."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="shortlistings")
    listed_at = models.DateTimeField()
    listed_by = models.CharField(max_length=64)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("listed_at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(undone_at__isnull=True), name="shortlisting_in_force_once"
            )
        ]

    def __str__(self) -> str:
        return f"shortlisted {self.listed_at:%Y-%m-%d}"


class CallInvitation(models.Model):
    """Somebody whom the office invited to a call by a file, with the writers named there, if any."""

    key = models.CharField(max_length=32, unique=True, default=new_key)
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="invitations")
    name = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=320)
    mailbox = models.CharField(max_length=320)  # normalised
    writers: models.JSONField[Any, Any] = models.JSONField(default=list)  # [name, address] each
    invited_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["call", "mailbox"], name="call_invitation_once_per_mailbox")
        ]

    def __str__(self) -> str:
        return f"invitation to {self.call_id}"
