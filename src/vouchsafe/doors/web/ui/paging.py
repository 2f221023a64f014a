"""Which page of a long list is asked for."""

from __future__ import annotations

from django.http import HttpRequest

LONGEST = 6


def page_of(request: HttpRequest) -> int:
    """The first where that is not said in a way we know. A form says on which page it stood."""
    said = request.POST if request.method == "POST" else request.GET
    wanted = said.get("page", "1")
    return max(1, int(wanted)) if wanted.isascii() and wanted.isdecimal() and len(wanted) <= LONGEST else 1


def back_to(href: str, page: int) -> str:
    """The same page again after a press."""
    return href if page == 1 else f"{href}?page={page}"
