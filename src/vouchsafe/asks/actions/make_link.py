from __future__ import annotations

from datetime import datetime

from vouchsafe.asks.actions.in_order import in_order
from vouchsafe.asks.models import Link, Request
from vouchsafe.asks.reach import is_reachable
from vouchsafe.ledger import custody
from vouchsafe.ledger.keys import token_hash
from vouchsafe.ledger.outbox import TokenLink

PURPOSE = "request"


def make_link(*, request: Request, kind: Link.Kind, mailbox: str = "", now: datetime) -> Link:
    """Make the request's next way in and keep its hash. Call it inside a transaction; older links stay good."""
    n = Request.objects.select_for_update(of=("self",)).get(pk=request.pk).links_made + 1
    Request.objects.filter(pk=request.pk).update(links_made=n)
    generation = custody.secret_generation()
    return Link.objects.create(
        request=request,
        n=n,
        generation=generation,
        kind=kind,
        mailbox=mailbox,
        token_hash=token_hash(custody.token(PURPOSE, request.key, n, generation)),
        made_at=in_order(request, now),
    )


def token_of(link: Link) -> str:
    """The token itself; it is made again whenever it is needed and never stored."""
    return custody.token(PURPOSE, link.request.key, link.n, link.generation)


def stop_link(*, request: Request, mailbox: str) -> dict[str, TokenLink]:
    """The way to stop mails, for a mail that asks for nothing: no link is made for it, the newest one is used again.

    Nothing where nobody could open it, or where no link was ever mailed to that mailbox.
    """
    links = Link.objects.filter(
        request=request, kind=Link.Kind.MAILED, mailbox=mailbox, revoked_at__isnull=True
    ).select_related("request")
    newest = links.order_by("-n").first() if is_reachable() else None
    return {"stop_url": token_link(newest, "stop_path")} if newest else {}


def token_link(link: Link, path: str = "request_path") -> TokenLink:
    """What a parcel carries of a link until it is sent; `path` names a function of core.addresses."""
    return TokenLink(path=path, purpose=PURPOSE, key=link.request.key, n=link.n, generation=link.generation)
