"""HEAD and OPTIONS look as a GET does: allauth counts anything else against its limits, and counts are rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse


class LookingIsFree:
    """For allauth's views alone. HEAD is answered as GET (the server drops the body), OPTIONS at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if request.method not in ("HEAD", "OPTIONS") or not _is_allauths(view):
            return None
        if request.method == "OPTIONS":
            return HttpResponse(headers={"Allow": "GET, HEAD, POST, OPTIONS"})
        request.method = "GET"
        return None


def _is_allauths(view: Callable[..., Any]) -> bool:
    family = getattr(view, "view_class", type(None)).__mro__
    return any(each.__module__.startswith("allauth.") for each in (view, *family))
