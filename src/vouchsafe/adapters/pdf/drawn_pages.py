"""Pages as pictures, where a portal takes only small files. For the child only: everything is imported at once,
since nothing may be opened once the child has taken its work.

The words stay: each page's own text lies unseen over its picture, in the place and the font it had, so that it can be
searched, copied and read aloud. What is drawn beside words, pictures and lines, is in the picture alone.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
from PIL import JpegImagePlugin

PLUGINS = (JpegImagePlugin,)  # what saving a picture would load late
QUALITY = 60
_DEEP = 8  # drawings within drawings; ours are two deep
_SETS_WORDS = frozenset(
    (
        "q",
        "Q",
        "cm",
        "BT",
        "ET",
        "Tc",
        "Tw",
        "Tz",
        "TL",
        "Ts",
        "Td",
        "TD",
        "Tm",
        "T*",
        "Tj",
        "TJ",
        "'",
        '"',
        "BMC",
        "BDC",
        "EMC",
    )
)  # neither paths, pictures and colours, nor `Tr`, which would show or clip
_SHOWS_WORDS = frozenset(("Tj", "TJ", "'", '"'))


def picture_pages_job(head: dict[str, Any], blobs: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """One PDF of upright pages that begin at 0, 0; out: two whose pages are pictures of that many dots an inch.

    The first keeps the words unseen, the second, smaller, has none.
    """
    dots = int(head["dots"])
    pictures = [
        page.render(scale=dots / 72).to_pil().convert("L") for page in pypdfium2.PdfDocument(blobs[0])
    ]
    made = []
    for keeps_words in (True, False):
        with pikepdf.open(BytesIO(blobs[0])) as pdf:
            for page, picture in zip(pdf.pages, pictures, strict=True):
                if keeps_words:
                    page.Contents = pdf.make_stream(_unseen(page, page.get("/Resources"), _DEEP))
                else:
                    page.Contents = pdf.make_stream(b"")
                    page.Resources = pikepdf.Dictionary()
                _lay_under(pdf, page, picture)
            made.append(_saved(pdf, head["title"]))
    return {}, made


def _unseen(drawing: Any, resources: Any, deep: int) -> bytes:
    """The instructions that set words, and none that paint; the same for every drawing within."""
    within = resources.get("/XObject", {}) if resources is not None else {}
    fonts = resources.get("/Font", {}) if resources is not None else {}
    kept: list[Any] = [([3], pikepdf.Operator("Tr"))]
    is_drawn = False  # glyphs of a Type 3 font are drawings: they would show whatever is asked
    for one in pikepdf.parse_content_stream(drawing):
        operands, operator = one.operands, one.operator
        name = str(operator)
        if name == "Tf":
            is_drawn = fonts.get(str(operands[0]), {}).get("/Subtype") == "/Type3"
            if not is_drawn:
                kept.append((operands, operator))
        elif name == "Do":
            inner = within.get(str(operands[0]))
            if inner is not None and inner.get("/Subtype") == "/Form" and deep:
                inner.write(_unseen(inner, inner.get("/Resources", resources), deep - 1))
                kept.append((operands, operator))
        elif name in _SETS_WORDS and not (is_drawn and name in _SHOWS_WORDS):
            kept.append((operands, operator))
    for name in list(within.keys()):
        if within[name].get("/Subtype") != "/Form":
            del within[name]
    return pikepdf.unparse_content_stream(kept)


def _lay_under(pdf: pikepdf.Pdf, page: pikepdf.Page, picture: Any) -> None:
    out = BytesIO()
    picture.save(out, "JPEG", quality=QUALITY)
    drawn = pikepdf.Stream(
        pdf, out.getvalue(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=picture.width,
        Height=picture.height, ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
    )  # fmt: skip
    name = page.add_resource(drawn, pikepdf.Name.XObject)
    width, height = (float(side) for side in page.mediabox[2:])
    page.contents_add(f"q {width:.3f} 0 0 {height:.3f} 0 0 cm {name} Do Q\n".encode(), prepend=True)


def _saved(pdf: pikepdf.Pdf, title: str) -> bytes:
    pdf.docinfo["/Title"] = title
    pdf.remove_unreferenced_resources()
    out = BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
    )
    return out.getvalue()
