"""An invitation to join an instance, from someone who runs it."""

from __future__ import annotations

from vouchsafe.adapters.post.kinds.foot import from_house, sent_because
from vouchsafe.adapters.post.mail import Link, Mail, Route
from vouchsafe.core.words import say

ROLES = {
    "applicant": say("You can plan whom to ask for a letter, ask them, and keep the letters safe."),
    "adviser": say("You can see the plans of the people you help, never a confidential letter."),
    "office": say("You can run it: invite people, see the mail, keep it healthy."),
}


def invitation(route: Route, *, inviter: str, instance: str, role: str, page_url: str) -> Mail:
    """The page joins only after a person presses its button."""
    return Mail(
        kind="invitation",
        route=route,
        from_name=from_house(route.house),
        subject=say("{inviter} invites you to {instance}", inviter=inviter, instance=instance),
        preheader=say("One page and your name, no password. It holds for two weeks."),
        paragraphs=(
            say("{inviter} invites you to Vouchsafe at {instance}.", inviter=inviter, instance=instance),
            ROLES[role],
        ),
        button=Link(say("See the invitation"), page_url),
        foot=sent_because(
            route,
            say("You get this because {inviter} entered your address.", inviter=inviter),
            say("If you do nothing, nothing more comes."),
        ),
        automatic=True,
    )
