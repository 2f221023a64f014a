"""Silence: the next person on the list is proposed to the applicant, who decides, or has decided in advance."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from vouchsafe.adapters.post.kinds.foot import about_request, from_house
from vouchsafe.adapters.post.mail import Link, Mail, Route
from vouchsafe.core.words import Sentence, say, say_n


def propose_stand_by(route: Route, *, writer: str, silent_days: int, stand_by: str, page_url: str) -> Mail:
    """A word in person is proposed first: it helps more than a mail."""
    return Mail(
        kind="propose-stand-by",
        route=route,
        from_name=from_house(route.house),
        subject=say("{writer} has not answered. Next would be {name}.", writer=writer, name=stand_by),
        preheader=say("A word in person helps."),
        paragraphs=(
            say_n(
                "{writer} has been silent for one day.",
                "{writer} has been silent for {n} days.",
                silent_days,
                writer=writer,
            ),
            say("If you will see {writer}, a word in person helps more than another mail.", writer=writer),
            say("Otherwise {name} stands by. Nobody is asked unless you say so.", name=stand_by),
        ),
        button=Link(say("Ask {name}", name=stand_by), page_url),
        foot=about_request(route, writer),
        automatic=True,
    )


def stand_by_asked(
    route: Route, *, writer: str, silent_days: int, name: str, goes_at: datetime, zone: str, page_url: str
) -> Mail:
    """The applicant had said in advance that this ask goes by itself: now it does, and they are told."""
    return Mail(
        kind="stand-by-asked",
        route=route,
        from_name=from_house(route.house),
        subject=say("{writer} has not answered. {name} is asked now.", writer=writer, name=name),
        preheader=say("As you said when you prepared the mail."),
        paragraphs=(
            say_n(
                "{writer} has been silent for one day.",
                "{writer} has been silent for {n} days.",
                silent_days,
                writer=writer,
            ),
            asked_by_itself(name, goes_at, zone),
            say("A late yes from {writer} still counts.", writer=writer),
        ),
        button=Link(say("See the mail to {name}", name=name), page_url),
        foot=about_request(route, writer),
        automatic=True,
    )


def asked_by_itself(name: str, goes_at: datetime, zone: str) -> Sentence:
    """When the mail goes, by the applicant's own clock: until then they can take it back."""
    there = goes_at.astimezone(ZoneInfo(zone or "UTC"))
    return say(
        "{name} is asked with the mail you held ready. It goes on {time}; until then you can take it back.",
        name=name,
        time=there,
    )
