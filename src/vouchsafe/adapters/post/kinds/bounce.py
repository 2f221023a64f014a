"""A mail that did not arrive: told to the applicant within minutes, with three ways on."""

from __future__ import annotations

from vouchsafe.adapters.post.kinds.foot import about_request, from_house
from vouchsafe.adapters.post.mail import Link, Mail, Route
from vouchsafe.core.words import say


def bounce(route: Route, *, writer: str, address: str, page_url: str, mailbox_full: bool = False) -> Mail:
    """Nothing of the returned mail is quoted: a bounce may carry what the applicant must not see."""
    why = (
        say("The mailbox at {address} is full.", address=address)
        if mailbox_full
        else say("The mail server says that nobody reads mail at {address}.", address=address)
    )
    return Mail(
        kind="bounce",
        route=route,
        from_name=from_house(route.house),
        subject=say("Your mail to {writer} did not arrive", writer=writer),
        preheader=why,
        paragraphs=(
            say("Your mail to {writer} did not arrive.", writer=writer),
            why,
            say(
                "The request is paused, so nothing is lost. Correct the address, show the code on your phone when you meet, or print the slip."
            ),
        ),
        button=Link(say("Correct the address"), page_url),
        foot=about_request(route, writer),
        automatic=True,
    )
