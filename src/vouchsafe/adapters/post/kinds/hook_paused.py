"""An address that a program listens at is called no more: whoever gave it hears so."""

from __future__ import annotations

from vouchsafe.adapters.post.kinds.foot import from_house, sent_because
from vouchsafe.adapters.post.mail import Link, Mail, Route
from vouchsafe.core.words import say


def hook_paused(route: Route, *, host: str, gone: bool, page_url: str = "") -> Mail:
    """`host` alone: the address itself may hold a secret. `gone`: its server said so, and no three days were waited."""
    why = (
        say("{host} says that it is gone for good, so it is called no more.", host=host)
        if gone
        else say("We called {host} in vain for three days, so it is called no more.", host=host)
    )
    return Mail(
        kind="hook-paused",
        route=route,
        from_name=from_house(route.house),
        subject=say("{host} is called no more", host=host),
        preheader=why,
        paragraphs=(
            why,
            say("Once its program listens again, go on on its page. What happened meanwhile is told then."),
        ),
        button=Link(say("Open the page of the address"), page_url) if page_url else None,
        foot=sent_because(
            route,
            say("You get this because you gave an address that is called when something happens."),
            say("One such mail comes each time the calls end."),
        ),
        automatic=True,
    )
