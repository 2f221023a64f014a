"""Calls for letters: who is invited, who takes part, and who reads."""

from __future__ import annotations

from datetime import date

from vouchsafe.adapters.post.kinds.foot import from_house, sent_because
from vouchsafe.adapters.post.mail import Link, Mail, Route
from vouchsafe.core.words import say, say_n


def call_invited(
    route: Route, *, inviter: str, call: str, closes_on: date, has_account: bool, page_url: str
) -> Mail:
    """To an applicant whom the office named in a file. It never says who else is invited."""
    sign_in = (
        say("Sign in there as you always do.")
        if has_account
        else say("A second mail brings an invitation to this site; accept it first.")
    )
    return Mail(
        kind="call-invited",
        route=route,
        from_name=from_house(route.house),
        subject=say("Letters of recommendation for {call}", call=call),
        preheader=say("You can take part until {day}.", day=closes_on),
        paragraphs=(
            say(
                "{inviter} invites you to take part in {call}. The page says what is asked, by when, and who will read.",
                inviter=inviter,
                call=call,
            ),
            sign_in,
        ),
        button=Link(say("See what is asked"), page_url),
        lines=(say("You can take part until {day}.", day=closes_on),),
        foot=sent_because(
            route,
            say("You get this because {inviter} entered your address.", inviter=inviter),
            say("If you do nothing, nothing more comes."),
        ),
        automatic=True,
    )


def call_changed(route: Route, *, call: str, what: str, closes_on: date, due_on: date, page_url: str) -> Mail:
    """To everybody who takes part: `what` is days or withdrawn."""
    withdrawn = what == "withdrawn"
    subject = (
        say("{call} no longer asks for letters", call=call)
        if withdrawn
        else say("{call}: the days are moved", call=call)
    )
    told = (
        say(
            "The office has withdrawn the call for letters for {call}. Nobody reads letters there any more.",
            call=call,
        )
        if withdrawn
        else say("Letters for {call} must be here by {day}.", call=call, day=due_on)
    )
    then = (
        say(
            "Your letters stay in your Safe. If somebody is still writing, tell them that no letter is needed."
        )
        if withdrawn
        else say(
            "A day that a writer was shown and that would come too late is moved to it. Other days stay as they are."
        )
    )
    return Mail(
        kind="call-changed",
        route=route,
        from_name=from_house(route.house),
        subject=subject,
        preheader=told,
        paragraphs=(told, then),
        button=Link(say("See the call"), page_url),
        foot=sent_because(
            route,
            say("You get this because you take part in {call}.", call=call),
            say("Such mails come only when the office changes the call."),
        ),
        automatic=True,
    )


def committee(
    route: Route,
    *,
    call: str,
    ready: int,
    until: date,
    has_code: bool,
    page_url: str,
    asked: bool = False,
) -> Mail:
    """A reader's way in to the table of a call; `ready` applicants were shortlisted just now, or none.

    `asked`: somebody typed the address on the page for lost links.
    """
    said = (
        say_n(
            "The letters of one shortlisted applicant for {call} can be read now.",
            "The letters of {n} shortlisted applicants for {call} can be read now.",
            ready,
            call=call,
        )
        if ready
        else say("You are on the committee for {call}, and read its letters of recommendation.", call=call)
    )
    wished = (say("Here is the link you asked for. Older links keep working too."),) if asked else ()
    doubt = (
        (
            say(
                "Did not ask for it? Then somebody typed your address. Nothing has changed, and you can delete this mail."
            ),
        )
        if asked
        else ()
    )
    code = (say("The link asks for six digits that you are told apart from this mail."),) if has_code else ()
    return Mail(
        kind="committee",
        route=route,
        from_name=from_house(route.house),
        subject=say("Letters of recommendation for {call}: for you to read", call=call),
        preheader=said,
        paragraphs=(*wished, said, *code, say("The link works until {until}.", until=until)),
        button=Link(say("See the letters"), page_url),
        lines=(
            say("The link is for you alone: what is read by it is recorded as read by you."),
            say("You need no account."),
            *doubt,
        ),
        foot=sent_because(
            route,
            say("You get this because the office named you as a reader for {call}.", call=call),
            say("Nobody reminds you. A mail comes when the office sends the link, or shortlists applicants."),
        ),
        automatic=True,
    )
