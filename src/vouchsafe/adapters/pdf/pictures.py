"""Small pictures the pages need: QR codes, and a signature's bitmap made safe to embed."""

from __future__ import annotations

import base64
from functools import lru_cache
from io import BytesIO

from vouchsafe.adapters.pdf.kinds import kind_of
from vouchsafe.adapters.pdf.processes import ChildFailed, run_limited
from vouchsafe.core.sealing.strokes import is_drawn
from vouchsafe.core.words import Refusal, msg

MAX_PICTURE_BYTES = 2 * 1024 * 1024
MAX_GIVEN_BYTES = 10 * 1024 * 1024  # of a photograph, before it is made small
MAX_PICTURE_SIDE = 4000
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_JPEG_SIZE_MARKERS = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


class PictureUnusable(Refusal):
    code = "picture-unusable"
    msgid = msg("This picture of a signature cannot be used.")
    hint_msgid = msg("Choose a photograph or a scan: PNG, JPEG or HEIC, of at most 10 MB.")


class NoInkFound(Refusal):
    code = "no-ink-found"
    msgid = msg("We found no signature in this picture.")
    hint_msgid = msg("Sign in dark ink on white paper, and take the picture from near, in good light.")


class NoPlainPaper(Refusal):
    code = "no-plain-paper"
    msgid = msg("We could not tell the signature from what is around it.")
    hint_msgid = msg("Sign on plain white paper, and cut the picture so that little else is on it.")


@lru_cache(maxsize=64)
def qr_svg(address: str) -> str:
    """A QR code as SVG. Medium correction: a folded or copied page still reads."""
    import segno

    out = BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", border=1, xmldecl=False, svgns=True, nl=False, omitsize=True
    )
    return out.getvalue().decode()


def picture_in_svg(picture: bytes) -> str:
    """A PNG or JPEG wrapped in an SVG, so that it travels as text; a drawing of ours is one. Refuses anything else."""
    if is_drawn(picture):
        return picture.decode("ascii")
    size = picture_size(picture)
    if (
        size is None
        or len(picture) > MAX_PICTURE_BYTES
        or not all(0 < side <= MAX_PICTURE_SIDE for side in size)
    ):
        raise PictureUnusable
    width, height = size
    kind = "png" if picture.startswith(_PNG) else "jpeg"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" '
        f'href="data:image/{kind};base64,{base64.b64encode(picture).decode()}"/></svg>'
    )


def clean_signature(data: bytes) -> bytes:
    """A picture of a signature as the ink alone, on white, cut out and written anew in the limited child.

    Refuses what is no picture, too large, empty, or not on plain paper.
    """
    if len(data) > MAX_GIVEN_BYTES or kind_of(data) not in ("png", "jpeg", "heic"):
        raise PictureUnusable
    try:
        told, made = run_limited("signature", {}, [data])
    except ChildFailed:
        raise PictureUnusable from None
    if told.get("refused") == "no-ink":
        raise NoInkFound
    if told.get("refused") == "no-paper":
        raise NoPlainPaper
    if not made:
        raise PictureUnusable
    return made[0]


def picture_size(picture: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG or JPEG read from its head alone, or None."""
    if picture.startswith(_PNG) and picture[12:16] == b"IHDR" and len(picture) >= 24:
        return int.from_bytes(picture[16:20], "big"), int.from_bytes(picture[20:24], "big")
    if not picture.startswith(_JPEG):
        return None
    at = 2
    while at + 9 < len(picture) and picture[at] == 0xFF:
        marker = picture[at + 1]
        if marker in _JPEG_SIZE_MARKERS:
            return int.from_bytes(picture[at + 7 : at + 9], "big"), int.from_bytes(
                picture[at + 5 : at + 7], "big"
            )
        at += 2 + int.from_bytes(picture[at + 2 : at + 4], "big")
    return None
