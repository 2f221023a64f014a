"""Something on the instance needs its keeper."""

from __future__ import annotations

from vouchsafe.adapters.post.kinds.foot import from_house, sent_because
from vouchsafe.adapters.post.mail import Link, Mail, Route
from vouchsafe.core.words import Sentence, say


def office_alert(route: Route, *, what: Sentence, to_do: Sentence, page_url: str) -> Mail:
    """`what` is wrong, and what `to_do` about it. Names no letter, writer or applicant."""
    return Mail(
        kind="office-alert",
        route=route,
        from_name=from_house(route.house),
        subject=what,
        preheader=to_do,
        paragraphs=(what, to_do),
        button=Link(say("Open the office"), page_url),
        foot=sent_because(route, say("You get this because you look after this instance.")),
        automatic=True,
    )
