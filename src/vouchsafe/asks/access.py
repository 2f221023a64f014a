"""From a key or a token to a request, and how far the one who holds it may go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import OuterRef, Q, Subquery

from vouchsafe.asks.mailbox import writers_mailbox
from vouchsafe.asks.models import (
    Ask,
    Document,
    Link,
    Purpose,
    Reminder,
    Request,
    RequestQuerySet,
    Silence,
    Suggestion,
)
from vouchsafe.core.stages import stage_of_request
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import outbox
from vouchsafe.ledger.keys import token_hash
from vouchsafe.ledger.models import Outgoing
from vouchsafe.ledger.prepared import Prepared, PreparedFacts
from vouchsafe.people.access import NotHere
from vouchsafe.people.models import Account, ContactAddress


class MailboxNotProven(Refusal):
    code = "mailbox-not-proven"
    msgid = msg("We do not know yet that this is {writer}.")
    hint_msgid = msg("Ask for a code: we mail it to {writer}’s own address.")


class FreshCodeNeeded(Refusal):
    code = "fresh-code-needed"
    msgid = msg("A link to this page may have been forwarded.")
    hint_msgid = msg("Ask for a code: we mail it to {writer}’s own address, and it works for ten minutes.")


@dataclass(frozen=True, slots=True)
class Visit:
    """Someone at a writer's page. `proven_by` is empty for a link the applicant handed over, and for a mailbox
    that is no longer the writer's.

    A handed-over link shows the request and can decline; everything else needs a browser that
    proved the writer's mailbox, by a mailed link or a mailed code.
    """

    request: Request
    mailbox: str = ""
    proven_by: str = ""
    has_code: bool = (
        False  # took a mailed code for what a link alone must not show, or sealed here, within ten minutes
    )
    sealed_here: str = ""  # the letter that was sealed here, where no code was taken: it opens that one alone
    took_code: bool = False  # took that code itself: having sealed here does not open older words
    works_here: bool = False  # took it here within half a day: a draft that holds sealed words goes on
    at: str = ""  # the key of the letter they are at; empty: the one of the request's round

    @property
    def is_proven(self) -> bool:
        return bool(self.proven_by)

    @property
    def by(self) -> str:
        """Who acts, for the journal."""
        return self.request.correspondent.key if self.is_proven and self.request.correspondent else "writer"

    def demand_proof(self) -> None:
        """Refuse whoever has not proved the writer's mailbox."""
        if not self.is_proven:
            raise MailboxNotProven(writer=self.request.contact.name)

    def may_open(self, letter_key: str) -> bool:
        """Whether this browser took a code, or sealed this very letter a moment ago: another one it opens nothing of."""
        return self.has_code and self.sealed_here in ("", letter_key)

    def demand_code(self, letter_key: str) -> None:
        """Refuse whoever comes by a link alone: it may have been forwarded, to the applicant too."""
        self.demand_proof()
        if not self.may_open(letter_key):
            raise FreshCodeNeeded(writer=self.request.contact.name)

    def demand_own_code(self) -> None:
        """Refuse whoever did not just take a code: older sealed words, also those about others, are theirs alone."""
        self.demand_proof()
        if not self.took_code:
            raise FreshCodeNeeded(writer=self.request.contact.name)

    def demand_desk(self) -> None:
        """Refuse a browser in which no code was taken today: what it asks for holds sealed words."""
        self.demand_proof()
        if not (self.works_here or self.took_code):
            raise FreshCodeNeeded(writer=self.request.contact.name)


_WITH = ("contact", "contact__owner", "correspondent")


def visit_by_token(token: str) -> Visit:
    """Who comes by a link: a mailed one proves the mailbox it went to, a handed-over one proves nothing."""
    link = (
        Link.objects.select_related(*(f"request__{name}" for name in _WITH))
        .annotate(first_mailbox=_first_mailbox("request__contact"))
        .filter(token_hash=token_hash(token), request__contact__owner__is_active=True)
        .first()
    )
    if link is None or link.revoked_at is not None:
        raise NotHere("link")
    if link.kind == Link.Kind.MAILED:
        return _visit(link.request, link.mailbox, "mailed_link", link.first_mailbox)
    return Visit(link.request)


def visit_by_proof(key: str, mailbox: str, proven_by: str) -> Visit:
    """Who comes back with a browser that traded its token (or a mailed code) for a cookie."""
    for found in _VISITED(key):
        return _visit(found, mailbox, proven_by, found.first_mailbox)  # type: ignore[attr-defined]  # annotated below
    raise NotHere(key)


def _first_mailbox(contact: str) -> Subquery:
    """The contact's first address, in the query that loads the row."""
    return Subquery(ContactAddress.objects.filter(contact=OuterRef(contact)).values("mailbox")[:1])


def _visited(key: str) -> RequestQuerySet:
    return (
        Request.objects.with_facts()
        .annotate(first_mailbox=_first_mailbox("contact"))
        .select_related(*_WITH)
        .filter(key=key, contact__owner__is_active=True)
    )


_VISITED = Prepared(_visited, lambda key: (key,), "the key of a request")


def _visit(request: Request, mailbox: str, proven_by: str, first: str | None) -> Visit:
    """What was proved once counts while the writer is still written to there; else it is a link handed over."""
    now = request.correspondent.mailbox if request.correspondent else first
    return Visit(request, mailbox, proven_by if mailbox and mailbox == now else "")


def asked_of(mailbox: str) -> RequestQuerySet:
    """What one mailbox is asked for over all applicants and is not over: mailed there, or answered from there.

    What an applicant only prepares is not among them.
    """
    links = Link.objects.filter(kind=Link.Kind.MAILED, mailbox=mailbox, revoked_at__isnull=True)
    mailed = Request.objects.filter(correspondent__isnull=True, pk__in=links.values("request"))
    # Joined, not one of two: each half has an index to be found by, and there may be a million requests.
    proven = Request.objects.filter(correspondent__mailbox=mailbox)
    mine = proven.order_by().values("pk").union(mailed.order_by().values("pk"))
    return Request.objects.with_facts().filter(
        Q(was_closed=False), pk__in=mine, contact__owner__is_active=True
    )


def other_visit(visit: Visit, key: str) -> Visit:
    """A visit of the same mailbox to another of its requests.

    The code that was taken proves the mailbox and not one request, so it counts for each that is mailed there now.
    A link alone leads no further than its own request. Anything else is not here.
    """
    visit.demand_desk()
    if not asked_of(visit.mailbox).filter(key=key).exists():
        raise NotHere(key)
    found = visit_by_proof(key, visit.mailbox, "mailed_code")
    if not found.is_proven:
        raise NotHere(key)
    return found


def is_writers(request: Request, mailbox: str) -> bool:
    """Whether a mailbox is the one this writer is written to now.

    The applicant names the first address, and may name another before the letter is begun. A link or a cookie
    from the one before, perhaps their own under a stranger's name, must not show what the writer writes.
    """
    try:
        return writers_mailbox(request).mailbox == mailbox
    except Refusal:
        return False


def demand_writers(visit: Visit, request: Request) -> None:
    """Refuse, on the locked row, a proof of a mailbox that is no longer the writer's; a visit without proof passes."""
    if visit.is_proven and not is_writers(request, visit.mailbox):
        raise MailboxNotProven(writer=request.contact.name)


def request_of(viewer: Account, key: str) -> Request:
    """An applicant's own request."""
    found = Request.objects.select_related(*_WITH).filter(contact__owner=viewer, key=key).first()
    if found is None:
        raise NotHere(key)
    return found


def request_with(viewer: Account, contact_key: str) -> Request | None:
    """The one lasting request between an applicant and a contact, if it was opened."""
    return (
        Request.objects.select_related(*_WITH).filter(contact__owner=viewer, contact__key=contact_key).first()
    )


def purpose_of(viewer: Account, key: str) -> Purpose:
    found = (
        Purpose.objects.select_related("request__contact__owner", "request__correspondent", "opportunity")
        .filter(request__contact__owner=viewer, withdrawn_at__isnull=True, key=key)
        .first()
    )
    if found is None:
        raise NotHere(key)
    return found


def ask_mails(purpose: Purpose) -> list[Outgoing]:
    """Every mail that asked for this purpose, oldest first."""
    return list(Outgoing.objects.filter(once__startswith=f"ask|{purpose.key}|").order_by("id"))


def ask_mail(purpose: Purpose) -> Outgoing | None:
    """The mail that asks for this purpose now: it waits, is leaving, has left, or nobody knows.

    One that went to an address which is no longer the writer's has not asked anybody.
    """
    spent = (Outgoing.State.WITHDRAWN, Outgoing.State.FAILED)
    live = [row for row in reversed(ask_mails(purpose)) if row.state not in spent]
    try:
        to = writers_mailbox(purpose.request).address
    except Refusal:
        return next(iter(live), None)
    return next((row for row in live if outbox.read(row).to_address == to), None)


def ask_outgoing(request: Request, key: str) -> Outgoing:
    """One mail of a request's own thread that a person may act upon."""
    found = Outgoing.objects.filter(
        about=request.key, kind__in=("ask", "cancelled", "reminder"), key=key
    ).first()
    if found is None:
        raise NotHere(key)
    return found


def reminder(request: Request, key: str) -> Reminder:
    """A reminder of this request that has neither left nor been dropped."""
    found = Reminder.objects.filter(
        request=request, key=key, sent_at__isnull=True, dropped_at__isnull=True
    ).first()
    if found is None:
        raise NotHere(key)
    return found


def known_mailboxes(request: Request) -> frozenset[str]:
    """The mailboxes whose mail may be the writer's: the one they are written to now, if a link was mailed there.

    One they were written to before proves nothing any more: it may have been the applicant's own.
    """
    mailed = Link.objects.filter(request=request, kind=Link.Kind.MAILED, revoked_at__isnull=True)
    known = {request.correspondent.mailbox} if request.correspondent else set()
    known.update(mailed.values_list("mailbox", flat=True))
    return frozenset(mailbox for mailbox in known if is_writers(request, mailbox))


def writes_to(request: Request) -> str:
    """The normalised address that links and answers for this writer go to now. Refuses as `writers_mailbox` does."""
    return writers_mailbox(request).mailbox


def handed_link(request: Request) -> Link | None:
    """The link that the applicant handed over, if one was made."""
    return (
        Link.objects.filter(request=request, kind=Link.Kind.HANDED, revoked_at__isnull=True)
        .order_by("n")
        .first()
    )


def suggestion(request: Request) -> Suggestion | None:
    """Whom the writer proposed in their place with their newest no, while nobody has asked them."""
    return Suggestion.objects.filter(request=request, asked_at__isnull=True).order_by("-id").first()


def document(request: Request, key: str) -> Document:
    found = Document.objects.filter(request=request, key=key, removed_at__isnull=True).first()
    if found is None:
        raise NotHere(key)
    return found


def removed_document(request: Request, key: str) -> Document:
    """A document that was taken off, for undo."""
    found = Document.objects.filter(request=request, key=key, removed_at__isnull=False).first()
    if found is None:
        raise NotHere(key)
    return found


def ask_of(viewer: Account, key: str) -> Ask:
    found = Ask.objects.filter(contact__owner=viewer, key=key, undone_at__isnull=True).first()
    if found is None:
        raise NotHere(key)
    return found


def stage(request: Request) -> str:
    """The request's stage, from its rows: one query, or none on an annotated row."""
    if not hasattr(request, "closed_why"):
        (facts,) = _STAGE(request.pk)
        return stage_of_request(**facts._asdict())
    return stage_of_request(
        was_mailed=request.was_mailed,  # type: ignore[attr-defined]  # annotated by with_facts
        latest_answer=request.latest_answer,  # type: ignore[attr-defined]  # annotated by with_facts
        was_started=request.was_started,  # type: ignore[attr-defined]  # annotated by with_facts
        closed_why=request.closed_why,
    )


class StageFacts(NamedTuple):
    """What the stage is derived from."""

    was_mailed: bool
    latest_answer: str | None
    was_started: bool
    closed_why: str | None


def _staged(key: int) -> RequestQuerySet:
    return Request.objects.with_facts().filter(pk=key)


# Nearly every action asks for the stage: compiling the question took several times as long as answering it.
_STAGE = PreparedFacts(StageFacts, {}, _staged, lambda key: (key,), -(10**12) - 11)


def due_silences(now: datetime, limit: int) -> list[Silence]:
    """For the worker: asks that have waited long enough without an answer."""
    return list(Silence.objects.filter(due_at__lte=now, ended_at__isnull=True)[:limit])


def due_reminders(now: datetime, limit: int) -> list[Reminder]:
    """For the worker: reminders whose time has come."""
    return list(Reminder.objects.due(now)[:limit])
