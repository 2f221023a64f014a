"""The gallery: every component in every state, for people who build pages. Mounted only while DEBUG is on."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vouchsafe.doors.web.ui.gallery import gallery_page, gallery_shell, writer_shell

_PAGES = {
    "": "ui/gallery.html",
    "ask": "ui/gallery_ask.html",
    "editor": "ui/gallery_editor.html",
    "print": "ui/gallery_print.html",
    "desk": "ui/gallery_desk.html",
}


def show_gallery(request: HttpRequest, page: str = "") -> HttpResponse:
    """`?theme=dark`, `?dir=rtl` and `?hue=220` try another dress."""
    dress = gallery_shell if page in ("", "desk") else writer_shell
    shell = dress(theme=request.GET.get("theme", ""), dir=request.GET.get("dir", "ltr"))
    hue = request.GET.get("hue", "")
    shell = replace(shell, hue=int(hue) if hue.isdecimal() else None)
    return render(
        request,
        _PAGES.get(page, "ui/gallery.html"),
        {"shell": shell, "page": gallery_page()},
        using="jinja2",
    )
