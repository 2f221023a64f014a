"""Polite answers to a mail we could not act on: in doubt the writer is asked, never guessed."""

from __future__ import annotations

from vouchsafe.adapters.post.kinds.foot import from_house, reads_replies, sent_because, sent_for, via
from vouchsafe.adapters.post.mail import Link, Mail, Route
from vouchsafe.core.words import Sentence, say

ANSWERS = say("You get this because a mail came from your address. It is answered once.")


def yes_or_no(
    route: Route, *, applicant: str, shown: bool = False, address: str = "", page_url: str = ""
) -> Mail:
    """The reply was neither plainly yes nor plainly no. `shown`: the applicant got to read it.

    `address` is the applicant's own, for whatever else the writer wanted to say.
    """
    return Mail(
        kind="yes-or-no",
        route=route,
        from_name=via(applicant, route.house),
        subject=say("Was that a yes, for {applicant}?", applicant=applicant),
        preheader=say("One click settles it.") if page_url else say("One word settles it."),
        paragraphs=(
            say(
                "Thank you for your reply. We could not tell for certain whether it was a yes or a no, and we do not guess."
            ),
            say("{applicant} has been sent what you wrote.", applicant=applicant)
            if shown
            else say("{applicant} knows that you wrote, but has not seen your words.", applicant=applicant),
        ),
        button=Link(say("Say yes or no"), page_url) if page_url else None,
        lines=(
            *(() if page_url else (say("Reply with the one word yes or no."),)),
            *(
                ()
                if not address
                else (
                    say(
                        "A question? {applicant} reads mail at {address}.",
                        applicant=applicant,
                        address=address,
                    ),
                )
            ),
        ),
        foot=sent_for(route, applicant, ANSWERS),
        takes_reply=reads_replies(route, page_url),
        automatic=True,
    )


def not_taken(route: Route, *, why: Sentence, hint: Sentence | None = None, page_url: str = "") -> Mail:
    """What was sent could not be taken: the refusal's own sentence and hint."""
    return Mail(
        kind="not-taken",
        route=route,
        from_name=from_house(route.house),
        subject=say("We could not take what you sent"),
        preheader=why,
        paragraphs=(
            say("Thank you for your mail. We could not take what you sent."),
            why,
            *((hint,) if hint else ()),
        ),
        button=Link(say("Open the page"), page_url) if page_url else None,
        lines=(say("Nothing is lost: reply again whenever you like."),)
        if reads_replies(route, page_url)
        else (),
        foot=sent_because(route, ANSWERS),
        takes_reply=reads_replies(route, page_url),
        automatic=True,
    )


def was_it_you(route: Route, *, applicant: str, from_address: str, page_url: str = "") -> Mail:
    """A mail came that may be the writer's, but not from the address we know. Nothing of it is quoted."""
    return Mail(
        kind="was-it-you",
        route=route,
        from_name=via(applicant, route.house),
        subject=say("Was this mail about {applicant} from you?", applicant=applicant),
        preheader=say("Nothing happens until you say so."),
        paragraphs=(
            say(
                "A mail about your letter for {applicant} came from {address}. We could not check that it is yours, so it waits.",
                applicant=applicant,
                address=from_address,
            ),
            say("One click on the page takes it, or throws it away. Until then nobody sees it.")
            if page_url
            else say("Nobody sees it, and by itself nothing comes of it."),
        ),
        button=Link(say("Look who wrote, and decide"), page_url) if page_url else None,
        lines=() if page_url else (say("If it is yours, send it again from this address."),),
        foot=sent_for(
            route,
            applicant,
            say("You get this because that mail named your letter. Nothing more comes unless another does."),
        ),
        takes_reply=reads_replies(route, page_url),
        automatic=True,
    )
