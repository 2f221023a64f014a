"""Who helps a writer, by that writer's own word."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from vouchsafe.asks.models.requests import Request
from vouchsafe.ledger.keys import new_key
from vouchsafe.people.models import Correspondent


class Assistant(models.Model):
    """Somebody whom a writer named to help: with one request, or with all that their mailbox is asked for.

    They lay words and files before the writer and tick portals off. They answer nothing, seal nothing, and no page
    of theirs holds a word of a letter that they did not type themselves.
    """

    key = models.CharField(max_length=32, unique=True, default=new_key)
    correspondent = models.ForeignKey(Correspondent, on_delete=models.CASCADE, related_name="+")
    request = models.ForeignKey(
        Request, null=True, on_delete=models.CASCADE, related_name="+"
    )  # none: all of the mailbox
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=320)
    mailbox = models.CharField(max_length=320)  # normalised
    generation = models.PositiveSmallIntegerField()  # of the secret the link was made from
    token_hash = models.CharField(max_length=64, unique=True)
    named_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="assistant_has_name")]

    def __str__(self) -> str:
        return self.name


class Offering(models.Model):
    """What an assistant laid before the writer: words, or a file. It is no letter until the writer takes it up."""

    key = models.CharField(max_length=32, unique=True, default=new_key)
    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="+")
    assistant = models.ForeignKey(Assistant, on_delete=models.CASCADE, related_name="+")
    sealed_words = models.BinaryField(default=bytes)  # encrypted; empty for a file
    file = models.CharField(max_length=64, blank=True)  # the vault's id; empty for words
    name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=8, blank=True)
    pages = models.PositiveSmallIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    given_digest = models.CharField(max_length=64, blank=True)
    hints = models.JSONField(default=list)  # sentences as [msgid, facts]
    offered_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name or f"words {self.key}"
