"""How a writer comes in: by a code, and when they first looked."""

from __future__ import annotations

from django.db import models

from vouchsafe.asks.models.requests import Request


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
