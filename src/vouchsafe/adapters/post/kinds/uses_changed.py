"""A writer said anew what a sealed letter may be used for: its applicant learns it at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from vouchsafe.adapters.post.kinds.foot import from_house, sent_because
from vouchsafe.adapters.post.mail import Link, Mail, Route
from vouchsafe.core.uses import Uses, agreed_words
from vouchsafe.core.words import say


def uses_changed(
    route: Route,
    *,
    writer: str,
    named: Sequence[str],
    kinds: Sequence[str],
    last_on: date | None,
    on_screen_only: bool,
    page_url: str,
) -> Mail:
    """`named` are the titles of the purposes the writer ticked."""
    # Only whether there are any counts here; the keys stay in the database.
    uses = Uses(tuple(named), tuple(kinds), last_on, on_screen_only)
    return Mail(
        kind="uses-changed",
        route=route,
        from_name=from_house(route.house),
        subject=say("{writer} changed what the letter may be used for", writer=writer),
        preheader=say("Packets for other uses no longer open it."),
        paragraphs=(
            say("From now on {writer} agrees to this:", writer=writer),
            *agreed_words(uses, named),
            say("Packets for other uses no longer open it. Whoever has read it has read it."),
        ),
        button=Link(say("See the letter in your Safe"), page_url),
        foot=sent_because(
            route,
            say("You get this because the letter is about you."),
            say("Such mails come only when its uses change."),
        ),
        automatic=True,
    )
