"""Django's protection against forged forms, for pages that send no referrer.

Addresses here hold secrets, so every page says `Referrer-Policy: no-referrer`, and a browser then sends
`Origin: null` with our own forms. Django would refuse those. See docs/why/no-referrer.md.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.middleware.csrf import CsrfViewMiddleware


class Csrf(CsrfViewMiddleware):
    """As Django's, but a missing origin is judged by what the browser says of the request (Fetch Metadata).

    The token is demanded in every case, and its cookie is SameSite, so that another site can't send it.
    """

    def _origin_verified(self, request: HttpRequest) -> bool:
        if request.META.get("HTTP_ORIGIN") == "null":
            return str(request.META.get("HTTP_SEC_FETCH_SITE", "same-origin")) == "same-origin"
        return bool(super()._origin_verified(request))  # type: ignore[misc]  # Django's, not in its type stubs
