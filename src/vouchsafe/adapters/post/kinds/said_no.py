"""A no, told to the applicant at once and kindly, with what can be done next."""

from __future__ import annotations

from datetime import datetime

from vouchsafe.adapters.post.kinds.foot import about_request, from_house
from vouchsafe.adapters.post.kinds.stand_by import asked_by_itself
from vouchsafe.adapters.post.mail import Link, Mail, Route
from vouchsafe.core.words import Sentence, say


def said_no(
    route: Route,
    *,
    writer: str,
    page_url: str,
    words: str = "",
    stand_by: str = "",
    took_back: bool = False,
    suggested: str = "",
    asked: str = "",
    asked_at: datetime | None = None,
    zone: str = "",
) -> Mail:
    """`words` are the writer's own, if they gave any. `took_back`: they had said yes before. `suggested` is whom they propose.

    `asked` is who was asked at once, by the applicant's word given before; the mail to them goes at `asked_at`.
    """
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
            asked_by_itself(asked, asked_at, zone)
            if asked and asked_at
            else say("{name} stands by for this letter.", name=stand_by)
            if stand_by
            else say("Nobody stands by for this letter yet."),
        ),
        button=Link(_label(suggested, stand_by, asked), page_url),
        foot=about_request(route, writer),
        automatic=True,
    )


def _label(suggested: str, stand_by: str, asked: str) -> Sentence:
    if asked:
        return say("See the mail to {name}", name=asked)
    if suggested or stand_by:
        return say("Ask {name}", name=suggested or stand_by)
    return say("Choose whom to ask next")
