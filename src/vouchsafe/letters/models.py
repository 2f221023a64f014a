"""Letters, their drafts and files, what fixes them, and what their writer allows."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q

from vouchsafe.asks.models import Purpose, Request
from vouchsafe.core.uses import Uses
from vouchsafe.ledger.keys import new_key
from vouchsafe.people.models import Account, Advising, Correspondent
from vouchsafe.plans.models import Destination

RECORD = "record"  # what a seal's encrypted record column holds
QUOTE = "quote"  # what a quote's encrypted column holds, and what its digest is keyed by


class LetterQuerySet(models.QuerySet["Letter"]):
    def of(self, applicant: Account) -> LetterQuerySet:
        return self.filter(applicant=applicant, removed_at__isnull=True)

    def open_to_applicant(self) -> LetterQuerySet:
        """Letters their applicant may read; the only queryset an applicant's page is given."""
        return self.filter(confidentiality=Letter.Confidentiality.OPEN, removed_at__isnull=True)

    def with_seal(self) -> LetterQuerySet:
        return self.annotate(
            has_seal=Exists(Seal.objects.filter(letter=OuterRef("pk"), reopening__isnull=True))
        )

    def in_round(self) -> LetterQuerySet:
        """Letters a request's own round is about: neither a version for one place, nor a successor begun beside a sealed one."""
        return self.filter(version__isnull=True).exclude(succession__beside=True)

    def with_newest(self) -> LetterQuerySet:
        """Annotate the seal in force and the file in hand, by id."""
        seals = Seal.objects.filter(letter=OuterRef("pk"), reopening__isnull=True).order_by("-id")
        uploads = Upload.objects.filter(letter=OuterRef("pk"), replaced_at__isnull=True)
        return self.annotate(
            seal_id=models.Subquery(seals.values("id")[:1]),
            upload_id=models.Subquery(uploads.values("id")[:1]),
        )

    def draft(self) -> LetterQuerySet:
        return self.with_seal().filter(Q(has_seal=False))

    def sealed(self) -> LetterQuerySet:
        return self.with_seal().filter(Q(has_seal=True))


class Letter(models.Model):
    """One text for one applicant by one writer."""

    class Confidentiality(models.TextChoices):
        OPEN = "open"
        WAIVED = "waived"  # the applicant gave up reading it
        IN_CONFIDENCE = "in_confidence"  # the writer gave it in confidence

    class Origin(models.TextChoices):
        WRITTEN = "written"  # typed here
        UPLOADED = "uploaded"  # a file from its writer
        BROUGHT = "brought"  # the applicant already had it: never verified until its writer confirms

    key = models.CharField(max_length=32, unique=True, default=new_key)
    applicant = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    request = models.ForeignKey(Request, null=True, on_delete=models.CASCADE, related_name="+")
    writer_name = models.CharField(max_length=200)
    title = models.CharField(max_length=300, blank=True)
    origin = models.CharField(max_length=12, choices=Origin.choices)
    confidentiality = models.CharField(max_length=16, choices=Confidentiality.choices)
    predecessor = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    begun_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ("-begun_at", "-id")
        constraints = [
            models.CheckConstraint(
                condition=Q(confidentiality__in=("open", "waived", "in_confidence")),
                name="letter_confidentiality_known",
            ),
            models.CheckConstraint(
                condition=Q(origin="brought", confidentiality="open") | ~Q(origin="brought"),
                name="letter_brought_is_open",
            ),
            models.CheckConstraint(
                condition=Q(origin="brought") | Q(request__isnull=False),
                name="letter_from_writer_has_request",
            ),
        ]

    def __str__(self) -> str:
        return f"letter {self.key}"

    @property
    def is_open(self) -> bool:
        return self.confidentiality == self.Confidentiality.OPEN


class Draft(models.Model):
    """What the writer has typed so far. Encrypted at rest; the applicant never sees it."""

    letter = models.OneToOneField(Letter, on_delete=models.CASCADE, related_name="draft")
    sealed_body = models.BinaryField()  # encrypted JSON: letterhead, addressee, paragraphs, signature
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"draft {self.revision}"


class Upload(models.Model):
    """A file the writer gave, inspected and cleaned; the newest counts until it is sealed."""

    key = models.CharField(max_length=32, unique=True, default=new_key)
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="uploads")
    file = models.CharField(max_length=64)  # the vault's id of the clean revision
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=8)
    pages = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)  # SHA-256 of the clean revision
    given_digest = models.CharField(max_length=64)  # SHA-256 of the bytes as they came
    hints = models.JSONField(default=list)  # sentences as [msgid, facts]
    uploaded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["letter"], condition=Q(replaced_at__isnull=True), name="upload_current_once"
            ),
            models.CheckConstraint(condition=Q(pages__gte=1), name="upload_has_pages"),
        ]

    def __str__(self) -> str:
        return self.name


class Seal(models.Model):
    """What fixes a letter: digest, signature, time."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="seals")
    correspondent = models.ForeignKey(Correspondent, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=9, unique=True)  # K7QM-42TX
    record = models.BinaryField()  # the canonical bytes that were sealed, encrypted: they hold the text
    digest = models.CharField(max_length=64)  # SHA-256 of what was sealed, before the foot is drawn
    pdf_digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the finished PDF
    manifest = models.BinaryField()
    signature = models.BinaryField()  # Ed25519 over the manifest
    key_id = models.CharField(max_length=64)
    file = models.CharField(max_length=64)  # the vault's id
    pages = models.PositiveSmallIntegerField()
    writer_name = models.CharField(max_length=200)
    proven_by = models.CharField(max_length=24)
    proven_mailbox_digest = models.CharField(max_length=64)  # keyed; the verify page names the domain alone
    proven_domain = models.CharField(max_length=255)
    sealed_at = models.DateTimeField()
    time_stamped_at = models.DateTimeField(null=True)  # what an outside time server's stamp in the file says

    class Meta:
        ordering = ("-sealed_at", "-id")
        constraints = [models.CheckConstraint(condition=Q(pages__gte=1), name="seal_has_pages")]
        indexes = [
            models.Index(fields=["digest"], name="seal_digest"),
            models.Index(fields=["sealed_at"], name="seal_sealed_at"),
        ]

    def __str__(self) -> str:
        return self.number


class Reopening(models.Model):
    """The writer opened the seal again, within the hour and before anyone had read it."""

    seal = models.OneToOneField(Seal, on_delete=models.CASCADE, related_name="reopening")
    reopened_at = models.DateTimeField()
    reopened_by = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"reopened {self.reopened_at:%Y-%m-%d %H:%M}"


class Release(models.Model):
    """The hour is over, or the writer said now: the letter may be told of and delivered."""

    seal = models.OneToOneField(Seal, on_delete=models.CASCADE, related_name="release")
    released_at = models.DateTimeField()
    released_by = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"released {self.released_at:%Y-%m-%d %H:%M}"


class Scope(models.Model):
    """The uses the writer agreed to; the newest row counts."""

    seal = models.ForeignKey(Seal, on_delete=models.CASCADE, related_name="scopes")
    opportunities = models.JSONField(default=list)  # keys; empty: any
    kinds = models.JSONField(default=list)  # kinds of opportunity; empty: any
    last_on = models.DateField(null=True)
    on_screen_only = models.BooleanField(default=False, db_default=False)  # readers keep no file of it
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=64)

    class Meta:
        ordering = ("-set_at", "-id")

    def __str__(self) -> str:
        return f"scope of {self.seal_id}"

    @property
    def uses(self) -> Uses:
        return Uses(tuple(self.opportunities), tuple(self.kinds), self.last_on, self.on_screen_only)


class Withdrawal(models.Model):
    """The writer takes a sealed letter back, for future readers."""

    seal = models.OneToOneField(Seal, on_delete=models.CASCADE, related_name="withdrawal")
    withdrawn_at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"withdrawn {self.withdrawn_at:%Y-%m-%d}"


class Copy(models.Model):
    """A derived copy, known by its digest: verification says "reading copy of letter …", never "changed"."""

    class Kind(models.TextChoices):
        READING = "reading"
        CONFORMING = "conforming"

    seal = models.ForeignKey(Seal, on_delete=models.CASCADE, related_name="copies")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    digest = models.CharField(max_length=64)  # one merged copy holds several letters
    made_for = models.CharField(max_length=64)  # a reader's or destination's key
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["seal", "digest"], name="copy_once_per_seal")]
        indexes = [models.Index(fields=["digest"], name="copy_digest")]

    def __str__(self) -> str:
        return f"{self.kind} copy"


class Confirmation(models.Model):
    """The applicant asks the writer of a letter they brought to confirm it, by a purpose of that writer's request."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="confirmations")
    purpose = models.OneToOneField(Purpose, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"confirmation of {self.letter_id}"


class PlannedSeal(models.Model):
    """A file that came by a proven reply: sealed when its hour is over, unless its writer stops that."""

    upload = models.OneToOneField(Upload, on_delete=models.CASCADE, related_name="planned_seal")
    mailbox = models.CharField(max_length=320)  # whose reply it was
    due_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=64, blank=True)  # sealed, stopped, replaced, or a refusal's code

    class Meta:
        ordering = ("due_at",)
        indexes = [
            models.Index(fields=["due_at"], name="planned_seal_due", condition=Q(ended_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"seal planned for {self.due_at:%Y-%m-%d %H:%M}"


class Succession(models.Model):
    """Its writer began this letter to take the place of its predecessor.

    `openly` says that its applicant may read it though they may not read the one before: only a writer can say so.
    """

    letter = models.OneToOneField(Letter, on_delete=models.CASCADE, related_name="succession")
    beside = (
        models.BooleanField()
    )  # begun while its request was closed: the older letter stands until it is sealed
    openly = models.BooleanField(default=False)
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"succession by {self.letter_id}"


class Version(models.Model):
    """A letter made from another for one place, sealed on its own. Without a destination: for the whole purpose."""

    letter = models.OneToOneField(Letter, on_delete=models.CASCADE, related_name="version")
    base = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="versions")
    purpose = models.ForeignKey(Purpose, on_delete=models.CASCADE, related_name="+")
    destination = models.ForeignKey(Destination, null=True, on_delete=models.CASCADE, related_name="+")
    begun_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(condition=~Q(letter=models.F("base")), name="version_has_other_base")
        ]

    def __str__(self) -> str:
        return f"version of {self.base_id}"


class Borrowing(models.Model):
    """Sealed words were put into this draft: it is shown only where a code was taken, as they were."""

    letter = models.OneToOneField(Letter, on_delete=models.CASCADE, related_name="borrowing")
    borrowed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"borrowed for {self.letter_id}"


class Renewal(models.Model):
    """The applicant asks, for a new purpose, that a letter in the Safe be written anew."""

    purpose = models.OneToOneField(Purpose, on_delete=models.CASCADE, related_name="+")
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="renewals")
    asked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"renewal of {self.letter_id}"


class Template(models.Model):
    """A text its writer keeps to start letters from: theirs alone, over all applicants. Encrypted with its name."""

    key = models.CharField(max_length=32, unique=True, default=new_key)
    correspondent = models.ForeignKey(Correspondent, on_delete=models.CASCADE, related_name="+")
    sealed_body = models.BinaryField()  # encrypted JSON: name, and the fields of a draft
    kept_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"template {self.key}"


class Quote(models.Model):
    """A sentence of an open letter that its applicant put on their wall. Encrypted as the letter is."""

    key = models.CharField(max_length=32, unique=True, default=new_key)
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="quotes")
    sealed_words = models.BinaryField()
    digest = models.CharField(max_length=64)  # keyed, of the words: each sentence hangs once
    chosen_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["letter", "digest"], name="quote_once_per_letter")]

    def __str__(self) -> str:
        return f"quote {self.key}"


class Showing(models.Model):
    """An open letter that its applicant shows to an adviser who looks along."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="showings")
    advising = models.ForeignKey(Advising, on_delete=models.CASCADE, related_name="+")
    shown_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["letter", "advising"], name="showing_once")]

    def __str__(self) -> str:
        return f"letter {self.letter_id} shown"
