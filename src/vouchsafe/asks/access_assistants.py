"""From a link to a writer's assistant, and to the requests they help with. Absence and refusal look the same."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from vouchsafe.asks.access import Visit, asked_of, is_writers
from vouchsafe.asks.models import Assistant, Request, RequestQuerySet
from vouchsafe.core.reading.addresses import same_mailbox
from vouchsafe.ledger.keys import token_hash
from vouchsafe.people.access import NotHere, own_addresses

_WITH = ("correspondent", "request__contact__owner")


@dataclass(frozen=True, slots=True)
class AssistantVisit:
    """An assistant at one of the requests they help with. It is no writer's visit: nothing that asks for one takes it."""

    assistant: Assistant
    request: Request

    @property
    def by(self) -> str:
        """Who acts, for the journal."""
        return self.assistant.key

    @property
    def as_seen(self) -> Visit:
        """What they see of the request: what whoever holds a handed-over link sees."""
        return Visit(self.request)

    def demand_proof(self) -> None:
        """Their link is theirs alone; what it may do is settled by which actions take this visit."""


def assistant_by_token(token: str) -> Assistant:
    return _standing(Assistant.objects.filter(token_hash=token_hash(token)).select_related(*_WITH).first())


def assistant_by_key(key: str) -> Assistant:
    """An assistant whose browser traded its token for a cookie."""
    return _standing(Assistant.objects.filter(key=key).select_related(*_WITH).first())


def _standing(found: Assistant | None) -> Assistant:
    if found is None or found.revoked_at is not None:
        raise NotHere("assistant")
    return found


def helped_with(assistant: Assistant) -> list[Request]:
    """What they may help with now: asked of the writer's mailbox, or sealed and still on its way; nothing of their own."""
    return [row for row in _asked(assistant) if _may_help(assistant, row)]


def assistant_visit(assistant: Assistant, request_key: str) -> AssistantVisit:
    found = _asked(assistant).filter(key=request_key).first()
    if found is None or not _may_help(assistant, found):
        raise NotHere(request_key)
    return AssistantVisit(assistant, found)


def _asked(assistant: Assistant) -> RequestQuerySet:
    mailbox = assistant.correspondent.mailbox
    open_ones = asked_of(mailbox).values("pk")
    sealed = Request.objects.with_facts().filter(
        Q(closed_why="sealed"), correspondent=assistant.correspondent, contact__owner__is_active=True
    )
    rows = Request.objects.with_facts().filter(Q(pk__in=open_ones) | Q(pk__in=sealed.values("pk")))
    if assistant.request_id is not None:
        rows = rows.filter(pk=assistant.request_id)
    return rows.select_related("contact__owner", "correspondent").order_by("-id")


def assistants_of(visit: Visit) -> list[Assistant]:
    """Whom this mailbox named for the request or for all, and has not taken back."""
    visit.demand_proof()
    return list(
        Assistant.objects.filter(
            Q(request=visit.request) | Q(request__isnull=True),
            correspondent__mailbox=visit.mailbox,
            revoked_at__isnull=True,
        )
    )


def _may_help(assistant: Assistant, request: Request) -> bool:
    """Not where another mailbox is the writer's by now, nor, named for everything, where they turn out to be who asks."""
    is_applicant = any(same_mailbox(assistant.address, own) for own in own_addresses(request.contact.owner))
    return not is_applicant and is_writers(request, assistant.correspondent.mailbox)
