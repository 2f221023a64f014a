"""The journal (append-only, one hash chain per applicant), the outbox (mail that is due) and the inbox (mail that came).

No foreign keys leave this app: lines hold keys, codes and digests, so the journal outlives erased people.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from vouchsafe.ledger.keys import new_key
from vouchsafe.ledger.leases import is_left


class Line(models.Model):
    """One thing that happened. `digest` covers the line and the digest before it in the same chain."""

    chain = models.CharField(max_length=32)  # the applicant's key, or "office"
    position = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=64)  # an account's or correspondent's key, "worker", "command"
    verb = models.CharField(max_length=48)
    about = models.CharField(max_length=64)
    detail = models.CharField(max_length=128, blank=True)  # a code or a keyed digest, never a name or text
    before = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("chain", "position")
        constraints = [
            models.UniqueConstraint(fields=["chain", "position"], name="line_position_once"),
            models.CheckConstraint(condition=Q(position__gte=1), name="line_position_from_one"),
        ]
        indexes = [
            models.Index(fields=["about", "at"], name="line_about"),
            # for the office, which looks through all chains at once
            models.Index(fields=["by"], name="line_by"),
            models.Index(fields=["verb", "id"], name="line_verb"),
            models.Index(fields=["at"], name="line_at"),
        ]

    def __str__(self) -> str:
        return f"{self.chain} {self.position} {self.verb}"


class Root(models.Model):
    """An hourly anchor over the heads of all chains; kept elsewhere too, it shows a rewritten past."""

    at = models.DateTimeField()
    chains = models.PositiveIntegerField()
    heads = models.CharField(max_length=64)
    before = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"root {self.at:%Y-%m-%d %H:%M}"


class OutgoingQuerySet(models.QuerySet["Outgoing"]):
    def due(self, now: datetime) -> OutgoingQuerySet:
        return self.filter(state=Outgoing.State.WAITING, due_at__lte=now)

    def begun_and_left(self, now: datetime, lease: timedelta) -> OutgoingQuerySet:
        return self.filter(is_left("begun_at", lease=lease, now=now), state=Outgoing.State.BEGUN)

    def visible_trouble(self) -> OutgoingQuerySet:
        return self.filter(state__in=(Outgoing.State.UNKNOWN, Outgoing.State.FAILED))


class Outgoing(models.Model):
    """One mail that is due. The row is the truth; whatever wakes the worker only shortens the wait."""

    class State(models.TextChoices):
        WAITING = "waiting"
        BEGUN = "begun"
        SENT = "sent"
        FAILED = "failed"
        UNKNOWN = "unknown"
        WITHDRAWN = "withdrawn"

    SETTLED = (State.SENT, State.WITHDRAWN)
    CHANGING = (State.WAITING, State.BEGUN, State.FAILED, State.UNKNOWN)
    """Those that stay few, or that somebody must look at."""

    class Delivery(models.TextChoices):
        AT_MOST_ONCE = (
            "at_most_once"  # asks, reminders, thanks: an unknown outcome is shown, never resent by itself
        )
        AT_LEAST_ONCE = "at_least_once"  # codes, receipts, deliveries: harmless twice

    key = models.CharField(max_length=32, unique=True, default=new_key)
    kind = models.CharField(max_length=32)
    delivery = models.CharField(max_length=16, choices=Delivery.choices)
    chain = models.CharField(max_length=32)
    about = models.CharField(max_length=64)
    once = models.CharField(max_length=128, unique=True)  # the same outside effect is queued one time
    sealed_mail = models.BinaryField()  # encrypted; links are put in at the moment of sending
    message_id = models.CharField(max_length=255)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    begun_at = models.DateTimeField(null=True)
    begun_by = models.CharField(max_length=32, blank=True)
    # when its carrier was given it: a claim that dies before this moment has surely sent nothing
    handed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=200, blank=True)  # what the server said, without addresses

    objects = OutgoingQuerySet.as_manager()

    class Meta:
        ordering = ("due_at", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "begun")) | Q(ended_at__isnull=False),
                name="outgoing_ended_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="begun") | Q(begun_at__isnull=False), name="outgoing_begun_has_time"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], name="outgoing_due", condition=Q(state="waiting")),
            models.Index(fields=["begun_at"], name="outgoing_begun", condition=Q(state="begun")),
            models.Index(
                fields=["state"],
                name="outgoing_changing",
                condition=Q(state__in=("waiting", "begun", "failed", "unknown")),
            ),
            models.Index(
                fields=["ended_at"], name="outgoing_trouble", condition=Q(state__in=("failed", "unknown"))
            ),
            models.Index(fields=["due_at"], name="outgoing_alerts", condition=Q(kind="office_alert")),
            models.Index(fields=["about"], name="outgoing_about"),
            models.Index(fields=["message_id"], name="outgoing_message_id"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.state}"


class ReplyAddress(models.Model):
    """Whose answer it is when a mail comes to one of our unguessable addresses; only the hash is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    about = models.CharField(max_length=64)  # the key the mail was sent with, a request's

    def __str__(self) -> str:
        return f"reply address of {self.about}"


class ReceivedQuerySet(models.QuerySet["Received"]):
    def waiting(self) -> ReceivedQuerySet:
        return self.filter(state=Received.State.WAITING)

    def begun_and_left(self, now: datetime, lease: timedelta) -> ReceivedQuerySet:
        return self.filter(is_left("begun_at", lease=lease, now=now), state=Received.State.BEGUN)

    def unhandled(self) -> ReceivedQuerySet:
        """What the office should look at: kept aside, or failed."""
        return self.filter(state__in=(Received.State.ASIDE, Received.State.FAILED))


class Received(models.Model):
    """One mail that came in, kept raw and encrypted before its sender hears that we have it."""

    class State(models.TextChoices):
        WAITING = "waiting"
        BEGUN = "begun"
        HANDLED = "handled"
        HELD = "held"  # waits for one click by the writer
        ASIDE = "aside"  # nobody's, or nothing we act on: shown to the office
        FAILED = "failed"  # a fault of ours: shown to the office, which may try again
        DROPPED = "dropped"  # somebody looked and said it is nothing

    SETTLED = (State.HANDLED, State.DROPPED)
    CHANGING = (State.WAITING, State.BEGUN, State.HELD, State.ASIDE, State.FAILED)

    key = models.CharField(max_length=32, unique=True, default=new_key)
    received_at = models.DateTimeField()
    source = models.CharField(max_length=24)  # smtp, lmtp, imap, or a provider's name
    digest = models.CharField(max_length=64, unique=True)  # keyed, of the bytes as they came
    same_as = models.CharField(
        max_length=64, blank=True
    )  # keyed, of what it says: known again by another way
    sealed_raw = models.BinaryField()  # encrypted; emptied once the mail is handled
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    kind = models.CharField(max_length=16, blank=True)
    about = models.CharField(max_length=64, blank=True)  # the request's key
    vouched_by = models.CharField(max_length=64, blank=True)  # who said by a click that it is theirs
    outcome = models.CharField(max_length=64, blank=True)  # a code
    problem = models.CharField(max_length=200, blank=True)  # of a fault, without text of the mail
    attempts = models.PositiveSmallIntegerField(default=0)
    begun_at = models.DateTimeField(null=True)
    begun_by = models.CharField(max_length=32, blank=True)
    handled_at = models.DateTimeField(null=True)

    objects = ReceivedQuerySet.as_manager()

    class Meta:
        ordering = ("received_at", "id")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="begun") | Q(begun_at__isnull=False), name="received_begun_has_time"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "begun")) | Q(handled_at__isnull=False),
                name="received_ended_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["received_at", "id"], name="received_waiting", condition=Q(state="waiting")),
            models.Index(fields=["begun_at"], name="received_begun", condition=Q(state="begun")),
            models.Index(
                fields=["state"],
                name="received_changing",
                condition=Q(state__in=("waiting", "begun", "held", "aside", "failed")),
            ),
            models.Index(
                fields=["received_at"], name="received_unhandled", condition=Q(state__in=("aside", "failed"))
            ),
            models.Index(fields=["about", "state"], name="received_about"),
            models.Index(fields=["same_as"], name="received_same_as"),
        ]

    def __str__(self) -> str:
        return f"{self.kind or 'mail'} {self.key} {self.state}"


class Hook(models.Model):
    """An address of a program that wants to be called when something happens. Its secret is made from the keys, never kept."""

    key = models.CharField(max_length=32, unique=True, default=new_key)
    chain = models.CharField(max_length=32)  # whose it is: an account's key
    tells_office = models.BooleanField(default=False)  # of everyone's requests, not of the owner's own
    url = models.CharField(max_length=2000)
    generation = models.PositiveSmallIntegerField()  # of the instance's secret its own is made from
    n = models.PositiveIntegerField(default=1)  # which secret is in use
    rolled_at = models.DateTimeField(null=True)  # until a day later the one before signs as well
    seen = models.BigIntegerField()  # every line up to this one has been looked at
    made_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    paused_why = models.CharField(max_length=24, blank=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["chain"], name="hook_chain")]

    def __str__(self) -> str:
        return f"hook {self.key}"


class Calling(models.Model):
    """One event told to one hook: tried until it is taken, or until there is no sense in it any more."""

    class State(models.TextChoices):
        WAITING = "waiting"
        BEGUN = "begun"
        TAKEN = "taken"
        FAILED = "failed"

    key = models.CharField(max_length=32, unique=True, default=new_key)  # the webhook-id
    hook = models.ForeignKey(Hook, on_delete=models.CASCADE, related_name="callings")
    line = models.BigIntegerField(null=True)  # of the journal; none for a trial
    kind = models.CharField(max_length=32)
    about = models.CharField(max_length=64)
    said = models.CharField(max_length=24)
    whose = models.CharField(max_length=32, blank=True)  # the applicant's key, for the office
    at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    begun_at = models.DateTimeField(null=True)
    begun_by = models.CharField(max_length=32, blank=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=80, blank=True)  # a code, or the status that was answered

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(fields=["hook", "line"], name="calling_once_per_line"),
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "begun")) | Q(ended_at__isnull=False),
                name="calling_ended_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="begun") | Q(begun_at__isnull=False), name="calling_begun_has_time"
            ),
        ]
        indexes = [models.Index(fields=["due_at", "id"], name="calling_due", condition=Q(state="waiting"))]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.state}"


class ProgramAnswer(models.Model):
    """What a program was answered to one question it named by an Idempotency-Key: told again for a day, done once."""

    chain = models.CharField(max_length=32)  # whose token it was: an account's key
    digest = models.CharField(max_length=64, unique=True)  # keyed, of the token and the name it gave
    asked = models.CharField(max_length=64)  # keyed, of method, address and body
    claim = models.CharField(max_length=32)  # who is at it; another takes over from one that died
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    sealed_answer = models.BinaryField(default=bytes)  # encrypted: it holds what the row held

    class Meta:
        ordering = ("id",)
        indexes = [
            models.Index(fields=["chain"], name="program_answer_chain"),
            models.Index(fields=["begun_at"], name="program_answer_age"),
        ]

    def __str__(self) -> str:
        return f"answer to {self.chain}"
