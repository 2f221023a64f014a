"""A no, told to the applicant at once and kindly, with what can be done next."""

from __future__ import annotations

from vouchsafe.adapters.post.kinds.foot import about_request, from_house
from vouchsafe.adapters.post.mail import Link, Mail, Route
from vouchsafe.core.words import say


def said_no(
    route: Route,
    *,
    writer: str,
    page_url: str,
    words: str = "",
    stand_by: str = "",
    took_back: bool = False,
    suggested: str = "",
) -> Mail:
    """`words` are the writer's own, if they gave any. `took_back`: they had said yes before. `suggested` is whom they propose."""
    what = (
        say("{writer} cannot write the letter after all", writer=writer)
        if took_back
        else say("{writer} cannot write a letter this time", writer=writer)
    )
    told = say("{what}.", what=what)
    return Mail(
        kind="said-no",
        route=route,
        from_name=from_house(route.house),
        subject=what,
        preheader=say("It is rarely about you.")
        if not stand_by
        else say("Next on your list: {name}.", name=stand_by),
        lead=(say("{what}, and writes:", what=what),),
        words=words,
        paragraphs=(
            *(() if words.strip() else (told,)),
            say("It is rarely about you: most people who say no are short of time."),
            *(
                (
                    say(
                        "{writer} suggests that you ask {name}. One press on the page sends them the same request.",
                        writer=writer,
                        name=suggested,
                    ),
                )
                if suggested
                else ()
            ),
            say("{name} stands by for this letter.", name=stand_by)
            if stand_by
            else say("Nobody stands by for this letter yet."),
        ),
        button=Link(
            say("Ask {name}", name=suggested or stand_by)
            if suggested or stand_by
            else say("Choose whom to ask next"),
            page_url,
        ),
        foot=about_request(route, writer),
        automatic=True,
    )
