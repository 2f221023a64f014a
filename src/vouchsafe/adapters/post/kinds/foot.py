"""What stands under every mail: who sent it, why, and how to stop."""

from __future__ import annotations

from vouchsafe.adapters.post.mail import House, Link, Route, Text
from vouchsafe.core.words import Sentence, say


def via(applicant: str, house: House) -> Text:
    """The name in From. On a person's own instance the mail comes from their own mailbox."""
    return applicant if house.personal else say("{applicant} via Vouchsafe", applicant=applicant)


def from_house(house: House) -> Text:
    """The name in From for mails that no applicant sends."""
    return say("Vouchsafe at {keeper}", keeper=house.kept_by) if house.kept_by else "Vouchsafe"


def reads_replies(route: Route, page_url: str) -> bool:
    """Whether an answer to this mail gets to where it is acted upon: only then a mail may ask for one.

    Replies come in by an address of our own, or, on a person's own instance that nobody can reach, by their own
    mailbox, from which the mail was sent.
    """
    return bool(route.reply_to) or (route.house.personal and not page_url)


def sent_for(route: Route, applicant: str, ends: Sentence | None = None) -> tuple[Text | Link, ...]:
    """The foot of a mail that a person caused. `ends` says why no more come, where nothing is there to stop."""
    keeper = route.house.kept_by
    if keeper:
        sentence = say(
            "Sent for {applicant} by Vouchsafe, kept by {keeper}.", applicant=applicant, keeper=keeper
        )
    else:
        sentence = say("Sent for {applicant} by Vouchsafe.", applicant=applicant)
    return (sentence, *_stop(route, ends))


def sent_because(route: Route, reason: Sentence, ends: Sentence | None = None) -> tuple[Text | Link, ...]:
    """The foot of a mail the house sends by itself; the reason says why this person gets it, `ends` when no more."""
    keeper = route.house.kept_by
    kept = (say("Vouchsafe, kept by {keeper}.", keeper=keeper),) if keeper else (say("Sent by Vouchsafe."),)
    return (reason, *kept, *_stop(route, ends))


def about_request(route: Route, writer: str) -> tuple[Text | Link, ...]:
    """The foot of what an applicant is told of a request of theirs."""
    return sent_because(
        route,
        say("You get this because you asked {writer} for a letter.", writer=writer),
        say("Such mails end when the request does."),
    )


def _stop(route: Route, ends: Sentence | None) -> tuple[Text | Link, ...]:
    if route.stop_url:
        return (Link(say("Stop emails like this"), route.stop_url),)
    return (ends,) if ends else ()
