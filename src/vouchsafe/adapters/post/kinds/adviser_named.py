"""The office named an adviser: the applicant is asked whether they may look along."""

from __future__ import annotations

from vouchsafe.adapters.post.kinds.foot import from_house, sent_because
from vouchsafe.adapters.post.mail import Link, Mail, Route
from vouchsafe.core.words import say


def adviser_named(route: Route, *, adviser: str, page_url: str) -> Mail:
    """Nothing is seen before the applicant has pressed the button of the page it leads to."""
    return Mail(
        kind="adviser-named",
        route=route,
        from_name=from_house(route.house),
        subject=say("May {adviser} look along with your plan?", adviser=adviser),
        preheader=say("Nothing is seen before you agree, and you can end it at any time."),
        paragraphs=(
            say("{adviser} would help you as an adviser.", adviser=adviser),
            say(
                "If you agree, they see what your letters are for, whom you plan to ask and how far each request is. They never see a confidential letter, and an open one only if you show it to them."
            ),
        ),
        button=Link(say("See what they would see, and decide"), page_url),
        foot=sent_because(
            route,
            say("You get this because the office named an adviser for you."),
            say("If you do nothing, nothing is shown."),
        ),
        automatic=True,
    )
