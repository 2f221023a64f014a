"""One mail a week at most, by date, for a writer with several requests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vouchsafe.adapters.post.kinds.foot import from_house, sent_because
from vouchsafe.adapters.post.mail import Link, Mail, Route
from vouchsafe.core.words import Sentence, say, say_n


@dataclass(frozen=True, slots=True)
class Due:
    """One line of a digest."""

    applicant: str
    purpose: str
    by: date | None
    page_url: str = ""


def writer_digest(
    route: Route,
    *,
    rows: Sequence[Sequence[str | date | None]],
    more: int = 0,
    page_url: str = "",
    **page_urls: str,
) -> Mail:
    """The letters still to be written, nearest date first: (applicant, purpose, day) each, and its own page.

    `more` are not named for want of room. `page_url` is the writer's list of all; without one the button opens the first.
    """
    due = tuple(_due(row, page_urls.get(f"page_url_{number}", "")) for number, row in enumerate(rows))
    count = say_n("One letter to write", "{n} letters to write", len(due) + more)
    way = page_url or (due[0].page_url if due else "")
    return Mail(
        kind="writer-digest",
        route=route,
        from_name=from_house(route.house),
        subject=count,
        preheader=_line(due[0]) if due else say("Nothing needs you this week."),
        paragraphs=(
            say("These letters are asked of you, the nearest date first."),
            *(Link(_line(d), d.page_url) if d.page_url else _line(d) for d in due),
            *((say_n("One more is on your list.", "{n} more are on your list.", more),) if more else ()),
        ),
        button=Link(say("Open your list") if page_url else say("Open the first"), way) if way else None,
        lines=(say("Each opens the page of its letter. If one no longer fits, say so there."),)
        if way
        else (),
        foot=sent_because(
            route, say("You get this once a week because several people asked you for letters.")
        ),
        automatic=True,
    )


def _due(row: Sequence[str | date | None], page_url: str) -> Due:
    applicant, purpose, by = row
    return Due(str(applicant), str(purpose), by if isinstance(by, date) else None, page_url)


def _line(due: Due) -> Sentence:
    if due.by is None:
        return say("{applicant}, {purpose}, no date", applicant=due.applicant, purpose=due.purpose)
    return say("{applicant}, {purpose}, by {by}", applicant=due.applicant, purpose=due.purpose, by=due.by)
