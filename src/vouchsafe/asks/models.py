"""The ladder of asking, the lasting page of one applicant and one writer, and what was answered there."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from vouchsafe.ledger.keys import new_key
from vouchsafe.people.models import Account, Contact, Correspondent
from vouchsafe.plans.models import Opportunity, Outcome


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


class Waiver(models.Model):
    """The applicant's promise not to read a letter: words, time and purpose, frozen by database triggers."""

    purpose = models.OneToOneField(Purpose, on_delete=models.CASCADE, related_name="waiver")
    words = models.TextField()
    language = models.CharField(max_length=12)
    name = models.CharField(max_length=200)
    given_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"waiver for {self.purpose_id}"


class Document(models.Model):
    """A résumé, a posting or another sheet the writer may read."""

    class Kind(models.TextChoices):
        RESUME = "resume"
        POSTING = "posting"
        WORK = "work"
        OTHER = "other"

    key = models.CharField(max_length=32, unique=True, default=new_key)
    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    name = models.CharField(max_length=200)
    file = models.CharField(max_length=64)  # the vault's id
    pages = models.PositiveSmallIntegerField()
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name


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

    def __str__(self) -> str:
        return f"{self.kind} link {self.n}"


class Code(models.Model):
    """A short code mailed to the writer: it proves the mailbox, or opens a sealed text for ten minutes."""

    class Use(models.TextChoices):
        PROVE = "prove"
        READ = "read"

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="codes")
    use = models.CharField(max_length=8, choices=Use.choices)
    mailbox = models.CharField(max_length=320)
    code_hash = models.CharField(max_length=64)  # keyed: a short code must not be guessable from the table
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return f"code for {self.request_id}"


class Opening(models.Model):
    """A person pressed something on the page: that, not a visit, is what "opened" means."""

    request = models.OneToOneField(Request, on_delete=models.CASCADE, related_name="opening")
    opened_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"opened {self.opened_at:%Y-%m-%d %H:%M}"


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
