"""A test, to whoever owns the instance: if it arrives, others will too."""

from __future__ import annotations

from vouchsafe.adapters.post.kinds.foot import from_house, sent_because
from vouchsafe.adapters.post.mail import Mail, Route
from vouchsafe.core.words import say


def trial(route: Route) -> Mail:
    return Mail(
        kind="trial",
        route=route,
        from_name=from_house(route.house),
        subject=say("This is a test from your Vouchsafe"),
        preheader=say("Mail leaves here."),
        paragraphs=(
            say("You asked for a test, and here it is. Mail leaves here."),
            say(
                "Look at where it arrived: if it was among the unwanted, SPF, DKIM or DMARC are not right yet."
            ),
        ),
        foot=sent_because(
            route,
            say("You get this because somebody ran vouchsafe doctor."),
            say("Nothing more comes by itself."),
        ),
        automatic=True,
    )
