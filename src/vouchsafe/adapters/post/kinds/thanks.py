"""Thanks, in the applicant's own words. It asks for nothing."""

from __future__ import annotations

from vouchsafe.adapters.post.kinds.foot import sent_for, via
from vouchsafe.adapters.post.mail import Mail, Route
from vouchsafe.core.words import say


def thanks(route: Route, *, applicant: str, words: str) -> Mail:
    """A person pressed send, so it is not marked automatic, and a reply goes to the applicant."""
    return Mail(
        kind="thanks",
        route=route,
        from_name=via(applicant, route.house),
        subject=say("Thank you, from {applicant}", applicant=applicant),
        preheader=say("Nothing is asked of you."),
        words=words,
        foot=sent_for(route, applicant),
    )
