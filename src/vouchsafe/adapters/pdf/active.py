"""What in a PDF can act: looked for in every file we serve, and taken out of every file we take.

Loads pikepdf. `scan_active` is for our own outputs; a stranger's file is only walked in the limited child.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf

# Codes are those of reasons.REMOVED; an empty one is taken out without a word, for it only turns pages.

# Keys that act, or that carry something that does, wherever they stand.
ACTIVE_KEYS = {
    "/OpenAction": "action",
    "/AA": "script",
    "/JS": "script",
    "/JavaScript": "script",
    "/EF": "attached",
    "/EmbeddedFiles": "attached",
    "/AF": "attached",
    "/RichMediaContent": "media",
    "/RichMediaSettings": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/XFA": "xfa",
    "/Collection": "attached",
}
ACTIVE_ACTIONS = {
    "/JavaScript": "script",
    "/Launch": "action",
    "/SubmitForm": "action",
    "/ImportData": "action",
    "/ResetForm": "",
    "/GoToR": "links",
    "/GoToE": "links",
    "/Thread": "links",
    "/Rendition": "media",
    "/Sound": "media",
    "/Movie": "media",
    "/RichMediaExecute": "media",
    "/GoTo3DView": "media",
    "/Hide": "",
    "/Named": "",
    "/SetOCGState": "",
    "/Trans": "",
}
ACTIVE_SUBTYPES = {
    "/FileAttachment": "attached",
    "/RichMedia": "media",
    "/Screen": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/3D": "media",
}
_MAX_DEPTH = 60


def scan_active(pdf: bytes) -> list[str]:
    """Every active key, action and annotation kind in a file, sorted: `["/AA", "/S /JavaScript"]`. Empty is good.

    A link to a web address is not one of them; neither is an /OpenAction's absence of harm: it counts.
    """
    found: set[str] = set()
    with pikepdf.open(BytesIO(pdf)) as document:
        for thing in dictionaries(document):
            found.update(key for key in thing.keys() if key in ACTIVE_KEYS)  # noqa: SIM118 - a pikepdf object iterates over its values
            action = name_of(thing, "/S")
            if action in ACTIVE_ACTIONS and is_action(thing):
                found.add(f"/S {action}")
            if name_of(thing, "/Subtype") in ACTIVE_SUBTYPES and "/Rect" in thing:
                found.add(f"/Subtype {name_of(thing, '/Subtype')}")
            if name_of(thing, "/Type") == "/EmbeddedFile":
                found.add("/EmbeddedFile")
    return sorted(found)


def dictionaries(document: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary of a file: the trailer's, each object's, each stream's, and those inside them."""
    yield from _inside(document.trailer, 0, skip_indirect=True)
    for thing in document.objects:
        yield from _inside(thing, 0, skip_indirect=True)


def is_action(thing: Any) -> bool:
    """Does this dictionary look like an action? /S also names groups, marked content and page labels."""
    return name_of(thing, "/Type") in ("/Action", "") and "/CS" not in thing and "/K" not in thing


def name_of(thing: Any, key: str) -> str:
    value = thing.get(key)
    return str(value) if isinstance(value, pikepdf.Name) else ""


def _inside(thing: Any, depth: int, *, skip_indirect: bool) -> Iterator[Any]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        yield thing
        children: list[Any] = [thing[key] for key in list(thing.keys())]
    elif isinstance(thing, pikepdf.Array):
        children = list(thing)
    else:
        return
    for child in children:
        if isinstance(child, pikepdf.Object) and not (skip_indirect and child.is_indirect):
            yield from _inside(child, depth + 1, skip_indirect=skip_indirect)
