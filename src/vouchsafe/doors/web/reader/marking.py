"""A page's picture with the reader's name across it, as one SVG: the name stays when the picture is saved or printed.

Drawn by the browser, so a name in any script shows. It is a reminder whose copy this is, not a lock.
"""

from __future__ import annotations

from base64 import b64encode
from xml.sax.saxutils import escape

from vouchsafe.adapters.pdf.pictures import picture_size

STEP = 210


def marked_picture(jpeg: bytes, words: str) -> bytes:
    """The picture under lines of `words`, slanted and faint."""
    size = picture_size(jpeg)
    if size is None:
        raise ValueError("not a picture")
    width, height = size
    said = escape(f"{words}     ") * 4
    lines = "".join(
        f'<text x="{-height}" y="{y}">{said}</text>' for y in range(-height, height + width, STEP)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/jpeg;base64,{b64encode(jpeg).decode()}"/>'
        f'<g transform="rotate(-32)" fill="#28408d" fill-opacity=".13" font-family="sans-serif" font-size="19" '
        f'xml:space="preserve">{lines}</g></svg>'
    ).encode()
