"""Something is erased for its age on a named day, unless whoever it belongs to keeps it by one press."""

from __future__ import annotations

from datetime import date

from vouchsafe.adapters.post.kinds.foot import from_house, sent_because
from vouchsafe.adapters.post.mail import Link, Mail, Route
from vouchsafe.core.words import Sentence, say, say_n


def farewell(route: Route, *, requests: int, letters: int, on: date, again: bool, page_url: str = "") -> Mail:
    """`requests` that ended without a letter; none: the whole account, with as many sealed `letters`."""
    of_account = requests == 0
    what = _of_account(on, letters) if of_account else _of_requests(on, requests)
    if of_account:
        subject = say("Your account is erased on {on} unless you keep it", on=on)
    else:
        subject = say("Old requests are erased on {on} unless you keep them", on=on)
    return Mail(
        kind="farewell",
        route=route,
        from_name=from_house(route.house),
        subject=subject,
        preheader=say("One press keeps everything."),
        paragraphs=(
            what,
            say("Press the button and everything stays. You need not sign in for it."),
            *((say("To take along what is yours, sign in and open your account."),) if of_account else ()),
        ),
        button=Link(say("Keep it"), page_url) if page_url else None,
        lines=(
            say("This is the second and last mail about it.")
            if again
            else say("You are told once more, a week before."),
        ),
        foot=sent_because(
            route,
            say("You get this because it concerns what you have here."),
            say("How long such things are kept is decided by the people who run this site."),
        ),
        automatic=True,
    )


def _of_account(on: date, letters: int) -> Sentence:
    if letters:
        return say_n(
            "You have not used your account for a long time. On {on} it is erased with everything in it, one sealed letter among it.",
            "You have not used your account for a long time. On {on} it is erased with everything in it, {n} sealed letters among it.",
            letters,
            on=on,
        )
    return say(
        "You have not used your account for a long time. On {on} it is erased with everything in it.", on=on
    )


def _of_requests(on: date, requests: int) -> Sentence:
    return say_n(
        "One request of yours ended long ago without a letter. On {on} it is erased, with its documents and mails. The person you asked stays in your list.",
        "{n} requests of yours ended long ago without a letter. On {on} they are erased, with their documents and mails. The people you asked stay in your list.",
        requests,
        on=on,
    )
