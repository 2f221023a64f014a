"""Openings: bytes of a saved page, a board's answer or plain text to what they say.

`read_posting` and `read_pasted` raise nothing but refusals, whatever they are given. Each kind of
file loads only its own reader, because the command must start at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from vouchsafe.core.reading.posting.decoding import to_text
from vouchsafe.core.reading.posting.jobposting import job_postings, read_job_posting
from vouchsafe.core.reading.posting.mending import MendingError, NestingError, load
from vouchsafe.core.reading.posting.records import (
    MAX_BYTES,
    MAX_DEPTH,
    NO_POSTING,
    NO_POSTING_IN_JSON,
    NO_POSTING_IN_TEXT,
    PostingEmpty,
    PostingNotText,
    PostingProblem,
    PostingRead,
    PostingsRead,
    PostingTooDeep,
    PostingTooLarge,
    PostingUnreadable,
)

__all__ = [
    "MAX_BYTES",
    "PostingEmpty",
    "PostingNotText",
    "PostingProblem",
    "PostingRead",
    "PostingTooDeep",
    "PostingTooLarge",
    "PostingUnreadable",
    "PostingsRead",
    "read_pasted",
    "read_posting",
]

_JSON = re.compile(r"[\s\ufeff]*(?:(?://[^\n]*\n|/\*.*?\*/)\s*)*(?:\{\s*[\"}/]|\[\s*[\[{\]/])", re.DOTALL)
_HTML = re.compile(
    r"(?i)<(?:!doctype\s+html|html|head|body|script|div|meta|article|section|main|table|span|ul|ol|dl|form"
    r"|h[1-6]|title)(?:\s[^<>]*)?/?>|<[a-z][^<>]*\s(?:itemscope|typeof)[\s=>]"
)


def read_posting(data: bytes, *, name: str = "") -> PostingsRead:
    """The openings in a file. `name` is its name, which only settles what its content leaves open.

    Raises `PostingTooLarge`, `PostingEmpty`, `PostingNotText`, `PostingTooDeep`, `PostingUnreadable`.
    """
    text = to_text(data)
    if _JSON.match(text) or name.lower().endswith((".json", ".jsonld")):
        return _read_json(text)
    if _HTML.search(text) or name.lower().endswith((".html", ".htm", ".xhtml", ".mhtml", ".mht")):
        return _read_html(text)
    from vouchsafe.core.reading.posting.pasted import read_text, says_something

    posting, problems = read_text(text)
    if says_something(posting):
        return PostingsRead((posting,), tuple(problems))
    why = PostingProblem(name or "text", NO_POSTING_IN_TEXT)
    return PostingsRead((), (*problems, why), text=posting.description)


def read_pasted(text: str) -> PostingsRead:
    """One opening out of words somebody pasted, with only what the words state and the words themselves."""
    from vouchsafe.core.reading.posting.pasted import read_text

    clean = to_text(text.encode("utf-8", "replace"))
    posting, problems = read_text(clean)
    return PostingsRead((posting,), tuple(problems))


def _read_json(text: str) -> PostingsRead:
    try:
        answer = load(text)
    except NestingError:
        raise PostingTooDeep(limit=MAX_DEPTH) from None
    except MendingError as broken:
        raise PostingUnreadable(line=broken.line) from None
    postings, problems = _marked([answer], "JSON-LD")
    if not postings:
        from vouchsafe.core.reading.posting.boards import read_board

        board = read_board(answer)
        if board is not None:
            postings, problems = board
    if not postings:
        problems.append(PostingProblem("JSON", NO_POSTING_IN_JSON))
    return PostingsRead(tuple(postings), tuple(problems))


def _read_html(text: str) -> PostingsRead:
    from vouchsafe.core.reading.posting.markup import read_page  # lxml only where there is HTML

    page = read_page(text)
    problems = list(page.problems)
    postings: list[PostingRead] = []
    for documents, where in (
        (page.json_ld, "JSON-LD"),
        (page.microdata, "microdata"),
        (page.rdfa, "RDFa"),
    ):
        found, unread = _marked(documents, where)
        postings = _merged(postings, found)
        problems.extend(unread)
    if len(postings) == 1 and postings[0].url is None:
        postings = [replace(postings[0], url=page.address)]
    if not postings:
        problems.append(PostingProblem("page", NO_POSTING))
        return PostingsRead((), tuple(problems), text=page.text)
    return PostingsRead(tuple(postings), tuple(problems))


def _marked(documents: list[object], where: str) -> tuple[list[PostingRead], list[PostingProblem]]:
    postings: dict[PostingRead, None] = {}
    problems: list[PostingProblem] = []
    for number, (node, index) in enumerate(job_postings(documents), 1):
        posting, unread = read_job_posting(node, index, f"{where}, posting {number}")
        if posting != PostingRead():
            postings[posting] = None
            problems.extend(unread)
    return list(postings), problems


def _merged(held: list[PostingRead], found: Iterable[PostingRead]) -> list[PostingRead]:
    """The same opening marked up twice is one, each notation filling what the other leaves out."""
    merged = list(held)
    for posting in found:
        same = [at for at, each in enumerate(held) if _same(each, posting)]
        if len(same) == 1:
            merged[same[0]] = _filled(merged[same[0]], posting)
        elif not same:
            merged.append(posting)
    return merged


def _same(one: PostingRead, other: PostingRead) -> bool:
    if one.url and other.url and one.url != other.url:
        return False
    return (one.title or "").casefold() == (other.title or "").casefold()


def _filled(one: PostingRead, other: PostingRead) -> PostingRead:
    return PostingRead(
        title=one.title or other.title,
        company=one.company or other.company,
        locations=one.locations or other.locations,
        published=one.published or other.published,
        deadline=one.deadline or other.deadline,
        url=one.url or other.url,
        description=one.description or other.description,
        employment_type=one.employment_type or other.employment_type,
        experience=one.experience or other.experience,
    )
