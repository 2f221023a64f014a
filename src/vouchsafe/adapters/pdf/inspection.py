"""Inspect an upload: say what it is, take it, clean it, take its words, or refuse it with a reason.

This module never opens the bytes itself. They go to a child without network, with 1 GiB of memory and ten
seconds; what comes back as clean must then show every page in a second child.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from vouchsafe.adapters.pdf.kinds import kind_of, wrong_ending
from vouchsafe.adapters.pdf.limits import MAX_PAGES, MEBIBYTE
from vouchsafe.adapters.pdf.processes import ChildFailed, run_limited
from vouchsafe.adapters.pdf.reasons import REALLY, drafted, refused, removed
from vouchsafe.core.sealing.letter import Block, ListBlock, Paragraph, Run
from vouchsafe.core.words import Sentence

MAX_MEGABYTES = 20
MAX_BYTES = MAX_MEGABYTES * MEBIBYTE


class Taken(StrEnum):
    """What became of an upload."""

    ACCEPTED = "accepted"
    CLEANED = "cleaned"
    DRAFT = "draft"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Inspection:
    """`clean` is the one clean revision, the bytes to seal; `pictures` are its pages as JPEG; `blocks` is the
    draft when only the words could be taken; `reasons` say what was removed, or why it was refused."""

    verdict: Taken
    kind: str
    pages: int | None = None
    reasons: tuple[Sentence, ...] = ()
    clean: bytes | None = None
    text: str = ""
    pictures: tuple[bytes, ...] = ()
    blocks: tuple[Block, ...] = ()
    looks: Mapping[str, bool | None] = field(
        default_factory=dict
    )  # `letterhead` and `signature`, None unknown


class WordReader(Protocol):
    """What reads Word and OpenDocument: adapters/words. `words_job` names a function for the limited child."""

    words_job: str

    def to_pdf(self, data: bytes, kind: str) -> bytes | None:
        """The document as PDF, or None where nothing here can make one."""


def inspect_upload(data: bytes, name: str = "", *, words: WordReader | None = None) -> Inspection:
    """Inspect one file. The kind follows from the content; a name that says otherwise is a reason to refuse."""
    if not data:
        return _no("unknown", "empty")
    if len(data) > MAX_BYTES:
        return _no("unknown", "too-big", most=MAX_MEGABYTES)
    kind = kind_of(data)
    ending = wrong_ending(name, kind)
    if ending and kind in REALLY:
        return _no(kind, "named-otherwise", ending=ending, really=REALLY[kind])
    if kind == "pdf":
        return _inspect_pdf(data, kind)
    if kind in ("jpeg", "png", "heic"):
        return inspect_photographs([data])
    if kind in ("docx", "odt") and words is not None:
        return _inspect_words(data, kind, words)
    return _no(kind, "old-word" if kind == "ole" else "unknown")


def inspect_photographs(pictures: Sequence[bytes]) -> Inspection:
    """Photographed pages, in order, as one letter."""
    kind = kind_of(pictures[0]) if pictures else "unknown"
    if sum(map(len, pictures)) > MAX_BYTES:
        return _no(kind, "too-big", most=MAX_MEGABYTES)
    if len(pictures) > MAX_PAGES:
        return _no(kind, "too-many-pages", pages=len(pictures), most=MAX_PAGES)
    if not pictures or not {"jpeg", "png", "heic"}.issuperset(map(kind_of, pictures)):
        return _no(kind, "photograph")
    return _clean_and_show("photographs", list(pictures), kind)


def _inspect_pdf(data: bytes, kind: str) -> Inspection:
    return _clean_and_show("clean", [data], kind)


def _clean_and_show(job: str, blobs: list[bytes], kind: str) -> Inspection:
    try:
        told, made = run_limited(job, {}, blobs)
    except ChildFailed as failure:
        return _no(kind, "too-slow" if failure.why == "time" else "too-heavy")
    if "refused" in told:
        return _no(kind, told["refused"], **told["facts"])
    try:
        shown, pictures = run_limited("render", {}, made)
    except ChildFailed:
        return _no(kind, "not-shown")
    if len(pictures) != told["pages"]:
        return _no(kind, "not-shown")
    return Inspection(
        verdict=Taken.CLEANED if told["removed"] else Taken.ACCEPTED,
        kind=kind,
        pages=told["pages"],
        reasons=tuple(removed(code) for code in told["removed"]),
        clean=made[0],
        text="\n\n".join(shown["texts"]),
        pictures=tuple(pictures),
        looks=shown["looks"],
    )


def _inspect_words(data: bytes, kind: str, words: WordReader) -> Inspection:
    try:
        told, _ = run_limited(words.words_job, {"kind": kind}, [data])
    except ChildFailed as failure:
        return _no(kind, "too-slow" if failure.why == "time" else "too-heavy")
    if "refused" in told:
        return _no(kind, told["refused"], **told["facts"])
    # A document that reaches outside itself is never given to a program that would follow it.
    pdf = None if told["active"] else words.to_pdf(data, kind)
    if pdf is not None:
        taken = _inspect_pdf(pdf, kind)
        if taken.verdict is not Taken.REFUSED:
            return taken
    blocks = tuple(_block(block) for block in told["blocks"])
    if not blocks and told["active"]:
        return _no(kind, "no-words")
    codes = ["words-only" if blocks else "wordless", *told["active"], *told["left_out"]]
    return Inspection(
        verdict=Taken.DRAFT,
        kind=kind,
        reasons=tuple(drafted(code) for code in codes),
        text="\n\n".join(_text(block) for block in blocks),
        blocks=blocks,
    )


def _no(kind: str, code: str, **facts: object) -> Inspection:
    return Inspection(Taken.REFUSED, kind, reasons=(refused(code, **facts),))


def _block(told: dict[str, Any]) -> Block:
    if "items" in told:
        return ListBlock(tuple(_runs(item) for item in told["items"]), bool(told["numbered"]))
    return Paragraph(_runs(told["runs"]))


def _runs(told: list[list[Any]]) -> tuple[Run, ...]:
    return tuple(Run(str(text), bool(bold), bool(italic)) for text, bold, italic in told)


def _text(block: Block) -> str:
    if isinstance(block, Paragraph):
        return "".join(run.text for run in block.runs)
    return "\n".join("".join(run.text for run in item) for item in block.items)
