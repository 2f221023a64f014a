"""What reading an opening gives back: postings, problems, and the refusals of a whole file."""

from __future__ import annotations

from dataclasses import dataclass, field

from vouchsafe.core.words import Refusal, Sentence, msg, say

MAX_BYTES = 2_000_000
MAX_DEPTH = 100
MAX_POSTINGS = 500
HTML_DEPTH = 250
"""libxml2 stops at 256 open elements anyway; stopping first lets us say so."""


@dataclass(frozen=True, slots=True)
class PostingRead:
    """One opening as its data tells it. What the data does not say is None, never guessed.

    `published` and `deadline` are ISO 8601: a day, or a day with time and zone where the data has them.
    `description` is plain text. `employment_type` and `experience` keep the posting's own words.
    """

    title: str | None = None
    company: str | None = None
    locations: tuple[str, ...] = ()
    published: str | None = None
    deadline: str | None = None
    url: str | None = None
    description: str | None = field(default=None, repr=False)
    employment_type: str | None = None
    experience: str | None = None


@dataclass(frozen=True, slots=True)
class PostingProblem:
    """Something that could not be read, and where; the rest was."""

    where: str
    why: Sentence


@dataclass(frozen=True, slots=True)
class PostingsRead:
    """Everything one file says. `text` holds the page's words when no opening is marked in it."""

    postings: tuple[PostingRead, ...] = ()
    problems: tuple[PostingProblem, ...] = ()
    text: str | None = field(default=None, repr=False)


NO_POSTING = say(
    "No opening is marked in this page. Open the page of one single opening and save that, or paste its text."
)
NO_POSTING_IN_JSON = say(
    "This JSON holds no opening in a form we know. Save the page of the opening, or paste its text."
)
NO_POSTING_IN_TEXT = say(
    "This text does not say which opening it is about. Paste the advertisement and fill in the title by hand."
)


class PostingTooLarge(Refusal):
    code = "posting-too-large"
    msgid = msg("This file is larger than {limit} MB.")
    hint_msgid = msg("Save the page of one single opening, or paste its text.")


class PostingEmpty(Refusal):
    code = "posting-empty"
    msgid = msg("This file is empty.")
    hint_msgid = msg("Save the page again, or paste its text.")


class PostingNotText(Refusal):
    code = "posting-not-text"
    msgid = msg("This is not a web page, JSON or plain text: it looks like {kind}.")
    hint_msgid = msg("Save the page as “web page, HTML only”, or paste its text.")


class PostingUnreadable(Refusal):
    code = "posting-unreadable"
    msgid = msg("This JSON is broken at line {line}, and mending it would mean guessing.")
    hint_msgid = msg("Download it again, or paste the text of the opening.")


class PostingTooDeep(Refusal):
    code = "posting-too-deep"
    msgid = msg("This file is nested deeper than {limit} levels; no opening is written like that.")
    hint_msgid = msg("Save the page of one single opening, or paste its text.")
