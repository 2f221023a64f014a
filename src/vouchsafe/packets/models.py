"""Sealed letters on their way to a reader, and what became of them."""

from __future__ import annotations

import re

from django.db import models
from django.db.models import Count, Q

from vouchsafe.ledger.keys import new_key
from vouchsafe.letters.models import Seal
from vouchsafe.people.models import Account
from vouchsafe.plans.models import Application, Call, Destination, Opportunity

_FOR = re.compile(r"^(?:for|für|pour|para)\s+", re.IGNORECASE)


class PacketQuerySet(models.QuerySet["Packet"]):
    """One filter for each stage of `core.stages.PACKET`; a test holds them and `stage_of_packet` together."""

    def with_facts(self) -> PacketQuerySet:
        live = Q(readers__revocation__isnull=True)
        return self.annotate(
            reader_count=Count("readers", distinct=True),
            live_reader_count=Count("readers", filter=live, distinct=True),
            delivery_count=Count("readers__deliveries", distinct=True),
            viewing_count=Count("readers__viewings", distinct=True),
        )

    def revoked(self) -> PacketQuerySet:
        return self.with_facts().filter(Q(reader_count__gt=0), Q(live_reader_count=0))

    def read(self) -> PacketQuerySet:
        return self._standing().filter(Q(viewing_count__gt=0))

    def delivered(self) -> PacketQuerySet:
        return self._standing().filter(Q(viewing_count=0), Q(delivery_count__gt=0))

    def made(self) -> PacketQuerySet:
        return self._standing().filter(Q(viewing_count=0), Q(delivery_count=0))

    def own(self) -> PacketQuerySet:
        """Those an applicant made and hands on; the committee of a call has its own."""
        return self.filter(application__isnull=True)

    def _standing(self) -> PacketQuerySet:
        return self.with_facts().filter(Q(reader_count=0) | Q(live_reader_count__gt=0))


class Packet(models.Model):
    """The sealed letters that go to one destination, with a cover."""

    key = models.CharField(max_length=32, unique=True, default=new_key)
    owner = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="+")
    destination = models.ForeignKey(Destination, null=True, on_delete=models.SET_NULL, related_name="+")
    # Made for the committee of a call, as it opens an applicant's letters: then it is not its owner's to hand on.
    application = models.ForeignKey(Application, null=True, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=300)
    cover_words = models.TextField(blank=True)
    made_at = models.DateTimeField()

    objects = PacketQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-id")

    def __str__(self) -> str:
        return self.title

    @property
    def purpose(self) -> str:
        """Its name as it stands in a sentence that says "for" itself: many a packet is called "For the committee"."""
        return _FOR.sub("", self.title, count=1) or self.title


class Enclosure(models.Model):
    """One sealed letter in a packet, at its place."""

    packet = models.ForeignKey(Packet, on_delete=models.CASCADE, related_name="enclosures")
    seal = models.ForeignKey(Seal, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["packet", "seal"], name="enclosure_once"),
            models.UniqueConstraint(fields=["packet", "position"], name="enclosure_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.seal_id} at {self.position}"


class Rearrangement(models.Model):
    """What a packet's cover and order were before the applicant changed them. Undoing takes the newest away again."""

    packet = models.ForeignKey(Packet, on_delete=models.CASCADE, related_name="rearrangements")
    title = models.CharField(max_length=300)
    cover_words = models.TextField(blank=True)
    numbers = models.JSONField()  # of the letters, in the order they had
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("-changed_at", "-id")

    def __str__(self) -> str:
        return f"changed {self.changed_at:%Y-%m-%d %H:%M}"


class Seat(models.Model):
    """A reader's place on the committee of a call: one person, one link to its table. The office named them."""

    key = models.CharField(max_length=32, unique=True, default=new_key)
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=320)
    mailbox = models.CharField(max_length=320)  # normalised
    may_shortlist = models.BooleanField(default=False)
    links_made = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField()
    code_hash = models.CharField(max_length=64, blank=True)  # keyed, as a reader's
    code_tries = models.PositiveSmallIntegerField(default=0)
    code_set_at = models.DateTimeField(null=True)
    added_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(mailbox=""), name="seat_has_name_and_mailbox"),
            models.UniqueConstraint(
                fields=["call", "mailbox"], condition=Q(revoked_at__isnull=True), name="seat_once_per_mailbox"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SeatLink(models.Model):
    """A way in to the table of a call; only its hash is kept."""

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="links")
    n = models.PositiveIntegerField()
    generation = models.PositiveSmallIntegerField()  # of the secret it was made from
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seat", "n"], name="seat_link_n_once")]

    def __str__(self) -> str:
        return f"seat link {self.n}"


class Reader(models.Model):
    """A hiring manager, a committee, an admissions office: one person, one link."""

    key = models.CharField(max_length=32, unique=True, default=new_key)
    packet = models.ForeignKey(Packet, on_delete=models.CASCADE, related_name="readers")
    # On the committee of a call: what they may read hangs on the call, and their way in is its table.
    seat = models.ForeignKey(Seat, null=True, on_delete=models.CASCADE, related_name="readers")
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=320, blank=True)
    mailbox = models.CharField(max_length=320, blank=True)
    links_made = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField()
    held_why = models.CharField(max_length=32, blank=True)  # the link waits until this is cleared
    confirmed_at = models.DateTimeField(null=True)  # the office made sure whose address it is
    named_by = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="colleagues")
    code_hash = models.CharField(max_length=64, blank=True)  # keyed; six digits could be tried out else
    code_tries = models.PositiveSmallIntegerField(default=0)
    code_set_at = models.DateTimeField(null=True)  # a browser that came in before has to give it too
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="reader_has_name")]

    def __str__(self) -> str:
        return self.name


class ReaderLink(models.Model):
    """A reader's way in; only its hash is kept."""

    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="links")
    n = models.PositiveIntegerField()
    generation = models.PositiveSmallIntegerField()  # of the secret it was made from
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "n"], name="reader_link_n_once")]

    def __str__(self) -> str:
        return f"reader link {self.n}"


class Delivery(models.Model):
    """One handing-over to a reader."""

    class Means(models.TextChoices):
        MAIL = "mail"
        LINK = "link"
        BY_HAND = "by_hand"

    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="deliveries")
    means = models.CharField(max_length=8, choices=Means.choices)
    delivered_at = models.DateTimeField()
    outgoing = models.CharField(max_length=32, blank=True)  # the outbox row's key

    class Meta:
        ordering = ("delivered_at", "id")

    def __str__(self) -> str:
        return f"{self.means} {self.delivered_at:%Y-%m-%d}"


class Viewing(models.Model):
    """One time a reader had it open: pressed Read, or Download. Never a visit by a scanner."""

    class What(models.TextChoices):
        OPENED = "opened"
        READ = "read"
        DOWNLOADED = "downloaded"

    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="viewings")
    seal = models.ForeignKey(Seal, null=True, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=12, choices=What.choices)
    viewed_at = models.DateTimeField()

    class Meta:
        ordering = ("viewed_at", "id")

    def __str__(self) -> str:
        return self.what


class Revocation(models.Model):
    """A reader's access is over, at once."""

    reader = models.OneToOneField(Reader, on_delete=models.CASCADE, related_name="revocation")
    revoked_at = models.DateTimeField()
    revoked_by = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"revoked {self.revoked_at:%Y-%m-%d %H:%M}"


class PortalUpload(models.Model):
    """The writer ticked off that a letter was uploaded to an institution's own portal. Gone again when undone."""

    seal = models.ForeignKey(Seal, on_delete=models.CASCADE, related_name="+")
    destination = models.ForeignKey(Destination, on_delete=models.CASCADE, related_name="+")
    ticked_at = models.DateTimeField()

    class Meta:
        ordering = ("ticked_at",)
        constraints = [
            models.UniqueConstraint(fields=["seal", "destination"], name="portal_upload_once"),
        ]

    def __str__(self) -> str:
        return f"uploaded {self.ticked_at:%Y-%m-%d}"


class CallBack(models.Model):
    """A reader asks the writer of a letter something, or for a call. The applicant never sees the words."""

    class Wants(models.TextChoices):
        ANSWER = "answer"
        CALL = "call"

    key = models.CharField(max_length=32, unique=True, default=new_key)
    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="call_backs")
    seal = models.ForeignKey(Seal, on_delete=models.CASCADE, related_name="+")
    wants = models.CharField(max_length=8, choices=Wants.choices)
    sealed_words = models.BinaryField()  # encrypted: it may quote a confidential letter
    generation = models.PositiveSmallIntegerField()  # of the secret the writer's link is made from
    token_hash = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True)  # its mail came back, and the reader was told

    class Meta:
        ordering = ("-asked_at", "-id")

    def __str__(self) -> str:
        return f"{self.wants} {self.asked_at:%Y-%m-%d}"


class CallBackAnswer(models.Model):
    """What the writer said to it. The newest counts: a no may still become an answer."""

    class Said(models.TextChoices):
        ANSWERED = "answered"
        CONTACT = "contact"
        DECLINED = "declined"

    call_back = models.ForeignKey(CallBack, on_delete=models.CASCADE, related_name="answers")
    said = models.CharField(max_length=12, choices=Said.choices)
    sealed_words = models.BinaryField()  # encrypted
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ("-answered_at", "-id")

    def __str__(self) -> str:
        return self.said


class Notice(models.Model):
    """A reader of a letter was told that a newer one took its place; once for each newer one."""

    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="notices")
    seal = models.ForeignKey(Seal, on_delete=models.CASCADE, related_name="+")  # the newer one
    noticed_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["reader", "seal"], name="notice_once")]

    def __str__(self) -> str:
        return f"notice of {self.seal_id}"
