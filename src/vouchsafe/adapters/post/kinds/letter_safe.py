"""A letter is safe: the applicant learns that it is there, and never a word of it."""

from __future__ import annotations

from vouchsafe.adapters.post.kinds.foot import about_request, from_house
from vouchsafe.adapters.post.mail import Link, Mail, Route
from vouchsafe.core.words import say, say_n


def letter_safe(
    route: Route, *, writer: str, in_confidence: bool, still_missing: int, page_url: str, replaces: str = ""
) -> Mail:
    """`still_missing` letters are needed before this opportunity has enough. `replaces` is an older letter's number."""
    left = (
        say_n("One more letter and you have enough.", "{n} more letters and you have enough.", still_missing)
        if still_missing
        else say("You have enough letters.")
    )
    return Mail(
        kind="letter-safe",
        route=route,
        from_name=from_house(route.house),
        subject=say("The letter from {writer} is safe", writer=writer),
        preheader=left,
        paragraphs=(
            say("{writer} has written your letter. It is sealed and safe.", writer=writer),
            say("It was given in confidence, so its text stays closed to you.")
            if in_confidence
            else say("You can read it in your Safe."),
            *(
                (
                    say(
                        "It takes the place of letter {number}. Packets that hold that one say so, and their readers are told.",
                        number=replaces,
                    ),
                )
                if replaces
                else ()
            ),
            left,
        ),
        button=Link(say("See it, and thank {writer}", writer=writer), page_url),
        foot=about_request(route, writer),
        automatic=True,
    )
