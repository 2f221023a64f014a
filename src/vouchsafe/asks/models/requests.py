"""The lasting page of one applicant and one writer, and what its stage is derived from."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from vouchsafe.ledger.keys import new_key
from vouchsafe.people.models import Account, Contact, Correspondent
from vouchsafe.plans.models import Opportunity


class RequestQuerySet(models.QuerySet["Request"]):
    """One filter per stage; `core.stages.REQUEST` says the same in Python, and a test holds them together."""

    def of(self, owner: Account) -> RequestQuerySet:
        return self.filter(contact__owner=owner)

    def with_facts(self) -> RequestQuerySet:
        """Annotate what the stage is derived from.

        A new purpose on a sealed request begins a new round: links, answers and starts from before it
        belong to the letter that is already safe.
        """
        own = OuterRef("pk")
        in_force = Closing.objects.filter(request=own, lifted_at__isnull=True).order_by("-id")
        new_round = Closing.objects.filter(request=own, lifted_why="purpose_added").order_by("-lifted_at")
        since = OuterRef("round_from")
        answers = Answer.objects.filter(request=own, answered_at__gte=since).order_by("-answered_at", "-id")
        return self.annotate(
            round_from=Coalesce(
                models.Subquery(new_round.values("lifted_at")[:1]), models.F("opened_by_applicant_at")
            ),
        ).annotate(
            was_mailed=Exists(Link.objects.filter(request=own, made_at__gte=since)),
            was_started=Exists(Start.objects.filter(request=own, started_at__gte=since)),
            was_closed=Exists(in_force),
            closed_why=models.Subquery(in_force.values("why")[:1]),
            latest_answer=models.Subquery(answers.values("said")[:1]),
            latest_words=models.Subquery(answers.values("words")[:1]),
            latest_promise=models.Subquery(answers.values("promised_on")[:1]),
        )

    def prepared(self) -> RequestQuerySet:
        return self.with_facts().filter(Q(was_closed=False, was_mailed=False, latest_answer__isnull=True))

    def asked(self) -> RequestQuerySet:
        return self.with_facts().filter(Q(was_closed=False, was_mailed=True, latest_answer__isnull=True))

    def agreed(self) -> RequestQuerySet:
        return self.with_facts().filter(
            Q(was_closed=False, latest_answer__in=("yes", "yes_if"), was_started=False)
        )

    def writing(self) -> RequestQuerySet:
        return self.with_facts().filter(
            Q(was_closed=False, latest_answer__in=("yes", "yes_if"), was_started=True)
        )

    def declined(self) -> RequestQuerySet:
        return self.with_facts().filter(
            Q(was_closed=False, latest_answer__in=("no", "taken_back", "not_mine"))
        )

    def sealed(self) -> RequestQuerySet:
        return self.with_facts().filter(Q(closed_why="sealed"))

    def withdrawn(self) -> RequestQuerySet:
        return self.with_facts().filter(Q(closed_why="withdrawn"))


class Request(models.Model):
    """The standing page of one applicant and one writer: every destination, date, document and upload."""

    key = models.CharField(max_length=32, unique=True, default=new_key)
    contact = models.OneToOneField(Contact, on_delete=models.CASCADE, related_name="+")
    correspondent = models.ForeignKey(Correspondent, null=True, on_delete=models.SET_NULL, related_name="+")
    opened_by_applicant_at = models.DateTimeField()
    links_made = models.PositiveIntegerField(default=0)  # the n of the next token
    paused_at = models.DateTimeField(null=True)  # a bounce, or the applicant's wish
    paused_why = models.CharField(max_length=32, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"request {self.key}"


class Purpose(models.Model):
    """One opportunity on a request: what the letter is for there, by when, and what the applicant said."""

    class Choice(models.TextChoices):
        OPEN = "open"  # the applicant may read the letter
        WAIVED = "waived"  # the applicant gives up reading it

    key = models.CharField(max_length=32, unique=True, default=new_key)
    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="purposes")
    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="+")
    shown_on = models.DateField(null=True)  # the date the writer sees; none for the pocket
    shown_time = models.TimeField(null=True)
    zone = models.CharField(max_length=64, default="UTC")
    confidentiality = models.CharField(max_length=8, choices=Choice.choices)
    subject = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)  # the ask as it was sent, in the applicant's words
    points = models.JSONField(default=list)  # up to three things to mention
    added_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)  # when the applicant said that it goes by itself once needed
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("shown_on", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["request", "opportunity"],
                condition=Q(withdrawn_at__isnull=True),
                name="purpose_once_per_request",
            ),
            models.CheckConstraint(
                condition=Q(confidentiality__in=("open", "waived")), name="purpose_choice_known"
            ),
        ]

    def __str__(self) -> str:
        return f"purpose {self.key}"


class Link(models.Model):
    """A way to the request's page. Mailed: carries the writer's powers. Handed over: shows and can decline."""

    class Kind(models.TextChoices):
        MAILED = "mailed"
        HANDED = "handed"

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="links")
    n = models.PositiveIntegerField()
    generation = models.PositiveSmallIntegerField()  # of the secret it was made from
    kind = models.CharField(max_length=8, choices=Kind.choices)
    mailbox = models.CharField(max_length=320, blank=True)  # where it was mailed: what the link proves
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "n"], name="link_n_once"),
            models.CheckConstraint(
                condition=Q(kind="handed", mailbox="") | (Q(kind="mailed") & ~Q(mailbox="")),
                name="link_mailed_has_mailbox",
            ),
        ]
        indexes = [models.Index(fields=["mailbox"], name="link_mailbox", condition=~Q(mailbox=""))]

    def __str__(self) -> str:
        return f"{self.kind} link {self.n}"


class Answer(models.Model):
    """The writer's yes, yes-if or no; "I cannot after all"; "this is not for me"."""

    class Said(models.TextChoices):
        YES = "yes"
        YES_IF = "yes_if"
        NO = "no"
        TAKEN_BACK = "taken_back"
        NOT_MINE = "not_mine"

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="answers")
    purpose = models.ForeignKey(
        Purpose, null=True, on_delete=models.CASCADE, related_name="answers"
    )  # none: all
    said = models.CharField(max_length=12, choices=Said.choices)
    words = models.TextField(blank=True)
    reason = models.CharField(max_length=24, blank=True)
    reason_shared = models.BooleanField(default=False)
    promised_on = models.DateField(null=True)
    proven_by = models.CharField(max_length=24)  # mailed_link, mailed_code, reply, handed_link, applicant
    answered_by = models.CharField(max_length=64)
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ("answered_at", "id")

    def __str__(self) -> str:
        return self.said


class Start(models.Model):
    """The writer began: a first draft was saved or a file arrived."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="starts")
    started_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"started {self.started_at:%Y-%m-%d}"


class Closing(models.Model):
    """The request is over: the letter is sealed, or the applicant stopped asking."""

    class Why(models.TextChoices):
        SEALED = "sealed"
        WITHDRAWN = "withdrawn"

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="closings")
    why = models.CharField(max_length=12, choices=Why.choices)
    closed_at = models.DateTimeField()
    closed_by = models.CharField(max_length=64)
    lifted_at = models.DateTimeField(null=True)
    lifted_why = models.CharField(max_length=16, blank=True)  # reopened, or purpose_added: a new round

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request"], condition=Q(lifted_at__isnull=True), name="closing_in_force_once"
            )
        ]

    def __str__(self) -> str:
        return self.why
