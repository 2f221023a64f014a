"""Rebuild a stranger's PDF as one clean revision. Loads pikepdf on hostile bytes: for the limited child only.

The pages move into a new document, with only the keys a page needs to be drawn. What a writer drew on a page
(a signature stamped, typed or inked) becomes part of the page; remarks beside it go. Then every object
of the new document is walked for what can act, and every stream is unpacked once within a budget.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf

from vouchsafe.adapters.pdf.active import (
    ACTIVE_ACTIONS,
    ACTIVE_KEYS,
    ACTIVE_SUBTYPES,
    dictionaries,
    is_action,
    name_of,
)
from vouchsafe.adapters.pdf.limits import MAX_PAGES, MEBIBYTE

MAX_DECODED = 64 * MEBIBYTE

_PAGE_KEYS = frozenset(
    {"/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/Contents", "/Group", "/UserUnit"}
)
_DRAWN = frozenset(
    {
        "/Widget",
        "/Stamp",
        "/Ink",
        "/FreeText",
        "/Line",
        "/Square",
        "/Circle",
        "/Polygon",
        "/PolyLine",
        "/Watermark",
    }
)
_REMARKS = frozenset(
    {
        "/Text",
        "/Popup",
        "/Highlight",
        "/Underline",
        "/StrikeOut",
        "/Squiggly",
        "/Caret",
        "/Redact",
        "/FreeTextCallout",
    }
)
_DROPPED_KEYS = frozenset(
    {"/PieceInfo", "/Metadata", "/OPI", "/Measure", "/StructParent", "/StructParents", "/Ref"}
)
_SAFE_LINKS = ("http://", "https://", "mailto:")
_UNPACKABLE = frozenset({"/DCTDecode", "/JPXDecode", "/JBIG2Decode", "/CCITTFaxDecode"})


class _Refused(Exception):
    def __init__(self, code: str, **facts: object) -> None:
        self.code, self.facts = code, facts
        super().__init__(code)


def clean_job(_head: dict[str, Any], blobs: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """One blob in: the upload. Out: its pages, what was removed, and the clean revision; or a refusal's code."""
    set_limits()
    try:
        clean, told = clean_pdf(blobs[0])
    except _Refused as refused:
        return {"refused": refused.code, "facts": refused.facts}, []
    except pikepdf.PasswordError:
        return {"refused": "password", "facts": {}}, []
    except MemoryError:
        return {"refused": "too-heavy", "facts": {}}, []
    except (
        pikepdf.PdfError,
        RuntimeError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
    ) as damage:
        # Damaged structure shows up as any of these, wherever the file is first touched there. A file
        # encrypted for somebody's certificate looks damaged too, and says so in its trailer.
        if "no pages found" in str(damage):
            return {"refused": "no-pages", "facts": {}}, []
        return {"refused": "password" if b"/Encrypt" in blobs[0] else "unreadable", "facts": {}}, []
    return told, [clean]


def set_limits() -> None:
    pikepdf.settings.set_qpdf_limits(
        max_stream_filters=3,
        parser_max_container_size=50_000,
        flate_max_memory=48 * MEBIBYTE,
        run_length_max_memory=48 * MEBIBYTE,
        dct_max_memory=256 * MEBIBYTE,
        png_max_memory=48 * MEBIBYTE,
        tiff_max_memory=48 * MEBIBYTE,
        doc_max_warnings=100,
    )


def clean_pdf(data: bytes) -> tuple[bytes, dict[str, Any]]:
    with pikepdf.open(BytesIO(data)) as source:
        if source.is_encrypted:
            raise _Refused("restricted")
        count = len(source.pages)
        if count == 0:
            raise _Refused("no-pages")
        if count > MAX_PAGES:
            raise _Refused("too-many-pages", pages=count, most=MAX_PAGES)
        found = _active_in(source)
        found |= _settle_annotations(source)
        with pikepdf.new() as made:
            for page in source.pages:
                _keep_page_keys(page)
                made.pages.append(page)
            found |= _scrub(made)
            _unpack_within_budget(made)
            language = source.Root.get("/Lang")
            if isinstance(language, pikepdf.String) and len(str(language)) < 36:
                made.Root["/Lang"] = pikepdf.String(str(language))
            out = BytesIO()
            made.save(
                out,
                deterministic_id=True,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                force_version="1.7",
            )
    return out.getvalue(), {"pages": count, "removed": sorted(found - {""})}


def _active_in(source: pikepdf.Pdf) -> set[str]:
    """What acts anywhere in the upload, by the codes of reasons.REMOVED."""
    found = set()
    for thing in dictionaries(source):
        for key in thing.keys():  # noqa: SIM118 - a Stream is no mapping
            if key in ACTIVE_KEYS and not (key == "/OpenAction" and not _acts(thing[key])):
                found.add(ACTIVE_KEYS[key])
        if is_action(thing) and name_of(thing, "/S") in ACTIVE_ACTIONS:
            found.add(ACTIVE_ACTIONS[name_of(thing, "/S")])
        if "/Rect" in thing and name_of(thing, "/Subtype") in ACTIVE_SUBTYPES:
            found.add(ACTIVE_SUBTYPES[name_of(thing, "/Subtype")])
        if name_of(thing, "/FT") == "/Sig" and "/V" in thing:
            found.add("signature")
    return found


def _acts(open_action: Any) -> bool:
    """LaTeX and office programs write an /OpenAction that only goes to the first page: no fault of the file."""
    return isinstance(open_action, pikepdf.Dictionary) and name_of(open_action, "/S") not in ("/GoTo", "")


def _settle_annotations(source: pikepdf.Pdf) -> set[str]:
    """Draw what was drawn onto the pages, drop the rest, and keep plain links to the web."""
    found: set[str] = set()
    links: list[list[Any]] = []
    drawn_any = False
    for page in source.pages:
        drawn, kept = [], []
        for annotation in page.get("/Annots", []):
            if not isinstance(annotation, pikepdf.Dictionary):
                continue
            subtype = name_of(annotation, "/Subtype")
            if subtype in _DRAWN:
                drawn.append(annotation)
                if subtype == "/Widget" and name_of(annotation, "/FT") not in ("/Sig",):
                    found.add("form")
            elif subtype == "/Link":
                kept.extend(_plain_link(source, annotation))
            elif subtype in _REMARKS:
                found.add("comments")
        links.append(kept)
        drawn_any |= bool(drawn)
        if drawn:
            page.Annots = pikepdf.Array(drawn)
        elif "/Annots" in page:
            del page["/Annots"]
    if drawn_any:
        form = source.Root.get("/AcroForm")
        if isinstance(form, pikepdf.Dictionary):
            if "/XFA" in form:
                del form["/XFA"]
            if bool(form.get("/NeedAppearances", False)):
                source.generate_appearance_streams()
        source.flatten_annotations("all")
    for page, kept in zip(source.pages, links, strict=True):
        if kept:
            page.Annots = pikepdf.Array(kept)
        elif "/Annots" in page:
            del page["/Annots"]
    return found


def _plain_link(source: pikepdf.Pdf, annotation: Any) -> list[Any]:
    action = annotation.get("/A")
    if not isinstance(action, pikepdf.Dictionary) or name_of(action, "/S") != "/URI":
        return []
    address = str(action.get("/URI", ""))
    box = annotation.get("/Rect")
    if not address.lower().startswith(_SAFE_LINKS) or not isinstance(box, pikepdf.Array) or len(box) != 4:
        return []
    return [
        source.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Link,
                Rect=pikepdf.Array([float(side) for side in box]),
                Border=pikepdf.Array([0, 0, 0]),
                A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(address)),
            )
        )
    ]


def _keep_page_keys(page: pikepdf.Page) -> None:
    for key in list(page.obj.keys()):
        if key not in _PAGE_KEYS and key != "/Annots":
            del page.obj[key]


def _scrub(made: pikepdf.Pdf) -> set[str]:
    found: set[str] = set()
    for thing in dictionaries(made):
        for key in list(thing.keys()):
            if key in ACTIVE_KEYS:
                found.add(ACTIVE_KEYS[key])
                del thing[key]
            elif key in _DROPPED_KEYS:
                del thing[key]
        if is_action(thing) and name_of(thing, "/S") in ACTIVE_ACTIONS:
            found.add(ACTIVE_ACTIONS[name_of(thing, "/S")])
            for key in list(thing.keys()):
                del thing[key]
        if isinstance(thing, pikepdf.Stream) and "/F" in thing:
            found.add("outside")  # bytes kept in another file
            for key in ("/F", "/FFilter", "/FDecodeParms"):
                if key in thing:
                    del thing[key]
    return found


def _unpack_within_budget(made: pikepdf.Pdf) -> None:
    """Unpack every stream that is no picture once: what is small on disk and huge in memory ends here."""
    spent = 0
    for thing in made.objects:
        if not isinstance(thing, pikepdf.Stream) or name_of(thing, "/Subtype") == "/Image":
            continue
        if _filters(thing) & _UNPACKABLE:
            continue
        try:
            spent += len(thing.read_bytes())
        except (pikepdf.PdfError, RuntimeError, MemoryError):
            raise _Refused("too-heavy") from None
        if spent > MAX_DECODED:
            raise _Refused("too-heavy")


def _filters(stream: Any) -> set[str]:
    named = stream.get("/Filter")
    if isinstance(named, pikepdf.Array):
        return {str(one) for one in named}
    return {str(named)} if named is not None else set()
