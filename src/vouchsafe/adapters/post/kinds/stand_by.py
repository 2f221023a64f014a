"""Silence: the next person on the list is proposed to the applicant, who decides."""

from __future__ import annotations

from vouchsafe.adapters.post.kinds.foot import about_request, from_house
from vouchsafe.adapters.post.mail import Link, Mail, Route
from vouchsafe.core.words import say, say_n


def propose_stand_by(route: Route, *, writer: str, silent_days: int, stand_by: str, page_url: str) -> Mail:
    """A word in person is proposed first: it helps more than a mail."""
    return Mail(
        kind="propose-stand-by",
        route=route,
        from_name=from_house(route.house),
        subject=say("{writer} has not answered. Next would be {name}.", writer=writer, name=stand_by),
        preheader=say("A word in person helps."),
        paragraphs=(
            say_n(
                "{writer} has been silent for one day.",
                "{writer} has been silent for {n} days.",
                silent_days,
                writer=writer,
            ),
            say("If you will see {writer}, a word in person helps more than another mail.", writer=writer),
            say("Otherwise {name} stands by. Nobody is asked unless you say so.", name=stand_by),
        ),
        button=Link(say("Ask {name}", name=stand_by), page_url),
        foot=about_request(route, writer),
        automatic=True,
    )
