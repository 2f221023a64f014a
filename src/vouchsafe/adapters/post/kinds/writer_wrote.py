"""The writer replied, and it was no plain yes or no: the applicant hears of it, and reads it where they may."""

from __future__ import annotations

from vouchsafe.adapters.post.kinds.foot import about_request, from_house
from vouchsafe.adapters.post.mail import Link, Mail, Route
from vouchsafe.core.words import say


def writer_wrote(route: Route, *, writer: str, page_url: str, words: str = "") -> Mail:
    """`words` are the writer's own; left empty where the applicant has waived reading the letter."""
    seen = (
        say(
            "Nothing has been recorded: we do not guess whether it is a yes. Answer {writer} yourself.",
            writer=writer,
        )
        if words
        else say(
            "We do not show you the words, because they might be the letter that you waived reading. Ask {writer} what it was about.",
            writer=writer,
        )
    )
    return Mail(
        kind="writer-wrote",
        route=route,
        from_name=from_house(route.house),
        subject=say("{writer} has written to you", writer=writer),
        preheader=say("It was neither a plain yes nor a plain no."),
        lead=(say("{writer} replied to your mail:", writer=writer),),
        words=words,
        paragraphs=(
            say("It was neither a plain yes nor a plain no.")
            if words.strip()
            else say(
                "{writer} replied to your mail. It was neither a plain yes nor a plain no.", writer=writer
            ),
            seen,
        ),
        button=Link(say("Open the request"), page_url),
        foot=about_request(route, writer),
        automatic=True,
    )
