"""What goes with a request: the waiver choice, and the documents."""

from __future__ import annotations

from django.db import models

from vouchsafe.asks.models.requests import Purpose, Request
from vouchsafe.ledger.keys import new_key


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
