"""How long answers take, for a monitor: by method, kind of page and status, never by address."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from time import perf_counter
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from prometheus_client import Histogram

BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


@cache
def durations() -> Histogram:
    """One histogram a process, made at the first answer: the library is loaded only where it is asked for."""
    from prometheus_client import Histogram

    return Histogram(
        "vouchsafe_request_duration_seconds",
        "How long answers took.",
        ["method", "page", "status"],
        buckets=BUCKETS,
    )


class Durations:
    """Outermost, so that everything is in it. A page is named as in the list of routes: its address may be a link."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = perf_counter()
        response = self.get_response(request)
        found = request.resolver_match
        page = found.view_name if found is not None and found.view_name else "none"
        method = request.method if request.method in {"GET", "HEAD", "POST"} else "other"
        durations().labels(method, page, f"{response.status_code // 100}xx").observe(perf_counter() - began)
        return response
