"""A résumé's facts from JSON Resume (the present schema and its older key names) or FRESH.

Only what asking for letters needs is kept: who, where they worked and studied, and when. The rest of
those sections is still looked at, so that a file that breaks its own format says where. Dates stay as
the file writes them; what is not a date is kept and reported, never mended.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from vouchsafe.core.words import Refusal, Sentence, msg, say

MAX_BYTES = 8 * 1024 * 1024
"""A résumé is some 20 kB; a photograph inside it may make it a few MB."""
MAX_ENTRIES = 500
"""Entries read of one list; nobody has held more posts."""


@dataclass(frozen=True, slots=True)
class ResumeProblem:
    """What could not be taken as it stands: the place in the JSON, and why."""

    where: str
    why: Sentence


@dataclass(frozen=True, slots=True)
class WorkRead:
    """One post held. A value is `None` where the file is silent, empty where the file left it empty."""

    organisation: str | None
    position: str | None
    from_: str | None
    to: str | None


@dataclass(frozen=True, slots=True)
class EducationRead:
    """One course of study, with the same meaning of `None` and empty."""

    institution: str | None
    area: str | None
    study_type: str | None
    from_: str | None
    to: str | None


class ResumeKind(StrEnum):
    JSON_RESUME = "json-resume"
    FRESH = "fresh"


@dataclass(frozen=True, slots=True)
class ResumeRead:
    """The facts of one résumé in file order."""

    kind: ResumeKind
    name: str | None
    email: str | None
    work: tuple[WorkRead, ...]
    education: tuple[EducationRead, ...]
    problems: tuple[ResumeProblem, ...]


class ResumeEmpty(Refusal):
    code = "resume-empty"
    msgid = msg("There is nothing in this file.")
    hint_msgid = msg("Export the résumé again and check that the file has a size.")


class ResumeTooLarge(Refusal):
    code = "resume-too-large"
    msgid = msg("This file is larger than {limit} MB, which is more than a résumé needs.")
    hint_msgid = msg("Export it again without photographs.")


class ResumeNotJson(Refusal):
    code = "resume-not-json"
    msgid = msg("This file is not JSON: {why}.")
    hint_msgid = msg(
        "A résumé can be read as JSON Resume or FRESH; a PDF or Word file can still be attached."
    )


class ResumeNotFound(Refusal):
    code = "resume-not-found"
    msgid = msg("This JSON holds no résumé.")
    hint_msgid = msg(
        "JSON Resume has “basics”, “work” and “education”; FRESH has “employment” and “education”."
    )


class Shape(StrEnum):
    """What a value has to be."""

    TEXT = "text"
    TEXTS = "texts"
    DATE = "date"


Rules = Mapping[str, object]  # name -> Shape, rules of an object, or a list of one for a list of objects

_PLACE: Rules = dict.fromkeys(("address", "postalCode", "city", "countryCode", "region"), Shape.TEXT)
_JSON_RESUME: Rules = {
    "basics": {
        **dict.fromkeys(
            ("name", "label", "image", "picture", "email", "phone", "url", "website", "summary"), Shape.TEXT
        ),
        "location": _PLACE,
        "profiles": [dict.fromkeys(("network", "username", "url"), Shape.TEXT)],
    },
    "work": [
        {
            **dict.fromkeys(("name", "company", "position", "location", "description"), Shape.TEXT),
            **dict.fromkeys(("url", "website", "summary"), Shape.TEXT),
            **dict.fromkeys(("startDate", "endDate"), Shape.DATE),
            "highlights": Shape.TEXTS,
        }
    ],
    "education": [
        {
            **dict.fromkeys(("institution", "area", "studyType", "url", "score", "gpa"), Shape.TEXT),
            **dict.fromkeys(("startDate", "endDate"), Shape.DATE),
            "courses": Shape.TEXTS,
        }
    ],
    "references": [dict.fromkeys(("name", "reference"), Shape.TEXT)],
}
_FRESH: Rules = {
    "name": Shape.TEXT,
    "contact": {"email": Shape.TEXT, "phone": Shape.TEXT, "website": Shape.TEXT},
    "employment": {
        "history": [
            {
                **dict.fromkeys(("employer", "position", "url", "summary"), Shape.TEXT),
                **dict.fromkeys(("start", "end"), Shape.DATE),
                "highlights": Shape.TEXTS,
            }
        ]
    },
    "education": {
        "history": [
            {
                **dict.fromkeys(("institution", "title", "area", "studyType", "url", "grade"), Shape.TEXT),
                **dict.fromkeys(("start", "end"), Shape.DATE),
                "curriculum": Shape.TEXTS,
            }
        ]
    },
}
# What a file must hold one of to count as JSON Resume at all.
_SECTION_NAMES = "basics|work|education|references|volunteer|awards|certificates|publications|skills|languages|interests|projects"
_SECTIONS = frozenset(_SECTION_NAMES.split("|"))
_DATE = re.compile(r"[12]\d{3}(-[01]\d(-[0-3]\d)?)?", re.ASCII)
_STILL = frozenset(("current", "present", "now"))


def read_resume(data: bytes) -> ResumeRead:
    """Read a résumé from the bytes of a file. Raises nothing but a `Refusal`."""
    document = load_resume(data)
    kind = kind_of_resume(document)
    rules = _FRESH if kind is ResumeKind.FRESH else _JSON_RESUME
    problems = tuple(_problems(document, rules, ""))
    if kind is ResumeKind.FRESH:
        name, email = document.get("name"), as_object(document.get("contact")).get("email")
        work = as_entries(as_object(document.get("employment")).get("history"))
        education = as_entries(as_object(document.get("education")).get("history"))
    else:
        basics = as_object(document.get("basics"))
        name, email = basics.get("name"), basics.get("email")
        work, education = as_entries(document.get("work")), as_entries(document.get("education"))
    return ResumeRead(
        kind,
        as_text(name) or None,
        as_text(email) or None,
        tuple(map(_work, work)),
        tuple(map(_education, education)),
        problems,
    )


def load_resume(data: bytes) -> dict[str, object]:
    if len(data) > MAX_BYTES:
        raise ResumeTooLarge(limit=MAX_BYTES // 1024 // 1024)
    if not data.strip(b" \t\r\n\0"):
        raise ResumeEmpty
    try:
        document = json.loads(data)
    except json.JSONDecodeError as error:
        raise ResumeNotJson(why=f"line {error.lineno}, column {error.colno}") from error
    except UnicodeDecodeError as error:
        raise ResumeNotJson(why="its characters are not written in UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise ResumeNotJson(why="a number or a nesting in it is beyond all bounds") from error
    if not isinstance(document, dict):
        raise ResumeNotFound
    return document


def kind_of_resume(document: Mapping[str, object]) -> ResumeKind:
    stated = as_object(document.get("meta")).get("format")
    if (isinstance(stated, str) and stated.upper().startswith("FRESH")) or "employment" in document:
        return ResumeKind.FRESH
    if isinstance(document.get("education"), dict) and "basics" not in document:
        return ResumeKind.FRESH
    if _SECTIONS & document.keys():
        return ResumeKind.JSON_RESUME
    raise ResumeNotFound


def _problems(value: object, rules: object, where: str) -> Iterator[ResumeProblem]:
    """Walk the value along its rules; what the rules don't name is nobody's business."""
    if isinstance(rules, Shape):
        why = _misfit(value, rules)
        if why is not None:
            yield ResumeProblem(where, why)
    elif isinstance(rules, list):
        if not isinstance(value, list):
            yield ResumeProblem(where, say("This should be a list."))
            return
        for at, entry in enumerate(value[:MAX_ENTRIES]):
            yield from _problems(entry, rules[0], f"{where}[{at}]")
        if len(value) > MAX_ENTRIES:
            yield ResumeProblem(where, say("Only the first {n} entries were read.", n=MAX_ENTRIES))
    elif isinstance(rules, Mapping):
        if not isinstance(value, dict):
            yield ResumeProblem(where, say("This should be a group of named values."))
            return
        for name, rule in rules.items():
            if name in value:
                yield from _problems(value[name], rule, f"{where}.{name}" if where else name)


def _misfit(value: object, shape: Shape) -> Sentence | None:
    if shape is Shape.TEXTS:
        fits = isinstance(value, list) and all(isinstance(text, str) for text in value)
        return None if fits else say("This should be a list of texts.")
    if not isinstance(value, str):
        return say("This should be text.")
    if shape is Shape.DATE and not _DATE.fullmatch(value.strip()) and value.strip().lower() not in _STILL:
        if not value.strip():
            return say("The date was left empty.")
        return say("“{date}” is no date such as 2026, 2026-03 or 2026-03-31.", date=as_text(value[:40]))
    return None


def as_object(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def as_entries(value: object) -> Sequence[Mapping[str, object]]:
    entries = value[:MAX_ENTRIES] if isinstance(value, list) else []
    return [entry for entry in entries if isinstance(entry, dict)]


def as_text(value: object) -> str | None:
    """Text on one line; half a surrogate pair, which no database takes, becomes a question mark."""
    if not isinstance(value, str):
        return None
    return " ".join(value.replace("\0", " ").split()).encode("utf-8", "replace").decode("utf-8")


def first_text(entry: Mapping[str, object], *names: str) -> str | None:
    """The first of several key names that says something; empty only where none does."""
    texts = [text for name in names if (text := as_text(entry.get(name))) is not None]
    return next((text for text in texts if text), texts[0] if texts else None)


def _work(entry: Mapping[str, object]) -> WorkRead:
    return WorkRead(
        organisation=first_text(entry, "name", "company", "employer", "organization"),
        position=first_text(entry, "position", "title"),
        from_=first_text(entry, "startDate", "start") or None,
        to=first_text(entry, "endDate", "end") or None,
    )


def _education(entry: Mapping[str, object]) -> EducationRead:
    return EducationRead(
        institution=first_text(entry, "institution"),
        area=first_text(entry, "area"),
        study_type=first_text(entry, "studyType", "title"),
        from_=first_text(entry, "startDate", "start") or None,
        to=first_text(entry, "endDate", "end") or None,
    )
