"""What on the instance needs a person, gathered into one mail."""

from __future__ import annotations

from collections.abc import Sequence

from vouchsafe.adapters.post.kinds.foot import from_house, sent_because
from vouchsafe.adapters.post.mail import Link, Mail, Route
from vouchsafe.core.words import Sentence, say, say_n


def office_alert(route: Route, *, things: Sequence[Sentence], page_url: str = "") -> Mail:
    """Each of `things` says what it is and what to do. They name no letter, writer or applicant."""
    count = say_n("One thing here needs you", "{n} things here need you", len(things))
    return Mail(
        kind="office-alert",
        route=route,
        from_name=from_house(route.house),
        subject=count,
        preheader=things[0] if things else say("Nothing is left to do."),
        paragraphs=tuple(things),
        button=Link(say("Open the office"), page_url) if page_url else None,
        lines=(
            say("Nothing of this is told again, and the next such mail comes in half a day at the earliest."),
        ),
        foot=sent_because(
            route,
            say("You get this because you look after this instance."),
            say("No such mail comes while nothing needs you."),
        ),
        automatic=True,
    )
