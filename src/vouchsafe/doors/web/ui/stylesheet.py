"""All styles in one answer.

`static/ui/css/app.css` imports a file a component, and works as it is. Fifty small requests would cost a phone a second
on a slow line, and compress a third worse, so the files are joined, in the order app.css imports them, when the first
page asks: no build, nothing generated to keep. docs/why/one-stylesheet.md has the figures.
"""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from posixpath import normpath

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.cache import patch_vary_headers

_CSS = Path(__file__).parent / "static" / "ui" / "css"
_IMPORT = re.compile(r'@import url\("([^"]+)"\);\n?')
_URL = re.compile(r'url\("([^":]+)"\)')


@dataclass(frozen=True, slots=True)
class Stylesheet:
    text: bytes
    compressed: bytes
    digest: str


def _addressed(path: Path) -> str:
    """The file with its addresses as the pages see them, hashed names included."""
    folder = path.parent.relative_to(_CSS.parents[1]).as_posix()
    return _URL.sub(
        lambda found: f'url("{static(normpath(f"{folder}/{found[1]}"))}")', path.read_text("utf-8")
    )


def _join() -> Stylesheet:
    app = (_CSS / "app.css").read_text("utf-8")
    text = _IMPORT.sub("", app) + "".join(_addressed(_CSS / name) for name in _IMPORT.findall(app))
    joined = text.encode()
    return Stylesheet(joined, gzip.compress(joined, 9, mtime=0), sha256(joined).hexdigest()[:16])


_joined_once = cache(_join)


def joined() -> Stylesheet:
    """Kept for the life of the process; while DEBUG is on, read anew, so that an edit shows at once."""
    return _join() if settings.DEBUG else _joined_once()


def stylesheet() -> str:
    """The address pages link to. Where our addresses are not mounted, the file that imports the others."""
    return _address(joined().digest, settings.ROOT_URLCONF)


@cache
def _address(digest: str, addresses: str) -> str:
    try:
        return reverse("ui:stylesheet", args=[digest], urlconf=addresses)
    except NoReverseMatch:
        return static("ui/css/app.css")


def show_stylesheet(request: HttpRequest, digest: str) -> HttpResponse:
    """The joined file. An old digest gets today's styles, but is not kept for long."""
    sheet = joined()
    squeeze = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(
        sheet.compressed if squeeze else sheet.text, content_type="text/css; charset=utf-8"
    )
    if squeeze:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    response["Cache-Control"] = (
        "public, max-age=31536000, immutable" if digest == sheet.digest else "public, max-age=60"
    )
    return response
