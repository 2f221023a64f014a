"""Put clean pages together: a foot on an upload, many letters in one reading copy. For the limited child only."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf

from vouchsafe.adapters.pdf.cleaning import set_limits

KEPT = 0.94
PAPERS = {"a4": (595.276, 841.89), "us-letter": (612.0, 792.0)}

Answer = tuple[dict[str, Any], list[bytes]]


def sizes_job(_head: dict[str, Any], blobs: list[bytes]) -> Answer:
    """The size of each page as it is shown, in points."""
    with pikepdf.open(BytesIO(blobs[0])) as pdf:
        return {"sizes": [_shown_size(page) for page in pdf.pages]}, []


def margin_job(head: dict[str, Any], blobs: list[bytes]) -> Answer:
    """[letter, strips]: every page drawn at 94 per cent, its strip in the margin this leaves at the foot."""
    set_limits()
    letter, strips = blobs
    with pikepdf.open(BytesIO(letter)) as pages, pikepdf.open(BytesIO(strips)) as feet, pikepdf.new() as made:
        for page, strip in zip(pages.pages, feet.pages, strict=True):
            width, height = _shown_size(page)
            fresh = made.add_blank_page(page_size=(width, height))
            side = width * (1 - KEPT) / 2
            fresh.add_overlay(page, pikepdf.Rectangle(side, height * (1 - KEPT), width - side, height))
            band = min(height * (1 - KEPT), width * _shown_size(strip)[1] / _shown_size(strip)[0])
            fresh.add_overlay(strip, pikepdf.Rectangle(0, 0, width, band))
        return {}, [_saved(made, head["title"], pages.Root.get("/Lang"))]


def own_page_job(head: dict[str, Any], blobs: list[bytes]) -> Answer:
    """[letter, last page]: the letter's pages untouched, one page added."""
    set_limits()
    letter, last = blobs
    with pikepdf.open(BytesIO(letter)) as made, pikepdf.open(BytesIO(last)) as added:
        made.pages.append(added.pages[0])
        return {}, [_saved(made, head["title"], None)]


def merge_job(head: dict[str, Any], blobs: list[bytes]) -> Answer:
    """[marks, cover or nothing, letters…]: one file, its letters bookmarked, marks over every page of theirs."""
    set_limits()
    marks, cover, *letters = blobs
    with pikepdf.open(BytesIO(marks)) as over, pikepdf.new() as made:
        opened = []
        if cover:
            opened.append(pikepdf.open(BytesIO(cover)))
            made.pages.extend(opened[-1].pages)
        starts = []
        for letter, mark in zip(letters, over.pages, strict=True):
            opened.append(pikepdf.open(BytesIO(letter)))
            starts.append(len(made.pages))
            for page in opened[-1].pages:
                made.pages.append(page)
                copy = made.pages[-1]
                width, height = _shown_size(copy)
                copy.add_overlay(mark, pikepdf.Rectangle(0, 0, width, height))
        for page in made.pages:
            _keep_web_links(page)
        with made.open_outline() as outline:
            for title, start in zip(head["titles"], starts, strict=True):
                outline.root.append(pikepdf.OutlineItem(title, start))
        count = len(made.pages)
        merged = _saved(made, head["title"], None)
        for one in opened:
            one.close()
    return {"pages": count}, [merged]


def conform_job(head: dict[str, Any], blobs: list[bytes]) -> Answer:
    """[mark, letter]: every page drawn whole onto the paper asked for, below a line that says it is a copy."""
    set_limits()
    mark, letter = blobs
    paper = PAPERS.get(head["paper"])
    with pikepdf.open(BytesIO(letter)) as pages, pikepdf.open(BytesIO(mark)) as over, pikepdf.new() as made:
        for page in pages.pages:
            own = _shown_size(page)
            width, height = paper or own
            if paper and own[0] > own[1]:  # a page that lies on its side keeps lying
                width, height = height, width
            fresh = made.add_blank_page(page_size=(width, height))
            side, head_room = width * (1 - KEPT) / 2, height * (1 - KEPT)
            fresh.add_overlay(page, pikepdf.Rectangle(side, 0, width - side, height - head_room))
            tall, wide = _shown_size(over.pages[0])[::-1]
            fresh.add_overlay(
                over.pages[0], pikepdf.Rectangle(0, height - width * tall / wide, width, height)
            )
        return {}, [_saved(made, head["title"], pages.Root.get("/Lang"))]


def _shown_size(page: pikepdf.Page) -> tuple[float, float]:
    left, low, right, high = (float(side) for side in page.cropbox)
    width, height = abs(right - left), abs(high - low)
    turned = int(page.obj.get("/Rotate", 0)) % 180 == 90
    return (height, width) if turned else (width, height)


def _keep_web_links(page: pikepdf.Page) -> None:
    """A merged page must carry no signature field: its seal does not hold for other bytes."""
    kept = [note for note in page.get("/Annots", []) if note.get("/Subtype") == "/Link"]
    if kept:
        page.obj["/Annots"] = pikepdf.Array(kept)
    elif "/Annots" in page:
        del page.obj["/Annots"]
    # The tags of the single letters are not merged, so marks that point to them would lead nowhere.
    for key in ("/StructParents", "/AF", "/AA"):
        if key in page:
            del page.obj[key]


def _saved(made: pikepdf.Pdf, title: str, language: Any) -> bytes:
    made.docinfo["/Title"] = title
    made.Root["/ViewerPreferences"] = pikepdf.Dictionary(DisplayDocTitle=True)
    if isinstance(language, pikepdf.String):
        made.Root["/Lang"] = pikepdf.String(str(language))
    made.remove_unreferenced_resources()
    out = BytesIO()
    made.save(
        out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate, force_version="1.7"
    )
    return out.getvalue()
