"""What a browser was let in to, by key: a signed cookie, set by a press and never by a visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

MOST = 20  # a cookie holds 4 kB; the oldest goes first


@dataclass(frozen=True, slots=True)
class KeptKeys:
    """The keys of one kind. They open nothing by themselves: what they name is asked anew at each visit."""

    name: str
    life: timedelta

    @property
    def cookie(self) -> str:
        return f"__Host-vouchsafe-{self.name}" if settings.HTTPS else f"vouchsafe-{self.name}"

    def of(self, request: HttpRequest) -> list[str]:
        """Oldest first; a cookie that was changed or is old holds none."""
        try:
            kept: list[str] = signing.loads(
                request.COOKIES.get(self.cookie, ""), salt=self.name, max_age=self.life
            )
        except signing.BadSignature:
            return []
        return kept

    def keep(self, request: HttpRequest, response: HttpResponse, key: str) -> None:
        kept = [one for one in self.of(request) if one != key]
        response.set_cookie(
            self.cookie,
            signing.dumps([*kept, key][-MOST:], salt=self.name, compress=True),
            max_age=self.life,
            httponly=True,
            samesite="Lax",
            secure=settings.HTTPS,
        )
