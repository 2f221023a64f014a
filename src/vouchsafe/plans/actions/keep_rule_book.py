from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.core.destination_rules import Rules, check_pattern, to_plain
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.people.models import Account
from vouchsafe.plans.models import RuleBook


class OfficeKeepsRules(Refusal):
    code = "office-keeps-rules"
    msgid = msg("Only the office keeps rule books for everyone.")
    hint_msgid = msg("Enter the rules with the place the letters go to.")


class RuleBookNeedsName(Refusal):
    code = "rule-book-needs-name"
    msgid = msg("The rule book has no name yet.")
    hint_msgid = msg("Call it after the portal or the institution.")


@transaction.atomic
def keep_rule_book(
    *, by: Account, name: str, rules: Rules, now: datetime, book: RuleBook | None = None
) -> RuleBook:
    """Keep what a portal takes, for everyone who applies there: a new book, or a changed one.

    Writes the book; every destination that follows it follows the change. Refuses whoever does not run the office, a
    book without a name, and a pattern that no file system takes.
    """
    if not by.runs_office:
        raise OfficeKeepsRules
    if not name.strip():
        raise RuleBookNeedsName
    check_pattern(rules.file_name)
    facts = {"name": name.strip()[:200], "rules": to_plain(rules), "kept_at": now}
    if book is None:
        book = RuleBook.objects.create(**facts)
    else:
        RuleBook.objects.filter(pk=book.pk).update(**facts)
        book.refresh_from_db()
    journal.note(chain=journal.OFFICE, verb="rule_book_kept", about=book.key, by=by.key, now=now)
    return book


@transaction.atomic
def remove_rule_book(*, by: Account, book: RuleBook, removed: bool, now: datetime) -> None:
    """Take a book away, or bring it back. Destinations that follow it keep their own rules. Refuses as keeping does."""
    if not by.runs_office:
        raise OfficeKeepsRules
    if RuleBook.objects.filter(pk=book.pk, removed_at__isnull=removed).update(
        removed_at=now if removed else None
    ):
        verb = "rule_book_removed" if removed else "rule_book_restored"
        journal.note(chain=journal.OFFICE, verb=verb, about=book.key, by=by.key, now=now)
