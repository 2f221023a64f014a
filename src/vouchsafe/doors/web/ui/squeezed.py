"""Pages and answers for programs travel compressed; files do not, most of them are already."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

_WORDS = ("text/", "application/json", "image/svg+xml")


class Squeezed(GZipMiddleware):
    """What is words, and is sent in one piece.

    A compressed page tells by its length how much of it repeats what a stranger put into its address. Django adds up to
    a hundred random bytes to each answer, CSRF values are masked anew in each page, and our cookies don't come along with
    what another site asks for inside its pages, so that nothing can be tried out letter by letter.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or not response.headers.get("Content-Type", "").startswith(_WORDS):
            return response
        return super().process_response(request, response)
