"""Photographed pages become one PDF. Loads Pillow on a stranger's bytes: for the limited child only."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
from PIL import Image, ImageOps

MAX_PIXELS = 80_000_000
# A4 at 250 points to the inch: small type stays readable, twenty pages stay under the limit.
_LONG, _SHORT = 2924, 2067
_A4 = (595.276, 841.89)
UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError, MemoryError)


def photographs_job(_head: dict[str, Any], blobs: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """JPEG, PNG and HEIC pictures in, in page order; out: a PDF with one upright picture a page, without their data
    about place, time and camera."""
    try:
        jpegs = [_upright(blob) for blob in blobs]
    except UNREADABLE:
        return {"refused": "photograph", "facts": {}}, []
    with pikepdf.new() as made:
        for jpeg, width, height in jpegs:
            _add_page(made, jpeg, width, height)
        out = BytesIO()
        made.save(out, deterministic_id=True)
    return {"pages": len(jpegs), "removed": []}, [out.getvalue()]


def open_upright(blob: bytes) -> Image.Image:
    """A picture as it was meant to be seen, in plain colours on white; of several in one file the first."""
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2  # Pillow refuses at twice its figure
    # HEIC brings its own decoder, loaded only for the pictures that need it.
    if blob[4:8] == b"ftyp":
        from pillow_heif import register_heif_opener

        register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
    with Image.open(BytesIO(blob), formats=("JPEG", "PNG", "HEIF")) as picture:
        if picture.width * picture.height > MAX_PIXELS:
            raise Image.DecompressionBombError
        turned = ImageOps.exif_transpose(picture)
        if turned.mode in ("RGBA", "LA", "P", "PA"):
            turned = turned.convert("RGBA")
            ground = Image.new("RGBA", turned.size, "white")
            turned = Image.alpha_composite(ground, turned)
        return turned.convert("RGB")


def _upright(blob: bytes) -> tuple[bytes, int, int]:
    plain = open_upright(blob)
    fit = (_LONG, _SHORT) if plain.width > plain.height else (_SHORT, _LONG)
    plain.thumbnail(fit, Image.Resampling.LANCZOS)
    out = BytesIO()
    plain.save(out, "JPEG", quality=85)
    return out.getvalue(), plain.width, plain.height


def _add_page(made: pikepdf.Pdf, jpeg: bytes, width: int, height: int) -> None:
    across, down = _A4 if height >= width else _A4[::-1]
    scale = min(across / width, down / height)
    left, low = (across - width * scale) / 2, (down - height * scale) / 2
    picture = made.make_stream(
        jpeg,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=width,
        Height=height,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    drawn = f"q {width * scale:.3f} 0 0 {height * scale:.3f} {left:.3f} {low:.3f} cm /P Do Q"
    page = made.add_blank_page(page_size=(across, down))
    page.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=picture))
    page.obj["/Contents"] = made.make_stream(drawn.encode())
