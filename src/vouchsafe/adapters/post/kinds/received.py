"""A file that came by reply: what we got, and what happens to it next."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from vouchsafe.adapters.post.kinds.doubt import ANSWERS
from vouchsafe.adapters.post.kinds.foot import reads_replies, sent_for, via
from vouchsafe.adapters.post.mail import Link, Mail, Route
from vouchsafe.core.words import Sentence, say, say_n


def received(
    route: Route,
    *,
    applicant: str,
    file_name: str,
    pages: int,
    page_url: str = "",
    seals_at: datetime | None = None,
    zone: str = "UTC",
    why: Sentence | None = None,
) -> Mail:
    """With `seals_at` it is sealed then unless stopped; without, the writer looks at it and seals it, for `why`.

    The hour is said by the clock of `zone`, the writer's.
    """
    got = say_n(
        "We have your letter for {applicant}: {file_name}, one page.",
        "We have your letter for {applicant}: {file_name}, {n} pages.",
        pages,
        applicant=applicant,
        file_name=file_name,
    )
    if seals_at is not None:
        time = seals_at.astimezone(ZoneInfo(zone))
        then = (
            say("It will be sealed on {time}, unless you stop it before.", time=time)
            if page_url
            else say("It will be sealed on {time}, unless you send another file before.", time=time)
        )
        label = say("Look at it, or stop it")
    else:
        then = why or (
            say(
                "We could not check that the mail came from you. One click on the page settles it. Until then nobody sees the letter."
            )
            if page_url
            else say("We could not check that the mail came from you. Until then nobody sees the letter.")
        )
        label = say("Look at it, and confirm")
    replies = reads_replies(route, page_url)
    return Mail(
        kind="received",
        route=route,
        from_name=via(applicant, route.house),
        subject=say("Your letter for {applicant} has arrived", applicant=applicant),
        preheader=then,
        paragraphs=(got, then),
        button=Link(label, page_url) if page_url else None,
        lines=(say("Sent the wrong file? Reply with the right one. It replaces this one."),)
        if replies
        else (),
        foot=sent_for(route, applicant, ANSWERS),
        takes_reply=replies,
        automatic=True,
    )


def words_kept(route: Route, *, applicant: str, page_url: str = "") -> Mail:
    """A reply long enough to be a letter: its words wait in the editor, and nobody else has seen them."""
    return Mail(
        kind="words-kept",
        route=route,
        from_name=via(applicant, route.house),
        subject=say("What you wrote for {applicant} is kept", applicant=applicant),
        preheader=say("As a draft that only you can see."),
        paragraphs=(
            say(
                "Thank you for your mail. It looks like a letter, so its words wait in the editor, as a draft."
            ),
            say("Only you can see it. {applicant} has not been shown a word.", applicant=applicant),
        ),
        button=Link(say("Read it through, and seal it"), page_url) if page_url else None,
        lines=(say("Was it no letter? Then clear the draft, and say yes or no on the same page."),)
        if page_url
        else (say("To finish it, reply with the letter as a PDF."),),
        foot=sent_for(route, applicant, ANSWERS),
        takes_reply=reads_replies(route, page_url),
        automatic=True,
    )
