"""What the writer's lint knows about the letter it looks at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """Facts for the substance rules. Only `about` is needed; what is empty is not checked against."""

    about: str
    """The applicant's name as given, in any order of its parts."""
    pronouns: str = ""
    """As stated: `she/her`, `they`, `xe/xem`."""
    institution: str = ""
    opportunity: str = ""
    writer: str = ""
    known_names: tuple[str, ...] = ()
    """Other names that are right in this letter: nicknames, former names, colleagues, institutions."""
    other_people: tuple[str, ...] = ()
    """Others this writer wrote for: wherever one of them is named in full, the text began as theirs."""
    applicant_points: tuple[str, ...] = ()
    """Texts the applicant supplied: points to mention, or a draft."""
