"""The foot of an uploaded letter. What is sealed is the clean revision, from before; this makes what is handed on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from vouchsafe.adapters.pdf.processes import run_limited
from vouchsafe.adapters.pdf.typesetting import compile_pdf, foot_data
from vouchsafe.core.sealing.letter import Foot


class FootPlace(StrEnum):
    """In a margin made by drawing each page at 94 per cent, or on a page added at the end."""

    MARGIN = "margin"
    OWN_PAGE = "own-page"


@dataclass(frozen=True, slots=True)
class Footed:
    """An upload with its foot, not yet signed, and its number of pages."""

    pdf: bytes
    pages: int


def add_foot(
    clean: bytes, foot: Foot, *, title: str, when: datetime, place: FootPlace = FootPlace.MARGIN
) -> Footed:
    """A clean revision with its foot, ready to be signed."""
    told, _ = run_limited("vouchsafe.adapters.pdf.assembling:sizes_job", {}, [clean])
    width, height = told["sizes"][0]
    strips = compile_pdf(
        "strip.typ",
        {
            "title": title,
            "own-page": place is FootPlace.OWN_PAGE,
            "width": width,
            "height": height,
            "total": len(told["sizes"]),
            "foot": foot_data(foot),
        },
        when=when,
        standards=["a-2a"],
    )
    job = "margin_job" if place is FootPlace.MARGIN else "own_page_job"
    _, made = run_limited(f"vouchsafe.adapters.pdf.assembling:{job}", {"title": title}, [clean, strips])
    return Footed(made[0], len(told["sizes"]) + (place is FootPlace.OWN_PAGE))
