"""Small pictures the pages need: QR codes, and a signature's bitmap made safe to embed."""

from __future__ import annotations

import base64
from functools import lru_cache
from io import BytesIO

from vouchsafe.core.words import Refusal, msg

MAX_PICTURE_BYTES = 2 * 1024 * 1024
MAX_PICTURE_SIDE = 4000
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_JPEG_SIZE_MARKERS = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


class PictureUnusable(Refusal):
    code = "picture-unusable"
    msgid = msg("This picture of a signature cannot be used.")
    hint_msgid = msg("Choose a PNG or JPEG file of at most 2 MB and 4,000 points a side.")


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
    """A PNG or JPEG wrapped in an SVG, so that it travels as text. Refuses anything else."""
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
