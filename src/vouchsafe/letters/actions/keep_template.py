from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.access import Visit
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.letters.access_written import closed
from vouchsafe.letters.draft_body import DraftBody
from vouchsafe.letters.models import Template
from vouchsafe.people.actions.prove_correspondent import prove_correspondent
from vouchsafe.people.models import Correspondent

MOST = 60


class TemplateNameless(Refusal):
    code = "template-nameless"
    msgid = msg("This text has no name yet.")
    hint_msgid = msg("Give it a few words by which you will know it again.")


class TemplateEmpty(Refusal):
    code = "template-empty"
    msgid = msg("There are no words here to keep.")
    hint_msgid = msg("Write a paragraph first.")


class TooManyTemplates(Refusal):
    code = "too-many-templates"
    msgid = msg("You keep {count} texts already.")
    hint_msgid = msg("Remove one you no longer use.")


@transaction.atomic
def keep_template(*, visit: Visit, name: str, body: DraftBody, now: datetime) -> Template:
    """Keep a text to start letters from, for this mailbox alone. Name and words are encrypted.

    Writes the template. Refuses a browser in which no code was taken, an empty name or text, and one too many.
    """
    visit.demand_desk()
    demand_kept(name, body)
    correspondent = prove_correspondent(mailbox=visit.mailbox, contact=visit.request.contact, now=now)
    Correspondent.objects.select_for_update(of=("self",)).get(pk=correspondent.pk)
    count = Template.objects.filter(correspondent=correspondent, removed_at__isnull=True).count()
    if count >= MOST:
        raise TooManyTemplates(count=count)
    row = Template.objects.create(
        correspondent=correspondent, sealed_body=closed(name.strip(), body), kept_at=now
    )
    journal.note(chain=journal.OFFICE, verb="template_kept", about=row.key, by=correspondent.key, now=now)
    return row


def demand_kept(name: str, body: DraftBody) -> None:
    """Refuse a text that nobody could choose again."""
    if not name.strip():
        raise TemplateNameless
    if body.is_empty:
        raise TemplateEmpty
