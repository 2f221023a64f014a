"""What a résumé says its owner did, as points to choose from: highlights, projects, short summaries, in its own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from vouchsafe.core.reading.resume import (
    ResumeEmpty,
    ResumeKind,
    ResumeNotFound,
    ResumeNotJson,
    ResumeTooLarge,
    as_entries,
    as_object,
    as_text,
    first_text,
    kind_of_resume,
    load_resume,
)
from vouchsafe.core.words import Refusal, msg

LONGEST = 200
"""Characters of a point an ask takes. What is longer is a paragraph, and nobody's three points."""
MOST = 40


@dataclass(frozen=True, slots=True)
class ResumePoint:
    """One thing done, word for word, and where the résumé says it."""

    text: str
    where: str
    """`Survey lead, Fernway, 2021 to 2023`: as much of it as the file holds."""


def resume_points(data: bytes) -> tuple[ResumePoint, ...]:
    """Points in file order, none twice. Raises nothing but a `Refusal`, where it is no résumé of these kinds."""
    document = load_resume(data)
    fresh = kind_of_resume(document) is ResumeKind.FRESH
    work = as_object(document.get("employment")).get("history") if fresh else document.get("work")
    seen: dict[str, ResumePoint] = {}
    for section in (work, document.get("projects"), document.get("volunteer"), document.get("service")):
        history = as_object(section).get("history") if isinstance(section, dict) else section
        for entry in as_entries(history):
            for point in _points(entry):
                seen.setdefault(point.text, point)
    return tuple(seen.values())[:MOST]


class ResumeRefusal(Refusal):
    """A file that offers no points. Nothing of it is kept."""

    code = "resume-offers-nothing"
    msgid = msg("This file offers no points to choose from.")
    hint_msgid = msg(
        "A PDF or a Word file is read by people only. Points can be chosen from a résumé exported as JSON Resume or FRESH; or type them."
    )


def points_to_offer(data: bytes) -> tuple[ResumePoint, ...]:
    """The points of a résumé somebody gave; a PDF, a Word file and an empty résumé offer nothing, and it is said."""
    try:
        points = resume_points(data)
    except (ResumeEmpty, ResumeTooLarge, ResumeNotJson, ResumeNotFound):
        raise ResumeRefusal from None
    if not points:
        raise ResumeRefusal
    return points


def _points(entry: Mapping[str, object]) -> Iterator[ResumePoint]:
    where = _where(entry)
    highlights = entry.get("highlights")
    texts = [as_text(said) for said in highlights] if isinstance(highlights, list) else []
    short = [said for said in texts if said and len(said) <= LONGEST]
    if not short:
        short = [
            said for said in (first_text(entry, "summary", "description"),) if said and len(said) <= LONGEST
        ]
    for said in short:
        yield ResumePoint(said, where)


def _where(entry: Mapping[str, object]) -> str:
    role = first_text(entry, "position", "title")
    house = first_text(entry, "name", "company", "employer", "organization", "entity")
    begun, ended = first_text(entry, "startDate", "start"), first_text(entry, "endDate", "end")
    years = " to ".join(day[:4] for day in (begun, ended) if day)
    return ", ".join(part for part in (role, house, years) if part)
