"""A mail that may have been the writer's waited too long for their word: the applicant hears that it is gone."""

from __future__ import annotations

from vouchsafe.adapters.post.kinds.foot import about_request, from_house
from vouchsafe.adapters.post.mail import Link, Mail, Route
from vouchsafe.core.words import say, say_n


def held_expired(route: Route, *, writer: str, days: int, page_url: str) -> Mail:
    """Nothing of the mail is quoted: it may be a stranger's, or a letter the applicant must not see."""
    return Mail(
        kind="held-expired",
        route=route,
        from_name=from_house(route.house),
        subject=say("A mail that may be from {writer} was not confirmed", writer=writer),
        preheader=say("Ask {writer} whether they wrote.", writer=writer),
        paragraphs=(
            say(
                "A mail about your request to {writer} came from an address we do not know.",
                writer=writer,
            ),
            say_n(
                "We asked {writer} whether it was theirs, and heard nothing for one day, so it was thrown away unread.",
                "We asked {writer} whether it was theirs, and heard nothing for {n} days, so it was thrown away unread.",
                days,
                writer=writer,
            ),
            say(
                "Ask {writer} whether they wrote. If so, they can send it again from their own address.",
                writer=writer,
            ),
        ),
        button=Link(say("Open the request"), page_url),
        foot=about_request(route, writer),
        automatic=True,
    )
